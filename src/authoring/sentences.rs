//! Splits paragraphs into sentences, so that a difference can be reported at its line.
//!
//! Input: lines of text. Output: sentences with their line numbers.

use super::case::CaseLine;

/// The prefixes of lines that always begin a paragraph.
const PARAGRAPH_PREFIXES: [&str; 3] = ["- ", "### ", "|"];

/// Splits a paragraph after each full stop that is followed by a capital letter.
pub(super) fn split_sentences(paragraph: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = paragraph.trim();
    while let Some(at) = first_sentence_end(rest) {
        sentences.push(&rest[..at]);
        rest = rest[at..].trim_start();
    }
    if !rest.is_empty() {
        sentences.push(rest);
    }
    sentences
}

/// Returns the end of the first sentence if another one follows.
fn first_sentence_end(text: &str) -> Option<usize> {
    text.match_indices(". ").map(|(at, _)| at + 1).find(|at| {
        let next = text[*at..].trim_start();
        next.starts_with(char::is_uppercase)
    })
}

/// A sentence of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// The number of its line in the case.
    pub line: u32,
    pub text: String,
    pub starts_paragraph: bool,
}

/// Returns the sentences of paragraphs, regardless of line breaks.
pub(super) fn read_sentences(lines: &[CaseLine]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut paragraph: Vec<&CaseLine> = Vec::new();
    for line in lines {
        let text = line.text.trim();
        let is_standalone = PARAGRAPH_PREFIXES.iter().any(|sign| text.starts_with(sign));
        if text.is_empty() || is_standalone {
            flush_paragraph(&mut paragraph, &mut found);
        }
        if !text.is_empty() {
            paragraph.push(line);
        }
    }
    flush_paragraph(&mut paragraph, &mut found);
    found
}

/// Ends a paragraph. If each line has one sentence, sentences get their own line number, else all get the first one.
fn flush_paragraph(paragraph: &mut Vec<&CaseLine>, found: &mut Vec<Sentence>) {
    let whole: Vec<&str> = paragraph.iter().map(|line| line.text.trim()).collect();
    let whole = whole.join(" ");
    let sentences = split_sentences(&whole);
    let by_line = sentences.len() == paragraph.len();
    found.extend(sentences.iter().enumerate().map(|(at, sentence)| Sentence {
        line: paragraph[if by_line { at } else { 0 }].number,
        text: (*sentence).to_owned(),
        starts_paragraph: at == 0,
    }));
    paragraph.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_capital_follows() {
        for (paragraph, expected) in [
            ("Một. Hai.", &["Một.", "Hai."][..]),
            ("Thu 1.234 trđ. đạt 5%. Đạt.", &["Thu 1.234 trđ. đạt 5%.", "Đạt."]),
            ("", &[]),
            ("Một", &["Một"]),
        ] {
            assert_eq!(split_sentences(paragraph), expected);
        }
    }

    #[test]
    fn breaks_of_lines_do_not_matter_and_paragraphs_do() {
        let lines = |text: &str| -> Vec<CaseLine> {
            (1..).zip(text.lines()).map(|(number, text)| CaseLine { number, text: text.to_owned() }).collect()
        };
        let words = |text: &str| {
            read_sentences(&lines(text)).into_iter().map(|s| (s.text, s.starts_paragraph)).collect::<Vec<_>>()
        };
        assert_eq!(words("A b. C.\n"), words("A\nb.\nC."));
        assert_ne!(words("A b. C."), words("A b.\n\nC."));
        let places: Vec<u32> =
            read_sentences(&lines("### I\n\nA.\nB.\n- C.\n- D.")).into_iter().map(|s| s.line).collect();
        assert_eq!(places, [1, 3, 4, 5, 6]);
    }
}
