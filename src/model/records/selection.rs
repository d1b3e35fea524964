//! Some rows of a table of records, how they were chosen, and what they add up to.
//!
//! In come a table and conditions, out go fewer rows, or one figure over them that names the conditions instead of a
//! million cells: whoever reads it can find every cell again. Never here: a condition that only a rule understands.

use super::RecordTable;
use crate::model::figure::{ArithmeticError, Figure, FigureRef, Measure, Origin, Status};
use crate::model::id::MeasureId;
use crate::model::provenance::RuleLine;
use crate::model::quantity::{Amount, Unit};
use crate::say;
use crate::words::Words;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

/// The measure of a number of rows.
const COUNT: &str = "count";

/// Rows of a table.
#[derive(Clone, Debug)]
pub struct Selection {
    pub table: Arc<RecordTable>,
    /// The chosen rows in the order of the table; `None` for all.
    rows: Option<Arc<[u32]>>,
    /// How they were chosen, one after the other.
    pub conditions: Vec<Condition>,
}

/// What rows were chosen by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A field holds just these words.
    Is { field: String, words: Arc<str> },
    /// `part` is less than so many percent of `whole`, which is above nothing.
    Below { part: Measure, whole: Measure, percent: Decimal },
    /// The first of them by a measure or the percent of two, those of equal rank in the order of the table.
    First { count: usize, by: Key, largest: bool },
}

/// What rows are put in order by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Amount(Measure),
    /// Percent of the first in the second.
    Percent(Measure, Measure),
}

/// A figure over rows.
#[derive(Clone, Debug)]
pub struct Aggregate {
    pub selection: Selection,
    /// What was added up; `None` where the rows were counted.
    pub measure: Option<Measure>,
    /// How many rows gave a number.
    pub cells: usize,
    pub rule: Option<RuleLine>,
}

impl Selection {
    /// Selects every row.
    pub fn all(table: Arc<RecordTable>) -> Self {
        Self { table, rows: None, conditions: Vec::new() }
    }

    /// Counts the rows.
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.table.len(), |rows| rows.len())
    }

    /// Tells whether no row is left.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the row of the table that stands at a place of the selection.
    pub fn row(&self, at: usize) -> Option<usize> {
        match &self.rows {
            Some(rows) => rows.get(at).map(|row| *row as usize),
            None => (at < self.table.len()).then_some(at),
        }
    }

    /// Goes through the rows, by their places in the table.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter_map(|at| self.row(at))
    }

    /// Keeps the rows of which a field holds just these words.
    #[must_use]
    pub fn having(&self, field: usize, words: &str) -> Self {
        let field_of = |row: &usize| &**self.table.field(*row, field) == words;
        let name = self.table.decl.fields[field].name.clone();
        self.narrowed(self.rows().filter(field_of).collect(), Condition::Is { field: name, words: words.into() })
    }

    /// Parts the rows by the words of a field, in the order in which these first stand.
    pub fn by(&self, field: usize) -> Vec<Self> {
        let mut groups: Vec<(Arc<str>, Vec<usize>)> = Vec::new();
        let mut places: HashMap<Arc<str>, usize> = HashMap::new();
        for row in self.rows() {
            let words = self.table.field(row, field);
            let place = *places.entry(Arc::clone(words)).or_insert_with(|| {
                groups.push((Arc::clone(words), Vec::new()));
                groups.len() - 1
            });
            groups[place].1.push(row);
        }
        let name = &self.table.decl.fields[field].name;
        let group = |(words, rows)| self.narrowed(rows, Condition::Is { field: name.clone(), words });
        groups.into_iter().map(group).collect()
    }

    /// Keeps the rows in which `part` is less than `percent` of a `whole` above nothing.
    #[must_use]
    pub fn below(&self, part: Measure, whole: Measure, percent: Decimal) -> Self {
        let hundred = Decimal::ONE_HUNDRED;
        let is_below = |row: &usize| {
            let known = |measure| self.table.amount(*row, measure).known();
            let (Some(part), Some(whole)) = (known(&part), known(&whole)) else { return false };
            let both = part.checked_mul(hundred).zip(whole.checked_mul(percent));
            whole > Decimal::ZERO && both.is_some_and(|(reached, asked)| reached < asked)
        };
        let rows = self.rows().filter(is_below).collect();
        self.narrowed(rows, Condition::Below { part, whole, percent })
    }

    /// Keeps the `count` rows that have the largest, or the smallest, of what `by` tells; rows without it are left out.
    #[must_use]
    pub fn first(&self, count: usize, by: Key, largest: bool) -> Self {
        let mut ranked: Vec<(Decimal, usize)> =
            self.rows().filter_map(|row| Some((self.ranked_by(row, &by)?, row))).collect();
        ranked.sort_by(|(one, at), (other, behind)| {
            let order = if largest { other.cmp(one) } else { one.cmp(other) };
            order.then(at.cmp(behind))
        });
        let rows = ranked.into_iter().take(count).map(|(_, row)| row).collect();
        self.narrowed(rows, Condition::First { count, by, largest })
    }

    fn ranked_by(&self, row: usize, by: &Key) -> Option<Decimal> {
        let known = |measure| self.table.amount(row, measure).known();
        match by {
            Key::Amount(measure) => known(measure),
            Key::Percent(part, whole) => {
                let share = known(part)?.checked_div(known(whole).filter(|whole| *whole > Decimal::ZERO)?)?;
                share.checked_mul(Decimal::ONE_HUNDRED)
            }
        }
    }

    fn narrowed(&self, rows: Vec<usize>, condition: Condition) -> Self {
        let rows = rows.into_iter().map(|row| row as u32).collect();
        let conditions = self.conditions.iter().cloned().chain([condition]).collect();
        Self { table: Arc::clone(&self.table), rows: Some(rows), conditions }
    }

    /// Returns the words that the last condition on a field asks for: the name of a group.
    pub fn title(&self) -> Option<&Arc<str>> {
        self.conditions.iter().rev().find_map(|condition| match condition {
            Condition::Is { words, .. } => Some(words),
            _ => None,
        })
    }

    /// Counts the rows, as a figure.
    pub fn count(&self, rule: Option<RuleLine>) -> FigureRef {
        let name = self.table.name(Measure::Other(MeasureId::new(COUNT)));
        let aggregate = Aggregate { selection: self.clone(), measure: None, cells: self.len(), rule };
        let amount = Amount::Known(Decimal::from(self.len()));
        Arc::new(Figure::given(name, amount, Unit::none(), Status::Final, Origin::Records(Arc::new(aggregate))))
    }

    /// Adds up what the rows say of a measure; rows without data add nothing.
    ///
    /// The sum has the declared unit, else that of the first row, in whose scale the others are taken.
    ///
    /// # Errors
    /// Rows of other units, unless the declaration admits them; a sum beyond 28 digits.
    pub fn sum(&self, measure: &Measure, rule: Option<RuleLine>) -> Result<FigureRef, ArithmeticError> {
        let name = self.table.name(measure.clone());
        let (amount, unit, cells) = self.added(measure)?;
        let status = self.status(measure);
        let aggregate = Aggregate { selection: self.clone(), measure: Some(measure.clone()), cells, rule };
        let figure = Figure::given(name, amount, unit, status, Origin::Records(Arc::new(aggregate)));
        Ok(Arc::new(figure.printed(self.table.decl.print)))
    }

    fn added(&self, measure: &Measure) -> Result<(Amount, Unit, usize), ArithmeticError> {
        let table = &self.table;
        let first = || self.row(0).map(|row| table.unit(row).clone());
        let unit = table.decl.unit.clone().or_else(first).unwrap_or_else(Unit::none);
        let unit = if table.decl.mixed { Unit::none() } else { unit };
        let (mut sum, mut cells) = (Decimal::ZERO, 0);
        for row in self.rows() {
            let Some(number) = table.amount(row, measure).known() else { continue };
            let own = table.unit(row);
            let number = match own {
                _ if table.decl.mixed || own.scale == unit.scale && own.same_base(&unit) => Some(number),
                other if !other.same_base(&unit) => return Err(ArithmeticError::Units(unit, other.clone())),
                other => number.checked_mul(other.scale.factor_to(unit.scale)),
            };
            sum = number.and_then(|number| sum.checked_add(number)).ok_or(ArithmeticError::TooLarge)?;
            cells += 1;
        }
        let amount = if cells == 0 { Amount::Missing } else { Amount::Known(sum.normalize()) };
        Ok((amount, unit, cells))
    }

    /// Returns how firm the figures of a measure are: as the least firm column among the tables.
    fn status(&self, measure: &Measure) -> Status {
        let columns = self.table.parts.iter().flat_map(|part| &part.columns);
        columns.filter(|c| c.measure == *measure).map(|c| c.status).max().unwrap_or(Status::Final)
    }
}

impl Condition {
    /// Says which rows were chosen.
    pub fn words(&self) -> Words {
        match self {
            Self::Is { field, words } => Words::verbatim(format!("{field} = \"{words}\"")),
            Self::Below { part, whole, percent } => {
                say!("{part} dưới {percent}% {whole}", "{part} below {percent}% of {whole}")
            }
            Self::First { count, by, largest } => {
                let by = match by {
                    Key::Amount(measure) => measure.to_string(),
                    Key::Percent(part, whole) => format!("{part}/{whole}"),
                };
                let (vietnamese, english) =
                    if *largest { ("lớn nhất", "largest") } else { ("nhỏ nhất", "smallest") };
                say!("{count} dòng {by} {order}", "{count} {order} {by}", order = Words::new(vietnamese, english))
            }
        }
    }
}

impl Aggregate {
    /// Says what was counted or added up, and over which rows.
    pub fn words(&self) -> Words {
        let (table, rows) = (&self.selection.table, self.selection.len());
        let (name, cells) = (&table.decl.name, self.cells);
        let chosen: Vec<Words> = self.selection.conditions.iter().map(Condition::words).collect();
        let chosen = if chosen.is_empty() { Words::new("tất cả", "all") } else { Words::joined(&chosen, ", ") };
        match &self.measure {
            Some(measure) => say!(
                "tổng {measure} của {rows} dòng {name} ({chosen}), {cells} ô có số",
                "sum of {measure} over {rows} rows of {name} ({chosen}), {cells} cells with a number",
                chosen = chosen
            ),
            None => {
                say!("đếm {rows} dòng {name} ({chosen})", "{rows} rows of {name} counted ({chosen})", chosen = chosen)
            }
        }
    }
}
