//! Lists the cells that the records of an `.xls` sheet hold, so that none is lost in silence.
//!
//! Input: the stream of the workbook. Output: for each sheet the cells with a value, and those of which the records do not
//! agree. Not here: values.
//!
//! An `.xls` has no checksums. What its records say about each other is all that can be held against a damaged one: two
//! values of one cell, a cell outside the columns of its row, one alone out of order, a kind of record that calamine does
//! not know, or that does not occur between cells.

use super::compound::u16_at;
use super::extras::{MULRK, sheet_records};
use std::collections::BTreeMap;
use tonghop_core::model::cell::CellRef;

/// ROW, which says from which column to before which column the row has cells.
const ROW: u16 = 0x0208;
/// Records of one cell with a value: FORMULA, NUMBER, LABEL, BOOLERR, RSTRING, LABELSST and RK, in all versions.
const ONE_CELL: [u16; 15] = [
    0x0006, 0x0206, 0x0406, 0x0003, 0x0203, 0x0004, 0x0204, 0x0005, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x007E, 0x0002,
    0x0202,
];
/// What else occurs between the cells of a sheet: BLANK, MULBLANK, STRING, ARRAY, SHRFMLA, TABLE, DBCELL and CONTINUE, in
/// all versions.
const BESIDE_CELLS: [u16; 14] =
    [0x0201, 0x0001, 0x00BE, 0x0207, 0x0007, 0x0221, 0x0021, 0x04BC, 0x0236, 0x0036, 0x0037, 0x00D7, 0x003C, 0x0008];
/// Of so many cells one may be out of order by damage; more are, if a program writes them as they come.
const CELLS_PER_DISPLACED: usize = 20;
/// The columns of a sheet.
const COLUMNS: u32 = 256;
/// The kind of formula that calamine knows.
const KNOWN_FORMULA: u16 = 0x0006;

/// What the records of a sheet say about a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellClaim {
    /// It has a value, or a formula.
    Value,
    /// It has a formula of a known kind, whose value may be an empty text.
    Formula,
    /// Two records hold it.
    Twice,
    /// It is outside the columns of its row.
    OutsideRow,
    /// It is out of order among cells in order.
    Displaced,
    /// In the place of its record is one of a kind that does not occur there.
    Garbled,
}

impl CellClaim {
    /// Returns the error of a cell that calamine read as having a value or not; `None` if the records agree with that.
    pub(crate) fn error(self, is_read: bool) -> Option<&'static str> {
        match self {
            Self::Value if !is_read => Some("không đọc được ô này trong tệp .xls"),
            Self::Garbled => Some("không đọc được ô này trong tệp .xls"),
            Self::Displaced => Some("tệp .xls ghi ô này sai thứ tự"),
            Self::Value | Self::Formula => None,
            Self::Twice => Some("tệp .xls ghi hai giá trị cho ô này"),
            Self::OutsideRow => Some("tệp .xls ghi ô này ngoài vùng của dòng"),
        }
    }
}

impl CellClaim {
    /// Returns whether the records contradict each other: the file is damaged.
    pub(crate) fn is_contradiction(self) -> bool {
        !matches!(self, Self::Value | Self::Formula)
    }
}

/// Returns the cells of the sheet that starts here, in reading order.
pub(crate) fn claims(sheet: &[u8]) -> Vec<(CellRef, CellClaim)> {
    let (mut claims, mut rows) = (Vec::new(), BTreeMap::new());
    // The cells whose records are of an unknown kind, and the number of cells before them.
    let mut unknown: Vec<(CellRef, usize)> = Vec::new();
    for (kind, record) in sheet_records(sheet) {
        if !claims.is_empty() && !is_of_cells(kind) {
            unknown.extend(place(record).map(|cell_ref| (cell_ref, claims.len())));
        }
        if kind == ROW {
            let bounds = u16_at(record, 0).zip(u16_at(record, 2).zip(u16_at(record, 4)));
            rows.extend(bounds.filter(|(_, (first, end))| first < end));
        }
        let claim = if kind == KNOWN_FORMULA { CellClaim::Formula } else { CellClaim::Value };
        claims.extend(cells(kind, record).map(|cell_ref| (cell_ref, claim)));
    }
    let is_outside = |cell_ref: CellRef| {
        let bounds = u16::try_from(cell_ref.row).ok().and_then(|row| rows.get(&row));
        bounds.is_some_and(|(first, end)| !(u32::from(*first)..u32::from(*end)).contains(&cell_ref.col))
    };
    claims
        .iter_mut()
        .filter(|(cell_ref, _)| is_outside(*cell_ref))
        .for_each(|(_, claim)| *claim = CellClaim::OutsideRow);
    mark_displaced(&mut claims);
    // What follows the last cell describes the sheet.
    let between = unknown.into_iter().filter(|(_, before)| *before < claims.len()).map(|(cell_ref, _)| cell_ref);
    let garbled: Vec<_> = between.map(|cell_ref| (cell_ref, CellClaim::Garbled)).collect();
    claims.extend(garbled);
    // Nearly all files have their cells in order.
    claims.sort_by_key(|(cell_ref, _)| *cell_ref);
    claims.dedup_by(|(later, _), (cell_ref, claim)| {
        let is_same = later == cell_ref;
        if is_same {
            *claim = CellClaim::Twice;
        }
        is_same
    });
    claims
}

/// Returns whether a kind of record occurs between the cells of a sheet.
fn is_of_cells(kind: u16) -> bool {
    kind == ROW || kind == MULRK || ONE_CELL.contains(&kind) || BESIDE_CELLS.contains(&kind)
}

/// Returns the cell with which the record of a cell begins.
fn place(record: &[u8]) -> Option<CellRef> {
    let cell_ref = CellRef::new(u16_at(record, 0)?.into(), u16_at(record, 2)?.into());
    (cell_ref.col < COLUMNS).then_some(cell_ref)
}

/// Marks the cells that alone are out of order; `claims` are in the order of the file.
fn mark_displaced(claims: &mut [(CellRef, CellClaim)]) {
    let is_displaced = |around: &[(CellRef, CellClaim)]| {
        let [before, cell, after] = [around[0].0, around[1].0, around[2].0];
        before < after && !(before < cell && cell < after)
    };
    let displaced: Vec<usize> =
        claims.windows(3).enumerate().filter(|(_, around)| is_displaced(around)).map(|(at, _)| at + 1).collect();
    if displaced.len() * CELLS_PER_DISPLACED <= claims.len() {
        displaced.into_iter().for_each(|at| claims[at].1 = CellClaim::Displaced);
    }
}

/// Returns the cells with a value in a record.
fn cells(kind: u16, record: &[u8]) -> impl Iterator<Item = CellRef> + '_ {
    let count = match kind {
        MULRK => record.len().saturating_sub(6) / 6,
        kind => usize::from(ONE_CELL.contains(&kind)),
    };
    (0..count).filter_map(move |step| {
        let (row, col) = (u16_at(record, 0)?, u16_at(record, 2)?);
        Some(CellRef::new(row.into(), u32::from(col) + u32::try_from(step).ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, numbers: &[u16]) -> Vec<u8> {
        let length = u16::try_from(2 * numbers.len()).unwrap();
        let content = numbers.iter().flat_map(|number| number.to_le_bytes());
        kind.to_le_bytes().into_iter().chain(length.to_le_bytes()).chain(content).collect()
    }

    #[test]
    fn every_cell_is_listed_with_what_the_records_say() {
        let number = |row, col| record(0x0203, &[row, col, 0, 0, 0, 0, 0]);
        let stream = [
            record(0x0809, &[0x0600, 0x10]),
            record(ROW, &[0, 0, 3, 300, 0, 0, 0, 0]),
            number(0, 0),
            number(0, 3),
            record(MULRK, &[1, 4, 0, 0, 0, 0, 0, 0, 5]),
            record(0x0406, &[2, 1, 0, 0]),
            record(KNOWN_FORMULA, &[2, 2, 0, 0]),
            record(0x0201, &[3, 0, 0]),
            number(4, 1),
            number(4, 1),
            record(0x000A, &[]),
            number(9, 9),
        ];
        let expected = [
            ((0, 0), CellClaim::Value),
            ((0, 3), CellClaim::OutsideRow),
            ((1, 4), CellClaim::Value),
            ((1, 5), CellClaim::Value),
            ((2, 1), CellClaim::Value),
            ((2, 2), CellClaim::Formula),
            ((4, 1), CellClaim::Twice),
        ];
        let expected = expected.map(|((row, col), claim)| (CellRef::new(row, col), claim));
        assert_eq!(claims(&stream.concat()), expected);
    }

    #[test]
    fn a_kind_of_record_that_is_none_of_cells_is_garbled_between_them() {
        let number = |row, col| record(0x0203, &[row, col, 0, 0, 0, 0, 0]);
        let other = |row, col| record(0x1203, &[row, col, 0, 0, 0, 0, 0]);
        let cells = |records: &[Vec<u8>]| {
            let stream = [&[record(0x0809, &[0x0600, 0x10])], records].concat().concat();
            claims(&stream).into_iter().map(|(at, claim)| (at.to_string(), claim)).collect::<Vec<_>>()
        };
        let value = |at: &str| (at.to_owned(), CellClaim::Value);
        let around = [other(0, 0), number(0, 1), record(0x00D7, &[9, 9]), number(0, 3), other(0, 4)];
        assert_eq!(cells(&around), [value("B1"), value("D1")]);
        let between = [number(0, 1), other(0, 2), other(0, 999), number(0, 3)];
        assert_eq!(cells(&between), [value("B1"), ("C1".to_owned(), CellClaim::Garbled), value("D1")]);
    }

    #[test]
    fn one_cell_out_of_order_is_displaced() {
        let of_row = |row: u32| (0..5).map(move |col| (CellRef::new(row, col), CellClaim::Value));
        let marked = |mut claims: Vec<(CellRef, CellClaim)>| {
            mark_displaced(&mut claims);
            claims
                .into_iter()
                .filter(|(_, claim)| *claim == CellClaim::Displaced)
                .map(|(at, _)| at.to_string())
                .collect()
        };
        let sorted: Vec<_> = (0..8).flat_map(of_row).collect();
        let none: [String; 0] = [];
        let check = |claims: Vec<_>| -> Vec<String> { marked(claims) };
        assert_eq!(check(sorted.clone()), none);
        for row in [0, 70] {
            let mut one = sorted.clone();
            one[17].0.row = row;
            assert_eq!(check(one), [CellRef::new(row, 2).to_string()]);
        }
        let by_column: Vec<_> =
            (0..5).flat_map(|col| (0..8).map(move |row| (CellRef::new(row, col), CellClaim::Value))).collect();
        assert_eq!(check(by_column), none);
    }

    #[test]
    fn a_cell_that_is_not_read_is_an_error() {
        for (claim, is_read, is_error) in [
            (CellClaim::Value, true, false),
            (CellClaim::Value, false, true),
            (CellClaim::Formula, false, false),
            (CellClaim::Twice, true, true),
            (CellClaim::OutsideRow, true, true),
        ] {
            assert_eq!(claim.error(is_read).is_some(), is_error, "{claim:?} {is_read}");
        }
    }
}
