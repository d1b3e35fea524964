//! Finds the declared parent of a row among the rows above it, and what else in the table may own the row.
//!
//! Input: the rows of a table from top to bottom, each with its match. Output: the label of the parent, or whether the
//! row may be read without one. Not here: ancestors that the hierarchy shows, the choice among indicators.
//!
//! A section is the rows with the same ancestors. Within it, a row goes on the row of its parent as long as every row
//! with numbers between them belongs to that parent too.

use super::sheet_result::MatchedRow;
use crate::layout::ancestors::Ancestor;
use crate::layout::block::TableBlock;
use crate::layout::label_cells::has_values;
use crate::layout::rows::TableRow;
use crate::matching::index::{Candidate, LabelIndex, Match};
use std::collections::BTreeSet;
use tonghop_core::vi::label::RowLabel;
use tonghop_core::vi::lexicon;

/// The most rows above a row that are searched for its parent, without those whose parent is known.
const MAX_SECTION_ROWS: usize = 200;

/// The sections of a table, as far as its rows are matched.
pub(super) struct Sections<'t> {
    block: &'t TableBlock,
    index: &'t LabelIndex<'t>,
    /// The labels of all rows of the table, folded and without units.
    labels: BTreeSet<String>,
    /// By row: the folded label of the parent that its section shows.
    parents: Vec<Option<String>>,
}

impl<'t> Sections<'t> {
    pub(super) fn new(block: &'t TableBlock, index: &'t LabelIndex<'t>, rows: &[TableRow<'_>]) -> Self {
        let labels = rows.iter().map(|row| index.strip_unit(&row.label_key).to_owned()).collect();
        Self { block, index, labels, parents: Vec::with_capacity(rows.len()) }
    }

    /// Returns the folded label of the row that is the parent of one of the candidates of the next row, and remembers
    /// it.
    pub(super) fn find_parent(
        &mut self,
        above: &[MatchedRow<'_, '_, '_>],
        row: &TableRow<'_>,
        candidates: &[Candidate<'_>],
    ) -> Option<String> {
        // A total is a parent in many tables, so it does not tell which of several indicators is meant.
        let may_be = |label: &str| candidates.len() == 1 || !lexicon::is_total(label);
        let shows_parent = |above: &Ancestor| {
            let label = self.index.strip_unit(&above.label);
            candidates.iter().any(|candidate| candidate.is_direct_parent(label))
        };
        if row.ancestors.iter().any(shows_parent) {
            self.parents.push(None);
            return None;
        }
        let with_parent = candidates.iter().filter(|candidate| candidate.decl.parent.is_some());
        let found = with_parent.filter_map(|candidate| match self.search(above, row, candidate) {
            Search::Parent(at, label) if may_be(&label) => Some((at, label)),
            _ => None,
        });
        let parent = found.max_by_key(|(at, _)| *at).map(|(_, label)| label);
        self.parents.push(parent.clone());
        parent
    }

    /// Returns whether a row may be read as `candidate` although the table does not show the parent: the parent is not
    /// in the table, and nothing else can own the row.
    pub(super) fn is_free(
        &self,
        above: &[MatchedRow<'_, '_, '_>],
        row: &TableRow<'_>,
        candidate: &Candidate<'_>,
    ) -> bool {
        let is_there =
            |label: &&String| self.labels.contains(*label) && !lexicon::is_total(label) && **label != row.label_key;
        let mut parents = candidate.parent_labels().iter();
        // A numbered row is an item of its own, beside those above it.
        let is_owned = || !row.is_numbered && !matches!(self.search(above, row, candidate), Search::Nothing);
        parents.find(is_there).is_none() && !self.has_owner(&row.ancestors, candidate) && !is_owned()
    }

    /// Searches the rows above a row for the parent of `candidate`, up to a row that can own the row.
    fn search(&self, above: &[MatchedRow<'_, '_, '_>], row: &TableRow<'_>, candidate: &Candidate<'_>) -> Search {
        let mut section = row.ancestors.as_slice();
        for (at, other) in above.iter().enumerate().rev().take(MAX_SECTION_ROWS) {
            let (ancestors, key) = (other.row.ancestors.as_slice(), other.row.label_key.as_str());
            if key.is_empty() || ancestors.len() >= section.len() && ancestors != section {
                continue;
            }
            let label = self.index.strip_unit(key);
            let opens = section.split_last().is_some_and(|(last, before)| last.label == key && before == ancestors);
            if candidate.is_direct_parent(label) && (opens || ancestors == section) {
                return Search::Parent(at, label.to_owned());
            }
            if opens && self.is_passed(other, candidate) {
                section = ancestors;
                // The row above the title of a breakdown is what it breaks down, wherever its own section began.
                if let Some(parent) = self.parent_above(&above[..at], candidate) {
                    return Search::Parent(at, parent);
                }
            } else if opens && self.has_values(other) {
                return Search::Owner;
            } else if ancestors != section {
                // The labels of groups in a column of their own are no rows.
                break;
            } else if self.has_values(other) && !lexicon::is_total(label) && !is_relative(other, candidate) {
                return Search::Owner;
            } else if let Some(parent) = self.known_parent(at, other, candidate) {
                return Search::Parent(at, parent);
            }
        }
        if self.has_owner(section, candidate) { Search::Owner } else { Search::Nothing }
    }

    /// Returns the parent of `candidate` if it is the last of these rows, or that row goes on it.
    fn parent_above(&self, above: &[MatchedRow<'_, '_, '_>], candidate: &Candidate<'_>) -> Option<String> {
        let (at, last) = (above.len().checked_sub(1)?, above.last()?);
        let label = self.index.strip_unit(&last.row.label_key);
        let is_parent = candidate.is_direct_parent(label);
        is_parent.then(|| label.to_owned()).or_else(|| self.known_parent(at, last, candidate))
    }

    /// Returns the parent of a row, if it is that of `candidate` as well.
    fn known_parent(&self, at: usize, other: &MatchedRow<'_, '_, '_>, candidate: &Candidate<'_>) -> Option<String> {
        let Match::Unique { .. } = other.indicator_match else { return None };
        self.parents[at].clone().filter(|parent| candidate.is_direct_parent(parent))
    }

    /// Returns whether the row at which a section begins may have a row above it as the parent of its rows.
    fn is_passed(&self, opener: &MatchedRow<'_, '_, '_>, candidate: &Candidate<'_>) -> bool {
        let is_title = !self.has_values(opener);
        is_title && RowLabel::parse(&opener.row.label_text, |_| false).is_group() || is_relative(opener, candidate)
    }

    /// Returns whether an ancestor is the name of an indicator that does not belong to the parent of `candidate`.
    fn has_owner(&self, section: &[Ancestor], candidate: &Candidate<'_>) -> bool {
        let of_label = |above: &Ancestor| self.index.labelled(self.index.strip_unit(&above.label));
        section.iter().any(|above| {
            let named = of_label(above);
            !named.is_empty() && !named.iter().any(|other| other.is_relative(candidate))
        })
    }

    fn has_values(&self, matched: &MatchedRow<'_, '_, '_>) -> bool {
        has_values(matched.row.cells, self.block)
    }
}

/// What is above a row in its section.
enum Search {
    /// The parent, by its row or that of a row that goes on it, and its folded label.
    Parent(usize, String),
    /// A row with numbers that can own the row.
    Owner,
    Nothing,
}

/// Returns whether a row belongs to the parent of `candidate`, by its match.
fn is_relative(other: &MatchedRow<'_, '_, '_>, candidate: &Candidate<'_>) -> bool {
    match &other.indicator_match {
        Match::Unique { candidate: of_row, .. } | Match::OneOfSeveral(of_row) | Match::OtherScope(of_row, _) => {
            of_row.is_relative(candidate)
        }
        Match::Ambiguous(several) => several.iter().any(|of_row| of_row.is_relative(candidate)),
        Match::WrongParent(_) | Match::None => false,
    }
}
