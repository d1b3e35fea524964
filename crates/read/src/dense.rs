//! Reads the cells of an `.xls` or `.ods`, which calamine returns only as dense ranges.
//!
//! Input: the bytes of the file. Output: a [`RawBook`]. Not here: limits on memory and time, which the caller must set:
//! a range covers everything between its corners, so that four cells can require gigabytes, and a truncated table may
//! never end.

use crate::error::{Limit, ReadError};
use crate::gather::{self, Gathered};
use crate::ooxml::value::{epoch_days, lent, value};
use crate::texts::Texts;
use crate::xls::compound::workbook_stream;
use crate::xls::{area, marks};
use crate::{container, ods_marks};
use calamine::{CellType, Data, Ods, OdsError, Range, Reader, Xls, XlsError};
use std::collections::BTreeMap;
use std::io::Cursor;
use tonghop_core::model::book::RawBook;
use tonghop_core::model::cell::{CellRef, RawValue};

/// The prefix of the text that calamine returns in place of a formula that it does not know.
const NO_FORMULA: &str = "Unrecognised formula";
/// The error values that an `.ods` stores as text.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Reads all worksheets of an `.xls`.
pub(crate) fn xls(bytes: &[u8]) -> Result<RawBook, ReadError> {
    let stream = workbook_stream(bytes)?;
    area::check(&stream)?;
    let marks = marks::marks(&stream).ok_or(ReadError::Reader)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Password,
        _ => ReadError::Reader,
    })?;
    let epoch_days = epoch_days(book.has_1904_epoch());
    let listed = book.sheets_metadata().to_vec();
    gather::book(&listed, marks, |sheet, marks| {
        let (values, formulas) = ranges(&mut book, sheet)?;
        let formulas = placed(&formulas, known_formula);
        fill(sheet, &values, formulas, |data, texts| value(&lent(data), false, epoch_days, texts))?;
        let merges = book.merge_cells_by_sheet_name(sheet.name().as_str()).map_err(|_| sheet.damaged())?;
        sheet.merge(&merges);
        sheet.mark(marks);
        Ok(())
    })
}

/// Reads all worksheets of an `.ods`.
pub(crate) fn ods(bytes: &[u8]) -> Result<RawBook, ReadError> {
    let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => ReadError::Password,
        OdsError::CellLimitExceeded { .. } => ReadError::TooLarge(Limit::Area),
        OdsError::InvalidMime(_) | OdsError::FileNotFound(_) => ReadError::NotAWorkbook,
        _ => ReadError::Reader,
    })?;
    let listed = book.sheets_metadata().to_vec();
    let marks = ods_marks::marks(&container::checked_part(bytes, "content.xml").unwrap_or_default());
    gather::book(&listed, marks, |sheet, marks| {
        let (values, formulas) = ranges(&mut book, sheet)?;
        sheet.mark(marks);
        fill(sheet, &values, placed(&formulas, excel_formula), ods_value)
    })
}

/// Returns the values and the formulas of a sheet.
fn ranges<'a>(
    book: &mut impl Reader<Cursor<&'a [u8]>>,
    sheet: &Gathered,
) -> Result<(Range<Data>, Range<String>), ReadError> {
    let name = sheet.name();
    let values = book.worksheet_range(name.as_str()).map_err(|_| sheet.damaged())?;
    let formulas = book.worksheet_formula(name.as_str()).map_err(|_| sheet.damaged())?;
    Ok((values, formulas))
}

/// Returns the formulas by position, converted by `convert`; unknown formulas are empty.
fn placed(formulas: &Range<String>, spell: impl Fn(&str) -> String) -> BTreeMap<CellRef, String> {
    let used = formulas.used_cells().map(|(row, col, formula)| (at(formulas, row, col), spell(formula)));
    used.collect()
}

/// Adds the values of a range with their formulas; a formula without a value was saved without its cached result.
fn fill(
    sheet: &mut Gathered,
    values: &Range<Data>,
    mut formulas: BTreeMap<CellRef, String>,
    translate: impl Fn(&Data, &mut Texts) -> Option<RawValue>,
) -> Result<(), ReadError> {
    for (row, col, data) in values.used_cells() {
        let place = at(values, row, col);
        let formula = formulas.remove(&place).filter(|formula| !formula.is_empty());
        let value = translate(data, &mut sheet.texts);
        sheet.put(place, value, formula.map(Into::into), None)?;
    }
    formulas
        .into_iter()
        .try_for_each(|(place, formula)| sheet.put(place, Some(RawValue::Unevaluated), Some(formula.into()), None))
}

/// Returns the position in the sheet of a cell whose row and column are relative to the start of the range.
fn at<T: CellType>(range: &Range<T>, row: usize, col: usize) -> CellRef {
    let (top, left) = range.start().unwrap_or_default();
    let far = |first: u32, steps: usize| u32::try_from(steps).map_or(u32::MAX, |steps| first.saturating_add(steps));
    CellRef::new(far(top, row), far(left, col))
}

/// Returns a formula of an `.xls`, or an empty text if calamine does not know the formula.
fn known_formula(written: &str) -> String {
    if written.starts_with(NO_FORMULA) { String::new() } else { written.to_owned() }
}

fn ods_value(data: &Data, texts: &mut Texts) -> Option<RawValue> {
    match data {
        Data::String(text) if is_error(text) => Some(RawValue::Error(texts.shared(text))),
        _ => value(&lent(data), false, 0.0, texts),
    }
}

fn is_error(text: &str) -> bool {
    let numbered = text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()));
    numbered || ERRORS.contains(&text)
}

/// Converts an OpenFormula text roughly to Excel's notation: `of:=[.A1]*2` becomes `A1*2`.
fn excel_formula(written: &str) -> String {
    let (_, formula) = written.split_once('=').unwrap_or(("", written));
    formula.replace("[.", "").replace(":.", ":").replace(['[', ']'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::DataRef;

    #[test]
    fn errors_of_ods_are_no_texts() {
        for (text, is) in [("#DIV/0!", true), ("Err:502", true), ("Err: không rõ", false), ("#1", false)] {
            let read = ods_value(&Data::String(text.into()), &mut Texts::default());
            assert_eq!(matches!(read, Some(RawValue::Error(_))), is, "{text}");
        }
    }

    #[test]
    fn formulas_of_ods_are_spelt_as_in_excel() {
        for (written, spelt) in [("of:=SUM([.A1:.B2])*2", "SUM(A1:B2)*2"), ("of:=[$Biểu.A1]", "$Biểu.A1")] {
            assert_eq!(excel_formula(written), spelt);
        }
    }

    #[test]
    fn garbled_text_is_refused() {
        let sheet = calamine::Sheet {
            name: "a".into(),
            typ: calamine::SheetType::WorkSheet,
            visible: calamine::SheetVisible::Visible,
        };
        let garbled = gather::book(&[sheet], vec![()], |sheet, ()| {
            let read = value(&DataRef::SharedString("O\0r\0"), false, 0.0, &mut sheet.texts);
            sheet.put(CellRef::new(0, 0), read, None, None)
        });
        assert_eq!(garbled, Err(ReadError::Sheet(tonghop_core::model::id::SheetName::new("a"))));
    }
}
