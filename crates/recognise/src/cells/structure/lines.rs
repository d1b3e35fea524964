//! The rows of an open table as lines: what kind of row each may be by its words and numbering.
//!
//! Input: the body of a table and its columns. Output: one [`Line`] per row. Not here: which of them are headings and
//! totals, which depends on the other rows.

use crate::layout::cell_reading;
use crate::layout::fill_down::FillDown;
use crate::layout::grid::{Grid, GridRow, cell_text};
use std::collections::{BTreeMap, HashMap};
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::records::RecordPart;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::label::bare_label;
use tonghop_core::vi::numbering::{NumberingRank, parse_order_cell, split_numbering};
use tonghop_core::vi::total_label::{TotalScope, parse_total};

/// A table whose rows are examined.
#[derive(Clone, Copy)]
pub(super) struct Body<'b> {
    pub grid: &'b Grid<'b>,
    pub rows: &'b [&'b GridRow<'b>],
    pub part: &'b RecordPart,
    pub order_column: Option<u32>,
}

/// What a row may be by itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum LineKind {
    /// All fields are filled; it is a record unless other rows show that it is a heading.
    Record,
    /// A text without all fields, with or without numbers.
    Heading,
    /// Its label begins like that of a total, and it has numbers.
    Total(TotalScope),
    /// Nothing of these; the reader reports what it lacks.
    Other,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub kind: LineKind,
    pub has_numbers: bool,
}

impl<'b> Body<'b> {
    /// Returns whether any row can be something else than a record, without looking at the others.
    pub(super) fn has_suspects(&self) -> bool {
        self.rows.iter().any(|row| {
            let order = self.order_column.and_then(|col| row.cell(col));
            !self.has_own_fields(row)
                || order
                    .is_some_and(|cell| matches!(cell.value, RawValue::Text(_)) && order_rank(cell) < DEEPEST_HEADING)
                || self
                    .title(row)
                    .is_some_and(|(_, title)| parse_total(&title).is_some() || label_rank(&title) < DEEPEST_HEADING)
        })
    }

    /// Returns the rows as lines.
    pub(super) fn lines(&self) -> Vec<Line> {
        let merged = FillDown::new(self.grid, self.body_rows(), self.text_columns());
        self.rows.iter().map(|row| self.line(row, &merged)).collect()
    }

    fn body_rows(&self) -> &'b [GridRow<'b>] {
        let first = self.rows.first().map_or(0, |row| row.index);
        let last = self.rows.last().map_or(0, |row| row.index);
        let start = self.grid.rows.partition_point(|row| row.index < first);
        let end = self.grid.rows.partition_point(|row| row.index <= last);
        &self.grid.rows[start..end]
    }

    fn text_columns(&self) -> impl Iterator<Item = u32> + use<'b> {
        self.part.field_columns.iter().copied().chain([self.part.label_column])
    }

    fn line(&self, row: &GridRow<'_>, merged: &FillDown<'_>) -> Line {
        let has_numbers = self.part.columns.iter().any(|c| row.cell(c.column).is_some_and(cell_reading::holds_number));
        let is_filled = |col: u32| row.cell(col).is_some() || merged.covers(row.index, col);
        let title = self.title(row);
        let scope = title.as_ref().filter(|_| has_numbers).and_then(|(_, title)| parse_total(title));
        let order = self.order_column.and_then(|col| row.cell(col));
        let is_ordered = || order.is_some_and(|cell| parse_order_cell(&cell.to_raw_text()).is_some());
        let kind = match scope {
            Some(scope) => LineKind::Total(scope),
            None if self.text_columns().all(is_filled)
                && (has_numbers || is_ordered() || self.part.columns.is_empty()) =>
            {
                LineKind::Record
            }
            None if title.is_some() => LineKind::Heading,
            None => LineKind::Other,
        };
        Line { kind, has_numbers }
    }

    fn has_own_fields(&self, row: &GridRow<'_>) -> bool {
        self.text_columns().all(|col| row.cell(col).is_some())
    }

    /// Returns the cell and the text that name a row: its label, else its first text left of the numbers.
    pub(super) fn title(&self, row: &GridRow<'b>) -> Option<(CellRef, std::borrow::Cow<'b, str>)> {
        let is_number = |col: u32| self.part.columns.iter().any(|column| column.column == col);
        let has_words = |cell: &RawCell| cell.text().is_some_and(|text| text.chars().any(char::is_alphabetic));
        let own = row.cell(self.part.label_column).map(|cell| (self.part.label_column, cell));
        let first = || {
            let mut texts = row.cells.iter().filter(|(col, cell)| !is_number(*col) && has_words(cell));
            let is_words = |col: u32, cell: &RawCell| {
                Some(col) != self.order_column || parse_order_cell(&cell.to_raw_text()).is_none()
            };
            texts.find(|(col, cell)| is_words(*col, cell)).map(|(col, cell)| (*col, *cell))
        };
        let (col, cell) = own.filter(|(_, cell)| has_words(cell)).or_else(first)?;
        Some((CellRef::new(row.index, col), cell_text(cell)))
    }

    /// Returns the rank of a row by its order cell, else by the numbering of its title.
    pub(super) fn rank(&self, row: &GridRow<'b>) -> NumberingRank {
        let order = self.order_column.and_then(|col| row.cell(col)).map(order_rank);
        order
            .filter(|rank| *rank != NumberingRank::Plain)
            .or_else(|| self.title(row).map(|(_, title)| label_rank(&title)))
            .unwrap_or(NumberingRank::Plain)
    }

    /// Returns the number of a row in capitals without signs: `I`, `2`.
    pub(super) fn number(&self, row: &GridRow<'b>) -> Option<String> {
        let order = self.order_column.and_then(|col| row.cell(col)).map(|cell| cell.to_raw_text().to_string());
        let order = order.filter(|text| parse_order_cell(text).is_some());
        let of_title = || {
            let (_, title) = self.title(row)?;
            split_numbering(&title).map(|(numbering, _)| numbering.text.to_owned())
        };
        let number = order.or_else(of_title)?;
        let bare = number.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
        (!bare.is_empty()).then_some(bare)
    }

    /// Returns whether a row has anything in the columns of numbers, such as "-".
    pub(super) fn has_values(&self, row: &GridRow<'_>) -> bool {
        self.part.columns.iter().any(|column| row.cell(column.column).is_some())
    }

    /// Returns whether a row has only one text, and no numbers.
    pub(super) fn is_lone_text(&self, row: &GridRow<'_>) -> bool {
        let mut texts = row.cells.iter().filter_map(|(_, cell)| cell.text());
        texts.next().is_some_and(|text| text.trim().chars().any(char::is_alphabetic)) && row.cells.len() == 1
    }

    /// Returns the lines with each folded text of each field, with those of merged cells and ditto signs.
    pub(super) fn lines_by_text(&self) -> Vec<BTreeMap<String, Vec<usize>>> {
        let mut filled = FillDown::new(self.grid, self.body_rows(), self.text_columns());
        let mut found: Vec<BTreeMap<String, Vec<usize>>> = vec![BTreeMap::new(); self.part.field_columns.len()];
        let mut folded: HashMap<std::sync::Arc<str>, String> = HashMap::new();
        for (line, row) in self.rows.iter().enumerate() {
            for (col, lines) in self.part.field_columns.iter().zip(&mut found) {
                let Some((text, _)) = filled.text(row, *col) else { continue };
                let key = folded.entry(text).or_insert_with_key(|text| fold(text));
                match lines.get_mut(key) {
                    Some(lines) => lines.push(line),
                    None => drop(lines.insert(key.clone(), vec![line])),
                }
            }
        }
        found
    }
}

/// Headings are numbered with capitals or Roman numerals, unless the records show otherwise.
const DEEPEST_HEADING: NumberingRank = NumberingRank::Number(1);

fn order_rank(cell: &RawCell) -> NumberingRank {
    match &cell.value {
        RawValue::Number(_) => NumberingRank::Number(1),
        _ => parse_order_cell(&cell.to_raw_text()).unwrap_or(NumberingRank::Plain),
    }
}

fn label_rank(title: &str) -> NumberingRank {
    let numbering = split_numbering(title).filter(|(numbering, _)| numbering.is_certain);
    numbering.map_or(NumberingRank::Plain, |(numbering, _)| numbering.rank)
}

/// Returns a title without its numbering.
pub(super) fn bare_title(title: &str) -> &str {
    bare_label(title)
}
