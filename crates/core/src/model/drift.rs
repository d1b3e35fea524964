//! What is otherwise in the rows of workbooks than it was in the last accepted run.
//!
//! In come rows of then and now; out go changes and the aliases that are proposed for unknown rows. Never here:
//! finding them.

use super::id::{DepartmentId, IndicatorId, SectorId};
use super::period::Period;
use super::row::RowPlace;
use std::fmt;

/// Everything that changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// The period of the run that was compared with; `None` where there is none.
    pub since: Option<Period>,
    /// By kind and place.
    pub changes: Vec<Change>,
    /// By the place of the unknown row.
    pub proposals: Vec<Proposal>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Its indicator has no row any more.
    Gone,
    /// Its indicator, or what seems to be it, is called otherwise.
    Renamed,
    /// It fits no indicator and was not there before.
    New,
    /// It stands elsewhere.
    Moved,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of the row.
    pub kind: ChangeKind,
    /// The one whose row it is; `None` for a new row.
    pub indicator: Option<Named>,
    /// The row in the last accepted run; `None` for a new row.
    pub before: Option<RowPlace>,
    /// The row in this run; `None` where it is gone.
    pub now: Option<RowPlace>,
}

impl Change {
    /// Returns the row as it is now, or as it was where it is gone.
    pub fn place(&self) -> Option<&RowPlace> {
        self.now.as_ref().or(self.before.as_ref())
    }

    /// Returns whose row it is.
    pub fn department(&self) -> Option<&DepartmentId> {
        self.place().map(|place| &place.department)
    }
}

/// An indicator with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The sector that declares the indicator.
    pub sector: SectorId,
    /// Its id in the sector.
    pub indicator: IndicatorId,
    /// The label as declared.
    pub label: String,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.sector, self.indicator)
    }
}

/// An alias that an unknown row would need; shown as the lines for `plugins/aliases.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The row of this run that fits no indicator.
    pub row: RowPlace,
    /// The one that it seems to be: without data, of the same department, and nearest in its label.
    pub indicator: Named,
}

impl fmt::Display for Proposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let label: String = self.row.label.chars().flat_map(escaped).collect();
        write!(f, "[[alias]]\nindicator = \"{}\"\nlabel = \"{label}\"", self.indicator)
    }
}

/// Writes a letter as a quoted string of TOML holds it.
fn escaped(letter: char) -> Vec<char> {
    match letter {
        '"' | '\\' => vec!['\\', letter],
        control if control.is_control() => format!("\\u{:04X}", u32::from(control)).chars().collect(),
        other => vec![other],
    }
}
