//! Builds the rows of a sector and derives figures from its declaration: attainment, change, share, ratio, totals.
//!
//! Input: observed figures and the figures that rules derive. Output: the rows of a sector. Not here: Lua, and the
//! comparison of figures (see [`super::contradictions`]).

use super::aggregate;
use super::declared::{actual_name, rule_line};
use super::precedence::{self, NumberCandidate, NumberSource};
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::message::Message;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::dataset::{Dataset, ObservationKey, UnfilledCells};
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::sector::IndicatorRow;
use tonghop_core::msg;

/// Figures of a sector that do not come directly from its own workbooks.
#[derive(Default)]
pub(crate) struct Overrides {
    /// Rows imported from other sectors.
    pub imported: BTreeMap<IndicatorId, IndicatorRow>,
    /// Figures derived by a rule, in the declared unit: the actual, and the measures that the rule derives as well.
    pub derived: BTreeMap<(IndicatorId, Measure), FigureRef>,
    /// Figures compared with the plan, if they are not the actuals themselves.
    pub attained: BTreeMap<IndicatorId, FigureRef>,
    /// Actuals that failed rules take away: the origins of the figures in their place.
    pub lost: BTreeMap<IndicatorId, Origin>,
}

impl Overrides {
    /// Returns the figure that a rule derives for a measure of an indicator.
    pub(super) fn derived_figure(
        &self,
        decl: &SectorDecl,
        indicator: &IndicatorDecl,
        measure: &Measure,
    ) -> Option<FigureRef> {
        let derived = self.derived.get(&(indicator.id.clone(), measure.clone()))?;
        let name = FigureName { measure: measure.clone(), ..actual_name(decl, indicator) };
        let figure = Figure::clone(derived).with_name(name).with_print(indicator.print_format(measure));
        Some(Arc::new(figure))
    }
}

/// Returns the share of the year's plan that an even pace has reached by now, in percent.
pub(crate) fn pace(config: &Config, sector: &SectorDecl) -> FigureRef {
    let name = FigureName { sector: sector.id.clone(), indicator: IndicatorId::new("period"), measure: Measure::Pace };
    let amount = Amount::Known(config.period.pace());
    let origin = Origin::Setting("period.months".into());
    Arc::new(Figure::new(name, amount, Unit::percent(), Status::Final, origin))
}

/// Builds the rows of a sector: observed figures first, then derived ones.
///
/// A figure that cannot be computed is missing, and the reason is added to `faults`; all others are whole.
pub(crate) fn build_rows(
    decl: &SectorDecl,
    dataset: &Dataset,
    unfilled: &UnfilledCells,
    overrides: &Overrides,
    faults: &mut FigureFaults,
) -> Vec<IndicatorRow> {
    let (mut observed, mut sources): (Vec<_>, Vec<_>) =
        decl.indicators.iter().map(|indicator| observed_row(decl, indicator, dataset, overrides)).unzip();
    drop_empty_totals(decl, unfilled, &mut observed, &mut sources);
    select_actuals(decl, dataset, overrides, (&mut observed, &mut sources), faults);
    complete_measures(decl, dataset, overrides, &mut observed, &sources, faults);
    let mut rows = observed.clone();
    for (indicator, row) in decl.indicators.iter().zip(&mut rows) {
        let deriver = RowDeriver { decl, indicator, overrides, observed: &observed, row: &*row };
        let derived = deriver.figures(faults);
        row.figures.extend(derived);
    }
    rows
}

/// Removes the reported actuals that are zeros over parts without data; imported rows are judged where they come from.
fn drop_empty_totals(
    decl: &SectorDecl,
    unfilled: &UnfilledCells,
    rows: &mut [IndicatorRow],
    sources: &mut [Option<NumberSource>],
) {
    // Parts come after their total, and may be totals themselves.
    for (at, indicator) in decl.indicators.iter().enumerate().rev() {
        let has_data = |id: &IndicatorId| decl.position(id.as_str()).is_some_and(|at| rows[at].figures[0].has_data());
        let is_reported = sources[at] == Some(NumberSource::Report) && indicator.source_indicator.is_none();
        if is_reported && aggregate::is_empty_total(decl, indicator, &rows[at].figures[0], unfilled, has_data) {
            sources[at] = None;
            rows[at].figures[0] = Arc::new(Figure::missing(actual_name(decl, indicator), indicator.unit.clone()));
        }
    }
}

/// Sets the actual of each indicator to the candidate with the highest precedence.
///
/// Children come before their parents, because totals are sums of their parts.
fn select_actuals(
    decl: &SectorDecl,
    dataset: &Dataset,
    given: &Overrides,
    (rows, sources): (&mut [IndicatorRow], &mut [Option<NumberSource>]),
    faults: &mut FigureFaults,
) {
    for (at, indicator) in (0..rounds(decl)).flat_map(|_| decl.indicators.iter().enumerate().rev()) {
        // Incompatible units of parts are an error only if their sum is needed.
        if sources[at].is_some_and(|source| source < NumberSource::SumOfParts)
            || is_contested(decl, indicator, &Measure::Actual, dataset)
        {
            continue;
        }
        let observed = sources[at].and_then(|source| NumberCandidate::new(source, Arc::clone(&rows[at].figures[0])));
        let derived = given.derived_figure(decl, indicator, &Measure::Actual);
        let derived = derived.and_then(|figure| NumberCandidate::new(NumberSource::Derivation, figure));
        let whole = aggregate::Rows { decl, rows, sources, measure: &Measure::Actual }.whole(indicator);
        let whole = faults.keep(decl, indicator, whole).flatten();
        let Some(chosen) = precedence::choose([observed, derived, whole]) else { continue };
        sources[at] = Some(chosen.source);
        rows[at].figures[0] = chosen.figure;
    }
}

/// Returns how often the wholes are computed: a mean or a ratio can need an indicator declared before it, and be needed
/// by one after it.
fn rounds(decl: &SectorDecl) -> usize {
    if decl.indicators.iter().any(|i| i.over.as_ref().is_some_and(|o| !o.operands().is_empty())) { 3 } else { 1 }
}

/// Adds the plans, last year's figures and further measures that are not reported: of wholes whose parts all have them, and
/// of indicators whose actual a rule derives.
///
/// Wholes are those with members, and those whose actual follows from their parts, which is compared with what follows from
/// the same parts.
fn complete_measures(
    decl: &SectorDecl,
    dataset: &Dataset,
    given: &Overrides,
    rows: &mut [IndicatorRow],
    sources: &[Option<NumberSource>],
    faults: &mut FigureFaults,
) {
    let has_members = |whole: &IndicatorDecl| decl.children(&whole.id).any(|part| part.is_breakdown_member);
    let is_whole = |(at, indicator): (usize, &IndicatorDecl)| {
        let is_over_parts = indicator.over.is_some() && sources[at] == Some(NumberSource::SumOfParts);
        has_members(indicator) || is_over_parts || aggregate::is_sum_of_parts(decl, indicator, &rows[at].figures[0])
    };
    let wholes: Vec<bool> = decl.indicators.iter().enumerate().map(is_whole).collect();
    for measure in decl.reported_measures().filter(|measure| *measure != Measure::Actual) {
        let order = || decl.indicators.iter().enumerate().rev();
        for (at, indicator) in (0..rounds(decl)).flat_map(|_| order()) {
            if rows[at].figure(&measure).is_some() || is_contested(decl, indicator, &measure, dataset) {
                continue;
            }
            let whole = wholes[at].then(|| aggregate::Rows { decl, rows, sources, measure: &measure }.whole(indicator));
            let whole = whole.and_then(|whole| faults.keep(decl, indicator, whole).flatten());
            let is_derived = sources[at] == Some(NumberSource::Derivation);
            let derived =
                || given.derived_figure(decl, indicator, &measure).filter(|figure| is_derived && figure.has_data());
            rows[at].figures.extend(whole.map(|whole| whole.figure).or_else(derived));
        }
    }
}

/// Returns whether cells disagree about a figure of an indicator: no lower source replaces it then.
fn is_contested(decl: &SectorDecl, indicator: &IndicatorDecl, measure: &Measure, dataset: &Dataset) -> bool {
    let (sector, indicator) = indicator.source_indicator.clone().unwrap_or((decl.id.clone(), indicator.id.clone()));
    dataset.contested.contains_key(&ObservationKey { sector, indicator, measure: measure.clone() })
}

/// Why a figure of a declaration is not computed, with the line of its indicator.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FigureFault {
    pub indicator: IndicatorId,
    pub rule: RuleLine,
    pub message: Message,
    pub hint: Message,
}

/// The reasons why figures of a sector are not computed, each once.
#[derive(Debug, Default)]
pub(crate) struct FigureFaults(Vec<FigureFault>);

impl FigureFaults {
    /// Returns the number of reasons.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns a result, or adds the reason why there is none.
    pub(crate) fn keep<T>(
        &mut self,
        decl: &SectorDecl,
        indicator: &IndicatorDecl,
        result: Result<T, ArithmeticError>,
    ) -> Option<T> {
        result.map_err(|error| self.add(decl, indicator, &error)).ok()
    }

    fn add(&mut self, decl: &SectorDecl, indicator: &IndicatorDecl, error: &ArithmeticError) {
        let hint = match error {
            ArithmeticError::IncompatibleUnits(..) => Message::new(
                "kiểm tra đơn vị tính của các chỉ tiêu được tính với nhau",
                "check the units of the indicators used together in the calculation",
            ),
            ArithmeticError::UnitOfResult { .. } => Message::new(
                "sửa unit của chỉ tiêu cho khớp, hoặc nhân, chia với số quy đổi trong derive",
                "correct the unit of the indicator, or convert the number in derive",
            ),
            ArithmeticError::TooLarge | ArithmeticError::TooDeep => Message::new(
                "kiểm tra các số được tính với nhau trong biểu: có số lớn hoặc nhỏ khác thường",
                "check the numbers of the workbooks used in the calculation: one of them is unusually large or small",
            ),
        };
        let message = prefixed_with_label(indicator, error.message());
        let fault =
            FigureFault { indicator: indicator.id.clone(), rule: rule_line(&decl.file, indicator), message, hint };
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }
}

impl IntoIterator for FigureFaults {
    type Item = FigureFault;
    type IntoIter = std::vec::IntoIter<FigureFault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Prefixes a message with the label of an indicator.
pub(super) fn prefixed_with_label(indicator: &IndicatorDecl, words: Message) -> Message {
    msg!("{label}: {words}", "{label}: {words}", label = indicator.label, words = words)
}

/// Returns the observed figures of an indicator, the actual first, and the source of the actual.
///
/// An imported row counts as reported.
fn observed_row(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    dataset: &Dataset,
    given: &Overrides,
) -> (IndicatorRow, Option<NumberSource>) {
    let id = indicator.id.clone();
    if let Some(taken) = given.imported.get(&id) {
        let is_known = taken.figure(&Measure::Actual).is_some_and(|actual| actual.amount != Amount::Missing);
        let row = IndicatorRow { indicator: id, figures: taken.figures.clone() };
        return (row, is_known.then_some(NumberSource::Report));
    }
    let observed = |measure: Measure| {
        precedence::observed_candidate(
            dataset,
            &ObservationKey { sector: decl.id.clone(), indicator: id.clone(), measure },
        )
    };
    let actual = observed(Measure::Actual);
    let source = actual.as_ref().map(|actual| actual.source);
    let missing = || {
        let origin = given.lost.get(&id).cloned().unwrap_or(Origin::Missing);
        let (name, unit) = (actual_name(decl, indicator), indicator.unit.clone());
        Arc::new(Figure::new(name, Amount::Missing, unit, Status::Final, origin))
    };
    let actual = actual.map_or_else(missing, |actual| actual.figure);
    let others = decl.reported_measures().filter(|measure| *measure != Measure::Actual);
    let further = others.filter_map(observed).map(|other| other.figure);
    let figures = std::iter::once(actual).chain(further).collect();
    (IndicatorRow { figures, indicator: id.clone() }, source)
}

/// Derives figures from the observed figures of one indicator.
struct RowDeriver<'a> {
    decl: &'a SectorDecl,
    indicator: &'a IndicatorDecl,
    overrides: &'a Overrides,
    observed: &'a [IndicatorRow],
    row: &'a IndicatorRow,
}

impl RowDeriver<'_> {
    /// Returns attainments, change, share and ratio if both operands are known.
    fn figures(&self, faults: &mut FigureFaults) -> Vec<FigureRef> {
        let Some(actual) = self.row.figure(&Measure::Actual) else { return Vec::new() };
        let mut found = self.attainments_and_change(actual, faults);
        let whole = self.indicator.parent.as_ref().and_then(|p| self.actual_of(&p.id));
        let has_share = |whole: &&FigureRef| whole.unit.has_same_base(&actual.unit) && !actual.unit.is_proportion();
        if let Some(whole) = whole.filter(has_share) {
            found.extend(self.figure(Measure::Share, Op::Percent, (actual, whole), faults));
        }
        if let Some(of) = self.indicator.ratio_base.as_ref().and_then(|of| self.actual_of(of)) {
            found.extend(self.figure(Measure::Ratio, Op::Percent, (actual, of), faults));
        }
        found
    }

    /// Returns the attainments and the change from last year; nothing for an imported row, which already contains them.
    fn attainments_and_change(&self, actual: &FigureRef, faults: &mut FigureFaults) -> Vec<FigureRef> {
        let mut found = Vec::new();
        if self.overrides.imported.contains_key(&self.indicator.id) {
            return found;
        }
        let attained = self.overrides.attained.get(&self.indicator.id).unwrap_or(actual);
        for figure in &self.row.figures {
            let Some(measure) = figure.name.measure.comparison() else { continue };
            if measure == Measure::Yoy && actual.unit.is_proportion() {
                continue;
            }
            let Some((op, ..)) = measure.derivation() else { continue };
            let left = if matches!(measure, Measure::Attainment(_)) { attained } else { actual };
            found.extend(self.figure(measure, op, (left, figure), faults));
        }
        found
    }

    fn actual_of(&self, id: &IndicatorId) -> Option<&FigureRef> {
        self.observed.get(self.decl.position(id.as_str())?)?.figure(&Measure::Actual)
    }

    fn figure(
        &self,
        measure: Measure,
        op: Op,
        (left, right): (&FigureRef, &FigureRef),
        faults: &mut FigureFaults,
    ) -> Option<FigureRef> {
        let print = self.indicator.print_format(&measure);
        let name = FigureName { sector: self.decl.id.clone(), indicator: self.indicator.id.clone(), measure };
        let operands = vec![Arc::clone(left), Arc::clone(right)];
        let figure = Figure::compute(name, op, operands, Some(rule_line(&self.decl.file, self.indicator)));
        let figure = faults.keep(self.decl, self.indicator, figure)?;
        Some(Arc::new(figure.with_print(print))).filter(|f| f.is_known() || f.lost_origin().is_some())
    }
}
