//! Reads the numbers of a finished document back and compares them with the traces.
//!
//! Input: the bytes of a `.docx` and the traces. Output: nothing, or the numbers without a trace and the traces without
//! a number. Not here: how the document was made, except for the names of styles and bookmarks.

use super::part::{DOCUMENT, NOTES};
use super::styles::{ORDINAL, SOURCE_CELL, place_of_style};
use super::template::FRAME_BOOKMARKS;
use super::xml::clean;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use thiserror::Error;
use tonghop_core::message::{Message, pluralise};
use tonghop_core::model::document::{Document, Span};
use tonghop_core::model::trace::{LineKind, Traces};
use tonghop_core::{display_as_message, msg};
use zip::ZipArchive;

/// A number in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DocumentNumber {
    /// The kind of line that it is in.
    pub place: LineKind,
    /// The bookmark of a figure; numbers in texts of departments, settings and fixed wording have none.
    pub bookmark: Option<String>,
    /// The whole figure as printed, or a run of digits.
    pub text: String,
}

impl DocumentNumber {
    fn message(&self) -> Message {
        let place = match self.place {
            LineKind::Text => Message::new("phần lời", "text"),
            LineKind::Footnote => Message::new("chú thích", "note"),
            LineKind::Heading => Message::new("đề mục", "heading"),
            LineKind::Table => Message::new("bảng", "table"),
        };
        msg!("\"{text}\" ({place})", "\"{text}\" ({place})", text = self.text, place = place)
    }
}

/// The reason why a document fails the check.
#[derive(Debug, Error)]
pub enum BackCheckError {
    /// The bytes are not a zip archive, or a required part is missing.
    Zip(#[from] zip::result::ZipError),
    /// A part cannot be unpacked or is not UTF-8.
    Io(#[from] std::io::Error),
    /// A part is not well-formed XML.
    Xml(#[from] quick_xml::Error),
    /// The numbers of the document differ from those of the traces.
    Numbers {
        /// Numbers of the document that have no trace.
        without_trace: Vec<DocumentNumber>,
        /// Numbers of the traces that the document does not have.
        without_number: Vec<DocumentNumber>,
    },
}

impl From<quick_xml::events::attributes::AttrError> for BackCheckError {
    fn from(error: quick_xml::events::attributes::AttrError) -> Self {
        Self::Xml(error.into())
    }
}

impl BackCheckError {
    /// Returns the error message.
    pub fn message(&self) -> Message {
        match self {
            Self::Zip(error) => Message::verbatim(error.to_string()),
            Self::Io(error) => Message::verbatim(error.to_string()),
            Self::Xml(error) => Message::verbatim(error.to_string()),
            Self::Numbers { without_trace, without_number } => msg!(
                "số trong bản Word không khớp với nguồn: thừa {more}; thiếu {less}; đây là lỗi của chương trình, hãy báo cho người phát triển",
                "the numbers in the Word report do not match their sources: unexpected: {more}; missing: {less}; this is a bug in the program, please report it to the developers",
                more = list(without_trace),
                less = list(without_number)
            ),
        }
    }
}

display_as_message!(BackCheckError);

/// Lists the first few numbers.
fn list(numbers: &[DocumentNumber]) -> Message {
    const MAX_LISTED: usize = 5;
    let mut names: Vec<Message> = numbers.iter().take(MAX_LISTED).map(DocumentNumber::message).collect();
    match numbers.len() {
        0 => return Message::new("không có", "none"),
        all if all > MAX_LISTED => {
            let more = all - MAX_LISTED;
            names.push(msg!("và {more} số khác", "and {counted}", counted = pluralise(more, "other number")));
        }
        _ => {}
    }
    Message::join(&names, ", ")
}

/// Compares the numbers of a document with the traces, including how often each occurs.
///
/// # Errors
/// Returns an error if a number is on one side only, or if the bytes are not such a document.
pub fn check(bytes: &[u8], traces: &Traces) -> Result<(), BackCheckError> {
    compare(bytes, traced_numbers(traces))
}

/// Compares as [`check`] does, for a document with the office's own letterhead and ending.
///
/// # Errors
/// Returns the errors of [`check`].
pub(crate) fn check_framed(bytes: &[u8], traces: &Traces, document: &Document) -> Result<(), BackCheckError> {
    let mut expected = traced_numbers(traces);
    for number in frame_numbers(document) {
        if let Some(at) = expected.iter().position(|other| *other == number) {
            expected.remove(at);
        }
    }
    compare(bytes, expected)
}

/// Returns the numbers of letterhead, titles and signature block.
fn frame_numbers(document: &Document) -> Vec<DocumentNumber> {
    let (head, end) = (&document.letterhead, &document.signature);
    let above = [&head.superior, &head.issuer, &head.number, &head.place_and_date, &document.kind, &document.subject];
    let below = end.recipients.iter().chain(&end.authority).chain([&end.name]);
    let of = |spans: &Vec<Span>, place| -> Vec<DocumentNumber> {
        spans.iter().flat_map(|span| digit_runs(&clean(span.text()), place)).collect()
    };
    let above = above.into_iter().flat_map(|spans| of(spans, LineKind::Heading));
    above.chain(below.flat_map(|spans| of(spans, LineKind::Text))).collect()
}

fn compare(bytes: &[u8], expected: Vec<DocumentNumber>) -> Result<(), BackCheckError> {
    let mut balance: BTreeMap<DocumentNumber, i64> = BTreeMap::new();
    for number in numbers(bytes)? {
        *balance.entry(number).or_default() += 1;
    }
    for number in expected {
        *balance.entry(number).or_default() -= 1;
    }
    let side = |keep: fn(i64) -> bool| -> Vec<DocumentNumber> {
        balance.iter().filter(|(_, count)| keep(**count)).map(|(number, _)| number.clone()).collect()
    };
    let (without_trace, without_number) = (side(|count| count > 0), side(|count| count < 0));
    if without_trace.is_empty() && without_number.is_empty() {
        return Ok(());
    }
    Err(BackCheckError::Numbers { without_trace, without_number })
}

/// Returns the numbers that the document must contain according to the traces.
fn traced_numbers(traces: &Traces) -> Vec<DocumentNumber> {
    let figures = traces.figures.iter().map(|figure| DocumentNumber {
        place: figure.place,
        bookmark: Some(figure.bookmark.clone()),
        text: clean(&figure.text),
    });
    let texts = traces.texts.iter().map(|t| (t.place, &t.text));
    let settings = traces.settings.iter().map(|t| (t.place, &t.text));
    let fixed = traces.fixed.iter().map(|t| (t.place, &t.text));
    let untraced = traces.untraced.iter().map(|t| (t.place, &t.text));
    let words = texts.chain(settings).chain(fixed).chain(untraced);
    figures.chain(words.flat_map(|(place, text)| digit_runs(&clean(text), place))).collect()
}

/// Reads every number of text, tables and notes.
///
/// Numbers of headings and appendices and the list of sources have their own styles and are skipped; note marks and
/// page numbers are not text.
///
/// # Errors
/// Returns an error if the bytes are not a `.docx` of this program.
pub fn numbers(bytes: &[u8]) -> Result<Vec<DocumentNumber>, BackCheckError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut found = Vec::new();
    for part in [DOCUMENT.path, NOTES.path] {
        let mut xml = String::new();
        archive.by_name(part)?.read_to_string(&mut xml)?;
        found.extend(part_numbers(&xml)?);
    }
    Ok(found)
}

fn part_numbers(xml: &str) -> Result<Vec<DocumentNumber>, BackCheckError> {
    let mut reader = Reader::from_str(xml);
    let mut scan = NumberScanner::default();
    loop {
        match reader.read_event()? {
            Event::Start(tag) => scan.open(&tag)?,
            Event::Empty(tag) => {
                scan.open(&tag)?;
                scan.close(tag.name().as_ref());
            }
            Event::End(tag) => scan.close(tag.name().as_ref()),
            Event::Text(text) => scan.push_text(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                Some(sign) => scan.push_text(sign.encode_utf8(&mut [0; 4])),
                None => scan.push_text(quick_xml::escape::resolve_predefined_entity(&reference).unwrap_or_default()),
            },
            Event::Eof => return Ok(scan.numbers),
            _ => {}
        }
    }
}

/// The state of the reader and the numbers found so far.
#[derive(Default)]
struct NumberScanner {
    numbers: Vec<DocumentNumber>,
    place: Option<LineKind>,
    is_ordinal: bool,
    /// Whether the paragraph lists sources, which are not text of the report.
    is_source: bool,
    /// The text of the current `w:t`.
    text: Option<String>,
    /// The figure whose bookmark is open.
    figure: Option<DocumentNumber>,
    /// Whether the reader is in the office's own letterhead or ending, whose numbers are not traced.
    is_in_frame: bool,
}

impl NumberScanner {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), BackCheckError> {
        if self.is_in_frame {
            self.is_in_frame = tag.name().as_ref() != "w:bookmarkEnd";
            return Ok(());
        }
        match tag.name().as_ref() {
            "w:pStyle" => {
                let style = value(tag, "w:val")?.unwrap_or_default();
                (self.place, self.is_source) = (place_of_style(&style), style == SOURCE_CELL.id);
            }
            "w:p" => (self.place, self.is_source) = (None, false),
            "w:r" => self.is_ordinal = false,
            "w:rStyle" => self.is_ordinal = value(tag, "w:val")?.is_some_and(|id| id == ORDINAL),
            "w:t" => self.text = Some(String::new()),
            "w:br" => self.figure.iter_mut().for_each(|figure| figure.text.push('\n')),
            "w:bookmarkStart" if !self.is_source => {
                let bookmark = value(tag, "w:name")?;
                self.is_in_frame = bookmark.as_deref() == Some(FRAME_BOOKMARKS[0].1)
                    || bookmark.as_deref() == Some(FRAME_BOOKMARKS[1].1);
                if self.is_in_frame {
                    return Ok(());
                }
                self.figure = Some(DocumentNumber { place: self.place(), bookmark, text: String::new() });
            }
            "w:bookmarkEnd" => self.numbers.extend(self.figure.take()),
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        if name != "w:t" {
            return;
        }
        let text = self.text.take().unwrap_or_default();
        match &mut self.figure {
            Some(figure) => figure.text.push_str(&text),
            None if self.is_ordinal || self.is_source => {}
            None => self.numbers.extend(digit_runs(&text, self.place())),
        }
    }

    fn push_text(&mut self, words: &str) {
        if let Some(text) = &mut self.text {
            text.push_str(words);
        }
    }

    /// Returns the kind of line; paragraphs of a style that is not ours count as text.
    fn place(&self) -> LineKind {
        self.place.unwrap_or(LineKind::Text)
    }
}

fn value(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, BackCheckError> {
    let Some(attribute) = tag.try_get_attribute(name)? else { return Ok(None) };
    Ok(Some(attribute.normalized_value(XmlVersion::Explicit1_0)?.into_owned()))
}

/// Returns the runs of digits in a text.
fn digit_runs(words: &str, line_kind: LineKind) -> Vec<DocumentNumber> {
    let runs = words.split(|sign: char| !sign.is_numeric()).filter(|run| !run.is_empty());
    runs.map(|run| DocumentNumber { place: line_kind, bookmark: None, text: run.to_owned() }).collect()
}
