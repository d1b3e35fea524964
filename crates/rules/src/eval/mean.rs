//! Weighted means of figures.
//!
//! Input: values with their weights. Output: a figure that keeps both. Not here: which values and weights belong
//! together.

use super::compute::Arithmetic;
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::{Figure, FigureRef, Op};
use tonghop_core::model::quantity::Unit;

/// Returns the mean of values, each with its weight, in a unit; a value without weight does not count.
///
/// `None` if no value counts.
///
/// # Errors
/// Returns an error if the units of the values or of the weights differ, or if a number exceeds the exact range.
pub(crate) fn weighted_mean(
    weighted: &[(FigureRef, FigureRef)],
    unit: &Unit,
    compute: Arithmetic<'_>,
) -> Result<Option<Figure>, ArithmeticError> {
    let (mut products, mut weights): (Vec<FigureRef>, Vec<FigureRef>) = (Vec::new(), Vec::new());
    for (value, weight) in weighted {
        if weight.amount.counted().is_some_and(|weight| weight.is_zero()) {
            continue;
        }
        let weight = weights.first().map_or(Ok(Arc::clone(weight)), |first| weight.rescaled(&first.unit))?;
        products.push(Arc::new(compute(Op::Multiply, vec![value.rescaled(unit)?, Arc::clone(&weight)])?));
        weights.push(weight);
    }
    if weights.is_empty() {
        return Ok(None);
    }
    let (total, weight) = (compute(Op::Sum, products)?, compute(Op::Sum, weights)?);
    let mean = compute(Op::Divide, vec![Arc::new(total), Arc::new(weight)])?;
    Ok(Some(mean.with_unit(unit.clone())))
}
