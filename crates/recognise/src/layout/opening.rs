//! The beginning of a workbook: the lines above its tables and the headings of their columns.
//!
//! In comes a sheet with its tables, out goes what it says before the first rows of data. Never here: what that
//! means for the workbook.

use super::block::Block;
use super::column::Column;
use super::grid::{Grid, GridRow};
use tonghop_core::model::book::{RawBook, RawSheet, ReceivedBook};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SheetName;

/// How many rows of a sheet are its beginning; forms say who they are in far fewer.
const ROWS: u32 = 200;
/// How many rows may be a title block where no table follows.
const TITLE_ROWS: usize = 10;
/// A row of more cells belongs to a table.
const TITLE_CELLS: usize = 3;

/// What a sheet says before its data.
pub(crate) struct Opening {
    pub sheet: SheetName,
    pub lines: Vec<Line>,
    /// The columns of the tables, with the places of their headings.
    pub columns: Vec<(CellRef, Column)>,
}

/// A text above the tables; a cell of several lines is several of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub cell: CellRef,
    pub words: String,
}

/// Cuts every sheet to its beginning, so that a long one costs no more than a short one.
pub(crate) fn beginning(book: &ReceivedBook) -> ReceivedBook {
    let cut = |sheet: &RawSheet| RawSheet {
        name: sheet.name.clone(),
        hidden: sheet.hidden,
        cells: sheet.cells.range(..CellRef::new(ROWS, 0)).map(|(place, cell)| (*place, cell.clone())).collect(),
        merges: sheet.merges.iter().filter(|merge| merge.first.row < ROWS).copied().collect(),
        concealed: sheet.concealed.clone(),
    };
    let sheets = book.book.sheets.iter().map(cut).collect();
    let (department, file) = (book.department.clone(), book.file.clone());
    ReceivedBook { department, file, book: RawBook { sheets, saved: book.book.saved.clone() } }
}

/// Tells whether a row of a sheet belongs to its beginning.
fn is_beginning(row: u32) -> bool {
    row < ROWS
}

/// Reads the beginning of a sheet whose tables are found.
pub(crate) fn opening(sheet: &RawSheet, grid: &Grid<'_>, blocks: &[Block]) -> Opening {
    let is_title = |row: &&GridRow<'_>| match blocks.first() {
        Some(first) => row.at < first.heading_row,
        None => true,
    };
    let rows = grid.rows.iter().take_while(|row| is_beginning(row.at)).take_while(is_title);
    let rows = rows.filter(|row| row.cells.len() <= TITLE_CELLS);
    let rows = rows.take(if blocks.is_empty() { TITLE_ROWS } else { usize::MAX });
    let lines = rows.flat_map(|row| row.cells.iter().filter_map(|(col, cell)| Some((row.at, *col, cell.text()?))));
    let lines = lines.flat_map(|(row, col, text)| {
        text.lines().map(move |words| Line { cell: CellRef::new(row, col), words: words.to_owned() })
    });
    let lines = lines.collect();
    let columns = blocks.iter().filter(|block| is_beginning(block.heading_row)).flat_map(|block| {
        block.columns.iter().map(|column| (CellRef::new(block.heading_row, column.index), column.clone()))
    });
    Opening { sheet: sheet.name.clone(), lines, columns: columns.collect() }
}
