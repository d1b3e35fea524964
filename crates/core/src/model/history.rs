//! What an earlier run reported, as its consolidated workbook tells it.
//!
//! In come figures with the cells of that workbook; out goes a lookup by period. Never here: what is made of them.

use super::id::FilePath;
use super::measure::FigureName;
use super::period::Period;
use super::provenance::Source;
use super::quantity::{Amount, Unit};
use super::row::RowPlace;
use std::sync::Arc;

/// An earlier run.
#[derive(Clone, Debug, PartialEq)]
pub struct PastRun {
    /// The consolidated workbook under `history/`.
    pub file: FilePath,
    /// As a line of that workbook names it.
    pub period: Period,
    /// What departments reported, and totals that follow from it, in the order of the workbook.
    pub figures: Vec<PastFigure>,
    /// Rows with numbers that fitted no indicator.
    pub unread: Vec<RowPlace>,
}

/// A figure of an earlier run.
#[derive(Clone, Debug, PartialEq)]
pub struct PastFigure {
    /// Of the figure in that run, its measure as it was then.
    pub name: FigureName,
    /// Known, or not applicable; what had no data is left out.
    pub amount: Amount,
    /// As that workbook states it, whatever is declared now.
    pub unit: Unit,
    /// Its cell in the consolidated workbook.
    pub source: Arc<Source>,
    /// The row of the department's workbook that gave it, where one did.
    pub row: Option<RowPlace>,
}

/// Finds the run of the same months a year before.
pub fn a_year_before(runs: &[PastRun], period: Period) -> Option<&PastRun> {
    runs.iter().find(|run| run.period.months == period.months && run.period.year + 1 == period.year)
}

/// Finds the newest run before or at a period.
pub fn last(runs: &[PastRun], period: Period) -> Option<&PastRun> {
    runs.iter().filter(|run| run.period <= period).max_by_key(|run| run.period)
}
