//! A workbook as it is put together, whatever its format.
//!
//! In come sheets and cells in the words of the library, out goes a [`RawBook`] within the bounds of a grid and of
//! memory. Never here: a format of files.

use super::error::{Damage, Limit, ReadError};
use crate::model::cell::{CellRef, Concealed, Merge, RawBook, RawCell, RawSheet, RawValue};
use crate::model::id::SheetName;
use calamine::{Dimensions, Sheet, SheetType, SheetVisible};
use std::collections::{BTreeMap, BTreeSet};

const MAX_CELLS: usize = 2_000_000;
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;
/// The plainest percent format, for files that do not spell theirs.
const PERCENT: &str = "0%";
/// The numbers of the formats `0%` and `0.00%` in `.xls` and `.xlsb`, which files need not spell.
pub(super) const BUILT_IN_PERCENTS: [u16; 2] = [9, 10];

/// Fills every worksheet that a workbook lists, and adds the marks, one for each that is listed.
pub(super) fn book(
    listed: &[Sheet],
    marks: Vec<Marks>,
    mut fill: impl FnMut(&mut Gathered) -> Result<(), ReadError>,
) -> Result<RawBook, ReadError> {
    let mut names = BTreeSet::new();
    let mut left = MAX_CELLS;
    let mut sheets = Vec::new();
    // The marks of another sheet would be worse than none.
    if marks.len() != listed.len() {
        return Err(ReadError::Reader);
    }
    for (listing, marks) in listed.iter().zip(marks) {
        // The reader would give one of two sheets twice.
        if !names.insert(&listing.name) {
            return Err(ReadError::Damaged(Damage::Twin(listing.name.clone())));
        }
        if listing.typ == SheetType::WorkSheet {
            let mut gathered = Gathered::new(listing, left);
            fill(&mut gathered)?;
            gathered.mark(marks);
            left -= gathered.sheet.cells.len();
            sheets.push(gathered.sheet);
        }
    }
    if sheets.is_empty() { Err(ReadError::NotAWorkbook) } else { Ok(RawBook { sheets, saved: None }) }
}

/// What the library does not give of a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub merges: Vec<Merge>,
    /// Areas, both corners included, whose numbers are shown as percentages.
    pub percents: Vec<Merge>,
    pub concealed: Concealed,
}

/// A worksheet that is being filled.
pub(super) struct Gathered {
    sheet: RawSheet,
    max_cells: usize,
}

impl Gathered {
    fn new(listing: &Sheet, max_cells: usize) -> Self {
        let (name, hidden) = (SheetName::new(listing.name.as_str()), listing.visible != SheetVisible::Visible);
        let (cells, merges, concealed) = (BTreeMap::new(), Vec::new(), Concealed::default());
        Self { sheet: RawSheet { name, hidden, cells, merges, concealed }, max_cells }
    }

    pub(super) fn name(&self) -> SheetName {
        self.sheet.name.clone()
    }

    /// Makes the error of a sheet that cannot be believed.
    pub(super) fn damaged(&self) -> ReadError {
        ReadError::Sheet(self.name())
    }

    /// Puts a cell in its place; a value that is `None` is an empty cell.
    pub(super) fn put(
        &mut self,
        place: CellRef,
        value: Option<RawValue>,
        formula: Option<String>,
        number_format: Option<String>,
    ) -> Result<(), ReadError> {
        let Some(value) = value else { return Ok(()) };
        // Old files give text of two bytes a letter as text of one with zeros between: it would match no label.
        let garbled = matches!(&value, RawValue::Text(text) if text.contains('\0'));
        let outside = place.row >= ROWS || place.col >= COLUMNS;
        let cell = RawCell { value, formula, number_format };
        if garbled || outside || self.sheet.cells.insert(place, cell).is_some() {
            return Err(self.damaged());
        }
        if self.sheet.cells.len() > self.max_cells {
            return Err(ReadError::TooLarge(Limit::Cells));
        }
        Ok(())
    }

    /// Adds what the library left out.
    fn mark(&mut self, marks: Marks) {
        self.sheet.merges.extend(marks.merges);
        self.sheet.concealed = marks.concealed;
        marks.percents.into_iter().for_each(|area| self.show_as_percent(area));
    }

    fn show_as_percent(&mut self, area: Merge) {
        let rows = area.first..=CellRef::new(area.last.row, u32::MAX);
        let columns = area.first.col..=area.last.col;
        for (_, cell) in self.sheet.cells.range_mut(rows).filter(|(place, _)| columns.contains(&place.col)) {
            cell.number_format = Some(PERCENT.to_owned());
        }
    }

    pub(super) fn merge(&mut self, areas: &[Dimensions]) {
        let corner = |(row, col)| CellRef::new(row, col);
        self.sheet.merges.extend(areas.iter().map(|a| Merge { first: corner(a.start), last: corner(a.end) }));
    }
}
