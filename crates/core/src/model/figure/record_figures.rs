//! Figures over the rows of open tables: one row, a count, a sum.
//!
//! Input: rows and the conditions that selected them. Output: figures whose origin is a cell or these conditions. Not
//! here: selecting and adding up rows.

use super::{Figure, FigureRef, Origin};
use crate::model::arithmetic_error::ArithmeticError;
use crate::model::id::MeasureId;
use crate::model::measure::{Measure, Status};
use crate::model::quantity::{Amount, Unit};
use crate::model::records::{Aggregate, RecordTable, Selection};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The measure name of a row count.
const COUNT_MEASURE: &str = "count";

impl RecordTable {
    /// Returns the figure of a row with its cell; without data if the row has none.
    pub fn figure(&self, row: usize, measure: &Measure) -> FigureRef {
        let (name, unit) = (self.figure_name(measure.clone()), self.amount_unit(row, measure).clone());
        let Some((source, column)) = self.amount_cell(row, measure) else {
            return Arc::new(Figure::missing(name, unit));
        };
        let amount = self.amount(row, measure);
        let figure = Figure::new(name, amount, unit, column.status, Origin::Cell(Arc::new(source)));
        Arc::new(figure.with_print(self.decl.print))
    }
}

impl Selection {
    /// Counts the rows, as a figure; without data if a limit that they were compared with has none.
    pub fn count(&self) -> FigureRef {
        let name = self.table.figure_name(Measure::Custom(MeasureId::new(COUNT_MEASURE)));
        let aggregate = Aggregate { selection: self.clone(), measure: None, cell_count: self.len() };
        let amount = if self.is_decided() { Amount::Known(Decimal::from(self.len())) } else { Amount::Missing };
        Arc::new(Figure::new(name, amount, Unit::none(), Status::Final, Origin::Records(Arc::new(aggregate))))
    }

    /// Sums a measure over the rows, as a figure; rows without data are skipped.
    ///
    /// The sum has the declared unit, or the unit of the first number, to whose scale the others are converted.
    ///
    /// # Errors
    /// Returns the errors of [`Selection::total`].
    pub fn sum(&self, measure: &Measure) -> Result<FigureRef, ArithmeticError> {
        let name = self.table.figure_name(measure.clone());
        let (amount, unit, cells) = self.total(measure)?;
        let aggregate = Aggregate { selection: self.clone(), measure: Some(measure.clone()), cell_count: cells };
        let figure = Figure::new(name, amount, unit, self.status(measure), Origin::Records(Arc::new(aggregate)));
        Ok(Arc::new(figure.with_print(self.table.decl.print)))
    }
}
