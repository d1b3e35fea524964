//! Tells which rows a title puts outside the report: those of another period, of a plan, of a ratio.
//!
//! Input: the rows of a table, from top to bottom. Output: the title that a row is under, if that says something other
//! than the columns. Not here: parts and places that are declared as members, sheets of another period.

use crate::layout::block::TableBlock;
use crate::layout::heading::HeadingLexicon;
use crate::layout::label_cells::has_values;
use crate::layout::rows::TableRow;
use crate::matching::index::LabelIndex;

/// The title that applies to the next row.
#[derive(Default)]
pub(crate) struct Scope {
    title: Option<String>,
}

impl Scope {
    /// Takes a row: one with a label but no amounts is a title, and ends the one before.
    pub(crate) fn enter(
        &mut self,
        row: &TableRow<'_>,
        block: &TableBlock,
        index: &LabelIndex<'_>,
        headings: &HeadingLexicon,
    ) {
        if row.label_key.is_empty() || has_values(row.cells, block) {
            return;
        }
        let is_other = index.candidates(row).is_empty() && headings.says_other_scope(&row.label_text);
        self.title = is_other.then(|| row.label_text.clone());
    }

    /// Returns the title that says something other than the columns.
    pub(crate) fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }
}
