//! The results of an earlier run, from its consolidated workbook.
//!
//! Input: figures with the cells of that workbook. Output: a lookup by period. Not here: how they are used.

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
    /// The period named in that workbook.
    pub period: Period,
    /// The figures of departments and the totals derived from them, in workbook order.
    pub figures: Vec<PastFigure>,
    /// Rows with numbers that matched no indicator.
    pub unread: Vec<RowPlace>,
}

/// A figure of an earlier run.
#[derive(Clone, Debug, PartialEq)]
pub struct PastFigure {
    /// The name of the figure in that run, with its measure at the time.
    pub name: FigureName,
    /// Known or not applicable; figures without data are omitted.
    pub amount: Amount,
    /// The unit in that workbook, which can differ from today's declaration.
    pub unit: Unit,
    /// The cell in the consolidated workbook.
    pub source: Arc<Source>,
    /// The row of the department's workbook, if the figure comes from one.
    pub row: Option<RowPlace>,
}

/// Finds the run that covers the same months of the previous year.
pub fn find_year_before(runs: &[PastRun], period: Period) -> Option<&PastRun> {
    runs.iter().find(|run| run.period == period.year_before())
}

/// Finds the newest run up to and including a period.
pub fn find_latest(runs: &[PastRun], period: Period) -> Option<&PastRun> {
    runs.iter().filter(|run| run.period <= period).max_by_key(|run| run.period)
}
