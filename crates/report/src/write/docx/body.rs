//! Writes the body of the Word report and its appendices.
//!
//! Input: the blocks of the document in order. Output: the sections of the part `document.xml`. Not here: styles, the
//! content.

use super::marks::{DocumentMarks, spans};
use super::page::{Orientation, end_section};
use super::sources::{self, SourceListing};
use super::styles::{APPENDIX, BODY, HEADINGS, ITEM, TABLE_TITLE, WordStyle};
use super::table::data_table;
use super::template::DocumentTemplate;
use super::text::{ordinal, paragraph, paragraph_with, text_run};
use super::xml::XmlFragment;
use super::{letterhead, signature};
use crate::write::plain_text::appendix_title;
use tonghop_core::model::document::{Block, Document, DocumentTable, Heading, Paragraph, ParagraphStyle, Span};

/// A table with more columns is printed in landscape if it is an appendix.
const MAX_PORTRAIT_COLUMNS: usize = 6;

/// Writes the part `document.xml`.
pub(super) fn document_part(
    document: &Document,
    marks: &mut DocumentMarks<'_>,
    template: &DocumentTemplate,
    listing: Option<&SourceListing<'_>>,
) -> Vec<u8> {
    let width = template.setup.text_width(Orientation::Portrait);
    let mut text = XmlFragment::default();
    match &template.frame {
        Some(frame) => text.append(&frame.head),
        None => letterhead::write(&mut text, marks, document, width),
    }
    for block in &document.blocks {
        write_block(&mut text, marks, block, width);
    }
    if let Some(closing) = &document.closing {
        // The signature must not be on a page without text of the report.
        write_paragraph(&mut text, marks, closing, |xml| xml.empty("w:keepNext", &[]));
    }
    // In the traces the appendices come before the signature, in the document after it.
    let appendices: Vec<(XmlFragment, Orientation)> = document
        .appendices
        .iter()
        .enumerate()
        .map(|(at, (_, table))| appendix_section(marks, table, at, template))
        .collect();
    match &template.frame {
        Some(frame) => text.append(&frame.tail),
        None => signature::write(&mut text, marks, &document.signature, width),
    }
    let sources = listing.map(|listing| sources_section(marks, listing, document.appendices.len(), template));
    let sections: Vec<(XmlFragment, Orientation)> =
        std::iter::once((text, Orientation::Portrait)).chain(appendices).chain(sources).collect();
    assemble(&sections, template)
}

fn assemble(sections: &[(XmlFragment, Orientation)], template: &DocumentTemplate) -> Vec<u8> {
    let mut xml = XmlFragment::default();
    xml.element("w:document", &template.namespaces(), |xml| {
        xml.element("w:body", &[], |xml| {
            for (at, (section, page)) in sections.iter().enumerate() {
                xml.append(section);
                end_section(xml, &template.setup, *page, at + 1 == sections.len());
            }
        });
    });
    xml.into_part()
}

fn write_block(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, block: &Block, width: u64) {
    match block {
        Block::Heading(heading) => write_heading(xml, marks, heading),
        Block::Paragraph { paragraph, .. } => write_paragraph(xml, marks, paragraph, |_| {}),
        Block::Table { table, .. } => {
            if !table.title.is_empty() {
                paragraph(xml, &TABLE_TITLE, |xml| spans(xml, marks, &table.title));
            }
            data_table(xml, marks, table, width);
        }
    }
}

/// Writes a heading with its number; the number of a part is on a separate line.
fn write_heading(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, heading: &Heading) {
    let depth = heading.section.depth();
    let style = &HEADINGS[depth.clamp(1, HEADINGS.len()) - 1];
    if depth == 1 {
        return numbered_title(xml, marks, style, &heading.number, &heading.title);
    }
    paragraph(xml, style, |xml| {
        ordinal(xml, &format!("{} ", heading.number), false);
        spans(xml, marks, &heading.title);
    });
}

/// Writes a number on a separate line with the title below it, as one entry of Word's outline.
fn numbered_title(
    xml: &mut XmlFragment,
    marks: &mut DocumentMarks<'_>,
    style: &WordStyle,
    number: &str,
    title: &[Span],
) {
    let line_end = if title.is_empty() { "" } else { "\n" };
    paragraph(xml, style, |xml| {
        ordinal(xml, &format!("{number}{line_end}"), true);
        spans(xml, marks, title);
    });
}

fn write_paragraph(
    xml: &mut XmlFragment,
    marks: &mut DocumentMarks<'_>,
    paragraph: &Paragraph,
    properties: impl FnOnce(&mut XmlFragment),
) {
    let style = match paragraph.style {
        ParagraphStyle::Body => &BODY,
        ParagraphStyle::Item => &ITEM,
    };
    paragraph_with(xml, style, properties, |xml| {
        if paragraph.style == ParagraphStyle::Item {
            text_run(xml, "- ");
        }
        spans(xml, marks, &paragraph.spans);
    });
}

fn appendix_section(
    marks: &mut DocumentMarks<'_>,
    table: &DocumentTable,
    at: usize,
    template: &DocumentTemplate,
) -> (XmlFragment, Orientation) {
    let page = if table.columns.len() > MAX_PORTRAIT_COLUMNS { Orientation::Landscape } else { Orientation::Portrait };
    let mut xml = XmlFragment::default();
    numbered_title(&mut xml, marks, &APPENDIX, &appendix_title(at), &table.title);
    data_table(&mut xml, marks, table, template.setup.text_width(page));
    (xml, page)
}

/// Writes the sources of every figure as the last appendix.
fn sources_section(
    marks: &mut DocumentMarks<'_>,
    listing: &SourceListing<'_>,
    at: usize,
    template: &DocumentTemplate,
) -> (XmlFragment, Orientation) {
    let mut xml = XmlFragment::default();
    numbered_title(&mut xml, marks, &APPENDIX, &appendix_title(at), &[Span::Literal(sources::TITLE.to_owned())]);
    sources::write(&mut xml, marks, listing, template.setup.text_width(sources::ORIENTATION));
    (xml, sources::ORIENTATION)
}
