//! What a sheet of an `.xlsx` says beside its values: where its cells stand, their formulas, merges, what is hidden.
//!
//! In comes what the check of a part passes by, out goes all of it at once, so that no part is walked through again.
//! Never here: a value, a place that was not checked.

use crate::model::cell::{CellRef, Concealed, Merge};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A sheet without its values.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub cells: Places,
    pub merges: Vec<Merge>,
    pub concealed: Concealed,
    /// Whether only the library can tell the formulas: shared ones, whose text stands in another cell, and odd ones.
    pub is_for_library: bool,
}

/// The cells of a sheet, values left out, in reading order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// How many cells there are, empty ones too.
    pub count: usize,
    /// The places of cells whose value the library may refuse: it does not say of which cell it speaks then.
    pub doubtful: Vec<CellRef>,
    pub formulas: Vec<(CellRef, Arc<str>)>,
}

/// Hides rows or columns, counted from 1 as a part counts them; those that are not there hide nothing.
pub(super) fn hide(ranges: &mut Vec<RangeInclusive<u32>>, first: u32, last: u32) {
    let Some(first) = first.checked_sub(1).filter(|first| *first < last) else { return };
    match ranges.last_mut().filter(|range| range.end().checked_add(1) == Some(first)) {
        Some(before) => *before = *before.start()..=last - 1,
        None => ranges.push(first..=last - 1),
    }
}
