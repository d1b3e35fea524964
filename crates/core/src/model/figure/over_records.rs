//! Figures over the rows of open tables: one of a row, a count, a sum.
//!
//! Input: rows and the conditions by which they were chosen. Output: figures whose origin is a cell or those conditions.
//! Not here: which rows are chosen, and what they add up to.

use super::{Figure, FigureRef, Origin};
use crate::model::arithmetic_error::ArithmeticError;
use crate::model::id::MeasureId;
use crate::model::measure::{Measure, Status};
use crate::model::quantity::{Amount, Unit};
use crate::model::records::{Aggregate, RecordTable, Selection};
use rust_decimal::Decimal;
use std::sync::Arc;

/// The name under which rows are counted.
const COUNT: &str = "count";

impl RecordTable {
    /// Returns the figure of a row, resting on its cell; one without data where the row has none.
    pub fn figure(&self, row: usize, measure: &Measure) -> FigureRef {
        let (name, unit) = (self.name(measure.clone()), self.unit_of(row, measure).clone());
        let Some((source, column)) = self.cell(row, measure) else { return Arc::new(Figure::missing(name, unit)) };
        let amount = self.amount(row, measure);
        let figure = Figure::given(name, amount, unit, column.status, Origin::Cell(Arc::new(source)));
        Arc::new(figure.printed(self.decl.print))
    }
}

impl Selection {
    /// Counts the rows, as a figure.
    pub fn count(&self) -> FigureRef {
        let name = self.table.name(Measure::Other(MeasureId::new(COUNT)));
        let aggregate = Aggregate { selection: self.clone(), measure: None, cells: self.len() };
        let amount = Amount::Known(Decimal::from(self.len()));
        Arc::new(Figure::given(name, amount, Unit::none(), Status::Final, Origin::Records(Arc::new(aggregate))))
    }

    /// Adds up what the rows give of a measure, as a figure; rows without data add nothing.
    ///
    /// The sum has the declared unit, else that of the first number, in whose scale the others are taken.
    ///
    /// # Errors
    /// As [`Selection::total`].
    pub fn sum(&self, measure: &Measure) -> Result<FigureRef, ArithmeticError> {
        let name = self.table.name(measure.clone());
        let (amount, unit, cells) = self.total(measure)?;
        let aggregate = Aggregate { selection: self.clone(), measure: Some(measure.clone()), cells };
        let figure = Figure::given(name, amount, unit, self.status(measure), Origin::Records(Arc::new(aggregate)));
        Ok(Arc::new(figure.printed(self.table.decl.print)))
    }
}
