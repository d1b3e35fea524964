//! Collects the comments of the cells of a sheet within limits, for every file format.
//!
//! Input: pieces of texts with their cells. Output: one text per cell, in reading order. Not here: file formats.

use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;

/// The most comments of a sheet that are kept.
pub(crate) const MAX_COMMENTS: usize = 10_000;
/// The most bytes of one comment that are kept.
pub(crate) const MAX_COMMENT_BYTES: usize = 4_000;

/// The comments collected so far.
#[derive(Debug, Default)]
pub(crate) struct CellComments(BTreeMap<CellRef, String>);

impl CellComments {
    /// Adds text to the comment of a cell; what exceeds the limits is left out.
    pub(crate) fn push(&mut self, cell_ref: CellRef, text: &str) {
        if self.0.len() >= MAX_COMMENTS && !self.0.contains_key(&cell_ref) {
            return;
        }
        let comment = self.0.entry(cell_ref).or_default();
        let room = MAX_COMMENT_BYTES.saturating_sub(comment.len());
        comment.push_str(&text[..text.floor_char_boundary(room)]);
    }

    /// Replaces the comments of all cells that `others` has.
    pub(crate) fn replace(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Removes the comments that `is_dropped` names.
    pub(crate) fn remove(&mut self, is_dropped: impl Fn(&CellRef) -> bool) {
        self.0.retain(|cell_ref, _| !is_dropped(cell_ref));
    }

    /// Returns the comments in reading order, without empty ones.
    pub(crate) fn into_sorted(self) -> Vec<(CellRef, Arc<str>)> {
        let written = self.0.into_iter().map(|(cell_ref, text)| (cell_ref, Arc::<str>::from(text.trim())));
        written.filter(|(cell_ref, text)| cell_ref.is_in_grid() && !text.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_kept_within_limits() {
        let at = |row| CellRef::new(row, 0);
        let mut comments = CellComments::default();
        comments.push(at(2), &"ố".repeat(5_000));
        comments.push(at(1), " a");
        comments.push(at(1), "b ");
        comments.push(CellRef::new(u32::MAX, 0), "ngoài bảng tính");
        comments.push(at(0), "\n");
        let sorted = comments.into_sorted();
        assert_eq!((sorted.len(), &sorted[0]), (2, &(at(1), "ab".into())));
        assert!(sorted[1].1.len() <= MAX_COMMENT_BYTES && sorted[1].1.len() > MAX_COMMENT_BYTES - 3);
        let mut many = CellComments::default();
        (0..MAX_COMMENTS as u32 + 5).for_each(|row| many.push(at(row), "1"));
        assert_eq!(many.into_sorted().len(), MAX_COMMENTS);
    }
}
