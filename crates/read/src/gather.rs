//! Builds a [`RawBook`] sheet by sheet, for every file format.
//!
//! Input: the sheets that calamine lists, and their cells. Output: a [`RawBook`] whose cells lie in Excel's grid and do
//! not exceed the cell limit, or the error. Not here: file formats.

use super::error::{Damage, Limit, ReadError};
use crate::texts::Texts;
use calamine::{Dimensions, Sheet, SheetType, SheetVisible};
use memchr::memchr;
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::model::book::{RawBook, RawSheet};
use tonghop_core::model::cell::{CellRef, Concealed, Merge, RawCell, RawValue};
use tonghop_core::model::cells::Cells;
use tonghop_core::model::id::SheetName;

const MAX_CELLS: usize = 2_000_000;
/// The number format given to percentages if the real format code is not known.
const PERCENT: &str = "0%";
/// The ids of the built-in formats `0%` and `0.00%` in `.xls` and `.xlsb`; files need not define them.
pub(super) const BUILT_IN_PERCENTS: [u16; 2] = [9, 10];

/// Builds every listed worksheet with `fill`, which also gets the sheet's item of `sheet_data`.
pub(super) fn book<K>(
    listed: &[Sheet],
    known: Vec<K>,
    mut fill: impl FnMut(&mut Gathered, K) -> Result<(), ReadError>,
) -> Result<RawBook, ReadError> {
    let mut names = BTreeSet::new();
    let (mut left, mut texts) = (MAX_CELLS, Texts::default());
    let mut sheets = Vec::new();
    // With different lengths, a sheet could get the data of another one.
    if known.len() != listed.len() {
        return Err(ReadError::Reader);
    }
    for (listing, known) in listed.iter().zip(known) {
        // calamine looks sheets up by name and would return the same sheet twice.
        if !names.insert(&listing.name) {
            return Err(ReadError::Damaged(Damage::Twin(listing.name.clone())));
        }
        if listing.typ == SheetType::WorkSheet {
            let mut gathered = Gathered::new(listing, left, texts);
            fill(&mut gathered, known)?;
            left -= gathered.cells.len();
            texts = std::mem::take(&mut gathered.texts);
            sheets.push(gathered.whole()?);
        }
    }
    if sheets.is_empty() { Err(ReadError::NotAWorkbook) } else { Ok(RawBook { sheets, saved: None }) }
}

/// Properties of a sheet that calamine does not provide.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub merges: Vec<Merge>,
    /// Areas, both corners included, whose numbers are displayed as percentages.
    pub percents: Vec<Merge>,
    pub concealed: Concealed,
}

/// Collects the cells of one worksheet.
pub(super) struct Gathered {
    name: SheetName,
    hidden: bool,
    cells: Vec<(CellRef, RawCell)>,
    marks: Marks,
    max_cells: usize,
    /// The texts of the whole workbook; passed on from sheet to sheet.
    pub texts: Texts,
}

impl Gathered {
    fn new(listing: &Sheet, max_cells: usize, texts: Texts) -> Self {
        let (name, hidden) = (SheetName::new(listing.name.as_str()), listing.visible != SheetVisible::Visible);
        Self { name, hidden, cells: Vec::new(), marks: Marks::default(), max_cells, texts }
    }

    pub(super) fn name(&self) -> SheetName {
        self.name.clone()
    }

    /// Returns the error for a sheet whose content is not valid.
    pub(super) fn damaged(&self) -> ReadError {
        ReadError::Sheet(self.name())
    }

    /// Adds a cell; an empty cell (`None`) is skipped.
    ///
    /// # Errors
    /// The cell is outside the grid, its text is garbled, or the workbook has too many cells.
    pub(super) fn put(
        &mut self,
        place: CellRef,
        value: Option<RawValue>,
        formula: Option<Arc<str>>,
        number_format: Option<Arc<str>>,
    ) -> Result<(), ReadError> {
        let Some(value) = value else { return Ok(()) };
        // In old files, two-byte text can arrive as one-byte text with zeros between: it would match no label.
        let garbled = matches!(&value, RawValue::Text(text) if memchr(0, text.as_bytes()).is_some());
        if garbled || !place.is_in_grid() {
            return Err(self.damaged());
        }
        if self.cells.len() == self.max_cells {
            return Err(ReadError::TooLarge(Limit::Cells));
        }
        self.cells.push((place, RawCell { value, formula, number_format }));
        Ok(())
    }

    /// Adds merges and percentages, and replaces the hidden ranges.
    pub(super) fn mark(&mut self, marks: Marks) {
        self.marks.merges.extend(marks.merges);
        self.marks.percents.extend(marks.percents);
        self.marks.concealed = marks.concealed;
    }

    pub(super) fn merge(&mut self, areas: &[Dimensions]) {
        let corner = |(row, col)| CellRef::new(row, col);
        self.marks.merges.extend(areas.iter().map(|a| Merge { first: corner(a.start), last: corner(a.end) }));
    }

    /// Returns the complete sheet with its cells in order.
    ///
    /// # Errors
    /// Two cells have the same position.
    fn whole(self) -> Result<RawSheet, ReadError> {
        let Self { name, hidden, cells, marks, .. } = self;
        let mut cells = Cells::sorted(cells).map_err(|_| ReadError::Sheet(name.clone()))?;
        marks.percents.into_iter().for_each(|area| show_as_percent(&mut cells, area));
        Ok(RawSheet { name, hidden, cells, merges: marks.merges, concealed: marks.concealed })
    }
}

fn show_as_percent(cells: &mut Cells, area: Merge) {
    let rows = area.first..=CellRef::new(area.last.row, u32::MAX);
    let columns = area.first.col..=area.last.col;
    let percent: Arc<str> = PERCENT.into();
    for (_, cell) in cells.range_mut(rows).filter(|(place, _)| columns.contains(&place.col)) {
        cell.number_format = Some(Arc::clone(&percent));
    }
}
