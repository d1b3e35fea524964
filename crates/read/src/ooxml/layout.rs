//! What a part of an `.xlsx` says: where the cells of a sheet stand, their formulas, merges, what is hidden, and what is
//! plain enough to be taken in passing.
//!
//! In comes what the check of a part passes by, out goes all of it at once, so that no part is walked through again.
//! Never here: a place that was not checked.

use super::plain::PlainCell;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, Concealed, Merge};

/// A sheet, or a list of texts.
#[derive(Debug, PartialEq)]
pub(crate) struct Layout {
    pub cells: Places,
    pub merges: Vec<Merge>,
    pub concealed: Concealed,
    /// Whether only the library can tell the formulas: shared ones, whose text stands in another cell, and odd ones.
    pub is_for_library: bool,
    /// All cells, unless only the library can tell what one of them holds.
    pub plain: Option<Vec<PlainCell>>,
    /// The texts of the list, unless only the library can tell one of them.
    pub texts: Option<Vec<Arc<str>>>,
}

impl Default for Layout {
    /// A part that says nothing, and that plainly.
    fn default() -> Self {
        Self {
            cells: Places::default(),
            merges: Vec::new(),
            concealed: Concealed::default(),
            is_for_library: false,
            plain: Some(Vec::new()),
            texts: None,
        }
    }
}

/// The cells of a sheet, values left out, in reading order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// How many cells there are, empty ones too.
    pub count: usize,
    /// The places of cells whose value the library may refuse: it does not say of which cell it speaks then.
    pub doubtful: Vec<CellRef>,
    pub formulas: Vec<(CellRef, Arc<str>)>,
}

/// Hides rows or columns, counted from 1 as a part counts them; those that are not there hide nothing.
pub(crate) fn hide(ranges: &mut Vec<RangeInclusive<u32>>, first: u32, last: u32) {
    let Some(first) = first.checked_sub(1).filter(|first| *first < last) else { return };
    match ranges.last_mut().filter(|range| range.end().checked_add(1) == Some(first)) {
        Some(before) => *before = *before.start()..=last - 1,
        None => ranges.push(first..=last - 1),
    }
}
