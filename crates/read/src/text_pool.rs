//! Interns the texts of a workbook, so that each distinct text is stored once.

use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Excel's limit for the text of a cell, in characters.
const MAX_TEXT_CHARS: usize = 32_767;

/// The distinct texts of one workbook read so far.
#[derive(Debug, Default)]
pub(crate) struct TextPool(FxHashSet<Arc<str>>);

impl TextPool {
    /// Returns the text, shared with all cells that have the same text.
    pub(crate) fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.0.insert(Arc::clone(&new));
        new
    }
}

/// Returns whether a text is longer than Excel allows in a cell.
pub(crate) fn is_too_long(text: &str) -> bool {
    text.len() > MAX_TEXT_CHARS && text.chars().count() > MAX_TEXT_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_kept_once() {
        let mut texts = TextPool::default();
        let (one, other, again) = (texts.intern("Chỉ tiêu"), texts.intern(""), texts.intern("Chỉ tiêu"));
        assert!(Arc::ptr_eq(&one, &again) && &*one == "Chỉ tiêu" && other.is_empty());
    }
}
