//! The name of a cell in the workbook being written.
//!
//! In come a sheet and a place, out goes the reference as a formula writes it. Never here: what stands in the cell.

use std::sync::Arc;
use tonghop_core::model::cell::CellRef;

/// A cell of the workbook being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pub sheet: Arc<str>,
    pub cell: CellRef,
}

impl Address {
    /// Names the cell of a sheet.
    pub(crate) fn new(sheet: &str, row: u32, col: u16) -> Self {
        Self { sheet: sheet.into(), cell: CellRef::new(row, u32::from(col)) }
    }

    /// Returns the reference as a formula of `sheet` writes it: `E7`, or `'Ngân sách'!E7` from elsewhere.
    pub(crate) fn seen_from(&self, sheet: &str) -> String {
        if *self.sheet == *sheet { self.cell.to_string() } else { self.absolute() }
    }

    /// Returns the reference with its sheet: `'Ngân sách'!E7`.
    pub(crate) fn absolute(&self) -> String {
        format!("'{}'!{}", self.sheet.replace('\'', "''"), self.cell)
    }
}
