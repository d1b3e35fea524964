//! Compares labels that are not equal.
//!
//! Input: two labels. Output: how similar they are. Not here: what follows from it.

use std::collections::BTreeSet;
use tonghop_core::vi::label::fold_label;

/// A folded label and its words.
pub(crate) struct FoldedLabel {
    pub text: String,
    /// The number of its characters.
    pub letters: usize,
    words: BTreeSet<String>,
}

impl FoldedLabel {
    pub(crate) fn new(written: &str) -> Self {
        let text = fold_label(written);
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { letters: text.chars().count(), words: words.map(str::to_owned).collect(), text }
    }

    /// Returns the similarity to another label in thousandths: of the words or of the letters, whichever is higher.
    pub(crate) fn similarity(&self, other: &Self) -> u32 {
        let shared = self.words.intersection(&other.words).count();
        let words = self.words.len() + other.words.len();
        let by_words = (2_000 * shared).checked_div(words).and_then(|near| u32::try_from(near).ok()).unwrap_or(0);
        let single = words == 2;
        let (short, long) = (self.letters.min(other.letters), self.letters.max(other.letters));
        // Edit distance is expensive: skip labels without a common word or of very different length.
        if (shared == 0 && !single) || 2 * short < long {
            return by_words;
        }
        let by_letters = (1_000.0 * strsim::normalized_damerau_levenshtein(&self.text, &other.text)) as u32;
        by_words.max(by_letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_is_that_of_words_or_of_letters() {
        for (one, other, nearness) in [
            // By words alone: twice the common words over all words.
            ("số vụ tai nạn giao thông", "tai nạn giao thông: số vụ", 1_000),
            ("hộ nghèo, cận nghèo", "cận nghèo và nghèo: hộ", 857),
            ("diện tích", "diện tích gieo trồng lúa mùa", 500),
            ("đàn bò", "xe", 0),
            ("", "đàn bò", 0),
            ("", "", 0),
            // By letters, if that is higher.
            ("đàn trâu", "đàn trâi", 875),
            ("đàn trâu", "đàn trâu bò", 800),
            ("đàn trâu", "đàn bò", 500),
            // Letters do not count for labels of several words without a common word, but for single words.
            ("đàn trâu", "đan trâi", 0),
            ("trâu", "trâi", 750),
            ("trâu", "trâi bò", 0),
            // Letters do not count if one label is more than twice as long.
            ("bò", "bòôn", 500),
            ("bò", "bòôni", 0),
            ("xã a", "xã abcdef", 500),
        ] {
            let (one, other) = (FoldedLabel::new(one), FoldedLabel::new(other));
            assert_eq!(one.similarity(&other), nearness, "{} | {}", one.text, other.text);
            assert_eq!(other.similarity(&one), nearness, "{} | {}", one.text, other.text);
        }
    }
}
