//! Parses the Markdown report: sections by their path, footnotes inserted at their marks.
//!
//! Input: the text of `bao-cao.md`. Output: its sections. Not here: the program's own document model.

use std::collections::BTreeMap;

/// Returns the body of every section (`II.I.1.a`), with each footnote at the place of its mark.
///
/// Text before the first heading has the path `""`. Bodies do not include headings.
pub fn sections(markdown: &str) -> BTreeMap<String, String> {
    let notes = notes(markdown);
    let mut sections = BTreeMap::new();
    let mut path: Vec<String> = Vec::new();
    for line in markdown.lines().filter(|line| note(line).is_none()) {
        if let Some(heading) = heading(line) {
            descend(&mut path, heading);
            sections.insert(path.join("."), String::new());
        } else if !line.is_empty() {
            let body: &mut String = sections.entry(path.join(".")).or_default();
            body.push_str(&with_notes(line, &notes));
            body.push('\n');
        }
    }
    sections
}

/// Returns the text of the report, without the numbers of headings and footnotes.
pub fn words(markdown: &str) -> String {
    let notes = notes(markdown);
    let bodies = markdown.lines().filter(|line| note(line).is_none());
    let lines = bodies.map(|line| match heading(line) {
        Some((_, _, title)) => title.to_owned(),
        None => with_notes(line, &notes),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The mark of a footnote in the body.
pub struct Mark {
    pub number: String,
    pub section: String,
    /// The text of the paragraph before it, without marks.
    pub before: String,
}

/// Returns the marks of footnotes in the order of the body.
pub fn marks(markdown: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut path = Vec::new();
    for line in markdown.lines().filter(|line| note(line).is_none()) {
        if let Some(heading) = heading(line) {
            descend(&mut path, heading);
        }
        let mut pieces = line.split("[^");
        let mut before = pieces.next().unwrap_or_default().to_owned();
        for (number, rest) in pieces.filter_map(|piece| piece.split_once(']')) {
            marks.push(Mark { number: number.to_owned(), section: path.join("."), before: before.clone() });
            before.push_str(rest);
        }
    }
    marks
}

/// Changes the path of a heading to that of the next one.
fn descend(path: &mut Vec<String>, (depth, number, _): (usize, &str, &str)) {
    path.truncate(depth - 1);
    path.push(number.trim_end_matches([')', '.']).rsplit('.').next().unwrap().to_owned());
}

/// Parses a heading into its depth, its printed number and its title.
fn heading(line: &str) -> Option<(usize, &str, &str)> {
    let (signs, rest) = line.split_once(' ')?;
    if signs.is_empty() || signs.chars().any(|c| c != '#') {
        return None;
    }
    let (number, title) = rest.trim_start_matches("Phần ").split_once(' ')?;
    Some((signs.len(), number, title))
}

/// Parses the body of a footnote into its number and its text.
pub fn note(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("[^")?.split_once("]: ")
}

fn notes(markdown: &str) -> BTreeMap<&str, &str> {
    markdown.lines().filter_map(note).collect()
}

fn with_notes(line: &str, notes: &BTreeMap<&str, &str>) -> String {
    let mut pieces = line.split("[^");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(']').expect("a mark ends");
        let body = notes.get(number).unwrap_or_else(|| panic!("note {number} has no body"));
        text.push_str(&format!(" ({body}){rest}"));
    }
    text
}
