//! What an answer is about: sheets as they were received, indicators still expected.

use tonghop_core::model::book::RawSheet;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::SheetReception;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};

/// An indicator that is still expected.
pub(crate) struct Awaited<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a IndicatorDecl,
    /// The empty cell where it would stand, where a sheet has its row.
    pub cell: Option<(&'a FilePath, &'a SheetName, CellRef)>,
}

/// A received sheet with what became of its cells.
#[derive(Clone, Copy)]
pub(crate) struct Received<'a> {
    pub file: &'a FilePath,
    pub sheet: &'a RawSheet,
    pub reception: &'a SheetReception,
}

/// The names of the sheets that are not the department's.
pub(crate) const FIRST: &str = "Phản hồi";

pub(crate) const AWAITED: &str = "Còn thiếu";
