//! A workbook as it was read, and whose it is.

use crate::model::cell::{Concealed, Merge};
use crate::model::cells::Cells;
use crate::model::id::{DepartmentId, FilePath, SheetName};
use crate::model::saved::Saved;

/// One sheet: only the cells that hold something, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct RawSheet {
    pub name: SheetName,
    pub hidden: bool,
    pub cells: Cells,
    pub merges: Vec<Merge>,
    pub concealed: Concealed,
}

/// One workbook, sheets in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawBook {
    pub sheets: Vec<RawSheet>,
    /// When it was last saved, where the file tells.
    pub saved: Option<Saved>,
}

/// A workbook of a department, as read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedBook {
    pub department: DepartmentId,
    pub file: FilePath,
    pub book: RawBook,
}
