//! Extracts the preamble of a sheet: the lines above its tables and the headings of their columns.
//!
//! Input: a sheet and its tables. Output: its preamble. Not here: conclusions for the workbook.

use super::block::TableBlock;
use super::column::SheetColumn;
use super::grid::{Grid, GridRow};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::raw_workbook::{RawSheet, RawWorkbook, ReceivedWorkbook};

/// The rows of a sheet that can belong to its preamble; real preambles are far shorter.
const MAX_PREAMBLE_ROWS: u32 = 200;
/// The most rows of the preamble of a sheet without tables.
const TITLE_ROWS: usize = 10;
/// The most lines of the caption of a further table.
const CAPTION_ROWS: usize = 3;
/// The most cells of a row of the preamble; a row with more belongs to a table.
const TITLE_CELLS: usize = 3;

/// The lines and headings of a sheet before its data.
pub(crate) struct Preamble {
    pub sheet: SheetName,
    pub lines: Vec<PreambleLine>,
    /// The columns of the tables, each with the cell of its heading.
    pub columns: Vec<(CellRef, SheetColumn)>,
}

/// A line of text above the tables; a cell can have several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PreambleLine {
    pub cell: CellRef,
    pub text: String,
}

/// Truncates every sheet to the preamble rows, so that long sheets are as cheap as short ones.
pub(crate) fn truncate_to_preamble(book: &ReceivedWorkbook) -> ReceivedWorkbook {
    let cut = |sheet: &RawSheet| RawSheet {
        name: sheet.name.clone(),
        is_hidden: sheet.is_hidden,
        is_very_hidden: sheet.is_very_hidden,
        cells: sheet
            .cells
            .range(..CellRef::new(MAX_PREAMBLE_ROWS, 0))
            .map(|(place, cell)| (*place, cell.clone()))
            .collect(),
        merges: sheet.merges.iter().filter(|merge| merge.first.row < MAX_PREAMBLE_ROWS).copied().collect(),
        hidden_ranges: sheet.hidden_ranges.clone(),
        comments: Vec::new(),
    };
    let sheets = book.workbook.sheets.iter().map(cut).collect();
    let (department, file) = (book.department.clone(), book.file.clone());
    ReceivedWorkbook {
        department,
        file,
        workbook: RawWorkbook { sheets, last_modified: book.workbook.last_modified.clone(), ..RawWorkbook::default() },
    }
}

/// Returns whether a row is among the preamble rows.
fn is_preamble_row(row: u32) -> bool {
    row < MAX_PREAMBLE_ROWS
}

/// Extracts the caption of each table of a sheet: the lines of one text directly above its heading, and its columns.
///
/// The first table has none, since its lines are those of the sheet.
pub(crate) fn extract_captions(sheet: &RawSheet, grid: &Grid<'_>, blocks: &[TableBlock]) -> Vec<Preamble> {
    let caption = |(at, block): (usize, &TableBlock)| {
        let above = grid.rows[..block.header_rows.start].iter().rev();
        let lines = above.map_while(single_line).take(if at == 0 { 0 } else { CAPTION_ROWS }).collect();
        let columns = block
            .columns
            .iter()
            .map(|column| (CellRef::new(block.heading_row, column.index), column.clone()))
            .collect();
        Preamble { sheet: sheet.name.clone(), lines, columns }
    };
    blocks.iter().enumerate().map(caption).collect()
}

/// Returns the text of a row that has no other cell.
fn single_line(row: &GridRow<'_>) -> Option<PreambleLine> {
    match row.cells.as_slice() {
        [(col, cell)] => Some(PreambleLine { cell: CellRef::new(row.index, *col), text: cell.text()?.to_owned() }),
        _ => None,
    }
}

/// Extracts the preamble of a sheet with the given tables.
pub(crate) fn extract_preamble(sheet: &RawSheet, grid: &Grid<'_>, blocks: &[TableBlock]) -> Preamble {
    let is_title = |row: &&GridRow<'_>| match blocks.first() {
        Some(first) => row.index < first.heading_row,
        None => true,
    };
    let rows = grid.rows.iter().take_while(|row| is_preamble_row(row.index)).take_while(is_title);
    let rows = rows.filter(|row| row.cells.len() <= TITLE_CELLS);
    let rows = rows.take(if blocks.is_empty() { TITLE_ROWS } else { usize::MAX });
    let lines = rows.flat_map(|row| row.cells.iter().filter_map(|(col, cell)| Some((row.index, *col, cell.text()?))));
    let lines = lines.flat_map(|(row, col, text)| {
        text.lines().map(move |words| PreambleLine { cell: CellRef::new(row, col), text: words.to_owned() })
    });
    let lines = lines.collect();
    let columns = blocks.iter().filter(|block| is_preamble_row(block.heading_row)).flat_map(|block| {
        block.columns.iter().map(|column| (CellRef::new(block.heading_row, column.index), column.clone()))
    });
    Preamble { sheet: sheet.name.clone(), lines, columns: columns.collect() }
}
