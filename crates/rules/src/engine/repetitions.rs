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
    if before.ends_with('%') && after.starts_with('%') {
        return Some("%".to_owned());
    }
    let fold = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    let (before, after) = (fold(before), fold(after));
    let is_word = |word: &String| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let shared = |count: usize| {
        let (end, mut start) = (before.len().checked_sub(count)?, after.get(..count)?.to_vec());
        // The sentence may end with the word.
        let last = start.last_mut()?;
        last.truncate(last.trim_end_matches(['.', ',', ';', ':', ')']).len());
        (before[end..] == *start && start.iter().all(is_word)).then(|| start.join(" "))
    };
    (1..=MAX_WORDS).rev().find_map(shared)
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
            ("42,7%", " kế hoạch", None),
            ("5", " 5", None),
            ("640 cây", " cây.", Some("cây")),
            ("640 cây", " cây, quả", Some("cây")),
            ("640 cây", ", cây", None),
            ("640 cây", "", None),
            ("", "cây", None),
        ] {
            assert_eq!(shared_words(before, after).as_deref(), expected, "{before}|{after}");
        }
    }
}
