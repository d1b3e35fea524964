//! Reads from an `.xls` what calamine leaves out: number formats.
//!
//! Input: the stream of the workbook. Output: the [`SheetExtras`] of each sheet, in sheet order. Not here: values.

use super::compound::{u16_at, u32_at};
use crate::book_builder::{FormatTable, SheetExtras};
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, MergedRange};

const BIFF8: u16 = 0x0600;

pub(super) const BOF: u16 = 0x0809;
pub(crate) const EOF: u16 = 0x000A;
const FORMAT: u16 = 0x041E;
const XF: u16 = 0x00E0;
pub(crate) const BOUNDSHEET: u16 = 0x0085;
/// Records of one number: FORMULA, NUMBER, RK.
const NUMBERS: [u16; 3] = [0x0006, 0x0203, 0x027E];
/// MULRK, a record of several RK numbers in adjacent cells, six bytes each.
pub(crate) const MULRK: u16 = 0x00BD;

/// Returns the extras of every sheet; `None` if the stream is not valid.
pub(crate) fn read_extras(stream: &[u8]) -> Option<Vec<SheetExtras>> {
    let mut formats = FormatTable::built_in();
    let (mut styles, mut sheets, mut is_biff8) = (Vec::new(), Vec::new(), true);
    for (kind, record) in records(stream).take_while(|(kind, _)| *kind != EOF) {
        match kind {
            BOF => is_biff8 = u16_at(record, 0)? == BIFF8,
            FORMAT => formats.define(u16_at(record, 0)?, &format_code(record, is_biff8)?),
            XF => styles.push(u16_at(record, 2)?),
            BOUNDSHEET => sheets.push(u32_at(record, 0)? as usize),
            _ => {}
        }
    }
    let format = |style: u16| styles.get(usize::from(style)).and_then(|format| formats.code(*format));
    sheets.into_iter().map(|start| Some(sheet_extras(stream.get(start..)?, format))).collect()
}

/// Returns the format code of a record; its characters have one byte or two.
fn format_code(record: &[u8], is_biff8: bool) -> Option<String> {
    let narrow = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect();
    Some(match is_biff8 {
        false => narrow(record.get(3..)?),
        true if record.get(4)? & 1 == 0 => narrow(record.get(5..)?),
        true => {
            let letters = record.get(5..)?.chunks_exact(2).filter_map(|letter| u16_at(letter, 0));
            String::from_utf16_lossy(&letters.collect::<Vec<_>>())
        }
    })
}

/// Returns the formatted numbers of one sheet; embedded charts are skipped.
fn sheet_extras(stream: &[u8], format: impl Fn(u16) -> Option<Arc<str>>) -> SheetExtras {
    let mut extras = SheetExtras::default();
    for (kind, record) in sheet_records(stream) {
        let formatted = styled_numbers(kind, record).filter_map(|(cell_ref, style)| Some((cell_ref, format(style)?)));
        let area = |cell_ref| MergedRange { first: cell_ref, last: cell_ref };
        extras.formatted_areas.extend(formatted.map(|(cell_ref, code)| (area(cell_ref), code)));
    }
    extras
}

/// Returns the positions of the numbers in a record, with their style indices.
fn styled_numbers(kind: u16, record: &[u8]) -> impl Iterator<Item = (CellRef, u16)> + '_ {
    let count = match kind {
        MULRK => record.len().saturating_sub(6) / 6,
        kind => usize::from(NUMBERS.contains(&kind)),
    };
    (0..count).filter_map(move |step| {
        let (row, col) = (u16_at(record, 0)?, u16_at(record, 2)?);
        let col = u32::from(col) + u32::try_from(step).ok()?;
        Some((CellRef::new(row.into(), col), u16_at(record, 4 + 6 * step)?))
    })
}

/// Iterates over the records of one sheet, without those of embedded charts.
pub(crate) fn sheet_records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut depth = 0_usize;
    let own_record = move |(kind, record)| match kind {
        BOF => {
            depth += 1;
            Some(None)
        }
        EOF if depth <= 1 => None,
        EOF => {
            depth -= 1;
            Some(None)
        }
        _ => Some((depth <= 1).then_some((kind, record))),
    };
    records(stream).map_while(own_record).flatten()
}

/// Iterates over the records: two bytes kind, two bytes length, content.
pub(crate) fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, 0)?, usize::from(u16_at(stream, 2)?));
        let record = stream.get(4..4 + length)?;
        stream = &stream[4 + length..];
        Some((kind, record))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn format_codes_have_narrow_or_wide_characters() {
        for (record, is_biff8, expected) in [
            (&[164, 0, 3, 0, 0, b'0', b'"', b'%'][..], true, Some("0\"%")),
            (&[164, 0, 2, 0, 1, b'0', 0, 0xAB, 0x20], true, Some("0₫")),
            (&[164, 0, 2, b'0', b'%'], false, Some("0%")),
            (&[164, 0, 2], true, None),
            (&[164], false, None),
        ] {
            assert_eq!(format_code(record, is_biff8).as_deref(), expected, "{record:?}");
        }
    }
}
