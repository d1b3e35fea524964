//! The printed rows of a sector: which indicators have one, its depth, and its number.
//!
//! Input: declarations. Output: rows in their order. Not here: cells.

use std::collections::BTreeMap;
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};

/// Returns the indicators that departments report directly, in the order of the declaration.
pub(super) fn printed_indicators(sector: &SectorDecl) -> impl Iterator<Item = &IndicatorDecl> {
    sector.indicators.iter().filter(|indicator| indicator.source_indicator.is_none())
}

/// Returns the printed indicators, each with its depth below printed ones.
pub(super) fn with_depths(sector: &SectorDecl) -> impl Iterator<Item = (&IndicatorDecl, usize)> {
    let mut depths: BTreeMap<&IndicatorId, usize> = BTreeMap::new();
    printed_indicators(sector).map(move |indicator| {
        let above = indicator.parent.as_ref().and_then(|parent| depths.get(&parent.id));
        let depth = above.map_or(0, |above| above + 1);
        depths.insert(&indicator.id, depth);
        (indicator, depth)
    })
}

/// Numbers rows by their depths: 1, 1.1, 1.2, 2.
#[derive(Default)]
pub(super) struct RowNumbering(Vec<u32>);

impl RowNumbering {
    /// Returns the number of the next row at `depth`.
    pub(super) fn next(&mut self, depth: usize) -> String {
        self.0.resize(depth + 1, 0);
        self.0[depth] += 1;
        self.0.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_hierarchy() {
        let mut numbers = RowNumbering::default();
        let given: Vec<String> = [0, 1, 1, 2, 1, 0, 1].into_iter().map(|depth| numbers.next(depth)).collect();
        assert_eq!(given, ["1", "1.1", "1.2", "1.2.1", "1.3", "2", "2.1"]);
    }
}
