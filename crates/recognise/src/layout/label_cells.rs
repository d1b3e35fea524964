//! Finds the label of each row of a table in its cells.
//!
//! Input: the rows of a table. Output: for each row its label cell, the labels of groups in the columns before it, and
//! its rank. Not here: the hierarchy of the rows, the parts of a label.
//!
//! A group label is merged over its rows, repeated in each of them, or written in the first one only:
//! "Trường học | Mầm non", then " | Tiểu học".

use super::block::TableBlock;
use super::column::ColumnRole;
use super::grid::{Grid, GridRow, cell_text};
use super::value;
use std::collections::BTreeSet;
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::vi::label::label_rank;
use tonghop_core::vi::numbering::{self, NumberingRank};

/// The indentation of a label in the next label column, where a leading blank counts 1.
const COLUMN_INDENT: usize = 100;

/// A label and its position.
pub(super) struct LabelCell {
    pub words: String,
    pub place: CellRef,
    pub indent: usize,
    /// The number of label columns before it.
    pub column: usize,
    pub rank: NumberingRank,
}

/// The labels of a row.
pub(super) struct RowLabels {
    /// The labels of groups that begin in this row, the outermost first.
    pub groups: Vec<LabelCell>,
    pub own: Option<LabelCell>,
    /// All label cells of the row as one text.
    pub joined: String,
}

impl RowLabels {
    /// Returns the rank of the first of its labels.
    pub(super) fn first_rank(&self) -> Option<NumberingRank> {
        self.groups.first().or(self.own.as_ref()).map(|label| label.rank)
    }
}

/// Finds the labels of the rows of a table.
pub(super) struct LabelFinder<'t> {
    block: &'t TableBlock,
    order_column: Option<u32>,
    /// The first cells of areas that are merged over several rows.
    tall_cells: BTreeSet<CellRef>,
}

impl<'t> LabelFinder<'t> {
    pub(super) fn new(grid: &Grid<'_>, block: &'t TableBlock) -> Self {
        let body = &grid.rows[block.body_rows.clone()];
        let rows = body.first().zip(body.last()).map_or(0..0, |(first, last)| first.index..last.index + 1);
        let tall = grid.merges_in(rows).into_iter().filter(|merge| merge.last.row > merge.first.row);
        let tall_cells = tall.map(|merge| merge.first).collect();
        Self { block, order_column: column_with_role(block, &ColumnRole::Order), tall_cells }
    }

    /// Finds the labels of a row; `above` and `below` are the rows next to it.
    pub(super) fn find(
        &self,
        cells: &GridRow<'_>,
        above: Option<&GridRow<'_>>,
        below: Option<&GridRow<'_>>,
    ) -> RowLabels {
        let mut label_cells = self.label_cells(cells);
        let mut rank_cell = None;
        if label_cells.len() > 1 {
            rank_cell = numbering::parse_order_cell(&label_cells[0].1.to_raw_text());
            label_cells.drain(..usize::from(rank_cell.is_some()));
        }
        let joined = label_cells.iter().map(|(_, cell)| cell_text(cell)).collect::<Vec<_>>().join(" ");
        let Some(((last, leaf), upper)) = label_cells.split_last() else {
            let own = self.merged_label(cells);
            return RowLabels {
                groups: Vec::new(),
                joined: own.as_ref().map_or_else(String::new, |o| o.words.clone()),
                own,
            };
        };
        let is_group = |(col, cell): &(u32, &RawCell)| self.is_group(cells.index, *col, cell, (above, below), *last);
        let count = upper.iter().take_while(|label| is_group(label)).count();
        let order_rank = rank_cell.or_else(|| self.order_rank(cells));
        // A number that is merged like the group is that of the group.
        let numbers_group =
            count > 0 && self.order_column.is_some_and(|col| self.tall_cells.contains(&CellRef::new(cells.index, col)));
        let rank = |words: &str, is_numbered: bool| {
            label_rank(words).or(order_rank.filter(|_| is_numbered)).unwrap_or(NumberingRank::Plain)
        };
        let words = if count == upper.len() { cell_text(leaf).into_owned() } else { rest_of(upper, count, leaf) };
        let own = self.label_cell(cells.index, *last, leaf, &words, rank(&words, !numbers_group));
        let groups = upper[..count].iter().filter_map(|(col, cell)| {
            let words = cell_text(cell);
            let group_rank = rank(&words, numbers_group).min(own.as_ref().map_or(NumberingRank::Plain, |own| own.rank));
            self.label_cell(cells.index, *col, cell, &words, group_rank)
        });
        RowLabels { groups: groups.collect(), own, joined }
    }

    fn label_cells<'c>(&self, cells: &GridRow<'c>) -> Vec<(u32, &'c RawCell)> {
        let first = self.block.label_columns.start;
        let in_labels = |(col, cell): &&(u32, &RawCell)| {
            self.block.label_columns.contains(col)
                && (*col == first || cell.text().is_some() && !value::is_number(cell))
        };
        cells.cells.iter().filter(in_labels).copied().collect()
    }

    /// Returns whether a label before that in column `last` is the name of a group of rows.
    fn is_group(
        &self,
        row: u32,
        col: u32,
        cell: &RawCell,
        (above, below): (Option<&GridRow<'_>>, Option<&GridRow<'_>>),
        last: u32,
    ) -> bool {
        let next_to = |row: Option<&GridRow<'_>>| {
            row.and_then(|row| row.cell(col)).is_some_and(|c| cell_text(c) == cell_text(cell))
        };
        let goes_on = below.is_some_and(|below| {
            let in_columns = |cols: std::ops::Range<u32>| cols.into_iter().any(|col| below.cell(col).is_some());
            below.index == row + 1
                && !in_columns(self.block.label_columns.start..last)
                && below
                    .cell(last)
                    .is_some_and(|cell| cell.text().is_some_and(|text| text.trim().starts_with(char::is_uppercase)))
        });
        self.tall_cells.contains(&CellRef::new(row, col)) || next_to(above) || next_to(below) || goes_on
    }

    fn label_cell(&self, row: u32, col: u32, cell: &RawCell, words: &str, rank: NumberingRank) -> Option<LabelCell> {
        let column = (col - self.block.label_columns.start) as usize;
        let blanks = cell.text().map_or(0, |text| text.chars().take_while(|c| c.is_whitespace()).count());
        let indent = column * COLUMN_INDENT + blanks;
        let place = CellRef::new(row, col);
        Some(LabelCell { words: words.to_owned(), place, indent, column, rank }).filter(|label| !label.words.is_empty())
    }

    /// Returns the label in a merged STT cell: "Tổng cộng" over both columns.
    fn merged_label(&self, cells: &GridRow<'_>) -> Option<LabelCell> {
        let col = self.order_column?;
        let words =
            Some(cells.text(col)).filter(|words| !words.is_empty() && numbering::parse_order_cell(words).is_none())?;
        let rank = label_rank(&words).unwrap_or(NumberingRank::Plain);
        let place = CellRef::new(cells.index, col);
        Some(LabelCell { words: words.into_owned(), place, indent: 0, column: 0, rank })
    }

    fn order_rank(&self, cells: &GridRow<'_>) -> Option<NumberingRank> {
        let cell = cells.cell(self.order_column?)?;
        numbering::parse_order_cell(&cell.to_raw_text())
    }
}

/// Returns the texts of the label cells from `at` on as one.
fn rest_of(upper: &[(u32, &RawCell)], at: usize, leaf: &RawCell) -> String {
    let cells = upper[at..].iter().map(|(_, cell)| *cell).chain([leaf]);
    cells.map(cell_text).collect::<Vec<_>>().join(" ")
}

/// Returns the first column with a role.
pub(super) fn column_with_role(block: &TableBlock, role: &ColumnRole) -> Option<u32> {
    block.columns.iter().find(|column| column.role == *role).map(|column| column.index)
}

/// Returns whether a row has a cell in a value column.
pub(crate) fn has_values(cells: &GridRow<'_>, block: &TableBlock) -> bool {
    block.columns.iter().any(|c| c.role.is_value() && cells.cell(c.index).is_some())
}

/// Returns whether a row has a number in a value column.
pub(crate) fn has_numbers(cells: &GridRow<'_>, block: &TableBlock) -> bool {
    block.columns.iter().any(|c| c.role.is_value() && cells.cell(c.index).is_some_and(value::is_number))
}
