//! Finds relations between figures that do not hold.
//!
//! Input: the rows of sectors and their declarations. Output: findings, each with both figures and their difference.
//! Not here: Lua, and the building of rows (see [`super::derive`]).

use super::aggregate::part_groups;
use super::declared::rule_line;
use super::derive::{FigureFaults, Overrides, prefixed_with_label};
use super::tolerance::tolerance;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::message::{Message, StaticMessage, static_message};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation as Belongs, RelationKind, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::sector::{Finding, IndicatorRow, Verdict};
use tonghop_core::vi;

/// Returns the contradictions inside a sector: wrong sums of parts, `of_which` indicators larger than their whole,
/// wrong counts of names, reported actuals that differ from derived ones.
///
/// Figures that cannot be compared are added to `faults`.
pub(crate) fn sector_contradictions(
    decl: &SectorDecl,
    rows: &[IndicatorRow],
    names: &BTreeMap<IndicatorId, Vec<TextCell>>,
    given: &Overrides,
    faults: &mut FigureFaults,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (indicator, row) in decl.indicators.iter().zip(rows) {
        let names = names.get(&indicator.id).map(Vec::as_slice);
        let own = indicator_contradictions(decl, indicator, row, rows, names);
        let mut own = faults.keep(decl, indicator, own).unwrap_or_default();
        if let Some(derived) = given.derived_figure(decl, indicator, &Measure::Actual) {
            let found = check_derived_actual(decl, indicator, row, &derived);
            let found = faults.keep(decl, indicator, found).flatten();
            // A rule that derives the sum of the parts repeats the contradiction of that sum.
            let is_new = |f: &Finding| own.iter().all(|known| known.right.amount != f.right.amount);
            let found = found.filter(is_new);
            own.extend(found);
        }
        findings.extend(own);
    }
    findings
}

/// Returns the contradictions between an indicator, its children and its listed names.
fn indicator_contradictions(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    row: &IndicatorRow,
    rows: &[IndicatorRow],
    names: Option<&[TextCell]>,
) -> Result<Vec<Finding>, ArithmeticError> {
    let mut findings = Vec::new();
    // A measure with a different unit, such as an index in percent, does not add up.
    let adds_up = |f: &&FigureRef| f.name.measure.is_reported() && f.unit.has_same_base(&indicator.unit);
    for total in row.figures.iter().filter(adds_up) {
        // The parts of a rate do not add up to it.
        for parts in part_groups(decl, indicator).iter().filter(|_| indicator.adds_up()) {
            findings.extend(check_sum_of_parts(decl, indicator, total, parts, rows)?);
        }
        for part in decl.related_children(&indicator.id, Belongs::OfWhich) {
            findings.extend(check_of_which(decl, part, total, rows)?);
        }
    }
    if let Some(names) = names {
        findings.extend(check_name_count(decl, indicator, row, names)?);
    }
    Ok(findings)
}

/// Compares an `of_which` indicator ("trong đó") with its whole if their units are comparable.
fn check_of_which(
    decl: &SectorDecl,
    part: &IndicatorDecl,
    total: &FigureRef,
    rows: &[IndicatorRow],
) -> Result<Option<Finding>, ArithmeticError> {
    let own = row_of(decl, rows, part).and_then(|r| r.figure(&total.name.measure));
    // Percentages are not comparable: either may be larger.
    let comparable = |own: &&FigureRef| own.unit.has_same_base(&total.unit) && *own.unit.base != *Unit::percent().base;
    let Some(own) = own.filter(comparable) else { return Ok(None) };
    // A plan may be set for a line "trong đó" alone.
    if total.name.measure != Measure::Actual && !total.is_known() {
        return Ok(None);
    }
    let name = FigureName { measure: Measure::Computed, ..own.name.clone() };
    let found = compare(name, RelationKind::AtMost, own, total, rule_line(&decl.file, part))?;
    Ok(titled(found, part, static_message("phần trong đó lớn hơn tổng số", "more than the whole it is part of")))
}

/// Compares a count with the number of names listed below it.
fn check_name_count(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    row: &IndicatorRow,
    names: &[TextCell],
) -> Result<Option<Finding>, ArithmeticError> {
    let Some(count) = row.figure(&Measure::Actual) else { return Ok(None) };
    let name = FigureName { measure: Measure::Computed, ..count.name.clone() };
    let amount = Amount::Known(Decimal::from(names.len()));
    let sources = names.iter().map(|n| Arc::clone(&n.source)).collect();
    let rows = Figure::new(name.clone(), amount, count.unit.clone(), Status::Final, Origin::Counted(sources));
    let found = compare(name, RelationKind::Equal, count, &Arc::new(rows), rule_line(&decl.file, indicator))?;
    Ok(titled(
        found,
        indicator,
        static_message("số đếm và số tên được liệt kê", "the count and the number of listed names"),
    ))
}

/// Compares the actual with the one that the rule derives, which another source may have replaced.
fn check_derived_actual(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    row: &IndicatorRow,
    derived: &FigureRef,
) -> Result<Option<Finding>, ArithmeticError> {
    let Some(actual) = row.figure(&Measure::Actual) else { return Ok(None) };
    let name = FigureName { measure: Measure::Computed, ..actual.name.clone() };
    let found = compare(name, RelationKind::Equal, actual, derived, rule_line(&decl.file, indicator))?;
    Ok(titled(
        found,
        indicator,
        static_message(
            "số được báo cáo và số tính theo quy tắc",
            "the reported number and the number derived by the rule",
        ),
    ))
}

/// Returns findings for imported indicators for which a department also reports a different figure.
///
/// Figures that cannot be compared are added to `faults`.
pub(crate) fn duplicate_reports(
    decl: &SectorDecl,
    rows: &[IndicatorRow],
    dataset: &Dataset,
    faults: &mut FigureFaults,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (indicator, row) in decl.indicators.iter().zip(rows).filter(|(i, _)| i.source_indicator.is_some()) {
        let name = FigureName { sector: decl.id.clone(), indicator: indicator.id.clone(), measure: Measure::Actual };
        let key = ObservationKey { sector: decl.id.clone(), indicator: indicator.id.clone(), measure: Measure::Actual };
        let Some((own, taken)) = dataset.observations.get(&key).zip(row.figure(&Measure::Actual)) else { continue };
        let found = compare(name, RelationKind::Equal, own, taken, rule_line(&decl.file, indicator));
        let found = faults.keep(decl, indicator, found).flatten();
        findings.extend(titled(found, indicator, REPORTED_DIFFERENTLY));
    }
    findings
}

/// Returns the declared relations that do not hold; `actual` looks up figures of any sector.
///
/// Figures that cannot be compared are added to `faults`.
pub(crate) fn relation_violations<'a>(
    decl: &SectorDecl,
    actual: impl Fn(&SectorId, &IndicatorId) -> Option<&'a FigureRef>,
    faults: &mut FigureFaults,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for indicator in &decl.indicators {
        for relation in &indicator.relations {
            let sides = actual(&decl.id, &indicator.id).zip(actual(&relation.sector, &relation.indicator));
            let Some((left, right)) = sides else { continue };
            let name = FigureName { measure: Measure::Computed, ..left.name.clone() };
            let found = compare(name, relation.kind, left, right, rule_line(&decl.file, indicator));
            let found = faults.keep(decl, indicator, found).flatten();
            let title = match relation.kind {
                RelationKind::Equal => REPORTED_DIFFERENTLY,
                RelationKind::AtMost => {
                    static_message("lớn hơn mức không được vượt", "greater than the maximum allowed")
                }
            };
            let found = titled(found, indicator, title);
            findings.extend(found.map(|f| Finding { explanation: relation.explanation.clone(), ..f }));
        }
    }
    findings
}

const REPORTED_DIFFERENTLY: StaticMessage =
    static_message("hai nơi báo cáo khác nhau", "reported differently in two places");

/// Gives a finding its title, prefixed with the label of the indicator.
fn titled(found: Option<Finding>, indicator: &IndicatorDecl, title: StaticMessage) -> Option<Finding> {
    found.map(|finding| Finding { title: prefixed_with_label(indicator, title.into()), ..finding })
}

/// Compares one measure of an indicator with the sum over its parts; with that of some parts, if others have no data and
/// none is negative, it must be at least as large.
fn check_sum_of_parts(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    total: &FigureRef,
    parts: &[&IndicatorDecl],
    rows: &[IndicatorRow],
) -> Result<Option<Finding>, ArithmeticError> {
    let rule = rule_line(&decl.file, indicator);
    check_units(decl, total, parts, rows)?;
    let known = KnownParts::new(decl, parts, rows, &total.name.measure);
    if known.figures.is_empty() || known.has_none_of_its_own(&total.name.measure) {
        return Ok(None);
    }
    let whole = Arc::new(known.sum(total, &rule)?);
    let found = compare(whole.name.clone(), RelationKind::Equal, total, &whole, rule)?;
    if known.without_data.is_empty() {
        let title = static_message("tổng số và cộng các thành phần", "the total and the sum of its parts");
        return Ok(titled(found, indicator, title));
    }
    let is_below = |found: &Finding| found.difference.amount.known().is_some_and(|rest| rest < Decimal::ZERO);
    let found = found.filter(|f| f.verdict == Verdict::Contradiction && is_below(f) && !known.has_negative());
    let title = static_message(
        "tổng số nhỏ hơn cộng các thành phần đã có số liệu",
        "the total is below the sum of the parts with data",
    );
    Ok(titled(found, indicator, title))
}

/// Checks that the units of a total and its parts go together, whether or not they have data.
fn check_units(
    decl: &SectorDecl,
    total: &FigureRef,
    parts: &[&IndicatorDecl],
    rows: &[IndicatorRow],
) -> Result<(), ArithmeticError> {
    let row = |part: &&IndicatorDecl| row_of(decl, rows, part);
    let figures = parts.iter().filter_map(row).filter_map(|row| row.figure(&total.name.measure)).cloned();
    let figures = std::iter::once(Arc::clone(total)).chain(figures).collect();
    Figure::compute(total.name.clone(), Op::Sum, figures, None).map(|_| ())
}

/// Returns the row of an indicator, given the rows of all indicators in order.
fn row_of<'r>(decl: &SectorDecl, rows: &'r [IndicatorRow], indicator: &IndicatorDecl) -> Option<&'r IndicatorRow> {
    rows.get(decl.position(indicator.id.as_str())?)
}

/// The figures of the parts of a total that have data, and the parts that have none.
pub(super) struct KnownParts<'a> {
    pub figures: Vec<FigureRef>,
    pub without_data: Vec<&'a IndicatorDecl>,
}

impl<'a> KnownParts<'a> {
    pub(super) fn new(
        decl: &SectorDecl,
        parts: &[&'a IndicatorDecl],
        rows: &[IndicatorRow],
        measure: &Measure,
    ) -> Self {
        let mut known = Self { figures: Vec::new(), without_data: Vec::new() };
        for part in parts {
            let row = row_of(decl, rows, part);
            match row.and_then(|row| row.figure(measure)).filter(|figure| figure.has_data()) {
                Some(figure) => known.figures.push(Arc::clone(figure)),
                None => known.without_data.push(part),
            }
        }
        known
    }

    /// Returns the sum of the figures.
    pub(super) fn sum(&self, total: &Figure, rule: &RuleLine) -> Result<Figure, ArithmeticError> {
        let name = FigureName { measure: Measure::Computed, ..total.name.clone() };
        Figure::compute(name, Op::Sum, self.figures.clone(), Some(rule.clone()))
    }

    pub(super) fn has_negative(&self) -> bool {
        self.figures.iter().any(|figure| figure.amount.known().is_some_and(|amount| amount < Decimal::ZERO))
    }

    /// Returns whether the parts have only "-" for a plan or for last year, which says that they have none of their own.
    fn has_none_of_its_own(&self, measure: &Measure) -> bool {
        *measure != Measure::Actual && self.figures.iter().all(|figure| figure.amount == Amount::NotApplicable)
    }
}

/// Compares two figures; `None` if the relation holds exactly or a side has no data.
///
/// # Errors
/// Returns an error if the units are incompatible.
pub(crate) fn compare(
    name: FigureName,
    must: RelationKind,
    left: &FigureRef,
    right: &FigureRef,
    rule: RuleLine,
) -> Result<Option<Finding>, ArithmeticError> {
    let operands = vec![Arc::clone(left), comparable(left, right)];
    let difference = Arc::new(Figure::compute(name, Op::Subtract, operands, Some(rule.clone()))?);
    let Some(off) = difference.amount.counted() else { return Ok(None) };
    let holds = match must {
        RelationKind::Equal => off.is_zero(),
        RelationKind::AtMost => off <= Decimal::ZERO,
    };
    if holds {
        return Ok(None);
    }
    let verdict = if off.abs() <= tolerance(&[left, right]) { Verdict::Rounding } else { Verdict::Contradiction };
    let (left, right) = (Arc::clone(left), Arc::clone(right));
    Ok(Some(Finding { title: Message::verbatim(""), left, right, difference, verdict, explanation: None, rule }))
}

/// Returns `right` in the unit of `left` if they count different things, so that only the numbers are compared:
/// subjects with products, households with notices.
fn comparable(left: &FigureRef, right: &FigureRef) -> FigureRef {
    let counts = vi::unit::is_count(&left.unit) && vi::unit::is_count(&right.unit);
    if counts && !left.unit.has_same_base(&right.unit) {
        return Arc::new(Figure::with_unit((**right).clone(), left.unit.clone()));
    }
    Arc::clone(right)
}
