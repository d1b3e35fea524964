//! The rows of a table: label, parents and unit of each.
//!
//! In comes a table of a sheet; out goes one [`Row`] for each row that says what it is about. Never here: indicators.

use super::block::{Block, is_closing};
use super::grid::{Grid, GridRow};
use super::heading::Role;
use super::numbering::{self, Rank};
use crate::model::cell::{CellRef, RawCell};
use crate::model::quantity::Unit;
use crate::vi::{
    fold::{fold, label},
    unit,
};

/// The label of a line that only opens a list, folded.
const OF_WHICH: [&str; 4] = ["trong đó", "chia ra", "bao gồm", "gồm"];
/// Signs in a unit column for "as above", folded.
const DITTO: [&str; 9] = ["\"", "''", "'", "\"\"", "//", "nt", "-nt-", "như trên", ",,"];

/// A row of a table.
pub(super) struct Row<'a> {
    pub cells: &'a GridRow<'a>,
    /// Where the label stands; the first cell where there is none.
    pub place: CellRef,
    /// The label as written, clean.
    pub words: String,
    /// The label for comparing, empty where there is none.
    pub label: String,
    pub code: Option<String>,
    /// Labels of the rows above it in the hierarchy, the nearest last.
    pub chain: Vec<String>,
    /// The unit in the row's own cell, or in the one that it refers to.
    pub unit: Option<Unit>,
}

/// Returns the rows of a table, without empty lines, notes and signatures.
pub(super) fn rows<'a>(grid: &'a Grid<'a>, block: &Block) -> Vec<Row<'a>> {
    let body = &grid.rows[block.body.clone()];
    let numbered = body.iter().any(|row| rank(row, block) < Rank::Dash);
    let mut parents = Parents { open: Vec::new(), of_which: None, numbered };
    let mut unit = None;
    let mut found = Vec::new();
    for cells in body.iter().filter(|row| !is_closing(row)) {
        let Some((_, first)) = block.columns.iter().find_map(|c| cells.cell(c.index).map(|cell| (cell, c.index)))
        else {
            continue;
        };
        unit = own_unit(cells, block, unit);
        let (words, place) = label_cell(cells, block).unwrap_or_else(|| (String::new(), CellRef::new(cells.at, first)));
        let label = if words.is_empty() { String::new() } else { label(&words) };
        let chain = parents.enter(cells, block, &words, &label);
        let code = column(block, &Role::Code).map(|col| cells.words(col)).filter(|code| !code.is_empty());
        let unit = unit.clone().filter(|_| column(block, &Role::Unit).is_some_and(|col| cells.cell(col).is_some()));
        found.push(Row { cells, place, words, label, code, chain, unit });
    }
    found
}

fn column(block: &Block, role: &Role) -> Option<u32> {
    block.columns.iter().find(|column| column.role == *role).map(|column| column.index)
}

/// Returns the label of a row: in the label column, else in a merged STT cell ("Tổng cộng" over both).
fn label_cell(cells: &GridRow<'_>, block: &Block) -> Option<(String, CellRef)> {
    let written = |role| {
        let col = column(block, role)?;
        Some((cells.words(col), CellRef::new(cells.at, col))).filter(|(words, _)| !words.is_empty())
    };
    written(&Role::Label).or_else(|| written(&Role::Order).filter(|(words, _)| numbering::of_order(words).is_none()))
}

/// Returns the unit that the row states, the last one for a ditto or an empty cell.
fn own_unit(cells: &GridRow<'_>, block: &Block, last: Option<Unit>) -> Option<Unit> {
    let words = column(block, &Role::Unit).map(|col| cells.words(col)).unwrap_or_default();
    if words.is_empty() || DITTO.contains(&fold(&words).as_str()) { last } else { Some(unit::parse(&words)) }
}

fn rank(cells: &GridRow<'_>, block: &Block) -> Rank {
    let written = |role| column(block, role).and_then(|col| cells.cell(col));
    let of_label = written(&Role::Label).and_then(RawCell::text).and_then(numbering::of_label);
    let of_order = || written(&Role::Order).and_then(|cell| numbering::of_order(&cell.as_typed()));
    of_label.or_else(of_order).unwrap_or(Rank::Plain)
}

/// How deep a row stands: by its rank, then by its indentation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Depth {
    rank: Option<Rank>,
    /// Rows with numbers stand below the bare titles of groups.
    has_values: bool,
    indent: usize,
}

/// The rows that are still open above the next one.
struct Parents {
    open: Vec<(Depth, String)>,
    /// The depth of the row that a line "Trong đó:" belongs to.
    of_which: Option<Depth>,
    /// Whether the table numbers its rows.
    numbered: bool,
}

impl Parents {
    /// Returns the parents of a row and leaves it open for the rows below.
    fn enter(&mut self, cells: &GridRow<'_>, block: &Block, words: &str, label: &str) -> Vec<String> {
        if fold(words).starts_with(OF_WHICH[0]) || OF_WHICH.contains(&label) {
            self.of_which = self.open.last().map(|(depth, _)| *depth);
        }
        if OF_WHICH.contains(&label) {
            return self.labels();
        }
        let depth = self.depth(cells, block);
        while self.open.last().is_some_and(|(above, _)| *above >= depth) {
            self.open.pop();
        }
        self.of_which = self.of_which.filter(|owner| self.open.iter().any(|(depth, _)| depth == owner));
        let chain = self.labels();
        if !label.is_empty() {
            self.open.push((depth, label.to_owned()));
        }
        chain
    }

    fn labels(&self) -> Vec<String> {
        self.open.iter().map(|(_, label)| label.clone()).collect()
    }

    fn depth(&self, cells: &GridRow<'_>, block: &Block) -> Depth {
        let rank = rank(cells, block);
        // A total before the numbered rows stands above them all.
        let is_head = rank == Rank::Plain && self.open.is_empty() && self.numbered;
        let has_values = block.columns.iter().any(|c| c.role.is_value() && cells.cell(c.index).is_some());
        let of_which = self.of_which.filter(|owner| rank == Rank::Plain && owner.rank == Some(rank));
        let indent = if rank >= Rank::Dash { indent(cells, block) } else { 0 };
        Depth {
            rank: Some(rank).filter(|_| !is_head),
            has_values: rank == Rank::Plain && has_values,
            indent: of_which.map_or(indent, |owner| indent.max(owner.indent + 1)),
        }
    }
}

/// Counts the blanks before a label.
fn indent(cells: &GridRow<'_>, block: &Block) -> usize {
    let label = column(block, &Role::Label).and_then(|col| cells.cell(col)).and_then(RawCell::text);
    label.map_or(0, |text| text.chars().take_while(|c| c.is_whitespace()).count())
}
