//! The reading log of a sheet: what became of every cell that is not empty.
//!
//! In come marks while a sheet is recognised; out goes the fate of each cell for whoever answers the department. Never
//! here: the content of a cell, wording, problems.

use super::cell::CellRef;
use super::id::{IndicatorId, SectorId};
use super::quantity::{Amount, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What became of a cell, the stronger the later where a cell is marked twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fate {
    /// Nothing in it was of use: titles, notes, ratios.
    #[default]
    Ignored,
    /// It said what a column or a table holds.
    Heading,
    /// It said what a row is about.
    Label,
    /// Its number or words were taken as they stand.
    Read,
    /// Its number was taken in another form; [`ReadingLog::understood`] tells which.
    Converted,
    /// It was to be read and could not be; the problem is told at this cell.
    Rejected(CellRef),
}

/// A number as it was understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// After all conversions; of a cell in percent, what Excel shows.
    pub amount: Amount,
    /// The unit of the amount.
    pub unit: Unit,
}

/// What became of the cells of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingLog {
    /// Every cell that was not ignored, in reading order once the log is closed.
    fates: Vec<(CellRef, Fate)>,
    understood: BTreeMap<CellRef, Understood>,
    awaited: BTreeMap<(SectorId, IndicatorId), CellRef>,
}

impl ReadingLog {
    /// Marks a cell.
    pub fn mark(&mut self, cell: CellRef, fate: Fate) {
        self.fates.push((cell, fate));
    }

    /// Marks a cell whose number was taken in another form.
    pub fn convert(&mut self, cell: CellRef, understood: Understood) {
        self.mark(cell, Fate::Converted);
        self.understood.insert(cell, understood);
    }

    /// Remembers the empty cell in which the actual value of an indicator would stand.
    pub fn await_at(&mut self, cell: CellRef, sector: &SectorId, indicator: &IndicatorId) {
        self.awaited.entry((sector.clone(), indicator.clone())).or_insert(cell);
    }

    /// Puts the marks in reading order, the strongest for each cell.
    #[must_use]
    pub fn closed(mut self) -> Self {
        self.fates.sort_by_key(|(cell, fate)| (*cell, std::cmp::Reverse(*fate)));
        self.fates.dedup_by_key(|(cell, _)| *cell);
        self.fates.shrink_to_fit();
        self
    }

    /// Returns what became of a cell, of a closed log.
    pub fn fate(&self, cell: CellRef) -> Fate {
        let at = self.fates.binary_search_by_key(&cell, |(marked, _)| *marked);
        at.map_or(Fate::Ignored, |at| self.fates[at].1)
    }

    /// Returns every cell that was not ignored.
    pub fn fates(&self) -> &[(CellRef, Fate)] {
        &self.fates
    }

    /// Returns how a converted number was understood.
    pub fn understood(&self, cell: CellRef) -> Option<&Understood> {
        self.understood.get(&cell)
    }

    /// Returns the empty cell in which the actual value of an indicator would stand.
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
