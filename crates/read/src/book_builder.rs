//! Builds a [`RawWorkbook`] sheet by sheet, for every file format.
//!
//! Input: the sheets that calamine lists, and their cells. Output: a [`RawWorkbook`] whose cells lie in Excel's grid and do
//! not exceed the cell limit, or the error. Not here: file formats.

use super::error::{Damage, Limit, ReadError};
use crate::text_pool::TextPool;
use calamine::{Dimensions, Sheet, SheetType, SheetVisible};
use memchr::memchr;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, HiddenRanges, MergedRange, RawCell, RawValue};
use tonghop_core::model::cells::Cells;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::number_format::NumberFormat;
use tonghop_core::model::raw_workbook::{RawSheet, RawWorkbook};

const MAX_CELLS: usize = 2_000_000;
/// The number format of percentages, if the file does not state a code.
pub(super) const PERCENT_FORMAT: &str = "0%";
/// The built-in formats of percentages in `.xls` and `.xlsb`, by id; files need not define them.
const BUILT_IN_PERCENT_FORMATS: [(u16, &str); 2] = [(9, PERCENT_FORMAT), (10, "0.00%")];

/// Builds every listed worksheet with `fill`, which also gets the sheet's item of `sheet_data`.
pub(super) fn build_book<K>(
    sheet_infos: &[Sheet],
    sheet_data: Vec<K>,
    mut fill: impl FnMut(&mut SheetBuilder, K) -> Result<(), ReadError>,
) -> Result<RawWorkbook, ReadError> {
    let mut names = BTreeSet::new();
    let (mut remaining_cells, mut texts) = (MAX_CELLS, TextPool::default());
    let mut sheets = Vec::new();
    // With different lengths, a sheet could get the data of another one.
    if sheet_data.len() != sheet_infos.len() {
        return Err(ReadError::ReaderFailure);
    }
    for (info, data) in sheet_infos.iter().zip(sheet_data) {
        // calamine looks sheets up by name and would return the same sheet twice.
        if !names.insert(&info.name) {
            return Err(ReadError::Damaged(Damage::DoubleSheet(info.name.clone())));
        }
        if info.typ == SheetType::WorkSheet {
            let mut builder = SheetBuilder::new(info, remaining_cells, texts);
            fill(&mut builder, data)?;
            remaining_cells -= builder.cells.len();
            texts = std::mem::take(&mut builder.texts);
            sheets.push(builder.build()?);
        }
    }
    if sheets.is_empty() { Err(ReadError::NoWorksheet) } else { Ok(RawWorkbook { sheets, ..RawWorkbook::default() }) }
}

/// The number formats of an `.xls` or `.xlsb` that may display another number than the cell stores, by id.
pub(super) struct FormatTable(BTreeMap<u16, Arc<str>>);

impl FormatTable {
    /// Returns the formats that files need not define.
    pub(super) fn built_in() -> Self {
        Self(BUILT_IN_PERCENT_FORMATS.into_iter().map(|(id, code)| (id, code.into())).collect())
    }

    /// Adds a format that the file defines; it may redefine a built-in one.
    pub(super) fn define(&mut self, id: u16, code: &str) {
        self.0.remove(&id);
        if NumberFormat::may_change(code) {
            self.0.insert(id, code.into());
        }
    }

    /// Returns the code of a format; `None` if it displays what the cell stores.
    pub(super) fn code(&self, id: u16) -> Option<Arc<str>> {
        self.0.get(&id).cloned()
    }
}

/// Properties of a sheet that calamine does not provide.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SheetExtras {
    pub merges: Vec<MergedRange>,
    /// Areas, both corners included, with the code of their number format.
    pub formatted_areas: Vec<(MergedRange, Arc<str>)>,
    pub hidden_ranges: HiddenRanges,
    /// The comments of cells in reading order, at most one per cell.
    pub comments: Vec<(CellRef, Arc<str>)>,
}

/// Collects the cells of one worksheet.
pub(super) struct SheetBuilder {
    name: SheetName,
    visibility: SheetVisible,
    cells: Vec<(CellRef, RawCell)>,
    extras: SheetExtras,
    max_cells: usize,
    /// The texts of the whole workbook; passed on from sheet to sheet.
    pub texts: TextPool,
}

impl SheetBuilder {
    fn new(info: &Sheet, max_cells: usize, texts: TextPool) -> Self {
        let name = SheetName::new(info.name.as_str());
        Self { name, visibility: info.visible, cells: Vec::new(), extras: SheetExtras::default(), max_cells, texts }
    }

    pub(super) fn name(&self) -> SheetName {
        self.name.clone()
    }

    /// Returns the error for a sheet whose content is not valid.
    pub(super) fn sheet_error(&self) -> ReadError {
        ReadError::InvalidSheet(self.name())
    }

    /// Adds a cell; an empty cell (`None`) is skipped.
    ///
    /// # Errors
    /// Returns an error if the cell is outside the grid, or the workbook has too many cells.
    pub(super) fn push_cell(
        &mut self,
        cell_ref: CellRef,
        value: Option<RawValue>,
        formula: Option<Arc<str>>,
        number_format: Option<Arc<str>>,
    ) -> Result<(), ReadError> {
        let Some(value) = value else { return Ok(()) };
        // In old files, two-byte text can arrive as one-byte text with zeros between: it would match no label.
        let value = match value {
            RawValue::Text(text) if memchr(0, text.as_bytes()).is_some() => match text.trim_end_matches('\0') {
                "" => return Ok(()),
                garbled if garbled.contains('\0') => RawValue::Error(self.texts.intern("văn bản lẫn ký tự NUL")),
                // Programs in C end texts so.
                whole => RawValue::Text(self.texts.intern(whole)),
            },
            value => value,
        };
        if !cell_ref.is_in_grid() {
            return Err(self.sheet_error());
        }
        if self.cells.len() == self.max_cells {
            return Err(ReadError::TooLarge(Limit::Cells));
        }
        self.cells.push((cell_ref, RawCell { value, formula, number_format }));
        Ok(())
    }

    /// Adds merges and number formats, and replaces the hidden ranges and the comments.
    pub(super) fn add_extras(&mut self, extras: SheetExtras) {
        self.extras.merges.extend(extras.merges);
        self.extras.formatted_areas.extend(extras.formatted_areas);
        self.extras.hidden_ranges = extras.hidden_ranges;
        self.extras.comments = extras.comments;
    }

    pub(super) fn add_merges(&mut self, areas: &[Dimensions]) {
        let corner = |(row, col)| CellRef::new(row, col);
        self.extras.merges.extend(areas.iter().map(|a| MergedRange { first: corner(a.start), last: corner(a.end) }));
    }

    /// Returns the complete sheet with its cells in order.
    ///
    /// # Errors
    /// Returns an error if two cells have the same position.
    fn build(self) -> Result<RawSheet, ReadError> {
        let Self { name, visibility, cells, extras, .. } = self;
        let mut cells = Cells::from_unsorted(cells).map_err(|_| ReadError::InvalidSheet(name.clone()))?;
        extras.formatted_areas.into_iter().for_each(|(area, code)| set_format(&mut cells, area, &code));
        Ok(RawSheet {
            name,
            is_hidden: visibility != SheetVisible::Visible,
            is_very_hidden: visibility == SheetVisible::VeryHidden,
            cells,
            merges: extras.merges,
            hidden_ranges: extras.hidden_ranges,
            comments: extras.comments,
        })
    }
}

fn set_format(cells: &mut Cells, area: MergedRange, code: &Arc<str>) {
    let rows = area.first..=CellRef::new(area.last.row, u32::MAX);
    let columns = area.first.col..=area.last.col;
    for (_, cell) in cells.range_mut(rows).filter(|(place, _)| columns.contains(&place.col)) {
        cell.number_format = Some(Arc::clone(code));
    }
}
