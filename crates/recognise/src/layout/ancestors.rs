//! Determines the ancestors of each row of a table from the ranks, positions and values of the rows above it.
//!
//! Input: the labels of the rows, from top to bottom. Output: the ancestors of each row. Not here: where labels are.

use super::label_cells::LabelCell;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::numbering::NumberingRank;

/// Labels of rows that only introduce a list, folded.
const SUBLIST_LABELS: [&str; 4] = ["trong đó", "chia ra", "bao gồm", "gồm"];

/// Returns whether a folded label only introduces a list.
pub(super) fn introduces_list(label: &str) -> bool {
    SUBLIST_LABELS.contains(&label)
}

/// A row or group above a row, in the hierarchy of the table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ancestor {
    /// The folded label.
    pub label: String,
    /// Whether it is a title without values.
    pub is_title: bool,
}

/// The depth of a row in the hierarchy: by rank, then by values, by indentation, by column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowDepth {
    rank: Option<NumberingRank>,
    /// Rows with values are below group titles without values.
    has_values: bool,
    indent: usize,
    /// The label column, if the table has groups in a column of their own.
    column: usize,
}

/// A row to be placed in the hierarchy.
pub(super) struct PlacedRow<'r> {
    pub label: Option<&'r LabelCell>,
    /// The label as typed, joined if it goes on in several rows.
    pub text: &'r str,
    /// The folded label.
    pub key: &'r str,
    pub has_values: bool,
    /// Whether it is the total of the numbered rows below it.
    pub is_head: bool,
}

/// The stack of possible ancestors of the next row.
#[derive(Default)]
pub(super) struct AncestorStack {
    stack: Vec<(RowDepth, Ancestor)>,
    /// The depth of the row that a "Trong đó:" row belongs to.
    sublist_owner: Option<RowDepth>,
    /// Whether a group had a column of its own.
    has_groups: bool,
}

impl AncestorStack {
    /// Pushes a group whose label is in a column before that of its first member.
    pub(super) fn push_group(&mut self, label: &LabelCell, key: &str) {
        self.has_groups = true;
        self.push(&PlacedRow { label: Some(label), text: &label.words, key, has_values: false, is_head: false });
    }

    /// Returns the ancestors of a row and pushes it as a possible ancestor of the rows below.
    pub(super) fn push(&mut self, row: &PlacedRow<'_>) -> Vec<Ancestor> {
        if fold(row.text).starts_with(SUBLIST_LABELS[0]) || introduces_list(row.key) {
            self.sublist_owner = self.stack.last().map(|(depth, _)| *depth);
        }
        if introduces_list(row.key) {
            return self.ancestors();
        }
        let depth = self.depth(row);
        while self.stack.last().is_some_and(|(above, _)| *above >= depth) {
            self.stack.pop();
        }
        self.sublist_owner = self.sublist_owner.filter(|owner| self.stack.iter().any(|(depth, _)| depth == owner));
        let chain = self.ancestors();
        if !row.key.is_empty() {
            self.stack.push((depth, Ancestor { label: row.key.to_owned(), is_title: !row.has_values }));
        }
        chain
    }

    /// Returns the depth of the last row that was pushed, if it can have rows below it.
    pub(super) fn last_depth(&self) -> Option<RowDepth> {
        self.stack.last().map(|(depth, _)| *depth)
    }

    /// Returns whether no row above can be an ancestor.
    pub(super) fn is_empty(&self) -> bool {
        self.stack.is_empty()
    }

    fn ancestors(&self) -> Vec<Ancestor> {
        self.stack.iter().map(|(_, ancestor)| ancestor.clone()).collect()
    }

    fn depth(&self, row: &PlacedRow<'_>) -> RowDepth {
        let rank = row.label.map_or(NumberingRank::Plain, |label| label.rank);
        let of_which = self.sublist_owner.filter(|owner| rank == NumberingRank::Plain && owner.rank == Some(rank));
        let indent = row.label.filter(|_| rank >= NumberingRank::Dash).map_or(0, |label| label.indent);
        RowDepth {
            rank: Some(rank).filter(|_| !row.is_head),
            has_values: rank == NumberingRank::Plain && row.has_values,
            indent: of_which.map_or(indent, |owner| indent.max(owner.indent + 1)),
            column: row.label.filter(|_| self.has_groups).map_or(0, |label| label.column),
        }
    }
}
