//! Arithmetic on the amounts and units of operands.
//!
//! Input: an operation and its operands. Output: the unit and the amount of the result, or an error. Not here: building
//! the resulting figure.

use super::{Figure, FigureRef, Op, Origin, units};
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
        Op::Add | Op::Subtract | Op::Sum | Op::Largest | Op::Smallest => common_unit(operands, first),
        Op::Percent | Op::Change => common_unit(operands, first).map(|_| Unit::percent()),
        Op::Multiply | Op::Divide => match operands {
            [left, right] => Ok(product_unit(op, left, right)),
            _ => Ok(first),
        },
    }
}

fn product_unit(op: Op, left: &Figure, right: &Figure) -> Unit {
    match (op, number_of_rule(left), number_of_rule(right)) {
        (Op::Divide, _, Some(divisor)) => units::divided_by_number(&left.unit, divisor),
        (Op::Divide, ..) => units::quotient(&left.unit, &right.unit),
        (_, Some(factor), _) => units::divided_by_number(&right.unit, inverse(factor)),
        (_, _, Some(factor)) => units::divided_by_number(&left.unit, inverse(factor)),
        _ => units::product(&left.unit, &right.unit),
    }
}

/// Returns the number that a rule or a setting states without unit.
fn number_of_rule(figure: &Figure) -> Option<Decimal> {
    let is_stated = matches!(figure.origin, Origin::Rule(_) | Origin::Setting(_)) && figure.unit.base.is_empty();
    figure.amount.known().filter(|_| is_stated)
}

fn inverse(factor: Decimal) -> Decimal {
    Decimal::ONE.checked_div(factor).unwrap_or_default().normalize()
}

/// Skips operands with neither data nor unit, which come from sectors that failed.
fn with_data_or_unit(operands: &[FigureRef]) -> impl Iterator<Item = &FigureRef> {
    operands.iter().filter(|o| o.amount != Amount::Missing || !o.unit.base.is_empty())
}

/// Returns the unit of a sum: that of its operands, or none for different numbers without a named unit.
fn common_unit(operands: &[FigureRef], first: Unit) -> Result<Unit, ArithmeticError> {
    let mut common = first.clone();
    for Figure { unit, .. } in with_data_or_unit(operands).map(|operand| &**operand) {
        if !unit.has_same_base(&first) {
            if !(unit.is_unnamed() && first.is_unnamed()) {
                return Err(ArithmeticError::IncompatibleUnits(first, unit.clone()));
            }
            common = Unit::none();
        }
    }
    Ok(common)
}

/// Returns the amount of `figure` converted to `unit`.
pub(super) fn amount_in_unit(figure: &Figure, unit: &Unit) -> Result<Amount, ArithmeticError> {
    let number = figure.amount.known().unwrap_or_default();
    let converted = convert(number, &figure.unit, unit)?;
    Ok(if figure.is_known() { Amount::Known(converted) } else { figure.amount })
}

pub(super) fn result_amount(op: Op, operands: &[FigureRef], unit: &Unit) -> Result<Amount, ArithmeticError> {
    if op == Op::Count {
        return Ok(Amount::Known(Decimal::from(operands.iter().filter(|o| o.has_data()).count())));
    }
    if !operands.iter().all(|o| o.has_data()) {
        return Ok(Amount::Missing);
    }
    let nothing_happened = operands.iter().all(|o| o.amount == Amount::NotApplicable);
    if nothing_happened && !operands.is_empty() && !is_quotient(op) {
        return Ok(Amount::NotApplicable);
    }
    let mut numbers = Vec::with_capacity(operands.len());
    for operand in operands {
        let amount = match op {
            // Pure numbers of different kinds have no common scale.
            _ if operand.unit.is_unnamed() && unit.base.is_empty() => operand.amount,
            Op::Add | Op::Subtract | Op::Sum | Op::Largest | Op::Smallest => amount_in_unit(operand, unit)?,
            _ if is_quotient(op) && operand.unit.has_same_base(&operands[0].unit) => {
                amount_in_unit(operand, &operands[0].unit)?
            }
            _ => operand.amount,
        };
        numbers.extend(amount.counted());
    }
    apply(op, &numbers)
}

/// Returns whether the operation divides, so that nothing by nothing has no result.
fn is_quotient(op: Op) -> bool {
    matches!(op, Op::Divide | Op::Percent | Op::Change)
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
        (Op::Change, _) => match quotient(true)? {
            Some(percent) => percent.checked_sub(Decimal::ONE_HUNDRED),
            None => return Ok(Amount::Missing),
        },
        _ => return Ok(Amount::Missing),
    };
    result.map(Amount::Known).ok_or(ArithmeticError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::Origin;
    use crate::model::id::{IndicatorId, SectorId};
    use crate::model::measure::{FigureName, Measure, Status};
    use std::sync::Arc;

    const OPERATIONS: [Op; 12] = [
        Op::Add,
        Op::Subtract,
        Op::Multiply,
        Op::Divide,
        Op::Negate,
        Op::Sum,
        Op::Largest,
        Op::Smallest,
        Op::Count,
        Op::Percent,
        Op::Change,
        Op::Rescale,
    ];

    /// Reads a state: a number, `-` for "không phát sinh", `?` for no data.
    fn amount(written: &str) -> Amount {
        match written {
            "-" => Amount::NotApplicable,
            "?" => Amount::Missing,
            number => Amount::Known(number.parse().unwrap()),
        }
    }

    fn write(amount: Amount) -> String {
        match amount {
            Amount::Known(number) => number.normalize().to_string(),
            Amount::NotApplicable => "-".to_owned(),
            Amount::Missing => "?".to_owned(),
        }
    }

    fn compute(op: Op, operands: &[&str]) -> String {
        let name =
            FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure: Measure::Actual };
        let unit = Unit { base: "ha".into(), label: "ha".into(), ..Unit::none() };
        let figure = |written: &&str| {
            Arc::new(Figure::new(name.clone(), amount(written), unit.clone(), Status::Final, Origin::Missing))
        };
        let figure = Figure::compute(name.clone(), op, operands.iter().map(figure).collect(), None);
        write(figure.unwrap().amount)
    }

    #[test]
    fn each_state_means_the_same_in_every_operation() {
        let binary = [Op::Add, Op::Subtract, Op::Sum, Op::Largest, Op::Smallest, Op::Multiply];
        let quotients = [Op::Divide, Op::Percent, Op::Change, Op::Count];
        for (operands, results, of_quotients) in [
            (["8", "4"], ["12", "4", "12", "8", "4", "32"], ["2", "200", "100", "2"]),
            (["8", "0"], ["8", "8", "8", "8", "0", "0"], ["?", "?", "?", "2"]),
            (["0", "4"], ["4", "-4", "4", "4", "0", "0"], ["0", "0", "-100", "2"]),
            (["8", "-"], ["8", "8", "8", "8", "0", "0"], ["?", "?", "?", "2"]),
            (["-", "4"], ["4", "-4", "4", "4", "0", "0"], ["0", "0", "-100", "2"]),
            (["-", "0"], ["0", "0", "0", "0", "0", "0"], ["?", "?", "?", "2"]),
            (["-", "-"], ["-", "-", "-", "-", "-", "-"], ["?", "?", "?", "2"]),
            (["8", "?"], ["?", "?", "?", "?", "?", "?"], ["?", "?", "?", "1"]),
            (["-", "?"], ["?", "?", "?", "?", "?", "?"], ["?", "?", "?", "1"]),
            (["?", "?"], ["?", "?", "?", "?", "?", "?"], ["?", "?", "?", "0"]),
        ] {
            assert_eq!(binary.map(|op| compute(op, &operands)), results, "{operands:?}");
            assert_eq!(quotients.map(|op| compute(op, &operands)), of_quotients, "{operands:?}");
        }
    }

    #[test]
    fn a_result_beyond_the_digits_is_an_error_and_never_a_panic() {
        let largest = [Decimal::MAX, Decimal::MIN, Decimal::new(1, 28), Decimal::new(-1, 28), Decimal::ONE];
        for op in OPERATIONS {
            for left in largest {
                assert!(apply(op, &[left]).is_ok());
                for right in largest {
                    let result = apply(op, &[left, right]);
                    assert!(matches!(result, Ok(_) | Err(ArithmeticError::TooLarge)), "{op:?} {left} {right}");
                }
            }
        }
        assert_eq!(apply(Op::Percent, &[Decimal::MAX, Decimal::ONE]), Err(ArithmeticError::TooLarge));
    }

    #[test]
    fn one_operand_keeps_its_state() {
        for (operand, negated) in [("8", "-8"), ("0", "0"), ("-", "-"), ("?", "?")] {
            assert_eq!(compute(Op::Negate, &[operand]), negated);
            assert_eq!([Op::Rescale, Op::Sum, Op::Largest].map(|op| compute(op, &[operand])), [operand; 3]);
        }
    }

    #[test]
    fn without_data_nothing_is_computed_and_not_applicable_is_zero() {
        for op in OPERATIONS.into_iter().filter(|op| *op != Op::Count) {
            for other in ["8", "0", "-"] {
                assert_eq!(compute(op, &[other, "?"]), "?", "{op:?}");
                assert_eq!(compute(op, &["?", other]), "?", "{op:?}");
            }
            for other in ["8", "0"] {
                assert_eq!(compute(op, &["-", other]), compute(op, &["0", other]), "{op:?}");
                assert_eq!(compute(op, &[other, "-"]), compute(op, &[other, "0"]), "{op:?}");
            }
        }
    }
}
