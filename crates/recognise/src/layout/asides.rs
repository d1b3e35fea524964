//! Leaves out the numbers that people keep beside a table, such as trial sums.
//!
//! Input: the grid of a sheet. Output: the grid without columns that are apart from the table and have numbers beside
//! its headings. Not here: tables side by side, which have headings of their own.

use super::grid::{Grid, GridRow};
use super::heading_rows::is_heading;
use std::ops::Range;

/// The rows that are searched for headings.
const MAX_SEARCHED_ROWS: usize = 200;
/// The most groups of columns of a sheet that is searched; one with more is no form.
const MAX_GROUPS: usize = 16;

/// Removes the cells of the columns beside the tables; returns them.
pub(crate) fn remove_asides<'a>(grid: &mut Grid<'a>) -> Vec<GridRow<'a>> {
    let mut asides = Vec::new();
    let groups = column_groups(grid);
    if groups.len() > MAX_GROUPS {
        return asides;
    }
    for group in groups.into_iter().skip(1) {
        // The headings come first. Where they go on in the group, it is a part of the table beyond an empty column.
        let mut searched = grid.rows.iter().take(MAX_SEARCHED_ROWS);
        if searched.find_map(|row| beside_headings(row, &group)) == Some(Beside::Number) {
            for row in &mut grid.rows {
                let cells = row.cells.extract_if(.., |(col, _)| group.contains(col)).collect();
                asides.push(GridRow { index: row.index, cells });
            }
            grid.rows.retain(|row| !row.cells.is_empty());
        }
    }
    asides
}

/// Returns the groups of adjacent columns with cells; empty columns are between them.
fn column_groups(grid: &Grid<'_>) -> Vec<Range<u32>> {
    let merged = grid.sheet.merges.iter().flat_map(|merge| [merge.first.col, merge.last.col]);
    let filled = grid.rows.iter().flat_map(|row| row.cells.iter().map(|(col, _)| *col));
    let mut is_filled: Vec<bool> = Vec::new();
    for col in filled.chain(merged).map(|col| col as usize) {
        if is_filled.len() <= col {
            is_filled.resize(col + 1, false);
        }
        is_filled[col] = true;
    }
    let mut groups: Vec<Range<u32>> = Vec::new();
    for col in (0..).zip(is_filled).filter(|(_, filled)| *filled).map(|(col, _)| col) {
        match groups.last_mut().filter(|group| group.end == col) {
            Some(group) => group.end = col + 1,
            None => groups.push(col..col + 1),
        }
    }
    groups
}

/// What a group of columns has beside headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Number,
    Heading,
}

/// Returns what a group has in a row that has only headings before it, at least two; `None` in other rows.
fn beside_headings(row: &GridRow<'_>, group: &Range<u32>) -> Option<Beside> {
    let before: Vec<_> = row.cells.iter().filter(|(col, _)| *col < group.start).collect();
    let are_headings = before.iter().all(|(_, cell)| cell.text().is_some() && is_heading(cell));
    let beside: Vec<_> = row.cells.iter().filter(|(col, _)| group.contains(col)).map(|(_, cell)| cell).collect();
    let has_number = beside.iter().any(|cell| cell.text().is_none() && !is_heading(cell));
    let found = if has_number { Beside::Number } else { Beside::Heading };
    (before.len() >= 2 && are_headings && !beside.is_empty()).then_some(found)
}
