//! Collects the tables of a workbook while it is read.
//!
//! Input: the calls of [`SheetObserver`]. Output: the sheets with their tables, columns, rows and cells; the fates of
//! cells are not known yet. Not here: fates.

use super::reading_columns::ColumnReader;
use crate::cells::sheet_result::MatchedRow;
use crate::layout::block::TableBlock;
use crate::layout::grid::{Grid, GridRow, cell_text};
use crate::layout::value;
use crate::matching::index::{Candidate, LabelIndex, Match};
use crate::matching::nearest::NearestLabels;
use crate::reading::{CellFate, CellReading, RowReading, RowUnderstanding, SheetReading, TableKind, TableReading};
use crate::sheet::{SheetObserver, TableRows};
use crate::unread::reason::{QuotedCell, UnreadReason};
use std::collections::BTreeMap;
use tonghop_core::config::Config;
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::model::raw_workbook::RawSheet;

/// The most cells of a workbook that are listed.
const MAX_LISTED_CELLS: usize = 50_000;
/// The most characters of a listed cell.
const MAX_CELL_CHARS: usize = 300;

/// Collects the sheets of a workbook.
pub(super) struct ReadingObserver<'v, 'a> {
    index: &'v LabelIndex<'a>,
    config: &'v Config,
    nearest: Option<NearestLabels>,
    remaining_cells: usize,
    pub sheets: Vec<SheetReading>,
}

impl<'v, 'a> ReadingObserver<'v, 'a> {
    pub(super) fn new(index: &'v LabelIndex<'a>, config: &'v Config) -> Self {
        Self { index, config, nearest: None, remaining_cells: MAX_LISTED_CELLS, sheets: Vec::new() }
    }

    /// Lists cells with the given fate as long as the workbook may have more, and counts the others.
    fn list_cells<'c>(
        &mut self,
        cells: impl Iterator<Item = (CellRef, &'c RawCell)>,
        fate: &CellFate,
        unlisted: &mut usize,
    ) -> Vec<CellReading> {
        let mut listed = Vec::new();
        for (place, cell) in cells {
            if self.remaining_cells == 0 {
                *unlisted += 1;
                continue;
            }
            self.remaining_cells -= 1;
            let text = cell_text(cell);
            let text = match text.char_indices().nth(MAX_CELL_CHARS) {
                Some((end, _)) => format!("{}…", &text[..end]),
                None => text.into_owned(),
            };
            listed.push(CellReading { cell: place.to_string(), text, fate: fate.clone() });
        }
        listed
    }

    fn read_rows(
        &mut self,
        grid: &Grid<'_>,
        block: &TableBlock,
        rows: TableRows<'_, '_, '_, '_>,
        unlisted: &mut usize,
    ) -> Vec<RowReading> {
        let matched: BTreeMap<u32, &MatchedRow<'_, '_, '_>> = match rows {
            TableRows::Matched(rows) => rows.iter().map(|matched| (matched.row.cells.index, matched)).collect(),
            TableRows::Open(_) | TableRows::Ambiguous => BTreeMap::new(),
        };
        let mut found = Vec::new();
        for row in &grid.rows[block.body_rows.clone()] {
            let listed = self.list_cells(cells_within(row, block), &CellFate::NotAsked, unlisted);
            if listed.is_empty() {
                continue;
            }
            let of_row = matched.get(&row.index).copied();
            let label = of_row.filter(|matched| !matched.row.label_text.is_empty());
            let label = label.map(|matched| QuotedCell::new(grid, matched.row.label_place));
            let meaning = match (rows, of_row) {
                (TableRows::Open(_), _) => RowUnderstanding::Record,
                (_, Some(matched)) => self.row_meaning(block, matched),
                (_, None) => RowUnderstanding::Outside,
            };
            found.push(RowReading { row: row.index + 1, label, meaning, cells: listed });
        }
        found
    }

    fn row_meaning(&mut self, block: &TableBlock, matched: &MatchedRow<'_, '_, '_>) -> RowUnderstanding {
        match &matched.indicator_match {
            Match::Unique { candidate, .. } => RowUnderstanding::Indicator {
                indicator: indicator_name(candidate),
                declared_label: candidate.decl.label.clone(),
            },
            Match::Ambiguous(candidates) => {
                RowUnderstanding::Several { indicators: candidates.iter().map(|c| indicator_name(c)).collect() }
            }
            Match::OneOfSeveral(candidate) => RowUnderstanding::OneOfSeveral { indicator: indicator_name(candidate) },
            Match::OtherScope(candidate, title) => {
                RowUnderstanding::OtherScope { indicator: indicator_name(candidate), title: title.clone() }
            }
            Match::WrongParent(candidate) => RowUnderstanding::OtherParent {
                indicator: indicator_name(candidate),
                parent: candidate.parent_label().to_owned(),
            },
            Match::None => self.unmatched_meaning(block, matched),
        }
    }

    fn unmatched_meaning(&mut self, block: &TableBlock, matched: &MatchedRow<'_, '_, '_>) -> RowUnderstanding {
        let topics = self.index.topics(&matched.row.label_key);
        if !topics.is_empty() {
            let names = topics.iter().map(|topic| format!("{}.{}", topic.sector.id, topic.decl.key));
            return RowUnderstanding::Topic { topics: names.collect() };
        }
        let is_anchor = |col: u32| block.columns.iter().any(|c| c.index == col && c.role.is_anchor());
        let mut cells = cells_within(matched.row.cells, block);
        if !cells.any(|(place, cell)| !is_anchor(place.col) && value::is_number(cell)) {
            return RowUnderstanding::Group;
        }
        let index = self.index;
        let nearest = self.nearest.get_or_insert_with(|| NearestLabels::new(index));
        RowUnderstanding::Unknown { nearest: nearest.find(&matched.row.label_text) }
    }
}

impl SheetObserver for ReadingObserver<'_, '_> {
    fn sheet(&mut self, sheet: &RawSheet, grid: &Grid<'_>, blocks: &[TableBlock], asides: &[GridRow<'_>]) {
        let end = blocks.first().map_or(grid.rows.len(), |first| first.header_rows.start);
        let cells = grid.rows[..end].iter().chain(asides).flat_map(all_cells);
        let mut unlisted_cells = 0;
        let lines = self.list_cells(cells, &CellFate::NotAsked, &mut unlisted_cells);
        self.sheets.push(SheetReading {
            name: sheet.name.clone(),
            is_hidden: sheet.is_hidden,
            reason: grid.rows.is_empty().then_some(UnreadReason::Empty),
            lines,
            tables: Vec::new(),
            problems: Vec::new(),
            unlisted_cells,
        });
    }

    fn table(&mut self, grid: &Grid<'_>, block: &TableBlock, rows: TableRows<'_, '_, '_, '_>) {
        let mut unlisted_cells = 0;
        let header = grid.rows[block.header_rows.clone()].iter().flat_map(|row| cells_within(row, block));
        let table = TableReading {
            range: table_range(grid, block),
            kind: match rows {
                TableRows::Matched(_) => TableKind::Indicators,
                TableRows::Open(table) => TableKind::Open { table: table.to_owned() },
                TableRows::Ambiguous => TableKind::Ambiguous,
            },
            titles: block.titles.clone(),
            units: block.units.iter().map(ToString::to_string).collect(),
            headings: self.list_cells(header, &CellFate::Heading, &mut unlisted_cells),
            columns: ColumnReader { grid, block, config: self.config }.read(),
            rows: self.read_rows(grid, block, rows, &mut unlisted_cells),
            unlisted_cells,
        };
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.tables.push(table);
        }
    }

    fn unread(&mut self, reason: &UnreadReason) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.reason = Some(reason.clone());
        }
    }
}

fn indicator_name(candidate: &Candidate<'_>) -> String {
    format!("{}.{}", candidate.sector.id, candidate.decl.id)
}

fn all_cells<'r>(row: &'r GridRow<'_>) -> impl Iterator<Item = (CellRef, &'r RawCell)> {
    row.cells.iter().map(|(col, cell)| (CellRef::new(row.index, *col), *cell))
}

/// Returns the cells of a row that belong to a table and not to one beside it.
fn cells_within<'r>(row: &'r GridRow<'_>, block: &TableBlock) -> impl Iterator<Item = (CellRef, &'r RawCell)> {
    let span = block.column_span.clone();
    all_cells(row).filter(move |(place, _)| span.contains(&place.col))
}

/// Returns the area of the filled cells of a table.
fn table_range(grid: &Grid<'_>, block: &TableBlock) -> String {
    let rows = &grid.rows[block.header_rows.start..block.body_rows.end];
    let mut area: Option<(CellRef, CellRef)> = None;
    for (place, _) in rows.iter().flat_map(|row| cells_within(row, block)) {
        let (first, last) = area.get_or_insert((place, place));
        *first = CellRef::new(first.row.min(place.row), first.col.min(place.col));
        *last = CellRef::new(last.row.max(place.row), last.col.max(place.col));
    }
    area.map_or_else(String::new, |(first, last)| format!("{first}:{last}"))
}
