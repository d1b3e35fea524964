//! Finds header bands without a heading over the label column, as statistics offices print them.
//!
//! Input: a row of a sheet. Output: the end of the band and its columns, if the rows below confirm it: numbers under
//! the headings and labels left of them. Not here: bands with a heading over the labels.

use super::caption::{self, KnownUnits};
use super::column::SheetColumn;
use super::grid::{Grid, GridRow};
use super::heading::HeadingLexicon;
use super::heading_rows::{is_closing, is_column_numbers, is_heading_row};
use super::{header, value};
use std::ops::Range;
use tonghop_core::vi::number;

/// The most rows of such a band.
const MAX_BAND: usize = 9;
/// The first numbers must be within this many rows below the band.
const MAX_ROWS_TO_DATA: usize = 8;
/// The number of rows that are searched for label columns.
const MAX_SCANNED_ROWS: usize = 40;

/// Returns the end and the columns of the band that starts at row `start` of the grid.
pub(crate) fn find_band(
    grid: &Grid<'_>,
    start: usize,
    headings: &HeadingLexicon,
    known: &KnownUnits<'_>,
) -> Option<(usize, Vec<SheetColumn>)> {
    let first = &grid.rows[start];
    let is_group = first.cells.len() >= 2 || has_spanning_heading(grid, first);
    if !is_group || !can_start(grid, start) {
        return None;
    }
    let end = band_end(grid, start, known);
    let left = grid.rows[start..end].iter().map(first_column).min().filter(|left| *left > 0)?;
    let mut columns = header::read_columns(grid, &grid.rows[start..end], headings);
    let body = &grid.rows[end..];
    if !is_followed_by_data(body, left, &columns, known) {
        return None;
    }
    let scanned = &body[..body.len().min(MAX_SCANNED_ROWS)];
    let label = (0..left).find(|col| scanned.iter().any(|row| has_label(row, *col)))?;
    let gaps = gap_columns(&columns).filter(|col| scanned.iter().filter(|row| has_label(row, *col)).count() > 1);
    let labels: Vec<u32> = std::iter::once(label).chain(gaps.collect::<Vec<_>>()).collect();
    columns.extend(labels.into_iter().map(SheetColumn::unlabelled));
    columns.sort_by_key(|column| column.index);
    Some((end, columns))
}

/// Returns whether a row has a heading that is merged over several columns, not from the first column on.
fn has_spanning_heading(grid: &Grid<'_>, row: &GridRow<'_>) -> bool {
    grid.merges_in(row.index..row.index + 1)
        .iter()
        .any(|m| m.first.row == row.index && m.last.col > m.first.col && m.first.col > 0)
}

/// Returns whether a band can start here: after a gap, after a caption or at the top, not inside a table.
fn can_start(grid: &Grid<'_>, start: usize) -> bool {
    let Some(above) = start.checked_sub(1).map(|at| &grid.rows[at]) else { return true };
    above.index + 1 < grid.rows[start].index || above.cells.len() == 1 && above.cells[0].1.text().is_some()
}

/// Returns the end of the band: heading rows without gaps, except inside merged areas.
fn band_end(grid: &Grid<'_>, start: usize, known: &KnownUnits<'_>) -> usize {
    let mut end = start + 1;
    let mut left = first_column(&grid.rows[start]);
    while let Some(row) = grid.rows.get(end).filter(|_| end - start < MAX_BAND) {
        let above = grid.rows[end - 1].index;
        let merged = || grid.merges_in(grid.rows[start].index..above + 1).iter().any(|m| m.last.row + 1 >= row.index);
        let goes_on = is_heading_row(row) && !is_column_numbers(row, &[]);
        let is_caption = row.cells.len() == 1 && caption::stated_units(row, known).is_some();
        // A text left of all headings is the label of the first body row.
        let is_row = first_column(row) < left && (row.cells.len() == 1 || first_column(row) == 0);
        let is_apart = row.index > above + 1;
        if !goes_on || is_row || is_apart && (is_caption || !merged()) {
            break;
        }
        left = left.min(first_column(row));
        end += 1;
    }
    end
}

fn first_column(row: &GridRow<'_>) -> u32 {
    row.cells.first().map_or(0, |(col, _)| *col)
}

/// Returns whether the first numbers below are under the headings, in a row with a label, with no headings between.
fn is_followed_by_data(body: &[GridRow<'_>], left: u32, columns: &[SheetColumn], known: &KnownUnits<'_>) -> bool {
    let is_headed = |col: u32| columns.iter().any(|column| column.index == col);
    for row in body.iter().take(MAX_ROWS_TO_DATA) {
        let (labels, values): (Vec<_>, Vec<_>) = row.cells.iter().partition(|(col, _)| *col < left);
        let numbers = values.iter().filter(|(col, cell)| is_headed(*col) && value::is_number(cell)).count();
        if numbers > 0 && !is_column_numbers(row, &[]) {
            return labels.iter().any(|(_, cell)| cell.text().is_some());
        }
        let words =
            values.iter().filter_map(|(_, cell)| cell.text()).filter(|text| !is_number_substitute(text, known)).count();
        if words > 1 || is_closing(row) {
            return false;
        }
    }
    false
}

/// Returns whether a text can replace a number: a unit or a sign for a blank.
fn is_number_substitute(text: &str, known: &KnownUnits<'_>) -> bool {
    number::parse_blank(text).is_some() || known.parse(text).is_some()
}

/// Returns the columns between those with headings.
fn gap_columns(columns: &[SheetColumn]) -> impl Iterator<Item = u32> {
    let between = |pair: &[SheetColumn]| -> Range<u32> { pair[0].index + 1..pair[1].index };
    columns.windows(2).map(between).collect::<Vec<_>>().into_iter().flatten()
}

/// Returns whether a row has a text that is not a number in a column.
fn has_label(row: &GridRow<'_>, col: u32) -> bool {
    row.cell(col).is_some_and(|cell| {
        cell.text().is_some_and(|text| number::parse_blank(text).is_none()) && !value::is_number(cell)
    })
}
