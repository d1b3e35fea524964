//! One problem with its place.
//!
//! In come a code, a place and words; out goes a value that sorts in a fixed order. Never here: drawing.

use super::catalogue::{Code, Severity};
use crate::message::Words;
use crate::model::cell::CellRef;
use crate::model::id::{DepartmentId, FilePath, SheetName};
use crate::model::provenance::{RuleLine, Source};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Problems in the order in which they were met.
pub type Diagnostics = Vec<Diagnostic>;

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The project as a whole; shown as its settings file.
    Project,
    /// A department as a whole: it sent nothing, it was late, or its folder is not declared.
    Department(DepartmentId),
    /// A file as a whole, such as one that cannot be read.
    File(FilePath),
    /// A sheet as a whole, such as one that is hidden.
    Sheet(FilePath, SheetName),
    /// One cell; the sheet is empty for a line of the office's corrections, whose file has no sheets.
    Cell(FilePath, SheetName, CellRef),
    /// A line of a rule file; line 1 where the file as a whole is meant.
    Rule(RuleLine),
}

impl Place {
    /// The place of a cell that became a value.
    pub fn of(source: &Source) -> Self {
        Self::Cell(source.file.clone(), source.sheet.clone(), source.cell)
    }

    /// Returns the department in whose folder the place is.
    pub fn department(&self) -> Option<&str> {
        match self {
            Self::Department(department) => Some(department.as_str()),
            Self::File(file) | Self::Sheet(file, _) | Self::Cell(file, _, _) => file.in_department().map(|(id, _)| id),
            Self::Project | Self::Rule(_) => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Project => f.write_str("tonghop.toml"),
            Self::Department(department) => write!(f, "workbooks/{department}"),
            Self::File(file) => write!(f, "{file}"),
            Self::Sheet(file, sheet) => write!(f, "{file} [{sheet}]"),
            Self::Cell(file, sheet, cell) => write!(f, "{file} [{sheet}] {cell}"),
            Self::Rule(rule) => write!(f, "{rule}"),
        }
    }
}

/// A problem: what, where, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The kind of problem, which decides how serious it is.
    pub code: Code,
    /// The places, the first being where to begin.
    pub places: Vec<Place>,
    /// What is wrong, in the words of the person who must mend it.
    pub message: Words,
    /// What to do, in the imperative.
    pub hint: Option<Words>,
}

impl Diagnostic {
    /// Makes a problem at one place.
    pub fn new(code: Code, place: Place, message: Words) -> Self {
        Self { code, places: vec![place], message, hint: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: Words) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Returns the cell where to begin, if it is one.
    pub fn cell(&self) -> Option<CellRef> {
        match self.places.first() {
            Some(Place::Cell(_, _, cell)) => Some(*cell),
            _ => None,
        }
    }

    /// Returns how serious the problem is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}
