//! Recognises one sheet: finds its tables, matches their rows and reads their cells.
//!
//! Input: a sheet and the index of its department. Output: a `SheetResult` and the preamble of the sheet. Not here:
//! other sheets.

use crate::cells::harvest::{Context, Meant, Yield};
use crate::cells::open_table::{self, Opened};
use crate::cells::{log, measures, prose, records, remarks};
use crate::layout::block::{self, Block};
use crate::layout::column::Role;
use crate::layout::grid::{Grid, GridRow};
use crate::layout::heading::Headings;
use crate::layout::opening::{Opening, opening};
use crate::layout::rows::{Row, rows};
use crate::layout::{caption, encoding, value};
use crate::matching::index::{Candidate, Found, Index, Table};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::diag::{Code, Diagnostic, Place, Words};
use tonghop_core::message::counted;
use tonghop_core::model::book::{RawSheet, ReceivedBook};
use tonghop_core::model::cell::{CellRef, column_letters};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::say;
use tonghop_core::vi::number::{self, Convention};
use tracing::debug;

/// Reads a sheet; returns its preamble and its result.
pub(crate) fn read(book: &ReceivedBook, sheet: &RawSheet, index: &Index<'_>, headings: &Headings) -> (Opening, Yield) {
    let (decoded, note) = encoding::in_unicode(&book.file, sheet).unzip();
    let grid = Grid::new(decoded.as_ref().unwrap_or(sheet));
    let mut blocks = block::blocks(&grid, headings, &index.known_units());
    let context = Context { book, sheet, index, convention: convention(&grid, &blocks) };
    let opening = opening(sheet, &grid, &blocks);
    debug!(file = %book.file, sheet = %sheet.name, tables = blocks.len(), numbers = ?context.convention, "sheet");
    let mut harvest = Yield::default();
    if blocks.is_empty() {
        prose::read(&context, &grid, &mut harvest);
    }
    for block in &mut blocks {
        let opened = open_table::find(&context, block, &mut harvest);
        if matches!(opened, Opened::No) {
            block.titles = caption::titles(&grid, block.head.start, &index.known_units());
        }
        let block = &*block;
        log::headings(&grid, block, &mut harvest.log);
        match opened {
            Opened::No => unknown_columns(&context, &grid, block, &mut harvest),
            Opened::Several => continue,
            Opened::One(open) => {
                unknown_columns(&context, &grid, block, &mut harvest);
                let several_plans = open.sector.targets.len() > 1;
                unclear_plans(&context, &grid, block, |_| several_plans, &mut harvest);
                records::read(&context, &grid, block, *open, &mut harvest);
                continue;
            }
        }
        let rows = &meanings(&grid, block, index);
        for row in rows {
            harvest.found.extend(row.strength());
            log::labels(block, row, &mut harvest.log);
            measures::read(&context, block, row, &mut harvest);
            remarks::read(&context, block, row, &mut harvest);
        }
        remarks::names(&context, rows, &mut harvest);
        let several: BTreeSet<u32> =
            rows.iter().filter(|meant| has_several_plans(meant)).map(|meant| meant.row.cells.at).collect();
        unclear_plans(&context, &grid, block, |cells| several.contains(&cells.at), &mut harvest);
    }
    if !harvest.known && !grid.rows.is_empty() {
        harvest.diagnostics = vec![unknown_sheet(&context)];
        harvest.log = log::unread_sheet(&grid);
    }
    harvest.diagnostics.splice(..0, note);
    harvest.diagnostics.extend(hidden_figures(&context, &harvest));
    (opening, harvest)
}

/// Detects the number convention from the texts in all value columns.
fn convention(grid: &Grid<'_>, blocks: &[Block]) -> Option<Convention> {
    let texts = blocks.iter().flat_map(|block| {
        let values = block.columns.iter().filter(|column| column.role.is_value());
        values.flat_map(|column| grid.rows[block.body.clone()].iter().filter_map(|row| row.cell(column.index)?.text()))
    });
    number::evidence(texts)
}

fn meanings<'r, 'i, 'a>(grid: &'r Grid<'r>, block: &Block, index: &'i Index<'a>) -> Vec<Meant<'r, 'i, 'a>> {
    let mut before = BTreeSet::new();
    let of_row = |label: &str| index.without_unit(label).map_or(label, |(bare, _)| bare).to_owned();
    let find = |row: Row<'r>| {
        let of_label = || index.without_unit(&row.label).map(|(_, unit)| unit);
        let stated = row.unit.clone().or_else(of_label).or_else(|| block.unit().cloned());
        let table = Table { titles: &block.titles, before: &before, is_unlabelled: block.is_unlabelled() };
        let found = index.find(&row, &table, stated.as_ref());
        before.insert(of_row(&row.label));
        Meant { found, row }
    };
    let mut meant: Vec<Meant<'_, '_, '_>> = rows(grid, block, &index.known_units()).into_iter().map(find).collect();
    drop_weaker(&mut meant);
    meant
}

/// Drops the matches of an indicator with a lower parent score than another row of the table has.
fn drop_weaker(rows: &mut [Meant<'_, '_, '_>]) {
    let mut best: BTreeMap<(SectorId, IndicatorId), usize> = BTreeMap::new();
    let key = |candidate: &Candidate<'_>| (candidate.sector.id.clone(), candidate.decl.id.clone());
    for meant in rows.iter() {
        if let Found::One { candidate, parents } = meant.found {
            let most = best.entry(key(candidate)).or_default();
            *most = parents.max(*most);
        }
    }
    for meant in rows.iter_mut() {
        if let Found::One { candidate, parents } = meant.found
            && best.get(&key(candidate)).is_some_and(|most| parents < *most)
        {
            meant.found = Found::Nothing;
        }
    }
}

/// Reports the columns with numbers that are not read.
fn unknown_columns(context: &Context<'_, '_>, grid: &Grid<'_>, block: &Block, harvest: &mut Yield) {
    let column = |index: u32| block.columns.iter().find(|column| column.index == index);
    let is_read = |index: u32| column(index).is_some_and(|c| !matches!(c.role, Role::Unknown | Role::Repeated(_)));
    let mut filled: BTreeSet<u32> = BTreeSet::new();
    let mut read: BTreeSet<u32> = block.columns.iter().map(|c| c.index).filter(|index| is_read(*index)).collect();
    for (col, cell) in grid.rows[block.body.clone()].iter().flat_map(|row| &row.cells) {
        if !read.contains(col) && block.span.contains(col) && value::is_number(cell) {
            filled.insert(*col);
            // The first number of a column decides.
            read.insert(*col);
        }
    }
    for index in filled {
        let heading = column(index).map_or("", |column| column.heading.as_str());
        let (message, hint) = match column(index).map(|column| &column.role) {
            Some(Role::Unknown) if column(index).is_some_and(|column| column.crossed.is_some()) => continue,
            Some(Role::Unknown) => (
                say!(
                    "cột \"{heading}\" có số nhưng tiêu đề không cho biết là số liệu gì; cột này không được đọc",
                    "the column \"{heading}\" has numbers but its heading does not say what they are; it was not read"
                ),
                Words::new(
                    "sửa tiêu đề cột cho đúng kỳ báo cáo, hoặc khai báo tiêu đề này trong tonghop.toml",
                    "mend the heading to name the reporting period, or declare this heading in tonghop.toml",
                ),
            ),
            Some(Role::Repeated(first)) => (
                say!(
                    "cột \"{heading}\" cùng loại số liệu với cột \"{read}\"; chỉ cột sau được đọc",
                    "the column \"{heading}\" holds the same measure as the column \"{read}\"; only the latter was read",
                    read = column(*first).map_or("", |column| column.heading.as_str())
                ),
                Words::new(
                    "để mỗi loại số liệu một cột, ghi rõ kỳ báo cáo trong tiêu đề cột",
                    "keep one column for each measure, and name the reporting period in its heading",
                ),
            ),
            None => (
                say!(
                    "cột {letters} có số nhưng không có tiêu đề; cột này không được đọc",
                    "column {letters} has numbers but no heading; it was not read",
                    letters = column_letters(index)
                ),
                Words::new(
                    "ghi tiêu đề cho cột, hoặc xóa các số không dùng",
                    "write a heading for the column, or delete numbers that are not used",
                ),
            ),
            Some(_) => continue,
        };
        let place = CellRef::new(block.heading_row, index);
        log::unread_column(grid, block, place, &mut harvest.log);
        harvest.diagnostics.push(context.problem(Code::ColumnUnknown, place, message).hint(hint));
    }
}

/// Returns whether a row matches an indicator of a sector with several plans.
fn has_several_plans(meant: &Meant<'_, '_, '_>) -> bool {
    matches!(meant.found, Found::One { candidate, .. } if candidate.sector.targets.len() > 1)
}

/// Reports the plan columns without a source that have numbers in rows of sectors with several plans.
fn unclear_plans(
    context: &Context<'_, '_>,
    grid: &Grid<'_>,
    block: &Block,
    has_several: impl Fn(&GridRow<'_>) -> bool,
    harvest: &mut Yield,
) {
    let body = &grid.rows[block.body.clone()];
    for column in block.columns.iter().filter(|column| column.role == Role::Plan) {
        let is_unclear = |row: &GridRow<'_>| row.cell(column.index).is_some_and(value::is_number) && has_several(row);
        if body.iter().any(is_unclear) {
            let message = say!(
                "cột \"{heading}\" không rõ là kế hoạch của cấp nào; cột này không được đọc",
                "it is not clear whose plan the column \"{heading}\" is; it was not read",
                heading = column.heading
            );
            let place = CellRef::new(block.heading_row, column.index);
            log::unread_column(grid, block, place, &mut harvest.log);
            harvest.diagnostics.push(context.problem(Code::ColumnUnknown, place, message).hint(Words::new(
                "ghi rõ trong tiêu đề cột đơn vị giao kế hoạch",
                "name in the heading of the column who set the plan",
            )));
        }
    }
}

/// Returns one diagnostic for all figures in hidden rows and columns, at the first of them.
fn hidden_figures(context: &Context<'_, '_>, harvest: &Yield) -> Option<Diagnostic> {
    let offered = harvest.offers.iter().map(|offer| offer.source.cell);
    let mut hidden =
        offered.filter(|cell| context.sheet.concealed.contains(*cell)).chain(harvest.hidden.iter().copied());
    let first = hidden.next()?;
    let count = 1 + hidden.count();
    let message = say!(
        "{count} số liệu nằm trong dòng hoặc cột đang ẩn; vẫn được đọc như các ô khác",
        "{counted} in hidden rows or columns; read like the others all the same",
        counted = counted(count, "figure")
    );
    let problem = context.problem(Code::CellsHidden, first, message);
    Some(problem.hint(Words::new(
        "bỏ ẩn dòng, cột nếu là số liệu báo cáo; xóa nếu không dùng",
        "unhide the rows and columns if they are part of the report; delete them if they are not used",
    )))
}

fn unknown_sheet(context: &Context<'_, '_>) -> Diagnostic {
    Diagnostic::new(
        Code::SheetUnknown,
        Place::Sheet(context.book.file.clone(), context.sheet.name.clone()),
        Words::new(
            "trang tính có nội dung nhưng không có bảng nào khớp với chỉ tiêu của đơn vị; trang này không được đọc",
            "the sheet has content but no table that matches an indicator of the department; it was not read",
        ),
    )
    .hint(Words::new(
        "kiểm tra tiêu đề cột và tên chỉ tiêu theo biểu mẫu; nếu trang không phải báo cáo thì xóa khỏi tệp",
        "compare headings and names of indicators with the form; delete the sheet if it is not part of the report",
    ))
}
