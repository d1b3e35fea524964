//! Renders the report as Markdown.
//!
//! Input: the document. Output: text with `#` headings, `[^n]` notes and pipe tables. Not here: text other than the
//! headings that the law requires.

use super::plain_text::{self, NumberedNotes};
use std::fmt::Write;
use tonghop_core::model::document::{
    Block, Document, DocumentTable, Heading, Paragraph, ParagraphStyle, Span, plain_text,
};

/// Renders the document as Markdown.
pub(super) fn render(document: &Document) -> String {
    let mut notes = NumberedNotes::default();
    let mut parts = head(document);
    for block in &document.blocks {
        parts.extend(match block {
            Block::Heading(heading) => Some(line(heading)),
            Block::Paragraph { paragraph, .. } => Some(paragraph_text(paragraph, &mut notes)),
            Block::Table { table, .. } => Some(table_text(table, &mut notes)),
            Block::Omitted { .. } => None,
        });
    }
    parts.extend(document.closing.iter().map(|closing| paragraph_text(closing, &mut notes)));
    parts.extend(foot(document));
    for (at, (_, table)) in document.appendices.iter().enumerate() {
        parts.push(format!("# {}", plain_text::appendix_title(at)));
        parts.push(table_text(table, &mut notes));
    }
    parts.extend(notes.iter().map(|(number, note)| format!("[^{number}]: {}", escaped(&plain_text(note)))));
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn head(document: &Document) -> Vec<String> {
    let head = &document.letterhead;
    let words = |spans: &[Span]| escaped(&plain_text(spans));
    let lines = [
        words(&head.superior),
        format!("**{}**", words(&head.issuer)),
        words(&head.number),
        format!("*{}*", words(&head.place_and_date)),
        format!("**{}**", words(&document.kind)),
        format!("**{}**", words(&document.subject)),
    ];
    lines.into_iter().filter(|line| !line.trim_matches('*').is_empty()).collect()
}

fn foot(document: &Document) -> Vec<String> {
    let foot = &document.signature;
    let words = |spans: &[Span]| escaped(&plain_text(spans));
    let mut lines: Vec<String> = foot.authority.iter().map(|line| format!("**{}**", words(line))).collect();
    lines.extend(Some(words(&foot.name)).filter(|name| !name.is_empty()).map(|name| format!("**{name}**")));
    if !foot.recipients.is_empty() {
        let recipients: Vec<String> = foot.recipients.iter().map(|line| format!("- {}", words(line))).collect();
        lines.push(format!("***{}***\n\n{}", plain_text::RECIPIENTS, recipients.join("\n")));
    }
    lines
}

fn line(heading: &Heading) -> String {
    let title = escaped(&plain_text(&heading.title));
    let level = "#".repeat(heading.section.depth());
    match heading.section.depth() {
        1 => format!("{level} {}. {title}", heading.number),
        _ => format!("{level} {} {title}", heading.number),
    }
}

fn paragraph_text<'a>(paragraph: &'a Paragraph, notes: &mut NumberedNotes<'a>) -> String {
    let mark = match paragraph.style {
        ParagraphStyle::Body => "",
        ParagraphStyle::Item => "- ",
    };
    let words = spans_text(&paragraph.spans, notes);
    let escape = if words.starts_with(['#', '-', '+', '>', '=']) { "\\" } else { "" };
    format!("{mark}{escape}{words}")
}

fn spans_text<'a>(spans: &'a [Span], notes: &mut NumberedNotes<'a>) -> String {
    let mut text = String::new();
    for span in spans {
        match span {
            Span::Note(note) => {
                let _ = write!(text, "[^{}]", notes.push(note));
            }
            other => text.push_str(&escaped(other.text())),
        }
    }
    text
}

fn table_text<'a>(table: &'a DocumentTable, notes: &mut NumberedNotes<'a>) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![
        row(table.columns.iter().map(|title| escaped(title)).collect()),
        row(table.columns.iter().map(|_| "---".to_owned()).collect()),
    ];
    for cells in &table.rows {
        lines.push(row(cells.iter().map(|cell| spans_text(cell, notes)).collect()));
    }
    match escaped(&plain_text(&table.title)) {
        title if title.is_empty() => lines.join("\n"),
        title => format!("**{title}**\n\n{}", lines.join("\n")),
    }
}

/// Escapes the characters that have a meaning in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '|') {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_are_words() {
        assert_eq!(escaped("a*b_[c] <d>|"), "a\\*b\\_\\[c\\] \\<d>\\|");
    }
}
