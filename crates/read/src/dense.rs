//! Reads the cells of an `.xls` or `.ods`, which calamine returns only as dense ranges.
//!
//! Input: the bytes of the file. Output: a [`RawWorkbook`]. Not here: limits on memory and time, which the caller must set:
//! a range covers everything between its corners, so that four cells can require gigabytes, and a truncated table may
//! never end.

use crate::book_builder::{self, SheetBuilder};
use crate::error::{Limit, ReadError};
use crate::ooxml::value::{as_data_ref, epoch_days, raw_value};
use crate::text_pool::TextPool;
use crate::xls::compound::workbook_stream;
use crate::xls::{area, extras};
use crate::{container, ods_extras};
use calamine::{CellType, Data, Ods, OdsError, Range, Reader, Xls, XlsError};
use std::collections::BTreeMap;
use std::io::Cursor;
use tonghop_core::model::cell::{CellRef, RawValue};
use tonghop_core::model::raw_workbook::RawWorkbook;

/// The prefix of the text that calamine returns in place of a formula that it does not know.
const UNKNOWN_FORMULA_PREFIX: &str = "Unrecognised formula";
/// The error values that an `.ods` stores as text.
const ERROR_TEXTS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Reads all worksheets of an `.xls`.
pub(crate) fn read_xls(bytes: &[u8]) -> Result<RawWorkbook, ReadError> {
    let stream = workbook_stream(bytes)?;
    area::check(&stream)?;
    let marks = extras::read_extras(&stream).ok_or(ReadError::ReaderFailure)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Password,
        _ => ReadError::ReaderFailure,
    })?;
    let epoch_days = epoch_days(book.has_1904_epoch());
    let listed = book.sheets_metadata().to_vec();
    book_builder::build_book(&listed, marks, |sheet, marks| {
        let (values, formulas) = values_and_formulas(&mut book, sheet)?;
        let formulas = formulas_by_cell(&formulas, known_formula);
        push_cells(sheet, &values, formulas, |data, texts| raw_value(&as_data_ref(data), false, epoch_days, texts))?;
        let merges = book.merge_cells_by_sheet_name(sheet.name().as_str()).map_err(|_| sheet.sheet_error())?;
        sheet.add_merges(&merges);
        sheet.add_extras(marks);
        Ok(())
    })
}

/// Reads all worksheets of an `.ods`.
pub(crate) fn read_ods(bytes: &[u8]) -> Result<RawWorkbook, ReadError> {
    let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => ReadError::Password,
        OdsError::CellLimitExceeded { .. } => ReadError::TooLarge(Limit::Area),
        OdsError::InvalidMime(_) | OdsError::FileNotFound(_) => ReadError::NotAWorkbook,
        _ => ReadError::ReaderFailure,
    })?;
    let listed = book.sheets_metadata().to_vec();
    let marks = ods_extras::read_extras(&container::read_checked_part(bytes, "content.xml").unwrap_or_default());
    book_builder::build_book(&listed, marks, |sheet, marks| {
        let (values, formulas) = values_and_formulas(&mut book, sheet)?;
        sheet.add_extras(marks);
        push_cells(sheet, &values, formulas_by_cell(&formulas, to_excel_formula), ods_value)
    })
}

/// Returns the values and the formulas of a sheet.
fn values_and_formulas<'a>(
    book: &mut impl Reader<Cursor<&'a [u8]>>,
    sheet: &SheetBuilder,
) -> Result<(Range<Data>, Range<String>), ReadError> {
    let name = sheet.name();
    let values = book.worksheet_range(name.as_str()).map_err(|_| sheet.sheet_error())?;
    let formulas = book.worksheet_formula(name.as_str()).map_err(|_| sheet.sheet_error())?;
    Ok((values, formulas))
}

/// Returns the formulas by position, converted by `convert`; unknown formulas are empty.
fn formulas_by_cell(formulas: &Range<String>, spell: impl Fn(&str) -> String) -> BTreeMap<CellRef, String> {
    let used = formulas.used_cells().map(|(row, col, formula)| (absolute_cell_ref(formulas, row, col), spell(formula)));
    used.collect()
}

/// Adds the values of a range with their formulas; a formula without a value was saved without its cached result.
fn push_cells(
    sheet: &mut SheetBuilder,
    values: &Range<Data>,
    mut formulas: BTreeMap<CellRef, String>,
    translate: impl Fn(&Data, &mut TextPool) -> Option<RawValue>,
) -> Result<(), ReadError> {
    for (row, col, data) in values.used_cells() {
        let cell_ref = absolute_cell_ref(values, row, col);
        let formula = formulas.remove(&cell_ref).filter(|formula| !formula.is_empty());
        let value = translate(data, &mut sheet.texts);
        sheet.push_cell(cell_ref, value, formula.map(Into::into), None)?;
    }
    formulas.into_iter().try_for_each(|(place, formula)| {
        sheet.push_cell(place, Some(RawValue::FormulaWithoutCache), Some(formula.into()), None)
    })
}

/// Returns the position in the sheet of a cell whose row and column are relative to the start of the range.
fn absolute_cell_ref<T: CellType>(range: &Range<T>, row: usize, col: usize) -> CellRef {
    let (top, left) = range.start().unwrap_or_default();
    let far = |first: u32, steps: usize| u32::try_from(steps).map_or(u32::MAX, |steps| first.saturating_add(steps));
    CellRef::new(far(top, row), far(left, col))
}

/// Returns a formula of an `.xls`, or an empty text if calamine does not know the formula.
fn known_formula(written: &str) -> String {
    if written.starts_with(UNKNOWN_FORMULA_PREFIX) { String::new() } else { written.to_owned() }
}

fn ods_value(data: &Data, texts: &mut TextPool) -> Option<RawValue> {
    match data {
        Data::String(text) if is_error_text(text) => Some(RawValue::Error(texts.intern(text))),
        _ => raw_value(&as_data_ref(data), false, 0.0, texts),
    }
}

fn is_error_text(text: &str) -> bool {
    let numbered = text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()));
    numbered || ERROR_TEXTS.contains(&text)
}

/// Converts an OpenFormula text roughly to Excel's notation: `of:=[.A1]*2` becomes `A1*2`.
fn to_excel_formula(open_formula: &str) -> String {
    let (_, formula) = open_formula.split_once('=').unwrap_or(("", open_formula));
    formula.replace("[.", "").replace(":.", ":").replace(['[', ']'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::DataRef;

    #[test]
    fn ods_error_texts_become_errors() {
        for (text, is) in [("#DIV/0!", true), ("Err:502", true), ("Err: không rõ", false), ("#1", false)] {
            let read = ods_value(&Data::String(text.into()), &mut TextPool::default());
            assert_eq!(matches!(read, Some(RawValue::Error(_))), is, "{text}");
        }
    }

    #[test]
    fn ods_formulas_are_converted_to_excel_notation() {
        for (written, spelt) in [("of:=SUM([.A1:.B2])*2", "SUM(A1:B2)*2"), ("of:=[$Biểu.A1]", "$Biểu.A1")] {
            assert_eq!(to_excel_formula(written), spelt);
        }
    }

    #[test]
    fn garbled_text_is_refused() {
        let sheet = calamine::Sheet {
            name: "a".into(),
            typ: calamine::SheetType::WorkSheet,
            visible: calamine::SheetVisible::Visible,
        };
        let garbled = book_builder::build_book(&[sheet], vec![()], |sheet, ()| {
            let read = raw_value(&DataRef::SharedString("O\0r\0"), false, 0.0, &mut sheet.texts);
            sheet.push_cell(CellRef::new(0, 0), read, None, None)
        });
        assert_eq!(garbled, Err(ReadError::InvalidSheet(tonghop_core::model::id::SheetName::new("a"))));
    }
}
