//! Explains a figure over the rows of an open table: what is counted or added up, the place of the rows, some examples.
//!
//! Input: an aggregate. Output: indented lines; their number does not grow with that of the rows.

use super::source_cell::{push_cell, value_message};
use crate::authoring::text_page::TextPage;
use crate::pipeline::Run;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::message::Message;
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::records::{Aggregate, Condition, RecordTable};
use tonghop_core::msg;

/// The maximum number of listed sheets.
const MAX_SHEETS: usize = 10;
/// The maximum number of shown rows.
const MAX_ROWS: usize = 5;

/// Adds what a figure counts or adds up.
pub(super) fn push_aggregate(page: &mut TextPage, depth: usize, aggregate: &Aggregate, run: &Run) {
    let table = &aggregate.selection.table;
    page.push_line(depth, aggregate.message());
    for condition in &aggregate.selection.conditions {
        page.push_line(depth + 1, msg!("điều kiện: {words}", "condition: {words}", words = condition.message()));
    }
    push_sheets(page, depth + 1, aggregate, run);
    page.push_line(depth + 1, Message::new("một số dòng:", "some of the rows:"));
    for row in aggregate.selection.rows().take(MAX_ROWS) {
        push_row(page, depth + 2, table, row, aggregate, run);
    }
    push_rest(page, depth + 2, aggregate.selection.len(), MAX_ROWS);
}

/// Adds the sheets that contain the rows, with the column.
fn push_sheets(page: &mut TextPage, depth: usize, aggregate: &Aggregate, run: &Run) {
    let table = &aggregate.selection.table;
    let mut parts: BTreeMap<usize, (u32, u32, usize)> = BTreeMap::new();
    for row in aggregate.selection.rows() {
        let at = table.sheet_row(row) + 1;
        let (first, last, count) = parts.entry(table.part_index(row)).or_insert((at, at, 0));
        (*first, *last, *count) = (at.min(*first), at.max(*last), *count + 1);
    }
    for (part, (first, last, count)) in parts.iter().take(MAX_SHEETS) {
        let part = &table.parts[*part];
        let department = run.config.department(part.department.as_str());
        let department = department.map_or(part.department.as_str(), |department| &department.name);
        let measured = part.columns.iter().find(|column| Some(&column.measure) == aggregate.measure.as_ref());
        let column = column_letters(measured.map_or(part.label_column, |column| column.column));
        page.push_line(
            depth,
            msg!(
                "{file} [{sheet}] cột {column}, {count} dòng trong khoảng {first}-{last} ({department})",
                "{file} [{sheet}] column {column}, {count} rows within {first}-{last} ({department})",
                file = part.file,
                sheet = part.sheet
            ),
        );
    }
    push_rest(page, depth, parts.len(), MAX_SHEETS);
}

/// Adds a row: the cell of the measure, or the label if rows are counted.
fn push_row(page: &mut TextPage, depth: usize, table: &RecordTable, row: usize, aggregate: &Aggregate, run: &Run) {
    let figure = aggregate.measure.as_ref().map(|measure| table.figure(row, measure));
    match figure.as_ref().and_then(|figure| figure.sources().first().cloned()) {
        Some(source) => push_cell(page, depth, &source, run),
        None => {
            push_cell(page, depth, &table.label_cell(row).source, run);
            if let Some(figure) = figure {
                page.push_line(depth + 1, value_message(&figure));
            }
        }
    }
}

fn push_rest(page: &mut TextPage, depth: usize, all: usize, shown_count: usize) {
    if all > shown_count {
        page.push_line(depth, msg!("… và {more} nữa", "… and {more} more", more = all - shown_count));
    }
}

/// Returns whether two figures depend on the same rows of open tables.
pub(super) fn have_same_rows(one: &[Arc<Aggregate>], other: &[Arc<Aggregate>]) -> bool {
    let selection = |aggregate: &Arc<Aggregate>| -> (Option<String>, Vec<Condition>) {
        (aggregate.measure.as_ref().map(ToString::to_string), aggregate.selection.conditions.clone())
    };
    one.iter().map(selection).eq(other.iter().map(selection))
}
