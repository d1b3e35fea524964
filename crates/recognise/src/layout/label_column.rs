//! Finds the label column of a table by the cells below its headings, whatever its heading is.
//!
//! Input: the columns of a band and the rows below it. Output: the label column. Not here: headings.

use super::caption::KnownUnits;
use super::column::{ColumnRole, SheetColumn};
use super::grid::GridRow;
use super::heading_rows::{is_closing, is_column_numbers};
use super::value;
use std::cmp::Reverse;
use tonghop_core::vi::number;

/// The first numbers must be within this many rows below the band.
const MAX_ROWS_TO_DATA: usize = 8;
/// Labels are within this many columns.
const MAX_LABEL_COLUMN: u32 = 64;
/// The number of rows whose labels are compared.
const MAX_SCANNED_ROWS: usize = 40;

/// Makes the column with the names of the rows the label column; returns whether there is one.
///
/// It is left of the first column of amounts, has a heading unless `with_unheaded`, and are texts with letters; the
/// first row with an amount has one. Codes and units are texts as well: units do not count, and the column with the
/// most words is the label.
pub(crate) fn assign_label_column(
    columns: &mut Vec<SheetColumn>,
    body: &[GridRow<'_>],
    known: &KnownUnits<'_>,
    with_unheaded: bool,
) -> bool {
    let amounts: Vec<u32> = columns.iter().filter(|column| column.holds_amounts()).map(|column| column.index).collect();
    let Some(first) = amounts.first().copied() else { return false };
    let Some(data) = first_data_row(body, &amounts) else { return false };
    let role = |col: u32| columns.iter().find(|column| column.index == col).map(|column| &column.role);
    let can_be_label = |col: &u32| match role(*col) {
        Some(role) => matches!(role, ColumnRole::Unknown | ColumnRole::Unit),
        None => with_unheaded,
    };
    let scanned = &body[..body.len().min(MAX_SCANNED_ROWS)];
    let words = |col: u32| scanned.iter().map(|row| count_words(row, col, known)).sum::<usize>();
    let candidates =
        (0..first.min(MAX_LABEL_COLUMN)).filter(can_be_label).filter(|col| count_words(data, *col, known) > 0);
    let Some(label) = candidates.max_by_key(|col| (words(*col), Reverse(*col))) else { return false };
    match columns.iter_mut().find(|column| column.index == label) {
        Some(column) => (column.role, column.doubt) = (ColumnRole::Label, None),
        None => {
            columns.push(SheetColumn::unlabelled(label));
            columns.sort_by_key(|column| column.index);
        }
    }
    true
}

/// Returns the first row with an amount, if only labels come before it.
fn first_data_row<'r, 'g>(body: &'r [GridRow<'g>], amounts: &[u32]) -> Option<&'r GridRow<'g>> {
    let rows = body.iter().take(MAX_ROWS_TO_DATA).take_while(|row| !is_closing(row));
    let mut rows = rows.filter(|row| !is_column_numbers(row, &[]));
    let has_amount = |row: &&GridRow<'_>| amounts.iter().any(|col| row.cell(*col).is_some_and(value::is_number));
    // A row of several texts is that of other headings.
    let is_group = |row: &&GridRow<'_>| row.cells.iter().filter(|(_, cell)| cell.text().is_some()).count() < 2;
    rows.find(|row| has_amount(row) || !is_group(row)).filter(|row| has_amount(row))
}

/// Counts the words of a cell; 0 for numbers, signs and units.
fn count_words(row: &GridRow<'_>, col: u32, known: &KnownUnits<'_>) -> usize {
    let Some(cell) = row.cell(col).filter(|cell| !value::is_number(cell)) else { return 0 };
    let text = cell.text().filter(|text| number::parse_blank(text).is_none() && known.parse(text).is_none());
    let text = text.unwrap_or_default();
    text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count()
}

impl SheetColumn {
    /// Creates a label column without a heading.
    pub(crate) fn unlabelled(index: u32) -> Self {
        Self { role: ColumnRole::Label, ..Self::unknown(index) }
    }
}
