//! Finds the cells that the heading of a column is written in.
//!
//! Input: a table and a column. Output: cells. Not here: the meaning of the heading.

use super::block::TableBlock;
use super::grid::Grid;
use tonghop_core::model::cell::CellRef;

/// Returns the filled cells of the header rows in a column or merged over it, from top to bottom.
pub(crate) fn heading_cells(grid: &Grid<'_>, block: &TableBlock, column: u32) -> Vec<CellRef> {
    let rows = &grid.rows[block.header_rows.clone()];
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Vec::new() };
    let merges = grid.merges_in(first.index..last.index + 1);
    let over = merges.iter().filter(|merge| (merge.first.col..=merge.last.col).contains(&column));
    let merged = over.map(|merge| merge.first).filter(|cell| (first.index..=last.index).contains(&cell.row));
    let own = rows.iter().map(|row| CellRef::new(row.index, column));
    let mut cells: Vec<CellRef> = merged.chain(own).filter(|cell| grid.cell(cell.row, cell.col).is_some()).collect();
    cells.sort_unstable();
    cells.dedup();
    cells
}
