//! Compares the numbers of a row with those of other rows, as evidence that it adds them up.
//!
//! Input: the rows of an open table. Output: whether the numbers agree. Not here: the comparison that is reported, which
//! follows from the figures that are read.

use super::lines::Body;
use crate::layout::cell_reading;
use crate::layout::grid::GridRow;
use crate::layout::value::CellAmount;
use rust_decimal::Decimal;
use tonghop_core::model::conversion::convert;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::records::RecordColumn;
use tonghop_core::vi::number::Convention;
use tonghop_core::vi::unit;

/// The part of a sum that rounding may change.
const ROUNDING: Decimal = Decimal::from_parts(5, 0, 0, false, 4);

/// The numbers of a table with their units, by row and column.
pub(super) struct TableNumbers {
    rows: Vec<Vec<Option<(Decimal, Unit)>>>,
}

impl TableNumbers {
    pub(super) fn read(body: &Body<'_>, convention: Option<Convention>) -> Self {
        let read = |row: &&GridRow<'_>| {
            let row_unit = body.part.unit_column.map(|col| row.text(col)).filter(|words| !words.is_empty());
            let row_unit = row_unit.map_or_else(|| body.part.default_unit.clone(), |words| unit::parse(&words));
            let number = |column: &RecordColumn| {
                let unit = column.unit.as_ref().unwrap_or(&row_unit);
                let reading = cell_reading::read_cell(row.cell(column.column)?, convention, unit);
                let (CellAmount::Number(number) | CellAmount::TextNumber(number)) = reading.amount else {
                    return None;
                };
                Some((number, reading.stated.unwrap_or_else(|| unit.clone())))
            };
            body.part.columns.iter().map(number).collect()
        };
        Self { rows: body.rows.iter().map(read).collect() }
    }

    /// Returns whether all numbers of a row that can be compared are the sums of those of other rows.
    pub(super) fn is_sum(&self, total: usize, rows: &[usize]) -> bool {
        let mut is_compared = false;
        for (column, number) in self.rows[total].iter().enumerate() {
            let Some((number, unit)) = number else { continue };
            let mut numbers = rows.iter().filter_map(|row| self.rows[*row][column].as_ref()).peekable();
            let Some((_, of_first)) = numbers.peek() else { continue };
            // A total without a unit has that of its rows.
            let unit = if unit.base.is_empty() { of_first } else { unit };
            let sum: Option<Decimal> = numbers.try_fold(Decimal::ZERO, |sum, (one, own)| {
                sum.checked_add(convert(*one, own, unit).ok().filter(|_| !unit.is_rate())?)
            });
            let Some(sum) = sum else { continue };
            if (sum - number).abs() > sum.abs().saturating_mul(ROUNDING) {
                return false;
            }
            is_compared |= !number.is_zero();
        }
        is_compared
    }
}
