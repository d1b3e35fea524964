//! Reads the rows of a table: the label, the ancestors and the unit of each.
//!
//! Input: a table of a sheet. Output: one `TableRow` for each row with cells in the columns of the table. Not here:
//! indicators.

use super::block::Block;
use super::caption::KnownUnits;
use super::column::Role;
use super::grid::{Grid, GridRow, words};
use super::heading_rows::is_closing;
use super::numbering::{self, Rank};
use super::value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::{fold, is_letter, label};
use tonghop_core::vi::unit;

/// Labels of rows that only introduce a list, folded.
const OF_WHICH: [&str; 4] = ["trong đó", "chia ra", "bao gồm", "gồm"];
/// Ditto signs, folded.
const DITTO: [&str; 9] = ["\"", "''", "'", "\"\"", "//", "nt", "-nt-", "như trên", ",,"];
/// The number of characters of the longest ditto sign.
const LONGEST_DITTO: usize = 9;
/// The indentation of a label in the next label column, where a leading blank counts 1.
const COLUMN_INDENT: usize = 100;

/// A row of a table.
pub(crate) struct Row<'a> {
    pub cells: &'a GridRow<'a>,
    /// The cell of the label; the first cell if there is no label.
    pub place: CellRef,
    /// The cleaned label.
    pub words: String,
    /// The folded label for comparison, empty if there is none.
    pub label: String,
    pub code: Option<String>,
    /// The folded labels of its ancestors in the hierarchy, the nearest last.
    pub chain: Vec<String>,
    /// The unit in the unit cell of the row, or in the cell that a ditto sign refers to.
    pub unit: Option<Unit>,
    /// The unit cell of the row.
    pub unit_place: Option<CellRef>,
    /// The units of the last unit row above it.
    pub units_above: Arc<UnitRow>,
}

/// A row inside a table with units in place of numbers: "HÀNH KHÁCH | Nghìn HK | Triệu HK.km".
#[derive(Default)]
pub(crate) struct UnitRow(BTreeMap<u32, Unit>);

impl UnitRow {
    fn read(cells: &GridRow<'_>, block: &Block, known: &KnownUnits<'_>) -> Option<Self> {
        let columns = block.columns.iter().filter(|column| !column.role.is_anchor());
        let stated = columns.filter_map(|column| Some((column.index, cells.cell(column.index)?)));
        let units: Option<BTreeMap<u32, Unit>> =
            stated.map(|(col, cell)| Some((col, known.read(cell.text()?)?))).collect();
        units.filter(|units| !units.is_empty()).map(Self)
    }

    /// Returns the unit of a column; a single unit applies to all columns.
    pub(crate) fn of(&self, col: u32) -> Option<&Unit> {
        self.0.get(&col).or_else(|| self.0.values().next().filter(|_| self.0.len() == 1))
    }
}

/// The label of a row and its position.
struct Label {
    words: String,
    place: CellRef,
    indent: usize,
    /// The rank of a numbering in a separate cell before the label.
    order: Option<Rank>,
}

/// Returns the rows of a table without empty rows, notes and signatures.
pub(crate) fn rows<'a>(grid: &'a Grid<'a>, block: &Block, known: &KnownUnits<'_>) -> Vec<Row<'a>> {
    let body = &grid.rows[block.body.clone()];
    let numbered = body.iter().any(|row| rank(row, block, label_of(row, block).as_ref()) < Rank::Dash);
    let mut parents = Parents { open: Vec::new(), of_which: None, numbered };
    let mut unit = None;
    let mut units_above = Arc::new(UnitRow::default());
    let mut found: Vec<Row<'a>> = Vec::new();
    for cells in body.iter().filter(|row| !is_closing(row)) {
        if let Some(stated) = UnitRow::read(cells, block, known) {
            units_above = Arc::new(stated);
        }
        let of_table = |col: &u32| block.columns.iter().any(|c| c.index == *col) || block.labels.contains(col);
        let Some(first) = cells.cells.iter().map(|(col, _)| *col).find(of_table) else { continue };
        unit = own_unit(cells, block, unit);
        let written = label_of(cells, block);
        let words = written.as_ref().map_or_else(String::new, |l| wrapped(found.last(), l, cells, block));
        let label = if words.is_empty() { String::new() } else { label(&words) };
        let chain = parents.enter(cells, block, written.as_ref(), &words, &label);
        let place = written.map_or(CellRef::new(cells.at, first), |l| l.place);
        let code =
            column(block, &Role::Code).map(|col| cells.words(col)).filter(|code| !code.is_empty()).map(Cow::into_owned);
        let unit_place = column(block, &Role::Unit).filter(|col| cells.cell(*col).is_some());
        let unit_place = unit_place.map(|col| CellRef::new(cells.at, col));
        let (unit, units_above) = (unit.clone().filter(|_| unit_place.is_some()), Arc::clone(&units_above));
        found.push(Row { cells, place, words, label, code, chain, unit, unit_place, units_above });
    }
    found
}

fn column(block: &Block, role: &Role) -> Option<u32> {
    block.columns.iter().find(|column| column.role == *role).map(|column| column.index)
}

/// Returns the label of a row: in the label columns, else in a merged STT cell ("Tổng cộng" over both).
fn label_of(cells: &GridRow<'_>, block: &Block) -> Option<Label> {
    let first = block.labels.start;
    let in_labels = |(col, cell): &&(u32, &tonghop_core::model::cell::RawCell)| {
        block.labels.contains(col) && (*col == first || cell.text().is_some() && !value::is_number(cell))
    };
    let mut written: Vec<_> = cells.cells.iter().filter(in_labels).collect();
    let mut order = None;
    if written.len() > 1 {
        order = numbering::of_order(&written[0].1.as_typed());
        written.drain(..usize::from(order.is_some()));
    }
    let Some((col, last)) = written.last() else { return merged_label(cells, block) };
    let words = written.iter().map(|(_, cell)| words(cell)).collect::<Vec<_>>().join(" ");
    let blanks = last.text().map_or(0, |text| text.chars().take_while(|c| c.is_whitespace()).count());
    let indent = (col - first) as usize * COLUMN_INDENT + blanks;
    Some(Label { words, place: CellRef::new(cells.at, *col), indent, order }).filter(|label| !label.words.is_empty())
}

fn merged_label(cells: &GridRow<'_>, block: &Block) -> Option<Label> {
    let col = column(block, &Role::Order)?;
    let words = Some(cells.words(col)).filter(|words| !words.is_empty() && numbering::of_order(words).is_none())?;
    Some(Label { words: words.into_owned(), place: CellRef::new(cells.at, col), indent: 0, order: None })
}

/// Joins a label in lower case with that of the row directly above, if it continues it: that row has no values.
fn wrapped(above: Option<&Row<'_>>, label: &Label, cells: &GridRow<'_>, block: &Block) -> String {
    let begins = |row: &&Row<'_>| {
        row.cells.at + 1 == cells.at
            && row.place.col == label.place.col
            && !row.label.is_empty()
            && !OF_WHICH.contains(&row.label.as_str())
            && !row.words.ends_with([':', '.', ';'])
            && !has_values(row.cells, block)
    };
    let goes_on = block.labels.start == label.place.col || block.labels.contains(&label.place.col);
    let is_small = label.words.starts_with(char::is_lowercase) && numbering::of_label(&label.words).is_none();
    match above.filter(begins).filter(|_| goes_on && is_small && block.is_unlabelled()) {
        Some(above) => format!("{} {}", above.words, label.words),
        None => label.words.clone(),
    }
}

fn has_values(cells: &GridRow<'_>, block: &Block) -> bool {
    block.columns.iter().any(|c| c.role.is_value() && cells.cell(c.index).is_some())
}

/// Returns the unit of the row's unit cell; `last` for a ditto sign or an empty cell.
fn own_unit(cells: &GridRow<'_>, block: &Block, last: Option<Unit>) -> Option<Unit> {
    let words = column(block, &Role::Unit).map(|col| cells.words(col)).unwrap_or_default();
    if words.is_empty() || is_ditto(&words) { last } else { Some(unit::parse(&words)) }
}

/// Returns whether a text is a ditto sign.
pub(crate) fn is_ditto(words: &str) -> bool {
    // Fast path: folding is expensive, and a ditto sign starts with no letter other than "n".
    let is_word = words.starts_with(|c: char| is_letter(c) && !matches!(c, 'n' | 'N'));
    !is_word && words.chars().count() <= LONGEST_DITTO && DITTO.contains(&fold(words).as_str())
}

fn rank(cells: &GridRow<'_>, block: &Block, label: Option<&Label>) -> Rank {
    let of_label = label.and_then(|label| numbering::of_label(&label.words));
    let of_cell = || column(block, &Role::Order).and_then(|col| cells.cell(col));
    let of_order = || of_cell().and_then(|cell| numbering::of_order(&cell.as_typed()));
    of_label.or_else(|| label.and_then(|label| label.order)).or_else(of_order).unwrap_or(Rank::Plain)
}

/// The depth of a row in the hierarchy: by rank, then by values, then by indentation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Depth {
    rank: Option<Rank>,
    /// Rows with values are below group titles without values.
    has_values: bool,
    indent: usize,
}

/// The stack of possible ancestors of the next row.
struct Parents {
    open: Vec<(Depth, String)>,
    /// The depth of the row that a "Trong đó:" row belongs to.
    of_which: Option<Depth>,
    /// Whether the table numbers its rows.
    numbered: bool,
}

impl Parents {
    /// Returns the ancestors of a row and pushes it as a possible ancestor of the rows below.
    fn enter(
        &mut self,
        cells: &GridRow<'_>,
        block: &Block,
        written: Option<&Label>,
        words: &str,
        label: &str,
    ) -> Vec<String> {
        if fold(words).starts_with(OF_WHICH[0]) || OF_WHICH.contains(&label) {
            self.of_which = self.open.last().map(|(depth, _)| *depth);
        }
        if OF_WHICH.contains(&label) {
            return self.labels();
        }
        let depth = self.depth(cells, block, written);
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

    fn depth(&self, cells: &GridRow<'_>, block: &Block, written: Option<&Label>) -> Depth {
        let rank = rank(cells, block, written);
        // A total before the numbered rows is the ancestor of all of them.
        let is_head = rank == Rank::Plain && self.open.is_empty() && self.numbered;
        let of_which = self.of_which.filter(|owner| rank == Rank::Plain && owner.rank == Some(rank));
        let indent = written.filter(|_| rank >= Rank::Dash).map_or(0, |label| label.indent);
        Depth {
            rank: Some(rank).filter(|_| !is_head),
            has_values: rank == Rank::Plain && has_values(cells, block),
            indent: of_which.map_or(indent, |owner| indent.max(owner.indent + 1)),
        }
    }
}
