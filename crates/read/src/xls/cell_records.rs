//! Lists the cells that the records of an `.xls` sheet hold, so that none is lost in silence.
//!
//! Input: the stream of the workbook. Output: for each sheet the cells with a value, and those of which the records do not
//! agree. Not here: values.
//!
//! An `.xls` has no checksums. What its records say about each other is all that can be held against a damaged one: two
//! values of one cell, a cell outside the columns of its row, a kind of record that calamine does not know.

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
}

impl CellClaim {
    /// Returns the error of a cell that calamine read as having a value or not; `None` if the records agree with that.
    pub(crate) fn error(self, is_read: bool) -> Option<&'static str> {
        match self {
            Self::Value if !is_read => Some("không đọc được ô này trong tệp .xls"),
            Self::Value | Self::Formula => None,
            Self::Twice => Some("tệp .xls ghi hai giá trị cho ô này"),
            Self::OutsideRow => Some("tệp .xls ghi ô này ngoài vùng của dòng"),
        }
    }
}

/// Returns the cells of the sheet that starts here, in reading order.
pub(crate) fn claims(sheet: &[u8]) -> Vec<(CellRef, CellClaim)> {
    let (mut claims, mut rows) = (Vec::new(), BTreeMap::new());
    for (kind, record) in sheet_records(sheet) {
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
