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
pub enum Fate {
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
pub struct Understood {
    /// The amount after all conversions; for a cell in percent, the number that Excel displays.
    pub amount: Amount,
    /// The unit of the amount.
    pub unit: Unit,
}

/// The outcomes of the cells of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingLog {
    /// Every cell that is not ignored; in reading order after [`ReadingLog::finish`].
    fates: Vec<(CellRef, Fate)>,
    understood: BTreeMap<CellRef, Understood>,
    awaited: BTreeMap<(SectorId, IndicatorId), CellRef>,
}

impl ReadingLog {
    /// Marks a cell.
    pub fn mark(&mut self, cell: CellRef, fate: Fate) {
        self.fates.push((cell, fate));
    }

    /// Marks a cell whose number was converted.
    pub fn convert(&mut self, cell: CellRef, understood: Understood) {
        self.mark(cell, Fate::Converted);
        self.understood.insert(cell, understood);
    }

    /// Records the empty cell where the actual value of an indicator is expected.
    pub fn await_at(&mut self, cell: CellRef, sector: &SectorId, indicator: &IndicatorId) {
        self.awaited.entry((sector.clone(), indicator.clone())).or_insert(cell);
    }

    /// Sorts the marks in reading order and keeps the greatest outcome of each cell.
    #[must_use]
    pub fn closed(mut self) -> Self {
        self.fates.sort_by_key(|(cell, fate)| (*cell, std::cmp::Reverse(*fate)));
        self.fates.dedup_by_key(|(cell, _)| *cell);
        self.fates.shrink_to_fit();
        self
    }

    /// Returns the outcome of a cell; requires a finished log.
    pub fn fate(&self, cell: CellRef) -> Fate {
        let at = self.fates.binary_search_by_key(&cell, |(marked, _)| *marked);
        at.map_or(Fate::Ignored, |at| self.fates[at].1)
    }

    /// Returns all cells that are not ignored, with their outcomes.
    pub fn fates(&self) -> &[(CellRef, Fate)] {
        &self.fates
    }

    /// Returns the converted number of a cell.
    pub fn understood(&self, cell: CellRef) -> Option<&Understood> {
        self.understood.get(&cell)
    }

    /// Returns the empty cell where the actual value of an indicator is expected.
    pub fn awaited(&self, sector: &SectorId, indicator: &IndicatorId) -> Option<CellRef> {
        self.awaited.get(&(sector.clone(), indicator.clone())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_mark_of_a_cell_stands() {
        let (label, number) = (CellRef::new(4, 1), CellRef::new(4, 3));
        let mut log = ReadingLog::default();
        for (cell, fate) in [(number, Fate::Read), (label, Fate::Label), (label, Fate::Rejected(label))] {
            log.mark(cell, fate);
        }
        let log = log.closed();
        assert_eq!(log.fates(), [(label, Fate::Rejected(label)), (number, Fate::Read)]);
        assert_eq!(log.fate(CellRef::new(0, 0)), Fate::Ignored);
    }
}
