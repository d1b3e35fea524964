//! The part of the sheet of shortfalls with the indicators that cannot be judged against their plans.
//!
//! Input: the judgements of the sectors. Output: one line per indicator, and per reason and open table, below the
//! shortfalls and in their columns. Not here: the shortfalls.

use super::ConsolidatedWorkbook;
use super::page::SheetPage;
use super::shortfalls::{ACTUAL, COLUMNS, ORIGIN, PLAN, REPORTERS, STATEMENT};
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeSet;
use tonghop_core::diag::Place;
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::judgement::{CellLocation, Unjudged, UnjudgedRows};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::sector::SectorReport;
use tonghop_core::vi::format::capitalised;

/// Writes the part from a row on; nothing if everything can be judged.
pub(super) fn write(page: &mut SheetPage<'_>, book: &ConsolidatedWorkbook<'_>, first: u32) -> Result<(), XlsxError> {
    let lines: Vec<Line<'_>> = book.report.sectors.iter().flat_map(|sector| lines(book, sector)).collect();
    if lines.is_empty() {
        return Ok(());
    }
    page.line(first, 0, "CHỈ TIÊU CHƯA XÉT ĐƯỢC SO VỚI KẾ HOẠCH", &page.formats.title)?;
    for (number, line) in (1..).zip(&lines) {
        let row = first + number;
        page.texts(row, 0, &[""; COLUMNS], &page.formats.text)?;
        page.count(row, 0, number as usize)?;
        page.text(row, 1, &line.sector.decl.title, &page.formats.text)?;
        page.text(row, 2, &line.label, &page.formats.text)?;
        line.write_figures(page, book, row)?;
        page.text(row, STATEMENT, &capitalised(&line.reason), &page.formats.text)?;
        page.text(row, REPORTERS, &line.reporters(book), &page.formats.text)?;
        let cells: Vec<String> = line.cells.iter().map(|cell| cell_text(cell)).collect();
        page.text(row, ORIGIN, &cells.join("\n"), &page.formats.text)?;
    }
    Ok(())
}

/// One line of the part.
struct Line<'a> {
    sector: &'a SectorReport,
    /// The indicator; `None` for rows of an open table.
    unjudged: Option<&'a Unjudged>,
    label: String,
    reason: String,
    cells: Vec<&'a CellLocation>,
}

fn lines<'a>(book: &ConsolidatedWorkbook<'a>, sector: &'a SectorReport) -> Vec<Line<'a>> {
    let indicators = sector.judgement.unjudged.iter().map(|unjudged| {
        let decl = sector.decl.indicator(unjudged.indicator.as_str());
        let plan = unjudged.target.as_ref().map(|target| format!(" ({})", book.config.target_name(target)));
        Line {
            sector,
            unjudged: Some(unjudged),
            label: decl.map(|decl| decl.label.clone()).unwrap_or_default(),
            reason: format!("{}{}", unjudged.reason.message().vietnamese(), plan.unwrap_or_default()),
            cells: unjudged.cells.iter().collect(),
        }
    });
    let rows = sector.judgement.tables.iter().map(|rows: &UnjudgedRows| {
        let UnjudgedRows { table, reason, count, all, first, label } = rows;
        Line {
            sector,
            unjudged: None,
            label: format!("{count}/{all} dòng của bảng {table}, dòng đầu: {label}"),
            reason: reason.message().vietnamese().to_owned(),
            cells: vec![first],
        }
    });
    indicators.chain(rows).collect()
}

impl Line<'_> {
    fn write_figures(
        &self,
        page: &mut SheetPage<'_>,
        book: &ConsolidatedWorkbook<'_>,
        row: u32,
    ) -> Result<(), XlsxError> {
        let Some(figures) = self.unjudged.and_then(|unjudged| self.sector.row(&unjudged.indicator)) else {
            return Ok(());
        };
        let unit = figures.figure(&Measure::Actual).map(|actual| actual.unit.label.to_string()).unwrap_or_default();
        page.text(row, 3, &unit, &page.formats.centred)?;
        let targets = &self.sector.decl.targets;
        let plan = targets.iter().find_map(|target| Some((target, figures.figure(&Measure::Target(target.clone()))?)));
        if let Some((target, plan)) = plan {
            page.text(row, 4, book.config.target_name(target), &page.formats.text)?;
            page.figure(row, PLAN, plan, None)?;
        }
        match figures.figure(&Measure::Actual) {
            Some(actual) => page.figure(row, ACTUAL, actual, None),
            None => Ok(()),
        }
    }

    /// Lists the departments of the cells, or those of the sector.
    fn reporters(&self, book: &ConsolidatedWorkbook<'_>) -> String {
        let of_cells = self.cells.iter().filter_map(|cell| Some(DepartmentId::new(cell.file.split_department()?.0)));
        let mut departments: BTreeSet<DepartmentId> = of_cells.collect();
        if departments.is_empty() {
            departments.extend(self.sector.decl.departments.iter().cloned());
        }
        departments.iter().map(|id| book.department_name(id)).collect::<Vec<_>>().join("; ")
    }
}

fn cell_text(cell: &CellLocation) -> String {
    Place::Cell(cell.file.clone(), cell.sheet.clone(), cell.cell).to_string()
}
