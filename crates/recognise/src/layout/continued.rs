//! Continues a table of the sheet before on a sheet without headings.
//!
//! Input: a sheet without tables that says that it goes on, and its workbook. Output: a table with the columns of the
//! one before. Not here: a table that goes on below a gap, or with its headings repeated.

use super::block::{self, TableBlock};
use super::caption::KnownUnits;
use super::encoding;
use super::grid::{Grid, GridRow};
use super::heading::HeadingLexicon;
use super::heading_rows::is_column_numbers;
use super::label_cells::has_numbers;
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::vi::fold::without_diacritics;

/// The most sheets that one table can go on over.
const MAX_SHEETS: usize = 50;
/// The rows at the top of a sheet in which "(tiếp theo)" is looked for.
const MAX_TITLE_ROWS: usize = 5;

/// Returns the table of a sheet that continues the one before it.
pub(crate) fn continued_block(
    book: &ReceivedWorkbook,
    sheet: &RawSheet,
    grid: &Grid<'_>,
    headings: &HeadingLexicon,
    known: &KnownUnits<'_>,
) -> Option<TableBlock> {
    let sheets = &book.workbook.sheets;
    let at = sheets.iter().position(|other| std::ptr::eq(other, sheet))?;
    if !goes_on(sheet, grid) {
        return None;
    }
    // Sheets between that go on as well have no headings of their own.
    let before = sheets[..at].iter().rev().take(MAX_SHEETS);
    let template = before.into_iter().find_map(|other| last_block(other, headings, known))?;
    let start = grid.rows.iter().position(|row| is_body_row(row, &template))?;
    let columns = template.columns;
    Some(TableBlock {
        heading_row: grid.rows[start].index,
        header_rows: start..start,
        body_rows: start..grid.rows.len(),
        marked_units: Vec::new(),
        titles: Vec::new(),
        columns,
        ..template
    })
}

/// Returns whether a sheet says that it continues the one before: "Biểu 1 (tiếp)", "Tiep2".
fn goes_on(sheet: &RawSheet, grid: &Grid<'_>) -> bool {
    let says_so = |text: &str| without_diacritics(text).contains("tiep");
    let lines = grid.rows.iter().take(MAX_TITLE_ROWS).filter(|row| row.cells.len() == 1);
    says_so(sheet.name.as_str()) || lines.filter_map(|row| row.cells[0].1.text()).any(says_so)
}

fn last_block(sheet: &RawSheet, headings: &HeadingLexicon, known: &KnownUnits<'_>) -> Option<TableBlock> {
    let decoded = encoding::decode(sheet).decoded;
    let grid = Grid::new(decoded.as_ref().unwrap_or(sheet));
    block::find_blocks(&grid, headings, known).pop()
}

/// Returns whether a row has a label and an amount where the table has them.
fn is_body_row(row: &GridRow<'_>, table: &TableBlock) -> bool {
    let has_label = table.label_columns.clone().any(|col| row.cell(col).is_some_and(|cell| cell.text().is_some()));
    has_label && has_numbers(row, table) && !is_column_numbers(row, &table.columns)
}
