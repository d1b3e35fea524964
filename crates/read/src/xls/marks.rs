//! Reads from an `.xls` what calamine leaves out: percentages.
//!
//! Input: the stream of the workbook. Output: the [`SheetExtras`] of each sheet, in sheet order. Not here: values.

use super::compound::{u16_at, u32_at};
use crate::gather::{BUILT_IN_PERCENTS, Marks};
use std::collections::BTreeSet;
use tonghop_core::model::cell::{CellRef, Merge};

const BIFF8: u16 = 0x0600;

pub(crate) const BEGIN: u16 = 0x0809;
pub(crate) const END: u16 = 0x000A;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
pub(crate) const SHEET: u16 = 0x0085;
/// Records of one number: FORMULA, NUMBER, RK.
const NUMBERS: [u16; 3] = [0x0006, 0x0203, 0x027E];
/// MULRK, a record of several RK numbers in adjacent cells, six bytes each.
pub(crate) const MANY: u16 = 0x00BD;

/// Returns the extras of every sheet; `None` if the stream is not valid.
pub(crate) fn marks(stream: &[u8]) -> Option<Vec<Marks>> {
    let mut formats = BTreeSet::from(BUILT_IN_PERCENTS);
    let (mut styles, mut sheets, mut is_biff8) = (Vec::new(), Vec::new(), true);
    for (kind, record) in records(stream).take_while(|(kind, _)| *kind != END) {
        match kind {
            BEGIN => is_biff8 = u16_at(record, 0)? == BIFF8,
            FORMAT => {
                let number = u16_at(record, 0)?;
                // A file may redefine a built-in format.
                formats.remove(&number);
                formats.extend(has_percent(record, is_biff8)?.then_some(number));
            }
            STYLE => styles.push(u16_at(record, 2)?),
            SHEET => sheets.push(u32_at(record, 0)? as usize),
            _ => {}
        }
    }
    let is_percent = |style: u16| styles.get(usize::from(style)).is_some_and(|format| formats.contains(format));
    sheets.into_iter().map(|start| Some(percents(stream.get(start..)?, is_percent))).collect()
}

/// Returns whether the format code of a record contains a percent sign; its characters have one byte or two.
fn has_percent(record: &[u8], is_biff8: bool) -> Option<bool> {
    Some(match is_biff8 {
        false => record.get(3..)?.contains(&b'%'),
        true if record.get(4)? & 1 == 0 => record.get(5..)?.contains(&b'%'),
        true => record.get(5..)?.chunks_exact(2).any(|letter| letter == [b'%', 0]),
    })
}

/// Returns the percentages of one sheet; embedded charts are skipped.
fn percents(stream: &[u8], is_percent: impl Fn(u16) -> bool) -> Marks {
    let mut marks = Marks::default();
    let mut depth = 0_usize;
    for (kind, record) in records(stream) {
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            _ => {
                let shown = styled(kind, record).filter(|(_, style)| is_percent(*style));
                marks.percents.extend(shown.map(|(place, _)| Merge { first: place, last: place }));
            }
        }
    }
    marks
}

/// Returns the positions of the numbers in a record, with their style indices.
fn styled(kind: u16, record: &[u8]) -> impl Iterator<Item = (CellRef, u16)> + '_ {
    let count = match kind {
        MANY => record.len().saturating_sub(6) / 6,
        kind => usize::from(NUMBERS.contains(&kind)),
    };
    (0..count).filter_map(move |step| {
        let (row, col) = (u16_at(record, 0)?, u16_at(record, 2)?);
        let col = u32::from(col) + u32::try_from(step).ok()?;
        Some((CellRef::new(row.into(), col), u16_at(record, 4 + 6 * step)?))
    })
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
