//! Writes what is above the text: the issuer, the country's name and motto, number, place and date, kind and subject.
//!
//! Input: the letterhead and the titles. Output: the two columns and the centred lines of Decree 30/2020. Not here:
//! fixed texts other than the country's name and motto.

use super::marks::{DocumentMarks, spans};
use super::measure::{even_width, width};
use super::styles::{
    ISSUER, KIND, MOTTO, NATION, NUMBER, PLACE_AND_DATE, RULE, SECTION_EDGE, SUBJECT, SUPERIOR, WordStyle,
};
use super::table::{borderless_table, cell, row};
use super::text::{paragraph, paragraph_with, text_run};
use super::xml::XmlFragment;
use tonghop_core::model::document::{Document, Letterhead, Span, plain_text};

const NATION_TEXT: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO_TEXT: &str = "Độc lập - Tự do - Hạnh phúc";

/// The right column fits the country's name on one line; the left one gets the rest of the page.
const RIGHT_COLUMN_WIDTH: u64 = 5_450;

/// Writes letterhead, kind and subject, `page_width` twentieths of a point wide.
pub(super) fn write(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, document: &Document, page_width: u64) {
    // LibreOffice would start the page with an empty line if the columns came first.
    paragraph(xml, &SECTION_EDGE, |_| {});
    columns(xml, marks, &document.letterhead, page_width.saturating_sub(RIGHT_COLUMN_WIDTH));
    centred_title(xml, marks, &KIND, &document.kind, page_width);
    let length = centred_title(xml, marks, &SUBJECT, &document.subject, page_width);
    rule(xml, rule_length(length), page_width);
}

fn columns(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, head: &Letterhead, left: u64) {
    borderless_table(xml, [left, RIGHT_COLUMN_WIDTH], |xml| {
        row(xml, |xml| {
            cell(xml, left, |xml| agencies(xml, marks, head, left));
            cell(xml, RIGHT_COLUMN_WIDTH, nation);
        });
        row(xml, |xml| {
            cell(xml, left, |xml| paragraph(xml, &NUMBER, |xml| spans(xml, marks, &head.number)));
            cell(xml, RIGHT_COLUMN_WIDTH, |xml| {
                paragraph(xml, &PLACE_AND_DATE, |xml| spans(xml, marks, &head.place_and_date))
            });
        });
    });
}

fn agencies(xml: &mut XmlFragment, marks: &mut DocumentMarks<'_>, head: &Letterhead, available: u64) {
    if !head.superior.is_empty() {
        centred_title(xml, marks, &SUPERIOR, &head.superior, available);
    }
    let length = centred_title(xml, marks, &ISSUER, &head.issuer, available);
    rule(xml, rule_length(length), available);
}

fn nation(xml: &mut XmlFragment) {
    paragraph(xml, &NATION, |xml| text_run(xml, NATION_TEXT));
    paragraph(xml, &MOTTO, |xml| text_run(xml, MOTTO_TEXT));
    rule(xml, width(MOTTO_TEXT, &MOTTO), RIGHT_COLUMN_WIDTH);
}

/// Writes a centred title with its lines broken evenly, and returns the length of its longest line.
fn centred_title(
    xml: &mut XmlFragment,
    marks: &mut DocumentMarks<'_>,
    style: &WordStyle,
    title: &[Span],
    available: u64,
) -> u64 {
    let printed = plain_text(title);
    let length = width(&printed, style);
    if length <= available {
        paragraph(xml, style, |xml| spans(xml, marks, title));
        return length;
    }
    let even = even_width(&printed, style, available);
    paragraph_with(xml, style, |xml| indents(xml, even, available), |xml| spans(xml, marks, title));
    even
}

/// Returns the length of the line below a text; the decree requires a third to a half of the text.
fn rule_length(length: u64) -> u64 {
    length * 2 / 5
}

/// Draws a centred line of the given length.
fn rule(xml: &mut XmlFragment, length: u64, available: u64) {
    if length > 0 {
        paragraph_with(xml, &RULE, |xml| indents(xml, length, available), |_| {});
    }
}

/// Narrows a paragraph to a centred width.
fn indents(xml: &mut XmlFragment, width: u64, available: u64) {
    let side = available.saturating_sub(width) / 2;
    xml.empty("w:ind", &[("w:left", &side), ("w:right", &side)]);
}
