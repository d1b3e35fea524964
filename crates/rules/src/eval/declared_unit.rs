//! Gives a figure that a rule derives the unit that its indicator declares.
//!
//! Input: a computed figure and the declaration. Output: the figure in the declared unit, or the reason why it is no
//! amount of that unit. Not here: the units of arithmetic (`model::figure`).
//!
//! A fraction, which is the quotient of two amounts of one kind, is multiplied by 100 for % and by 1000 for ‰. A number
//! without unit, and a number that the rule multiplied or divided by a number of its own, is in the declared unit.

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
    derived.unit.base.is_empty() || counts || is_scaled(derived)
}

/// Returns whether a figure is the fraction of two amounts of one kind, or a sum of such fractions and numbers.
fn is_fraction(figure: &FigureRef) -> bool {
    let (mut has_fraction, mut is_whole) = (false, true);
    figure.visit_through(is_sum, |term, is_inner| match &term.origin {
        _ if is_inner => {}
        Origin::Computed { op: Op::Divide, operands, .. } => {
            has_fraction = true;
            is_whole &= is_of_one_kind(operands) && !is_scaled(term);
        }
        Origin::Rule(_) | Origin::Setting(_) => {}
        _ => is_whole = false,
    });
    has_fraction && is_whole
}

/// Returns whether a figure is a sum or a choice of others, of which it has the kind.
fn is_sum(figure: &Figure) -> bool {
    let has_kind = |op: &Op| matches!(op, Op::Add | Op::Subtract | Op::Sum | Op::Negate | Op::Largest | Op::Smallest);
    figure.is_rule_arithmetic() && matches!(&figure.origin, Origin::Computed { op, .. } if has_kind(op))
}

fn is_of_one_kind(operands: &[FigureRef]) -> bool {
    let [part, whole] = operands else { return false };
    let counts = vi::unit::is_count(&part.unit) && vi::unit::is_count(&whole.unit);
    !part.unit.base.is_empty() && (part.unit.has_same_base(&whole.unit) || counts)
}

/// Returns whether the rule multiplied or divided by a number of its own.
fn is_scaled(figure: &Figure) -> bool {
    let mut is_scaled = false;
    figure.visit_through(Figure::is_rule_arithmetic, |part, is_inner| {
        if let Origin::Computed { op: Op::Multiply | Op::Divide, operands, .. } = &part.origin
            && is_inner
        {
            let is_number = |operand: &FigureRef| matches!(operand.origin, Origin::Rule(_) | Origin::Setting(_));
            is_scaled |= operands.iter().any(is_number);
        }
    });
    is_scaled
}
