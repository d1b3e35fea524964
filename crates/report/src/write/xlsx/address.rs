//! The address of a cell in the workbook being written.
//!
//! Input: a sheet and a position. Output: the reference as a formula writes it. Not here: the content of the cell.

use std::sync::Arc;
use tonghop_core::model::cell::CellRef;

/// A cell of the workbook being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CellAddress {
    pub sheet: Arc<str>,
    pub cell: CellRef,
}

impl CellAddress {
    /// Returns the address of a cell of a sheet.
    pub(crate) fn new(sheet: &str, row: u32, col: u16) -> Self {
        Self { sheet: sheet.into(), cell: CellRef::new(row, u32::from(col)) }
    }

    /// Returns the reference in a formula of `sheet`: `E7`, or `'Ngân sách'!E7` for another sheet.
    pub(crate) fn relative_to(&self, sheet: &str) -> String {
        if *self.sheet == *sheet { self.cell.to_string() } else { self.absolute() }
    }

    /// Returns the reference with its sheet: `'Ngân sách'!E7`.
    pub(crate) fn absolute(&self) -> String {
        format!("'{}'!{}", self.sheet.replace('\'', "''"), self.cell)
    }
}
