//! Leaves out the columns of a sheet that states another period.
//!
//! Input: the tables of a sheet and its preamble. Output: the tables without these columns, and marks at their numbers.
//! Not here: the relation of a text to the reporting period.

use crate::layout::block::TableBlock;
use crate::layout::column::ColumnRole;
use crate::layout::dated_text;
use crate::layout::grid::Grid;
use crate::layout::heading::HeadingLexicon;
use crate::layout::preamble::Preamble;
use crate::layout::value;
use std::collections::BTreeSet;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::reading_log::{CellOutcome, ReadingLog};

/// The columns that were left out, by their headings, and the line that states the other period.
pub(crate) struct OtherPeriodColumns {
    line: CellRef,
    headings: BTreeSet<CellRef>,
}

/// Drops the columns that do not say themselves that they are of the reporting period, if the sheet states another one.
///
/// Plans of the year are the same in every period of it.
pub(crate) fn drop_columns(
    preamble: &Preamble,
    blocks: &mut [TableBlock],
    headings: &HeadingLexicon,
) -> Option<OtherPeriodColumns> {
    let other = dated_text::other_period(preamble, headings.report_period())?;
    let mut dropped = BTreeSet::new();
    for block in blocks {
        let heading_row = block.heading_row;
        for column in block.columns.iter_mut().filter(|column| column.role.is_value()) {
            let is_plan = column.role.is_plan() && !other.is_earlier_year;
            if !(is_plan || headings.names_period(&column.meaning)) {
                column.role = ColumnRole::Ignored;
                dropped.insert(CellRef::new(heading_row, column.index));
            }
        }
    }
    Some(OtherPeriodColumns { line: other.line.cell, headings: dropped })
}

impl OtherPeriodColumns {
    /// Marks the numbers of the columns in a table as rejected at the line that states the other period.
    pub(crate) fn mark(&self, grid: &Grid<'_>, block: &TableBlock, log: &mut ReadingLog) {
        let is_dropped = |col: u32| self.headings.contains(&CellRef::new(block.heading_row, col));
        for row in &grid.rows[block.body_rows.clone()] {
            for (col, _) in row.cells.iter().filter(|(col, cell)| is_dropped(*col) && value::is_number(cell)) {
                log.mark(CellRef::new(row.index, *col), CellOutcome::Rejected(self.line));
            }
        }
    }
}
