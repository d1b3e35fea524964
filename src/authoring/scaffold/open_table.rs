//! Proposes open tables: tables of an example workbook whose rows are names, such as projects with their agencies.
//!
//! Input: a listed table. Output: the table with its fields and rows, if its rows are names. Not here: tables whose rows are
//! indicators.

use super::names::NameAllocator;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::label::fold_label;
use tonghop_recognise::{ColumnContent, ListedRow, ListedTable};

/// A table with fewer rows is one of indicators.
const MIN_ROWS: usize = 4;

/// A proposed open table with the rows of the example.
#[derive(Clone, Debug)]
pub(super) struct ProposedTable {
    pub name: String,
    /// The unit of all rows.
    pub unit: Unit,
    /// The fields: name and heading.
    pub fields: Vec<(String, String)>,
    pub rows: Vec<ProposedRecord>,
}

/// A row of the example.
#[derive(Clone, Debug)]
pub(super) struct ProposedRecord {
    pub label: String,
    /// The words of each field.
    pub words: Vec<String>,
    pub figures: BTreeMap<Measure, Decimal>,
}

impl ProposedTable {
    /// Proposes a table whose rows are names: it has a column of words that every row with numbers fills, and one unit.
    pub(super) fn new(table: &ListedTable, measures: &[Option<Measure>], names: &mut NameAllocator) -> Option<Self> {
        let numbered = table.rows.iter().filter(|row| !row.numbers.is_empty());
        // A total has no words.
        let rows: Vec<&ListedRow> = numbered.clone().filter(|row| !row.words.is_empty()).collect();
        let are_most = 4 * rows.len() >= 3 * numbered.count();
        let is_field = |at: &usize| {
            let column = &table.columns[*at];
            let is_filled = |row: &&ListedRow| row.words.iter().any(|(field, _)| field == at);
            is_of_words(&column.content) && !is_note(&column.heading) && rows.iter().all(is_filled)
        };
        let fields: Vec<usize> = (0..table.columns.len()).filter(is_field).collect();
        let units: BTreeSet<&str> = rows.iter().filter_map(|row| Some(&*row.unit.as_ref()?.label)).collect();
        let labels: BTreeSet<String> = rows.iter().map(|row| fold_label(&row.label)).collect();
        let has_topics = table.rows.iter().any(|row| row.text.is_some());
        if !are_most
            || fields.is_empty()
            || rows.len() < MIN_ROWS
            || units.len() > 1
            || labels.len() < rows.len()
            || has_topics
        {
            return None;
        }
        let unit = rows.iter().find_map(|row| row.unit.clone()).unwrap_or_else(Unit::none);
        let record = |row: &&ListedRow| ProposedRecord {
            label: row.label.clone(),
            words: fields.iter().map(|at| words_of(row, *at)).collect(),
            figures: row.numbers.iter().filter_map(|(at, value)| Some((measures[*at].clone()?, *value))).collect(),
        };
        let rows = rows.iter().map(record).collect();
        let name = names.allocate(table.sheet.as_str(), None);
        let heading = |at: &usize| table.columns[*at].heading.clone();
        let fields = fields.iter().map(|at| (names.allocate(&heading(at), None), heading(at))).collect();
        Some(Self { name, unit, fields, rows })
    }
}

fn is_of_words(content: &ColumnContent) -> bool {
    matches!(content, ColumnContent::Words | ColumnContent::Remarks)
}

/// Returns whether a heading is empty or that of notes, which no rule selects rows by.
fn is_note(heading: &str) -> bool {
    heading.is_empty() || fold_label(heading) == "ghi chú"
}

fn words_of(row: &ListedRow, column: usize) -> String {
    row.words.iter().find(|(at, _)| *at == column).map(|(_, words)| words.clone()).unwrap_or_default()
}
