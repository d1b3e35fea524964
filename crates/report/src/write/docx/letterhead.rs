//! Writes what is above the text: the issuer, the country's name and motto, number, place and date, kind and subject.
//!
//! Input: the letterhead and the titles. Output: the two columns and the centred lines of Decree 30/2020. Not here:
//! fixed texts other than the country's name and motto.

use super::marks::{Marks, spans};
use super::measure::{even_width, width};
use super::styles::{
    ISSUER, KIND, MOTTO, NATION, NUMBER, PLACE_AND_DATE, RULE, SECTION_EDGE, SUBJECT, SUPERIOR, Style,
};
use super::table::{borderless, cell, row};
use super::text::{paragraph, paragraph_with, words};
use super::xml::Xml;
use tonghop_core::model::document::{Document, Letterhead, Span, plain};

const NATION_WORDS: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO_WORDS: &str = "Độc lập - Tự do - Hạnh phúc";

/// The right column fits the country's name on one line; the left one gets the rest of the page.
const RIGHT: u64 = 5_450;

/// Writes letterhead, kind and subject, `page_width` twentieths of a point wide.
pub(super) fn write(xml: &mut Xml, marks: &mut Marks<'_>, document: &Document, page: u64) {
    // LibreOffice would start the page with an empty line if the columns came first.
    paragraph(xml, &SECTION_EDGE, |_| {});
    columns(xml, marks, &document.letterhead, page.saturating_sub(RIGHT));
    centred(xml, marks, &KIND, &document.kind, page);
    let length = centred(xml, marks, &SUBJECT, &document.subject, page);
    rule(xml, part_of(length), page);
}

fn columns(xml: &mut Xml, marks: &mut Marks<'_>, head: &Letterhead, left: u64) {
    borderless(xml, [left, RIGHT], |xml| {
        row(xml, |xml| {
            cell(xml, left, |xml| agencies(xml, marks, head, left));
            cell(xml, RIGHT, nation);
        });
        row(xml, |xml| {
            cell(xml, left, |xml| paragraph(xml, &NUMBER, |xml| spans(xml, marks, &head.number)));
            cell(xml, RIGHT, |xml| paragraph(xml, &PLACE_AND_DATE, |xml| spans(xml, marks, &head.place_and_date)));
        });
    });
}

fn agencies(xml: &mut Xml, marks: &mut Marks<'_>, head: &Letterhead, available: u64) {
    if !head.superior.is_empty() {
        centred(xml, marks, &SUPERIOR, &head.superior, available);
    }
    let length = centred(xml, marks, &ISSUER, &head.issuer, available);
    rule(xml, part_of(length), available);
}

fn nation(xml: &mut Xml) {
    paragraph(xml, &NATION, |xml| words(xml, NATION_WORDS));
    paragraph(xml, &MOTTO, |xml| words(xml, MOTTO_WORDS));
    rule(xml, width(MOTTO_WORDS, &MOTTO), RIGHT);
}

/// Writes a centred title with its lines broken evenly, and returns the length of its longest line.
fn centred(xml: &mut Xml, marks: &mut Marks<'_>, style: &Style, title: &[Span], available: u64) -> u64 {
    let printed = plain(title);
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
fn part_of(length: u64) -> u64 {
    length * 2 / 5
}

/// Draws a centred line of the given length.
fn rule(xml: &mut Xml, length: u64, available: u64) {
    if length > 0 {
        paragraph_with(xml, &RULE, |xml| indents(xml, length, available), |_| {});
    }
}

/// Narrows a paragraph to a centred width.
fn indents(xml: &mut Xml, width: u64, available: u64) {
    let side = available.saturating_sub(width) / 2;
    xml.empty("w:ind", &[("w:left", &side), ("w:right", &side)]);
}
