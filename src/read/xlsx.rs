//! The cells of an `.xlsx`, streamed through calamine.
//!
//! In come bytes whose container was checked; out goes a [`RawBook`]. Never here: dense ranges, whose size a hostile
//! or careless workbook decides.

use super::error::{Limit, ReadError};
use super::gather::{self, Gathered, Marks};
use super::value::{epoch_days, value};
use crate::model::cell::{CellRef, Concealed, RawBook, RawValue};
use calamine::{Reader, Xlsx, XlsxError};
use std::io::Cursor;
use std::sync::Arc;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

const MAX_FORMULA_BYTES: usize = 128 * 1024 * 1024;

/// Reads all worksheets of a workbook; `concealed` is what its sheets hide, in their order.
pub(super) fn read(bytes: &[u8], concealed: Vec<Concealed>) -> Result<RawBook, ReadError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => ReadError::Password,
        XlsxError::RelationshipNotFound | XlsxError::FileNotFound(_) => ReadError::NotAWorkbook,
        _ => ReadError::Reader,
    })?;
    let listed = book.sheets_metadata().to_vec();
    let mut concealed = concealed.into_iter();
    let marks = listed.iter().map(|_| Marks { concealed: concealed.next().unwrap_or_default(), ..Marks::default() });
    let marks = marks.collect();
    gather::book(&listed, marks, |sheet| {
        let placed = places(&mut book, sheet)?;
        let merges = book.merge_cells_by_sheet_name(sheet.name().as_str()).map_err(|_| sheet.damaged())?;
        sheet.merge(&merges);
        cells(&mut book, sheet, placed)
    })
}

/// A cell's place with its formula, empty where it has none.
type Placed = (CellRef, String);

/// Lists the places of all cells with their formulas, those of shared formulas written out.
///
/// This pass does not look at values, so that a value that cannot be read does not hide the place it stands in.
fn places(book: &mut Book<'_>, sheet: &Gathered) -> Result<Vec<Placed>, ReadError> {
    let damaged = |_| sheet.damaged();
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(damaged)?;
    let mut placed = Vec::new();
    let mut formula_bytes = 0;
    while let Some(cell) = reader.next_formula().map_err(damaged)? {
        let (row, col) = cell.get_position();
        let formula = cell.get_value().clone();
        formula_bytes += formula.len();
        if formula_bytes > MAX_FORMULA_BYTES {
            return Err(ReadError::TooLarge(Limit::Formulas));
        }
        placed.push((CellRef::new(row, col), formula));
    }
    Ok(placed)
}

/// Puts the values of the cells at `placed`, in the same order.
fn cells(book: &mut Book<'_>, sheet: &mut Gathered, placed: Vec<Placed>) -> Result<(), ReadError> {
    let epoch_days = epoch_days(book.has_1904_epoch());
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(|_| sheet.damaged())?;
    let formats = formats(reader.styles());
    for (place, formula) in placed {
        let (value, style) = match reader.next_cell_with_style_id() {
            Ok(Some((cell, style))) if cell.get_position() == (place.row, place.col) => {
                (value(cell.get_value(), !formula.is_empty(), epoch_days, &mut sheet.texts), style)
            }
            // A newer error value than the reader knows, such as #SPILL!, is that cell's trouble only.
            Err(XlsxError::CellError(written)) => (Some(RawValue::Error(sheet.texts.shared(&written))), 0),
            _ => return Err(sheet.damaged()),
        };
        let number_format = formats.get(style).cloned().flatten();
        sheet.put(place, value, Some(formula).filter(|f| !f.is_empty()).map(Into::into), number_format)?;
    }
    Ok(())
}

/// Returns the number format code of each style, where it says more than "General".
fn formats(styles: &[calamine::Style]) -> Vec<Option<Arc<str>>> {
    let code = |style: &calamine::Style| style.number_format.as_ref().map(|f| f.format_code.as_str().into());
    styles.iter().map(|style| code(style).filter(|c: &Arc<str>| !c.is_empty() && **c != *"General")).collect()
}
