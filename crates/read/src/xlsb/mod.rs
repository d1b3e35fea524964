//! Reads the cells of an `.xlsb` cell by cell through calamine.
//!
//! Input: the bytes of a checked container. Output: a [`RawWorkbook`]. Not here: dense ranges.

pub(crate) mod extras;

use super::book_builder::{self, SheetBuilder};
use super::error::ReadError;
use crate::ooxml::parts::CheckedParts;
use crate::ooxml::value::{epoch_days, raw_value};
use calamine::{Reader, Xlsb, XlsbError};
use std::collections::BTreeMap;
use std::io::Cursor;
use tonghop_core::model::cell::{CellRef, RawValue};
use tonghop_core::model::raw_workbook::RawWorkbook;

type XlsbReader<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Reads all worksheets of a workbook, whose parts have passed the check.
pub(super) fn read(bytes: &[u8], parts: &CheckedParts) -> Result<RawWorkbook, ReadError> {
    let mut archive = None;
    if parts.is_rewritten() {
        archive = Some(parts.rewrite_archive(bytes).ok_or(ReadError::ReaderFailure)?);
    }
    let bytes = archive.as_deref().unwrap_or(bytes);
    let mut book: XlsbReader<'_> = Xlsb::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsbError::Password => ReadError::Password,
        XlsbError::FileNotFound(_) => ReadError::NotAWorkbook,
        _ => ReadError::ReaderFailure,
    })?;
    let sheet_infos = book.sheets_metadata().to_vec();
    let extras = extras::read_extras(bytes).ok_or(ReadError::ReaderFailure)?;
    book_builder::build_book(&sheet_infos, extras, |sheet, marks| {
        sheet.add_extras(marks);
        let formulas = read_formulas(&mut book, sheet)?;
        push_cells(&mut book, sheet, formulas)
    })
}

/// Returns the formulas by position, without those that calamine does not know.
fn read_formulas(book: &mut XlsbReader<'_>, sheet: &SheetBuilder) -> Result<BTreeMap<CellRef, String>, ReadError> {
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(|_| sheet.sheet_error())?;
    let mut formulas = BTreeMap::new();
    loop {
        match reader.next_formula() {
            Ok(Some(cell)) => {
                let (row, col) = cell.get_position();
                formulas.insert(CellRef::new(row, col), cell.get_value().clone());
            }
            Ok(None) => return Ok(formulas),
            Err(XlsbError::Io(_)) => return Err(sheet.sheet_error()),
            Err(_) => {}
        }
    }
}

/// Adds the values with their formulas.
fn push_cells(
    book: &mut XlsbReader<'_>,
    sheet: &mut SheetBuilder,
    mut formulas: BTreeMap<CellRef, String>,
) -> Result<(), ReadError> {
    let epoch_days = epoch_days(book.has_1904_epoch());
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(|_| sheet.sheet_error())?;
    while let Some(cell) = reader.next_cell().map_err(|_| sheet.sheet_error())? {
        let (row, col) = cell.get_position();
        let cell_ref = CellRef::new(row, col);
        let formula = formulas.remove(&cell_ref).filter(|formula| !formula.is_empty());
        let read = raw_value(cell.get_value(), formula.is_some(), epoch_days, &mut sheet.texts);
        sheet.push_cell(cell_ref, read, formula.map(Into::into), None)?;
    }
    // calamine skips formulas whose result is an error.
    formulas.into_iter().try_for_each(|(place, formula)| {
        sheet.push_cell(place, Some(RawValue::Error("công thức lỗi".into())), Some(formula.into()), None)
    })
}
