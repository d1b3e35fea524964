//! Reads the rows of a table: the label, the ancestors and the unit of each.
//!
//! Input: a table of a sheet. Output: one `TableRow` for each row with cells in the columns of the table. Not here:
//! indicators.

use super::ancestors::{Ancestor, AncestorStack, PlacedRow, RowDepth, introduces_list};
use super::block::TableBlock;
use super::caption::KnownUnits;
use super::column::ColumnRole;
use super::grid::{Grid, GridRow};
use super::heading_rows::is_closing;
use super::label_cells::{LabelFinder, RowLabels, column_with_role, has_values};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::fold::{fold, is_letter};
use tonghop_core::vi::label::{fold_label, label_rank};
use tonghop_core::vi::lexicon;
use tonghop_core::vi::numbering::NumberingRank;
use tonghop_core::vi::unit;

/// Ditto signs, folded.
const DITTO_SIGNS: [&str; 9] = ["\"", "''", "'", "\"\"", "//", "nt", "-nt-", "như trên", ",,"];
/// The number of characters of the longest ditto sign.
const MAX_DITTO_CHARS: usize = 9;

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
    /// Other folded labels that it may be meant by: with the label of its group, or with that of the row above.
    pub other_keys: Vec<String>,
    /// Its ancestors in the hierarchy, the nearest last.
    pub ancestors: Vec<Ancestor>,
    /// Whether its label or its cell of numbers has a number.
    pub is_numbered: bool,
    /// The unit in the unit cell of the row, or in the cell that a ditto sign refers to.
    pub unit: Option<Unit>,
    /// The unit cell of the row.
    pub unit_cell: Option<CellRef>,
    /// The units of the last unit row above it.
    pub units_above: Arc<UnitRow>,
    /// Whether it has units in place of numbers.
    pub is_unit_row: bool,
}

/// A row inside a table with units in place of numbers: "HÀNH KHÁCH | Nghìn HK | Triệu HK.km".
#[derive(Clone, Default)]
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

/// Returns the rows of a table without empty rows, notes and signatures.
pub(crate) fn read_rows<'a>(grid: &'a Grid<'a>, block: &TableBlock, known: &KnownUnits<'_>) -> Vec<TableRow<'a>> {
    let drafts = read_labels(grid, block, known);
    // Titles at the end belong to the next table.
    let end = drafts.iter().rposition(|draft| has_values(draft.cells, block)).map_or(drafts.len(), |last| last + 1);
    let ranks = drafts[..end].iter().filter_map(|draft| draft.labels.first_rank());
    let is_numbered = ranks.into_iter().any(|rank| rank < NumberingRank::Dash);
    let mut parents = AncestorStack::default();
    let mut unit = None;
    let mut units_above = UnitsAbove::default();
    let mut found: Vec<TableRow<'a>> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let cells = draft.cells;
        unit = row_unit(cells, block, unit);
        for group in &draft.labels.groups {
            parents.push_group(group, &fold_label(&group.words));
        }
        let (text, joined) = join_wrapped_label(found.last(), &draft.labels, cells, block);
        let label = draft.labels.own.as_ref();
        let label_key = label.map_or_else(String::new, |_| fold_label(&text));
        let row = PlacedRow {
            label,
            text: &text,
            key: &label_key,
            has_values: draft.units.is_none() && has_values(cells, block),
            is_head: is_numbered && parents.is_empty() && is_head(&drafts[at..], &label_key),
        };
        let ancestors = parents.push(&row);
        units_above.enter(draft.units.clone(), &row, parents.last_depth());
        let has_groups = !draft.labels.groups.is_empty();
        let unit_column = column_with_role(block, &ColumnRole::Unit).filter(|col| cells.cell(*col).is_some());
        let unit_cell = unit_column.map(|col| CellRef::new(cells.index, col));
        let code =
            column_with_role(block, &ColumnRole::Code).map(|col| cells.text(col)).filter(|code| !code.is_empty());
        let whole = Some(draft.labels.joined.clone()).filter(|_| has_groups);
        found.push(TableRow {
            cells,
            label_place: label.map_or(CellRef::new(cells.index, draft.first_column), |label| label.place),
            other_keys: whole.iter().chain(&joined).map(|text| fold_label(text)).collect(),
            label_text: whole.unwrap_or(text),
            label_key,
            code: code.map(Cow::into_owned),
            ancestors,
            is_numbered: label.is_some_and(|label| label.rank < NumberingRank::Dash),
            unit: unit.clone().filter(|_| unit_cell.is_some()),
            unit_cell,
            units_above: Arc::clone(&units_above.units),
            is_unit_row: draft.units.is_some(),
        });
    }
    found
}

/// A row of a table with its labels.
struct RowDraft<'a> {
    cells: &'a GridRow<'a>,
    first_column: u32,
    labels: RowLabels,
    units: Option<UnitRow>,
}

/// Finds the labels of the rows with cells in the columns of the table.
fn read_labels<'a>(grid: &'a Grid<'a>, block: &TableBlock, known: &KnownUnits<'_>) -> Vec<RowDraft<'a>> {
    let finder = LabelFinder::new(grid, block);
    let body: Vec<&GridRow<'_>> = grid.rows[block.body_rows.clone()].iter().filter(|row| !is_closing(row)).collect();
    let of_table = |col: &u32| block.columns.iter().any(|c| c.index == *col) || block.label_columns.contains(col);
    let draft = |(at, cells): (usize, &&'a GridRow<'a>)| {
        let first_column = cells.cells.iter().map(|(col, _)| *col).find(of_table)?;
        let next = |at: Option<usize>| at.and_then(|at| body.get(at)).copied();
        let labels = finder.find(cells, next(at.checked_sub(1)), next(Some(at + 1)));
        Some(RowDraft { cells, first_column, labels, units: UnitRow::read(cells, block, known) })
    };
    body.iter().enumerate().filter_map(draft).collect()
}

/// Returns whether the first of these rows is a total of the numbered rows below it: it is named so, or they follow.
fn is_head(drafts: &[RowDraft<'_>], key: &str) -> bool {
    let rank = |draft: &RowDraft<'_>| draft.labels.first_rank();
    let next = drafts.iter().skip(1).find(|draft| rank(draft).is_some());
    let is_followed = next.is_some_and(|next| {
        let introduces = next.labels.own.as_ref().is_some_and(|label| introduces_list(&fold_label(&label.words)));
        rank(next) != Some(NumberingRank::Plain) || introduces
    });
    drafts.first().and_then(rank) == Some(NumberingRank::Plain) && (is_followed || lexicon::is_total(key))
}

/// The units of the last unit row, while the rows belong to it.
#[derive(Default)]
struct UnitsAbove {
    units: Arc<UnitRow>,
    /// The depth of the unit row in the hierarchy, if it has a label.
    depth: Option<RowDepth>,
}

impl UnitsAbove {
    /// Takes the units of a row, or ends those above at a title that is not below the unit row.
    fn enter(&mut self, units: Option<UnitRow>, row: &PlacedRow<'_>, depth: Option<RowDepth>) {
        let is_labelled = !row.key.is_empty();
        if let Some(units) = units {
            *self = Self { units: Arc::new(units), depth: depth.filter(|_| is_labelled) };
        } else if is_labelled && !row.has_values && self.depth.is_some() && depth <= self.depth {
            *self = Self::default();
        }
    }
}

/// The ends of a label that goes on in the next row, folded.
const OPEN_ENDS: [&str; 7] = [",", " và", " của", " hoặc", " trong", " cho", "-"];

/// Returns the label of a row, and the label that it makes up together with that of the row directly above, if it may
/// go on from there: that row has no values.
///
/// In tables without a heading over the labels, a label in lower case always goes on; in others, the row may match by
/// either label.
fn join_wrapped_label(
    above: Option<&TableRow<'_>>,
    labels: &RowLabels,
    cells: &GridRow<'_>,
    block: &TableBlock,
) -> (String, Option<String>) {
    let Some(label) = &labels.own else { return (String::new(), None) };
    let begins = |row: &&TableRow<'_>| {
        row.cells.index + 1 == cells.index
            && row.label_place.col == label.place.col
            && !row.label_key.is_empty()
            && !introduces_list(&row.label_key)
            && !row.label_text.ends_with([':', '.', ';'])
            && !has_values(row.cells, block)
    };
    let goes_on = block.label_columns.start == label.place.col || block.label_columns.contains(&label.place.col);
    let is_unnumbered = label_rank(&label.words).is_none();
    let is_small = label.words.starts_with(char::is_lowercase);
    let is_open = |row: &&TableRow<'_>| OPEN_ENDS.iter().any(|end| fold(&row.label_text).ends_with(end));
    let above = above.filter(begins).filter(|row| goes_on && is_unnumbered && (is_small || is_open(row)));
    let joined = above.map(|above| format!("{} {}", above.label_text, label.words));
    match joined {
        Some(joined) if is_small && block.is_unlabelled() => (joined, None),
        joined => (label.words.clone(), joined),
    }
}

/// Returns the unit of the row's unit cell; `last` for a ditto sign or an empty cell.
fn row_unit(cells: &GridRow<'_>, block: &TableBlock, last: Option<Unit>) -> Option<Unit> {
    let words = column_with_role(block, &ColumnRole::Unit).map(|col| cells.text(col)).unwrap_or_default();
    match last {
        last if words.is_empty() => last,
        Some(last) if is_ditto(&words) => Some(last),
        // A ditto sign with no unit above it is a unit that is not understood.
        _ => Some(unit::parse(&words)),
    }
}

/// Returns whether a text is a ditto sign.
pub(crate) fn is_ditto(text: &str) -> bool {
    // Fast path: folding is expensive, and a ditto sign starts with no letter other than "n".
    let is_word = text.starts_with(|c: char| is_letter(c) && !matches!(c, 'n' | 'N'));
    !is_word && text.chars().count() <= MAX_DITTO_CHARS && DITTO_SIGNS.contains(&fold(text).as_str())
}
