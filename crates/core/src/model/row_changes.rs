//! Changes in the rows of workbooks since the last accepted run.
//!
//! Output: the changes, and suggested aliases for unknown rows. Not here: the comparison.

use super::id::{DepartmentId, IndicatorId, SectorId};
use super::period::Period;
use super::row::RowPlace;
use std::fmt;

/// All changes since the last accepted run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowChanges {
    /// The period of the run compared with; `None` if there is no such run.
    pub since: Option<Period>,
    /// By kind and place.
    pub changes: Vec<RowChange>,
    /// By the place of the unknown row.
    pub suggestions: Vec<AliasSuggestion>,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowChangeKind {
    /// The indicator no longer has a row.
    Gone,
    /// The row of the indicator, or its likely successor, has another label.
    Renamed,
    /// The row matches no indicator and did not exist before.
    New,
    /// The row is at another position.
    Moved,
}

/// A change of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// The kind of the change.
    pub kind: RowChangeKind,
    /// The indicator of the row; `None` for a new row.
    pub indicator: Option<LabelledIndicator>,
    /// The row in the last accepted run; `None` for a new row.
    pub before: Option<RowPlace>,
    /// The row in this run; `None` if it is gone.
    pub now: Option<RowPlace>,
}

impl RowChange {
    /// Returns the current row, or the previous one if it is gone.
    pub fn place(&self) -> Option<&RowPlace> {
        self.now.as_ref().or(self.before.as_ref())
    }

    /// Returns the department of the row.
    pub fn department(&self) -> Option<&DepartmentId> {
        self.place().map(|row_place| &row_place.department)
    }
}

/// An indicator with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledIndicator {
    /// The sector that declares the indicator.
    pub sector: SectorId,
    /// Its id in the sector.
    pub indicator: IndicatorId,
    /// The label as declared.
    pub label: String,
}

impl fmt::Display for LabelledIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.sector, self.indicator)
    }
}

/// A suggested alias for an unknown row; displayed as lines for `plugins/aliases.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasSuggestion {
    /// The row of this run that matches no indicator.
    pub row: RowPlace,
    /// The likely indicator: without data, of the same department, with the most similar label.
    pub indicator: LabelledIndicator,
}

impl fmt::Display for AliasSuggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label: String = self.row.label.chars().flat_map(escape_toml).collect();
        write!(f, "[[alias]]\nindicator = \"{}\"\nlabel = \"{label}\"", self.indicator)
    }
}

/// Escapes a character for a TOML basic string.
fn escape_toml(letter: char) -> Vec<char> {
    match letter {
        '"' | '\\' => vec!['\\', letter],
        control if control.is_control() => format!("\\u{:04X}", u32::from(control)).chars().collect(),
        other => vec![other],
    }
}
