//! Selections of rows of an open table, and the conditions that selected them.
//!
//! Output: selections as plain data: the rows, and the conditions with their descriptions, from which every row can be
//! found again. Not here: selecting rows (see [`super::selection`]).

use super::RecordTable;
use crate::message::Message;
use crate::model::id::{FilePath, SheetName};
use crate::model::measure::Measure;
use crate::model::provenance::Source;
use crate::model::quantity::{Amount, Unit};
use crate::msg;
use rust_decimal::Decimal;
use std::sync::Arc;

/// Rows of a sheet from the first to the last, counted from 0.
pub type RowRun = (u32, u32);

/// A selection of rows of a table.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The table of the rows.
    pub table: Arc<RecordTable>,
    /// The selected rows in table order; `None` for all.
    pub(super) rows: Option<Arc<[u32]>>,
    /// The conditions in the order of application.
    pub conditions: Vec<Condition>,
    /// After a choice of the first rows: the rows left out that have the value of the last one chosen.
    pub(super) tied: Option<Arc<[u32]>>,
}

/// An aggregate over rows: a count or a sum.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// The rows, with the conditions that selected them.
    pub selection: Selection,
    /// The summed measure; `None` if the rows were counted.
    pub measure: Option<Measure>,
    /// The number of rows with a number.
    pub cell_count: usize,
}

/// A condition that selects rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A field has this text, ignoring differences in typing.
    Is {
        /// The name of the field in the rules.
        field: String,
        /// As written in the rule; for a group, the text of its first row.
        words: Arc<str>,
    },
    /// A row of a sheet.
    Rows {
        /// The workbook.
        file: FilePath,
        /// The sheet, untrimmed.
        sheet: SheetName,
        /// The rows, in order.
        runs: Vec<RowRun>,
    },
    /// `part` is less than `percent` percent of `whole`, and `whole` is above zero.
    Below {
        /// The measure that falls short.
        part: Measure,
        /// The measure compared with; rows without a value above zero are excluded.
        whole: Measure,
        /// The bound: 60 selects the rows below 60%.
        percent: Decimal,
    },
    /// `part` cannot be compared with `whole`: one of them has no data, or `whole` is not above zero.
    Unjudged {
        /// The measure that would be compared.
        part: Measure,
        /// The measure that it would be compared with.
        whole: Measure,
    },
    /// There is a number of a measure, or there is none.
    HasData {
        /// The measure.
        measure: Measure,
        /// Whether the rows have a number.
        has_data: bool,
    },
    /// A number has a relation to a limit; rows without either are excluded.
    Compared {
        /// The number that is compared.
        by: SortKey,
        /// The relation that holds.
        relation: Relation,
        /// What it is compared with.
        limit: Limit,
    },
    /// The first rows by a measure or by the percentage of two measures; ties stay in table order.
    First {
        /// The maximum number of rows.
        count: usize,
        /// The sort key; rows without it are excluded.
        by: SortKey,
        /// Whether the largest come first instead of the smallest.
        largest: bool,
    },
    /// The rows that a choice of the first rows leaves out although they have the value of the last one chosen.
    Tied {
        /// The maximum number of chosen rows.
        count: usize,
        /// The sort key.
        by: SortKey,
        /// Whether the largest were chosen instead of the smallest.
        largest: bool,
    },
}

/// A sort key of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// The amounts of a measure, all of the same unit.
    Amount(Measure),
    /// The first measure in percent of the second.
    Percent(Measure, Measure),
}

/// How a number compares with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Less than the limit.
    Below,
    /// Not more than the limit.
    AtMost,
    /// More than the limit.
    Above,
    /// Not less than the limit.
    AtLeast,
}

impl Relation {
    pub(super) fn holds(self, number: Decimal, limit: Decimal) -> bool {
        match self {
            Self::Below => number < limit,
            Self::AtMost => number <= limit,
            Self::Above => number > limit,
            Self::AtLeast => number >= limit,
        }
    }

    /// Returns its name in rules and traces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::AtMost => "at_most",
            Self::Above => "above",
            Self::AtLeast => "at_least",
        }
    }

    fn message(self) -> Message {
        let (vietnamese, english) = match self {
            Self::Below => ("nhỏ hơn", "below"),
            Self::AtMost => ("không quá", "at most"),
            Self::Above => ("lớn hơn", "above"),
            Self::AtLeast => ("từ", "at least"),
        };
        Message::new(vietnamese, english)
    }
}

/// What the numbers of rows are compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// One number for all rows.
    Amount(LimitAmount),
    /// Another measure of the same row.
    Measure(Measure),
}

/// A number with all that it depends on.
#[derive(Clone, Debug)]
pub struct LimitAmount {
    /// The number, if there is one.
    pub amount: Amount,
    /// Its unit; a number without unit has that of the rows.
    pub unit: Unit,
    /// The cells that it depends on.
    pub sources: Vec<Arc<Source>>,
    /// The settings that it depends on.
    pub settings: Vec<Arc<str>>,
    /// The rows that it depends on.
    pub aggregates: Vec<Arc<Aggregate>>,
}

impl PartialEq for LimitAmount {
    fn eq(&self, other: &Self) -> bool {
        (self.amount, &self.unit, &self.sources) == (other.amount, &other.unit, &other.sources)
    }
}

impl Eq for LimitAmount {}

impl Limit {
    fn message(&self) -> Message {
        match self {
            Self::Amount(limit) => {
                let number = limit.amount.counted().map(|number| number.normalize().to_string()).unwrap_or_default();
                let blank = if limit.unit.is_unnamed() { "" } else { " " };
                msg!("{number}{blank}{unit}", "{number}{blank}{unit}", unit = limit.unit)
            }
            Self::Measure(measure) => Message::verbatim(measure.to_string()),
        }
    }
}

impl Condition {
    /// Returns the number that rows are compared with.
    pub fn limit(&self) -> Option<&LimitAmount> {
        match self {
            Self::Compared { limit: Limit::Amount(limit), .. } => Some(limit),
            _ => None,
        }
    }

    /// Returns a description of the condition.
    pub fn message(&self) -> Message {
        match self {
            Self::Is { field, words } => msg!("{field} = \"{words}\"", "{field} = \"{words}\""),
            Self::Below { part, whole, percent } => {
                msg!("{part} dưới {percent}% {whole}", "{part} below {percent}% of {whole}")
            }
            Self::Rows { sheet, runs, .. } => {
                let runs = excel_runs(runs);
                msg!("dòng {runs} của [{sheet}]", "rows {runs} of [{sheet}]")
            }
            Self::Unjudged { part, whole } => {
                msg!("không so được {part} với {whole}", "{part} not comparable with {whole}")
            }
            Self::HasData { measure, has_data: true } => msg!("có {measure}", "with {measure}"),
            Self::HasData { measure, has_data: false } => msg!("chưa có {measure}", "without {measure}"),
            Self::Compared { by, relation, limit } => comparison_message(by, *relation, limit),
            Self::First { count, by, largest } => {
                let by = by.name();
                msg!("{count} dòng {by} {order}", "{count} {order} {by}", order = order_message(*largest))
            }
            Self::Tied { count, by, largest } => {
                let by = by.name();
                msg!(
                    "bằng dòng cuối trong {count} dòng {by} {order}, không được chọn",
                    "equal to the last of the {count} {order} {by}, left out",
                    order = order_message(*largest)
                )
            }
        }
    }
}

impl SortKey {
    /// Returns its name in messages.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Amount(measure) => measure.to_string(),
            Self::Percent(part, whole) => format!("{part}/{whole}"),
        }
    }
}

fn comparison_message(by: &SortKey, relation: Relation, limit: &Limit) -> Message {
    msg!(
        "{by} {relation} {limit}",
        "{by} {relation} {limit}",
        by = by.name(),
        relation = relation.message(),
        limit = limit.message()
    )
}

/// Returns rows as Excel counts them: `5-9,12`.
pub fn excel_runs(runs: &[RowRun]) -> String {
    let run = |(first, last): &RowRun| {
        if first == last { (first + 1).to_string() } else { format!("{}-{}", first + 1, last + 1) }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}

fn order_message(largest: bool) -> Message {
    if largest { Message::new("lớn nhất", "largest") } else { Message::new("nhỏ nhất", "smallest") }
}
