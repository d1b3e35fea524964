//! Explains a figure over the rows of an open table: what is counted or added up, the place of the rows, some examples.
//!
//! Input: an aggregate. Output: indented lines; their number does not grow with that of the rows.

use super::origin::{cell, value};
use crate::authoring::page::Page;
use crate::pipeline::Run;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::message::Words;
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::records::{Aggregate, Condition, RecordTable};
use tonghop_core::say;

/// The maximum number of listed sheets.
const SHEETS: usize = 10;
/// The maximum number of shown rows.
const ROWS: usize = 5;

/// Adds what a figure counts or adds up.
pub(super) fn tell(page: &mut Page, depth: usize, aggregate: &Aggregate, run: &Run) {
    let table = &aggregate.selection.table;
    page.line(depth, aggregate.words());
    for condition in &aggregate.selection.conditions {
        page.line(depth + 1, say!("điều kiện: {words}", "condition: {words}", words = condition.words()));
    }
    sheets(page, depth + 1, aggregate, run);
    page.line(depth + 1, Words::new("một số dòng:", "some of the rows:"));
    for row in aggregate.selection.rows().take(ROWS) {
        one(page, depth + 2, table, row, aggregate, run);
    }
    rest(page, depth + 2, aggregate.selection.len(), ROWS);
}

/// Adds the sheets that contain the rows, with the column.
fn sheets(page: &mut Page, depth: usize, aggregate: &Aggregate, run: &Run) {
    let table = &aggregate.selection.table;
    let mut parts: BTreeMap<usize, (u32, u32, usize)> = BTreeMap::new();
    for row in aggregate.selection.rows() {
        let at = table.at(row) + 1;
        let (first, last, count) = parts.entry(table.part_index(row)).or_insert((at, at, 0));
        (*first, *last, *count) = (at.min(*first), at.max(*last), *count + 1);
    }
    for (part, (first, last, count)) in parts.iter().take(SHEETS) {
        let part = &table.parts[*part];
        let department = run.config.department(part.department.as_str());
        let department = department.map_or(part.department.as_str(), |department| &department.name);
        let measured = part.columns.iter().find(|column| Some(&column.measure) == aggregate.measure.as_ref());
        let column = column_letters(measured.map_or(part.label, |column| column.column));
        page.line(
            depth,
            say!(
                "{file} [{sheet}] cột {column}, {count} dòng trong khoảng {first}-{last} ({department})",
                "{file} [{sheet}] column {column}, {count} rows within {first}-{last} ({department})",
                file = part.file,
                sheet = part.sheet
            ),
        );
    }
    rest(page, depth, parts.len(), SHEETS);
}

/// Adds a row: the cell of the measure, or the label if rows are counted.
fn one(page: &mut Page, depth: usize, table: &RecordTable, row: usize, aggregate: &Aggregate, run: &Run) {
    let figure = aggregate.measure.as_ref().map(|measure| table.figure(row, measure));
    match figure.as_ref().and_then(|figure| figure.sources().first().cloned()) {
        Some(source) => cell(page, depth, &source, run),
        None => {
            cell(page, depth, &table.label_cell(row).source, run);
            if let Some(figure) = figure {
                page.line(depth + 1, value(&figure));
            }
        }
    }
}

fn rest(page: &mut Page, depth: usize, all: usize, told: usize) {
    if all > told {
        page.line(depth, say!("… và {more} nữa", "… and {more} more", more = all - told));
    }
}

/// Returns whether two figures depend on the same rows of open tables.
pub(super) fn are_same(one: &[Arc<Aggregate>], other: &[Arc<Aggregate>]) -> bool {
    let asked = |aggregate: &Arc<Aggregate>| -> (Option<String>, Vec<Condition>) {
        (aggregate.measure.as_ref().map(ToString::to_string), aggregate.selection.conditions.clone())
    };
    one.iter().map(asked).eq(other.iter().map(asked))
}
