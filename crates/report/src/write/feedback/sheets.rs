//! The content of the feedback: received sheets and outstanding indicators.

use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::SheetSummary;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::raw_workbook::RawSheet;

/// An indicator that is still outstanding.
#[derive(Clone, Copy)]
pub(crate) struct OutstandingCell<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a IndicatorDecl,
    /// The empty cell for its number, if a sheet has its row.
    pub cell: Option<(&'a FilePath, &'a SheetName, CellRef)>,
    /// Whether its cell has content, about which there is a problem of its own.
    pub is_filled: bool,
}

/// A received sheet with the outcomes of its cells.
#[derive(Clone, Copy)]
pub(crate) struct ReceivedSheet<'a> {
    pub file: &'a FilePath,
    pub sheet: &'a RawSheet,
    pub summary: &'a SheetSummary,
}

impl ReceivedSheet<'_> {
    /// Returns whether the sheet has cells and none of them was used.
    pub(crate) fn is_unread(&self) -> bool {
        self.summary.used_cells == 0 && !self.sheet.cells.is_empty()
    }
}

/// The names of the sheets that do not come from the department.
pub(crate) const FIRST_SHEET: &str = "Phản hồi";

pub(crate) const OUTSTANDING_SHEET: &str = "Còn thiếu";
