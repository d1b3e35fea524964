//! Decides which rows of a sheet are heading rows and which end a header band.

use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::grid::{Grid, GridRow};
use crate::layout::value;
use rust_decimal::Decimal;
use tonghop_core::model::cell::{RawCell, RawValue};
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::heading::is_column_mark;
use tonghop_core::vi::lexicon;
use tonghop_core::vi::numbering;

/// The most characters of a heading.
const MAX_HEADING_CHARS: usize = 200;

/// Returns whether the row at `next` can belong to the band above it.
pub(crate) fn continues_band(grid: &Grid<'_>, next: usize, columns: &[SheetColumn]) -> bool {
    let row = &grid.rows[next];
    row.index == grid.rows[next - 1].index + 1 && is_heading_row(row) && !is_column_numbers(row, columns)
}

/// Returns whether a row can be a heading row: short texts and years, no numbering of items.
pub(crate) fn is_heading_row(row: &GridRow<'_>) -> bool {
    let numbered = row.cells.first().and_then(|(_, cell)| cell.text()).and_then(numbering::parse_order_cell).is_some();
    !numbered && row.cells.iter().all(|(_, cell)| is_heading(cell)) && !is_closing(row)
}

/// Returns whether a cell can be a heading: a short text, a year or a date.
pub(crate) fn is_heading(cell: &RawCell) -> bool {
    match &cell.value {
        RawValue::Text(text) => {
            // A number typed as text is no heading, unless it numbers a column or is a year.
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            text.chars().count() <= MAX_HEADING_CHARS
                && (digits <= 2 && !text.contains([',', '.'])
                    || !value::is_number(cell)
                    || digits == 4 && text.trim().len() == 4)
        }
        RawValue::Number(number) => number.is_integer() && (Decimal::from(1900)..Decimal::from(2100)).contains(number),
        RawValue::Date(_) => true,
        RawValue::Bool(_) | RawValue::Error(_) | RawValue::FormulaWithoutCache => false,
    }
}

/// Returns whether a row belongs below a table: notes, sources, signatures.
pub(crate) fn is_closing(row: &GridRow<'_>) -> bool {
    let texts = || row.cells.iter().filter_map(|(_, cell)| cell.text());
    texts().count() == row.cells.len()
        && texts().next().is_some_and(lexicon::is_closing_note)
        && !(row.cells.len() > 2 && texts().any(|text| fold(text) == "ghi chú"))
}

/// The first number of a row that numbers the columns; letters and signs may be before it.
const MAX_FIRST_COLUMN_NUMBER: u8 = 3;

/// Returns whether a row numbers the columns: (1) (2) (3), A B C 1 2 3 4=3/1.
///
/// The numbers begin at the first columns, so that a row of an age with its amount is not one. Without a mark in the
/// label column, they must ascend.
pub(crate) fn is_column_numbers(row: &GridRow<'_>, columns: &[SheetColumn]) -> bool {
    let numbers = || row.cells.iter().filter_map(|(_, cell)| cell.to_raw_text().trim().parse::<u8>().ok());
    let ascends = || numbers().count() == row.cells.len() && numbers().is_sorted_by(|one, next| one < next);
    let begins = || numbers().next().is_none_or(|first| first <= MAX_FIRST_COLUMN_NUMBER);
    let labelled = label_column(columns).is_none_or(|col| row.cell(col).is_some());
    row.cells.len() >= 2
        && row.cells.iter().all(|(_, cell)| numbers_column(cell))
        && (labelled || ascends())
        && begins()
}

fn numbers_column(cell: &RawCell) -> bool {
    match &cell.value {
        RawValue::Number(number) => number.is_integer() && *number > Decimal::ZERO && *number <= Decimal::from(99),
        RawValue::Text(text) => {
            let is_letters = text.trim().len() == 2 && text.trim().bytes().all(|b| b.is_ascii_uppercase());
            is_letters || is_column_mark(text)
        }
        _ => false,
    }
}

pub(crate) fn label_column(columns: &[SheetColumn]) -> Option<u32> {
    columns.iter().find(|column| column.role == ColumnRole::Label).map(|column| column.index)
}
