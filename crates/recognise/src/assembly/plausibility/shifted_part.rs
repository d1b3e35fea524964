//! Finds a part whose number moved its total away from plan and last year: 3.138 for 3,138, under a formula.
//!
//! Input: a row with the rows of its parts. Output: a warning at the part. Not here: totals that differ from their parts.
//!
//! The total is the sum of its parts, so nothing contradicts it but the other measures of its row. If it is far from all
//! of them, and a factor at exactly one part brings it near to all, the part is off.

use super::Concern;
use super::level::{Deviation, Level};
use super::reported::{ReportedFigure, ReportedRow};
use super::scale::{Cause, ComparedValue, DIGIT_FACTORS, ScaleSuspicion, UNIT_FACTORS, has_grouped_decimals};
use super::sums;
use rust_decimal::Decimal;
use tonghop_core::model::measure::Measure;

/// A total that is less than this factor off the others of its row is usual.
const FAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);
/// The same if the part looks like a number in English notation.
const FAR_BY_NOTATION: Decimal = Decimal::from_parts(15, 0, 0, false, 1);
/// How near the total must be to the others after the part is corrected.
const NEAR: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// Returns a warning for a part of the actual figure of a row.
pub(super) fn check_parts<'d>(row: &ReportedRow<'d>, rows: &[ReportedRow<'d>]) -> Option<Concern<'d>> {
    let total = row.figure(&Measure::Actual).filter(|_| row.decl.adds_up() && !row.is_change())?;
    let parts = sums::known_parts(row, rows, &Measure::Actual);
    let is_compared = |other: &&ReportedFigure<'d>| {
        !total.is_same_kind(other) && !matches!(other.key.measure, Measure::Custom(_)) && total.is_comparable(other)
    };
    let others: Vec<ReportedFigure<'d>> = row.figures.iter().filter(is_compared).copied().collect();
    if others.is_empty() || parts.len() < 2 || sums::add_up(&parts) != Some(total.amount) {
        return None;
    }
    let mut found = parts.iter().flat_map(|part| deviations().map(move |off| (*part, off))).filter(|(part, off)| {
        let is_notation = *off == Deviation::TooSmall(Decimal::ONE_THOUSAND) && has_grouped_decimals(part.amount);
        let is_sure = is_notation || others.len() > 1;
        let far = if is_notation { FAR_BY_NOTATION } else { FAR };
        is_sure && explains(&total, part, *off, &others, far)
    });
    let (entry, deviation) = found.next()?;
    let is_only = found.next().is_none();
    let is_notation = deviation == Deviation::TooSmall(Decimal::ONE_THOUSAND) && has_grouped_decimals(entry.amount);
    let cause = if is_notation { Cause::EnglishNotation } else { Cause::of(deviation) };
    let compared = others.iter().map(|other| ComparedValue::of_total(other, &entry)).collect();
    is_only.then(|| ScaleSuspicion { entry, deviation, cause, compared, likely: None }.concern())
}

fn deviations() -> impl Iterator<Item = Deviation> {
    let digits = DIGIT_FACTORS.map(|(factor, _)| factor);
    let factors = UNIT_FACTORS.into_iter().chain(digits);
    factors.flat_map(|factor| [Deviation::TooSmall(factor), Deviation::TooLarge(factor)])
}

/// Returns whether the total is far from all others, and near to them once the part is corrected.
fn explains(
    total: &ReportedFigure<'_>,
    part: &ReportedFigure<'_>,
    off: Deviation,
    others: &[ReportedFigure<'_>],
    far: Decimal,
) -> bool {
    let corrected = off.corrected(part.amount).and_then(|amount| {
        let rest = total.amount.checked_sub(part.amount)?;
        Some(Level::exact(rest.checked_add(amount)?))
    });
    let is_explained = |corrected: Level| {
        others.iter().all(|other| !total.level.is_near(other.level, far) && corrected.is_near(other.level, NEAR))
    };
    corrected.is_some_and(is_explained)
}
