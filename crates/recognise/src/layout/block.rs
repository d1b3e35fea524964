//! The tables of a sheet: a band of headings with the rows below it.
//!
//! In comes a sheet, out go its tables in order. A band is found by evidence: headings that name what a row is and
//! what its columns hold, in rows without numbers. Never here: what a row says.

use super::caption::{self, KnownUnits};
use super::column::{Column, Role};
use super::grid::Grid;
use super::heading::Headings;
use super::{header, unlabelled};
use crate::layout::heading_rows::{goes_on, is_column_numbers, is_heading_row, label_of};
use std::ops::Range;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::fold;

/// How many rows a band of headings may have.
const MAX_BAND: usize = 6;
/// Over how many columns labels may be spread.
const MAX_LABELS: u32 = 4;

/// A table: its columns and the places of its body rows in the grid.
pub(crate) struct Block {
    pub columns: Vec<Column>,
    /// The rows of headings, those that number the columns included.
    pub head: Range<usize>,
    /// The last row of headings, where a problem of a column is shown.
    pub heading_row: u32,
    pub body: Range<usize>,
    /// The columns of the sheet that belong to the table, those without a heading included.
    pub span: Range<u32>,
    /// The columns in which labels stand: that of their heading, and those without one behind it.
    pub labels: Range<u32>,
    /// What stands above the table, folded; a title of several rows once from each of them on. Left to whoever tells
    /// rows by it.
    pub titles: Vec<String>,
    /// The units that a line above the table states.
    pub units: Vec<Unit>,
    /// The units that a note under the table states for marked rows.
    pub marked: Vec<Unit>,
}

impl Block {
    /// Tells whether its labels stand under no heading.
    pub(crate) fn is_unlabelled(&self) -> bool {
        self.columns.iter().any(|column| column.role == Role::Label && column.heading.is_empty())
    }

    /// Returns the unit above the table, where there is only one.
    pub(crate) fn unit(&self) -> Option<&Unit> {
        match self.units.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Finds the tables of a sheet; tables side by side come one after the other.
pub(crate) fn blocks(grid: &Grid<'_>, headings: &Headings, known: &KnownUnits<'_>) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut units = Vec::new();
    let (mut at, mut open) = (0, 0);
    while at < grid.rows.len() {
        let stated = caption::units(&grid.rows[at], known);
        let band = if stated.is_none() { band(grid, at, headings, known) } else { None };
        let Some((end, columns)) = band else {
            units = stated.unwrap_or(units);
            at += 1;
            continue;
        };
        found[open..].iter_mut().for_each(|block| block.body.end = at);
        open = found.len();
        let heading_row = grid.rows[end - 1].at;
        let mut body = end;
        while grid.rows.get(body).is_some_and(|row| is_column_numbers(row, &columns)) {
            body += 1;
        }
        let continued = found.last().filter(|previous| is_same_header(&previous.columns, &columns));
        let or_above =
            |own: Vec<Unit>| if own.is_empty() { continued.map(|c| c.units.clone()).unwrap_or_default() } else { own };
        let units = or_above(std::mem::take(&mut units));
        for (columns, span) in side_by_side(columns) {
            let (labels, units) = (labels(&columns, &span), units.clone());
            found.push(Block {
                columns,
                head: at..body,
                heading_row,
                body: body..grid.rows.len(),
                span,
                labels,
                titles: Vec::new(),
                units,
                marked: Vec::new(),
            });
        }
        at = body;
    }
    found.iter_mut().for_each(|block| block.marked = caption::marked_units(&grid.rows[block.body.clone()], known));
    found
}

/// Returns the columns of labels: the one with their heading, and those that follow without a heading.
fn labels(columns: &[Column], span: &Range<u32>) -> Range<u32> {
    let Some(first) = label_of(columns) else { return 0..0 };
    let next = columns.iter().map(|column| column.index).filter(|index| *index > first).min();
    first..next.unwrap_or(span.end).min(first + MAX_LABELS)
}

/// Tells a repeated header, which continues the table above.
fn is_same_header(previous: &[Column], columns: &[Column]) -> bool {
    previous.len() == columns.len() && previous.iter().zip(columns).all(|(a, b)| fold(&a.heading) == fold(&b.heading))
}

/// Returns the end and the columns of the band that starts at row `start` of the grid, if one does.
///
/// It is no line of units; a band without a heading over the labels must show by what stands below it that it is one.
fn band(grid: &Grid<'_>, start: usize, headings: &Headings, known: &KnownUnits<'_>) -> Option<(usize, Vec<Column>)> {
    if !is_heading_row(&grid.rows[start]) {
        return None;
    }
    let labelled = labelled_band(grid, start, headings);
    let is_complete = labelled.as_ref().is_some_and(|(_, columns)| !says_only_units(columns));
    if is_complete { labelled } else { unlabelled::band(grid, start, headings, known).or(labelled) }
}

/// Tells headings that say what columns hold, but not what rows are.
fn says_only_units(columns: &[Column]) -> bool {
    columns.iter().filter(|column| column.role.is_anchor()).all(|column| column.role == Role::Unit)
}

fn labelled_band(grid: &Grid<'_>, start: usize, headings: &Headings) -> Option<(usize, Vec<Column>)> {
    if grid.rows[start].cells.len() < 2 {
        return None;
    }
    let mut end = merged_end(grid, start);
    let mut columns = header::columns(grid, &grid.rows[start..end], headings);
    while end < grid.rows.len() && end - start < MAX_BAND && goes_on(grid, end, &columns) {
        let longer = header::columns(grid, &grid.rows[start..=end], headings);
        let labelled = label_of(&columns).is_some_and(|col| grid.rows[end].cell(col).is_some());
        if (labelled || label_of(&columns).is_none()) && known(&longer) <= known(&columns) {
            break;
        }
        columns = longer;
        end += 1;
    }
    is_evident(&columns).then_some((end, columns))
}

/// Returns where the band ends by the merged areas that begin in its first row, one row at least.
fn merged_end(grid: &Grid<'_>, start: usize) -> usize {
    let top = grid.rows[start].at;
    let deepest = grid.merges(top..top + 1).iter().filter(|m| m.first.row == top).map(|m| m.last.row).max();
    let bottom = deepest.unwrap_or(top).min(top + MAX_BAND as u32 - 1);
    let below = grid.rows[start..].iter().take_while(|row| row.at <= bottom && is_heading_row(row)).count();
    start + below.max(1)
}

/// Counts the headings that mean something.
fn known(columns: &[Column]) -> usize {
    columns.iter().filter(|column| column.role != Role::Unknown).count()
}

/// Tells whether headings are enough to believe in a table: one says what rows are, and another something else.
fn is_evident(columns: &[Column]) -> bool {
    let mut roles: Vec<&Role> = Vec::new();
    for column in columns.iter().filter(|column| column.role != Role::Unknown) {
        if !roles.contains(&&column.role) {
            roles.push(&column.role);
        }
    }
    roles.len() >= 2 && roles.iter().any(|role| role.is_anchor())
}

/// Splits columns where a second table begins: at an order or label behind columns of values.
fn side_by_side(columns: Vec<Column>) -> Vec<(Vec<Column>, Range<u32>)> {
    let labels = columns.iter().filter(|column| column.role == Role::Label).count();
    let mut tables: Vec<(Vec<Column>, Range<u32>)> = vec![(Vec::new(), 0..u32::MAX)];
    for column in columns {
        let opens = labels > 1 && matches!(column.role, Role::Order | Role::Label);
        if let Some((_, span)) = tables.last_mut().filter(|(table, _)| opens && table.iter().any(|c| c.role.is_value()))
        {
            span.end = column.index;
            tables.push((Vec::new(), column.index..u32::MAX));
        }
        if let Some((table, _)) = tables.last_mut() {
            table.push(column);
        }
    }
    tables.iter_mut().for_each(|(columns, _)| header::settle(columns));
    tables
}
