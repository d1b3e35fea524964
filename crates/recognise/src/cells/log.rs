//! Marks headings, labels and groups of unread cells in the reading log.
//!
//! Input: tables with their rows. Output: marks. Not here: values, diagnostics.

use super::harvest::Meant;
use crate::layout::block::Block;
use crate::layout::column::Role;
use crate::layout::grid::Grid;
use crate::layout::value;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::reading::{Fate, ReadingLog};

/// Marks the headings of a table.
pub(crate) fn headings(grid: &Grid<'_>, block: &Block, log: &mut ReadingLog) {
    for row in &grid.rows[block.head.clone()] {
        for (col, _) in row.cells.iter().filter(|(col, _)| block.span.contains(col)) {
            log.mark(CellRef::new(row.at, *col), Fate::Heading);
        }
    }
}

/// Marks the cells that identify a row.
pub(crate) fn labels(block: &Block, meant: &Meant<'_, '_, '_>, log: &mut ReadingLog) {
    for column in block.columns.iter().filter(|column| says_what(&column.role)) {
        if meant.row.cells.cell(column.index).is_some() {
            log.mark(CellRef::new(meant.row.cells.at, column.index), Fate::Label);
        }
    }
}

fn says_what(role: &Role) -> bool {
    role.is_anchor() || matches!(role, Role::Status)
}

/// Marks the numbers of an unread column as rejected, and its heading, at which that is reported.
pub(crate) fn unread_column(grid: &Grid<'_>, block: &Block, heading: CellRef, log: &mut ReadingLog) {
    log.mark(heading, Fate::Rejected(heading));
    let body = &grid.rows[block.body.clone()];
    for row in body.iter().filter(|row| row.cell(heading.col).is_some_and(value::is_number)) {
        log.mark(CellRef::new(row.at, heading.col), Fate::Rejected(heading));
    }
}

/// Marks the numbers of an unread row as rejected, and its label, at which that is reported.
pub(crate) fn unread_row(block: &Block, meant: &Meant<'_, '_, '_>, log: &mut ReadingLog) {
    let told = meant.row.place;
    log.mark(told, Fate::Rejected(told));
    for column in block.columns.iter().filter(|column| column.role.is_value()) {
        if meant.row.cells.cell(column.index).is_some_and(value::is_number) {
            log.mark(CellRef::new(meant.row.cells.at, column.index), Fate::Rejected(told));
        }
    }
}

/// Returns the log of an unread sheet: its numbers are rejected, everything else is ignored.
pub(crate) fn unread_sheet(grid: &Grid<'_>) -> ReadingLog {
    let mut log = ReadingLog::default();
    for row in &grid.rows {
        for (col, _) in row.cells.iter().filter(|(_, cell)| value::is_number(cell)) {
            let cell = CellRef::new(row.at, *col);
            log.mark(cell, Fate::Rejected(cell));
        }
    }
    log
}
