//! What the check of an `.xlsx` part extracts, so that the part need not be parsed again.
//!
//! For a sheet: positions of cells, formulas, merges, hidden ranges and plain cells; for the shared strings: their
//! texts. Everything here was checked.

use super::plain::PlainCell;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, Concealed, Merge};

/// The content extracted from a sheet or from the shared strings.
#[derive(Debug, PartialEq)]
pub(crate) struct Layout {
    pub cells: Places,
    pub merges: Vec<Merge>,
    pub concealed: Concealed,
    /// Whether calamine must read the formulas, because some are shared (their text is in another cell) or unusual.
    pub is_for_library: bool,
    /// All cells of the sheet; `None` if calamine must read one of them.
    pub plain: Option<Vec<PlainCell>>,
    /// The shared strings; `None` if calamine must read one of them, or if the part has none.
    pub texts: Option<Vec<Arc<str>>>,
}

impl Default for Layout {
    /// An empty part: it has no cells, and so all of them are plain.
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

/// The cells of a sheet without their values, in reading order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// The number of cells, including empty ones.
    pub count: usize,
    /// The positions of cells whose value calamine may reject; its error does not name the cell.
    pub doubtful: Vec<CellRef>,
    pub formulas: Vec<(CellRef, Arc<str>)>,
}

/// Adds a range of hidden rows or columns, counted from 1 as in the part; an empty or invalid range is ignored.
pub(crate) fn hide(ranges: &mut Vec<RangeInclusive<u32>>, first: u32, last: u32) {
    let Some(first) = first.checked_sub(1).filter(|first| *first < last) else { return };
    match ranges.last_mut().filter(|range| range.end().checked_add(1) == Some(first)) {
        Some(before) => *before = *before.start()..=last - 1,
        None => ranges.push(first..=last - 1),
    }
}
