//! Recognises one sheet: finds its tables, matches their rows and reads their cells.
//!
//! Input: a sheet and the index of its department. Output: a `SheetResult` and the preamble of the sheet. Not here:
//! other sheets.

use crate::cells::open_table::{self, OpenTableMatch};
use crate::cells::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::cells::{matched_rows, measures, prose, reading_log, records, remarks, unread_rows};
use crate::layout::block::{self, TableBlock};
use crate::layout::column::ColumnRole;
use crate::layout::grid::{Grid, GridRow};
use crate::layout::heading::HeadingLexicon;
use crate::layout::preamble::{Preamble, extract_preamble};
use crate::layout::{asides, caption, column_messages, dated_text, encoding, value};
use crate::matching::index::{LabelIndex, Match};
use std::collections::BTreeSet;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::model::reading_log::{CellOutcome, ReadingLog};
use tonghop_core::msg;
use tonghop_core::vi::number::{self, Convention};
use tracing::debug;

/// Reads a sheet; returns its preamble and its result.
pub(crate) fn read_sheet(
    book: &ReceivedWorkbook,
    sheet: &RawSheet,
    index: &LabelIndex<'_>,
    headings: &HeadingLexicon,
) -> (Preamble, SheetResult) {
    let (decoded, note) = encoding::decode_tcvn3(&book.file, sheet).unzip();
    let mut grid = Grid::new(decoded.as_ref().unwrap_or(sheet));
    asides::remove_asides(&mut grid);
    let mut blocks = block::find_blocks(&grid, headings, &index.known_units());
    let context = SheetContext { book, sheet, index, convention: detect_convention(&grid, &blocks) };
    let preamble = extract_preamble(sheet, &grid, &blocks);
    let of_other_period = drop_columns_of_other_period(&preamble, &mut blocks, headings);
    debug!(file = %book.file, sheet = %sheet.name, tables = blocks.len(), numbers = ?context.convention, "sheet");
    let mut result = SheetResult::default();
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
        if let Some((line, columns)) = &of_other_period {
            mark_columns_of_other_period(&grid, block, *line, columns, &mut result.log);
        }
        match open_match {
            OpenTableMatch::NotOpen => report_unknown_columns(&context, &grid, block, &mut result),
            OpenTableMatch::Ambiguous => continue,
            OpenTableMatch::Unique(open) => {
                report_unknown_columns(&context, &grid, block, &mut result);
                let several_plans = open.sector.targets.len() > 1;
                report_unclear_plans(&context, &grid, block, |_| several_plans, &mut result);
                records::read(&context, &grid, block, *open, &mut result);
                continue;
            }
        }
        let rows = &matched_rows::match_rows(&grid, block, index);
        let mut unread = Vec::new();
        for row in rows {
            result.parent_scores.extend(row.indicator_score());
            reading_log::mark_labels(block, row, &mut result.log);
            if !measures::read(&context, block, row, &mut result) {
                unread.push(row);
            }
            remarks::read(&context, block, row, &mut result);
        }
        unread_rows::report(&context, block, &unread, &mut result);
        remarks::read_names(&context, rows, &mut result);
        let several: BTreeSet<u32> =
            rows.iter().filter(|matched| has_several_plans(matched)).map(|matched| matched.row.cells.index).collect();
        report_unclear_plans(&context, &grid, block, |cells| several.contains(&cells.index), &mut result);
    }
    if !result.is_recognised && !grid.rows.is_empty() {
        result.diagnostics = vec![diagnose_unknown_sheet(&context)];
        result.log = reading_log::unread_sheet_log(&grid);
    }
    result.diagnostics.splice(..0, note);
    result.diagnostics.extend(diagnose_hidden_figures(&context, &result));
    (preamble, result)
}

/// Drops the columns that do not say themselves that they are of the reporting period, if the sheet states another one;
/// returns the line that says so, with these columns.
///
/// Plans of the year are the same in every period of it.
fn drop_columns_of_other_period(
    preamble: &Preamble,
    blocks: &mut [TableBlock],
    headings: &HeadingLexicon,
) -> Option<(CellRef, BTreeSet<CellRef>)> {
    let other = dated_text::other_period(preamble, headings.report_period())?;
    let mut dropped = BTreeSet::new();
    for block in blocks {
        let heading_row = block.heading_row;
        for column in block.columns.iter_mut().filter(|column| column.role.is_value()) {
            let is_plan = column.role.is_plan() && !other.is_earlier_year;
            if !(is_plan || headings.names_period(&column.meaning)) {
                column.role = ColumnRole::Ignored;
                dropped.insert(CellRef::new(heading_row, column.index));
            }
        }
    }
    Some((other.line.cell, dropped))
}

/// Marks the numbers of the dropped columns as rejected at the line that states the other period.
fn mark_columns_of_other_period(
    grid: &Grid<'_>,
    block: &TableBlock,
    line: CellRef,
    dropped: &BTreeSet<CellRef>,
    log: &mut ReadingLog,
) {
    let is_dropped = |col: u32| dropped.contains(&CellRef::new(block.heading_row, col));
    for row in &grid.rows[block.body_rows.clone()] {
        for (col, _) in row.cells.iter().filter(|(col, cell)| is_dropped(*col) && value::is_number(cell)) {
            log.mark(CellRef::new(row.index, *col), CellOutcome::Rejected(line));
        }
    }
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

/// Reports the columns with numbers that are not read.
fn report_unknown_columns(
    context: &SheetContext<'_, '_>,
    grid: &Grid<'_>,
    block: &TableBlock,
    result: &mut SheetResult,
) {
    let column = |index: u32| block.columns.iter().find(|column| column.index == index);
    let is_read = |index: u32| column(index).is_some_and(|c| !c.role.is_unread());
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
        let (message, hint) = match column(index) {
            None => column_messages::without_heading(index),
            Some(found) if found.cross_indicator.is_some() => continue,
            Some(found) => match column_messages::unread_reason(found, column) {
                Some(reason) => reason,
                None => continue,
            },
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

fn diagnose_unknown_sheet(context: &SheetContext<'_, '_>) -> Diagnostic {
    Diagnostic::new(
        Code::SheetUnknown,
        Place::Sheet(context.book.file.clone(), context.sheet.name.clone()),
        Message::new(
            "trang tính có nội dung nhưng không có bảng nào khớp với chỉ tiêu của đơn vị; trang này không được đọc",
            "the sheet has content but no table that matches an indicator of the department; it was not read",
        ),
    )
    .with_hint(Message::new(
        "kiểm tra tiêu đề cột và tên chỉ tiêu theo biểu mẫu; nếu trang không phải báo cáo thì xóa khỏi tệp",
        "compare the column headings and indicator names with the form; delete the sheet if it is not part of the report",
    ))
}
