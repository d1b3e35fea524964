//! Finds the rows of an open table that are no records: headings of groups, totals, and rows that may be either.
//!
//! Input: the body of an open table and its columns. Output: the [`RowStructure`] of the table. Not here: reading the
//! records and the numbers of totals, messages.

mod groups;
mod lines;
mod numbers;
mod totals;

use super::open_table::OpenTable;
use crate::layout::grid::{Grid, GridRow};
use groups::{Group, find_groups};
use lines::{Body, LineKind};
use numbers::TableNumbers;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::records::{GroupHeading, RowRun};
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::number::Convention;
use tonghop_core::vi::total_label::TotalScope;
use totals::{TotalFinder, TotalReading};

/// The most totals of a table of which the rows are looked for; each may look at the whole table.
const MAX_TOTALS: usize = 500;

/// A row that is no record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SpecialRow {
    /// A heading of a group.
    Heading,
    /// A row that adds up records.
    Total(TotalRow),
    /// A row that may be a total or a record.
    Doubtful {
        /// Its label.
        cell: CellRef,
    },
}

/// A row that adds up records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TotalRow {
    /// The cell of the label.
    pub cell: CellRef,
    /// The rows that it adds up; `None` if this is not known.
    pub covers: Option<Vec<RowRun>>,
    /// The number of records that it adds up if only its numbers show that it is a total.
    pub by_numbers: Option<usize>,
}

/// The rows of an open table that are no records.
#[derive(Debug, Default)]
pub(crate) struct RowStructure {
    /// By row of the sheet.
    pub rows: BTreeMap<u32, SpecialRow>,
    /// The headings, from top to bottom.
    pub groups: Vec<GroupHeading>,
}

/// Examines the rows of an open table.
pub(crate) fn find(
    grid: &Grid<'_>,
    rows: &[&GridRow<'_>],
    open: &OpenTable<'_>,
    convention: Option<Convention>,
) -> RowStructure {
    let body = Body { grid, rows, part: &open.part, order_column: open.order_column };
    // Most tables have records only, and a table may have a million rows.
    if !body.has_suspects() {
        return RowStructure::default();
    }
    let mut lines = body.lines();
    let numbers = OnceCell::new();
    let numbers = || numbers.get_or_init(|| TableNumbers::read(&body, convention));
    let mut groups = find_groups(&body, &lines, &numbers, open.decl.group.is_some());
    let named = named_records(&TotalFinder::new(&body, &lines, &groups, &numbers));
    if !named.is_empty() {
        // The rows that are records after all count for the headings and totals.
        named.into_iter().for_each(|line| lines[line].kind = LineKind::Record);
        groups = find_groups(&body, &lines, &numbers, open.decl.group.is_some());
    }
    let finder = TotalFinder::new(&body, &lines, &groups, &numbers);
    let mut found = RowStructure { rows: BTreeMap::new(), groups: headings(&groups) };
    for group in &groups {
        let special = match lines[group.line].has_numbers {
            true => {
                let covered = group.lines.clone().filter(|line| finder.is_record(*line)).collect();
                SpecialRow::Total(total_row(&body, group.cell, Some(covered), false))
            }
            false => SpecialRow::Heading,
        };
        found.rows.insert(group.cell.row, special);
    }
    let totals = lines.iter().enumerate().filter(|(_, line)| matches!(line.kind, LineKind::Total(_)));
    for (count, (at, line)) in totals.enumerate() {
        let LineKind::Total(scope) = &line.kind else { continue };
        let Some((cell, _)) = body.title(rows[at]) else { continue };
        let reading = match scope {
            _ if count < MAX_TOTALS => finder.read(at, scope),
            TotalScope::Named(_) if finder.is_numbered_like_records(at) => TotalReading::Record,
            _ => TotalReading::Unknown,
        };
        let special = match reading {
            TotalReading::Sum { lines, by_numbers } => {
                SpecialRow::Total(total_row(&body, cell, Some(lines), by_numbers))
            }
            TotalReading::Unknown => SpecialRow::Total(total_row(&body, cell, None, false)),
            TotalReading::Doubtful => SpecialRow::Doubtful { cell },
            TotalReading::Record => continue,
        };
        found.rows.insert(cell.row, special);
    }
    found
}

/// Returns the lines whose label begins like that of a total but that are records.
fn named_records(finder: &TotalFinder<'_, '_, '_>) -> Vec<usize> {
    let named = finder.lines.iter().enumerate().filter_map(|(at, line)| match &line.kind {
        LineKind::Total(scope @ TotalScope::Named(_)) => Some((at, scope)),
        _ => None,
    });
    let is_record = |(at, scope): &(usize, &TotalScope)| finder.read(*at, scope) == TotalReading::Record;
    named.take(MAX_TOTALS).filter(is_record).map(|(at, _)| at).collect()
}

fn total_row(body: &Body<'_>, cell: CellRef, lines: Option<Vec<usize>>, by_numbers: bool) -> TotalRow {
    let by_numbers = lines.as_ref().map(Vec::len).filter(|_| by_numbers);
    TotalRow { cell, covers: lines.map(|lines| runs(body, &lines)), by_numbers }
}

/// Returns the sheet rows of some lines, in order, as runs of neighbouring lines.
fn runs(body: &Body<'_>, lines: &[usize]) -> Vec<RowRun> {
    let mut sorted = lines.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut found: Vec<RowRun> = Vec::new();
    let mut last_line = None;
    for line in sorted {
        let row = body.rows[line].index;
        match found.last_mut().filter(|_| last_line.is_some_and(|last: usize| last + 1 == line)) {
            Some((_, last)) => *last = row,
            None => found.push((row, row)),
        }
        last_line = Some(line);
    }
    found
}

/// Returns the headings, each with the texts of those that it is below.
fn headings(groups: &[Group]) -> Vec<GroupHeading> {
    let mut open: Vec<&Group> = Vec::new();
    let heading = |open: &[&Group], group: &Group| {
        let text = open.iter().map(|group| group.text.as_str()).collect::<Vec<_>>().join(", ");
        GroupHeading { cell: group.cell, key: fold(&text).into(), text: text.into() }
    };
    let mut found = Vec::with_capacity(groups.len());
    for group in groups {
        open.retain(|above| above.lines.contains(&group.line));
        open.push(group);
        found.push(heading(&open, group));
    }
    found
}
