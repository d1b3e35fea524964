//! The columns of a table and their roles.

use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tonghop_core::model::measure::{Measure, Status};
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::stated_period::StatedPeriod;
use tonghop_core::vi::heading::HeadingMeaning;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SheetColumn {
    pub index: u32,
    pub heading: String,
    pub role: ColumnRole,
    /// The role by the heading alone, whatever other columns say.
    pub stated_role: ColumnRole,
    /// What its heading says.
    pub meaning: Arc<HeadingMeaning>,
    /// Why it has no role.
    pub doubt: Option<HeadingDoubt>,
    /// How exactly its heading says the role.
    pub exactness: Exactness,
    /// How clearly its heading says its role, to decide between several columns with the same one.
    pub priority: u8,
    pub is_hidden: bool,
    /// The unit that the settings declare for its measure.
    pub unit: Option<Unit>,
    /// Its side in a pair "Lượng, Trị giá".
    pub side: Option<TradeSide>,
    /// In tables whose rows are members or places: the column's indicator (folded label) and the role of its values.
    pub cross_indicator: Option<(String, ColumnRole)>,
}

/// How exactly a heading says what its column is; the order is that of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Exactness {
    /// It does not say so.
    None,
    /// By the words of the language.
    Understood,
    /// With the meaning of a declared heading.
    Declared,
    /// Word for word as declared.
    Equal,
}

/// Why a heading has no role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HeadingDoubt {
    /// These words mean nothing in a heading.
    UnknownWords { words: Vec<String>, other_period: Option<StatedPeriod> },
    /// It is of another period than the measure needs.
    OtherPeriod(StatedPeriod),
    /// It says two things at once.
    Contradictory,
    /// It says no measure that the report uses.
    NoMeasure,
}

/// The two columns of trade figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TradeSide {
    /// Lượng.
    Volume,
    /// Trị giá.
    Worth,
}

impl SheetColumn {
    /// Returns whether its numbers are amounts, by its heading.
    pub(crate) fn holds_amounts(&self) -> bool {
        self.role.is_value() || self.cross_indicator.is_some()
    }

    /// Creates a column about which nothing is known.
    pub(crate) fn unknown(index: u32) -> Self {
        Self {
            index,
            heading: String::new(),
            role: ColumnRole::Unknown,
            stated_role: ColumnRole::Unknown,
            meaning: Arc::new(HeadingMeaning::blank()),
            doubt: None,
            exactness: Exactness::None,
            priority: 0,
            is_hidden: false,
            unit: None,
            side: None,
            cross_indicator: None,
        }
    }
}

/// The role of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ColumnRole {
    Order,
    Code,
    Label,
    Unit,
    Value(Measure, Status),
    /// A value or plan of one member of the row's breakdown, with the folded label of the member: "Mầm non".
    Member(String, Box<ColumnRole>),
    /// A plan without a source: the plan of the sector, if it has exactly one.
    Plan,
    /// The status of the row's actual value: estimate or final.
    Status,
    Narrative,
    Difficulty,
    Cause,
    Subject,
    /// Notes and ratios, which are not read.
    Ignored,
    /// The same value as the column at this index, which says so more clearly and is read instead.
    Repeated(u32),
    /// The same value as the column at this index, and neither says so more clearly: none is read.
    Contested(u32),
    Unknown,
}

impl ColumnRole {
    /// Returns whether the heading was not understood, or another column is read instead.
    pub(crate) fn is_unread(&self) -> bool {
        matches!(self, Self::Unknown | Self::Repeated(_) | Self::Contested(_))
    }

    /// Returns whether the numbers of the column are read.
    pub(crate) fn is_value(&self) -> bool {
        matches!(self, Self::Value(..) | Self::Member(..) | Self::Plan)
    }

    /// Returns whether the numbers of the column are plans.
    pub(crate) fn is_plan(&self) -> bool {
        match self {
            Self::Plan | Self::Value(Measure::Target(_), _) => true,
            Self::Member(_, role) => role.is_plan(),
            _ => false,
        }
    }

    /// Returns whether the heading is one that identifies the rows; such headings do not occur in body rows.
    pub(crate) fn is_anchor(&self) -> bool {
        matches!(self, Self::Order | Self::Code | Self::Label | Self::Unit | Self::Subject | Self::Difficulty)
    }
}
