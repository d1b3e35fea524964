//! Finds the declared label that is the most similar to a label without a match.
//!
//! Input: the index of a department, and labels. Output: the nearest declared label, for messages only. Not here:
//! reading a row under a label that is not declared.

use super::index::LabelIndex;
use super::similarity::FoldedLabel;
use serde::Serialize;

/// The least similarity, in thousandths, at which a label is worth naming.
const MIN_SIMILARITY: u32 = 500;
/// The most letters of a label; longer ones are sentences.
const MAX_LABEL_LETTERS: usize = 200;
/// The most comparisons of one workbook.
const MAX_COMPARISONS: usize = 500_000;

/// A declared label that is similar to a label of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NearestLabel {
    /// The indicator, as `sector.indicator`.
    pub indicator: String,
    /// Its label as declared.
    pub label: String,
}

/// The declared labels of a department, prepared for many comparisons.
pub(crate) struct NearestLabels {
    declared: Vec<(FoldedLabel, NearestLabel)>,
    remaining_comparisons: usize,
}

impl NearestLabels {
    /// Prepares the labels of an index.
    pub(crate) fn new(index: &LabelIndex<'_>) -> Self {
        let mut declared: Vec<(FoldedLabel, NearestLabel)> = index
            .labelled_candidates()
            .map(|(spelling, candidate)| {
                let indicator = format!("{}.{}", candidate.sector.id, candidate.decl.id);
                (FoldedLabel::new(spelling), NearestLabel { indicator, label: candidate.decl.label.clone() })
            })
            .collect();
        // The index has no order; the first of equally similar labels is named.
        declared.sort_by(|(a, one), (b, other)| (&a.text, one).cmp(&(&b.text, other)));
        Self { declared, remaining_comparisons: MAX_COMPARISONS }
    }

    /// Returns the most similar declared label, if one is similar enough.
    pub(crate) fn find(&mut self, label: &str) -> Option<NearestLabel> {
        let wanted = FoldedLabel::new(label);
        self.remaining_comparisons = self.remaining_comparisons.checked_sub(self.declared.len())?;
        if !(1..=MAX_LABEL_LETTERS).contains(&wanted.letters) {
            return None;
        }
        let scored = self.declared.iter().map(|(spelling, named)| (spelling.similarity(&wanted), named));
        let close = scored.filter(|(similarity, _)| *similarity >= MIN_SIMILARITY);
        // Of several maxima the last one is returned, so that the first declared one wins in reverse order.
        close.rev().max_by_key(|(similarity, _)| *similarity).map(|(_, named)| named.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{MONEY, sector};

    #[test]
    fn the_most_similar_label_is_named_if_it_is_close() {
        let sector = sector("s", &[], MONEY);
        let mut labels = NearestLabels::new(&LabelIndex::new(None, &[&sector]));
        for (label, nearest) in [
            ("Tổng số thu", Some("s.rev")),
            ("Tổng chi ngân sách", Some("s.exp")),
            ("1. Thu được hưởng lại", Some("s.share")),
            ("Số mèo", None),
            ("", None),
        ] {
            assert_eq!(labels.find(label).map(|found| found.indicator).as_deref(), nearest, "{label}");
        }
    }

    #[test]
    fn comparisons_end() {
        let sector = sector("s", &[], MONEY);
        let mut labels = NearestLabels::new(&LabelIndex::new(None, &[&sector]));
        labels.remaining_comparisons = labels.declared.len();
        assert!(labels.find("Tổng số thu").is_some());
        assert!(labels.find("Tổng số thu").is_none());
    }
}
