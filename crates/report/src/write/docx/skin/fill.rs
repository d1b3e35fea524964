//! Fills the placeholders that the office put into its letterhead, however Word has split them into runs.
//!
//! Input: a piece of a document and values by name. Output: the piece with the values. Not here: the values themselves.

use super::SkinError;
use super::pieces::{Piece, walk};
use crate::write::docx::xml::{Xml, clean};
use std::collections::BTreeMap;
use std::ops::Range;

/// The names of the placeholders.
const NAMES: [&str; 4] = ["SO", "NGAY", "TRICH_YEU", "CO_QUAN"];

/// Marks from the office's work on the form, which would clash with ours or refer to parts that are not carried.
const LEFT_OUT: [&str; 5] =
    ["w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"];

/// Marks of notes, whose part is not carried.
const NOTES: [&str; 2] = ["w:footnoteReference", "w:endnoteReference"];

/// A `w:t`: its range and its text.
struct Run {
    range: Range<usize>,
    words: String,
}

/// A replacement of a range.
type Edit = (Range<usize>, String);

/// Replaces the placeholders `{{…}}` by values; each value gets the formatting of the run in which its placeholder
/// begins.
///
/// # Errors
/// Returns an error if a placeholder has no value.
pub(super) fn fill(xml: &str, words: &BTreeMap<&str, String>) -> Result<String, SkinError> {
    let mut edits = Vec::new();
    // A stack, since paragraphs of text boxes are nested in those that anchor them.
    let mut paragraphs: Vec<Vec<Run>> = Vec::new();
    let mut run: Option<Run> = None;
    walk(xml, |piece, range| {
        match piece {
            Piece::Open(name) if name == "w:p" => paragraphs.push(Vec::new()),
            Piece::Open(name) if name == "w:t" => run = Some(Run { range, words: String::new() }),
            Piece::Words(words) => run.iter_mut().for_each(|run| run.words.push_str(&words)),
            Piece::Close(name) if name == "w:t" => {
                if let (Some(run), Some(paragraph)) = (run.take(), paragraphs.last_mut()) {
                    paragraph.push(Run { range: run.range.start..range.end, ..run });
                }
            }
            Piece::Close(name) if name == "w:p" => edits.extend(healed(&paragraphs.pop().unwrap_or_default(), words)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(edited(xml, edits))
}

/// Checks that every placeholder has a known name.
pub(super) fn check(xml: &str) -> Result<(), SkinError> {
    fill(xml, &NAMES.into_iter().map(|name| (name, String::new())).collect()).map(|_| ())
}

/// Returns a piece without bookmarks and comments.
///
/// # Errors
/// Returns an error if there is a note, which cannot be dropped silently.
pub(super) fn without_marks(xml: &str) -> Result<String, SkinError> {
    let mut edits = Vec::new();
    walk(xml, |piece, range| match piece {
        Piece::Empty(name) | Piece::Open(name) if NOTES.contains(&name.as_str()) => Err(SkinError::Notes),
        Piece::Empty(name) if LEFT_OUT.contains(&name.as_str()) => {
            edits.push((range, String::new()));
            Ok(())
        }
        Piece::Open(name) if LEFT_OUT.contains(&name.as_str()) => Err(SkinError::Strange("word/document.xml")),
        _ => Ok(()),
    })?;
    Ok(edited(xml, edits))
}

/// Returns the edits of the runs of a paragraph that contain placeholders.
fn healed(runs: &[Run], words: &BTreeMap<&str, String>) -> Result<Vec<Edit>, SkinError> {
    let joined: String = runs.iter().map(|run| run.words.as_str()).collect();
    let places = places(&joined, words)?;
    let mut edits = Vec::new();
    let mut from = 0;
    for run in runs {
        let span = from..from + run.words.len();
        from = span.end;
        let now = part(&joined, span, &places);
        if now != run.words {
            edits.push((run.range.clone(), texts(&now)));
        }
    }
    Ok(edits)
}

/// Finds the placeholders in a text, each with its value.
fn places(joined: &str, words: &BTreeMap<&str, String>) -> Result<Vec<Edit>, SkinError> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = joined[from..].find("{{").map(|at| from + at) {
        let Some(close) = joined[open..].find("}}").map(|at| open + at) else { break };
        let name = &joined[open + 2..close];
        let value = words.get(name.trim()).ok_or_else(|| SkinError::Placeholder(name.to_owned()))?;
        from = close + 2;
        found.push((open..from, value.clone()));
    }
    Ok(found)
}

/// Returns a part of the text with its placeholders replaced.
fn part(joined: &str, span: Range<usize>, places: &[Edit]) -> String {
    let mut now = String::new();
    let mut from = span.start;
    for (place, value) in places.iter().filter(|(place, _)| place.start < span.end && place.end > span.start) {
        if span.contains(&place.start) {
            now.push_str(&joined[from..place.start]);
            now.push_str(value);
        }
        from = place.end.min(span.end);
    }
    now.push_str(&joined[from..span.end]);
    now
}

/// Writes a text as the content of a run.
fn texts(words: &str) -> String {
    let mut xml = Xml::default();
    for (at, line) in clean(words).split('\n').enumerate() {
        if at > 0 {
            xml.empty("w:br", &[]);
        }
        xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(line));
    }
    xml.into_whole()
}

fn edited(xml: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut now = String::with_capacity(xml.len());
    let mut from = 0;
    for (range, words) in edits {
        now.push_str(&xml[from..range.start]);
        now.push_str(&words);
        from = range.end;
    }
    now.push_str(&xml[from..]);
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_however_they_are_split() {
        let words = BTreeMap::from([("SO", "Số: 1 <&".to_owned()), ("NGAY", "a\nb".to_owned())]);
        let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
        let filled = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
        let lines = "a</w:t><w:br/><w:t xml:space=\"preserve\">b";
        for (runs, expected) in [
            (vec!["x &amp; y"], vec![run("x &amp; y")]),
            (vec!["x {{SO}} y"], vec![filled("x Số: 1 &lt;&amp; y")]),
            (vec!["ô {", "{SO", "}} y"], vec![filled("ô Số: 1 &lt;&amp;"), filled(""), filled(" y")]),
            (vec!["{{NG", "AY}}{{SO}}"], vec![filled(lines), filled("Số: 1 &lt;&amp;")]),
            (vec!["{{ chưa đóng"], vec![run("{{ chưa đóng")]),
        ] {
            let paragraph = |runs: &[String]| format!("<w:p>{}</w:p>", runs.concat());
            let before = paragraph(&runs.iter().map(|words| run(words)).collect::<Vec<_>>());
            assert_eq!(fill(&before, &words).unwrap(), paragraph(&expected));
        }
        let unknown = fill("<w:p><w:r><w:t>{{KHAC}}</w:t></w:r></w:p>", &words);
        assert!(matches!(unknown, Err(SkinError::Placeholder(name)) if name == "KHAC"));
    }
}
