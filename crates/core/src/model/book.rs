//! A workbook as it was read, and whose it is.

use crate::model::cell::{Concealed, Merge};
use crate::model::cells::Cells;
use crate::model::id::{DepartmentId, FilePath, SheetName};
use crate::model::saved::Saved;

/// One sheet: only the cells that hold something, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct RawSheet {
    /// As its tab shows it; no other sheet of the workbook has the same.
    pub name: SheetName,
    /// Whether Excel shows no tab for it; it is read all the same.
    pub hidden: bool,
    /// By place, empty cells left out.
    pub cells: Cells,
    /// Merged areas, in the order of the file.
    pub merges: Vec<Merge>,
    /// Rows and columns that Excel does not show, of an `.xlsx` only; their cells are read all the same.
    pub concealed: Concealed,
}

/// One workbook, sheets in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawBook {
    /// The worksheets only: sheets of charts, macros and dialogs are left out.
    pub sheets: Vec<RawSheet>,
    /// When it was last saved, where the file tells.
    pub saved: Option<Saved>,
}

/// A workbook of a department, as read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedBook {
    /// The one whose folder it is in.
    pub department: DepartmentId,
    /// Its path, by which messages and figures name it.
    pub file: FilePath,
    /// What was read of it.
    pub book: RawBook,
}
