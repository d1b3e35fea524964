//! Finds out why a sheet is not read: the first test that it failed.
//!
//! Input: a sheet of which no row was recognised, with its tables and rows. Output: an [`UnreadReason`]. Not here:
//! reading the sheet, workbooks that are not read as a whole.

pub(crate) mod reason;

use crate::cells::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::cell_reading;
use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::grid::{Grid, GridRow, cell_text};
use crate::layout::heading::HeadingLexicon;
use crate::layout::heading_cells::heading_cells;
use crate::layout::heading_rows::is_heading_row;
use crate::layout::value;
use crate::matching::index::Match;
use crate::matching::nearest::NearestLabels;
use crate::matching::vocabulary::OtherDepartments;
use reason::{QuotedCell, UnreadReason};
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::model::id::SectorId;
use tonghop_core::model::row::RowMeaning;

/// The most headings of the nearest row that are quoted, known and unknown ones each.
const MAX_QUOTED_HEADINGS: usize = 3;
/// The most cells of a cover, and the most characters of each: a paragraph for the report is longer.
const MAX_COVER_CELLS: usize = 20;
const MAX_COVER_CHARS: usize = 120;
/// The most rows that are searched for headings.
const MAX_SEARCHED_ROWS: usize = 200;

/// What the tables of a sheet lack, collected as long as no row is recognised.
#[derive(Default)]
pub(crate) struct UnreadEvidence {
    /// The first row that is not clear.
    unclear: Option<UnreadReason>,
    /// The first row without a match.
    row: Option<UnreadReason>,
    /// The first table whose columns are not understood.
    columns: Option<UnreadReason>,
}

impl UnreadEvidence {
    /// Adds a table none of whose rows was recognised; `problems` are those of its rows.
    pub(crate) fn add_table(
        &mut self,
        grid: &Grid<'_>,
        block: &TableBlock,
        rows: &[MatchedRow<'_, '_, '_>],
        problems: &[Diagnostic],
    ) {
        if !block.columns.iter().any(says_what_it_holds) {
            self.columns.get_or_insert_with(|| no_measure_column(grid, block));
            return;
        }
        if self.unclear.is_none() {
            self.unclear = unclear_row(grid, rows, problems);
        }
        let is_better = matches!(self.row, None | Some(UnreadReason::NoMatchingRow { row: None, .. }));
        if is_better {
            self.row = Some(no_matching_row(grid, block, rows));
        }
    }
}

/// Finds out why a sheet is not read.
pub(crate) fn find_reason(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    headings: &HeadingLexicon,
    evidence: UnreadEvidence,
) -> UnreadReason {
    let UnreadEvidence { unclear, row, columns } = evidence;
    match unclear.or(row).or(columns) {
        Some(UnreadReason::NoMatchingRow { row: Some(row), table, .. }) => {
            let nearest = NearestLabels::new(context.index).find(&row.text);
            UnreadReason::NoMatchingRow { row: Some(row), nearest, table }
        }
        Some(reason) => reason,
        None => without_table(grid, headings),
    }
}

/// Returns whether a heading says what its column holds: numbers of a measure, an indicator, or text for the report.
fn says_what_it_holds(column: &SheetColumn) -> bool {
    let is_text = matches!(column.role, ColumnRole::Narrative | ColumnRole::Difficulty | ColumnRole::Cause);
    column.holds_amounts() || is_text
}

fn no_measure_column(grid: &Grid<'_>, block: &TableBlock) -> UnreadReason {
    let body = &grid.rows[block.body_rows.clone()];
    let has_numbers =
        |column: &&&SheetColumn| body.iter().any(|row| row.cell(column.index).is_some_and(value::is_number));
    let unknown: Vec<&SheetColumn> =
        block.columns.iter().filter(|column| matches!(column.role, ColumnRole::Unknown)).collect();
    let first = unknown.iter().find(has_numbers).or(unknown.first());
    let heading = first.and_then(|column| heading_cells(grid, block, column.index).pop());
    UnreadReason::NoMeasureColumn {
        table: table_start(grid, block),
        heading: heading.map(|cell| QuotedCell::new(grid, cell)),
    }
}

/// Returns the first filled cell of a table.
pub(crate) fn table_start(grid: &Grid<'_>, block: &TableBlock) -> String {
    let rows = &grid.rows[block.header_rows.clone()];
    let cells = rows.iter().flat_map(|row| row.cells.iter().map(|(col, _)| CellRef::new(row.index, *col)));
    let first = cells.into_iter().find(|cell| block.column_span.contains(&cell.col));
    first.unwrap_or(CellRef::new(block.heading_row, block.column_span.start)).to_string()
}

fn no_matching_row(grid: &Grid<'_>, block: &TableBlock, rows: &[MatchedRow<'_, '_, '_>]) -> UnreadReason {
    let is_labelled = |matched: &&MatchedRow<'_, '_, '_>| !matched.row.label_key.is_empty();
    let has_numbers = |matched: &&MatchedRow<'_, '_, '_>| {
        let columns = block.columns.iter().filter(|column| says_what_it_holds(column));
        columns.filter_map(|column| matched.row.cells.cell(column.index)).any(value::is_number)
    };
    let first = rows.iter().filter(is_labelled).find(has_numbers).or_else(|| rows.iter().find(is_labelled));
    let first = first.or(rows.first());
    UnreadReason::NoMatchingRow {
        row: first.map(|matched| QuotedCell::new(grid, matched.row.label_place)),
        nearest: None,
        table: table_start(grid, block),
    }
}

/// Returns the reason of the first row that matches several indicators, or an indicator of another parent.
fn unclear_row(grid: &Grid<'_>, rows: &[MatchedRow<'_, '_, '_>], problems: &[Diagnostic]) -> Option<UnreadReason> {
    let is_unclear = |matched: &&MatchedRow<'_, '_, '_>| {
        matches!(
            matched.indicator_match,
            Match::Ambiguous(_) | Match::WrongParent(_) | Match::OneOfSeveral(_) | Match::OtherScope(..)
        )
    };
    let place = rows.iter().find(is_unclear)?.row.label_place;
    // Rows that rules of several sectors declare alike are reported at the rules.
    let is_own = |problem: &&Diagnostic| match problem.code {
        Code::RowUnknown => problem.cell() == Some(place),
        Code::RowAmbiguous => problem.cell() == Some(place) || problem.first_rule_line().is_some(),
        _ => false,
    };
    let problem = problems.iter().find(is_own)?;
    Some(UnreadReason::UnclearRow {
        row: QuotedCell::new(grid, place),
        problem: problem.message.clone(),
        remedy: problem.hint.clone()?,
    })
}

/// Returns the reason of a sheet without tables.
fn without_table(grid: &Grid<'_>, headings: &HeadingLexicon) -> UnreadReason {
    let mut cells = grid.rows.iter().flat_map(|row| row.cells.iter().map(|(col, cell)| (row.index, *col, *cell)));
    let number = cells.clone().find(|(_, _, cell)| value::is_number(cell));
    match (cells.next(), number) {
        (None, _) => UnreadReason::Empty,
        (Some((row, col, _)), None) => UnreadReason::OnlyText { first: QuotedCell::new(grid, CellRef::new(row, col)) },
        (_, Some((row, col, _))) => {
            let (known, unknown) = nearest_heading_row(grid, row, headings);
            UnreadReason::NoHeadingRow { number: QuotedCell::new(grid, CellRef::new(row, col)), known, unknown }
        }
    }
}

/// Returns the known and the unknown headings of the row that comes nearest to a header row: the first with the most
/// known headings, else the last row of several texts above the first number.
fn nearest_heading_row(
    grid: &Grid<'_>,
    number_row: u32,
    headings: &HeadingLexicon,
) -> (Vec<QuotedCell>, Vec<QuotedCell>) {
    let searched = grid.rows.iter().take(MAX_SEARCHED_ROWS).filter(|row| is_heading_row(row));
    let rows: Vec<NearHeadingRow> = searched.map(|row| NearHeadingRow::new(row, headings)).collect();
    let most = rows.iter().map(|row| row.known.len()).max().filter(|most| *most > 0);
    let nearest = match most {
        Some(most) => rows.iter().find(|row| row.known.len() == most),
        None => rows.iter().rev().find(|row| row.index <= number_row && row.unknown.len() >= 2),
    };
    let quote = |cells: &[CellRef]| -> Vec<QuotedCell> {
        cells.iter().take(MAX_QUOTED_HEADINGS).map(|cell| QuotedCell::new(grid, *cell)).collect()
    };
    nearest.map(|row| (quote(&row.known), quote(&row.unknown))).unwrap_or_default()
}

/// A row that may be meant as a header row: its texts that are known as headings, and the others.
struct NearHeadingRow {
    index: u32,
    known: Vec<CellRef>,
    unknown: Vec<CellRef>,
}

impl NearHeadingRow {
    fn new(row: &GridRow<'_>, headings: &HeadingLexicon) -> Self {
        let texts = row.cells.iter().filter(|(_, cell)| cell.text().is_some());
        let (known, unknown): (Vec<_>, Vec<_>) =
            texts.partition(|(_, cell)| headings.read(&[cell_text(cell)]).role != ColumnRole::Unknown);
        let places =
            |cells: Vec<&(u32, &RawCell)>| cells.iter().map(|(col, _)| CellRef::new(row.index, *col)).collect();
        Self { index: row.index, known: places(known), unknown: places(unknown) }
    }
}

/// Returns the diagnostic of an unread sheet.
pub(crate) fn diagnose(context: &SheetContext<'_, '_>, reason: &UnreadReason) -> Diagnostic {
    let place = Place::Sheet(context.book.file.clone(), context.sheet.name.clone());
    let is_cover = matches!(reason, UnreadReason::OnlyText { .. }) && is_cover(context);
    let code = if is_cover { Code::SheetWithoutFigures } else { Code::SheetUnknown };
    Diagnostic::new(code, place, reason.message()).with_hint(reason.hint())
}

/// Returns whether a sheet without tables is a cover or holds notes: a few short lines without amounts, beside other sheets.
fn is_cover(context: &SheetContext<'_, '_>) -> bool {
    let is_short = |cell: &RawCell| cell.text().is_some_and(|text| text.chars().nth(MAX_COVER_CHARS).is_none());
    context.book.workbook.sheets.len() > 1
        && context.sheet.cells.len() <= MAX_COVER_CELLS
        && context.sheet.cells.values().all(|cell| is_short(cell) && !cell_reading::holds_number(cell))
}

/// Returns the reason of a sheet with the content of other departments; `result` is the sheet read as theirs.
///
/// At least half of its rows with numbers must be theirs: single labels are alike by chance.
pub(crate) fn of_other_department(
    grid: &Grid<'_>,
    others: &OtherDepartments<'_, '_>,
    result: &SheetResult,
) -> Option<UnreadReason> {
    let figures =
        result.candidates.iter().map(|found| (found.source.cell, &found.key.sector, found.key.indicator.as_str()));
    let texts = result.narrative.iter().map(|((sector, topic), text)| (text.source.cell, sector, topic.as_str()));
    let foreign: Vec<_> = figures.chain(texts).filter(|(_, sector, _)| others.owners(sector).is_some()).collect();
    let (cell, sector, _) = foreign.iter().min()?;
    let known = result.rows.iter().filter(|row| matches!(row.meaning, RowMeaning::Indicator(..))).count();
    let names: BTreeSet<(&SectorId, &str)> = foreign.iter().map(|(_, sector, name)| (*sector, *name)).collect();
    (2 * known >= result.rows.len()).then(|| UnreadReason::OtherDepartment {
        row: QuotedCell::new(grid, *cell),
        departments: others.owners(sector).unwrap_or_default().to_vec(),
        matches: names.len(),
    })
}
