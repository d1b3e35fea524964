//! What the check of an `.xlsx` part extracts, so that the part need not be parsed again.
//!
//! For a sheet: positions of cells, formulas, merges, hidden ranges and plain cells; for the shared strings: their
//! texts. Everything here was checked.

use super::plain::PlainCell;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, HiddenRanges, MergedRange};

/// The content extracted from a sheet or from the shared strings.
#[derive(Debug, PartialEq)]
pub(crate) struct PartLayout {
    pub positions: CellPositions,
    pub merges: Vec<MergedRange>,
    pub hidden_ranges: HiddenRanges,
    /// The comments of cells, from the parts that belong to the sheet.
    pub comments: Vec<(CellRef, Arc<str>)>,
    /// Whether calamine must read the formulas, because some are shared (their text is in another cell) or unusual.
    pub needs_calamine: bool,
    /// All cells of the sheet; `None` if calamine must read one of them.
    pub plain_cells: Option<Vec<PlainCell>>,
    /// Whether the part must be rewritten before it is read: calamine would misread what is legal in it.
    pub needs_rewriting: bool,
    /// The shared strings; `None` if calamine must read one of them, or if the part has none.
    pub shared_strings: Option<Vec<Arc<str>>>,
}

impl Default for PartLayout {
    /// An empty part: it has no cells, and so all of them are plain.
    fn default() -> Self {
        Self {
            positions: CellPositions::default(),
            merges: Vec::new(),
            hidden_ranges: HiddenRanges::default(),
            comments: Vec::new(),
            needs_calamine: false,
            plain_cells: Some(Vec::new()),
            needs_rewriting: false,
            shared_strings: None,
        }
    }
}

/// The cells of a sheet without their values, in reading order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CellPositions {
    /// The number of cells, including empty ones.
    pub count: usize,
    /// The positions of cells whose value calamine may reject; its error does not name the cell.
    pub possible_errors: Vec<CellRef>,
    pub formulas: Vec<(CellRef, Arc<str>)>,
}

/// Adds a range of hidden rows or columns, counted from 1 as in the part; an empty or invalid range is ignored.
pub(crate) fn add_hidden_range(ranges: &mut Vec<RangeInclusive<u32>>, first: u32, last: u32) {
    let Some(first) = first.checked_sub(1).filter(|first| *first < last) else { return };
    match ranges.last_mut().filter(|range| range.end().checked_add(1) == Some(first)) {
        Some(before) => *before = *before.start()..=last - 1,
        None => ranges.push(first..=last - 1),
    }
}
