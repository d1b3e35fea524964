//! Lists the tables of a workbook without any declared indicators.
//!
//! Input: a workbook. Output: its tables with the content of their columns, and for each row its label, parent, unit,
//! numbers and text. Not here: indicators, departments.

use crate::layout::block::{self, TableBlock};
use crate::layout::caption::KnownUnits;
use crate::layout::cell_reading;
use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::encoding;
use crate::layout::grid::Grid;
use crate::layout::heading::HeadingLexicon;
use crate::layout::rows::{TableRow, read_rows};
use crate::layout::value::CellAmount;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use tonghop_core::config::Config;
use tonghop_core::model::cell::RawCell;
use tonghop_core::model::conversion::convert;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::raw_workbook::{RawSheet, RawWorkbook};
use tonghop_core::vi::fold::clean;
use tonghop_core::vi::label::bare_label;
use tonghop_core::vi::{number, unit};

/// A table of a workbook.
#[derive(Clone, Debug)]
pub struct ListedTable {
    /// The name of its sheet, untrimmed.
    pub sheet: SheetName,
    /// The columns of numbers, texts or difficulties, and those with an unknown heading.
    pub columns: Vec<ListedColumn>,
    /// The rows with a label, from top to bottom.
    pub rows: Vec<ListedRow>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedColumn {
    /// The heading as written; stacked headings are joined from top to bottom.
    pub heading: String,
    /// The content according to the heading.
    pub content: ColumnContent,
}

/// The content of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnContent {
    /// Numbers of a measure: actual, last year, or one of the settings.
    Numbers(Measure),
    /// A plan that names no source.
    Plan,
    /// Sentences for the report.
    Text,
    /// Difficulties of the department.
    Difficulties,
    /// Words of an unknown heading, such as names of agencies: the column has texts and no numbers.
    Words,
    /// Words that a table of indicators does not need: a place, a group, a note.
    Remarks,
    /// The heading is unknown, or another column has the same content.
    Unknown,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct ListedRow {
    /// The label as written, without numbering.
    pub label: String,
    /// The index of the parent row in the table.
    pub parent: Option<usize>,
    /// The unit stated by the row, in brackets in its label or a heading, or by the table; `None` if there is none.
    pub unit: Option<Unit>,
    /// The numbers, each with the index of its column.
    pub numbers: Vec<(usize, Decimal)>,
    /// The numbers of columns with an unknown heading, each with the index of its column.
    pub unknown_numbers: Vec<(usize, Decimal)>,
    /// The cleaned text of the first column of sentences; `None` if it is empty.
    pub text: Option<String>,
    /// The cleaned words of the columns of words, each with the index of its column; none is empty.
    pub words: Vec<(usize, String)>,
}

/// Lists the tables of a workbook, sheet by sheet.
pub fn list_tables(book: &RawWorkbook, config: &Config) -> Vec<ListedTable> {
    let headings = HeadingLexicon::new(config, &[]);
    book.sheets.iter().flat_map(|sheet| sheet_tables(sheet, &headings)).collect()
}

fn sheet_tables(sheet: &RawSheet, headings: &HeadingLexicon) -> Vec<ListedTable> {
    let decoded = encoding::decode(sheet).decoded;
    let grid = Grid::new(decoded.as_ref().unwrap_or(sheet));
    // No indicators are declared, so only the general units are known.
    let none = BTreeSet::new();
    let known = KnownUnits(&none);
    let blocks = block::find_blocks(&grid, headings, &known);
    blocks.iter().map(|block| list_table(&sheet.name, &grid, block, &known)).collect()
}

fn list_table(sheet: &SheetName, grid: &Grid<'_>, block: &TableBlock, known: &KnownUnits<'_>) -> ListedTable {
    let rows = read_rows(grid, block, known);
    let rows: Vec<&TableRow<'_>> = rows.iter().filter(|row| !row.label_key.is_empty()).collect();
    let listed_columns: Vec<(u32, ListedColumn)> = block
        .columns
        .iter()
        .filter_map(|column| {
            let has_words = || has_words(&rows, column.index);
            let holds = match column_content(&column.role) {
                Some(ColumnContent::Unknown) if has_words() => ColumnContent::Words,
                Some(other) => other,
                None if is_remark(block, column) && has_words() => ColumnContent::Remarks,
                None => return None,
            };
            Some((column.index, ListedColumn { heading: column.heading.clone(), content: holds }))
        })
        .collect();
    let mut listed: Vec<ListedRow> = Vec::new();
    let mut labels: Vec<String> = Vec::new();
    for row in rows {
        let parent = row.ancestors.last().and_then(|above| labels.iter().rposition(|label| *label == above.label));
        listed.push(list_row(row, parent, block, &listed_columns));
        labels.push(row.label_key.clone());
    }
    ListedTable {
        sheet: sheet.clone(),
        columns: listed_columns.into_iter().map(|(_, column)| column).collect(),
        rows: listed,
    }
}

/// Returns whether a column is read only if a rule declares it: notes, and a second column of labels.
fn is_remark(block: &TableBlock, column: &SheetColumn) -> bool {
    match column.role {
        ColumnRole::Ignored => true,
        ColumnRole::Label => !block.label_columns.contains(&column.index),
        _ => false,
    }
}

/// Returns whether a column has texts in most rows, and no number.
fn has_words(rows: &[&TableRow<'_>], column: u32) -> bool {
    let cells = || rows.iter().filter_map(|row| row.cells.cell(column));
    let is_number = |cell: &RawCell| parse_number(cell, &Unit::none()).is_some();
    2 * cells().count() > rows.len() && !cells().any(is_number)
}

fn column_content(role: &ColumnRole) -> Option<ColumnContent> {
    match role {
        ColumnRole::Value(measure, _) => Some(ColumnContent::Numbers(measure.clone())),
        ColumnRole::Plan => Some(ColumnContent::Plan),
        ColumnRole::Narrative => Some(ColumnContent::Text),
        ColumnRole::Difficulty => Some(ColumnContent::Difficulties),
        ColumnRole::Unknown | ColumnRole::Repeated(_) | ColumnRole::Contested(_) => Some(ColumnContent::Unknown),
        _ => None,
    }
}

fn list_row(
    row: &TableRow<'_>,
    parent: Option<usize>,
    block: &TableBlock,
    columns: &[(u32, ListedColumn)],
) -> ListedRow {
    let (label, bracketed) = split_unit(bare_label(&row.label_text));
    let of_heading = || columns.iter().find_map(|(_, column)| split_unit(&column.heading).1);
    let of_table = || match block.units.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    let unit = row.unit.clone().or(bracketed).or_else(of_heading).or_else(of_table);
    let expected = unit.clone().unwrap_or_else(Unit::none);
    let numbers_in = |fits: fn(&ColumnContent) -> bool| -> Vec<(usize, Decimal)> {
        let fitting = (0..).zip(columns).filter(|(_, (_, column))| fits(&column.content));
        fitting.filter_map(|(at, (index, _))| Some((at, parse_number(row.cells.cell(*index)?, &expected)?))).collect()
    };
    let numbers = numbers_in(|content| matches!(content, ColumnContent::Numbers(_) | ColumnContent::Plan));
    let unknown_numbers = numbers_in(|content| *content == ColumnContent::Unknown);
    let words = columns.iter().find(|(_, column)| column.content == ColumnContent::Text);
    let words = words.map(|(index, _)| clean(&row.cells.text(*index)).into_owned()).filter(|words| !words.is_empty());
    let text = words;
    let named = (0..)
        .zip(columns)
        .filter(|(_, (_, column))| matches!(column.content, ColumnContent::Words | ColumnContent::Remarks));
    let words = named.map(|(at, (index, _))| (at, clean(&row.cells.text(*index)).into_owned()));
    let words = words.filter(|(_, words)| !words.is_empty()).collect();
    ListedRow { label: label.to_owned(), parent, unit, numbers, unknown_numbers, text, words }
}

/// Returns the number of a cell as it is displayed.
fn parse_number(cell: &RawCell, unit: &Unit) -> Option<Decimal> {
    let reading = cell_reading::read_cell(cell, Some(number::Convention::Vietnamese), unit);
    match reading.amount {
        CellAmount::Number(value) | CellAmount::TextNumber(value) => match reading.stated {
            Some(stated) if !unit.base.is_empty() => convert(value, &stated, unit).ok(),
            _ => Some(value),
        },
        _ => None,
    }
}

/// Splits a unit in brackets from the end of a label: "Diện tích (ha)". Other brackets belong to the label.
fn split_unit(text: &str) -> (&str, Option<Unit>) {
    let split = text.strip_suffix(')').and_then(|inside| inside.rsplit_once('('));
    match split.map(|(before, inside)| (before.trim_end(), unit::parse(inside))) {
        Some((before, unit)) if !unit.base.is_empty() && !before.is_empty() && !unit::is_count(&unit) => {
            (before, Some(unit))
        }
        _ => (text, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_their_numbering_and_unit() {
        for (words, label, base) in [
            ("1.2. Diện tích lúa (ha)", "Diện tích lúa", Some("ha")),
            ("- Trong đó: Hộ nghèo", "Hộ nghèo", None),
            ("a) Vốn sự nghiệp", "Vốn sự nghiệp", None),
            ("Thương nghiệp (giá hiện hành)", "Thương nghiệp (giá hiện hành)", None),
            ("13/19 tiêu chí", "13/19 tiêu chí", None),
            ("Tổng số:", "Tổng số", None),
        ] {
            let (bare, unit) = split_unit(bare_label(words));
            assert_eq!((bare, unit.map(|unit| unit.base).as_deref()), (label, base), "{words}");
        }
    }
}
