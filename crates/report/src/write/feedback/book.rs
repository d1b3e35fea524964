//! The workbook of an answer: the page of what to do, the list of what is expected, the sheets as they were read.
//!
//! In comes an answer, out go the bytes of the workbook. Never here: what a department is told.

use super::answer::{Answer, Received};
use super::line::Spot;
use super::{awaited, copy, first_page};
use crate::write::xlsx::address::Address;
use crate::write::xlsx::page::Page;
use crate::write::xlsx::style::Style;
use crate::write::xlsx::{empty_workbook, names};
use rust_xlsxwriter::XlsxError;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::{FilePath, SheetName};

/// The names of the sheets that are not the department's.
pub const FIRST: &str = "Phản hồi";
pub const AWAITED: &str = "Còn thiếu";

/// Writes the workbook: the same answer gives the same bytes.
pub fn render(answer: &Answer<'_>) -> Result<Vec<u8>, XlsxError> {
    let book = Book::new(answer);
    let mut workbook = empty_workbook(&first_page::title(answer), answer.config)?;
    first_page::write(&mut Page::new(workbook.add_worksheet().set_name(FIRST)?, &book.style), &book)?;
    if !answer.awaited.is_empty() {
        awaited::write(&mut Page::new(workbook.add_worksheet().set_name(AWAITED)?, &book.style), &book)?;
    }
    for (received, name) in book.sheets() {
        copy::write(&mut Page::new(workbook.add_worksheet().set_name(name)?, &book.style), answer, received)?;
    }
    workbook.save_to_buffer()
}

/// What every sheet looks at.
pub struct Book<'a> {
    pub answer: &'a Answer<'a>,
    pub style: Style,
    /// The name of each received sheet in this workbook.
    names: Vec<Arc<str>>,
}

impl<'a> Book<'a> {
    fn new(answer: &'a Answer<'a>) -> Self {
        let received = answer.sheets.iter().map(|received| received.sheet.name.as_str());
        let names = names::names_beside(&[FIRST, AWAITED], received);
        Self { answer, style: Style::new(answer.config.report.percent_decimals), names }
    }

    /// Returns the received sheets, each with its name in this workbook.
    pub fn sheets(&self) -> impl Iterator<Item = (&Received<'a>, &str)> {
        self.answer.sheets.iter().zip(self.names.iter().map(AsRef::as_ref))
    }

    /// Returns the cell of this workbook that shows a cell of a received sheet.
    pub fn cell(&self, file: &FilePath, sheet: &SheetName, cell: CellRef) -> Option<Address> {
        let (_, name) = self.sheets().find(|(r, _)| r.file == file && r.sheet.name == *sheet)?;
        Some(Address::new(name, cell.row, u16::try_from(cell.col).ok()?))
    }

    /// Returns where a spot is in this workbook.
    pub fn target(&self, spot: &Spot<'_>) -> Option<Address> {
        match *spot {
            Spot::Cell(file, sheet, cell) => self.cell(file, sheet, cell),
            Spot::Sheet(file, sheet) => self.cell(file, sheet, CellRef::new(0, 0)),
            Spot::Awaited => Some(Address::new(AWAITED, 0, 0)),
            Spot::All | Spot::File(_) => None,
        }
    }
}
