//! A workbook as it is put together, whatever its format.
//!
//! In come sheets and cells in the words of the library, out goes a [`RawBook`] within the bounds of a grid and of
//! memory. Never here: a format of files.

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
/// The plainest percent format, for files that do not spell theirs.
const PERCENT: &str = "0%";
/// The numbers of the formats `0%` and `0.00%` in `.xls` and `.xlsb`, which files need not spell.
pub(super) const BUILT_IN_PERCENTS: [u16; 2] = [9, 10];

/// Fills every worksheet that a workbook lists; each has with it what is known of it already.
pub(super) fn book<K>(
    listed: &[Sheet],
    known: Vec<K>,
    mut fill: impl FnMut(&mut Gathered, K) -> Result<(), ReadError>,
) -> Result<RawBook, ReadError> {
    let mut names = BTreeSet::new();
    let (mut left, mut texts) = (MAX_CELLS, Texts::default());
    let mut sheets = Vec::new();
    // What is known of another sheet would be worse than nothing.
    if known.len() != listed.len() {
        return Err(ReadError::Reader);
    }
    for (listing, known) in listed.iter().zip(known) {
        // The reader would give one of two sheets twice.
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
    name: SheetName,
    hidden: bool,
    cells: Vec<(CellRef, RawCell)>,
    marks: Marks,
    max_cells: usize,
    /// The texts of the workbook.
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

    /// Makes the error of a sheet that cannot be believed.
    pub(super) fn damaged(&self) -> ReadError {
        ReadError::Sheet(self.name())
    }

    /// Puts a cell in its place; a value that is `None` is an empty cell.
    pub(super) fn put(
        &mut self,
        place: CellRef,
        value: Option<RawValue>,
        formula: Option<Arc<str>>,
        number_format: Option<Arc<str>>,
    ) -> Result<(), ReadError> {
        let Some(value) = value else { return Ok(()) };
        // Old files give text of two bytes a letter as text of one with zeros between: it would match no label.
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

    /// Adds what the library leaves out.
    pub(super) fn mark(&mut self, marks: Marks) {
        self.marks.merges.extend(marks.merges);
        self.marks.percents.extend(marks.percents);
        self.marks.concealed = marks.concealed;
    }

    pub(super) fn merge(&mut self, areas: &[Dimensions]) {
        let corner = |(row, col)| CellRef::new(row, col);
        self.marks.merges.extend(areas.iter().map(|a| Merge { first: corner(a.start), last: corner(a.end) }));
    }

    /// Returns the whole sheet, its cells in order.
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
