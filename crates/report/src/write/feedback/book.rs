//! What the sheets of the feedback workbook share: the feedback, the formats, and the address of every received cell.
//!
//! Input: the feedback to a department. Output: addresses in its workbook. Not here: the content of the sheets.

use super::answer::Answer;
use super::line::Spot;
use super::subject::Received;
use crate::write::feedback::subject::{AWAITED, FIRST};
use crate::write::xlsx::address::Address;
use crate::write::xlsx::names;
use crate::write::xlsx::style::Style;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::{FilePath, SheetName};

/// The data that every sheet uses.
pub(super) struct Book<'a> {
    pub answer: &'a Answer<'a>,
    pub style: Style,
    /// The name of each received sheet in this workbook.
    names: Vec<Arc<str>>,
}

impl<'a> Book<'a> {
    /// Assigns names to the sheets.
    pub(super) fn new(answer: &'a Answer<'a>) -> Self {
        let received = answer.sheets.iter().map(|received| received.sheet.name.as_str());
        let names = names::names_beside(&[FIRST, AWAITED], received);
        Self { answer, style: Style::new(answer.config.report.percent_decimals), names }
    }

    /// Returns the received sheets, each with its name in this workbook.
    pub(super) fn sheets(&self) -> impl Iterator<Item = (&Received<'a>, &str)> {
        self.answer.sheets.iter().zip(self.names.iter().map(AsRef::as_ref))
    }

    /// Returns the cell of this workbook that shows a cell of a received sheet.
    pub(super) fn cell(&self, file: &FilePath, sheet: &SheetName, cell: CellRef) -> Option<Address> {
        let (_, name) = self.sheets().find(|(r, _)| r.file == file && r.sheet.name == *sheet)?;
        Some(Address::new(name, cell.row, u16::try_from(cell.col).ok()?))
    }

    /// Returns the address in this workbook that a line leads to.
    pub(super) fn target(&self, spot: &Spot<'_>) -> Option<Address> {
        match *spot {
            Spot::Cell(file, sheet, cell) => self.cell(file, sheet, cell),
            Spot::Sheet(file, sheet) => self.cell(file, sheet, CellRef::new(0, 0)),
            Spot::Awaited => Some(Address::new(AWAITED, 0, 0)),
            Spot::All | Spot::File(_) => None,
        }
    }
}
