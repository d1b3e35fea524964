//! Finds words that a template repeats after a figure, or before it: "640 cây cây", "tăng tăng 6%", "42,7%%".
//!
//! Input: the spans of a line. Output: the repeated words and the line of the rule. Not here: repetitions inside fixed
//! text, which may be meant ("luôn luôn").

use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::model::document::Span;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::{Passage, PassageItem};
use tonghop_core::msg;

/// The longest unit that is compared, in words: "tổ dân phố".
const MAX_WORDS: usize = 4;
/// How many words are a phrase that is not repeated by chance: "so với cùng kỳ".
const PHRASE: usize = 4;
/// The signs of rates, and their words.
const SIGNS: [(&str, &str); 2] = [("%", "phần trăm"), ("‰", "phần nghìn")];

/// Reports the words that passages print twice in a row, once for each line and words.
pub(super) fn repeated_words(passages: &[Passage]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for spans in passages.iter().flat_map(|passage| &passage.items).flat_map(lines) {
        found.extend(in_line(spans).into_iter().filter(|problem| !found.contains(problem)).collect::<Vec<_>>());
    }
    found
}

/// Returns the spans of each line of an item.
fn lines(item: &PassageItem) -> Vec<&[Span]> {
    match item {
        PassageItem::Paragraph(paragraph) => vec![&paragraph.spans],
        PassageItem::Table(table) => table.rows.iter().flatten().map(Vec::as_slice).collect(),
        PassageItem::Omitted(_) => Vec::new(),
    }
}

fn in_line(spans: &[Span]) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = spans
        .iter()
        .filter_map(|span| if let Span::Note(note) = span { Some(in_line(note)) } else { None })
        .flatten()
        .collect();
    let printed: Vec<&Span> = spans.iter().filter(|span| span.is_printed() && !matches!(span, Span::Note(_))).collect();
    let mut sentence: Option<(&RuleLine, String)> = None;
    for span in &printed {
        let repeated = sentence.as_ref().filter(|_| matches!(span, Span::Literal(_)));
        let phrase = repeated.and_then(|(rule, text)| Some((*rule, repeated_phrase(text, span.text())?)));
        found.extend(phrase.map(|(rule, phrase)| problem(rule, &phrase)));
        match span {
            Span::Figure(figure) => sentence = figure.rule.as_ref().map(|rule| (rule, figure.text.clone())),
            _ => sentence.iter_mut().for_each(|(_, text)| text.push_str(span.text())),
        }
    }
    for pair in printed.array_windows() {
        let [before, after] = pair;
        let rule = match (before, after) {
            (Span::Figure(figure), Span::Literal(_)) | (Span::Literal(_), Span::Figure(figure)) => figure.rule.as_ref(),
            _ => None,
        };
        let words = shared_words(before.text(), after.text());
        found.extend(rule.zip(words).map(|(rule, words)| problem(rule, &words)));
    }
    found
}

/// Returns the words with which one text ends and the next begins.
fn shared_words(before: &str, after: &str) -> Option<String> {
    for (sign, words) in SIGNS {
        let after = after.trim_start();
        let repeated = [sign, words].into_iter().find(|text| after.starts_with(text));
        if let Some(repeated) = repeated.filter(|_| before.trim_end().ends_with(sign)) {
            return Some(repeated.to_owned());
        }
    }
    let (before, after) = (lowercase_words(before), lowercase_words(after));
    let is_word = |word: &String| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let shared = |count: usize| {
        let (end, mut start) = (before.len().checked_sub(count)?, after.get(..count)?.to_vec());
        // The sentence may end with the word.
        let last = start.last_mut()?;
        last.truncate(last.trim_end_matches(['.', ',', ';', ':', ')']).len());
        (before[end..] == *start && start.iter().all(is_word)).then(|| start.join(" "))
    };
    let direction = before.last().zip(after.first()).filter(|(last, first)| is_direction(last) && is_direction(first));
    (1..=MAX_WORDS).rev().find_map(shared).or_else(|| direction.map(|(last, _)| last.clone()))
}

/// Returns the first words of a text if the words before it have them too: "so với cùng kỳ năm 2023 so với cùng kỳ".
fn repeated_phrase(before: &str, after: &str) -> Option<String> {
    let (before, after) = (lowercase_words(before), lowercase_words(after));
    let phrase = after.get(..PHRASE)?;
    before.windows(PHRASE).any(|window| window == phrase).then(|| phrase.join(" "))
}

fn lowercase_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}

/// Returns whether a change of a figure begins with the word.
fn is_direction(word: &str) -> bool {
    matches!(word, "tăng" | "giảm")
}

fn problem(rule: &RuleLine, words: &str) -> Diagnostic {
    let message = msg!("câu in \"{words}\" hai lần liền nhau", "the sentence prints \"{words}\" twice in a row");
    let hint = msg!(
        "số liệu tự in đơn vị tính và chữ tăng, giảm: bỏ \"{words}\" trong mẫu câu, hoặc thêm |bare vào số",
        "a figure prints its unit and \"tăng\", \"giảm\" itself: remove \"{words}\" from the template, or add |bare"
    );
    Diagnostic::new(Code::WordRepeated, Place::Rule(rule.clone()), message).with_hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shared_at_the_edge_of_a_figure() {
        for (before, after, expected) in [
            ("640 cây", " cây ăn quả", Some("cây")),
            ("97 tổ dân phố", " Tổ dân phố", Some("tổ dân phố")),
            ("tăng ", "tăng 6,0%", Some("tăng")),
            ("42,7%", "% kế hoạch", Some("%")),
            ("42,7%", " % kế hoạch", Some("%")),
            ("42,7%", " phần trăm", Some("phần trăm")),
            ("8,2‰", " phần nghìn", Some("phần nghìn")),
            ("giảm ", "tăng 6,0%", Some("giảm")),
            ("42,7%", " kế hoạch", None),
            ("5", " 5", None),
            ("640 cây", " cây.", Some("cây")),
            ("640 cây", " cây, quả", Some("cây")),
            ("640 cây", ", cây", None),
            ("640 cây", "", None),
            ("", "cây", None),
            ("giảm ", "giữ nguyên", None),
        ] {
            assert_eq!(shared_words(before, after).as_deref(), expected, "{before}|{after}");
        }
    }

    #[test]
    fn phrases_are_repeated_word_for_word() {
        for (before, after, expected) in [
            ("tăng 6,0% so với cùng kỳ năm 2023", " so với cùng kỳ năm ", Some("so với cùng kỳ")),
            ("tăng 6,0% so với cùng kỳ năm 2023", " so với kế hoạch năm", None),
            ("tăng 6,0%", " so với cùng kỳ", None),
        ] {
            assert_eq!(repeated_phrase(before, after).as_deref(), expected, "{before}|{after}");
        }
    }
}
