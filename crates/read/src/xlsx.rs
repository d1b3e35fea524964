//! Reads the cells of an `.xlsx`: those that the container check extracted if all are plain, else through calamine.
//!
//! Input: the bytes of a checked container, and what the check extracted. Output: a [`RawBook`]. Sheets, their names
//! and styles always come from calamine. Not here: dense ranges, whose size a hostile or careless workbook determines.

use crate::container::Checked;
use crate::error::{Limit, ReadError};
use crate::gather::{self, Gathered, Marks};
use crate::ooxml::layout::{Layout, Places};
use crate::ooxml::plain::{self, PlainCell, PlainValue};
use crate::ooxml::value::{epoch_days, value};
use calamine::{Reader, SheetType, Xlsx, XlsxError};
use std::io::Cursor;
use std::sync::Arc;
use tonghop_core::model::book::RawBook;
use tonghop_core::model::cell::{CellRef, RawValue};
use tracing::debug;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

const MAX_FORMULA_BYTES: usize = 128 * 1024 * 1024;

/// Reads all worksheets from what the container check extracted, or through calamine if a cell is not plain.
pub(crate) fn read(bytes: &[u8], checked: Checked) -> Result<RawBook, ReadError> {
    let Checked { mut layouts, texts, parts, .. } = checked;
    if let Some(book) = texts.and_then(|texts| taken(&parts.outline()?, &mut layouts, &texts)) {
        return book;
    }
    debug!("a cell is not plain: the library reads all");
    through_library(parts.whole().as_deref().unwrap_or(bytes), layouts)
}

/// Builds the workbook from the cells that the container check extracted; `None` if calamine must read a cell.
///
/// `outline` is an archive of all parts without cells and shared strings.
pub(crate) fn taken(
    outline: &[u8],
    layouts: &mut [Option<Layout>],
    texts: &[Arc<str>],
) -> Option<Result<RawBook, ReadError>> {
    let is_plain = |layout: &Option<Layout>| layout.as_ref().is_some_and(|l| l.plain.is_some() && !l.is_for_library);
    let mut book: Book<'_> = Xlsx::new(Cursor::new(outline)).ok()?;
    let listed = book.sheets_metadata().to_vec();
    if listed.len() != layouts.len() || !layouts.iter().all(is_plain) {
        return None;
    }
    // Styles belong to the workbook; still, each sheet is opened, because calamine may reject it.
    let mut formats = None;
    for sheet in listed.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let reader = book.worksheet_cells_reader(&sheet.name).ok()?;
        formats.get_or_insert_with(|| Formats::of(reader.styles()));
    }
    let formats = formats.unwrap_or_default();
    let mut cells = layouts.iter().flatten().flat_map(|layout| layout.plain.iter().flatten());
    if !cells.all(|cell| formats.fit(cell, texts)) {
        return None;
    }
    let known: Vec<_> = layouts.iter_mut().map(Option::take).collect();
    Some(gather::book(&listed, known, |sheet, layout| {
        let Layout { cells, merges, concealed, plain, .. } = layout.unwrap_or_default();
        sheet.mark(Marks { merges, concealed, ..Marks::default() });
        let mut formulas = bounded(cells)?.formulas.into_iter().peekable();
        for PlainCell { place, style, value } in plain.unwrap_or_default() {
            let formula = formulas.next_if(|(at, _)| *at == place).map(|(_, formula)| formula);
            let value = value.value(formula.is_some(), texts, &mut sheet.texts);
            // calamine gives a cell without a style the first style.
            let format = formats.codes.get(style.unwrap_or_default() as usize).cloned().flatten();
            sheet.put(place, value, formula, format)?;
        }
        Ok(())
    }))
}

/// The number formats of the styles of a workbook.
#[derive(Default)]
struct Formats {
    /// The format code of each style; `None` for "General".
    codes: Vec<Option<Arc<str>>>,
    /// For each style, whether its numbers are certainly numbers and not dates.
    are_of_numbers: Vec<bool>,
}

impl Formats {
    fn of(styles: &[calamine::Style]) -> Self {
        let is_of_numbers = |style: &calamine::Style| {
            let format = style.number_format.as_ref();
            format.is_none_or(|format| plain::is_of_numbers(format.format_id, &format.format_code))
        };
        Self { codes: formats(styles), are_of_numbers: styles.iter().map(is_of_numbers).collect() }
    }

    /// Returns whether the value of a cell can be used without calamine.
    fn fit(&self, cell: &PlainCell, texts: &[Arc<str>]) -> bool {
        let of_numbers = |style: u32| self.are_of_numbers.get(style as usize).copied().unwrap_or(true);
        match &cell.value {
            PlainValue::Number(_) => cell.style.is_none_or(of_numbers),
            PlainValue::TextIndex(place) => (*place as usize) < texts.len(),
            _ => true,
        }
    }
}

/// Reads all worksheets through calamine; `layouts` is what the container check found.
pub(crate) fn through_library(bytes: &[u8], layouts: Vec<Option<Layout>>) -> Result<RawBook, ReadError> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => ReadError::Password,
        XlsxError::RelationshipNotFound | XlsxError::FileNotFound(_) => ReadError::NotAWorkbook,
        _ => ReadError::Reader,
    })?;
    let listed = book.sheets_metadata().to_vec();
    let is_sure = layouts.len() == listed.len();
    let layouts = if is_sure { layouts } else { listed.iter().map(|_| None).collect() };
    gather::book(&listed, layouts, |sheet, layout| {
        let places = match layout {
            Some(Layout { cells, merges, concealed, is_for_library, .. }) => {
                sheet.mark(Marks { merges, concealed, ..Marks::default() });
                if is_for_library { places(&mut book, sheet)? } else { bounded(cells)? }
            }
            None => {
                let merges = book.merge_cells_by_sheet_name(sheet.name().as_str()).map_err(|_| sheet.damaged())?;
                sheet.merge(&merges);
                places(&mut book, sheet)?
            }
        };
        cells(&mut book, sheet, places)
    })
}

/// Returns an error if the total length of the formulas exceeds the limit.
fn bounded(places: Places) -> Result<Places, ReadError> {
    let bytes: usize = places.formulas.iter().map(|(_, formula)| formula.len()).sum();
    if bytes > MAX_FORMULA_BYTES { Err(ReadError::TooLarge(Limit::Formulas)) } else { Ok(places) }
}

/// Returns the positions and formulas of all cells, with shared formulas expanded.
///
/// This pass does not read values, so that a value that cannot be read does not hide the position of its cell.
fn places(book: &mut Book<'_>, sheet: &Gathered) -> Result<Places, ReadError> {
    let damaged = |_| sheet.damaged();
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(damaged)?;
    let mut places = Places::default();
    let mut formula_bytes = 0;
    while let Some(cell) = reader.next_formula().map_err(damaged)? {
        let (row, col) = cell.get_position();
        let (place, formula) = (CellRef::new(row, col), cell.get_value());
        formula_bytes += formula.len();
        if formula_bytes > MAX_FORMULA_BYTES {
            return Err(ReadError::TooLarge(Limit::Formulas));
        }
        places.count += 1;
        places.doubtful.push(place);
        places.formulas.extend((!formula.is_empty()).then(|| (place, formula.as_str().into())));
    }
    Ok(places)
}

/// Adds all cells with their values; `positions` is the result of the first pass.
fn cells(book: &mut Book<'_>, sheet: &mut Gathered, places: Places) -> Result<(), ReadError> {
    let epoch_days = epoch_days(book.has_1904_epoch());
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(|_| sheet.damaged())?;
    let formats = formats(reader.styles());
    let Places { count, doubtful, formulas } = places;
    let mut formulas = formulas.into_iter().peekable();
    // The position after the last cell read.
    let mut next = CellRef::new(0, 0);
    for _ in 0..count {
        let (place, read, style) = match reader.next_cell_with_style_id() {
            Ok(Some((cell, style))) => (CellRef::from(cell.get_position()), Ok(cell), style),
            // An error value that calamine does not know yet, such as #SPILL!, affects only its own cell.
            Err(XlsxError::CellError(written)) => {
                let place = doubtful.get(doubtful.partition_point(|place| *place < next));
                (*place.ok_or_else(|| sheet.damaged())?, Err(written), 0)
            }
            _ => return Err(sheet.damaged()),
        };
        if place < next {
            return Err(sheet.damaged());
        }
        next = CellRef::new(place.row, place.col.saturating_add(1));
        let formula = formulas.next_if(|(at, _)| *at == place).map(|(_, formula)| formula);
        let value = match read {
            Ok(cell) => value(cell.get_value(), formula.is_some(), epoch_days, &mut sheet.texts),
            Err(written) => Some(RawValue::Error(sheet.texts.shared(&written))),
        };
        sheet.put(place, value, formula, formats.get(style).cloned().flatten())?;
    }
    let is_whole = formulas.next().is_none() && matches!(reader.next_cell_with_style_id(), Ok(None));
    if is_whole { Ok(()) } else { Err(sheet.damaged()) }
}

/// Returns the number format code of each style, `None` for "General".
fn formats(styles: &[calamine::Style]) -> Vec<Option<Arc<str>>> {
    let code = |style: &calamine::Style| style.number_format.as_ref().map(|f| f.format_code.as_str().into());
    styles.iter().map(|style| code(style).filter(|c: &Arc<str>| !c.is_empty() && **c != *"General")).collect()
}
