//! Extracts the preamble of a sheet: the lines above its tables and the headings of their columns.
//!
//! Input: a sheet and its tables. Output: its preamble. Not here: conclusions for the workbook.

use super::block::Block;
use super::column::Column;
use super::grid::{Grid, GridRow};
use tonghop_core::model::book::{RawBook, RawSheet, ReceivedBook};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SheetName;

/// The rows of a sheet that can belong to its preamble; real preambles are far shorter.
const ROWS: u32 = 200;
/// The most rows of the preamble of a sheet without tables.
const TITLE_ROWS: usize = 10;
/// The most cells of a row of the preamble; a row with more belongs to a table.
const TITLE_CELLS: usize = 3;

/// The lines and headings of a sheet before its data.
pub(crate) struct Opening {
    pub sheet: SheetName,
    pub lines: Vec<Line>,
    /// The columns of the tables, each with the cell of its heading.
    pub columns: Vec<(CellRef, Column)>,
}

/// A line of text above the tables; a cell can have several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub cell: CellRef,
    pub words: String,
}

/// Truncates every sheet to the preamble rows, so that long sheets are as cheap as short ones.
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

/// Returns whether a row is among the preamble rows.
fn is_beginning(row: u32) -> bool {
    row < ROWS
}

/// Extracts the preamble of a sheet with the given tables.
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
