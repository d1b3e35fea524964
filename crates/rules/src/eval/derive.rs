//! What follows from a declaration without a line of rule: attainment, change, share, and sums that must hold.
//!
//! In come observed figures, out go the rows of a sector and the relations that do not hold. Never here: Lua.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::message::Words;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::{FilePath, IndicatorId, SectorId};
use tonghop_core::model::indicator::{IndicatorDecl, MustBe, Relation as Belongs, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::{RuleLine, TextCell};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::sector::{Finding, IndicatorRow, Verdict};
use tonghop_core::{say, vi};

/// Figures of a sector that do not come straight from its own workbooks.
#[derive(Default)]
pub(crate) struct Given {
    /// Rows taken over from other sectors.
    pub taken: BTreeMap<IndicatorId, IndicatorRow>,
    /// Actuals that a rule derives.
    pub derived: BTreeMap<IndicatorId, FigureRef>,
    /// What is measured against the plan, where it is not the actual itself.
    pub attained: BTreeMap<IndicatorId, FigureRef>,
}

/// Returns the pace that an even year would have reached, in percent.
pub(crate) fn pace(config: &Config, sector: &SectorDecl) -> FigureRef {
    let name = FigureName { sector: sector.id.clone(), indicator: IndicatorId::new("period"), measure: Measure::Pace };
    let amount = Amount::Known(config.period.pace());
    let origin = Origin::Setting("period.months".into());
    Arc::new(Figure::given(name, amount, Unit::percent(), Status::Final, origin))
}

/// Builds the rows of a sector: what was observed, then what follows from it.
///
/// # Errors
/// Units that do not go together, with the indicator.
pub(crate) fn rows(decl: &SectorDecl, dataset: &Dataset, given: &Given) -> Result<Vec<IndicatorRow>, Clash> {
    let mut observed: Vec<IndicatorRow> =
        decl.indicators.iter().map(|indicator| observed_row(decl, indicator, dataset, given)).collect();
    add_up(decl, &mut observed)?;
    let mut rows = observed.clone();
    for (indicator, row) in decl.indicators.iter().zip(&mut rows) {
        let follow = Follow { decl, indicator, given, observed: &observed, row: &*row };
        let following = follow.all().map_err(|error| Clash::of(&decl.file, indicator, &error))?;
        row.figures.extend(following);
    }
    Ok(rows)
}

/// Gives a total that nobody reported the sum of its parts, where all of them are there; the deepest first.
fn add_up(decl: &SectorDecl, rows: &mut [IndicatorRow]) -> Result<(), Clash> {
    for (at, indicator) in decl.indicators.iter().enumerate().rev() {
        let is_missing = rows[at].figure(&Measure::Actual).is_none_or(|f| f.amount == Amount::Missing);
        let part = |part: &IndicatorDecl| {
            let row = rows.iter().find(|row| row.indicator == part.id)?;
            row.figure(&Measure::Actual).filter(|f| f.amount != Amount::Missing).cloned()
        };
        let Some(operands) = parts(decl, indicator).map(part).collect::<Option<Vec<_>>>() else { continue };
        if !is_missing || operands.is_empty() {
            continue;
        }
        let name = FigureName { sector: decl.id.clone(), indicator: indicator.id.clone(), measure: Measure::Actual };
        let sum = Figure::compute(name, Op::Sum, operands, Some(line(&decl.file, indicator)))
            .map_err(|error| Clash::of(&decl.file, indicator, &error))?;
        rows[at].figures[0] = Arc::new(sum.printed(indicator.print(&Measure::Actual)));
    }
    Ok(())
}

/// Returns the parts of an indicator that add up to it.
fn parts<'a>(decl: &'a SectorDecl, whole: &'a IndicatorDecl) -> impl Iterator<Item = &'a IndicatorDecl> {
    let adds_up = |c: &&IndicatorDecl| c.parent.as_ref().is_some_and(|p| p.relation == Belongs::Part);
    decl.children(&whole.id).filter(adds_up)
}

/// Arithmetic of a declaration that cannot be done, with the indicator's line.
#[derive(Debug)]
pub(crate) struct Clash {
    pub rule: RuleLine,
    pub message: Words,
}

impl Clash {
    fn of(file: &FilePath, indicator: &IndicatorDecl, error: &ArithmeticError) -> Self {
        Self { rule: line(file, indicator), message: about(indicator, error.words()) }
    }
}

/// Says something of an indicator.
fn about(indicator: &IndicatorDecl, words: Words) -> Words {
    say!("{label}: {words}", "{label}: {words}", label = indicator.label, words = words)
}

/// Collects what workbooks, another sector or a rule gave of an indicator, the actual first.
fn observed_row(decl: &SectorDecl, indicator: &IndicatorDecl, dataset: &Dataset, given: &Given) -> IndicatorRow {
    let id = indicator.id.clone();
    if let Some(taken) = given.taken.get(&id) {
        return IndicatorRow { indicator: id, figures: taken.figures.clone() };
    }
    let name = |measure| FigureName { sector: decl.id.clone(), indicator: id.clone(), measure };
    let observed = |measure: Measure| {
        let key = ObservationKey { sector: decl.id.clone(), indicator: id.clone(), measure };
        dataset.observations.get(&key).cloned()
    };
    let derived = given.derived.get(&id).map(|derived| {
        let figure = Figure::named((**derived).clone(), name(Measure::Actual));
        Arc::new(figure.printed(indicator.print(&Measure::Actual)))
    });
    let actual = derived
        .or_else(|| observed(Measure::Actual))
        .unwrap_or_else(|| Arc::new(Figure::missing(name(Measure::Actual), indicator.unit.clone())));
    let targets = decl.targets.iter().cloned().map(Measure::Target);
    let others = decl.measures.iter().cloned().map(Measure::Other);
    let further = targets.chain([Measure::LastYear]).chain(others).filter_map(observed);
    IndicatorRow { figures: std::iter::once(actual).chain(further).collect(), indicator: id.clone() }
}

/// What follows from the observed figures of one indicator.
struct Follow<'a> {
    decl: &'a SectorDecl,
    indicator: &'a IndicatorDecl,
    given: &'a Given,
    observed: &'a [IndicatorRow],
    row: &'a IndicatorRow,
}

impl Follow<'_> {
    /// Returns attainments, change, share and ratio, where both sides are known.
    fn all(&self) -> Result<Vec<FigureRef>, ArithmeticError> {
        let Some(actual) = self.row.figure(&Measure::Actual) else { return Ok(Vec::new()) };
        let mut found = self.against_bases(actual)?;
        let whole = self.indicator.parent.as_ref().and_then(|p| self.actual_of(&p.id));
        if let Some(whole) = whole.filter(|w| w.unit.same_base(&actual.unit)) {
            found.extend(self.figure(Measure::Share, Op::Percent, actual, whole)?);
        }
        if let Some(of) = self.indicator.of.as_ref().and_then(|of| self.actual_of(of)) {
            found.extend(self.figure(Measure::Ratio, Op::Percent, actual, of)?);
        }
        Ok(found)
    }

    /// Returns attainments and the change on last year; a row taken from another sector brings its own.
    fn against_bases(&self, actual: &FigureRef) -> Result<Vec<FigureRef>, ArithmeticError> {
        let mut found = Vec::new();
        if self.given.taken.contains_key(&self.indicator.id) {
            return Ok(found);
        }
        let attained = self.given.attained.get(&self.indicator.id).unwrap_or(actual);
        for figure in &self.row.figures {
            let (measure, op, left) = match &figure.name.measure {
                Measure::Target(target) => (Measure::Attainment(target.clone()), Op::Percent, attained),
                Measure::LastYear => (Measure::Yoy, Op::Change, actual),
                _ => continue,
            };
            found.extend(self.figure(measure, op, left, figure)?);
        }
        Ok(found)
    }

    fn actual_of(&self, id: &IndicatorId) -> Option<&FigureRef> {
        self.observed.iter().find(|row| row.indicator == *id).and_then(|row| row.figure(&Measure::Actual))
    }

    fn figure(
        &self,
        measure: Measure,
        op: Op,
        left: &FigureRef,
        right: &FigureRef,
    ) -> Result<Option<FigureRef>, ArithmeticError> {
        let print = self.indicator.print(&measure);
        let name = FigureName { sector: self.decl.id.clone(), indicator: self.indicator.id.clone(), measure };
        let operands = vec![Arc::clone(left), Arc::clone(right)];
        let figure = Figure::compute(name, op, operands, Some(line(&self.decl.file, self.indicator)))?;
        Ok(Some(Arc::new(figure.printed(print))).filter(|f| f.is_known()))
    }
}

/// Returns what does not hold inside a sector: sums of parts, lines below that exceed the whole, counts of names.
///
/// # Errors
/// Parts whose units do not go together, with the whole; what is declared tells so, whether or not there are data.
pub(crate) fn contradictions(
    decl: &SectorDecl,
    rows: &[IndicatorRow],
    names: &BTreeMap<IndicatorId, Vec<TextCell>>,
) -> Result<Vec<Finding>, Clash> {
    let mut findings = Vec::new();
    for (indicator, row) in decl.indicators.iter().zip(rows) {
        let names = names.get(&indicator.id).map(Vec::as_slice);
        let found = of_one(decl, indicator, row, rows, names);
        findings.extend(found.map_err(|error| Clash::of(&decl.file, indicator, &error))?);
    }
    Ok(findings)
}

/// Returns what does not hold between an indicator and what stands below it.
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
    // A measure with a unit of its own, such as an index in percent, does not add up.
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

/// Compares a line of "trong đó" with the whole, where both are measured alike.
fn within(
    decl: &SectorDecl,
    part: &IndicatorDecl,
    total: &FigureRef,
    rows: &[IndicatorRow],
) -> Result<Option<Finding>, ArithmeticError> {
    let own = rows.iter().find(|r| r.indicator == part.id).and_then(|r| r.figure(&total.name.measure));
    // Of two rates, either may be the larger.
    let comparable = |own: &&FigureRef| own.unit.same_base(&total.unit) && *own.unit.base != *Unit::percent().base;
    let Some(own) = own.filter(comparable) else { return Ok(None) };
    let name = FigureName { measure: Measure::Computed, ..own.name.clone() };
    let found = finding(name, MustBe::AtMost, own, total, line(&decl.file, part))?;
    let title = || about(part, Words::new("phần trong đó lớn hơn tổng số", "more than the whole it is part of"));
    Ok(found.map(|f| Finding { title: title(), ..f }))
}

/// Compares a count with the names that stand below it.
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

/// Returns where a department reports a figure of its own for an indicator that another sector gives.
///
/// # Errors
/// Units that do not go together, with the indicator.
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

/// Returns the relations of a declaration that do not hold; `actual` finds figures of any sector.
///
/// # Errors
/// Units that do not go together, with the indicator.
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

/// Compares one measure of an indicator with the sum over its parts, where all of them are there.
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

fn line(file: &FilePath, indicator: &IndicatorDecl) -> RuleLine {
    RuleLine { file: file.clone(), line: indicator.line }
}

/// Compares two figures; `None` when the relation holds exactly or a side has no data.
///
/// # Errors
/// Units that do not go together.
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

/// Lets counts of different things be compared by number alone: subjects with products, households with notices.
fn alike(left: &FigureRef, right: &FigureRef) -> FigureRef {
    let counts = vi::unit::is_count(&left.unit) && vi::unit::is_count(&right.unit);
    if counts && !left.unit.same_base(&right.unit) {
        return Arc::new(Figure::measured_in((**right).clone(), left.unit.clone()));
    }
    Arc::clone(right)
}

/// Returns how far rounding alone can move the difference of figures apart: half a unit of the last printed digit
/// for each number that entered. Counts are not rounded.
///
/// The last digit of a unit is taken over all numbers of that unit, since a printed `100` may stand for `100,0`.
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

/// Collects the numbers that a sum or difference was made from, as they were printed.
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
