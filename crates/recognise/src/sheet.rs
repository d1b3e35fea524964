//! Recognises one sheet: finds its tables, matches their rows and reads their cells.
//!
//! Input: a sheet and the vocabulary of its department. Output: a `SheetResult` and the preamble of the sheet. Not here:
//! other sheets.

use crate::cells::crossed::CrossedTable;
use crate::cells::open_table::{self, OpenTableMatch};
use crate::cells::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::cells::{
    comments, external, hidden, matched_rows, measures, old_texts, other_period, percent_columns, prose, reading_log,
    records, remarks, statuses, unread_columns, unread_rows,
};
use crate::layout::block::{self, TableBlock};
use crate::layout::grid::{Grid, GridRow, covered_cells};
use crate::layout::preamble::{Preamble, extract_captions, extract_preamble};
use crate::layout::{asides, caption, cell_reading, continued, encoding};
use crate::matching::vocabulary::Vocabulary;
use crate::unread::reason::UnreadReason;
use crate::unread::{self, UnreadEvidence};
use std::collections::BTreeSet;
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::vi::number::Convention;
use tracing::debug;

/// Receives what is found in sheets while they are read, to show it; `()` ignores it.
pub(crate) trait SheetObserver {
    /// Called for each sheet when its tables are found, before their rows are read; `asides` are the cells beside them.
    fn sheet(&mut self, _sheet: &RawSheet, _grid: &Grid<'_>, _blocks: &[TableBlock], _asides: &[GridRow<'_>]) {}
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
    let old_texts = encoding::decode(sheet);
    let mut grid = Grid::new(old_texts.decoded.as_ref().unwrap_or(sheet));
    let asides = asides::remove_asides(&mut grid);
    let known = index.known_units();
    let mut blocks = block::find_blocks(&grid, headings, &known);
    if blocks.is_empty() {
        blocks.extend(continued::continued_block(book, sheet, &grid, headings, &known));
    }
    let convention = detect_convention(&grid, &blocks);
    let context = SheetContext { book, sheet, index, headings, convention, covered_cells: covered_cells(sheet) };
    let preamble = extract_preamble(sheet, &grid, &blocks);
    let captions = extract_captions(sheet, &grid, &blocks);
    let of_other_period = other_period::drop_columns(&preamble, &captions, &mut blocks, headings);
    debug!(file = %book.file, sheet = %sheet.name, tables = blocks.len(), numbers = ?context.convention, "sheet");
    observer.sheet(sheet, &grid, &blocks, &asides);
    let mut result = SheetResult::default();
    let mut evidence = UnreadEvidence::default();
    let mut of_captions = Vec::new();
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
        of_other_period.mark(&grid, block, &mut result.log);
        match open_match {
            OpenTableMatch::NotOpen => {}
            OpenTableMatch::Ambiguous => {
                observer.table(&grid, block, TableRows::Ambiguous);
                continue;
            }
            OpenTableMatch::Unique(open) => {
                unread_columns::report_unknown(&context, &grid, block, &mut result);
                let several_plans = open.sector.targets.len() > 1;
                unread_columns::report_unclear_plans(&context, &grid, block, |_| several_plans, &mut result);
                observer.table(&grid, block, TableRows::Open(&format!("{}.{}", open.sector.id, open.decl.name)));
                records::read(&context, &grid, block, *open, &mut result);
                continue;
            }
        }
        let (rows, before) = (matched_rows::match_rows(&grid, block, index, headings), result.diagnostics.len());
        read_rows_of_indicators(&context, block, &rows, &mut result);
        observer.table(&grid, block, TableRows::Matched(&rows));
        of_captions.extend(of_other_period.caption_problem(&context, block, &rows));
        if !result.is_recognised {
            evidence.add_table(&grid, block, &rows, &result.diagnostics[before..]);
        }
        unread_columns::report_unknown(&context, &grid, block, &mut result);
        let several: BTreeSet<u32> = rows
            .iter()
            .filter(|matched| unread_columns::has_several_plans(matched))
            .map(|matched| matched.row.cells.index)
            .collect();
        unread_columns::report_unclear_plans(
            &context,
            &grid,
            block,
            |cells| several.contains(&cells.index),
            &mut result,
        );
    }
    if !result.is_recognised && !grid.rows.is_empty() {
        let reason = find_unread_reason(&context, &grid, vocabulary, evidence);
        result.diagnostics = vec![unread::diagnose(&context, &reason)];
        observer.unread(&reason);
        result.log = reading_log::unread_sheet_log(&grid);
    }
    let of_texts = old_texts::settle(&context, &old_texts, &mut result);
    result.diagnostics.splice(..0, of_texts);
    result.diagnostics.extend(of_captions);
    result.diagnostics.extend(hidden::diagnose_cells(&context, &result));
    result.diagnostics.extend(comments::diagnose(&context, &result));
    result.diagnostics.extend(external::diagnose(&context, &result));
    (preamble, result)
}

/// Reads the numbers and texts of the rows of a table.
fn read_rows_of_indicators(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    rows: &[MatchedRow<'_, '_, '_>],
    result: &mut SheetResult,
) {
    let mut unread = Vec::new();
    let crossed = CrossedTable::new(context, block, rows);
    for row in rows {
        reading_log::mark_labels(block, row, &mut result.log);
        if !measures::read(context, block, &crossed, row, result) {
            unread.push(row);
        }
        remarks::read(context, block, row, result);
    }
    unread_rows::report(context, block, &unread, result);
    result.diagnostics.extend(percent_columns::diagnose(context, block, rows, result));
    result.diagnostics.extend(statuses::diagnose(context, block, rows));
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
        unread::of_other_department(grid, &others, &result)
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
    cell_reading::detect_convention(texts)
}
