//! Selections of rows of an open table, and their totals.
//!
//! Input: a table and conditions. Output: fewer rows, or one figure over them that lists the conditions instead of a
//! million cells, from which every cell can be found again. Not here: conditions that only a rule can evaluate.

use super::RecordTable;
use super::condition::{Aggregate, Condition, RowRun, Selection, SortKey};
use crate::message::Message;
use crate::model::arithmetic_error::ArithmeticError;
use crate::model::conversion::convert;
use crate::model::judgement::UnjudgedReason;
use crate::model::measure::{Measure, Status};
use crate::model::quantity::{Amount, Unit};
use crate::msg;
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::sync::Arc;

impl Selection {
    /// Selects every row.
    pub fn all(table: Arc<RecordTable>) -> Self {
        Self { table, rows: None, conditions: Vec::new(), tied: None }
    }

    /// Selects the records of a part in these rows of its sheet.
    pub(super) fn in_part(table: Arc<RecordTable>, part: usize, runs: &[RowRun]) -> Self {
        let is_inside = |row: &u32| {
            let sheet_row = table.sheet_row(*row as usize);
            let next = runs.partition_point(|(first, _)| *first <= sheet_row);
            runs[..next].last().is_some_and(|(_, last)| sheet_row <= *last)
        };
        let rows = table.row_ranges[part].clone().map(|row| row as u32).filter(is_inside).collect();
        let (file, sheet) = (table.parts[part].file.clone(), table.parts[part].sheet.clone());
        Self::all(table).narrow(rows, Condition::Rows { file, sheet, runs: runs.to_vec() })
    }

    /// Returns the memory of the list of rows and of the conditions, in bytes.
    pub fn memory_bytes(&self) -> usize {
        self.rows.as_ref().map_or(0, |rows| size_of_val(&**rows)) + size_of_val(self.conditions.as_slice())
    }

    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        self.rows.as_ref().map_or(self.table.len(), |rows| rows.len())
    }

    /// Returns whether no rows are selected.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the table row at an index of the selection.
    pub fn row(&self, at: usize) -> Option<usize> {
        match &self.rows {
            Some(rows) => rows.get(at).map(|row| *row as usize),
            None => (at < self.table.len()).then_some(at),
        }
    }

    /// Iterates over the rows, as table indexes.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.len()).filter_map(|at| self.row(at))
    }

    /// Keeps the rows in which a field has this text, compared by `key`.
    #[must_use]
    pub fn having(&self, field: usize, text: &str, key: &str) -> Self {
        let wanted = self.table.comparison_keys.indexes.get(key).copied();
        let is_wanted = |row: &usize| wanted.is_some() && self.table.comparison_key(*row, field) == wanted;
        let rows = self.rows().filter(is_wanted).map(|row| row as u32).collect();
        self.narrow(rows, self.equality_condition(field, text.into()))
    }

    /// Groups the rows by the text of a field, in order of first appearance; the name of a group is the text of its
    /// first row.
    pub fn group_by(&self, field: usize) -> Vec<Self> {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut places: HashMap<Option<u32>, usize> = HashMap::new();
        for row in self.rows() {
            let index = *places.entry(self.table.comparison_key(row, field)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[index].push(row as u32);
        }
        let group_name = |rows: &Vec<u32>| rows.first().map(|row| Arc::clone(self.table.field(*row as usize, field)));
        let group = |rows: Vec<u32>| {
            let condition = self.equality_condition(field, group_name(&rows)?);
            Some(self.narrow(rows.into(), condition))
        };
        groups.into_iter().filter_map(group).collect()
    }

    fn equality_condition(&self, field: usize, text: Arc<str>) -> Condition {
        Condition::Is { field: self.table.decl.field_name(field).to_owned(), words: text }
    }

    /// Keeps the rows in which `part` is less than `percent` percent of a `whole` above zero.
    #[must_use]
    pub fn below(&self, part: Measure, whole: Measure, percent: Decimal) -> Self {
        let is_below = |row: &usize| {
            let Some((part, whole)) = self.part_and_whole(*row, &part, &whole) else { return false };
            let both = part.checked_mul(Decimal::ONE_HUNDRED).zip(whole.checked_mul(percent));
            both.is_some_and(|(reached, asked)| reached < asked)
        };
        let rows = self.rows().filter(is_below).map(|row| row as u32).collect();
        self.narrow(rows, Condition::Below { part, whole, percent })
    }

    /// Keeps the rows whose `part` cannot be compared with `whole`.
    #[must_use]
    pub fn unjudged(&self, part: Measure, whole: Measure) -> Self {
        let is_unjudged = |row: &usize| self.unjudged_reason(*row, &part, &whole).is_some();
        let rows = self.rows().filter(is_unjudged).map(|row| row as u32).collect();
        self.narrow(rows, Condition::Unjudged { part, whole })
    }

    /// Returns why `part` cannot be compared with `whole` in a row of the table; `None` if it can.
    pub fn unjudged_reason(&self, row: usize, part: &Measure, whole: &Measure) -> Option<UnjudgedReason> {
        if self.part_and_whole(row, part, whole).is_some() {
            return None;
        }
        Some(match (self.table.amount(row, whole), self.table.amount(row, part)) {
            (Amount::Missing, _) => UnjudgedReason::NoPlan,
            (Amount::NotApplicable, _) => UnjudgedReason::PlanNotApplicable,
            (Amount::Known(plan), _) if plan <= Decimal::ZERO => UnjudgedReason::PlanNotPositive,
            (_, Amount::Missing) => UnjudgedReason::NoActual,
            _ => UnjudgedReason::UnitsDiffer,
        })
    }

    /// Returns two amounts of a row at the same scale; `None` unless the second is above zero.
    fn part_and_whole(&self, row: usize, part: &Measure, whole: &Measure) -> Option<(Decimal, Decimal)> {
        let table = &self.table;
        let whole_is = table.amount(row, whole).known().filter(|whole| *whole > Decimal::ZERO)?;
        let part_is = table.amount(row, part).counted()?;
        Some((convert(part_is, table.amount_unit(row, part), table.amount_unit(row, whole)).ok()?, whole_is))
    }

    /// Keeps the `count` rows with the largest, or the smallest, sort key; rows without the key are excluded.
    ///
    /// # Errors
    /// Returns an error if amounts have different units, which have no order, unless the declaration allows them.
    pub fn first(&self, count: usize, by: SortKey, largest: bool) -> Result<Self, ArithmeticError> {
        let mut ranked: Vec<_> = match &by {
            SortKey::Amount(measure) => {
                let nothing_happened = self.rows().filter(|row| self.is_not_applicable(*row, measure));
                let zeros = nothing_happened.map(|row| (Decimal::ZERO, row));
                self.numbers_in_one_unit(measure)?.1.into_iter().chain(zeros).collect()
            }
            SortKey::Percent(part, whole) => {
                self.rows().filter_map(|row| Some((self.percentage(row, part, whole)?, row))).collect()
            }
        };
        ranked.sort_by(|(one, at), (other, other_at)| {
            let order = if largest { other.cmp(one) } else { one.cmp(other) };
            order.then(at.cmp(other_at))
        });
        let last = count.checked_sub(1).and_then(|at| Some(ranked.get(at)?.0));
        let is_tied = |(value, _): &&(Decimal, usize)| last == Some(*value);
        let tied = ranked.iter().skip(count).take_while(is_tied).map(|(_, row)| *row as u32).collect();
        let rows = ranked.iter().take(count).map(|(_, row)| *row as u32).collect();
        Ok(Self { tied: Some(tied), ..self.narrow(rows, Condition::First { count, by, largest }) })
    }

    /// Returns the rows that the last condition, a choice of the first rows, leaves out although they have the value of
    /// the last one chosen; none after other conditions.
    #[must_use]
    pub fn tied(&self) -> Self {
        let (last, before) = match self.conditions.split_last() {
            Some((Condition::First { count, by, largest }, before)) => {
                (Some(Condition::Tied { count: *count, by: by.clone(), largest: *largest }), before.to_vec())
            }
            _ => (None, self.conditions.clone()),
        };
        let rows = self.tied.clone().unwrap_or_default();
        Self {
            table: Arc::clone(&self.table),
            rows: Some(rows),
            conditions: before.into_iter().chain(last).collect(),
            tied: None,
        }
    }

    pub(super) fn percentage(&self, row: usize, part: &Measure, whole: &Measure) -> Option<Decimal> {
        let (part, whole) = self.part_and_whole(row, part, whole)?;
        part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)
    }

    pub(super) fn narrow(&self, rows: Arc<[u32]>, condition: Condition) -> Self {
        let conditions = self.conditions.iter().cloned().chain([condition]).collect();
        Self { table: Arc::clone(&self.table), rows: Some(rows), conditions, tied: None }
    }

    /// Returns the field of the last equality condition, which formed the group.
    pub fn grouped_by(&self) -> Option<usize> {
        let grouping_field = self.conditions.iter().rev().find_map(|condition| match condition {
            Condition::Is { field, .. } => Some(field),
            _ => None,
        })?;
        self.table.decl.field_position(grouping_field)
    }

    /// Sums a measure over the rows; returns the sum, its unit and the number of cells. Rows without data are skipped.
    ///
    /// # Errors
    /// Returns an error if units are incompatible, unless the declaration allows them, or if the sum is beyond 28
    /// digits.
    pub fn total(&self, measure: &Measure) -> Result<(Amount, Unit, usize), ArithmeticError> {
        let (unit, numbers) = self.numbers_in_one_unit(measure)?;
        let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, (number, _)| sum.checked_add(*number));
        let sum = sum.ok_or(ArithmeticError::TooLarge)?;
        let amount = match numbers.len() {
            0 => self.total_without_numbers(measure),
            _ => Amount::Known(sum.normalize()),
        };
        Ok((amount, unit, numbers.len()))
    }

    /// Returns the total of rows without numbers: not applicable if any row says so, else missing.
    fn total_without_numbers(&self, measure: &Measure) -> Amount {
        let nothing_happened = self.rows().any(|row| self.is_not_applicable(row, measure));
        if nothing_happened { Amount::NotApplicable } else { Amount::Missing }
    }

    fn is_not_applicable(&self, row: usize, measure: &Measure) -> bool {
        self.table.amount(row, measure) == Amount::NotApplicable
    }

    /// Returns the numbers of a measure with their rows, and their common unit: the declared one, or that of the first
    /// number.
    fn numbers_in_one_unit(&self, measure: &Measure) -> Result<(Unit, Vec<(Decimal, usize)>), ArithmeticError> {
        let (table, none) = (&self.table, Unit::none());
        let mut unit = if table.decl.mixed { Some(&none) } else { table.decl.unit.as_ref() };
        let mut numbers = Vec::new();
        for row in self.rows() {
            let Some(number) = table.amount(row, measure).known() else { continue };
            let own = if table.decl.mixed { &none } else { table.amount_unit(row, measure) };
            numbers.push((convert(number, own, unit.get_or_insert(own))?, row));
        }
        let of_first = || self.row(0).map(|row| table.unit(row));
        Ok((unit.or_else(of_first).unwrap_or(&none).clone(), numbers))
    }

    /// Returns the status of a measure: an estimate if any of its columns is one.
    pub fn status(&self, measure: &Measure) -> Status {
        let columns = self.table.parts.iter().flat_map(|part| &part.columns);
        columns.filter(|c| c.measure == *measure).map(|c| c.status).max().unwrap_or(Status::Final)
    }
}

impl Aggregate {
    /// Returns a description of what was counted or summed, and over which rows.
    pub fn message(&self) -> Message {
        let (table, rows) = (&self.selection.table, self.selection.len());
        let (name, cells) = (&table.decl.name, self.cell_count);
        let chosen: Vec<Message> = self.selection.conditions.iter().map(Condition::message).collect();
        let chosen = if chosen.is_empty() { Message::new("tất cả", "all") } else { Message::join(&chosen, ", ") };
        match &self.measure {
            Some(measure) => msg!(
                "tổng {measure} của {rows} dòng {name} ({chosen}), {cells} ô có số",
                "sum of {measure} over {rows} rows of {name} ({chosen}), {cells} cells with a number",
                chosen = chosen
            ),
            None => {
                msg!("đếm {rows} dòng {name} ({chosen})", "count of {rows} rows of {name} ({chosen})", chosen = chosen)
            }
        }
    }
}
