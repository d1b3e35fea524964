//! Checks the sentences of a report for faults, independent of their numbers.
//!
//! Input: the text of `bao-cao.md`. Output: its sentences and their faults by name. Not here: the frame of the document
//! (letterhead, headings, signature block), which has separate rules.

/// The end of the report, followed by the signature block.
const END: &str = "./.";

/// The name of a fault, and whether a sentence has it.
type Rule = (&'static str, fn(&str) -> bool);

/// The faults that are checked.
const RULES: [Rule; 9] = [
    ("a change below zero", |text| ["tăng -", "giảm -"].iter().any(|words| text.contains(words))),
    ("a sign before a number", |text| {
        matches_around(text, "-", |before, after| !digit_last(before) && digit_first(after))
    }),
    ("a change of zero", |text| {
        ["tăng ", "giảm "].iter().any(|words| matches_around(text, words, |_, rest| is_zero(rest)))
    }),
    ("two signs in a row", |text| has_any(text, &[",,", ";;", "..", "::", ". .", ",.", ";.", ":.", ".;", ".,", ":;"])),
    ("a gap", |text| {
        has_any(text, &["  ", " ,", " .", " ;", " :", " )", "( ", "()", "đạt chưa"]) || text.ends_with(' ')
    }),
    ("a small letter at the start", |text| !starts_well(text.strip_prefix("- ").unwrap_or(text))),
    ("no sign at the end", |text| !text.ends_with(['.', ':', ';'])),
    ("an open bracket or quote", |text| !(closed(text, '(', ')') && closed(text, '“', '”'))),
    ("a loose percent sign", |text| matches_around(text, "%", |before, _| !digit_last(before))),
];

/// Returns the faults of a report, each with its sentence.
pub fn faults(markdown: &str) -> Vec<String> {
    let paragraphs = paragraphs(markdown);
    let found = paragraphs.iter().flat_map(|text| fault_names(text).map(move |name| format!("{name}: {text}")));
    found.collect()
}

/// Returns the names of the faults of one paragraph.
pub fn fault_names(paragraph: &str) -> impl Iterator<Item = &'static str> {
    RULES.iter().filter(move |(_, has)| has(paragraph)).map(|(name, _)| *name)
}

/// Returns the paragraphs and footnotes, without footnote marks.
pub fn paragraphs(markdown: &str) -> Vec<String> {
    let start = markdown.find("\n# ").expect("a report has headings");
    let end = markdown.find(END).map(|at| at + END.len()).expect("a report is closed");
    let body = markdown[start..end].lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '|']));
    let notes = markdown[end..].lines().filter_map(|line| Some(line.strip_prefix("[^")?.split_once("]: ")?.1));
    body.chain(notes).map(without_marks).collect()
}

fn without_marks(text: &str) -> String {
    let mut pieces = text.split("[^");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once(']').map_or(piece, |(_, rest)| rest))
}

fn has_any(text: &str, signs: &[&str]) -> bool {
    signs.iter().any(|sign| text.contains(sign))
}

/// Returns whether the text before and after any occurrence of `sign` satisfies a predicate.
fn matches_around(text: &str, sign: &str, predicate: fn(&str, &str) -> bool) -> bool {
    text.match_indices(sign).any(|(at, _)| predicate(&text[..at], &text[at + sign.len()..]))
}

fn digit_first(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

fn digit_last(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns whether a text starts with a number equal to zero.
fn is_zero(text: &str) -> bool {
    let number = text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).next().unwrap_or_default();
    digit_first(number) && !number.contains(|c: char| ('1'..='9').contains(&c))
}

fn starts_well(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“')
}

/// Returns whether every opening sign is closed, and none is closed before it is opened.
fn closed(text: &str, opens: char, closes: char) -> bool {
    let mut open = 0;
    for sign in text.chars() {
        open += i32::from(sign == opens) - i32::from(sign == closes);
        if open < 0 {
            return false;
        }
    }
    open == 0
}
