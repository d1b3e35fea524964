//! The sheet of one sector: all its indicators, with the reported figures and those derived from them.
//!
//! Input: the rows of the sector. Output: a table with percentages as formulas and links to the sources. Not here:
//! other sectors.

use super::address::Address;
use super::columns::Column;
use super::layout::{self, SectorSheet, row_of};
use super::page::{Heading, Page, status_words};
use super::{Book, names};
use rust_xlsxwriter::XlsxError;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};

/// Writes the sheet of a sector.
pub(super) fn write(
    page: &mut Page<'_>,
    book: &Book<'_>,
    sector: &SectorReport,
    sheet: &SectorSheet,
) -> Result<(), XlsxError> {
    title(page, book, sector)?;
    let headings: Vec<Heading> = sheet.columns.iter().map(|c| c.heading(book.config)).collect();
    page.head(layout::FIRST_ROW - 1, &headings, 2)?;
    page.not_numbers(0, layout::FIRST_ROW, row_of(sector.rows.len()))?;
    let numbers = numbering(&sector.decl.indicators);
    for (place, ((decl, row), number)) in sector.declared_rows().zip(&numbers).enumerate() {
        for (col, column) in (0..).zip(&sheet.columns) {
            let home = Address::new(&sheet.name, row_of(place), col);
            cell(page, book, column, &home, &Line { decl, row, number })?;
        }
    }
    Ok(())
}

fn title(page: &mut Page<'_>, book: &Book<'_>, sector: &SectorReport) -> Result<(), XlsxError> {
    let period = book.config.setting("period.name").unwrap_or_default();
    let departments: Vec<&str> = sector.decl.departments.iter().map(|d| book.department_name(d)).collect();
    page.line(0, 0, &sector.decl.title, &page.style.title)?;
    page.line(1, 0, &format!("Kỳ báo cáo: {period}. Đơn vị báo cáo: {}", departments.join("; ")), &page.style.plain)?;
    let summary = Address::new(names::SUMMARY, 0, 0);
    page.link(2, 0, "Về bảng tổng hợp", Some(&summary), &page.style.plain_link)
}

/// One indicator with its numbering.
struct Line<'a> {
    decl: &'a IndicatorDecl,
    row: &'a IndicatorRow,
    number: &'a str,
}

fn cell(
    page: &mut Page<'_>,
    book: &Book<'_>,
    column: &Column,
    home: &Address,
    line: &Line<'_>,
) -> Result<(), XlsxError> {
    let (row, col) = (home.cell.row, u16::try_from(home.cell.col).unwrap_or(u16::MAX));
    let actual = line.row.figure(&Measure::Actual);
    match column {
        Column::Number => page.text(row, col, line.number, &page.style.centred),
        Column::Label => page.text(row, col, &line.decl.label, &page.style.label(line.decl.depth)),
        Column::Unit => page.text(row, col, &line.decl.unit.label, &page.style.centred),
        Column::Measure(measure) => match line.row.figure(measure) {
            Some(figure) => page.figure(row, col, figure, book.formula(figure, home)),
            None => page.text(row, col, "", &page.style.text),
        },
        Column::Status => page.text(row, col, status_words(actual.map(AsRef::as_ref)), &page.style.centred),
        Column::Source => {
            let target = actual.and_then(|figure| book.ledger.row(figure));
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
