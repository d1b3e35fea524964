//! Compares totals with the sum of their parts, and each part with the total less the other parts.
//!
//! Input: rows of figures with the relation of their indicators. Output: a warning for a figure that is off by a factor.
//! Not here: totals that differ from their parts otherwise, which the rules report.

use super::Concern;
use super::level::Deviation;
use super::reported::{ReportedFigure, ReportedRow};
use super::scale::{Cause, ComparedValue, DIGIT_FACTORS, ScaleSuspicion, Tolerances, UNIT_FACTORS, is_exactly_off};
use rust_decimal::Decimal;
use tonghop_core::config::ScaleCheck;
use tonghop_core::diag::{Message, Place};
use tonghop_core::model::indicator::ParentRelation;
use tonghop_core::model::measure::Measure;
use tonghop_core::msg;

/// Returns a warning for each measure of a total whose parts show that it, or one of them, is off by a factor.
pub(super) fn check_sums<'d>(row: &ReportedRow<'d>, rows: &[ReportedRow<'d>], check: &ScaleCheck) -> Vec<Concern<'d>> {
    if !row.decl.adds_up() {
        return Vec::new();
    }
    let tolerances = Tolerances::new(check);
    let totals = row.figures.iter().filter(|total| !total.amount.is_zero());
    totals.filter_map(|total| check_sum(*total, &all_parts(row, rows, total)?, &tolerances)).collect()
}

/// Returns the parts of a total that have a number, whether or not others are missing.
pub(super) fn known_parts<'d>(
    row: &ReportedRow<'d>,
    rows: &[ReportedRow<'d>],
    measure: &Measure,
) -> Vec<ReportedFigure<'d>> {
    part_rows(row, rows).filter_map(|part| part.figure(measure)).collect()
}

/// Adds up amounts; `None` beyond 28 digits.
pub(super) fn add_up(parts: &[ReportedFigure<'_>]) -> Option<Decimal> {
    parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.amount))
}

fn part_rows<'r, 'd>(
    row: &ReportedRow<'d>,
    rows: &'r [ReportedRow<'d>],
) -> impl Iterator<Item = &'r ReportedRow<'d>> + use<'r, 'd> {
    let (sector, id) = (row.sector, &row.decl.id);
    let is_part = move |part: &&ReportedRow<'d>| {
        let parent = part.decl.parent.as_ref().filter(|parent| parent.relation == ParentRelation::Part);
        std::ptr::eq(part.sector, sector) && parent.is_some_and(|parent| parent.id == *id)
    };
    rows.iter().filter(is_part)
}

/// Returns the parts of a total that are not zero; `None` if one is missing or fewer than two are left.
fn all_parts<'d>(
    row: &ReportedRow<'d>,
    rows: &[ReportedRow<'d>],
    total: &ReportedFigure<'d>,
) -> Option<Vec<ReportedFigure<'d>>> {
    let measure = &total.key.measure;
    let is_reported = |part: &ReportedRow<'d>| part.reports(measure);
    if !part_rows(row, rows).all(is_reported) {
        return None;
    }
    let known: Vec<ReportedFigure<'d>> =
        known_parts(row, rows, measure).into_iter().filter(|part| !part.amount.is_zero()).collect();
    (known.len() > 1 && known.iter().all(|part| part.is_comparable(total))).then_some(known)
}

fn check_sum<'d>(
    total: ReportedFigure<'d>,
    parts: &[ReportedFigure<'d>],
    tolerances: &Tolerances,
) -> Option<Concern<'d>> {
    let sum = add_up(parts)?;
    let find_deviation = |entry: ReportedFigure<'d>, other: Decimal| {
        deviations().find(|off| is_exactly_off(entry.amount, other, *off, tolerances.sum))
    };
    let suspect = |entry: ReportedFigure<'d>, deviation: Deviation, compared, likely| {
        let cause = Cause::of(deviation);
        ScaleSuspicion { entry, deviation, cause, compared: vec![compared], likely: Some(likely) }.concern()
    };
    if let Some(found) = find_deviation(total, sum) {
        return Some(suspect(total, found, compared_sum(sum, &total, parts), sum));
    }
    parts.iter().find_map(|part| {
        let left = total.amount.checked_sub(sum)?.checked_add(part.amount)?;
        let found = find_deviation(*part, left)?;
        Some(suspect(*part, found, compared_rest(left, &total, part), left))
    })
}

/// Returns the deviations that are checked, those of a wrong unit first.
fn deviations() -> impl Iterator<Item = Deviation> {
    let digits = DIGIT_FACTORS.map(|(factor, _)| factor);
    let both =
        |factors: [Decimal; 2]| factors.map(Deviation::TooLarge).into_iter().chain(factors.map(Deviation::TooSmall));
    both(UNIT_FACTORS).chain(both(digits))
}

fn compared_sum(sum: Decimal, total: &ReportedFigure<'_>, parts: &[ReportedFigure<'_>]) -> ComparedValue {
    let sources: Vec<_> = parts.iter().flat_map(|part| part.figure.sources()).collect();
    let (amount, cells) = (total.shown_as(sum), total.cells_beside(&sources));
    let text = msg!("tổng các phần {amount} ({cells})", "the sum of the parts {amount} ({cells})", amount = amount);
    ComparedValue { text, places: sources.iter().map(|source| Place::from_source(source)).collect() }
}

fn compared_rest(left: Decimal, total: &ReportedFigure<'_>, part: &ReportedFigure<'_>) -> ComparedValue {
    let name = Message::new("tổng trừ các phần còn lại", "the total minus the other parts");
    let (amount, cells) = (total.shown_as(left), part.cells_beside(&total.figure.sources()));
    let text = msg!("{name} {amount} ({cells})", "{name} {amount} ({cells})", name = name, amount = amount);
    ComparedValue { text, places: total.places(&[]) }
}
