//! Reads the cells of an `.xlsx`: those that the container check extracted if all are plain, else through calamine.
//!
//! Input: the bytes of a checked container, and what the check extracted. Output: a [`RawWorkbook`]. Sheets, their names
//! and styles always come from calamine. Not here: dense ranges, whose size a hostile or careless workbook determines.

use crate::book_builder::{self, SheetBuilder, SheetExtras};
use crate::container::CheckedContainer;
use crate::error::{Damage, Limit, ReadError};
use crate::ooxml::layout::{CellPositions, PartLayout};
use crate::ooxml::plain::{self, PlainCell, PlainValue};
use crate::ooxml::value::{epoch_days, raw_value};
use calamine::{Reader, SheetType, Xlsx, XlsxError};
use std::io::Cursor;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, RawValue};
use tonghop_core::model::raw_workbook::RawWorkbook;
use tracing::debug;

type XlsxReader<'a> = Xlsx<Cursor<&'a [u8]>>;

const MAX_FORMULA_BYTES: usize = 128 * 1024 * 1024;

/// Reads all worksheets from what the container check extracted, or through calamine if a cell is not plain.
pub(crate) fn read(bytes: &[u8], checked: CheckedContainer) -> Result<RawWorkbook, ReadError> {
    let CheckedContainer { mut layouts, shared_strings, parts, .. } = checked;
    if let Some(book) =
        shared_strings.and_then(|texts| read_plain_cells(&parts.outline_archive()?, &mut layouts, &texts))
    {
        return book;
    }
    debug!("a cell is not plain: calamine reads all cells");
    let mut archive = parts.full_archive();
    if archive.is_none() && parts.is_rewritten() {
        archive = Some(parts.rewrite_archive(bytes).ok_or(ReadError::ReaderFailure)?);
    }
    read_with_calamine(archive.as_deref().unwrap_or(bytes), layouts)
}

/// Builds the workbook from the cells that the container check extracted; `None` if calamine must read a cell.
///
/// `outline` is an archive of all parts without cells and shared strings.
pub(crate) fn read_plain_cells(
    outline: &[u8],
    layouts: &mut [Option<PartLayout>],
    shared_strings: &[Arc<str>],
) -> Option<Result<RawWorkbook, ReadError>> {
    let is_plain =
        |layout: &Option<PartLayout>| layout.as_ref().is_some_and(|l| l.plain_cells.is_some() && !l.needs_calamine);
    let mut book: XlsxReader<'_> = Xlsx::new(Cursor::new(outline)).ok()?;
    let sheet_infos = book.sheets_metadata().to_vec();
    if sheet_infos.len() != layouts.len() || !layouts.iter().all(is_plain) {
        return None;
    }
    // Styles belong to the workbook; still, each sheet is opened, because calamine may reject it.
    let mut formats = None;
    for sheet in sheet_infos.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let reader = book.worksheet_cells_reader(&sheet.name).ok()?;
        formats.get_or_insert_with(|| NumberFormats::from_styles(reader.styles()));
    }
    let formats = formats.unwrap_or_default();
    let mut cells = layouts.iter().flatten().flat_map(|layout| layout.plain_cells.iter().flatten());
    if !cells.all(|cell| formats.is_unambiguous(cell, shared_strings)) {
        return None;
    }
    let known: Vec<_> = layouts.iter_mut().map(Option::take).collect();
    Some(book_builder::build_book(&sheet_infos, known, |sheet, layout| {
        let PartLayout { positions, merges, hidden_ranges, comments, plain_cells, .. } = layout.unwrap_or_default();
        sheet.add_extras(SheetExtras { merges, hidden_ranges, comments, ..SheetExtras::default() });
        let mut formulas = check_formula_size(positions)?.formulas.into_iter().peekable();
        for PlainCell { place, style, value } in plain_cells.unwrap_or_default() {
            let formula = formulas.next_if(|(at, _)| *at == place).map(|(_, formula)| formula);
            let value = value.into_raw_value(formula.is_some(), shared_strings, &mut sheet.texts);
            // calamine gives a cell without a style the first style.
            let format = formats.codes.get(style.unwrap_or_default() as usize).cloned().flatten();
            sheet.push_cell(place, value, formula, format)?;
        }
        Ok(())
    }))
}

/// The number formats of the styles of a workbook.
#[derive(Default)]
struct NumberFormats {
    /// The format code of each style; `None` for "General".
    codes: Vec<Option<Arc<str>>>,
    /// For each style, whether its numbers are certainly numbers and not dates.
    is_numeric_style: Vec<bool>,
}

impl NumberFormats {
    fn from_styles(styles: &[calamine::Style]) -> Self {
        let is_of_numbers = |style: &calamine::Style| {
            let format = style.number_format.as_ref();
            format.is_none_or(|format| plain::is_numeric_format(format.format_id, &format.format_code))
        };
        Self { codes: format_codes(styles), is_numeric_style: styles.iter().map(is_of_numbers).collect() }
    }

    /// Returns whether the value of a cell can be used without calamine.
    fn is_unambiguous(&self, cell: &PlainCell, texts: &[Arc<str>]) -> bool {
        let of_numbers = |style: u32| self.is_numeric_style.get(style as usize).copied().unwrap_or(true);
        match &cell.value {
            PlainValue::Number(_) => cell.style.is_none_or(of_numbers),
            PlainValue::SharedString(place) => (*place as usize) < texts.len(),
            _ => true,
        }
    }
}

/// Reads all worksheets through calamine; `layouts` is what the container check found.
pub(crate) fn read_with_calamine(bytes: &[u8], layouts: Vec<Option<PartLayout>>) -> Result<RawWorkbook, ReadError> {
    let mut book: XlsxReader<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => ReadError::Password,
        XlsxError::RelationshipNotFound => ReadError::Damaged(Damage::SheetLink("workbook".to_owned())),
        XlsxError::FileNotFound(part) => ReadError::Damaged(Damage::MissingPart(part)),
        _ => ReadError::ReaderFailure,
    })?;
    let sheet_infos = book.sheets_metadata().to_vec();
    let has_all_layouts = layouts.len() == sheet_infos.len();
    let layouts = if has_all_layouts { layouts } else { sheet_infos.iter().map(|_| None).collect() };
    book_builder::build_book(&sheet_infos, layouts, |sheet, layout| {
        let positions = match layout {
            Some(PartLayout { positions, merges, hidden_ranges, comments, needs_calamine, .. }) => {
                sheet.add_extras(SheetExtras { merges, hidden_ranges, comments, ..SheetExtras::default() });
                if needs_calamine { read_positions(&mut book, sheet)? } else { check_formula_size(positions)? }
            }
            None => {
                let merges = book.merge_cells_by_sheet_name(sheet.name().as_str()).map_err(|_| sheet.sheet_error())?;
                sheet.add_merges(&merges);
                read_positions(&mut book, sheet)?
            }
        };
        push_cells(&mut book, sheet, positions)
    })
}

/// Returns an error if the total length of the formulas exceeds the limit.
fn check_formula_size(positions: CellPositions) -> Result<CellPositions, ReadError> {
    let bytes: usize = positions.formulas.iter().map(|(_, formula)| formula.len()).sum();
    if bytes > MAX_FORMULA_BYTES { Err(ReadError::TooLarge(Limit::Formulas)) } else { Ok(positions) }
}

/// Returns the positions and formulas of all cells, with shared formulas expanded.
///
/// This pass does not read values, so that a value that cannot be read does not hide the position of its cell.
fn read_positions(book: &mut XlsxReader<'_>, sheet: &SheetBuilder) -> Result<CellPositions, ReadError> {
    let damaged = |_| sheet.sheet_error();
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(damaged)?;
    let mut positions = CellPositions::default();
    let mut formula_bytes = 0;
    while let Some(cell) = reader.next_formula().map_err(damaged)? {
        let (row, col) = cell.get_position();
        let (place, formula) = (CellRef::new(row, col), cell.get_value());
        formula_bytes += formula.len();
        if formula_bytes > MAX_FORMULA_BYTES {
            return Err(ReadError::TooLarge(Limit::Formulas));
        }
        positions.count += 1;
        positions.possible_errors.push(place);
        positions.formulas.extend((!formula.is_empty()).then(|| (place, formula.as_str().into())));
    }
    Ok(positions)
}

/// Adds all cells with their values; `positions` is the result of the first pass.
fn push_cells(book: &mut XlsxReader<'_>, sheet: &mut SheetBuilder, positions: CellPositions) -> Result<(), ReadError> {
    let epoch_days = epoch_days(book.has_1904_epoch());
    let mut reader = book.worksheet_cells_reader(sheet.name().as_str()).map_err(|_| sheet.sheet_error())?;
    let formats = format_codes(reader.styles());
    let CellPositions { count, possible_errors, formulas } = positions;
    let mut formulas = formulas.into_iter().peekable();
    // The position after the last cell read.
    let mut next = CellRef::new(0, 0);
    for _ in 0..count {
        let (place, read, style) = match reader.next_cell_with_style_id() {
            Ok(Some((cell, style))) => (CellRef::from(cell.get_position()), Ok(cell), style),
            // An error value that calamine does not know yet, such as #SPILL!, affects only its own cell.
            Err(XlsxError::CellError(written)) => {
                let place = possible_errors.get(possible_errors.partition_point(|cell_ref| *cell_ref < next));
                (*place.ok_or_else(|| sheet.sheet_error())?, Err(written), 0)
            }
            _ => return Err(sheet.sheet_error()),
        };
        if place < next {
            return Err(sheet.sheet_error());
        }
        next = CellRef::new(place.row, place.col.saturating_add(1));
        let formula = formulas.next_if(|(at, _)| *at == place).map(|(_, formula)| formula);
        let value = match read {
            Ok(cell) => raw_value(cell.get_value(), formula.is_some(), epoch_days, &mut sheet.texts),
            Err(written) => Some(RawValue::Error(sheet.texts.intern(&written))),
        };
        sheet.push_cell(place, value, formula, formats.get(style).cloned().flatten())?;
    }
    let is_whole = formulas.next().is_none() && matches!(reader.next_cell_with_style_id(), Ok(None));
    if is_whole { Ok(()) } else { Err(sheet.sheet_error()) }
}

/// Returns the number format code of each style, `None` for "General".
fn format_codes(styles: &[calamine::Style]) -> Vec<Option<Arc<str>>> {
    let code = |style: &calamine::Style| style.number_format.as_ref().map(|f| f.format_code.as_str().into());
    styles.iter().map(|style| code(style).filter(|c: &Arc<str>| !c.is_empty() && **c != *"General")).collect()
}
