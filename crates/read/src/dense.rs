//! Reads the cells of an `.xls` or `.ods`, which calamine returns only as dense ranges.
//!
//! Input: the bytes of the file. Output: a [`RawWorkbook`]. Not here: limits on memory and time, which the caller must set:
//! a range covers everything between its corners, so that four cells can require gigabytes, and a truncated table may
//! never end.

use crate::book_builder::{self, SheetBuilder};
use crate::error::{Limit, ReadError};
use crate::ods_content::{self, OdsContent};
use crate::ods_extras;
use crate::ooxml::value::{as_data_ref, epoch_days, raw_value};
use crate::text_pool::TextPool;
use crate::uncalculated::refuted_results;
use crate::xls::cell_records::{self, CellClaim};
use crate::xls::compound::workbook_stream;
use crate::xls::{area, extras};
use calamine::{CellType, Data, Ods, OdsError, Range, Reader, Xls, XlsError};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use tonghop_core::model::cell::{CellRef, RawValue};
use tonghop_core::model::raw_workbook::{Integrity, RawWorkbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The prefix of the text that calamine returns in place of a formula that it does not know.
const UNKNOWN_FORMULA_PREFIX: &str = "Unrecognised formula";
/// The parts of an `.ods` that calamine needs besides its content.
const ODS_PARTS: [&str; 2] = ["mimetype", "META-INF/manifest.xml"];

/// Reads all worksheets of an `.xls`.
pub(crate) fn read_xls(bytes: &[u8]) -> Result<RawWorkbook, ReadError> {
    let stream = workbook_stream(bytes)?;
    area::check(&stream)?;
    let records = extras::read_sheets(&stream).ok_or(ReadError::ReaderFailure)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => ReadError::Password,
        _ => ReadError::ReaderFailure,
    })?;
    let epoch_days = epoch_days(book.has_1904_epoch());
    let listed = book.sheets_metadata().to_vec();
    let mut doubtful = Vec::new();
    let read = book_builder::build_book(&listed, records, |sheet, (marks, records)| {
        let (values, formulas) = values_and_formulas(&mut book, sheet)?;
        let formulas = formulas_by_cell(&formulas, known_formula);
        let claims = cell_records::claims(records);
        let contradictions = claims.iter().filter(|(_, claim)| claim.is_contradiction());
        doubtful.extend(contradictions.map(|(cell_ref, _)| (sheet.name(), *cell_ref)));
        let errors = record_errors(&values, claims);
        push_cells(sheet, &values, formulas, &errors, |data, texts| {
            raw_value(&as_data_ref(data), false, epoch_days, texts)
        })?;
        let merges = book.merge_cells_by_sheet_name(sheet.name().as_str()).map_err(|_| sheet.sheet_error())?;
        sheet.add_merges(&merges);
        sheet.add_extras(marks);
        Ok(())
    })?;
    doubtful.extend(refuted_results(&read));
    Ok(RawWorkbook { integrity: Integrity::Unproven(doubtful), ..read })
}

/// Reads all worksheets of an `.ods`.
///
/// `content` is the part with the cells as it is to be read, from the check of the container.
pub(crate) fn read_ods(bytes: &[u8], content: Option<OdsContent>) -> Result<RawWorkbook, ReadError> {
    let OdsContent { content, is_rewritten } = content.ok_or(ReadError::NotAWorkbook)?;
    let archive = if is_rewritten { Some(ods_archive(bytes, &content).ok_or(ReadError::ReaderFailure)?) } else { None };
    let mut book = Ods::new(Cursor::new(archive.as_deref().unwrap_or(bytes))).map_err(|error| match error {
        OdsError::Password => ReadError::Password,
        OdsError::CellLimitExceeded { .. } => ReadError::TooLarge(Limit::Area),
        OdsError::InvalidMime(_) | OdsError::FileNotFound(_) => ReadError::NotAWorkbook,
        _ => ReadError::ReaderFailure,
    })?;
    let listed = book.sheets_metadata().to_vec();
    let marks = ods_extras::read_extras(&content);
    book_builder::build_book(&listed, marks, |sheet, (marks, failed)| {
        let (values, formulas) = values_and_formulas(&mut book, sheet)?;
        sheet.add_extras(marks);
        let formulas = formulas_by_cell(&formulas, to_excel_formula);
        push_cells(sheet, &values, formulas, &failed, ods_value)
    })
}

/// Returns an archive of an `.ods` with other content; `None` if it cannot be written.
fn ods_archive(bytes: &[u8], content: &[u8]) -> Option<Vec<u8>> {
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut zip = ZipWriter::new(Cursor::default());
    for name in ODS_PARTS {
        if let Ok(part) = archive.by_name(name) {
            zip.raw_copy_file(part).ok()?;
        }
    }
    zip.start_file("content.xml", stored).ok()?;
    zip.write_all(content).ok()?;
    Some(zip.finish().ok()?.into_inner())
}

/// Returns the cells that calamine did not read as the records of the sheet hold them, with the reason.
fn record_errors(values: &Range<Data>, claims: Vec<(CellRef, CellClaim)>) -> BTreeMap<CellRef, &'static str> {
    let is_read = |cell: CellRef| values.get_value((cell.row, cell.col)).is_some_and(|data| *data != Data::Empty);
    claims.into_iter().filter_map(|(cell, claim)| Some((cell, claim.error(is_read(cell))?))).collect()
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

/// Adds the values of a range with their formulas, and the errors in place of values.
///
/// A formula without a value was saved without its cached result.
fn push_cells(
    sheet: &mut SheetBuilder,
    values: &Range<Data>,
    mut formulas: BTreeMap<CellRef, String>,
    errors: &BTreeMap<CellRef, &'static str>,
    translate: impl Fn(&Data, &mut TextPool) -> Option<RawValue>,
) -> Result<(), ReadError> {
    for (row, col, data) in values.used_cells() {
        let cell_ref = absolute_cell_ref(values, row, col);
        let formula = formulas.remove(&cell_ref).filter(|formula| !formula.is_empty());
        if !errors.contains_key(&cell_ref) {
            let value = translate(data, &mut sheet.texts);
            sheet.push_cell(cell_ref, value, formula.map(Into::into), None)?;
        }
    }
    for (cell_ref, error) in errors {
        formulas.remove(cell_ref);
        let error = RawValue::Error(sheet.texts.intern(error));
        sheet.push_cell(*cell_ref, Some(error), None, None)?;
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
        Data::String(text) if ods_extras::displayed_error(text).is_some() => Some(RawValue::Error(texts.intern(text))),
        Data::String(text) if ods_content::error_text(text).is_some() => {
            ods_content::error_text(text).map(|error| RawValue::Error(texts.intern(error)))
        }
        _ => raw_value(&as_data_ref(data), false, 0.0, texts),
    }
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
    fn garbled_text_is_the_error_of_its_cell() {
        let sheet = calamine::Sheet {
            name: "a".into(),
            typ: calamine::SheetType::WorkSheet,
            visible: calamine::SheetVisible::Visible,
        };
        let garbled = book_builder::build_book(&[sheet], vec![()], |sheet, ()| {
            let read = raw_value(&DataRef::SharedString("O\0r\0"), false, 0.0, &mut sheet.texts);
            sheet.push_cell(CellRef::new(0, 0), read, None, None)?;
            let ended = raw_value(&DataRef::SharedString("Or\0"), false, 0.0, &mut sheet.texts);
            sheet.push_cell(CellRef::new(0, 1), ended, None, None)
        });
        let cells: Vec<RawValue> =
            garbled.unwrap().sheets[0].cells.iter().map(|(_, cell)| cell.value.clone()).collect();
        assert!(matches!(cells.as_slice(), [RawValue::Error(_), RawValue::Text(_)]), "{cells:?}");
    }
}
