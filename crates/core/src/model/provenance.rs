//! Where a value came from: the cell it was read from and the rule line that said it.
//!
//! In come places, out go places. Never here: the value itself.

use super::cell::CellRef;
use super::id::{DepartmentId, FilePath, SheetName};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The cell a value was read from, with the content as typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// Whose workbook it is; `dieu-chinh` for a correction by the office, `history` for a total of an earlier run.
    pub department: DepartmentId,
    /// The workbook, or the office's file of corrections.
    pub file: FilePath,
    /// Untrimmed; empty for the file of corrections, which has no sheets.
    pub sheet: SheetName,
    /// Of the file of corrections, the line and the field.
    pub cell: CellRef,
    /// Numbers in plain decimals, texts untouched; empty where the cell is empty.
    pub raw: Arc<str>,
    /// What the form calls its row and its column.
    pub labels: Labels,
}

/// What the form calls the row and the column of a cell; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Labels {
    /// The label of the row as written, clean.
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
    /// Line 1 where the file as a whole is meant.
    pub line: u32,
}

impl fmt::Display for RuleLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// Words of a department, with the cell they stand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextCell {
    /// In single blanks and without control characters; old encodings are resolved.
    pub words: Arc<str>,
    /// The cell; its `raw` holds the words as typed.
    pub source: Arc<Source>,
}
