//! Renders the report as plain text; also numbers notes and provides titles for the other text formats.
//!
//! Input: the document. Output: text with `[n]` marks and the notes at the end. Not here: fixed text, except titles.

use std::fmt::Write;
use tonghop_core::model::document::{Block, Document, DocumentTable, Paragraph, ParagraphStyle, Span, plain_text};

/// The title of the list of recipients (Decree 30/2020, appendix I).
pub(crate) const RECIPIENTS: &str = "Nơi nhận:";

/// Returns the title of the appendix with an index: `Phụ lục I` for 0.
pub(crate) fn appendix_title(at: usize) -> String {
    const NUMERALS: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];
    NUMERALS.get(at).map_or_else(|| format!("Phụ lục {}", at + 1), |numeral| format!("Phụ lục {numeral}"))
}

/// Notes in the order of their marks, numbered through the document from 1.
#[derive(Default)]
pub struct NumberedNotes<'a>(Vec<&'a [Span]>);

impl<'a> NumberedNotes<'a> {
    /// Adds a note and returns its number.
    pub fn push(&mut self, note: &'a [Span]) -> usize {
        self.0.push(note);
        self.0.len()
    }

    /// Iterates over the notes with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &'a [Span])> {
        self.0.iter().enumerate().map(|(at, note)| (at + 1, *note))
    }
}

/// Renders the document as plain text.
pub fn render(document: &Document) -> String {
    let mut notes = NumberedNotes::default();
    let mut lines = head(document);
    for block in &document.blocks {
        match block {
            Block::Heading(heading) => lines.push(format!("\n{} {}\n", heading.number, plain_text(&heading.title))),
            Block::Paragraph { paragraph, .. } => lines.push(line(paragraph, &mut notes)),
            Block::Table { table, .. } => lines.push(table_text(table, &mut notes)),
            Block::Omitted { .. } => {}
        }
    }
    lines.extend(document.closing.iter().map(|closing| format!("\n{}", line(closing, &mut notes))));
    lines.extend(foot(document));
    for (at, (_, table)) in document.appendices.iter().enumerate() {
        lines.push(format!("\n{}\n", appendix_title(at).to_uppercase()));
        lines.push(table_text(table, &mut notes));
    }
    let bodies: Vec<String> = notes.iter().map(|(number, note)| format!("[{number}] {}", plain_text(note))).collect();
    if !bodies.is_empty() {
        lines.push("\nGHI CHÚ\n".to_owned());
        lines.extend(bodies);
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn head(document: &Document) -> Vec<String> {
    let head = &document.letterhead;
    let lines = [&head.superior, &head.issuer, &head.number, &head.place_and_date, &document.kind, &document.subject];
    lines.into_iter().map(|spans| plain_text(spans)).filter(|line| !line.is_empty()).collect()
}

fn foot(document: &Document) -> Vec<String> {
    let foot = &document.signature;
    let mut lines: Vec<String> = foot.authority.iter().chain([&foot.name]).map(|line| plain_text(line)).collect();
    if !foot.recipients.is_empty() {
        lines.push(format!("\n{RECIPIENTS}"));
        lines.extend(foot.recipients.iter().map(|line| format!("- {}", plain_text(line))));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn line<'a>(paragraph: &'a Paragraph, notes: &mut NumberedNotes<'a>) -> String {
    let words = spans_text(&paragraph.spans, notes);
    match paragraph.style {
        ParagraphStyle::Body => words,
        ParagraphStyle::Item => format!("- {words}"),
    }
}

fn spans_text<'a>(spans: &'a [Span], notes: &mut NumberedNotes<'a>) -> String {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Note(note) => {
                let _ = write!(text, "[{}]", notes.push(note));
            }
            other => text.push_str(other.text()),
        }
    }
    text
}

fn table_text<'a>(table: &'a DocumentTable, notes: &mut NumberedNotes<'a>) -> String {
    let mut lines = vec![plain_text(&table.title), table.columns.join(" | ")];
    for cells in &table.rows {
        let cells: Vec<String> = cells.iter().map(|cell| spans_text(cell, notes)).collect();
        lines.push(cells.join(" | "));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
