//! The first sheet: the headline indicators of every sector, then what departments have sent.
//!
//! Input: the report and the cells of the sector sheets. Output: a table that only refers to them. Not here: new
//! numbers.

use super::address::CellAddress;
use super::columns::{self, TableColumn};
use super::layout::SectorSheet;
use super::page::{ColumnHeading, SheetPage, status_label};
use super::{ConsolidatedWorkbook, submissions};
use rust_xlsxwriter::XlsxError;
use tonghop_core::config::Config;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};

const HEADER_ROW: u32 = 5;

/// Returns the title of the workbook.
pub(super) fn title(config: &Config) -> String {
    let period = config.setting("period.name").unwrap_or_default();
    format!("TỔNG HỢP CHỈ TIÊU {}", period.to_uppercase())
}

/// Writes the sheet.
pub(super) fn write(page: &mut SheetPage<'_>, book: &ConsolidatedWorkbook<'_>) -> Result<(), XlsxError> {
    let columns = columns::summary_columns(book.report, book.config);
    let headings: Vec<ColumnHeading> = columns.iter().map(|c| c.heading(book.config)).collect();
    let organisation = &book.config.organisation;
    page.line(0, 0, &organisation.superior, &page.formats.plain)?;
    page.line(1, 0, &organisation.issuer, &page.formats.bold)?;
    page.line(3, 0, &title(book.config), &page.formats.title)?;
    page.head(HEADER_ROW, &headings, 2)?;
    let mut row = HEADER_ROW + 1;
    for (sector, sheet) in book.sectors_with_figures() {
        row = sector_rows(page, &columns, sector, sheet, row)?;
    }
    submissions::write(page, book, row + 1, columns.len())
}

/// Writes the heading of a sector and its headline indicators; returns the next free row.
fn sector_rows(
    page: &mut SheetPage<'_>,
    columns: &[TableColumn],
    sector: &SectorReport,
    sheet: &SectorSheet,
    first: u32,
) -> Result<u32, XlsxError> {
    let target = CellAddress::new(&sheet.name, 0, 0);
    for (col, column) in (0..).zip(columns) {
        match column {
            TableColumn::Label => page.link(first, col, &sector.decl.title, Some(&target), &page.formats.band_link)?,
            _ => page.line(first, col, "", &page.formats.band)?,
        }
    }
    let headline = sector.declared_rows().enumerate().filter(|(_, (decl, _))| decl.depth == 0);
    let mut row = first;
    for (number, (place, (decl, figures))) in headline.enumerate() {
        row += 1;
        let line = HeadlineRow { number: number + 1, place, decl, figures };
        (0..).zip(columns).try_for_each(|(col, column)| cell(page, column, sheet, (row, col), &line))?;
    }
    Ok(row + 1)
}

/// A headline indicator, with the index of its row in the sector.
struct HeadlineRow<'a> {
    number: usize,
    place: usize,
    decl: &'a IndicatorDecl,
    figures: &'a IndicatorRow,
}

fn cell(
    page: &mut SheetPage<'_>,
    column: &TableColumn,
    sheet: &SectorSheet,
    (row, col): (u32, u16),
    line: &HeadlineRow<'_>,
) -> Result<(), XlsxError> {
    match column {
        TableColumn::Number => page.count(row, col, line.number),
        TableColumn::Label => page.text(row, col, &line.decl.label, &page.formats.text),
        TableColumn::Unit => page.text(row, col, &line.decl.unit.label, &page.formats.centred),
        TableColumn::Measure(measure) => match line.figures.figure(measure) {
            Some(figure) => {
                let there = sheet.cell(line.place, measure).map(|address| address.absolute());
                page.figure(row, col, figure, there)
            }
            None => page.text(row, col, "", &page.formats.text),
        },
        TableColumn::Status | TableColumn::Source => {
            let actual = line.figures.figure(&Measure::Actual);
            page.text(row, col, status_label(actual.map(AsRef::as_ref)), &page.formats.centred)
        }
    }
}
