//! A problem and its place.
//!
//! Input: a code, a place and messages. Output: a diagnostic that sorts in a fixed order. Not here: rendering.

use super::catalogue::{Code, Severity};
use crate::message::Message;
use crate::model::cell::CellRef;
use crate::model::id::{DepartmentId, FilePath, SheetName};
use crate::model::provenance::{RuleLine, Source};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Problems in the order in which they were found.
pub type Diagnostics = Vec<Diagnostic>;

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The whole project; shown as its settings file.
    Project,
    /// A whole department: it sent nothing, was late, or its folder is not declared.
    Department(DepartmentId),
    /// A whole file, such as an unreadable one.
    File(FilePath),
    /// A whole sheet, such as a hidden one.
    Sheet(FilePath, SheetName),
    /// One cell; the sheet is empty for a line of the office's corrections file, which has no sheets.
    Cell(FilePath, SheetName, CellRef),
    /// A line of a rule file; line 1 for the whole file.
    Rule(RuleLine),
}

impl Place {
    /// Returns the place of a source cell.
    pub fn from_source(source: &Source) -> Self {
        Self::Cell(source.file.clone(), source.sheet.clone(), source.cell)
    }

    /// Returns the department whose folder contains the place.
    pub fn department(&self) -> Option<&str> {
        match self {
            Self::Department(department) => Some(department.as_str()),
            Self::File(file) | Self::Sheet(file, _) | Self::Cell(file, _, _) => {
                file.split_department().map(|(id, _)| id)
            }
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

/// A problem: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The kind of problem; determines the severity, unless the settings do.
    pub code: Code,
    /// The places; the first one is where to start.
    pub places: Vec<Place>,
    /// What is wrong, phrased for the person who must correct it.
    pub message: Message,
    /// What to do, in the imperative.
    pub hint: Option<Message>,
    /// The severity that the settings give to problems of this kind in place of that of the catalogue.
    pub given_severity: Option<Severity>,
}

impl Diagnostic {
    /// Creates a diagnostic with one place.
    pub fn new(code: Code, place: Place, message: Message) -> Self {
        Self { code, places: vec![place], message, hint: None, given_severity: None }
    }

    /// Returns whether another diagnostic says the same about the same place.
    pub fn repeats(&self, other: &Self) -> bool {
        self.code == other.code && self.message == other.message && self.places.first() == other.places.first()
    }

    /// Sets the hint.
    #[must_use]
    pub fn with_hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Returns the first rule line that it names.
    pub fn first_rule_line(&self) -> Option<&RuleLine> {
        self.places.iter().find_map(|place| match place {
            Place::Rule(rule) => Some(rule),
            _ => None,
        })
    }

    /// Adds another place.
    #[must_use]
    pub fn with_place(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// Returns the cell of the first place, if it is a cell.
    pub fn cell(&self) -> Option<CellRef> {
        match self.places.first() {
            Some(Place::Cell(_, _, cell)) => Some(*cell),
            _ => None,
        }
    }

    /// Returns the severity of the problem.
    pub fn severity(&self) -> Severity {
        self.given_severity.unwrap_or_else(|| self.code.severity())
    }
}
