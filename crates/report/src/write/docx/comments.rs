//! Writes the comments of a working copy: one at each place where something is missing, contested or corrected.
//!
//! Input: the places in the order of the document. Output: ranges in the text and the part `comments.xml`. Not here:
//! which places these are.

use super::part::NAMESPACES;
use super::styles::FONT;
use super::xml::{XmlFragment, clean};
use crate::gaps::ReportGap;
use std::slice::Iter;
use tonghop_core::PROGRAM_NAME;

/// The most comments of a document; with more of them Word gets slow, and the workbook lists all places.
const MAX_COMMENTS: usize = 2_000;
/// The size of the text in half points.
const TEXT_SIZE: u32 = 20;
/// The most cells that a comment names.
const MAX_CELLS: usize = 8;

/// The comments that are not written yet, and those that are.
pub(super) struct Comments<'a> {
    gaps: Iter<'a, ReportGap>,
    count: usize,
    bodies: XmlFragment,
}

impl<'a> Comments<'a> {
    /// Starts with the first place.
    pub(super) fn new(gaps: &'a [ReportGap]) -> Self {
        Self { gaps: gaps.iter(), count: 0, bodies: XmlFragment::default() }
    }

    /// Writes the text of the comment on the next place and returns its id; `None` beyond the limit.
    pub(super) fn begin(&mut self) -> Option<usize> {
        let gap = self.gaps.next()?;
        if self.count == MAX_COMMENTS {
            return None;
        }
        let id = self.count;
        self.count += 1;
        let lines = lines(gap);
        let attributes: super::xml::Attributes<'_> =
            &[("w:id", &id), ("w:author", &PROGRAM_NAME), ("w:initials", &"th")];
        self.bodies.element("w:comment", attributes, |xml| lines.iter().for_each(|line| write_line(xml, line)));
        Some(id)
    }

    /// Returns the part `comments.xml`.
    pub(super) fn into_part(self) -> Vec<u8> {
        let mut xml = XmlFragment::default();
        xml.element("w:comments", NAMESPACES, |xml| xml.append(&self.bodies));
        xml.into_part()
    }
}

/// Begins the range of a comment.
pub(super) fn start(xml: &mut XmlFragment, id: usize) {
    xml.empty("w:commentRangeStart", &[("w:id", &id)]);
}

/// Ends the range of a comment and refers to its text.
pub(super) fn end(xml: &mut XmlFragment, id: usize) {
    xml.empty("w:commentRangeEnd", &[("w:id", &id)]);
    xml.element("w:r", &[], |xml| xml.empty("w:commentReference", &[("w:id", &id)]));
}

/// Returns the lines of a comment: what happened, the words, why, at which cells, by which rule.
fn lines(gap: &ReportGap) -> Vec<String> {
    let mut lines = Vec::new();
    let section = gap.section.as_ref().map(|section| format!(" (mục {section})")).unwrap_or_default();
    match gap.words.as_str() {
        "" => lines.push(format!("{}{section}: {}.", gap.kind, gap.sector)),
        words => lines.push(format!("{}{section}: \"{words}\"", gap.kind)),
    }
    lines.extend(gap.reason_lines());
    let cells = gap.cells();
    if !cells.is_empty() {
        let more = cells.len().checked_sub(MAX_CELLS).filter(|rest| *rest > 0);
        let more = more.map(|rest| format!(" và {rest} ô khác")).unwrap_or_default();
        lines.push(format!("Ô: {}{more}", cells.iter().take(MAX_CELLS).copied().collect::<Vec<_>>().join("; ")));
    }
    lines.extend(gap.rule.as_ref().map(|rule| format!("Quy tắc: {rule}")));
    lines
}

fn write_line(xml: &mut XmlFragment, line: &str) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.empty("w:spacing", &[("w:before", &0), ("w:after", &0)]);
            xml.empty("w:ind", &[("w:firstLine", &0)]);
            xml.value("w:jc", &"left");
        });
        xml.element("w:r", &[], |xml| {
            xml.element("w:rPr", &[], |xml| {
                xml.empty("w:rFonts", &[("w:ascii", &FONT), ("w:hAnsi", &FONT), ("w:cs", &FONT)]);
                xml.value("w:sz", &TEXT_SIZE);
            });
            let text = clean(line).replace('\n', " ");
            xml.element("w:t", &[("xml:space", &"preserve")], |xml| xml.text(&text));
        });
    });
}
