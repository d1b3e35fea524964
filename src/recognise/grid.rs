//! A sheet by rows, without the cells that only look filled.
//!
//! In comes a sheet, out go its rows and the words of its cells. Never here: what they mean.

use crate::model::cell::{CellRef, Merge, RawCell, RawSheet, RawValue};
use crate::vi::fold::clean;
use std::ops::Range;

/// A row: its number and its filled cells by column.
pub(super) struct GridRow<'a> {
    pub at: u32,
    pub cells: Vec<(u32, &'a RawCell)>,
}

/// The filled rows of a sheet, in order.
pub(super) struct Grid<'a> {
    pub sheet: &'a RawSheet,
    pub rows: Vec<GridRow<'a>>,
}

impl<'a> Grid<'a> {
    pub fn new(sheet: &'a RawSheet) -> Self {
        let mut rows: Vec<GridRow<'a>> = Vec::new();
        for (place, cell) in sheet.cells.iter().filter(|(_, cell)| !is_blank_text(cell)) {
            match rows.last_mut().filter(|row| row.at == place.row) {
                Some(row) => row.cells.push((place.col, cell)),
                None => rows.push(GridRow { at: place.row, cells: vec![(place.col, cell)] }),
            }
        }
        Self { sheet, rows }
    }

    /// Returns a filled cell.
    pub fn cell(&self, row: u32, col: u32) -> Option<&'a RawCell> {
        self.sheet.cells.get(&CellRef::new(row, col)).filter(|cell| !is_blank_text(cell))
    }

    /// Returns the merged areas that reach into `rows`.
    pub fn merges(&self, rows: Range<u32>) -> Vec<Merge> {
        let reaches = |merge: &&Merge| merge.first.row < rows.end && merge.last.row >= rows.start;
        self.sheet.merges.iter().filter(reaches).copied().collect()
    }
}

impl<'a> GridRow<'a> {
    pub fn cell(&self, col: u32) -> Option<&'a RawCell> {
        let at = self.cells.binary_search_by_key(&col, |(col, _)| *col).ok()?;
        Some(self.cells[at].1)
    }

    /// Returns the words of a cell, empty where there are none.
    pub fn words(&self, col: u32) -> String {
        self.cell(col).map(words).unwrap_or_default()
    }
}

/// Returns what a cell says, in clean words.
pub(super) fn words(cell: &RawCell) -> String {
    match &cell.value {
        RawValue::Text(text) => clean(text),
        _ => cell.as_typed(),
    }
}

fn is_blank_text(cell: &RawCell) -> bool {
    cell.text().is_some_and(|text| text.chars().all(char::is_whitespace))
}
