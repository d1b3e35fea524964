//! The indicators that a row can match, and the choice among them.
//!
//! Input: the indicators with the label of a row, and what is above the row. Output: a match. Not here: how indicators
//! are found by their labels.

use std::collections::BTreeSet;
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::label::fold_label;

/// An indicator that a row can match.
#[derive(Clone)]
pub(crate) struct Candidate<'a> {
    pub sector: &'a SectorDecl,
    pub decl: &'a IndicatorDecl,
    /// The labels of its declared ancestors, the nearest ancestor first.
    pub(super) ancestors: Vec<Vec<String>>,
}

/// The result of matching a row to the declared indicators.
pub(crate) enum Match<'i, 'a> {
    Unique {
        candidate: &'i Candidate<'a>,
        parent_score: usize,
    },
    Ambiguous(Vec<&'i Candidate<'a>>),
    /// The label is that of this indicator, but the row is under none of its parents.
    WrongParent(&'i Candidate<'a>),
    /// The label is that of this indicator, but the table has several rows so named, each of a part.
    OneOfSeveral(&'i Candidate<'a>),
    /// The label is that of this indicator, but a title above the row says another period, a plan, or a ratio.
    OtherScope(&'i Candidate<'a>, String),
    None,
}

/// The labels and titles above a row.
#[derive(Default)]
pub(super) struct RowContext<'t> {
    /// The labels of its ancestors in the hierarchy, the nearest last.
    pub ancestors: Vec<String>,
    pub titles: &'t [String],
    pub labels_above: Option<&'t BTreeSet<String>>,
}

/// The score of a parent found in the hierarchy or the title; a parent merely somewhere above scores 1.
pub(super) const PARENT_SCORE: usize = 100;
/// The additional score of the direct parent in the hierarchy.
const DIRECT_PARENT_BONUS: usize = 10;

/// Returns whether `title` starts with `name` as whole words.
fn starts_with_name(title: &str, name: &str) -> bool {
    title.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

pub(super) fn folded_spellings(decl: &IndicatorDecl, department: Option<&DepartmentId>) -> Vec<String> {
    let mut labels: Vec<String> = decl.spellings(department).map(fold_label).collect();
    labels.sort();
    labels.dedup();
    labels
}

pub(super) fn ancestor_spellings(
    sector: &SectorDecl,
    decl: &IndicatorDecl,
    department: Option<&DepartmentId>,
    strip_unit: impl Fn(&str) -> &str,
) -> Vec<Vec<String>> {
    let above = |decl: &IndicatorDecl| decl.parent.as_ref().and_then(|parent| sector.indicator(parent.id.as_str()));
    // The bound ends the loop if the parents of a declaration form a cycle.
    let chain = std::iter::successors(above(decl), |decl| above(decl)).take(sector.indicators.len());
    // The labels of rows are compared without their units.
    let spellings = |decl: &IndicatorDecl| {
        let mut labels = folded_spellings(decl, department);
        let bare: Vec<String> = labels.iter().map(|label| strip_unit(label).to_owned()).collect();
        labels.extend(bare.into_iter().filter(|label| !label.is_empty()));
        labels.sort();
        labels.dedup();
        labels
    };
    chain.map(spellings).collect()
}

/// Chooses among the indicators with one label: by the highest parent score, then by unit, then by equal words.
pub(super) fn choose_candidate<'i, 'a>(
    candidates: &'i [Candidate<'a>],
    above: &RowContext<'_>,
    (written, stated): (&str, Option<&Unit>),
) -> Match<'i, 'a> {
    let most = candidates.iter().map(|c| c.parent_score(above)).max().unwrap_or(0);
    let mut remaining: Vec<&Candidate<'a>> = candidates.iter().filter(|c| c.parent_score(above) == most).collect();
    // Prefer an indicator that is reported to one that copies its figures from another sector.
    keep_if_any(&mut remaining, |c| c.decl.source_indicator.is_none());
    if let Some(unit) = stated {
        keep_if_any(&mut remaining, |c| c.decl.unit.has_same_base(unit));
    }
    match most {
        0 => keep_if_any(&mut remaining, |c| c.decl.parent.is_none()),
        // Below a row that is above several of them, those whose own parent it is come first.
        _ => keep_if_any(&mut remaining, |c| c.has_direct_parent(above)),
    }
    if remaining.len() > 1 {
        // Labels may differ in their numbering or marks only: "Loại (1)", "Loại (2)".
        let words = fold(written);
        keep_if_any(&mut remaining, |c| c.decl.spellings(None).any(|spelling| fold(spelling) == words));
    }
    match remaining.as_slice() {
        [] => Match::None,
        [candidate] => Match::Unique { candidate, parent_score: most },
        _ => Match::Ambiguous(remaining),
    }
}

fn keep_if_any<T>(candidates: &mut Vec<&T>, fits: impl Fn(&T) -> bool) {
    if candidates.iter().any(|item| fits(item)) {
        candidates.retain(|item| fits(item));
    }
}

impl Candidate<'_> {
    /// Returns the label of its declared parent, or the title of the sector if it has none.
    pub(crate) fn parent_label(&self) -> &str {
        let parent = self.decl.parent.as_ref().and_then(|parent| self.sector.indicator(parent.id.as_str()));
        parent.map_or(&self.sector.title, |parent| &parent.label)
    }

    /// Returns whether a folded label is that of its declared parent.
    pub(crate) fn is_direct_parent(&self, label: &str) -> bool {
        self.ancestors.first().is_some_and(|names| names.iter().any(|name| name == label))
    }

    /// Returns whether the declared parent of this indicator is also above `other`, which is in the same sector.
    pub(crate) fn shares_parent(&self, other: &Self) -> bool {
        let above = |decl: &IndicatorDecl| decl.parent.as_ref().and_then(|p| self.sector.indicator(p.id.as_str()));
        let mut chain = std::iter::successors(above(other.decl), |decl| above(decl)).take(self.sector.indicators.len());
        self.decl.parent.as_ref().is_some_and(|parent| chain.any(|decl| decl.id == parent.id))
    }

    /// Returns the folded labels of its declared parent.
    pub(crate) fn parent_labels(&self) -> &[String] {
        self.ancestors.first().map_or(&[], Vec::as_slice)
    }

    /// Returns whether this indicator belongs to the declared parent of `other`: it is below it, is it, or is above it.
    pub(crate) fn is_relative(&self, other: &Self) -> bool {
        let above = |decl: &IndicatorDecl| decl.parent.as_ref().and_then(|p| self.sector.indicator(p.id.as_str()));
        let mut chain = std::iter::successors(above(other.decl), |decl| above(decl)).take(self.sector.indicators.len());
        self.sector.id == other.sector.id && (other.shares_parent(self) || chain.any(|decl| decl.id == self.decl.id))
    }

    /// Returns whether its declared parent is above a row, in the hierarchy or in a title.
    pub(super) fn has_direct_parent(&self, above: &RowContext<'_>) -> bool {
        above.ancestors.iter().any(|label| self.is_direct_parent(label)) || self.is_parent_in_title(above.titles)
    }

    /// Returns whether a title starts with the name of its declared parent.
    pub(crate) fn is_parent_in_title(&self, titles: &[String]) -> bool {
        let in_title = |name: &String| titles.iter().any(|title| starts_with_name(title, name));
        self.parent_labels().iter().any(in_title)
    }

    /// Scores the declared ancestors found above a row, from the nearest up: in the hierarchy of the rows, in a title,
    /// or, in tables without a hierarchy, anywhere above the row.
    pub(super) fn parent_score(&self, above: &RowContext<'_>) -> usize {
        let mut chain = above.ancestors.as_slice();
        let mut found = 0;
        for names in &self.ancestors {
            if let Some(at) = chain.iter().rposition(|label| names.contains(label)) {
                found +=
                    if at + 1 == above.ancestors.len() { PARENT_SCORE + DIRECT_PARENT_BONUS } else { PARENT_SCORE };
                chain = &chain[..at];
            } else if above.titles.iter().any(|title| names.iter().any(|name| starts_with_name(title, name))) {
                found += PARENT_SCORE;
            } else if above.ancestors.is_empty()
                && names.iter().any(|name| above.labels_above.is_some_and(|b| b.contains(name)))
            {
                found += 1;
            }
        }
        found
    }
}
