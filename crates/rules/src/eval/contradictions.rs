//! Finds relations between figures that do not hold.
//!
//! Input: the rows of sectors and their declarations. Output: findings, each with both figures and their difference.
//! Not here: Lua, and the building of rows (see [`super::derive`]).

use super::derive::{Clash, Given, about, as_actual, line};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::message::Words;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, MustBe, Relation as Belongs, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::sector::{Finding, IndicatorRow, Verdict};
use tonghop_core::vi;

/// Returns the contradictions inside a sector: wrong sums of parts, `of_which` indicators larger than their whole,
/// wrong counts of names, reported actuals that differ from derived ones.
///
/// # Errors
/// Returns an error at the indicator if units are incompatible.
pub(crate) fn contradictions(
    decl: &SectorDecl,
    rows: &[IndicatorRow],
    names: &BTreeMap<IndicatorId, Vec<TextCell>>,
    given: &Given,
) -> Result<Vec<Finding>, Clash> {
    let mut findings = Vec::new();
    for (indicator, row) in decl.indicators.iter().zip(rows) {
        let unit_error = |error: ArithmeticError| Clash::of(&decl.file, indicator, &error);
        let names = names.get(&indicator.id).map(Vec::as_slice);
        findings.extend(of_one(decl, indicator, row, rows, names).map_err(unit_error)?);
        if let Some(derived) = given.derived.get(&indicator.id) {
            findings.extend(otherwise_derived(decl, indicator, row, derived).map_err(unit_error)?);
        }
    }
    Ok(findings)
}

/// Returns the contradictions between an indicator, its children and its listed names.
fn of_one(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    row: &IndicatorRow,
    rows: &[IndicatorRow],
    names: Option<&[TextCell]>,
) -> Result<Vec<Finding>, ArithmeticError> {
    let mut findings = Vec::new();
    let below = |relation| -> Vec<&IndicatorDecl> {
        let fits = |c: &&IndicatorDecl| c.parent.as_ref().is_some_and(|p| p.relation == relation);
        decl.children(&indicator.id).filter(fits).collect()
    };
    // A measure with a different unit, such as an index in percent, does not add up.
    let adds_up = |f: &&FigureRef| is_observed(&f.name.measure) && f.unit.same_base(&indicator.unit);
    for total in row.figures.iter().filter(adds_up) {
        findings.extend(sum(decl, indicator, total, &below(Belongs::Part), rows)?);
        for part in below(Belongs::OfWhich) {
            findings.extend(within(decl, part, total, rows)?);
        }
    }
    if let Some(names) = names {
        findings.extend(counted(decl, indicator, row, names)?);
    }
    Ok(findings)
}

/// Compares an `of_which` indicator ("trong đó") with its whole if their units are comparable.
fn within(
    decl: &SectorDecl,
    part: &IndicatorDecl,
    total: &FigureRef,
    rows: &[IndicatorRow],
) -> Result<Option<Finding>, ArithmeticError> {
    let own = rows.iter().find(|r| r.indicator == part.id).and_then(|r| r.figure(&total.name.measure));
    // Percentages are not comparable: either may be larger.
    let comparable = |own: &&FigureRef| own.unit.same_base(&total.unit) && *own.unit.base != *Unit::percent().base;
    let Some(own) = own.filter(comparable) else { return Ok(None) };
    let name = FigureName { measure: Measure::Computed, ..own.name.clone() };
    let found = finding(name, MustBe::AtMost, own, total, line(&decl.file, part))?;
    let title = || about(part, Words::new("phần trong đó lớn hơn tổng số", "more than the whole it is part of"));
    Ok(found.map(|f| Finding { title: title(), ..f }))
}

/// Compares a count with the number of names listed below it.
fn counted(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    row: &IndicatorRow,
    names: &[TextCell],
) -> Result<Option<Finding>, ArithmeticError> {
    let Some(count) = row.figure(&Measure::Actual) else { return Ok(None) };
    let name = FigureName { measure: Measure::Computed, ..count.name.clone() };
    let amount = Amount::Known(Decimal::from(names.len()));
    let sources = names.iter().map(|n| Arc::clone(&n.source)).collect();
    let rows = Figure::given(name.clone(), amount, count.unit.clone(), Status::Final, Origin::Counted(sources));
    let found = finding(name, MustBe::Equal, count, &Arc::new(rows), line(&decl.file, indicator))?;
    let title =
        || about(indicator, Words::new("số đếm và số tên được liệt kê", "the count and the names that are listed"));
    Ok(found.map(|f| Finding { title: title(), ..f }))
}

/// Compares the actual with the one that the rule derives, which another source may have replaced.
fn otherwise_derived(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    row: &IndicatorRow,
    derived: &FigureRef,
) -> Result<Option<Finding>, ArithmeticError> {
    let Some(actual) = row.figure(&Measure::Actual) else { return Ok(None) };
    let name = FigureName { measure: Measure::Computed, ..actual.name.clone() };
    let derived = as_actual(decl, indicator, derived);
    let found = finding(name, MustBe::Equal, actual, &derived, line(&decl.file, indicator))?;
    let title = || {
        let words =
            Words::new("số được báo cáo và số tính theo quy tắc", "the number reported and the one the rule derives");
        about(indicator, words)
    };
    Ok(found.map(|f| Finding { title: title(), ..f }))
}

/// Returns findings for imported indicators for which a department also reports a different figure.
///
/// # Errors
/// Returns an error at the indicator if units are incompatible.
pub(crate) fn told_twice(decl: &SectorDecl, rows: &[IndicatorRow], dataset: &Dataset) -> Result<Vec<Finding>, Clash> {
    let mut findings = Vec::new();
    for (indicator, row) in decl.indicators.iter().zip(rows).filter(|(i, _)| i.from.is_some()) {
        let name = FigureName { sector: decl.id.clone(), indicator: indicator.id.clone(), measure: Measure::Actual };
        let key = ObservationKey { sector: decl.id.clone(), indicator: indicator.id.clone(), measure: Measure::Actual };
        let Some((own, taken)) = dataset.observations.get(&key).zip(row.figure(&Measure::Actual)) else { continue };
        let found = finding(name, MustBe::Equal, own, taken, line(&decl.file, indicator))
            .map_err(|error| Clash::of(&decl.file, indicator, &error))?;
        findings.extend(found.map(|f| Finding { title: about(indicator, differently()), ..f }));
    }
    Ok(findings)
}

/// Returns the declared relations that do not hold; `actual` looks up figures of any sector.
///
/// # Errors
/// Returns an error at the indicator if units are incompatible.
pub(crate) fn declared<'a>(
    decl: &SectorDecl,
    actual: impl Fn(&SectorId, &IndicatorId) -> Option<&'a FigureRef>,
) -> Result<Vec<Finding>, Clash> {
    let mut findings = Vec::new();
    for indicator in &decl.indicators {
        for relation in &indicator.relations {
            let sides = actual(&decl.id, &indicator.id).zip(actual(&relation.sector, &relation.indicator));
            let Some((left, right)) = sides else { continue };
            let name = FigureName { measure: Measure::Computed, ..left.name.clone() };
            let found = finding(name, relation.must, left, right, line(&decl.file, indicator))
                .map_err(|error| Clash::of(&decl.file, indicator, &error))?;
            let title = match relation.must {
                MustBe::Equal => differently(),
                MustBe::AtMost => Words::new("lớn hơn mức không được vượt", "above what it must not exceed"),
            };
            let title = about(indicator, title);
            findings.extend(found.map(|f| Finding { title, explanation: relation.because.clone(), ..f }));
        }
    }
    Ok(findings)
}

fn differently() -> Words {
    Words::new("hai nơi báo cáo khác nhau", "reported differently in two places")
}

fn is_observed(measure: &Measure) -> bool {
    matches!(measure, Measure::Actual | Measure::Target(_) | Measure::LastYear | Measure::Other(_))
}

/// Compares one measure of an indicator with the sum over its parts if all parts have the measure.
fn sum(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    total: &FigureRef,
    parts: &[&IndicatorDecl],
    rows: &[IndicatorRow],
) -> Result<Option<Finding>, ArithmeticError> {
    let figure = |part: &&IndicatorDecl| {
        rows.iter().find(|r| r.indicator == part.id).and_then(|r| r.figure(&total.name.measure)).cloned()
    };
    let Some(operands) = parts.iter().map(figure).collect::<Option<Vec<_>>>().filter(|o| !o.is_empty()) else {
        return Ok(None);
    };
    let rule = line(&decl.file, indicator);
    let name = FigureName { measure: Measure::Computed, ..total.name.clone() };
    let whole = Arc::new(Figure::compute(name.clone(), Op::Sum, operands, Some(rule.clone()))?);
    let found = finding(name, MustBe::Equal, total, &whole, rule)?;
    let title = || about(indicator, Words::new("tổng số và cộng các thành phần", "the total and the sum of its parts"));
    Ok(found.map(|f| Finding { title: title(), ..f }))
}

/// Compares two figures; `None` if the relation holds exactly or a side has no data.
///
/// # Errors
/// Returns an error if the units are incompatible.
pub(crate) fn finding(
    name: FigureName,
    must: MustBe,
    left: &FigureRef,
    right: &FigureRef,
    rule: RuleLine,
) -> Result<Option<Finding>, ArithmeticError> {
    let operands = vec![Arc::clone(left), alike(left, right)];
    let difference = Arc::new(Figure::compute(name, Op::Subtract, operands, Some(rule.clone()))?);
    let Some(off) = difference.amount.known().filter(|_| left.is_known() && right.is_known()) else { return Ok(None) };
    let holds = match must {
        MustBe::Equal => off.is_zero(),
        MustBe::AtMost => off <= Decimal::ZERO,
    };
    if holds {
        return Ok(None);
    }
    let verdict = if off.abs() <= tolerance(&[left, right]) { Verdict::Rounding } else { Verdict::Contradiction };
    let (left, right) = (Arc::clone(left), Arc::clone(right));
    Ok(Some(Finding { title: Words::verbatim(""), left, right, difference, verdict, explanation: None, rule }))
}

/// Returns `right` in the unit of `left` if they count different things, so that only the numbers are compared:
/// subjects with products, households with notices.
fn alike(left: &FigureRef, right: &FigureRef) -> FigureRef {
    let counts = vi::unit::is_count(&left.unit) && vi::unit::is_count(&right.unit);
    if counts && !left.unit.same_base(&right.unit) {
        return Arc::new(Figure::measured_in((**right).clone(), left.unit.clone()));
    }
    Arc::clone(right)
}

/// Returns the largest difference that rounding alone can explain: half a unit of the last printed digit for each
/// number that entered. Counts are not rounded.
///
/// The number of decimals is the maximum over all numbers of the same scale, because a printed `100` may be `100,0`.
fn tolerance(figures: &[&FigureRef]) -> Decimal {
    let Some(unit) = figures.first().map(|f| f.unit.clone()).filter(|u| !vi::unit::is_count(u)) else {
        return Decimal::ZERO;
    };
    let mut printed = Vec::new();
    for figure in figures {
        collect_printed(figure, &mut printed);
    }
    let half = Decimal::new(5, 1);
    let of_one = |figure: &FigureRef| {
        let same_unit = printed.iter().filter(|p| p.unit.scale == figure.unit.scale);
        let decimals = same_unit.filter_map(|p| p.amount.known()).map(|v| v.normalize().scale()).max().unwrap_or(0);
        let step = Decimal::try_from_i128_with_scale(1, decimals).unwrap_or_default();
        half * step * figure.unit.scale.factor_to(unit.scale)
    };
    printed.iter().map(of_one).sum()
}

/// Collects the operands of a sum or difference, as they were printed.
fn collect_printed(figure: &FigureRef, printed: &mut Vec<FigureRef>) {
    match &figure.origin {
        Origin::Computed { op: Op::Add | Op::Subtract | Op::Sum | Op::Negate | Op::Rescale, operands, .. } => {
            for operand in operands {
                collect_printed(operand, printed);
            }
        }
        _ => printed.push(Arc::clone(figure)),
    }
}
