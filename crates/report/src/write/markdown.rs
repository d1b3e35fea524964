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
    format!("{mark}{}", with_escaped_start(words.trim_start()))
}

/// Escapes what would begin a heading, a list, a quotation or a rule: `# `, `- `, `1. `.
fn with_escaped_start(words: &str) -> String {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = words.split_at(digits);
    let ends_number = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let is_mark = match number {
        "" => rest.starts_with(['#', '-', '+', '=']),
        _ => rest.strip_prefix(['.', ')']).is_some_and(ends_number),
    };
    if is_mark { format!("{number}\\{rest}") } else { words.to_owned() }
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

/// Escapes the characters that have a meaning in Markdown: of CommonMark, and of the tables, strikes (`~~`), formulas
/// (`$`) and marks (`^`) that programs add to it. A line break would begin a heading, or end a row of a table.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        match sign {
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '|' | '$' | '~' | '^' | '{' | '}' => {
                out.extend(['\\', sign]);
            }
            '&' if begins_entity(&text[at + 1..]) => out.push_str("\\&"),
            '\n' => out.push_str("<br>"),
            '\r' => {}
            _ => out.push(sign),
        }
    }
    out
}

/// Returns whether the text after `&` makes it an entity: `#x41;`, `amp;`.
fn begins_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    end > 0 && name[end..].starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_are_words() {
        assert_eq!(escaped("a*b_[c] <d>|"), "a\\*b\\_\\[c\\] \\<d\\>\\|");
        assert_eq!(escaped("&#x41; $x$ ~~x~~ {a}^"), "\\&#x41; \\$x\\$ \\~\\~x\\~\\~ \\{a\\}\\^");
        assert_eq!(escaped("a&b &; &amp; &lt"), "a&b &; \\&amp; &lt");
        assert_eq!(escaped("a\r\n# b"), "a<br># b");
    }

    #[test]
    fn the_start_of_a_paragraph_is_no_mark() {
        for (words, escaped) in [
            ("# a", "\\# a"),
            ("- a", "\\- a"),
            ("+ a", "\\+ a"),
            ("=== a", "\\=== a"),
            ("1. a", "1\\. a"),
            ("12) a", "12\\) a"),
            ("1.234 con", "1.234 con"),
            ("12 con", "12 con"),
            ("a - b", "a - b"),
            ("", ""),
        ] {
            assert_eq!(with_escaped_start(words), escaped, "{words}");
        }
    }
}
