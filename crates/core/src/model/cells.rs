//! The cells of one sheet, in reading order.
//!
//! Input: non-empty cells with their positions, in any order. Output: cells by position, by row, or all in order; one
//! cell per position.

use super::cell::{CellRef, RawCell};
use std::iter::FusedIterator;
use std::ops::{Bound, RangeBounds};

/// The non-empty cells of a sheet.
///
/// A sorted list: sheets are read and traversed in order, and a cell needs no extra memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells(Vec<(CellRef, RawCell)>);

/// An iterator over cells in reading order.
#[derive(Clone, Debug)]
pub struct Iter<'c>(std::slice::Iter<'c, (CellRef, RawCell)>);

impl Cells {
    /// Sorts the cells.
    ///
    /// # Errors
    /// Returns an error if two cells are at the same position.
    pub fn from_unsorted(mut cells: Vec<(CellRef, RawCell)>) -> Result<Self, DuplicateCell> {
        let is_strictly_sorted = |cells: &[(CellRef, RawCell)]| cells.is_sorted_by(|(one, _), (next, _)| one < next);
        if !is_strictly_sorted(&cells) {
            cells.sort_by_key(|(place, _)| *place);
        }
        if is_strictly_sorted(&cells) { Ok(Self(cells)) } else { Err(DuplicateCell) }
    }

    /// Returns the number of cells.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Keeps only the first cells.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
        self.0.shrink_to_fit();
    }

    /// Returns whether the sheet has no cells.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the cell at a position.
    pub fn get(&self, cell_ref: &CellRef) -> Option<&RawCell> {
        self.find_index(*cell_ref).ok().map(|at| &self.0[at].1)
    }

    /// Returns the cell at a position, mutably.
    pub fn get_mut(&mut self, cell_ref: &CellRef) -> Option<&mut RawCell> {
        self.find_index(*cell_ref).ok().map(|at| &mut self.0[at].1)
    }

    /// Returns whether there is a cell at a position.
    pub fn contains_key(&self, cell_ref: &CellRef) -> bool {
        self.find_index(*cell_ref).is_ok()
    }

    /// Inserts a cell; returns the previous cell at that position.
    pub fn insert(&mut self, cell_ref: CellRef, cell: RawCell) -> Option<RawCell> {
        match self.find_index(cell_ref) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, cell)),
            Err(at) => {
                self.0.insert(at, (cell_ref, cell));
                None
            }
        }
    }

    /// Iterates over all cells.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.0.iter())
    }

    /// Iterates over the positions.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &CellRef> {
        self.0.iter().map(|(place, _)| place)
    }

    /// Iterates over the cells without their positions.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &RawCell> {
        self.0.iter().map(|(_, cell)| cell)
    }

    /// Iterates mutably over the cells.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut RawCell> {
        self.0.iter_mut().map(|(_, cell)| cell)
    }

    /// Iterates over the cells in a range of positions, in reading order.
    pub fn range(&self, places: impl RangeBounds<CellRef>) -> Iter<'_> {
        let (first, end) = self.index_range(&places);
        Iter(self.0[first..end].iter())
    }

    /// Iterates mutably over the cells in a range of positions.
    pub fn range_mut(
        &mut self,
        places: impl RangeBounds<CellRef>,
    ) -> impl DoubleEndedIterator<Item = (&CellRef, &mut RawCell)> {
        let (first, end) = self.index_range(&places);
        self.0[first..end].iter_mut().map(|(place, cell)| (&*place, cell))
    }

    fn find_index(&self, cell_ref: CellRef) -> Result<usize, usize> {
        // Fast path: most cells are appended.
        match self.0.last() {
            Some((last, _)) if *last < cell_ref => Err(self.0.len()),
            _ => self.0.binary_search_by_key(&cell_ref, |(place, _)| *place),
        }
    }

    fn index_range(&self, places: &impl RangeBounds<CellRef>) -> (usize, usize) {
        let before = |cell_ref: &CellRef| self.0.partition_point(|(at, _)| at < cell_ref);
        let through = |cell_ref: &CellRef| self.0.partition_point(|(at, _)| at <= cell_ref);
        let first = match places.start_bound() {
            Bound::Included(place) => before(place),
            Bound::Excluded(place) => through(place),
            Bound::Unbounded => 0,
        };
        let end = match places.end_bound() {
            Bound::Included(place) => through(place),
            Bound::Excluded(place) => before(place),
            Bound::Unbounded => self.0.len(),
        };
        (first, end.max(first))
    }
}

/// Two cells have the same position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateCell;

impl FromIterator<(CellRef, RawCell)> for Cells {
    /// Sorts the cells; the last of several cells at one position wins.
    fn from_iter<I: IntoIterator<Item = (CellRef, RawCell)>>(cells: I) -> Self {
        Vec::from_iter(cells).into()
    }
}

impl From<Vec<(CellRef, RawCell)>> for Cells {
    fn from(mut cells: Vec<(CellRef, RawCell)>) -> Self {
        cells.reverse();
        cells.sort_by_key(|(place, _)| *place);
        cells.dedup_by_key(|(place, _)| *place);
        Self(cells)
    }
}

impl<'c> IntoIterator for &'c Cells {
    type Item = (&'c CellRef, &'c RawCell);
    type IntoIter = Iter<'c>;

    fn into_iter(self) -> Iter<'c> {
        self.iter()
    }
}

impl<'c> Iterator for Iter<'c> {
    type Item = (&'c CellRef, &'c RawCell);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(place, cell)| (place, cell))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(place, cell)| (place, cell))
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl FusedIterator for Iter<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cell::RawValue;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn cell(number: u8) -> RawCell {
        RawCell { value: RawValue::Number(number.into()), formula: None, number_format: None }
    }

    fn places() -> impl Strategy<Value = Vec<(CellRef, RawCell)>> {
        let place = (0..6_u32, 0..6_u32).prop_map(|(row, col)| CellRef::new(row, col));
        prop::collection::vec((place, any::<u8>().prop_map(cell)), 0..40)
    }

    proptest! {
        #[test]
        fn a_sheet_is_a_map_in_reading_order(given in places(), row in 0..7_u32, col in 0..7_u32) {
            let expected: BTreeMap<CellRef, RawCell> = given.iter().cloned().collect();
            let mut one_by_one = Cells::default();
            for (place, cell) in given.clone() {
                one_by_one.insert(place, cell);
            }
            let cells: Cells = given.iter().cloned().collect();
            prop_assert_eq!(&cells, &one_by_one);
            prop_assert!(cells.iter().eq(&expected));
            prop_assert!(cells.iter().rev().eq(expected.iter().rev()));
            let at = CellRef::new(row, col);
            prop_assert_eq!(cells.get(&at), expected.get(&at));
            prop_assert!(cells.range(at..).eq(expected.range(at..)));
            prop_assert!(cells.range(..at).eq(expected.range(..at)));
            prop_assert!(cells.range(..=at).eq(expected.range(..=at)));
            let from = CellRef::new(1, 0);
            prop_assert!(at < from || cells.range(from..at).eq(expected.range(from..at)));
            let has_twins = given.len() > expected.len();
            prop_assert_eq!(Cells::from_unsorted(given), if has_twins { Err(DuplicateCell) } else { Ok(cells) });
        }
    }

    #[test]
    fn a_cell_with_its_place_stays_small() {
        assert_eq!(size_of::<(CellRef, RawCell)>(), 64);
    }
}
