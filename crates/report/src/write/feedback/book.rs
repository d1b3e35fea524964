//! What the sheets of the feedback workbook share: the feedback, the formats, and the address of every received cell.
//!
//! Input: the feedback to a department. Output: addresses in its workbook. Not here: the content of the sheets.

use super::department_feedback::DepartmentFeedback;
use super::line::LineTarget;
use super::sheets::ReceivedSheet;
use crate::write::feedback::sheets::{FIRST_SHEET, OUTSTANDING_SHEET};
use crate::write::xlsx::address::CellAddress;
use crate::write::xlsx::formats::WorkbookFormats;
use crate::write::xlsx::sheet_names;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::{FilePath, SheetName};

/// The data that every sheet uses.
pub(super) struct FeedbackWorkbook<'a> {
    pub feedback: &'a DepartmentFeedback<'a>,
    pub formats: WorkbookFormats,
    /// The name of each received sheet in this workbook.
    names: Vec<Arc<str>>,
}

impl<'a> FeedbackWorkbook<'a> {
    /// Assigns names to the sheets.
    pub(super) fn new(feedback: &'a DepartmentFeedback<'a>) -> Self {
        let received = feedback.sheets.iter().map(|received| received.sheet.name.as_str());
        let names = sheet_names::unique_sheet_names(&[FIRST_SHEET, OUTSTANDING_SHEET], received);
        Self { feedback, formats: WorkbookFormats::new(feedback.config.report.percent_decimals), names }
    }

    /// Returns the received sheets, each with its name in this workbook.
    pub(super) fn sheets(&self) -> impl Iterator<Item = (&ReceivedSheet<'a>, &str)> {
        self.feedback.sheets.iter().zip(self.names.iter().map(AsRef::as_ref))
    }

    /// Returns the cell of this workbook that shows a cell of a received sheet.
    pub(super) fn cell_address(&self, file: &FilePath, sheet: &SheetName, cell: CellRef) -> Option<CellAddress> {
        let (_, name) = self.sheets().find(|(r, _)| r.file == file && r.sheet.name == *sheet)?;
        Some(CellAddress::new(name, cell.row, u16::try_from(cell.col).ok()?))
    }

    /// Returns the address in this workbook that a line leads to.
    pub(super) fn address_of(&self, spot: &LineTarget<'_>) -> Option<CellAddress> {
        match *spot {
            LineTarget::Cell(file, sheet, cell) => self.cell_address(file, sheet, cell),
            LineTarget::Sheet(file, sheet) => self.cell_address(file, sheet, CellRef::new(0, 0)),
            LineTarget::Outstanding => Some(CellAddress::new(OUTSTANDING_SHEET, 0, 0)),
            LineTarget::Department | LineTarget::File(_) => None,
        }
    }
}
