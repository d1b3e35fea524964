//! Proposes members: tables of an example workbook whose columns are places, with one number each.
//!
//! Input: a listed table. Output: the places, if its columns are places. Not here: the rows.

use super::names::name_from_label;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use tonghop_core::vi::label::fold_label;
use tonghop_recognise::{ColumnContent, ListedRow, ListedTable};

/// A table with fewer places is another kind of table.
const MIN_PLACES: usize = 2;
/// The most characters of the name of a place, which follows that of its indicator.
const MAX_NAME: usize = 20;

/// A place: a column of the example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ProposedPlace {
    /// The name in rules.
    pub id: String,
    /// The heading of its column.
    pub label: String,
    column: usize,
}

/// Returns the places of a table; none if some column says what its numbers are, or if a heading is not a name.
pub(super) fn places(table: &ListedTable) -> Vec<ProposedPlace> {
    let has_measures = table
        .columns
        .iter()
        .any(|column| matches!(column.content, ColumnContent::Numbers(_) | ColumnContent::Plan | ColumnContent::Text));
    let count = |at: usize| table.rows.iter().filter(|row| number_in(row, at).is_some()).count();
    let is_place = |at: &usize| {
        let column = &table.columns[*at];
        let is_name = column.heading.chars().any(char::is_alphabetic) && !column.heading.chars().any(char::is_numeric);
        column.content == ColumnContent::Unknown && is_name && 2 * count(*at) > table.rows.len()
    };
    let columns: Vec<usize> = (0..table.columns.len()).filter(is_place).collect();
    let headings: BTreeSet<String> = columns.iter().map(|at| fold_label(&table.columns[*at].heading)).collect();
    if has_measures || columns.len() < MIN_PLACES || headings.len() < columns.len() {
        return Vec::new();
    }
    let mut taken = BTreeSet::new();
    let place = |column: usize| {
        let label = table.columns[column].heading.clone();
        let short: String = name_from_label(&label).chars().take(MAX_NAME).collect();
        let numbered = (2..).map(|number: u32| format!("{short}_{number}"));
        let id = std::iter::once(short.clone()).chain(numbered).find(|id| taken.insert(id.clone()));
        ProposedPlace { id: id.unwrap_or(short), label, column }
    };
    columns.into_iter().map(place).collect()
}

impl ProposedPlace {
    /// Returns the number of a row in the column of the place.
    pub(super) fn number(&self, row: &ListedRow) -> Option<Decimal> {
        number_in(row, self.column)
    }
}

fn number_in(row: &ListedRow, column: usize) -> Option<Decimal> {
    row.unknown_numbers.iter().find(|(at, _)| *at == column).map(|(_, value)| *value)
}
