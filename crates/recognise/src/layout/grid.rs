//! A view of a sheet by rows, without cells that contain only blanks.
//!
//! Input: a sheet. Output: its rows and the texts of its cells. Not here: their meaning.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use tonghop_core::model::cell::{CellRef, MergedRange, RawCell, RawValue};
use tonghop_core::model::raw_workbook::RawSheet;
use tonghop_core::vi::fold::clean;

/// A row: its index in the sheet, and its filled cells by column.
pub(crate) struct GridRow<'a> {
    pub index: u32,
    pub cells: Vec<(u32, &'a RawCell)>,
}

/// The rows of a sheet that have filled cells, in order.
pub(crate) struct Grid<'a> {
    pub sheet: &'a RawSheet,
    pub rows: Vec<GridRow<'a>>,
    /// The merged areas by first row, each with the lowest row of all areas up to it.
    merges: Vec<(MergedRange, u32)>,
}

impl<'a> Grid<'a> {
    pub(crate) fn new(sheet: &'a RawSheet) -> Self {
        let mut rows: Vec<GridRow<'a>> = Vec::new();
        for (place, cell) in sheet.cells.iter().filter(|(_, cell)| !is_blank_text(cell)) {
            match rows.last_mut().filter(|row| row.index == place.row) {
                Some(row) => row.cells.push((place.col, cell)),
                None => {
                    // Rows of a table usually have the same length.
                    let mut cells = Vec::with_capacity(rows.last().map_or(1, |above| above.cells.len()));
                    cells.push((place.col, cell));
                    rows.push(GridRow { index: place.row, cells });
                }
            }
        }
        Self { sheet, rows, merges: sorted_merges(sheet) }
    }

    /// Returns the cell, if it is filled.
    pub(crate) fn cell(&self, row: u32, col: u32) -> Option<&'a RawCell> {
        self.sheet.cells.get(&CellRef::new(row, col)).filter(|cell| !is_blank_text(cell))
    }

    /// Returns the merged areas that overlap `rows`.
    pub(crate) fn merges_in(&self, rows: Range<u32>) -> Vec<MergedRange> {
        let from = self.merges.partition_point(|(_, lowest)| *lowest < rows.start);
        let begins = self.merges[from..].iter().map(|(merge, _)| *merge).take_while(|merge| merge.first.row < rows.end);
        begins.filter(|merge| merge.last.row >= rows.start).collect()
    }
}

/// Returns the filled cells that a merged area covers: all but its first cell, which is the only one that is seen.
pub(crate) fn covered_cells(sheet: &RawSheet) -> BTreeSet<CellRef> {
    // Fast path: without merged areas, the cells need not be visited.
    if sheet.merges.is_empty() {
        return BTreeSet::new();
    }
    let merges = sorted_merges(sheet);
    let mut begun = merges.iter().map(|(merge, _)| *merge).peekable();
    // The areas of the row, by their first column; areas of a well-formed sheet do not overlap.
    let mut open: BTreeMap<u32, MergedRange> = BTreeMap::new();
    let mut covered = BTreeSet::new();
    for (place, _) in sheet.cells.iter().filter(|(_, cell)| !is_blank_text(cell)) {
        while let Some(merge) = begun.next_if(|merge| merge.first.row <= place.row) {
            open.insert(merge.first.col, merge);
        }
        if let Some((col, merge)) = open.range(..=place.col).next_back().map(|(col, merge)| (*col, *merge)) {
            if merge.last.row < place.row {
                open.remove(&col);
            } else if place.col <= merge.last.col && *place != merge.first {
                covered.insert(*place);
            }
        }
    }
    covered
}

/// Sorts the merged areas of a sheet, so that those of given rows can be found by binary search.
fn sorted_merges(sheet: &RawSheet) -> Vec<(MergedRange, u32)> {
    let mut merges = sheet.merges.clone();
    merges.sort_by_key(|merge| (merge.first, merge.last));
    let mut lowest = 0;
    let reach = |merge: MergedRange| {
        lowest = merge.last.row.max(lowest);
        (merge, lowest)
    };
    merges.into_iter().map(reach).collect()
}

impl<'a> GridRow<'a> {
    pub(crate) fn cell(&self, col: u32) -> Option<&'a RawCell> {
        let at = self.cells.binary_search_by_key(&col, |(col, _)| *col).ok()?;
        Some(self.cells[at].1)
    }

    /// Returns the cleaned text of a cell, empty if there is none.
    pub(crate) fn text(&self, col: u32) -> Cow<'a, str> {
        self.cell(col).map(cell_text).unwrap_or_default()
    }
}

/// Returns the cleaned text of a cell; numbers and other values as typed.
pub(crate) fn cell_text(cell: &RawCell) -> Cow<'_, str> {
    match &cell.value {
        RawValue::Text(text) => clean(text),
        _ => Cow::Owned(cell.to_raw_text()),
    }
}

fn is_blank_text(cell: &RawCell) -> bool {
    cell.text().is_some_and(|text| text.chars().all(char::is_whitespace))
}
