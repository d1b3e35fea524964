//! Reads the cells of an `.xlsb` cell by cell through calamine.
//!
//! Input: the bytes of a checked container. Output: a [`RawBook`]. Not here: dense ranges.

pub(crate) mod marks;

use super::error::ReadError;
use super::gather::{self, Gathered};
use crate::ooxml::value::{epoch_days, value};
use calamine::{Reader, Xlsb, XlsbError};
use std::collections::BTreeMap;
use std::io::Cursor;
use tonghop_core::model::book::RawBook;
use tonghop_core::model::cell::{CellRef, RawValue};

type Book<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Reads all worksheets of a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<RawBook, ReadError> {
    let mut book: Book<'_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsbError::Password => ReadError::Password,
        XlsbError::FileNotFound(_) => ReadError::NotAWorkbook,
        _ => ReadError::Reader,
    })?;
    let listed = book.sheets_metadata().to_vec();
    let marks = marks::marks(bytes).ok_or(ReadError::Reader)?;
    gather::book(&listed, marks, |sheet, marks| {
        sheet.mark(marks);
        let formulas = formulas(&mut book, sheet)?;
        cells(&mut book, sheet, formulas)
    })
}

/// Returns the formulas by position, without those that calamine does not know.
fn formulas(book: &mut Book<'_>, sheet: &Gathered) -> Result<BTreeMap<CellRef, String>, ReadError> {
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(|_| sheet.damaged())?;
    let mut formulas = BTreeMap::new();
    loop {
        match reader.next_formula() {
            Ok(Some(cell)) => {
                let (row, col) = cell.get_position();
                formulas.insert(CellRef::new(row, col), cell.get_value().clone());
            }
            Ok(None) => return Ok(formulas),
            Err(XlsbError::Io(_)) => return Err(sheet.damaged()),
            Err(_) => {}
        }
    }
}

/// Adds the values with their formulas.
fn cells(book: &mut Book<'_>, sheet: &mut Gathered, mut formulas: BTreeMap<CellRef, String>) -> Result<(), ReadError> {
    let epoch_days = epoch_days(book.has_1904_epoch());
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(|_| sheet.damaged())?;
    while let Some(cell) = reader.next_cell().map_err(|_| sheet.damaged())? {
        let (row, col) = cell.get_position();
        let place = CellRef::new(row, col);
        let formula = formulas.remove(&place).filter(|formula| !formula.is_empty());
        let read = value(cell.get_value(), formula.is_some(), epoch_days, &mut sheet.texts);
        sheet.put(place, read, formula.map(Into::into), None)?;
    }
    // calamine skips formulas whose result is an error.
    formulas.into_iter().try_for_each(|(place, formula)| {
        sheet.put(place, Some(RawValue::Error("công thức lỗi".into())), Some(formula.into()), None)
    })
}
