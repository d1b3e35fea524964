//! Raw cells of a workbook, without interpretation.
//!
//! Output: cell references, values and ranges as the reader found them. Not here: what a cell means.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::sync::Arc;

/// The number of rows of an Excel sheet.
pub const EXCEL_ROWS: u32 = 1_048_576;
/// The number of columns of an Excel sheet.
pub const EXCEL_COLUMNS: u32 = 16_384;

/// A cell position in a sheet, counted from 0; displayed as in Excel (`B9`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct CellRef {
    /// From 0; the last row of Excel is 1,048,575.
    pub row: u32,
    /// From 0 for `A`; the last column of Excel is 16,383, `XFD`.
    pub col: u32,
}

impl CellRef {
    /// Creates the reference of the cell at `row` and `col`, both counted from 0.
    pub fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }

    /// Returns whether the cell is within Excel's limits; the last cell is `XFD1048576`.
    pub fn is_in_grid(self) -> bool {
        self.row < EXCEL_ROWS && self.col < EXCEL_COLUMNS
    }
}

impl From<(u32, u32)> for CellRef {
    fn from((row, col): (u32, u32)) -> Self {
        Self { row, col }
    }
}

impl From<CellRef> for (u32, u32) {
    fn from(cell_ref: CellRef) -> Self {
        (cell_ref.row, cell_ref.col)
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row + 1)
    }
}

/// The text is not a cell reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseCellRefError;

impl FromStr for CellRef {
    type Err = ParseCellRefError;

    /// Parses a cell reference as displayed by Excel.
    fn from_str(name: &str) -> Result<Self, ParseCellRefError> {
        let (letters, digits) = name.split_at(name.find(|c: char| c.is_ascii_digit()).ok_or(ParseCellRefError)?);
        let digit = |col: u32, letter: u8| match letter {
            b'A'..=b'Z' => Some(col * 26 + u32::from(letter - b'A') + 1),
            _ => None,
        };
        // Excel's last column is XFD.
        let short = Some(letters).filter(|letters| (1..=3).contains(&letters.len())).ok_or(ParseCellRefError)?;
        let col = short.bytes().try_fold(0, digit).ok_or(ParseCellRefError)?;
        let row: u32 = digits.parse().map_err(|_| ParseCellRefError)?;
        Ok(Self::new(row.checked_sub(1).ok_or(ParseCellRefError)?, col - 1))
    }
}

/// Returns the letters of a column counted from 0: `A`, `Z`, `AA`.
pub fn column_letters(col: u32) -> String {
    let mut rest = col + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(b'A' + digit as u8);
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}

/// The value of a cell. Texts are shared, because workbooks repeat them often.
#[derive(Clone, Debug, PartialEq)]
pub enum RawValue {
    /// A number with the 15 significant digits that Excel keeps.
    Number(Decimal),
    /// A text as typed or as computed by a formula, including blanks.
    Text(Arc<str>),
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// A date or time, as Excel's serial number (days since 1899-12-30).
    Date(Decimal),
    /// An error value such as `#DIV/0!`, or a number too large to represent.
    Error(Arc<str>),
    /// A formula without a cached result.
    FormulaWithoutCache,
}

/// A non-empty cell.
#[derive(Clone, Debug, PartialEq)]
pub struct RawCell {
    /// As typed, or as computed by the formula when the workbook was saved.
    pub value: RawValue,
    /// The formula without its `=`, if the cell has one.
    pub formula: Option<Arc<str>>,
    /// The number format code, if the file states it (`0.0%`, `#,##0`).
    pub number_format: Option<Arc<str>>,
}

impl RawCell {
    /// Returns the raw content: a number in plain decimals, a text unchanged.
    pub fn to_raw_text(&self) -> String {
        match &self.value {
            RawValue::Number(n) | RawValue::Date(n) => n.normalize().to_string(),
            RawValue::Text(text) | RawValue::Error(text) => text.to_string(),
            RawValue::Bool(true) => "TRUE".to_owned(),
            RawValue::Bool(false) => "FALSE".to_owned(),
            RawValue::FormulaWithoutCache => format!("={}", self.formula.as_deref().unwrap_or_default()),
        }
    }

    /// Returns the text if the cell contains text.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            RawValue::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A merged range, including both corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedRange {
    /// The upper left corner.
    pub first: CellRef,
    /// The lower right corner.
    pub last: CellRef,
}

/// The hidden rows and columns of a sheet, counted from 0, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenRanges {
    /// Ranges of hidden rows, including both ends.
    pub rows: Vec<RangeInclusive<u32>>,
    /// Ranges of hidden columns, including both ends.
    pub cols: Vec<RangeInclusive<u32>>,
}

impl HiddenRanges {
    /// Returns whether a cell is in a hidden row or column.
    pub fn contains(&self, cell: CellRef) -> bool {
        is_in_ranges(&self.rows, cell.row) || self.contains_column(cell.col)
    }

    /// Returns whether a column is hidden.
    pub fn contains_column(&self, col: u32) -> bool {
        is_in_ranges(&self.cols, col)
    }
}

/// Returns whether sorted ranges contain an index.
fn is_in_ranges(ranges: &[RangeInclusive<u32>], at: u32) -> bool {
    let next = ranges.partition_point(|range| *range.end() < at);
    ranges.get(next).is_some_and(|range| range.contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_and_columns_hide_their_cells() {
        let hidden_ranges = HiddenRanges { rows: vec![2..=3, 7..=7], cols: vec![1..=1] };
        for (row, col, hidden) in [(2, 0, true), (3, 0, true), (7, 9, true), (0, 1, true), (1, 0, false), (8, 2, false)]
        {
            assert_eq!(hidden_ranges.contains(CellRef::new(row, col)), hidden, "{row} {col}");
        }
    }

    #[test]
    fn cells_are_named_as_excel_names_them() {
        for (row, col, name) in
            [(0, 0, "A1"), (8, 1, "B9"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(CellRef::new(row, col).to_string(), name);
            assert_eq!(name.parse(), Ok(CellRef::new(row, col)));
        }
        for name in ["", "A", "1", "A0", "a1", "AAAA1", "A-1", "Ă1", "A1B"] {
            assert_eq!(name.parse::<CellRef>(), Err(ParseCellRefError), "{name}");
        }
    }
}
