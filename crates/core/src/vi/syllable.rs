//! The structure of Vietnamese syllables.
//!
//! Input: a word. Output: whether it can be a syllable. Not here: whether the syllable exists.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "r",
    "s", "t", "th", "tr", "v", "x",
];
const VOWELS: [char; 6] = ['a', 'e', 'i', 'o', 'u', 'y'];
/// The maximum number of vowels in a syllable: "khuỷu", "ngoéo".
const MAX_VOWELS: usize = 3;
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
/// The tone marks of decomposed text.
const TONE_MARKS: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
/// The circumflex, the breve and the horn.
const VOWEL_MARKS: [char; 3] = ['\u{302}', '\u{306}', '\u{31b}'];

/// Returns whether a word is structured like one syllable: onset, vowels, coda and at most one tone.
pub(crate) fn is_syllable(word: &str) -> bool {
    let letters: Vec<char> = word.to_lowercase().nfd().collect();
    let tones = letters.iter().filter(|c| TONE_MARKS.contains(c)).count();
    let plain: String = letters.into_iter().filter(|c| !TONE_MARKS.contains(c) && !VOWEL_MARKS.contains(c)).collect();
    let (onset, rhyme) = plain.split_at(plain.find(VOWELS).unwrap_or(plain.len()));
    let (vowels, coda) = rhyme.split_at(rhyme.find(|c| !VOWELS.contains(&c)).unwrap_or(rhyme.len()));
    tones <= 1 && (1..=MAX_VOWELS).contains(&vowels.len()) && ONSETS.contains(&onset) && CODAS.contains(&coda)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_have_one_shape() {
        for word in ["tổng", "ý", "Đường", "nghiệp", "quyết", "KHUỶU", "giường", "gì", "ngoéo", "ở", "xuất", "thịt"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["", "đ", "excelđ", "lửln", "xitroân", "thái-bình", "hàa\u{301}", "wto", "strong", "quuyết", "5ử"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
