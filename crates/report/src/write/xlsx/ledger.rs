//! Determines which figures the sources sheet lists, and in which row.
//!
//! Input: the report. Output: every figure of every sector in the order of the report, then the cells that are only
//! used in computations. Not here: writing.

use super::address::CellAddress;
use super::layout::is_same_figure;
use super::sheet_names;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::measure::FigureName;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::report::Report;

/// The row of the first figure in the sources sheet, counted from 0.
pub(super) const FIRST_ROW: u32 = 3;

/// The figures of the sources sheet.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub entries: Vec<FigureRef>,
    names: BTreeMap<FigureName, usize>,
    cells: BTreeMap<Arc<Source>, usize>,
}

impl Ledger {
    /// Lists the figures of a report.
    pub(super) fn new(report: &Report) -> Self {
        let mut ledger = Self::default();
        for figure in report.figures().filter(|f| has_origin(f)) {
            // A figure that another sector takes over is in two rows, but is one figure.
            if !ledger.contains(figure) {
                ledger.add(figure);
            }
        }
        let mut seen = HashSet::new();
        for figure in all_figures(report) {
            ledger.add_cells_below(figure, &mut seen);
        }
        ledger
    }

    /// Returns the row of a figure, or of the single cell that it is based on.
    pub(super) fn row_address(&self, figure: &Figure) -> Option<CellAddress> {
        let of_cell = || match figure.sources().as_slice() {
            [source] => self.cells.get(source).copied(),
            _ => None,
        };
        let index = self.index(figure).or_else(of_cell)?;
        Some(CellAddress::new(sheet_names::SOURCES_SHEET, FIRST_ROW + u32::try_from(index).ok()?, 0))
    }

    /// Returns whether the figure itself is listed, so that its name can refer to it.
    pub(super) fn contains(&self, figure: &Figure) -> bool {
        self.index(figure).is_some()
    }

    fn index(&self, figure: &Figure) -> Option<usize> {
        self.names.get(&figure.name).copied().filter(|index| is_same_figure(&self.entries[*index], figure))
    }

    fn add(&mut self, figure: &FigureRef) {
        let index = self.entries.len();
        self.entries.push(Arc::clone(figure));
        self.names.entry(figure.name.clone()).or_insert(index);
        if let [source] = figure.sources().as_slice() {
            self.cells.entry(Arc::clone(source)).or_insert(index);
        }
    }

    fn add_cells_below(&mut self, figure: &FigureRef, seen: &mut HashSet<*const Figure>) {
        if !seen.insert(Arc::as_ptr(figure)) {
            return;
        }
        match &figure.origin {
            Origin::Cell(source) if !self.cells.contains_key(source) => self.add(figure),
            Origin::Computed { operands, .. } => {
                for operand in operands {
                    self.add_cells_below(operand, seen);
                }
            }
            _ => {}
        }
    }
}

/// Returns whether the figure has a value or was explicitly reported, such as "không phát sinh".
fn has_origin(figure: &Figure) -> bool {
    match figure.amount {
        Amount::Known(_) => true,
        Amount::NotApplicable | Amount::Missing => matches!(figure.origin, Origin::Cell(_)),
    }
}

/// Returns every figure that any sheet shows.
fn all_figures(report: &Report) -> impl Iterator<Item = &FigureRef> {
    let short = report.shortfalls().filter_map(|s| s.indicator.as_ref()).flat_map(|i| {
        [&i.actual, &i.pace].into_iter().chain(i.targets.iter().flat_map(|a| [&a.target, &a.attainment, &a.lag]))
    });
    let found = report.findings().flat_map(|f| [&f.left, &f.right, &f.difference]);
    report.figures().chain(short).chain(found)
}
