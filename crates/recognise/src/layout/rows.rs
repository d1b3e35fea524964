//! Reads the rows of a table: the label, the ancestors and the unit of each.
//!
//! Input: a table of a sheet. Output: one `TableRow` for each row with cells in the columns of the table. Not here:
//! indicators.

use super::block::TableBlock;
use super::caption::KnownUnits;
use super::column::ColumnRole;
use super::grid::{Grid, GridRow, cell_text};
use super::heading_rows::is_closing;
use super::value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::{fold, is_letter};
use tonghop_core::vi::label::{fold_label, label_rank};
use tonghop_core::vi::numbering::{self, NumberingRank};
use tonghop_core::vi::unit;

/// Labels of rows that only introduce a list, folded.
const SUBLIST_LABELS: [&str; 4] = ["trong đó", "chia ra", "bao gồm", "gồm"];
/// Ditto signs, folded.
const DITTO_SIGNS: [&str; 9] = ["\"", "''", "'", "\"\"", "//", "nt", "-nt-", "như trên", ",,"];
/// The number of characters of the longest ditto sign.
const MAX_DITTO_CHARS: usize = 9;
/// The indentation of a label in the next label column, where a leading blank counts 1.
const COLUMN_INDENT: usize = 100;

/// A row of a table.
pub(crate) struct TableRow<'a> {
    pub cells: &'a GridRow<'a>,
    /// The cell of the label; the first cell if there is no label.
    pub label_place: CellRef,
    /// The cleaned label.
    pub label_text: String,
    /// The folded label for comparison, empty if there is none.
    pub label_key: String,
    pub code: Option<String>,
    /// The folded labels of its ancestors in the hierarchy, the nearest last.
    pub ancestors: Vec<String>,
    /// The unit in the unit cell of the row, or in the cell that a ditto sign refers to.
    pub unit: Option<Unit>,
    /// The unit cell of the row.
    pub unit_cell: Option<CellRef>,
    /// The units of the last unit row above it.
    pub units_above: Arc<UnitRow>,
}

/// A row inside a table with units in place of numbers: "HÀNH KHÁCH | Nghìn HK | Triệu HK.km".
#[derive(Default)]
pub(crate) struct UnitRow(BTreeMap<u32, Unit>);

impl UnitRow {
    fn read(cells: &GridRow<'_>, block: &TableBlock, known: &KnownUnits<'_>) -> Option<Self> {
        let columns = block.columns.iter().filter(|column| !column.role.is_anchor());
        let stated = columns.filter_map(|column| Some((column.index, cells.cell(column.index)?)));
        let units: Option<BTreeMap<u32, Unit>> =
            stated.map(|(col, cell)| Some((col, known.parse(cell.text()?)?))).collect();
        units.filter(|units| !units.is_empty()).map(Self)
    }

    /// Returns the unit of a column; a single unit applies to all columns.
    pub(crate) fn unit_of(&self, col: u32) -> Option<&Unit> {
        self.0.get(&col).or_else(|| self.0.values().next().filter(|_| self.0.len() == 1))
    }
}

/// The label of a row and its position.
struct LabelCell {
    words: String,
    place: CellRef,
    indent: usize,
    /// The rank of a numbering in a separate cell before the label.
    separate_rank: Option<NumberingRank>,
}

/// Returns the rows of a table without empty rows, notes and signatures.
pub(crate) fn read_rows<'a>(grid: &'a Grid<'a>, block: &TableBlock, known: &KnownUnits<'_>) -> Vec<TableRow<'a>> {
    let body = &grid.rows[block.body_rows.clone()];
    let numbered = body.iter().any(|row| row_rank(row, block, read_label(row, block).as_ref()) < NumberingRank::Dash);
    let mut parents = AncestorStack { stack: Vec::new(), sublist_owner: None, is_numbered: numbered };
    let mut unit = None;
    let mut units_above = Arc::new(UnitRow::default());
    let mut found: Vec<TableRow<'a>> = Vec::new();
    for cells in body.iter().filter(|row| !is_closing(row)) {
        if let Some(stated) = UnitRow::read(cells, block, known) {
            units_above = Arc::new(stated);
        }
        let of_table = |col: &u32| block.columns.iter().any(|c| c.index == *col) || block.label_columns.contains(col);
        let Some(first) = cells.cells.iter().map(|(col, _)| *col).find(of_table) else { continue };
        unit = row_unit(cells, block, unit);
        let label_cell = read_label(cells, block);
        let label_text =
            label_cell.as_ref().map_or_else(String::new, |l| join_wrapped_label(found.last(), l, cells, block));
        let label_key = if label_text.is_empty() { String::new() } else { fold_label(&label_text) };
        let ancestors = parents.push(cells, block, label_cell.as_ref(), &label_text, &label_key);
        let label_place = label_cell.map_or(CellRef::new(cells.index, first), |l| l.place);
        let code = column_with_role(block, &ColumnRole::Code)
            .map(|col| cells.text(col))
            .filter(|code| !code.is_empty())
            .map(Cow::into_owned);
        let unit_column = column_with_role(block, &ColumnRole::Unit).filter(|col| cells.cell(*col).is_some());
        let unit_cell = unit_column.map(|col| CellRef::new(cells.index, col));
        let (unit, units_above) = (unit.clone().filter(|_| unit_cell.is_some()), Arc::clone(&units_above));
        found.push(TableRow {
            cells,
            label_place,
            label_text,
            label_key,
            code,
            ancestors,
            unit,
            unit_cell,
            units_above,
        });
    }
    found
}

fn column_with_role(block: &TableBlock, role: &ColumnRole) -> Option<u32> {
    block.columns.iter().find(|column| column.role == *role).map(|column| column.index)
}

/// Returns the label of a row: in the label columns, else in a merged STT cell ("Tổng cộng" over both).
fn read_label(cells: &GridRow<'_>, block: &TableBlock) -> Option<LabelCell> {
    let first = block.label_columns.start;
    let in_labels = |(col, cell): &&(u32, &tonghop_core::model::cell::RawCell)| {
        block.label_columns.contains(col) && (*col == first || cell.text().is_some() && !value::is_number(cell))
    };
    let mut label_cells: Vec<_> = cells.cells.iter().filter(in_labels).collect();
    let mut order = None;
    if label_cells.len() > 1 {
        order = numbering::parse_order_cell(&label_cells[0].1.to_raw_text());
        label_cells.drain(..usize::from(order.is_some()));
    }
    let Some((col, last)) = label_cells.last() else { return merged_label(cells, block) };
    let words = label_cells.iter().map(|(_, cell)| cell_text(cell)).collect::<Vec<_>>().join(" ");
    let blanks = last.text().map_or(0, |text| text.chars().take_while(|c| c.is_whitespace()).count());
    let indent = (col - first) as usize * COLUMN_INDENT + blanks;
    Some(LabelCell { words, place: CellRef::new(cells.index, *col), indent, separate_rank: order })
        .filter(|label| !label.words.is_empty())
}

fn merged_label(cells: &GridRow<'_>, block: &TableBlock) -> Option<LabelCell> {
    let col = column_with_role(block, &ColumnRole::Order)?;
    let words =
        Some(cells.text(col)).filter(|words| !words.is_empty() && numbering::parse_order_cell(words).is_none())?;
    Some(LabelCell { words: words.into_owned(), place: CellRef::new(cells.index, col), indent: 0, separate_rank: None })
}

/// Joins a label in lower case with that of the row directly above, if it continues it: that row has no values.
fn join_wrapped_label(
    above: Option<&TableRow<'_>>,
    label: &LabelCell,
    cells: &GridRow<'_>,
    block: &TableBlock,
) -> String {
    let begins = |row: &&TableRow<'_>| {
        row.cells.index + 1 == cells.index
            && row.label_place.col == label.place.col
            && !row.label_key.is_empty()
            && !SUBLIST_LABELS.contains(&row.label_key.as_str())
            && !row.label_text.ends_with([':', '.', ';'])
            && !has_values(row.cells, block)
    };
    let goes_on = block.label_columns.start == label.place.col || block.label_columns.contains(&label.place.col);
    let is_small = label.words.starts_with(char::is_lowercase) && label_rank(&label.words).is_none();
    match above.filter(begins).filter(|_| goes_on && is_small && block.is_unlabelled()) {
        Some(above) => format!("{} {}", above.label_text, label.words),
        None => label.words.clone(),
    }
}

fn has_values(cells: &GridRow<'_>, block: &TableBlock) -> bool {
    block.columns.iter().any(|c| c.role.is_value() && cells.cell(c.index).is_some())
}

/// Returns the unit of the row's unit cell; `last` for a ditto sign or an empty cell.
fn row_unit(cells: &GridRow<'_>, block: &TableBlock, last: Option<Unit>) -> Option<Unit> {
    let words = column_with_role(block, &ColumnRole::Unit).map(|col| cells.text(col)).unwrap_or_default();
    if words.is_empty() || is_ditto(&words) { last } else { Some(unit::parse(&words)) }
}

/// Returns whether a text is a ditto sign.
pub(crate) fn is_ditto(text: &str) -> bool {
    // Fast path: folding is expensive, and a ditto sign starts with no letter other than "n".
    let is_word = text.starts_with(|c: char| is_letter(c) && !matches!(c, 'n' | 'N'));
    !is_word && text.chars().count() <= MAX_DITTO_CHARS && DITTO_SIGNS.contains(&fold(text).as_str())
}

fn row_rank(cells: &GridRow<'_>, block: &TableBlock, label: Option<&LabelCell>) -> NumberingRank {
    let of_label = label.and_then(|label| label_rank(&label.words));
    let of_cell = || column_with_role(block, &ColumnRole::Order).and_then(|col| cells.cell(col));
    let of_order = || of_cell().and_then(|cell| numbering::parse_order_cell(&cell.to_raw_text()));
    of_label.or_else(|| label.and_then(|label| label.separate_rank)).or_else(of_order).unwrap_or(NumberingRank::Plain)
}

/// The depth of a row in the hierarchy: by rank, then by values, then by indentation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct RowDepth {
    rank: Option<NumberingRank>,
    /// Rows with values are below group titles without values.
    has_values: bool,
    indent: usize,
}

/// The stack of possible ancestors of the next row.
struct AncestorStack {
    stack: Vec<(RowDepth, String)>,
    /// The depth of the row that a "Trong đó:" row belongs to.
    sublist_owner: Option<RowDepth>,
    /// Whether the table numbers its rows.
    is_numbered: bool,
}

impl AncestorStack {
    /// Returns the ancestors of a row and pushes it as a possible ancestor of the rows below.
    fn push(
        &mut self,
        cells: &GridRow<'_>,
        block: &TableBlock,
        written: Option<&LabelCell>,
        text: &str,
        label: &str,
    ) -> Vec<String> {
        if fold(text).starts_with(SUBLIST_LABELS[0]) || SUBLIST_LABELS.contains(&label) {
            self.sublist_owner = self.stack.last().map(|(depth, _)| *depth);
        }
        if SUBLIST_LABELS.contains(&label) {
            return self.ancestor_labels();
        }
        let depth = self.depth(cells, block, written);
        while self.stack.last().is_some_and(|(above, _)| *above >= depth) {
            self.stack.pop();
        }
        self.sublist_owner = self.sublist_owner.filter(|owner| self.stack.iter().any(|(depth, _)| depth == owner));
        let chain = self.ancestor_labels();
        if !label.is_empty() {
            self.stack.push((depth, label.to_owned()));
        }
        chain
    }

    fn ancestor_labels(&self) -> Vec<String> {
        self.stack.iter().map(|(_, label)| label.clone()).collect()
    }

    fn depth(&self, cells: &GridRow<'_>, block: &TableBlock, written: Option<&LabelCell>) -> RowDepth {
        let rank = row_rank(cells, block, written);
        // A total before the numbered rows is the ancestor of all of them.
        let is_head = rank == NumberingRank::Plain && self.stack.is_empty() && self.is_numbered;
        let of_which = self.sublist_owner.filter(|owner| rank == NumberingRank::Plain && owner.rank == Some(rank));
        let indent = written.filter(|_| rank >= NumberingRank::Dash).map_or(0, |label| label.indent);
        RowDepth {
            rank: Some(rank).filter(|_| !is_head),
            has_values: rank == NumberingRank::Plain && has_values(cells, block),
            indent: of_which.map_or(indent, |owner| indent.max(owner.indent + 1)),
        }
    }
}
