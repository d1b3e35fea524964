//! Marks headings, labels and groups of unread cells in the reading log.
//!
//! Input: tables with their rows. Output: marks. Not here: values, diagnostics.

use super::sheet_result::MatchedRow;
use crate::layout::block::TableBlock;
use crate::layout::column::ColumnRole;
use crate::layout::grid::Grid;
use crate::layout::value;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::reading_log::{CellOutcome, ReadingLog};

/// Marks the headings of a table.
pub(crate) fn mark_headings(grid: &Grid<'_>, block: &TableBlock, log: &mut ReadingLog) {
    for row in &grid.rows[block.header_rows.clone()] {
        for (col, _) in row.cells.iter().filter(|(col, _)| block.column_span.contains(col)) {
            log.mark(CellRef::new(row.index, *col), CellOutcome::Heading);
        }
    }
}

/// Marks the cells that identify a row.
pub(crate) fn mark_labels(block: &TableBlock, matched: &MatchedRow<'_, '_, '_>, log: &mut ReadingLog) {
    for column in block.columns.iter().filter(|column| identifies_row(&column.role)) {
        if matched.row.cells.cell(column.index).is_some() {
            log.mark(CellRef::new(matched.row.cells.index, column.index), CellOutcome::Label);
        }
    }
}

fn identifies_row(role: &ColumnRole) -> bool {
    role.is_anchor() || matches!(role, ColumnRole::Status)
}

/// Marks the numbers of an unread column as rejected, and its heading, at which that is reported.
pub(crate) fn mark_unread_column(grid: &Grid<'_>, block: &TableBlock, heading: CellRef, log: &mut ReadingLog) {
    log.mark(heading, CellOutcome::Rejected(heading));
    let body = &grid.rows[block.body_rows.clone()];
    for row in body.iter().filter(|row| row.cell(heading.col).is_some_and(value::is_number)) {
        log.mark(CellRef::new(row.index, heading.col), CellOutcome::Rejected(heading));
    }
}

/// Marks the numbers of an unread row and its label as rejected; that is reported at another cell.
pub(crate) fn mark_unread_row(
    block: &TableBlock,
    matched: &MatchedRow<'_, '_, '_>,
    reported_at: CellRef,
    log: &mut ReadingLog,
) {
    log.mark(matched.row.label_place, CellOutcome::Rejected(reported_at));
    for column in block.columns.iter().filter(|column| column.role.is_value()) {
        if matched.row.cells.cell(column.index).is_some_and(value::is_number) {
            log.mark(CellRef::new(matched.row.cells.index, column.index), CellOutcome::Rejected(reported_at));
        }
    }
}

/// Returns the log of an unread sheet: its numbers are rejected, everything else is ignored.
pub(crate) fn unread_sheet_log(grid: &Grid<'_>) -> ReadingLog {
    let mut log = ReadingLog::default();
    for row in &grid.rows {
        for (col, _) in row.cells.iter().filter(|(_, cell)| value::is_number(cell)) {
            let cell = CellRef::new(row.index, *col);
            log.mark(cell, CellOutcome::Rejected(cell));
        }
    }
    log
}
