//! Finds the tables of a sheet: a header band and the rows below it.
//!
//! Input: a sheet. Output: its tables, in order. Not here: the content of the rows.
//!
//! A band is recognised by its headings, in rows without numbers: one identifies the rows, another says what a column
//! holds.

use super::caption::{self, KnownUnits};
use super::column::{ColumnRole, SheetColumn};
use super::grid::{Grid, GridRow};
use super::heading::HeadingLexicon;
use super::{header, label_column, unlabelled};
use crate::layout::heading_rows::{self, continues_band, is_column_numbers, is_heading_row};
use std::ops::Range;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::fold;

/// The most rows of a header band.
const MAX_BAND: usize = 6;
/// The most columns that labels can be spread over.
const MAX_LABEL_COLUMNS: u32 = 4;

/// A table: its columns, and its rows as indexes into the grid.
pub(crate) struct TableBlock {
    pub columns: Vec<SheetColumn>,
    /// The header rows, including rows that number the columns.
    pub header_rows: Range<usize>,
    /// The last row of headings, at which problems of a column are reported.
    pub heading_row: u32,
    pub body_rows: Range<usize>,
    /// The sheet columns of the table, including those without a heading.
    pub column_span: Range<u32>,
    /// The label columns: the one with the heading, and those after it without a heading.
    pub label_columns: Range<u32>,
    /// The folded titles above the table; a title of several rows is listed once from each of its rows on. Empty until
    /// the caller fills it in.
    pub titles: Vec<String>,
    /// The units in a line above the table.
    pub units: Vec<Unit>,
    /// The units in a note below the table, for the rows marked "(*)".
    pub marked_units: Vec<Unit>,
}

impl TableBlock {
    /// Returns whether the label column has no heading.
    pub(crate) fn is_unlabelled(&self) -> bool {
        self.columns.iter().any(|column| column.role == ColumnRole::Label && column.heading.is_empty())
    }

    /// Returns the unit above the table, if there is exactly one.
    pub(crate) fn unit(&self) -> Option<&Unit> {
        match self.units.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// Finds the tables of a sheet; tables side by side are listed from left to right.
pub(crate) fn find_blocks(grid: &Grid<'_>, headings: &HeadingLexicon, known: &KnownUnits<'_>) -> Vec<TableBlock> {
    let mut found: Vec<TableBlock> = Vec::new();
    let mut units = Vec::new();
    let (mut at, mut open) = (0, 0);
    while at < grid.rows.len() {
        let stated = caption::stated_units(&grid.rows[at], known);
        let band = if stated.is_none() { find_band(grid, at, headings, known) } else { None };
        let Some((end, columns)) = band else {
            units = stated.unwrap_or(units);
            at += 1;
            continue;
        };
        found[open..].iter_mut().for_each(|block| block.body_rows.end = at);
        open = found.len();
        let heading_row = grid.rows[end - 1].index;
        let mut body = end;
        while grid.rows.get(body).is_some_and(|row| is_column_numbers(row, &columns)) {
            body += 1;
        }
        let continued = found.last().filter(|previous| is_same_header(&previous.columns, &columns));
        let or_above =
            |own: Vec<Unit>| if own.is_empty() { continued.map(|c| c.units.clone()).unwrap_or_default() } else { own };
        let own = std::mem::take(&mut units);
        let units = or_above(if own.is_empty() { unit_line(grid, at, &columns, headings) } else { own });
        for (columns, span) in split_side_by_side(columns) {
            let (labels, units) = (find_label_columns(&columns, &span), units.clone());
            found.push(TableBlock {
                columns,
                header_rows: at..body,
                heading_row,
                body_rows: body..grid.rows.len(),
                column_span: span,
                label_columns: labels,
                titles: Vec::new(),
                units,
                marked_units: Vec::new(),
            });
        }
        at = body;
    }
    found
        .iter_mut()
        .for_each(|block| block.marked_units = caption::marked_units(&grid.rows[block.body_rows.clone()], known));
    found
}

/// Returns the unit in a line directly above the headings, over the columns of amounts, although no indicator has it: a
/// table of enterprises gives no amount of money.
fn unit_line(grid: &Grid<'_>, start: usize, columns: &[SheetColumn], headings: &HeadingLexicon) -> Vec<Unit> {
    let above = start.checked_sub(1).map(|at| &grid.rows[at]);
    let Some((row, [(col, cell)])) = above.map(|row| (row, row.cells.as_slice())) else { return Vec::new() };
    let is_over_amounts = columns.iter().find(|column| column.role.is_value()).is_some_and(|first| *col >= first.index);
    let is_directly_above = row.index + 1 == grid.rows[start].index;
    let text = cell.text().filter(|_| is_over_amounts && is_directly_above);
    let unit = text.filter(|text| caption::looks_like_unit(text) && headings.says_nothing(text));
    unit.map(|text| vec![tonghop_core::vi::unit::parse(text)]).unwrap_or_default()
}

/// Returns the label columns: the one with the heading, and those after it without a heading.
fn find_label_columns(columns: &[SheetColumn], span: &Range<u32>) -> Range<u32> {
    let Some(first) = heading_rows::label_column(columns) else { return 0..0 };
    let next = columns.iter().map(|column| column.index).filter(|index| *index > first).min();
    first..next.unwrap_or(span.end).min(first + MAX_LABEL_COLUMNS)
}

/// Returns whether a header repeats the previous one, which continues the table above.
fn is_same_header(previous: &[SheetColumn], columns: &[SheetColumn]) -> bool {
    previous.len() == columns.len() && previous.iter().zip(columns).all(|(a, b)| fold(&a.heading) == fold(&b.heading))
}

/// Returns the end and the columns of the band that starts at row `start` of the grid, if one does.
///
/// A band without a heading over the labels must be confirmed by the rows below it.
fn find_band(
    grid: &Grid<'_>,
    start: usize,
    headings: &HeadingLexicon,
    known: &KnownUnits<'_>,
) -> Option<(usize, Vec<SheetColumn>)> {
    if !is_heading_row(&grid.rows[start]) {
        return None;
    }
    let mut labelled = find_labelled_band(grid, start, headings, known);
    let is_complete = labelled.as_ref().is_some_and(|(_, columns)| !has_only_unit_anchors(columns));
    if let Some(band) = (!is_complete).then(|| unlabelled::find_band(grid, start, headings, known)).flatten() {
        return Some(band);
    }
    if let Some((end, columns)) = &mut labelled
        && heading_rows::label_column(columns).is_none()
    {
        label_column::assign_label_column(columns, &grid.rows[*end..], known, true);
    }
    labelled
}

/// Returns whether no heading identifies the rows; units alone do not.
fn has_only_unit_anchors(columns: &[SheetColumn]) -> bool {
    columns.iter().filter(|column| column.role.is_anchor()).all(|column| column.role == ColumnRole::Unit)
}

fn find_labelled_band(
    grid: &Grid<'_>,
    start: usize,
    headings: &HeadingLexicon,
    known: &KnownUnits<'_>,
) -> Option<(usize, Vec<SheetColumn>)> {
    if grid.rows[start].cells.len() < 2 {
        return None;
    }
    let mut end = merged_end(grid, start);
    let mut columns = header::read_columns(grid, &grid.rows[start..end], headings);
    while end < grid.rows.len() && end - start < MAX_BAND && continues_band(grid, end, &columns) {
        let longer = header::read_columns(grid, &grid.rows[start..=end], headings);
        let labelled = heading_rows::label_column(&columns).is_some_and(|col| grid.rows[end].cell(col).is_some());
        if (labelled || heading_rows::label_column(&columns).is_none()) && count_known(&longer) <= count_known(&columns)
        {
            break;
        }
        columns = longer;
        end += 1;
    }
    if is_table_header(&columns) {
        return Some((end, columns));
    }
    // "Kỳ báo cáo: 9 tháng" beside the name of the sender is no heading.
    let states_something = |row: &GridRow<'_>| row.cells.iter().filter_map(|(_, c)| c.text()).any(is_form_line);
    if grid.rows[start..end].iter().any(states_something) {
        return None;
    }
    label_column::assign_label_column(&mut columns, &grid.rows[end..], known, false).then_some((end, columns))
}

/// Returns the end of the band by the merged areas that start in its first row, at least one row.
fn merged_end(grid: &Grid<'_>, start: usize) -> usize {
    let top = grid.rows[start].index;
    let deepest = grid.merges_in(top..top + 1).iter().filter(|m| m.first.row == top).map(|m| m.last.row).max();
    let bottom = deepest.unwrap_or(top).min(top + MAX_BAND as u32 - 1);
    let below = grid.rows[start..].iter().take_while(|row| row.index <= bottom && is_heading_row(row)).count();
    start + below.max(1)
}

/// Returns whether a text is a line about the form: a label with its value after a colon.
fn is_form_line(text: &str) -> bool {
    text.split_once(':').is_some_and(|(label, value)| !label.trim().is_empty() && !value.trim().is_empty())
}

/// Returns whether a heading has a role, or names an indicator whose values are in the column.
fn is_known(column: &SheetColumn) -> bool {
    column.role != ColumnRole::Unknown || column.cross_indicator.is_some()
}

/// Counts the headings with a known role.
fn count_known(columns: &[SheetColumn]) -> usize {
    columns.iter().filter(|column| is_known(column)).count()
}

/// Returns whether the headings make up a table: one identifies the rows, and another one has a different role, or names
/// an indicator beside a heading over the labels (a row of a table can have the label of an indicator as well).
fn is_table_header(columns: &[SheetColumn]) -> bool {
    let mut roles: Vec<&ColumnRole> = Vec::new();
    for column in columns.iter().filter(|column| column.role != ColumnRole::Unknown) {
        if !roles.contains(&&column.role) {
            roles.push(&column.role);
        }
    }
    let names_indicator = columns.iter().any(|column| column.cross_indicator.is_some());
    roles.iter().any(|role| role.is_anchor())
        && (roles.len() >= 2 || names_indicator && heading_rows::label_column(columns).is_some())
}

/// Splits the columns where another table starts: at a row number or label column after value columns.
fn split_side_by_side(columns: Vec<SheetColumn>) -> Vec<(Vec<SheetColumn>, Range<u32>)> {
    let labels = columns.iter().filter(|column| column.role == ColumnRole::Label).count();
    let mut tables: Vec<(Vec<SheetColumn>, Range<u32>)> = vec![(Vec::new(), 0..u32::MAX)];
    for column in columns {
        let opens = labels > 1 && matches!(column.role, ColumnRole::Order | ColumnRole::Label);
        if let Some((_, span)) = tables.last_mut().filter(|(table, _)| opens && table.iter().any(|c| c.role.is_value()))
        {
            span.end = column.index;
            tables.push((Vec::new(), column.index..u32::MAX));
        }
        if let Some((table, _)) = tables.last_mut() {
            table.push(column);
        }
    }
    tables.iter_mut().for_each(|(columns, _)| header::resolve_duplicates(columns));
    tables
}
