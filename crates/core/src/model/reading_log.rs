//! The reading log of a sheet: the outcome of every non-empty cell.
//!
//! Input: marks set while a sheet is recognised. Output: the outcome of each cell, for the feedback to departments. Not
//! here: cell contents, wording, problems.

use super::cell::CellRef;
use super::id::{IndicatorId, SectorId};
use super::quantity::{Amount, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The outcome of a cell. If a cell is marked several times, the greatest variant wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CellOutcome {
    /// Not used: titles, notes, ratios.
    #[default]
    Ignored,
    /// Used as the heading of a column or a table.
    Heading,
    /// Used as the label of a row.
    Label,
    /// The number or text was used unchanged.
    Read,
    /// The number was converted; [`ReadingLog::conversion`] returns the result.
    Converted,
    /// The cell should have been read but is invalid; the problem is reported at the given cell.
    Rejected(CellRef),
}

/// A converted number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConvertedAmount {
    /// The amount after all conversions; for a cell in percent, the number that Excel displays.
    pub amount: Amount,
    /// The unit of the amount.
    pub unit: Unit,
}

/// The outcomes of the cells of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingLog {
    /// Every cell that is not ignored; in reading order after [`ReadingLog::finish`].
    outcomes: Vec<(CellRef, CellOutcome)>,
    conversions: BTreeMap<CellRef, ConvertedAmount>,
    expected: BTreeMap<(SectorId, IndicatorId), CellRef>,
    refused: BTreeMap<(SectorId, IndicatorId), CellRef>,
}

impl ReadingLog {
    /// Marks a cell.
    pub fn mark(&mut self, cell: CellRef, outcome: CellOutcome) {
        self.outcomes.push((cell, outcome));
    }

    /// Marks a cell whose number was converted.
    pub fn mark_converted(&mut self, cell: CellRef, converted: ConvertedAmount) {
        self.mark(cell, CellOutcome::Converted);
        self.conversions.insert(cell, converted);
    }

    /// Records the empty cell where the actual value of an indicator is expected.
    pub fn expect_at(&mut self, cell: CellRef, sector: &SectorId, indicator: &IndicatorId) {
        self.expected.entry((sector.clone(), indicator.clone())).or_insert(cell);
    }

    /// Records the invalid cell of the actual value of an indicator, whose problem is reported there or in its row.
    pub fn refuse_at(&mut self, cell: CellRef, sector: &SectorId, indicator: &IndicatorId) {
        self.refused.entry((sector.clone(), indicator.clone())).or_insert(cell);
    }

    /// Sorts the marks in reading order and keeps the greatest outcome of each cell.
    #[must_use]
    pub fn finish(mut self) -> Self {
        self.outcomes.sort_by_key(|(cell, outcome)| (*cell, std::cmp::Reverse(*outcome)));
        self.outcomes.dedup_by_key(|(cell, _)| *cell);
        self.outcomes.shrink_to_fit();
        self
    }

    /// Returns the outcome of a cell; requires a finished log.
    pub fn outcome(&self, cell: CellRef) -> CellOutcome {
        let at = self.outcomes.binary_search_by_key(&cell, |(marked, _)| *marked);
        at.map_or(CellOutcome::Ignored, |at| self.outcomes[at].1)
    }

    /// Returns all cells that are not ignored, with their outcomes.
    pub fn outcomes(&self) -> &[(CellRef, CellOutcome)] {
        &self.outcomes
    }

    /// Returns the converted number of a cell.
    pub fn conversion(&self, cell: CellRef) -> Option<&ConvertedAmount> {
        self.conversions.get(&cell)
    }

    /// Returns the empty cell where the actual value of an indicator is expected.
    pub fn expected_cell(&self, sector: &SectorId, indicator: &IndicatorId) -> Option<CellRef> {
        self.expected.get(&(sector.clone(), indicator.clone())).copied()
    }

    /// Returns the indicators whose actual value is expected in an empty cell, with the cell.
    pub fn expected_cells(&self) -> impl Iterator<Item = (&(SectorId, IndicatorId), CellRef)> {
        self.expected.iter().map(|(indicator, cell)| (indicator, *cell))
    }

    /// Returns the indicators whose actual value is in an invalid cell, with the cell.
    pub fn refused_cells(&self) -> impl Iterator<Item = (&(SectorId, IndicatorId), CellRef)> {
        self.refused.iter().map(|(indicator, cell)| (indicator, *cell))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_outcome_wins() {
        let (label, number) = (CellRef::new(4, 1), CellRef::new(4, 3));
        let mut log = ReadingLog::default();
        for (cell, outcome) in
            [(number, CellOutcome::Read), (label, CellOutcome::Label), (label, CellOutcome::Rejected(label))]
        {
            log.mark(cell, outcome);
        }
        let log = log.finish();
        assert_eq!(log.outcomes(), [(label, CellOutcome::Rejected(label)), (number, CellOutcome::Read)]);
        assert_eq!(log.outcome(CellRef::new(0, 0)), CellOutcome::Ignored);
    }
}
