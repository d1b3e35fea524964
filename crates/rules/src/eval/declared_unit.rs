//! Gives a figure that a rule derives the unit that its indicator declares.
//!
//! Input: a computed figure and the declaration. Output: the figure in the declared unit, or the reason why it is no
//! amount of that unit. Not here: the units of arithmetic (`model::figure`).
//!
//! A fraction, which is the quotient of two amounts of one kind, is multiplied by 100 for % and by 1000 for ‰. Another
//! number without unit, and one that the rule multiplied or divided by a number of its own, is in the declared unit.

use super::declared::rule_line;
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::Status;
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::vi;

/// Returns a derived figure in the unit of its indicator.
///
/// # Errors
/// Returns an error if the rule computed an amount of another unit, or if the result is beyond 28 digits.
pub(crate) fn in_declared_unit(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    derived: &FigureRef,
) -> Result<FigureRef, ArithmeticError> {
    let declared = &indicator.unit;
    if declared.base.is_empty() {
        return Ok(Arc::clone(derived));
    }
    let converted = if derived.unit.has_same_base(declared) {
        derived.rescaled(declared)?
    } else if let Some(whole) = whole_of(declared).filter(|_| is_fraction(derived)) {
        let origin = Origin::Rule(Some(rule_line(&decl.file, indicator)));
        let factor = Figure::new(derived.name.clone(), Amount::Known(whole), Unit::none(), Status::Final, origin);
        let operands = vec![Arc::clone(derived), Arc::new(factor)];
        Arc::new(Figure::compute(derived.name.clone(), Op::Multiply, operands, Some(rule_line(&decl.file, indicator)))?)
    } else if derived.has_data() && !is_number_of(derived, declared) {
        return Err(ArithmeticError::UnitOfResult { computed: derived.unit.clone(), declared: declared.clone() });
    } else {
        Arc::clone(derived)
    };
    Ok(Arc::new(Figure::clone(&converted).with_unit(declared.clone())))
}

/// Returns the number of which a proportion in this unit is a part.
fn whole_of(unit: &Unit) -> Option<Decimal> {
    match &*unit.base {
        "%" => Some(Decimal::ONE_HUNDRED),
        "‰" => Some(Decimal::ONE_THOUSAND),
        _ => None,
    }
}

/// Returns whether a number of another unit can be meant as one of the declared unit.
fn is_number_of(derived: &FigureRef, declared: &Unit) -> bool {
    let has_one_factor = derived.unit.is_unnamed() == declared.is_rate();
    let counts = has_one_factor && vi::unit::is_count(&derived.unit) && vi::unit::is_count(declared);
    derived.unit.base.is_empty() && !is_quotient_within(derived, declared) || counts || has_factor(derived, |_| true)
}

/// Returns whether a figure is the quotient of two amounts of a unit, which is none of that unit: tấn / tấn is no tấn.
fn is_quotient_within(figure: &Figure, unit: &Unit) -> bool {
    matches!(&figure.origin, Origin::Computed { op: Op::Divide, operands, .. }
        if operands.iter().all(|operand| operand.unit.has_same_base(unit)))
}

/// Returns whether a figure is the fraction of two amounts of one kind, or follows from such fractions.
fn is_fraction(figure: &FigureRef) -> bool {
    let (mut has_fraction, mut is_whole) = (false, true);
    figure.visit_through(keeps_fractions, |term, is_inner| match &term.origin {
        _ if is_inner => {}
        Origin::Computed { op: Op::Divide, operands, .. } => {
            has_fraction = true;
            is_whole &= is_of_one_kind(operands) && !has_factor(term, is_scale);
        }
        Origin::Rule(_) | Origin::Setting(_) => {}
        _ => is_whole = false,
    });
    has_fraction && is_whole
}

/// Returns whether the result of an operation on fractions and numbers is a fraction again; one multiplied by 100 is not.
fn keeps_fractions(figure: &Figure) -> bool {
    let Origin::Computed { op, operands, .. } = &figure.origin else { return false };
    let numbers = || operands.iter().filter_map(number_of_rule);
    figure.is_rule_arithmetic()
        && match op {
            Op::Add | Op::Subtract | Op::Sum | Op::Negate | Op::Largest | Op::Smallest => true,
            Op::Multiply => !numbers().any(is_scale),
            Op::Divide => operands.get(1).and_then(number_of_rule).is_some_and(|divisor| !is_scale(divisor)),
            _ => false,
        }
}

fn is_of_one_kind(operands: &[FigureRef]) -> bool {
    let [part, whole] = operands else { return false };
    let counts = vi::unit::is_count(&part.unit) && vi::unit::is_count(&whole.unit);
    !part.unit.base.is_empty() && (part.unit.has_same_base(&whole.unit) || counts)
}

/// Returns whether the rule multiplied or divided by a number of its own of this kind.
fn has_factor(figure: &Figure, is_kind: impl Fn(Decimal) -> bool) -> bool {
    let mut found = false;
    figure.visit_through(Figure::is_rule_arithmetic, |part, is_inner| {
        if let Origin::Computed { op: Op::Multiply | Op::Divide, operands, .. } = &part.origin
            && is_inner
        {
            found |= operands.iter().filter_map(number_of_rule).any(&is_kind);
        }
    });
    found
}

/// Returns the number that a rule wrote or a setting has.
fn number_of_rule(figure: &FigureRef) -> Option<Decimal> {
    figure.amount.known().filter(|_| matches!(figure.origin, Origin::Rule(_) | Origin::Setting(_)))
}

/// Returns whether a factor turns a fraction into a percentage or the like, and not into a part or a multiple of it.
fn is_scale(factor: Decimal) -> bool {
    let (large, small) = (Decimal::ONE_HUNDRED, Decimal::new(1, 2));
    factor.abs() >= large || factor.abs() <= small
}
