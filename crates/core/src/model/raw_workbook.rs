//! A raw workbook, and the department that sent it.

use crate::model::cell::{CellRef, HiddenRanges, MergedRange};
use crate::model::cells::Cells;
use crate::model::id::{DepartmentId, FilePath, SheetName};
use crate::model::last_modified::LastModified;
use crate::model::product::ProductKind;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A sheet: its non-empty cells in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct RawSheet {
    /// The name as shown on the tab; unique in the workbook.
    pub name: SheetName,
    /// Whether Excel hides the tab; the sheet is still read.
    pub is_hidden: bool,
    /// Whether the tab is hidden from Excel's list of hidden sheets too, so that only a macro can show it.
    pub is_very_hidden: bool,
    /// The non-empty cells by position.
    pub cells: Cells,
    /// Merged ranges, in file order.
    pub merges: Vec<MergedRange>,
    /// Rows and columns that Excel does not show; their cells are still read.
    pub hidden_ranges: HiddenRanges,
    /// The comments of cells, in reading order, at most one per cell; without those that people marked as resolved.
    pub comments: Vec<(CellRef, Arc<str>)>,
}

/// Whether the bytes of a file are certainly those that were saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Integrity {
    /// The checksums of the file are right.
    #[default]
    Proven,
    /// The format has no checksums; the cells that the rest of the file contradicts are known.
    Unproven(Vec<(SheetName, CellRef)>),
}

/// A workbook with its sheets in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawWorkbook {
    /// The worksheets; sheets of charts, macros and dialogs are omitted.
    pub sheets: Vec<RawSheet>,
    /// The time of the last save, if the file states it.
    pub last_modified: Option<LastModified>,
    /// The kind of the workbook if this program made it.
    pub product: Option<ProductKind>,
    /// Whether damage to the file would have been noticed.
    pub integrity: Integrity,
}

/// A workbook received from a department.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedWorkbook {
    /// The department whose folder contains the workbook.
    pub department: DepartmentId,
    /// The path, used in messages and figures.
    pub file: FilePath,
    /// The content.
    pub workbook: RawWorkbook,
}
