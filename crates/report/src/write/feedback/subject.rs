//! The content of the feedback: received sheets and outstanding indicators.

use tonghop_core::model::book::RawSheet;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::SheetReception;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};

/// An indicator that is still outstanding.
pub(crate) struct Awaited<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a IndicatorDecl,
    /// The empty cell for its number, if a sheet has its row.
    pub cell: Option<(&'a FilePath, &'a SheetName, CellRef)>,
}

/// A received sheet with the outcomes of its cells.
#[derive(Clone, Copy)]
pub(crate) struct Received<'a> {
    pub file: &'a FilePath,
    pub sheet: &'a RawSheet,
    pub reception: &'a SheetReception,
}

/// The names of the sheets that do not come from the department.
pub(crate) const FIRST: &str = "Phản hồi";

pub(crate) const AWAITED: &str = "Còn thiếu";
