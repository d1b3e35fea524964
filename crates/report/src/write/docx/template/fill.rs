//! Fills the placeholders that the office put into its letterhead, however Word has split them into runs.
//!
//! Input: a piece of a document and values by name. Output: the piece with the values. Not here: the values themselves.

use super::OfficeTemplateError;
use super::xml_tokens::{XmlToken, visit_tokens};
use crate::write::docx::xml::{XmlFragment, clean};
use std::collections::BTreeMap;
use std::ops::Range;

/// The names of the placeholders.
const PLACEHOLDER_NAMES: [&str; 4] = ["SO", "NGAY", "TRICH_YEU", "CO_QUAN"];

/// Marks from the office's work on the template, which would clash with ours or refer to parts that are not carried.
const REMOVED_ELEMENTS: [&str; 5] =
    ["w:bookmarkStart", "w:bookmarkEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"];

/// Marks of notes, whose part is not carried.
const NOTE_ELEMENTS: [&str; 2] = ["w:footnoteReference", "w:endnoteReference"];

/// A `w:t`: its range and its text.
struct TextRun {
    range: Range<usize>,
    text: String,
}

/// A replacement of a range.
type Edit = (Range<usize>, String);

/// Replaces the placeholders `{{…}}` by values; each value gets the formatting of the run in which its placeholder
/// begins.
///
/// # Errors
/// Returns an error if a placeholder has no value.
pub(super) fn fill(xml: &str, values: &BTreeMap<&str, String>) -> Result<String, OfficeTemplateError> {
    let mut edits = Vec::new();
    // A stack, since paragraphs of text boxes are nested in those that anchor them.
    let mut paragraphs: Vec<Vec<TextRun>> = Vec::new();
    let mut run: Option<TextRun> = None;
    visit_tokens(xml, |piece, range| {
        match piece {
            XmlToken::StartTag(name) if name == "w:p" => paragraphs.push(Vec::new()),
            XmlToken::StartTag(name) if name == "w:t" => run = Some(TextRun { range, text: String::new() }),
            XmlToken::Text(words) => run.iter_mut().for_each(|run| run.text.push_str(&words)),
            XmlToken::EndTag(name) if name == "w:t" => {
                if let (Some(run), Some(paragraph)) = (run.take(), paragraphs.last_mut()) {
                    paragraph.push(TextRun { range: run.range.start..range.end, ..run });
                }
            }
            XmlToken::EndTag(name) if name == "w:p" => {
                edits.extend(run_edits(&paragraphs.pop().unwrap_or_default(), values)?)
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(apply_edits(xml, edits))
}

/// Checks that every placeholder has a known name.
pub(super) fn check_placeholders(xml: &str) -> Result<(), OfficeTemplateError> {
    fill(xml, &PLACEHOLDER_NAMES.into_iter().map(|name| (name, String::new())).collect()).map(|_| ())
}

/// Returns a piece without bookmarks and comments.
///
/// # Errors
/// Returns an error if there is a note, which cannot be dropped silently.
pub(super) fn strip_marks(xml: &str) -> Result<String, OfficeTemplateError> {
    let mut edits = Vec::new();
    visit_tokens(xml, |piece, range| match piece {
        XmlToken::EmptyTag(name) | XmlToken::StartTag(name) if NOTE_ELEMENTS.contains(&name.as_str()) => {
            Err(OfficeTemplateError::ContainsNotes)
        }
        XmlToken::EmptyTag(name) if REMOVED_ELEMENTS.contains(&name.as_str()) => {
            edits.push((range, String::new()));
            Ok(())
        }
        XmlToken::StartTag(name) if REMOVED_ELEMENTS.contains(&name.as_str()) => {
            Err(OfficeTemplateError::MalformedPart("word/document.xml"))
        }
        _ => Ok(()),
    })?;
    Ok(apply_edits(xml, edits))
}

/// Returns the edits of the runs of a paragraph that contain placeholders.
fn run_edits(runs: &[TextRun], values: &BTreeMap<&str, String>) -> Result<Vec<Edit>, OfficeTemplateError> {
    let joined: String = runs.iter().map(|run| run.text.as_str()).collect();
    let places = find_placeholders(&joined, values)?;
    let mut edits = Vec::new();
    let mut from = 0;
    for run in runs {
        let span = from..from + run.text.len();
        from = span.end;
        let now = filled_part(&joined, span, &places);
        if now != run.text {
            edits.push((run.range.clone(), text_elements(&now)));
        }
    }
    Ok(edits)
}

/// Finds the placeholders in a text, each with its value.
fn find_placeholders(joined: &str, values: &BTreeMap<&str, String>) -> Result<Vec<Edit>, OfficeTemplateError> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = joined[from..].find("{{").map(|at| from + at) {
        let Some(close) = joined[open..].find("}}").map(|at| open + at) else { break };
        let name = &joined[open + 2..close];
        let value = values.get(name.trim()).ok_or_else(|| OfficeTemplateError::UnknownPlaceholder(name.to_owned()))?;
        from = close + 2;
        found.push((open..from, value.clone()));
    }
    Ok(found)
}

/// Returns a part of the text with its placeholders replaced.
fn filled_part(joined: &str, span: Range<usize>, places: &[Edit]) -> String {
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
fn text_elements(text: &str) -> String {
    let mut xml = XmlFragment::default();
    for (at, line) in clean(text).split('\n').enumerate() {
        if at > 0 {
            xml.empty("w:br", &[]);
        }
        xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(line));
    }
    xml.into_string()
}

fn apply_edits(xml: &str, mut edits: Vec<Edit>) -> String {
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
        assert!(matches!(unknown, Err(OfficeTemplateError::UnknownPlaceholder(name)) if name == "KHAC"));
    }
}
