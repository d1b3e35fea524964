//! The tables of a sheet: a band of headings with the rows below it.
//!
//! In comes a sheet, out go its tables in order. A band is found by evidence: headings that name what a row is and
//! what its columns hold, in rows without numbers. Never here: what a row says.

use super::caption::{self, KnownUnits};
use super::grid::{Grid, GridRow};
use super::header::{self, Column};
use super::heading::{Headings, Role};
use super::{numbering, unlabelled};
use rust_decimal::Decimal;
use std::ops::Range;
use tonghop_core::model::cell::{RawCell, RawValue};
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::lexicon;

/// How many rows a band of headings may have.
const MAX_BAND: usize = 6;
/// Longer texts are no headings.
const MAX_HEADING: usize = 200;
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
    pub fn is_unlabelled(&self) -> bool {
        self.columns.iter().any(|column| column.role == Role::Label && column.heading.is_empty())
    }

    /// Returns the unit above the table, where there is only one.
    pub fn unit(&self) -> Option<&Unit> {
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

/// Tells whether the row at `next` can belong to the band above it.
fn goes_on(grid: &Grid<'_>, next: usize, columns: &[Column]) -> bool {
    let row = &grid.rows[next];
    row.at == grid.rows[next - 1].at + 1 && is_heading_row(row) && !is_column_numbers(row, columns)
}

/// Tells whether a row can be one of headings: short texts and years, no numbering of items.
pub(crate) fn is_heading_row(row: &GridRow<'_>) -> bool {
    let numbered = row.cells.first().and_then(|(_, cell)| cell.text()).and_then(numbering::of_order).is_some();
    !numbered && row.cells.iter().all(|(_, cell)| is_heading(cell)) && !is_closing(row)
}

fn is_heading(cell: &RawCell) -> bool {
    match &cell.value {
        RawValue::Text(text) => text.chars().count() <= MAX_HEADING,
        RawValue::Number(number) => number.is_integer() && (Decimal::from(1900)..Decimal::from(2100)).contains(number),
        RawValue::Date(_) => true,
        RawValue::Bool(_) | RawValue::Error(_) | RawValue::Unevaluated => false,
    }
}

/// Tells whether a row stands under a table: notes, sources, signatures.
pub(crate) fn is_closing(row: &GridRow<'_>) -> bool {
    let texts = || row.cells.iter().filter_map(|(_, cell)| cell.text());
    texts().count() == row.cells.len()
        && texts().next().is_some_and(lexicon::is_closing_note)
        && !(row.cells.len() > 2 && texts().any(|text| fold(text) == "ghi chú"))
}

/// Tells the row that numbers the columns: (1) (2) (3), A B C 1 2; where none is under the labels, in ascending order.
pub(crate) fn is_column_numbers(row: &GridRow<'_>, columns: &[Column]) -> bool {
    let numbers = || row.cells.iter().filter_map(|(_, cell)| cell.as_typed().trim().parse::<u8>().ok());
    let ascends = || numbers().count() == row.cells.len() && numbers().is_sorted_by(|one, next| one < next);
    let labelled = label_of(columns).is_none_or(|col| row.cell(col).is_some());
    (labelled || ascends()) && row.cells.len() >= 2 && row.cells.iter().all(|(_, cell)| is_column_mark(cell))
}

fn is_column_mark(cell: &RawCell) -> bool {
    match &cell.value {
        RawValue::Number(number) => number.is_integer() && *number > Decimal::ZERO && *number <= Decimal::from(99),
        RawValue::Text(text) => {
            let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let is_sum = bare.starts_with(['(', '=']) && bare.chars().all(|c| !c.is_alphabetic() || c == 'x');
            is_sum || bare.len() <= 2 && bare.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        }
        _ => false,
    }
}

fn label_of(columns: &[Column]) -> Option<u32> {
    columns.iter().find(|column| column.role == Role::Label).map(|column| column.index)
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
