//! The sheet of one sector: all its indicators, with the reported figures and those derived from them.
//!
//! Input: the rows of the sector. Output: a table with percentages as formulas and links to the sources. Not here:
//! other sectors.

use super::address::CellAddress;
use super::columns::TableColumn;
use super::layout::{self, SectorSheet, sheet_row};
use super::page::{ColumnHeading, SheetPage, status_label};
use super::{ConsolidatedWorkbook, sheet_names};
use rust_xlsxwriter::XlsxError;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};

/// Writes the sheet of a sector.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    sector: &SectorReport,
    sheet: &SectorSheet,
) -> Result<(), XlsxError> {
    title(page, book, sector)?;
    let headings: Vec<ColumnHeading> = sheet.columns.iter().map(|c| c.heading(book.config)).collect();
    page.head(layout::FIRST_ROW - 1, &headings, 2)?;
    page.ignore_number_warnings(0, layout::FIRST_ROW, sheet_row(sector.rows.len()))?;
    let numbers = numbering(&sector.decl.indicators);
    for (place, ((decl, row), number)) in sector.declared_rows().zip(&numbers).enumerate() {
        for (col, column) in (0..).zip(&sheet.columns) {
            let home = CellAddress::new(&sheet.name, sheet_row(place), col);
            cell(page, book, column, &home, &SectorRow { decl, row, number })?;
        }
    }
    Ok(())
}

fn title(page: &mut SheetPage<'_>, book: &ConsolidatedWorkbook<'_>, sector: &SectorReport) -> Result<(), XlsxError> {
    let period = book.config.setting("period.name").unwrap_or_default();
    let departments: Vec<&str> = sector.decl.departments.iter().map(|d| book.department_name(d)).collect();
    page.line(0, 0, &sector.decl.title, &page.formats.title)?;
    page.line(1, 0, &format!("Kỳ báo cáo: {period}. Đơn vị báo cáo: {}", departments.join("; ")), &page.formats.plain)?;
    let summary = CellAddress::new(sheet_names::SUMMARY, 0, 0);
    page.link(2, 0, "Về bảng tổng hợp", Some(&summary), &page.formats.plain_link)
}

/// One indicator with its numbering.
struct SectorRow<'a> {
    decl: &'a IndicatorDecl,
    row: &'a IndicatorRow,
    number: &'a str,
}

fn cell(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    column: &TableColumn,
    home: &CellAddress,
    line: &SectorRow<'_>,
) -> Result<(), XlsxError> {
    let (row, col) = (home.cell.row, u16::try_from(home.cell.col).unwrap_or(u16::MAX));
    let actual = line.row.figure(&Measure::Actual);
    match column {
        TableColumn::Number => page.text(row, col, line.number, &page.formats.centred),
        TableColumn::Label => page.text(row, col, &line.decl.label, &page.formats.label(line.decl.depth)),
        TableColumn::Unit => page.text(row, col, &line.decl.unit.label, &page.formats.centred),
        TableColumn::Measure(measure) => match line.row.figure(measure) {
            Some(figure) => page.figure(row, col, figure, book.formula(figure, home)),
            None => page.text(row, col, "", &page.formats.text),
        },
        TableColumn::Status => page.text(row, col, status_label(actual.map(AsRef::as_ref)), &page.formats.centred),
        TableColumn::Source => {
            let target = actual.and_then(|figure| book.ledger.row_address(figure));
            let origin = actual.map(|figure| book.origin(figure)).unwrap_or_default();
            page.linked_text(row, col, &origin, target.as_ref())
        }
    }
}

/// Numbers indicators by their depth: 1, 1.1, 1.2, 2.
fn numbering(indicators: &[IndicatorDecl]) -> Vec<String> {
    let mut counts: Vec<usize> = Vec::new();
    let number = |decl: &IndicatorDecl| {
        counts.resize(decl.depth as usize + 1, 0);
        if let Some(last) = counts.last_mut() {
            *last += 1;
        }
        counts.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
    };
    indicators.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::indicator;
    use super::numbering;

    #[test]
    fn indicators_are_numbered_by_their_depth() {
        let depths = [0, 1, 2, 1, 0, 1];
        let indicators = depths.map(|depth| {
            let mut decl = indicator("i", "l", None);
            decl.depth = depth;
            decl
        });
        assert_eq!(numbering(&indicators), ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]);
    }
}
