//! The sheet of shortfalls (tồn tại, hạn chế): what is behind, by how much, why, and who reported it.
//!
//! Input: the shortfalls of all sectors. Output: one line per missed target. Not here: which indicator is behind.

use super::address::CellAddress;
use super::layout::is_same_figure;
use super::page::{ColumnHeading, SheetPage};
use super::{ConsolidatedWorkbook, formula, sheet_names};
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeSet;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::document::plain_text;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::gap::RuleFailure;
use tonghop_core::model::id::SectorId;
use tonghop_core::model::sector::{SectorReport, Shortfall, ShortfallIndicator, TargetComparison};
use tonghop_core::vi::placeholder;

const HEADER_ROW: u32 = 2;
pub(super) const COLUMNS: usize = 14;
const HEADINGS: [(&str, f64); COLUMNS] = [
    ("STT", 6.0),
    ("Ngành, lĩnh vực", 15.0),
    ("Chỉ tiêu", 22.0),
    ("Đơn vị tính", 10.0),
    ("Kế hoạch so sánh", 14.0),
    ("Kế hoạch", 12.0),
    ("Thực hiện", 12.0),
    ("Tỷ lệ đạt", 10.0),
    ("Nhịp độ kỳ", 10.0),
    ("Chậm so với nhịp độ", 11.0),
    ("Nội dung", 34.0),
    ("Nguyên nhân", 30.0),
    ("Đơn vị báo cáo", 16.0),
    ("Ô nguồn", 34.0),
];
const ATTAINMENT: u16 = 7;
const PACE: u16 = 8;
const LAG: u16 = 9;
pub(super) const PLAN: u16 = 5;
pub(super) const ACTUAL: u16 = 6;
pub(super) const STATEMENT: u16 = 10;
pub(super) const REPORTERS: u16 = 12;
pub(super) const ORIGIN: u16 = 13;

/// Writes the sheet; returns the next free row.
pub(super) fn write(page: &mut SheetPage<'_>, book: &ConsolidatedWorkbook<'_>) -> Result<u32, XlsxError> {
    page.line(0, 0, "TỒN TẠI, HẠN CHẾ", &page.formats.title)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 3)?;
    let mut row = HEADER_ROW + 1;
    let all = book.report.sectors.iter().flat_map(|sector| sector.shortfalls.iter().map(move |s| (sector, s)));
    for (number, (sector, shortfall)) in all.enumerate() {
        row = write_shortfall(page, book, row, number + 1, sector, shortfall)?;
    }
    let failures = &book.report.failures;
    for failure in failures.iter().filter(|failure| failure.has_shortfalls) {
        let mark = plain_text(&placeholder::rule_failed(&failure.title, SectorId::new(""), failure.rule.clone()));
        page.line(row, 0, &mark, &page.formats.note)?;
        row += 1;
    }
    // A lost rule may have had some.
    if row == HEADER_ROW + 1 && !failures.iter().any(RuleFailure::loses_sector) {
        page.line(row, 0, "Không có chỉ tiêu nào chậm so với nhịp độ của kỳ.", &page.formats.note)?;
        row += 1;
    }
    Ok(row)
}

/// Writes the lines of one shortfall, its texts on the first of them; returns the next free row.
fn write_shortfall(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    first: u32,
    number: usize,
    sector: &SectorReport,
    shortfall: &Shortfall,
) -> Result<u32, XlsxError> {
    let indicator = shortfall.indicator.as_ref();
    let against: &[TargetComparison] = indicator.map_or(&[], |i| &i.targets);
    let next = first + u32::try_from(against.len().max(1)).unwrap_or(1);
    for row in first..next {
        page.texts(row, 0, &[""; HEADINGS.len()], &page.formats.text)?;
        page.text(row, 1, &sector.decl.title, &page.formats.text)?;
    }
    page.count(first, 0, number)?;
    write_texts(page, book, first, sector, shortfall)?;
    for (row, against) in (first..).zip(against) {
        if let Some(indicator) = indicator {
            figures(page, book, row, indicator, against)?;
        }
    }
    Ok(next)
}

fn write_texts(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    row: u32,
    sector: &SectorReport,
    shortfall: &Shortfall,
) -> Result<(), XlsxError> {
    let causes: Vec<&str> = shortfall.causes.iter().map(|c| c.text.as_ref()).collect();
    let actual = shortfall.indicator.as_ref().map(|i| &i.actual);
    let statement = plain_text(&shortfall.statement.spans);
    let reporters = reporters(book, sector, shortfall);
    page.texts(row, STATEMENT, &[&statement, &causes.join("\n"), &reporters], &page.formats.text)?;
    let origin = actual.map(|figure| book.origin(figure)).unwrap_or_default();
    let target = actual.and_then(|figure| book.ledger.row_address(figure));
    page.linked_text(row, ORIGIN, &origin, target.as_ref())
}

/// Lists the departments whose cells the shortfall is based on, or those of the sector.
fn reporters(book: &ConsolidatedWorkbook<'_>, sector: &SectorReport, shortfall: &Shortfall) -> String {
    let of_figure = shortfall.indicator.iter().flat_map(|i| i.actual.sources());
    let of_causes = shortfall.causes.iter().map(|c| c.source.clone());
    let mut departments: BTreeSet<_> = of_figure.chain(of_causes).map(|s| s.department.clone()).collect();
    if departments.is_empty() {
        departments.extend(sector.decl.departments.iter().cloned());
    }
    departments.iter().map(|d| book.department_name(d)).collect::<Vec<_>>().join("; ")
}

fn figures(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    row: u32,
    indicator: &ShortfallIndicator,
    against: &TargetComparison,
) -> Result<(), XlsxError> {
    page.text(row, 2, &indicator.label, &page.formats.text)?;
    page.text(row, 3, &indicator.actual.unit.label, &page.formats.centred)?;
    page.text(row, 4, book.config.target_name(&against.id), &page.formats.text)?;
    // A proportion is set against its whole plan, not against an even pace.
    let has_pace = !indicator.actual.unit.is_proportion();
    let shown = [&against.target, &indicator.actual, &against.attainment];
    let shown = shown.into_iter().chain([&indicator.pace].into_iter().filter(|_| has_pace));
    for (col, figure) in (5..).zip(shown) {
        page.figure(row, col, figure, book.formula(figure, &CellAddress::new(sheet_names::SHORTFALLS, row, col)))?;
    }
    if !has_pace {
        return Ok(());
    }
    let row_cells = [(&against.attainment, ATTAINMENT), (&indicator.pace, PACE)];
    let home = CellAddress::new(sheet_names::SHORTFALLS, row, LAG);
    page.figure(row, LAG, &against.lag, row_formula(book, &against.lag, &home, &row_cells))
}

/// Returns the formula of a figure; it refers to cells of the same row if they hold its operands.
pub(super) fn row_formula(
    book: &ConsolidatedWorkbook<'_>,
    figure: &FigureRef,
    home: &CellAddress,
    row_cells: &[(&FigureRef, u16)],
) -> Option<String> {
    let elsewhere = book.references(home);
    let here = |operand: &FigureRef| {
        let (_, col) = row_cells.iter().find(|(held, _)| is_same_figure(held, operand))?;
        Some(CellRef::new(home.cell.row, u32::from(*col)).to_string())
    };
    formula::live_formula(figure, &|operand| here(operand).or_else(|| elsewhere(operand)))
}
