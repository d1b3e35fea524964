//! Determines the cell of each figure in the sheet of its sector.
//!
//! Input: the report. Output: names and columns of the sheets, and the address of every figure in them. Not here:
//! writing.

use super::address::CellAddress;
use super::columns::{self, TableColumn};
use super::sheet_names;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::report::Report;

/// The row of the first indicator in a sector sheet, counted from 0.
pub(super) const FIRST_ROW: u32 = 4;

/// The sheet of one sector.
#[derive(Debug)]
pub(super) struct SectorSheet {
    pub name: Arc<str>,
    pub columns: Vec<TableColumn>,
}

impl SectorSheet {
    /// Returns the cell of a measure in the row with the index `row` of the sector, if the sheet has that column.
    pub(super) fn cell(&self, row: usize, measure: &Measure) -> Option<CellAddress> {
        let is_measure = |column: &TableColumn| matches!(column, TableColumn::Measure(m) if m == measure);
        let col = self.columns.iter().position(is_measure)?;
        Some(CellAddress::new(&self.name, sheet_row(row), u16::try_from(col).ok()?))
    }
}

/// Returns the sheet row of the indicator with the index `row`, both counted from 0.
pub(super) fn sheet_row(row: usize) -> u32 {
    FIRST_ROW + u32::try_from(row).unwrap_or(u32::MAX - FIRST_ROW)
}

/// The cells of all figures.
#[derive(Debug)]
pub(super) struct FigureLayout {
    /// One per sector, in the order of the report.
    pub sheets: Vec<SectorSheet>,
    cells: BTreeMap<FigureName, (FigureRef, CellAddress)>,
}

impl FigureLayout {
    /// Determines the layout of the sector sheets.
    pub(super) fn new(report: &Report) -> Self {
        let names = sheet_names::sheet_names(report.sectors.iter().map(|s| s.decl.title.as_str()));
        let sheets: Vec<SectorSheet> = names
            .into_iter()
            .zip(&report.sectors)
            .map(|(name, sector)| SectorSheet { name, columns: columns::sector_columns(sector) })
            .collect();
        let cells = addresses(report, &sheets);
        Self { sheets, cells }
    }

    /// Returns the cell that holds exactly this figure.
    ///
    /// A figure with the same name but another amount, scale or origin has no cell.
    pub(super) fn address(&self, figure: &Figure) -> Option<&CellAddress> {
        let (held, address) = self.cells.get(&figure.name)?;
        is_same_figure(held, figure).then_some(address)
    }
}

fn addresses(report: &Report, sheets: &[SectorSheet]) -> BTreeMap<FigureName, (FigureRef, CellAddress)> {
    let mut cells = BTreeMap::new();
    for (sector, sheet) in report.sectors.iter().zip(sheets) {
        for (row, figures) in sector.rows.iter().enumerate() {
            for figure in &figures.figures {
                if let Some(address) = sheet.cell(row, &figure.name.measure) {
                    cells.entry(figure.name.clone()).or_insert_with(|| (Arc::clone(figure), address));
                }
            }
        }
    }
    cells
}

/// Returns whether two figures have the same value and the same origin.
///
/// Computed figures must share their operands. So a cell only ever refers to cells below it in the arithmetic, and
/// formulas are never circular.
pub(super) fn is_same_figure(left: &Figure, right: &Figure) -> bool {
    std::ptr::eq(left, right)
        || (left.name == right.name
            && left.amount == right.amount
            && left.unit == right.unit
            && is_same_origin(&left.origin, &right.origin))
}

fn is_same_origin(left: &Origin, right: &Origin) -> bool {
    match (left, right) {
        (Origin::Cell(left), Origin::Cell(right)) => left == right,
        (Origin::Setting(left), Origin::Setting(right)) => left == right,
        (Origin::Rule(_), Origin::Rule(_)) | (Origin::Missing, Origin::Missing) => true,
        (Origin::Lost(left), Origin::Lost(right)) => left == right,
        (Origin::Computed { op, operands, .. }, Origin::Computed { op: other_op, operands: others, .. }) => {
            op == other_op
                && operands.len() == others.len()
                && operands.iter().zip(others).all(|(left, right)| Arc::ptr_eq(left, right))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use tonghop_core::model::id::{IndicatorId, SectorId};

    #[test]
    fn a_cell_represents_only_the_figure_that_it_holds() {
        let report = sample::report();
        let layout = FigureLayout::new(&report);
        let fees = report.figures().find(|f| f.name.indicator == IndicatorId::new("fees")).unwrap();
        assert_eq!(layout.address(fees).unwrap().cell.to_string(), "E5");
        let Origin::Computed { operands, .. } = &fees.origin else { panic!("not computed") };
        assert_eq!(operands[0].name, fees.name);
        assert_eq!(layout.address(&operands[0]), None, "the same name in another scale");
        let elsewhere = FigureName { sector: SectorId::new("other"), ..fees.name.clone() };
        assert_eq!(layout.address(&Figure::clone(fees).with_name(elsewhere)), None);
    }

    #[test]
    fn references_quote_the_names_of_sheets() {
        let address = CellAddress::new("Ngân sách 'A'", 6, 4);
        assert_eq!(address.relative_to("Ngân sách 'A'"), "E7");
        assert_eq!(address.relative_to("Y tế"), "'Ngân sách ''A'''!E7");
    }
}
