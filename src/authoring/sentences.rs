//! Splits paragraphs into sentences, so that a difference can be reported at its line.
//!
//! Input: lines of text. Output: sentences with their line numbers.

use super::case::Line;

/// The prefixes of lines that always begin a paragraph.
const ALONE: [&str; 3] = ["- ", "### ", "|"];

/// Splits a paragraph after each full stop that is followed by a capital letter.
pub(super) fn split(paragraph: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = paragraph.trim();
    while let Some(at) = end(rest) {
        sentences.push(&rest[..at]);
        rest = rest[at..].trim_start();
    }
    if !rest.is_empty() {
        sentences.push(rest);
    }
    sentences
}

/// Returns the end of the first sentence if another one follows.
fn end(text: &str) -> Option<usize> {
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
    pub opens: bool,
}

/// Returns the sentences of paragraphs, regardless of line breaks.
pub(super) fn read(lines: &[Line]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut paragraph: Vec<&Line> = Vec::new();
    for line in lines {
        let text = line.text.trim();
        let alone = ALONE.iter().any(|sign| text.starts_with(sign));
        if text.is_empty() || alone {
            close(&mut paragraph, &mut found);
        }
        if !text.is_empty() {
            paragraph.push(line);
        }
    }
    close(&mut paragraph, &mut found);
    found
}

/// Ends a paragraph. If each line has one sentence, sentences get their own line number, else all get the first one.
fn close(paragraph: &mut Vec<&Line>, found: &mut Vec<Sentence>) {
    let whole: Vec<&str> = paragraph.iter().map(|line| line.text.trim()).collect();
    let whole = whole.join(" ");
    let sentences = split(&whole);
    let by_line = sentences.len() == paragraph.len();
    found.extend(sentences.iter().enumerate().map(|(at, sentence)| Sentence {
        line: paragraph[if by_line { at } else { 0 }].number,
        text: (*sentence).to_owned(),
        opens: at == 0,
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
            assert_eq!(split(paragraph), expected);
        }
    }

    #[test]
    fn breaks_of_lines_do_not_matter_and_paragraphs_do() {
        let lines = |text: &str| -> Vec<Line> {
            (1..).zip(text.lines()).map(|(number, text)| Line { number, text: text.to_owned() }).collect()
        };
        let words = |text: &str| read(&lines(text)).into_iter().map(|s| (s.text, s.opens)).collect::<Vec<_>>();
        assert_eq!(words("A b. C.\n"), words("A\nb.\nC."));
        assert_ne!(words("A b. C."), words("A b.\n\nC."));
        let places: Vec<u32> = read(&lines("### I\n\nA.\nB.\n- C.\n- D.")).into_iter().map(|s| s.line).collect();
        assert_eq!(places, [1, 3, 4, 5, 6]);
    }
}
