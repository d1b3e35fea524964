//! Checks the area that the cells of an `.xls` cover, because calamine fills the gaps with empty cells.
//!
//! Input: the stream of the workbook. Output: an error if a sheet cannot be read or the area is too large. Not here:
//! values.

use super::compound::{u16_at, u32_at};
use super::extras::{BOUNDSHEET, EOF, MULRK, has_end, records, sheet_records};
use crate::error::{Limit, ReadError};

const MAX_ROWS: u32 = 65_536;
const MAX_COLUMNS: u32 = 256;
/// The most cells of all sheets together, including empty ones.
const MAX_AREA: u64 = 20_000_000;
/// DIMENSIONS, the record with the declared area of a sheet; calamine reserves memory for the whole area.
const DIMENSIONS: u16 = 0x0200;
/// FILEPASS, the record after which everything is encrypted.
const FILEPASS: u16 = 0x002F;
/// Records of one cell: formulas, numbers, texts, booleans, errors.
const SINGLE_CELLS: [u16; 7] = [0x0006, 0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD];

/// Checks the areas of all sheets.
pub(crate) fn check(stream: &[u8]) -> Result<(), ReadError> {
    let mut total = 0;
    for (kind, record) in records(stream).take_while(|(kind, _)| *kind != EOF) {
        if kind == FILEPASS {
            return Err(ReadError::Password);
        }
        if kind != BOUNDSHEET {
            continue;
        }
        let sheet = u32_at(record, 0).and_then(|start| stream.get(usize::try_from(start).ok()?..));
        total += sheet.filter(|sheet| has_end(sheet)).and_then(sheet_area).ok_or(ReadError::ReaderFailure)?;
        if total > MAX_AREA {
            return Err(ReadError::TooLarge(Limit::Area));
        }
    }
    Ok(())
}

/// Returns the number of cells in the bounding area of a sheet; `None` if its declared area is not valid.
fn sheet_area(stream: &[u8]) -> Option<u64> {
    let mut corners = None;
    for (kind, record) in sheet_records(stream) {
        match kind {
            DIMENSIONS => is_valid_dimensions(record).then_some(())?,
            MULRK => widen(&mut corners, record, record.len().saturating_sub(6) / 6),
            _ if SINGLE_CELLS.contains(&kind) => widen(&mut corners, record, 1),
            _ => {}
        }
    }
    let Some([top, left, bottom, right]) = corners else { return Some(0) };
    Some(u64::from(bottom - top + 1) * u64::from(right - left + 1))
}

/// Returns whether the declared corners are inside a sheet; the last row and column are counted from 1.
fn is_valid_dimensions(record: &[u8]) -> bool {
    let (rows, columns) = match record.len() {
        10 => ([u16_at(record, 0), u16_at(record, 2)].map(|row| row.map(u32::from)), 4),
        14 => ([u32_at(record, 0), u32_at(record, 4)], 8),
        // calamine rejects it.
        _ => return true,
    };
    let columns = [u16_at(record, columns), u16_at(record, columns + 2)].map(|column| column.map(u32::from));
    let inside = |[first, last]: [Option<u32>; 2], bound| last.is_some_and(|last| last <= bound) && first <= last;
    inside(rows, MAX_ROWS) && inside(columns, MAX_COLUMNS)
}

/// Widens the corners (top, left, bottom, right) to include the `count` cells of a record.
fn widen(corners: &mut Option<[u32; 4]>, record: &[u8], count: usize) {
    let (Some(row), Some(col)) = (u16_at(record, 0).map(u32::from), u16_at(record, 2).map(u32::from)) else { return };
    let last = col + u32::try_from(count).unwrap_or_default().saturating_sub(1);
    let [top, left, bottom, right] = corners.unwrap_or([row, col, row, last]);
    *corners = Some([top.min(row), left.min(col), bottom.max(row), right.max(last)]);
}

#[cfg(test)]
mod tests {
    use super::super::extras::BOF;
    use super::*;

    fn record(kind: u16, content: &[u16]) -> Vec<u8> {
        let length = u16::try_from(content.len() * 2).unwrap();
        [kind, length].iter().chain(content).flat_map(|number| number.to_le_bytes()).collect()
    }

    fn number(row: u16, col: u16) -> Vec<u8> {
        record(0x0203, &[row, col, 0, 0, 0, 0, 0])
    }

    /// Returns the stream of a workbook with `sheets` sheets of the same records.
    fn book(sheets: usize, records: &[Vec<u8>]) -> Vec<u8> {
        let start = u16::try_from(sheets * 8 + 4).unwrap();
        let listing = record(BOUNDSHEET, &[start, 0]).repeat(sheets);
        [listing, record(EOF, &[]), record(BOF, &[]), records.concat(), record(EOF, &[])].concat()
    }

    #[test]
    fn few_cells_far_apart_are_too_many() {
        let corners = [number(0, 0), number(65_535, 255)];
        assert_eq!(sheet_area(&corners.concat()), Some(16_777_216));
        assert_eq!(check(&book(1, &corners)), Ok(()));
        assert_eq!(check(&book(2, &corners)), Err(ReadError::TooLarge(Limit::Area)));
    }

    #[test]
    fn records_that_do_not_lead_to_the_end_of_the_sheet_are_refused() {
        let mut file = book(1, &[number(0, 0), number(0, 1)]);
        assert_eq!(check(&file), Ok(()));
        file.truncate(file.len() - 4);
        assert_eq!(check(&file), Err(ReadError::ReaderFailure));
    }

    #[test]
    fn declared_corners_are_in_the_sheet() {
        for (corners, is_sound) in [
            ([0, 0, 0, 1, 0, 256, 0], true),
            ([0, 0, 0, 1, 0, 257, 0], false),
            ([0, 0, 1, 1, 0, 256, 0], false),
            ([5, 0, 4, 0, 0, 0, 0], false),
        ] {
            assert_eq!(check(&book(1, &[record(DIMENSIONS, &corners)])).is_ok(), is_sound, "{corners:?}");
        }
    }
}
