//! A column of a table: what it holds and the headings that say so.

use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::quantity::Unit;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub index: u32,
    pub heading: String,
    pub role: Role,
    /// How surely the heading has this role, where several columns of a table do.
    pub claim: u8,
    /// The unit that the project declares for what the column holds.
    pub unit: Option<Unit>,
    /// Which side of a pair "Lượng, Trị giá" it is.
    pub side: Option<Side>,
    /// The indicator whose values it holds, one a row, and as what: in tables whose rows are places.
    pub crossed: Option<(String, Role)>,
}

/// The two columns in which trade is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Lượng.
    Volume,
    /// Trị giá.
    Worth,
}

impl Column {
    /// A column of which nothing is known.
    pub(crate) fn unknown(index: u32) -> Self {
        Self { index, heading: String::new(), role: Role::Unknown, claim: 0, unit: None, side: None, crossed: None }
    }
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Order,
    Code,
    Label,
    Unit,
    Value(Measure, Status),
    /// A value or plan of one member of the row's breakdown, by its folded label: "Mầm non".
    Member(String, Box<Role>),
    /// A plan that names no source: the sector's own, where it has exactly one.
    Plan,
    /// Whether the row's actual value is an estimate.
    Status,
    Narrative,
    Difficulty,
    Cause,
    Subject,
    /// Notes and ratios, which are not read.
    Ignored,
    /// A value that the column at this index holds already.
    Repeated(u32),
    Unknown,
}

impl Role {
    /// Tells whether the column holds numbers to be read.
    pub(crate) fn is_value(&self) -> bool {
        matches!(self, Self::Value(..) | Self::Member(..) | Self::Plan)
    }

    /// Tells whether the column says what a row is, as body rows never do.
    pub(crate) fn is_anchor(&self) -> bool {
        matches!(self, Self::Order | Self::Code | Self::Label | Self::Unit | Self::Subject | Self::Difficulty)
    }
}
