//! Recognises one sheet: finds its tables, matches their rows and reads their cells.
//!
//! Input: a sheet and the vocabulary of its department. Output: a `SheetResult` and the preamble of the sheet. Not here:
//! other sheets.

use crate::cells::open_table::{self, OpenTableMatch};
use crate::cells::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::cells::{measures, prose, reading_log, records, remarks};
use crate::layout::block::{self, TableBlock};
use crate::layout::column::ColumnRole;
use crate::layout::grid::{Grid, GridRow};
use crate::layout::preamble::{Preamble, extract_preamble};
use crate::layout::rows::{TableRow, read_rows};
use crate::layout::{caption, encoding, value};
use crate::matching::index::{Candidate, LabelIndex, Match, TableContext};
use crate::matching::vocabulary::Vocabulary;
use crate::unread::reason::UnreadReason;
use crate::unread::{self, UnreadEvidence};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::{CellRef, column_letters};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::msg;
use tonghop_core::vi::number::{self, Convention};
use tracing::debug;

/// Receives what is found in sheets while they are read, to show it; `()` ignores it.
pub(crate) trait SheetObserver {
    /// Called for each sheet when its tables are found, before their rows are read.
    fn sheet(&mut self, _sheet: &RawSheet, _grid: &Grid<'_>, _blocks: &[TableBlock]) {}
    /// Called for each table when its rows are read.
    fn table(&mut self, _grid: &Grid<'_>, _block: &TableBlock, _rows: TableRows<'_, '_, '_, '_>) {}
    /// Called if no row of the sheet is recognised.
    fn unread(&mut self, _reason: &UnreadReason) {}
}

impl SheetObserver for () {}

/// The rows of a table as they were matched.
#[derive(Clone, Copy)]
pub(crate) enum TableRows<'t, 'r, 'i, 'a> {
    /// Each row names an indicator.
    Matched(&'t [MatchedRow<'r, 'i, 'a>]),
    /// All rows belong to an open table, which is named `sector.table`.
    Open(&'t str),
    /// The table fits several open tables and is not read.
    Ambiguous,
}

/// Reads a sheet; returns its preamble and its result.
pub(crate) fn read_sheet(
    book: &ReceivedWorkbook,
    sheet: &RawSheet,
    vocabulary: Vocabulary<'_, '_>,
    observer: &mut dyn SheetObserver,
) -> (Preamble, SheetResult) {
    let Vocabulary { own: index, headings, .. } = vocabulary;
    let (decoded, note) = encoding::decode_tcvn3(&book.file, sheet).unzip();
    let grid = Grid::new(decoded.as_ref().unwrap_or(sheet));
    let mut blocks = block::find_blocks(&grid, headings, &index.known_units());
    let context = SheetContext { book, sheet, index, convention: detect_convention(&grid, &blocks) };
    let preamble = extract_preamble(sheet, &grid, &blocks);
    debug!(file = %book.file, sheet = %sheet.name, tables = blocks.len(), numbers = ?context.convention, "sheet");
    observer.sheet(sheet, &grid, &blocks);
    let mut result = SheetResult::default();
    let mut evidence = UnreadEvidence::default();
    if blocks.is_empty() {
        prose::read(&context, &grid, &mut result);
    }
    for block in &mut blocks {
        let open_match = open_table::match_open_table(&context, block, &mut result);
        if matches!(open_match, OpenTableMatch::NotOpen) {
            block.titles = caption::table_titles(&grid, block.header_rows.start, &index.known_units());
        }
        let block = &*block;
        reading_log::mark_headings(&grid, block, &mut result.log);
        match open_match {
            OpenTableMatch::NotOpen => report_unknown_columns(&context, &grid, block, &mut result),
            OpenTableMatch::Ambiguous => {
                observer.table(&grid, block, TableRows::Ambiguous);
                continue;
            }
            OpenTableMatch::Unique(open) => {
                report_unknown_columns(&context, &grid, block, &mut result);
                let several_plans = open.sector.targets.len() > 1;
                report_unclear_plans(&context, &grid, block, |_| several_plans, &mut result);
                observer.table(&grid, block, TableRows::Open(&format!("{}.{}", open.sector.id, open.decl.name)));
                records::read(&context, &grid, block, *open, &mut result);
                continue;
            }
        }
        let (rows, before) = (match_rows(&grid, block, index), result.diagnostics.len());
        read_rows_of_indicators(&context, block, &rows, &mut result);
        observer.table(&grid, block, TableRows::Matched(&rows));
        if !result.is_recognised {
            evidence.add_table(&grid, block, &rows, &result.diagnostics[before..]);
        }
        let several: BTreeSet<u32> =
            rows.iter().filter(|matched| has_several_plans(matched)).map(|matched| matched.row.cells.index).collect();
        report_unclear_plans(&context, &grid, block, |cells| several.contains(&cells.index), &mut result);
    }
    if !result.is_recognised && !grid.rows.is_empty() {
        let reason = find_unread_reason(&context, &grid, vocabulary, evidence);
        result.diagnostics = vec![unread::diagnose(&context, &reason)];
        observer.unread(&reason);
        result.log = reading_log::unread_sheet_log(&grid);
    }
    result.diagnostics.splice(..0, note);
    result.diagnostics.extend(diagnose_hidden_figures(&context, &result));
    (preamble, result)
}

/// Reads the numbers and texts of the rows of a table.
fn read_rows_of_indicators(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    rows: &[MatchedRow<'_, '_, '_>],
    result: &mut SheetResult,
) {
    for row in rows {
        result.parent_scores.extend(row.indicator_score());
        reading_log::mark_labels(block, row, &mut result.log);
        measures::read(context, block, row, result);
        remarks::read(context, block, row, result);
    }
    remarks::read_names(context, rows, result);
}

/// Finds out why a sheet is not read: it is that of another department, or it fails a test.
fn find_unread_reason(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    vocabulary: Vocabulary<'_, '_>,
    evidence: UnreadEvidence,
) -> UnreadReason {
    let foreign = vocabulary.others.and_then(|others| {
        let theirs = Vocabulary { own: others.index, others: None, ..vocabulary };
        let (_, result) = read_sheet(context.book, context.sheet, theirs, &mut ());
        unread::of_other_department(context, grid, &others, &result)
    });
    foreign.unwrap_or_else(|| unread::find_reason(context, grid, vocabulary.headings, evidence))
}

/// Detects the number convention from the texts in all value columns.
fn detect_convention(grid: &Grid<'_>, blocks: &[TableBlock]) -> Option<Convention> {
    let texts = blocks.iter().flat_map(|block| {
        let values = block.columns.iter().filter(|column| column.role.is_value());
        values.flat_map(|column| {
            grid.rows[block.body_rows.clone()].iter().filter_map(|row| row.cell(column.index)?.text())
        })
    });
    number::detect_convention(texts)
}

fn match_rows<'r, 'i, 'a>(
    grid: &'r Grid<'r>,
    block: &TableBlock,
    index: &'i LabelIndex<'a>,
) -> Vec<MatchedRow<'r, 'i, 'a>> {
    let mut before = BTreeSet::new();
    let of_row = |label: &str| index.split_unit(label).map_or(label, |(bare, _)| bare).to_owned();
    let find = |row: TableRow<'r>| {
        let of_label = || index.split_unit(&row.label_key).map(|(_, unit)| unit);
        let stated = row.unit.clone().or_else(of_label).or_else(|| block.unit().cloned());
        let table = TableContext { titles: &block.titles, labels_above: &before, is_unlabelled: block.is_unlabelled() };
        let found = index.find(&row, &table, stated.as_ref());
        before.insert(of_row(&row.label_key));
        MatchedRow { indicator_match: found, row }
    };
    let mut matched: Vec<MatchedRow<'_, '_, '_>> =
        read_rows(grid, block, &index.known_units()).into_iter().map(find).collect();
    drop_weaker_matches(&mut matched);
    matched
}

/// Drops the matches of an indicator with a lower parent score than another row of the table has.
fn drop_weaker_matches(rows: &mut [MatchedRow<'_, '_, '_>]) {
    let mut best: BTreeMap<(SectorId, IndicatorId), usize> = BTreeMap::new();
    let key = |candidate: &Candidate<'_>| (candidate.sector.id.clone(), candidate.decl.id.clone());
    for matched in rows.iter() {
        if let Match::Unique { candidate, parent_score } = matched.indicator_match {
            let most = best.entry(key(candidate)).or_default();
            *most = parent_score.max(*most);
        }
    }
    for matched in rows.iter_mut() {
        if let Match::Unique { candidate, parent_score } = matched.indicator_match
            && best.get(&key(candidate)).is_some_and(|most| parent_score < *most)
        {
            matched.indicator_match = Match::None;
        }
    }
}

/// Reports the columns with numbers that are not read.
fn report_unknown_columns(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    block: &TableBlock,
    result: &mut SheetResult,
) {
    let column = |index: u32| block.columns.iter().find(|column| column.index == index);
    let is_read =
        |index: u32| column(index).is_some_and(|c| !matches!(c.role, ColumnRole::Unknown | ColumnRole::Repeated(_)));
    let mut filled: BTreeSet<u32> = BTreeSet::new();
    let mut read: BTreeSet<u32> = block.columns.iter().map(|c| c.index).filter(|index| is_read(*index)).collect();
    for (col, cell) in grid.rows[block.body_rows.clone()].iter().flat_map(|row| &row.cells) {
        if !read.contains(col) && block.column_span.contains(col) && value::is_number(cell) {
            filled.insert(*col);
            // The first number of a column decides.
            read.insert(*col);
        }
    }
    for index in filled {
        let heading = column(index).map_or("", |column| column.heading.as_str());
        let (message, hint) = match column(index).map(|column| &column.role) {
            Some(ColumnRole::Unknown) if column(index).is_some_and(|column| column.cross_indicator.is_some()) => {
                continue;
            }
            Some(ColumnRole::Unknown) => (
                msg!(
                    "cột \"{heading}\" có số nhưng tiêu đề không cho biết là số liệu gì; cột này không được đọc",
                    "the column \"{heading}\" has numbers but its heading does not say what they are; it was not read"
                ),
                Message::new(
                    "sửa tiêu đề cột cho đúng kỳ báo cáo, hoặc khai báo tiêu đề này trong tonghop.toml",
                    "correct the heading to match the reporting period, or declare this heading in tonghop.toml",
                ),
            ),
            Some(ColumnRole::Repeated(first)) => (
                msg!(
                    "cột \"{heading}\" cùng loại số liệu với cột \"{read}\"; chỉ cột sau được đọc",
                    "the column \"{heading}\" holds the same measure as the column \"{read}\"; only the latter was read",
                    read = column(*first).map_or("", |column| column.heading.as_str())
                ),
                Message::new(
                    "để mỗi loại số liệu một cột, ghi rõ kỳ báo cáo trong tiêu đề cột",
                    "keep one column for each measure, and name the reporting period in its heading",
                ),
            ),
            None => (
                msg!(
                    "cột {letters} có số nhưng không có tiêu đề; cột này không được đọc",
                    "column {letters} has numbers but no heading; it was not read",
                    letters = column_letters(index)
                ),
                Message::new(
                    "ghi tiêu đề cho cột, hoặc xóa các số không dùng",
                    "write a heading for the column, or delete the numbers that are not used",
                ),
            ),
            Some(_) => continue,
        };
        let cell_ref = CellRef::new(block.heading_row, index);
        reading_log::mark_unread_column(grid, block, cell_ref, &mut result.log);
        result.diagnostics.push(context.problem(Code::ColumnUnknown, cell_ref, message).with_hint(hint));
    }
}

/// Returns whether a row matches an indicator of a sector with several plans.
fn has_several_plans(matched: &MatchedRow<'_, '_, '_>) -> bool {
    matches!(matched.indicator_match, Match::Unique { candidate, .. } if candidate.sector.targets.len() > 1)
}

/// Reports the plan columns without a source that have numbers in rows of sectors with several plans.
fn report_unclear_plans(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    block: &TableBlock,
    has_several: impl Fn(&GridRow<'_>) -> bool,
    result: &mut SheetResult,
) {
    let body = &grid.rows[block.body_rows.clone()];
    for column in block.columns.iter().filter(|column| column.role == ColumnRole::Plan) {
        let is_unclear = |row: &GridRow<'_>| row.cell(column.index).is_some_and(value::is_number) && has_several(row);
        if body.iter().any(is_unclear) {
            let message = msg!(
                "cột \"{heading}\" không rõ là kế hoạch của cấp nào; cột này không được đọc",
                "it is not clear whose plan the column \"{heading}\" is; it was not read",
                heading = column.heading
            );
            let cell_ref = CellRef::new(block.heading_row, column.index);
            reading_log::mark_unread_column(grid, block, cell_ref, &mut result.log);
            result.diagnostics.push(context.problem(Code::ColumnUnknown, cell_ref, message).with_hint(Message::new(
                "ghi rõ trong tiêu đề cột đơn vị giao kế hoạch",
                "state in the column heading which authority set the plan",
            )));
        }
    }
}

/// Returns one diagnostic for all figures in hidden rows and columns, at the first of them.
fn diagnose_hidden_figures(context: &SheetContext<'_, '_>, result: &SheetResult) -> Option<Diagnostic> {
    let candidate_cells = result.candidates.iter().map(|candidate| candidate.source.cell);
    let mut hidden = candidate_cells
        .filter(|cell| context.sheet.hidden_ranges.contains(*cell))
        .chain(result.hidden_cells.iter().copied());
    let first = hidden.next()?;
    let count = 1 + hidden.count();
    let message = msg!(
        "{count} số liệu nằm trong dòng hoặc cột đang ẩn; vẫn được đọc như các ô khác",
        "{counted} in hidden rows or columns; read like the other cells",
        counted = pluralise(count, "figure")
    );
    let problem = context.problem(Code::CellsHidden, first, message);
    Some(problem.with_hint(Message::new(
        "bỏ ẩn dòng, cột nếu là số liệu báo cáo; xóa nếu không dùng",
        "unhide the rows and columns if they are part of the report; delete them if they are not used",
    )))
}
