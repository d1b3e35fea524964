//! Reports the columns of a table whose numbers are not read.
//!
//! Input: a table. Output: a diagnostic for each such column, one for adjacent columns without a heading, and marks at
//! their numbers. Not here: why a heading has no
//! role.

use super::reading_log;
use super::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::column::ColumnRole;
use crate::layout::grid::{Grid, GridRow};
use crate::layout::{column_messages, value};
use crate::matching::index::Match;
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Message};
use tonghop_core::model::cell::CellRef;
use tonghop_core::msg;

/// Reports the columns with numbers that are not read.
pub(crate) fn report_unknown(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    block: &TableBlock,
    result: &mut SheetResult,
) {
    let column = |index: u32| block.columns.iter().find(|column| column.index == index);
    let is_read = |index: u32| column(index).is_some_and(|c| !c.role.is_unread());
    let mut filled: BTreeSet<u32> = BTreeSet::new();
    let mut read: BTreeSet<u32> = block.columns.iter().map(|c| c.index).filter(|index| is_read(*index)).collect();
    for (col, cell) in grid.rows[block.body_rows.clone()].iter().flat_map(|row| &row.cells) {
        if !read.contains(col) && block.column_span.contains(col) && value::is_number(cell) {
            filled.insert(*col);
            // The first number of a column decides.
            read.insert(*col);
        }
    }
    let mut filled = filled.into_iter().peekable();
    while let Some(index) = filled.next() {
        let mut last = index;
        let (message, hint) = match column(index) {
            None => {
                // Numbers that were filled in too far can cover thousands of columns.
                while let Some(next) = filled.next_if(|next| *next == last + 1 && column(*next).is_none()) {
                    last = next;
                }
                column_messages::without_heading([index, last])
            }
            Some(_) if result.crossed_columns.contains(&CellRef::new(block.heading_row, index)) => continue,
            Some(found) => match column_messages::unread_reason(found, column) {
                Some(reason) => reason,
                None => continue,
            },
        };
        for marked in index..=last {
            let cell_ref = CellRef::new(block.heading_row, marked);
            reading_log::mark_unread_column(grid, block, cell_ref, &mut result.log);
        }
        let cell_ref = CellRef::new(block.heading_row, index);
        result.diagnostics.push(context.problem(Code::ColumnUnknown, cell_ref, message).with_hint(hint));
    }
}

/// Returns whether a row matches an indicator of a sector with several plans.
pub(crate) fn has_several_plans(matched: &MatchedRow<'_, '_, '_>) -> bool {
    matches!(matched.indicator_match, Match::Unique { candidate, .. } if candidate.sector.targets.len() > 1)
}

/// Reports the plan columns without a source that have numbers in rows of sectors with several plans.
pub(crate) fn report_unclear_plans(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    block: &TableBlock,
    has_several: impl Fn(&GridRow<'_>) -> bool,
    result: &mut SheetResult,
) {
    let body = &grid.rows[block.body_rows.clone()];
    for column in block.columns.iter().filter(|column| column.role == ColumnRole::Plan) {
        let is_unclear = |row: &GridRow<'_>| row.cell(column.index).is_some_and(value::is_number) && has_several(row);
        if body.iter().any(is_unclear) {
            let message = msg!(
                "cột \"{heading}\" không rõ là kế hoạch của cấp nào; cột này không được đọc",
                "it is not clear whose plan the column \"{heading}\" is; it was not read",
                heading = column.heading
            );
            let cell_ref = CellRef::new(block.heading_row, column.index);
            reading_log::mark_unread_column(grid, block, cell_ref, &mut result.log);
            result.diagnostics.push(context.problem(Code::ColumnUnknown, cell_ref, message).with_hint(Message::new(
                "ghi rõ trong tiêu đề cột đơn vị giao kế hoạch",
                "state in the column heading which authority set the plan",
            )));
        }
    }
}
