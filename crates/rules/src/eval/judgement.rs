//! Finds the indicators that cannot be judged against their plans, with the reason and its cells.
//!
//! Input: the rows of a sector and what is known about cells without a number. Output: [`Unjudged`] indicators. Not here:
//! the rule lines that judge, and the rows of open tables.
//!
//! A headline indicator is judged if it reaches a known share of a plan. One without a plan is expected to have one if
//! its form has a column of plans, or if its parts have plans.

use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::{CellGap, Dataset, ObservationKey, UnfilledCells};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::id::{FilePath, IndicatorId, SectorId, SheetName, TargetId};
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation, SectorDecl};
use tonghop_core::model::judgement::{CellLocation, Unjudged, UnjudgedReason};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::reading_log::CellOutcome;
use tonghop_core::model::sector::IndicatorRow;

/// The most cells that one reason names.
const MAX_CELLS: usize = 20;

/// A reason with its cells.
type Found = (UnjudgedReason, Vec<CellLocation>);

/// Returns the headline indicators of a sector that cannot be judged, in the order of the declaration.
pub(crate) fn unjudged_indicators(
    decl: &SectorDecl,
    rows: &[IndicatorRow],
    dataset: &Dataset,
    unfilled: &UnfilledCells,
) -> Vec<Unjudged> {
    if decl.targets.is_empty() {
        return Vec::new();
    }
    let judge = Judge { decl, rows, dataset, unfilled, planned_sheets: planned_sheets(rows) };
    let headlines = decl.indicators.iter().zip(rows).filter(|(indicator, _)| indicator.depth == 0);
    headlines.flat_map(|(indicator, row)| judge.indicator(indicator, row)).collect()
}

/// Returns the sheets that have a plan of any indicator, with the columns of the plans.
fn planned_sheets(rows: &[IndicatorRow]) -> PlannedSheets {
    let mut sheets = PlannedSheets::new();
    let figures = rows.iter().flat_map(|row| &row.figures);
    for plan in figures.filter(|figure| matches!(figure.name.measure, Measure::Target(_))) {
        for source in plan.sources() {
            let columns = sheets.entry((source.file.clone(), source.sheet.clone())).or_default();
            columns.insert(source.cell.col);
        }
    }
    sheets
}

type PlannedSheets = BTreeMap<(FilePath, SheetName), BTreeSet<u32>>;

struct Judge<'a> {
    decl: &'a SectorDecl,
    rows: &'a [IndicatorRow],
    dataset: &'a Dataset,
    unfilled: &'a UnfilledCells,
    planned_sheets: PlannedSheets,
}

impl Judge<'_> {
    fn indicator(&self, indicator: &IndicatorDecl, row: &IndicatorRow) -> Vec<Unjudged> {
        let targets = &self.decl.targets;
        let is_reached = |target: &TargetId| {
            row.figure(&Measure::Attainment(target.clone())).is_some_and(|figure| figure.is_known())
        };
        let unjudged = |target: Option<TargetId>, (reason, mut cells): Found| {
            cells.truncate(MAX_CELLS);
            Unjudged { indicator: indicator.id.clone(), target, reason, cells }
        };
        let contested = |target: &TargetId| {
            let cells = self.contested_cells(indicator, &Measure::Target(target.clone()))?;
            Some(unjudged(Some(target.clone()), (UnjudgedReason::PlanContested, cells)))
        };
        let contested: Vec<Unjudged> = targets.iter().filter_map(contested).collect();
        if targets.iter().any(is_reached) {
            return contested;
        }
        let plans: Vec<&FigureRef> = targets
            .iter()
            .filter_map(|target| row.figure(&Measure::Target(target.clone())))
            .filter(|plan| plan.has_data())
            .collect();
        match plans.is_empty() {
            true if !contested.is_empty() => contested,
            true => self.without_plan(indicator, row).map(|found| unjudged(None, found)).into_iter().collect(),
            false => vec![unjudged(None, self.with_plan(indicator, row, &plans))],
        }
    }

    /// Returns why an indicator with a plan is not judged.
    fn with_plan(&self, indicator: &IndicatorDecl, row: &IndicatorRow, plans: &[&FigureRef]) -> Found {
        let cells = || plans.iter().flat_map(|plan| cells_of(plan)).collect();
        let Some(actual) = row.figure(&Measure::Actual).filter(|actual| actual.has_data()) else {
            let (reason, found) = self.without_actual(indicator, row);
            return (reason, if found.is_empty() { cells() } else { found });
        };
        let reason = if plans.iter().all(|plan| plan.amount == Amount::NotApplicable) {
            UnjudgedReason::PlanNotApplicable
        } else if plans.iter().all(|plan| plan.amount.counted().is_some_and(|plan| plan.is_zero())) {
            UnjudgedReason::PlanNotPositive
        } else if plans.iter().any(|plan| !plan.unit.has_same_base(&actual.unit)) {
            UnjudgedReason::UnitsDiffer
        } else {
            UnjudgedReason::RuleFailed
        };
        (reason, cells())
    }

    /// Returns why an indicator has no plan; `None` if none is expected.
    fn without_plan(&self, indicator: &IndicatorDecl, row: &IndicatorRow) -> Option<Found> {
        let planned = self.parts(indicator, |part| matches!(part.name.measure, Measure::Target(_)) && part.has_data());
        let actual = row.figure(&Measure::Actual).filter(|actual| actual.has_data());
        let cells: Vec<CellLocation> = actual.into_iter().flat_map(|actual| cells_of(actual)).collect();
        if !planned.is_empty() {
            return Some((UnjudgedReason::OnlyPartsPlanned(labels(&planned)), cells));
        }
        if actual.is_none() {
            // A row that only introduces others, or has another measure, is not expected to have these figures.
            let is_reported = row.figures.iter().any(|figure| figure.has_data());
            let has_children = self.decl.children(&indicator.id).next().is_some();
            return (!is_reported && !has_children).then(|| self.without_actual(indicator, row));
        }
        let sheet = |cell: &CellLocation| self.planned_sheets.get(&(cell.file.clone(), cell.sheet.clone()));
        let refused: Vec<CellLocation> = cells.iter().flat_map(|cell| self.refused_plans(cell, sheet(cell))).collect();
        if !refused.is_empty() {
            return Some((UnjudgedReason::PlanRefused, refused));
        }
        cells.iter().any(|cell| sheet(cell).is_some()).then_some((UnjudgedReason::NoPlan, cells))
    }

    /// Returns the cells beside an actual figure, in the columns of plans, whose content is no number.
    fn refused_plans(&self, actual: &CellLocation, columns: Option<&BTreeSet<u32>>) -> Vec<CellLocation> {
        let book = self.dataset.workbooks.iter().find(|book| book.file == actual.file);
        let sheet = book.and_then(|book| book.sheets.iter().find(|sheet| sheet.name == actual.sheet));
        let Some((sheet, columns)) = sheet.zip(columns) else { return Vec::new() };
        let is_refused = |cell: &CellRef| matches!(sheet.log.outcome(*cell), CellOutcome::Rejected(_));
        let beside = columns.iter().map(|col| CellRef::new(actual.cell.row, *col)).filter(is_refused);
        beside.map(|cell| CellLocation { cell, ..actual.clone() }).collect()
    }

    /// Returns why an indicator has no actual figure.
    fn without_actual(&self, indicator: &IndicatorDecl, row: &IndicatorRow) -> Found {
        if row.figure(&Measure::Actual).is_some_and(|actual| actual.lost_origin().is_some()) {
            return (UnjudgedReason::RuleFailed, Vec::new());
        }
        if let Some(cells) = self.contested_cells(indicator, &Measure::Actual) {
            return (UnjudgedReason::ActualContested, cells);
        }
        let known = self.parts(indicator, is_actual_with_data);
        if !known.is_empty() {
            let parts = self.decl.related_children(&indicator.id, ParentRelation::Part);
            let lacking: Vec<&IndicatorDecl> = parts.filter(|part| !known.iter().any(|k| k.id == part.id)).collect();
            let cells = lacking.iter().filter_map(|part| Some(self.unfilled_cell(&part.id)?.1)).collect();
            return (UnjudgedReason::PartsMissing(labels(&lacking)), cells);
        }
        match self.unfilled_cell(&indicator.id) {
            Some((CellGap::Empty, cell)) => (UnjudgedReason::ActualEmpty, vec![cell]),
            Some((CellGap::Refused, cell)) => (UnjudgedReason::ActualRefused, vec![cell]),
            None => (UnjudgedReason::NoActual, Vec::new()),
        }
    }

    /// Returns the parts of an indicator that have such a figure.
    fn parts(&self, indicator: &IndicatorDecl, has: impl Fn(&Figure) -> bool) -> Vec<&IndicatorDecl> {
        let row = |part: &IndicatorDecl| self.rows.get(self.decl.position(part.id.as_str())?);
        let parts = self.decl.related_children(&indicator.id, ParentRelation::Part);
        parts.filter(|part| row(part).is_some_and(|row| row.figures.iter().any(|figure| has(figure)))).collect()
    }

    fn contested_cells(&self, indicator: &IndicatorDecl, measure: &Measure) -> Option<Vec<CellLocation>> {
        let (sector, indicator) = self.reported(indicator);
        let key = ObservationKey { sector, indicator, measure: measure.clone() };
        let figures = &self.dataset.contested.get(&key)?.figures;
        Some(figures.iter().flat_map(|figure| cells_of(figure)).collect())
    }

    fn reported(&self, indicator: &IndicatorDecl) -> (SectorId, IndicatorId) {
        indicator.source_indicator.clone().unwrap_or((self.decl.id.clone(), indicator.id.clone()))
    }

    fn unfilled_cell(&self, id: &IndicatorId) -> Option<(CellGap, CellLocation)> {
        let found = self.unfilled.get(&(self.decl.id.clone(), id.clone()))?;
        let cell = CellLocation { file: found.file.clone(), sheet: found.sheet.clone(), cell: found.cell };
        Some((found.gap, cell))
    }
}

fn is_actual_with_data(figure: &Figure) -> bool {
    figure.name.measure == Measure::Actual && figure.has_data()
}

fn labels(indicators: &[&IndicatorDecl]) -> Vec<String> {
    indicators.iter().map(|indicator| indicator.label.clone()).collect()
}

fn cells_of(figure: &Figure) -> Vec<CellLocation> {
    figure.sources().iter().map(|source| CellLocation::of_source(source)).collect()
}
