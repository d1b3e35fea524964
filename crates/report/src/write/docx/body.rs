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
    let (blocks, unplaced) = anchored(&document.blocks);
    for block in &blocks {
        write_block(&mut text, marks, block, width);
    }
    if let Some(closing) = &document.closing {
        // The signature must not be on a page without text of the report.
        write_paragraph(&mut text, marks, (&unplaced, closing, &[]), |xml| xml.empty("w:keepNext", &[]));
    } else {
        write_gaps_alone(&mut text, marks, &unplaced);
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

/// A printed block with the gaps of the paragraphs that fell away before and after it.
struct AnchoredBlock<'d> {
    before: Vec<Span>,
    block: &'d Block,
    after: Vec<Span>,
}

/// Attaches the gaps of paragraphs that fell away to the printed block before them, or else to the next one; returns
/// those that no block follows, too.
fn anchored(blocks: &[Block]) -> (Vec<AnchoredBlock<'_>>, Vec<Span>) {
    let mut anchored: Vec<AnchoredBlock<'_>> = Vec::with_capacity(blocks.len());
    let mut unplaced: Vec<Span> = Vec::new();
    for block in blocks {
        let Block::Omitted { gaps, .. } = block else {
            anchored.push(AnchoredBlock { before: std::mem::take(&mut unplaced), block, after: Vec::new() });
            continue;
        };
        match anchored.last_mut().filter(|last| !matches!(last.block, Block::Table { .. })) {
            Some(last) => last.after.extend(gaps.iter().cloned()),
            None => unplaced.extend(gaps.iter().cloned()),
        }
    }
    (anchored, unplaced)
}

fn write_block(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, anchored: &AnchoredBlock<'_>, width: u64) {
    let AnchoredBlock { before, block, after } = anchored;
    match block {
        Block::Heading(heading) => write_heading(xml, marks, (before, heading, after)),
        Block::Paragraph { paragraph, .. } => write_paragraph(xml, marks, (before, paragraph, after), |_| {}),
        Block::Table { table, .. } => {
            write_gaps_alone(xml, marks, before);
            if !table.title.is_empty() {
                paragraph(xml, &TABLE_TITLE, |xml| spans(xml, marks, &table.title));
            }
            data_table(xml, marks, table, width);
        }
        Block::Omitted { .. } => {}
    }
}

/// Writes the comments on gaps that have no paragraph of their own.
fn write_gaps_alone(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, gaps: &[Span]) {
    if marks.has_comments() && !gaps.is_empty() {
        paragraph(xml, &BODY, |xml| spans(xml, marks, gaps));
    }
}

/// Writes a heading with its number; the number of a part is on a separate line.
fn write_heading(
    xml: &mut XmlFragment,
    marks: &mut DocumentMarks<'_>,
    (before, heading, after): (&[Span], &Heading, &[Span]),
) {
    let depth = heading.section.depth();
    let style = &HEADINGS[depth.clamp(1, HEADINGS.len()) - 1];
    let title: Vec<Span> = [before, &heading.title, after].concat();
    if depth == 1 {
        return numbered_title(xml, marks, style, &heading.number, &title);
    }
    paragraph(xml, style, |xml| {
        ordinal(xml, &format!("{} ", heading.number), false);
        spans(xml, marks, &title);
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
    let line_end = if !title.iter().any(Span::is_printed) { "" } else { "\n" };
    paragraph(xml, style, |xml| {
        ordinal(xml, &format!("{number}{line_end}"), true);
        spans(xml, marks, title);
    });
}

fn write_paragraph(
    xml: &mut XmlFragment,
    marks: &mut DocumentMarks<'_>,
    (before, paragraph, after): (&[Span], &Paragraph, &[Span]),
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
        for part in [before, &paragraph.spans, after] {
            spans(xml, marks, part);
        }
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
