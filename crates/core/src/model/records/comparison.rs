//! Selects rows by their numbers: whether there is one, and how it compares with a limit.
//!
//! Input: rows, the number to look at and a limit. Output: fewer rows, with the condition. Not here: selection by words
//! and by rank (see [`super::selection`]), the meaning of a limit in a rule.

use super::condition::{Condition, Limit, Relation, Selection, SortKey};
use crate::model::arithmetic_error::ArithmeticError;
use crate::model::conversion::convert;
use crate::model::measure::Measure;
use crate::model::quantity::{Amount, Unit};
use rust_decimal::Decimal;

impl Selection {
    /// Keeps the rows that have a number of a measure, or those that have none. "Không phát sinh" is a number.
    #[must_use]
    pub fn with_data(&self, measure: Measure, has_data: bool) -> Self {
        let is_kept = |row: &usize| (self.table.amount(*row, &measure) != Amount::Missing) == has_data;
        let rows = self.rows().filter(is_kept).map(|row| row as u32).collect();
        self.narrow(rows, Condition::HasData { measure, has_data })
    }

    /// Keeps the rows whose number has this relation to a limit; rows without either number are excluded.
    ///
    /// # Errors
    /// Returns an error if the units of the numbers and of the limit differ, or if a limit without unit is compared with
    /// numbers of several scales.
    pub fn compared(&self, by: SortKey, relation: Relation, limit: Limit) -> Result<Self, ArithmeticError> {
        // A number without unit has the declared one, in which the rows are added up, too.
        let mut unit_of_all = self.table.decl.unit.clone().filter(|_| matches!(by, SortKey::Amount(_)));
        let is_declared = unit_of_all.is_some();
        let mut rows = Vec::new();
        for row in self.rows() {
            let Some((number, unit)) = self.number(row, &by) else { continue };
            let other = match &limit {
                Limit::Measure(measure) => self.number(row, &SortKey::Amount(measure.clone())),
                Limit::Amount(limit) if limit.unit.is_unnamed() => {
                    let common = unit_of_all.get_or_insert_with(|| unit.clone());
                    if !is_declared && (common.scale != unit.scale || !common.has_same_base(&unit)) {
                        return Err(ArithmeticError::IncompatibleUnits(common.clone(), unit));
                    }
                    limit.amount.counted().map(|number| (number, common.clone()))
                }
                Limit::Amount(limit) => limit.amount.counted().map(|number| (number, limit.unit.clone())),
            };
            let Some((limit, limit_unit)) = other else { continue };
            if relation.holds(convert(number, &unit, &limit_unit)?, limit) {
                rows.push(row as u32);
            }
        }
        Ok(self.narrow(rows.into(), Condition::Compared { by, relation, limit }))
    }

    /// Returns whether every limit has data, so that the rows are what the conditions say.
    pub fn is_decided(&self) -> bool {
        self.conditions.iter().filter_map(Condition::limit).all(|limit| limit.amount != Amount::Missing)
    }

    fn number(&self, row: usize, by: &SortKey) -> Option<(Decimal, Unit)> {
        match by {
            SortKey::Amount(measure) => {
                let number = self.table.amount(row, measure).counted()?;
                Some((number, self.table.amount_unit(row, measure).clone()))
            }
            SortKey::Percent(part, whole) => Some((self.percentage(row, part, whole)?, Unit::percent())),
        }
    }
}
