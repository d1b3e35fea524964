//! The source of a value: the cell it was read from, and the rule line that printed it.
//!
//! Not here: the value itself.

use super::cell::CellRef;
use super::id::{DepartmentId, FilePath, SheetName};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The cell of a value, with its raw content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The department of the workbook; `dieu-chinh` for a correction by the office, `history` for a total of an earlier
    /// run.
    pub department: DepartmentId,
    /// The workbook, or the office's corrections file.
    pub file: FilePath,
    /// Untrimmed; empty for the corrections file, which has no sheets.
    pub sheet: SheetName,
    /// For the corrections file, the line and the field.
    pub cell: CellRef,
    /// The raw content: numbers in plain decimals, texts unchanged; empty for an empty cell.
    pub raw: Arc<str>,
    /// The labels of its row and column.
    pub labels: Labels,
}

/// The labels of a cell's row and column in the form; empty if there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Labels {
    /// The label of the row, with normalised blanks.
    pub row: Arc<str>,
    /// The headings above the cell, from top to bottom.
    pub column: Arc<str>,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.file, self.sheet, self.cell)
    }
}

/// A line of a rule file, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleLine {
    /// The path of the rule file.
    pub file: FilePath,
    /// Line 1 for the whole file.
    pub line: u32,
}

impl fmt::Display for RuleLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A text of a department, with its cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextCell {
    /// With single blanks and without control characters; old encodings are decoded.
    pub text: Arc<str>,
    /// The cell; its `raw` holds the text as typed.
    pub source: Arc<Source>,
}
