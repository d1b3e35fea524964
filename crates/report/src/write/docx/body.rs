//! Writes the body of the Word report and its appendices.
//!
//! Input: the blocks of the document in order. Output: the sections of the part `document.xml`. Not here: styles, the
//! content.

use super::marks::{Marks, spans};
use super::page::{Page, end_section};
use super::skin::Form;
use super::sources::{self, Listing};
use super::styles::{APPENDIX, BODY, HEADINGS, ITEM, Style, TABLE_TITLE};
use super::table::grid;
use super::text::{ordinal, paragraph, paragraph_with, words};
use super::xml::Xml;
use super::{letterhead, signature};
use crate::write::plain_text::appendix_title;
use tonghop_core::model::document::{Block, Document, Heading, Paragraph, ParagraphStyle, Span, Table};

/// A table with more columns is printed in landscape if it is an appendix.
const MOST_UPRIGHT_COLUMNS: usize = 6;

/// Writes the part `document.xml`.
pub(super) fn part(document: &Document, marks: &mut Marks<'_>, form: &Form, listing: Option<&Listing<'_>>) -> Vec<u8> {
    let width = form.setup.text_width(Page::Upright);
    let mut text = Xml::default();
    match &form.frame {
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
    let appendices: Vec<(Xml, Page)> =
        document.appendices.iter().enumerate().map(|(at, (_, table))| appendix(marks, table, at, form)).collect();
    match &form.frame {
        Some(frame) => text.append(&frame.tail),
        None => signature::write(&mut text, marks, &document.signature, width),
    }
    let listed = listing.map(|listing| listed(marks, listing, document.appendices.len(), form));
    let sections: Vec<(Xml, Page)> = std::iter::once((text, Page::Upright)).chain(appendices).chain(listed).collect();
    assemble(&sections, form)
}

fn assemble(sections: &[(Xml, Page)], form: &Form) -> Vec<u8> {
    let mut xml = Xml::default();
    xml.element("w:document", &form.names(), |xml| {
        xml.element("w:body", &[], |xml| {
            for (at, (section, page)) in sections.iter().enumerate() {
                xml.append(section);
                end_section(xml, &form.setup, *page, at + 1 == sections.len());
            }
        });
    });
    xml.into_part()
}

fn write_block(xml: &mut Xml, marks: &mut Marks<'_>, block: &Block, width: u64) {
    match block {
        Block::Heading(heading) => write_heading(xml, marks, heading),
        Block::Paragraph { paragraph, .. } => write_paragraph(xml, marks, paragraph, |_| {}),
        Block::Table { table, .. } => {
            if !table.title.is_empty() {
                paragraph(xml, &TABLE_TITLE, |xml| spans(xml, marks, &table.title));
            }
            grid(xml, marks, table, width);
        }
    }
}

/// Writes a heading with its number; the number of a part is on a separate line.
fn write_heading(xml: &mut Xml, marks: &mut Marks<'_>, heading: &Heading) {
    let depth = heading.section.depth();
    let style = &HEADINGS[depth.clamp(1, HEADINGS.len()) - 1];
    if depth == 1 {
        return titled(xml, marks, style, &heading.number, &heading.title);
    }
    paragraph(xml, style, |xml| {
        ordinal(xml, &format!("{} ", heading.number), false);
        spans(xml, marks, &heading.title);
    });
}

/// Writes a number on a separate line with the title below it, as one entry of Word's outline.
fn titled(xml: &mut Xml, marks: &mut Marks<'_>, style: &Style, number: &str, title: &[Span]) {
    let line_end = if title.is_empty() { "" } else { "\n" };
    paragraph(xml, style, |xml| {
        ordinal(xml, &format!("{number}{line_end}"), true);
        spans(xml, marks, title);
    });
}

fn write_paragraph(xml: &mut Xml, marks: &mut Marks<'_>, paragraph: &Paragraph, properties: impl FnOnce(&mut Xml)) {
    let style = match paragraph.style {
        ParagraphStyle::Body => &BODY,
        ParagraphStyle::Item => &ITEM,
    };
    paragraph_with(xml, style, properties, |xml| {
        if paragraph.style == ParagraphStyle::Item {
            words(xml, "- ");
        }
        spans(xml, marks, &paragraph.spans);
    });
}

fn appendix(marks: &mut Marks<'_>, table: &Table, at: usize, form: &Form) -> (Xml, Page) {
    let page = if table.columns.len() > MOST_UPRIGHT_COLUMNS { Page::Across } else { Page::Upright };
    let mut xml = Xml::default();
    titled(&mut xml, marks, &APPENDIX, &appendix_title(at), &table.title);
    grid(&mut xml, marks, table, form.setup.text_width(page));
    (xml, page)
}

/// Writes the sources of every figure as the last appendix.
fn listed(marks: &mut Marks<'_>, listing: &Listing<'_>, at: usize, form: &Form) -> (Xml, Page) {
    let mut xml = Xml::default();
    titled(&mut xml, marks, &APPENDIX, &appendix_title(at), &[Span::Words(sources::TITLE.to_owned())]);
    sources::write(&mut xml, marks, listing, form.setup.text_width(sources::PAGE));
    (xml, sources::PAGE)
}
