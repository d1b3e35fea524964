//! Lists the tables of a workbook without any declared indicators.
//!
//! Input: a workbook. Output: its tables with the content of their columns, and for each row its label, parent, unit,
//! numbers and text. Not here: indicators, departments.

use crate::layout::block::{self, Block};
use crate::layout::caption::KnownUnits;
use crate::layout::column::Role;
use crate::layout::encoding;
use crate::layout::grid::Grid;
use crate::layout::heading::Headings;
use crate::layout::rows::{Row, rows};
use crate::layout::value::{self, CellAmount};
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use tonghop_core::config::Config;
use tonghop_core::model::book::{RawBook, RawSheet};
use tonghop_core::model::cell::RawCell;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::{clean, fold, label};
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
    pub holds: Holds,
}

/// The content of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Numbers of a measure: actual, last year, or one of the settings.
    Numbers(Measure),
    /// A plan that names no source.
    Plan,
    /// Sentences for the report.
    Words,
    /// Difficulties of the department.
    Difficulties,
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
    /// The cleaned text of the first column of sentences; `None` if it is empty.
    pub words: Option<String>,
}

/// Lists the tables of a workbook, sheet by sheet.
pub fn tables(file: &FilePath, book: &RawBook, config: &Config) -> Vec<ListedTable> {
    let headings = Headings::new(config, &[]);
    book.sheets.iter().flat_map(|sheet| of_sheet(file, sheet, &headings)).collect()
}

fn of_sheet(file: &FilePath, sheet: &RawSheet, headings: &Headings) -> Vec<ListedTable> {
    let decoded = encoding::in_unicode(file, sheet).map(|(decoded, _)| decoded);
    let grid = Grid::new(decoded.as_ref().unwrap_or(sheet));
    // No indicators are declared, so only the general units are known.
    let none = BTreeSet::new();
    let known = KnownUnits(&none);
    let blocks = block::blocks(&grid, headings, &known);
    blocks.iter().map(|block| table(&sheet.name, &grid, block, &known)).collect()
}

fn table(sheet: &SheetName, grid: &Grid<'_>, block: &Block, known: &KnownUnits<'_>) -> ListedTable {
    let told: Vec<(u32, ListedColumn)> = block
        .columns
        .iter()
        .filter_map(|column| {
            let holds = holds(&column.role)?;
            Some((column.index, ListedColumn { heading: column.heading.clone(), holds }))
        })
        .collect();
    let mut listed: Vec<ListedRow> = Vec::new();
    let mut labels: Vec<String> = Vec::new();
    for row in rows(grid, block, known).iter().filter(|row| !row.label.is_empty()) {
        let parent = row.chain.last().and_then(|above| labels.iter().rposition(|label| label == above));
        listed.push(read(row, parent, block, &told));
        labels.push(row.label.clone());
    }
    ListedTable { sheet: sheet.clone(), columns: told.into_iter().map(|(_, column)| column).collect(), rows: listed }
}

fn holds(role: &Role) -> Option<Holds> {
    match role {
        Role::Value(measure, _) => Some(Holds::Numbers(measure.clone())),
        Role::Plan => Some(Holds::Plan),
        Role::Narrative => Some(Holds::Words),
        Role::Difficulty => Some(Holds::Difficulties),
        Role::Unknown | Role::Repeated(_) => Some(Holds::Unknown),
        _ => None,
    }
}

fn read(row: &Row<'_>, parent: Option<usize>, block: &Block, columns: &[(u32, ListedColumn)]) -> ListedRow {
    let (label, bracketed) = without_unit(unnumbered(&row.words));
    let of_heading = || columns.iter().find_map(|(_, column)| without_unit(&column.heading).1);
    let of_table = || match block.units.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    let unit = row.unit.clone().or(bracketed).or_else(of_heading).or_else(of_table);
    let numbers = (0..).zip(columns).filter(|(_, (_, column))| matches!(column.holds, Holds::Numbers(_) | Holds::Plan));
    let is_percent = unit.as_ref().is_some_and(|unit| &*unit.base == "%");
    let numbers = numbers.filter_map(|(at, (index, _))| Some((at, amount(row.cells.cell(*index)?, is_percent)?)));
    let words = columns.iter().find(|(_, column)| column.holds == Holds::Words);
    let words = words.map(|(index, _)| clean(&row.cells.words(*index)).into_owned()).filter(|words| !words.is_empty());
    ListedRow { label: label.to_owned(), parent, unit, numbers: numbers.collect(), words }
}

/// Returns the number of a cell; with a percent format, the cell holds the hundredth part.
fn amount(cell: &RawCell, is_percent: bool) -> Option<Decimal> {
    let in_format = cell.number_format.as_ref().is_some_and(|format| format.contains('%'));
    match value::amount(cell, Some(number::Convention::Vietnamese)) {
        CellAmount::Number(value) if is_percent && in_format => value.checked_mul(Decimal::ONE_HUNDRED),
        CellAmount::Number(value) | CellAmount::Typed(value) => Some(value),
        _ => None,
    }
}

/// Strips the numbering from the start of a label; the rest stays as written.
fn unnumbered(words: &str) -> &str {
    let wanted = label(words);
    let ends = |text: &str| fold(text.trim_end_matches([':', ';', '.', ' '])) == wanted;
    let start = words.char_indices().map(|(at, _)| at).find(|at| ends(&words[*at..])).unwrap_or(0);
    words[start..].trim_matches([':', ';', '.', ' '])
}

/// Splits a unit in brackets from the end of a label: "Diện tích (ha)". Other brackets belong to the label.
fn without_unit(words: &str) -> (&str, Option<Unit>) {
    let split = words.strip_suffix(')').and_then(|inside| inside.rsplit_once('('));
    match split.map(|(before, inside)| (before.trim_end(), unit::parse(inside))) {
        Some((before, unit)) if !unit.base.is_empty() && !before.is_empty() && !unit::is_count(&unit) => {
            (before, Some(unit))
        }
        _ => (words, None),
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
            let (told, unit) = without_unit(unnumbered(words));
            assert_eq!((told, unit.map(|unit| unit.base).as_deref()), (label, base), "{words}");
        }
    }
}
