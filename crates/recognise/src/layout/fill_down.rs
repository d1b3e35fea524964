//! Fills down texts that apply to several rows: those of merged cells and those above a ditto sign.
//!
//! Input: the rows of a table, from top to bottom. Output: the text that applies to each row, and the row that contains
//! it. Not here: the meaning of the texts; empty cells that are not merged.

use super::grid::{self, Grid, GridRow};
use super::rows::is_ditto;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tonghop_core::model::cell::{MergedRange, RawCell, RawValue};

/// A text with the row that contains it.
type FilledText = (Arc<str>, u32);

/// The texts of some columns of a table.
pub(crate) struct FillDown<'g> {
    grid: &'g Grid<'g>,
    /// The merged areas of several rows that start in the table, by column, from top to bottom.
    merges: BTreeMap<u32, Vec<MergedRange>>,
    last_texts: BTreeMap<u32, FilledText>,
    /// Interned texts that differ from the text of their cell.
    interned: HashMap<String, Arc<str>>,
}

impl<'g> FillDown<'g> {
    pub(crate) fn new(grid: &'g Grid<'g>, body: &[GridRow<'_>], columns: impl Iterator<Item = u32>) -> Self {
        let mut merges: BTreeMap<u32, Vec<MergedRange>> = columns.map(|col| (col, Vec::new())).collect();
        if let (Some(first), Some(last)) = (body.first(), body.last()) {
            let inside = grid.merges_in(first.index..last.index + 1).into_iter();
            for merge in inside.filter(|merge| merge.first.row >= first.index && merge.last.row > merge.first.row) {
                merges.range_mut(merge.first.col..=merge.last.col).for_each(|(_, of_column)| of_column.push(merge));
            }
        }
        Self { grid, merges, last_texts: BTreeMap::new(), interned: HashMap::new() }
    }

    /// Returns the text that applies to a row in a column. The caller must go through the rows from top to bottom.
    pub(crate) fn text(&mut self, cells: &GridRow<'_>, col: u32) -> Option<FilledText> {
        let own = cells.cell(col).map(|cell| self.cell_text(cell)).filter(|own| !own.is_empty());
        if own.as_ref().is_some_and(|own| is_ditto(own)) {
            return self.last_texts.get(&col).cloned();
        }
        let found = if let Some(own) = own { (own, cells.index) } else { self.merged_text(cells.index, col)? };
        self.last_texts.insert(col, found.clone());
        Some(found)
    }

    /// Returns whether a merged cell with a text covers a row in a column.
    pub(crate) fn covers(&self, row: u32, col: u32) -> bool {
        self.merge_over(row, col).is_some_and(|merge| self.grid.cell(merge.first.row, merge.first.col).is_some())
    }

    fn merge_over(&self, row: u32, col: u32) -> Option<MergedRange> {
        let merges = self.merges.get(&col)?;
        let end = merges.partition_point(|merge| merge.first.row <= row);
        merges[..end].last().filter(|merge| merge.last.row >= row).copied()
    }

    fn merged_text(&mut self, row: u32, col: u32) -> Option<FilledText> {
        let merge = self.merge_over(row, col)?;
        let (first, cell) = (merge.first, self.grid.cell(merge.first.row, merge.first.col)?);
        Some((self.cell_text(cell), first.row))
    }

    /// Returns the cleaned text of a cell, sharing the text of the cell if that is clean.
    fn cell_text(&mut self, cell: &RawCell) -> Arc<str> {
        match (grid::cell_text(cell), &cell.value) {
            (Cow::Borrowed(_), RawValue::Text(text)) => Arc::clone(text),
            (words, _) => self.intern(words),
        }
    }

    fn intern(&mut self, text: Cow<'_, str>) -> Arc<str> {
        if let Some(known) = self.interned.get(&*text) {
            return Arc::clone(known);
        }
        let words: Arc<str> = text.as_ref().into();
        self.interned.insert(text.into_owned(), Arc::clone(&words));
        words
    }
}
