//! Arithmetic on the amounts and units of operands.
//!
//! Input: an operation and its operands. Output: the unit and the amount of the result, or an error. Not here: building
//! the resulting figure.

use super::{Figure, FigureRef, Op};
use crate::model::arithmetic_error::ArithmeticError;
use crate::model::conversion::convert;
use crate::model::quantity::{Amount, Unit};
use rust_decimal::Decimal;

/// Returns the unit of a result, or an error if the units of the operands are incompatible.
pub(super) fn result_unit(op: Op, operands: &[FigureRef]) -> Result<Unit, ArithmeticError> {
    let first = with_data_or_unit(operands).next().map_or_else(Unit::none, |o| o.unit.clone());
    match op {
        Op::Negate | Op::Rescale => Ok(first),
        Op::Count => Ok(Unit::none()),
        Op::Add | Op::Subtract | Op::Sum | Op::Largest | Op::Smallest => check_same_base(operands).map(|()| first),
        Op::Percent | Op::Change => check_same_base(operands).map(|()| Unit::percent()),
        Op::Multiply | Op::Divide => Ok(product_unit(op, operands, first)),
    }
}

fn product_unit(op: Op, operands: &[FigureRef], first: Unit) -> Unit {
    let second = operands.get(1).map_or_else(Unit::none, |o| o.unit.clone());
    match (first.base.is_empty(), second.base.is_empty()) {
        (_, true) => first,
        (true, false) if op == Op::Multiply => second,
        _ => Unit::none(),
    }
}

/// Skips operands with neither data nor unit, which come from sectors that failed.
fn with_data_or_unit(operands: &[FigureRef]) -> impl Iterator<Item = &FigureRef> {
    operands.iter().filter(|o| o.amount != Amount::Missing || !o.unit.base.is_empty())
}

fn check_same_base(operands: &[FigureRef]) -> Result<(), ArithmeticError> {
    let Some(first) = with_data_or_unit(operands).next() else { return Ok(()) };
    match with_data_or_unit(operands).find(|o| !o.unit.has_same_base(&first.unit)) {
        Some(other) => Err(ArithmeticError::IncompatibleUnits(first.unit.clone(), other.unit.clone())),
        None => Ok(()),
    }
}

/// Returns the amount of `figure` converted to `unit`.
pub(super) fn amount_in_unit(figure: &Figure, unit: &Unit) -> Result<Amount, ArithmeticError> {
    let number = figure.amount.known().unwrap_or_default();
    let converted = convert(number, &figure.unit, unit)?;
    Ok(if figure.is_known() { Amount::Known(converted) } else { figure.amount })
}

pub(super) fn result_amount(op: Op, operands: &[FigureRef], unit: &Unit) -> Result<Amount, ArithmeticError> {
    if op == Op::Count {
        return Ok(Amount::Known(Decimal::from(operands.iter().filter(|o| o.is_known()).count())));
    }
    if operands.iter().any(|o| o.amount == Amount::Missing) {
        return Ok(Amount::Missing);
    }
    let mut known = Vec::with_capacity(operands.len());
    let mut not_applicable = 0;
    for operand in operands {
        let amount = match op {
            Op::Add | Op::Subtract | Op::Sum | Op::Largest | Op::Smallest => amount_in_unit(operand, unit)?,
            Op::Divide | Op::Percent | Op::Change if operand.unit.has_same_base(&operands[0].unit) => {
                amount_in_unit(operand, &operands[0].unit)?
            }
            _ => operand.amount,
        };
        match amount {
            Amount::Known(value) => known.push(value),
            Amount::Missing => return Ok(Amount::Missing),
            Amount::NotApplicable if matches!(op, Op::Add | Op::Subtract | Op::Sum) => {
                not_applicable += 1;
                known.push(Decimal::ZERO);
            }
            Amount::NotApplicable => return Ok(Amount::Missing),
        }
    }
    if not_applicable > 0 && not_applicable == operands.len() {
        return Ok(Amount::NotApplicable);
    }
    apply(op, &known)
}

/// Applies the operation to plain numbers; a division by zero returns `Missing`.
fn apply(op: Op, values: &[Decimal]) -> Result<Amount, ArithmeticError> {
    let quotient = |percent: bool| -> Result<Option<Decimal>, ArithmeticError> {
        let [left, right] = values else { return Ok(None) };
        if right.is_zero() {
            return Ok(None);
        }
        let left = if percent { left.checked_mul(Decimal::ONE_HUNDRED) } else { Some(*left) };
        left.and_then(|left| left.checked_div(*right)).map(Some).ok_or(ArithmeticError::TooLarge)
    };
    let result = match (op, values) {
        (Op::Add, [a, b]) => a.checked_add(*b),
        (Op::Subtract, [a, b]) => a.checked_sub(*b),
        (Op::Multiply, [a, b]) => a.checked_mul(*b),
        (Op::Negate, [a]) => Some(-*a),
        (Op::Rescale, [a]) => Some(*a),
        (Op::Sum, _) => values.iter().try_fold(Decimal::ZERO, |sum, v| sum.checked_add(*v)),
        (Op::Largest, _) => return Ok(values.iter().max().map_or(Amount::Missing, |v| Amount::Known(*v))),
        (Op::Smallest, _) => return Ok(values.iter().min().map_or(Amount::Missing, |v| Amount::Known(*v))),
        (Op::Divide, _) => return Ok(quotient(false)?.map_or(Amount::Missing, Amount::Known)),
        (Op::Percent, _) => return Ok(quotient(true)?.map_or(Amount::Missing, Amount::Known)),
        (Op::Change, _) => {
            return Ok(quotient(true)?.map_or(Amount::Missing, |v| Amount::Known(v - Decimal::ONE_HUNDRED)));
        }
        _ => return Ok(Amount::Missing),
    };
    result.map(Amount::Known).ok_or(ArithmeticError::TooLarge)
}
