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
    pub department: DepartmentId,
    pub file: FilePath,
    pub sheet: SheetName,
    pub cell: CellRef,
    pub raw: Arc<str>,
    pub labels: Labels,
}

/// What the form calls the row and the column of a cell; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Labels {
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
    pub file: FilePath,
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
    pub words: Arc<str>,
    pub source: Arc<Source>,
}
