//! Reads from an `.xlsb` what calamine leaves out: merged areas and number formats.
//!
//! Input: the bytes of the file. Output: the [`SheetExtras`] of each sheet, in sheet order, or `None` if a sheet has
//! cells that calamine would silently skip. Not here: values.

use crate::book_builder::{FormatTable, SheetExtras};
use crate::container::read_checked_part;
use crate::ooxml::raw_tags::{attribute, tag_content};
use crate::xls::compound::{u16_at, u32_at};
use memchr::memchr_iter;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, MergedRange};

const LAST_ROW: u32 = 1_048_575;

const ROW: u16 = 0x00;
/// Cells with numbers: RK numbers, doubles, formulas with numeric results.
const NUMBERS: [u16; 3] = [0x02, 0x05, 0x09];
/// Cells without a column number, which calamine does not support.
const SHORT_CELLS: RangeInclusive<u16> = 0x0C..=0x12;
const FORMAT: u16 = 0x2C;
const STYLE: u16 = 0x2F;
const SHEET: u16 = 0x9C;
const MERGE: u16 = 0xB0;
const BEGIN_CELL_STYLES: u16 = 0x269;
const END_CELL_STYLES: u16 = 0x26A;

/// Returns the extras of every sheet; `None` if a sheet cannot be read correctly.
pub(crate) fn read_extras(file: &[u8]) -> Option<Vec<SheetExtras>> {
    let formats = style_formats(&read_checked_part(file, "xl/styles.bin").unwrap_or_default());
    let links = relationships(&read_checked_part(file, "xl/_rels/workbook.bin.rels")?);
    let workbook = read_checked_part(file, "xl/workbook.bin")?;
    let sheets = records(&workbook).filter(|(kind, _)| *kind == SHEET);
    sheets
        .map(|(_, record)| sheet_extras(&read_checked_part(file, links.get(&read_text(record, 8)?)?)?, &formats))
        .collect()
}

/// Returns the number formats of the cell styles that display another number than the cell stores, by style index.
fn style_formats(content: &[u8]) -> BTreeMap<u32, Arc<str>> {
    let mut formats = FormatTable::built_in();
    let (mut styles, mut count, mut in_cell_styles) = (BTreeMap::new(), 0, false);
    for (kind, record) in records(content) {
        match kind {
            FORMAT => {
                if let Some((id, code)) = u16_at(record, 0).zip(read_text(record, 2)) {
                    formats.define(id, &code);
                }
            }
            BEGIN_CELL_STYLES | END_CELL_STYLES => in_cell_styles = kind == BEGIN_CELL_STYLES,
            STYLE if in_cell_styles => {
                styles.extend(u16_at(record, 2).and_then(|id| formats.code(id)).map(|code| (count, code)));
                count += 1;
            }
            _ => {}
        }
    }
    styles
}

/// Returns the names of parts by relationship id.
fn relationships(content: &[u8]) -> BTreeMap<String, String> {
    let tags = memchr_iter(b'<', content).map(|at| tag_content(&content[at + 1..]));
    let written = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    let pairs = tags.filter_map(|tag| Some((written(attribute(tag, b"Id")?), written(attribute(tag, b"Target")?))));
    pairs.map(|(id, target)| (id, part_name(&target))).collect()
}

/// Returns the name of a part, in lower case, from a path that is absolute or relative to `xl/`.
fn part_name(target: &str) -> String {
    target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned).to_lowercase()
}

/// Returns the extras of one sheet.
fn sheet_extras(content: &[u8], formats: &BTreeMap<u32, Arc<str>>) -> Option<SheetExtras> {
    let mut marks = SheetExtras::default();
    let mut row = 0;
    for (kind, record) in records(content) {
        match kind {
            ROW => row = u32_at(record, 0).filter(|row| *row <= LAST_ROW)?,
            MERGE => {
                let [top, bottom, left, right] = [0, 4, 8, 12].map(|at| u32_at(record, at));
                marks
                    .merges
                    .push(MergedRange { first: CellRef::new(top?, left?), last: CellRef::new(bottom?, right?) });
            }
            // The style index is stored in three of the four bytes.
            _ if NUMBERS.contains(&kind) => {
                let cell_ref = CellRef::new(row, u32_at(record, 0)?);
                let code = formats.get(&(u32_at(record, 4)? & 0x00FF_FFFF));
                let area = MergedRange { first: cell_ref, last: cell_ref };
                marks.formatted_areas.extend(code.map(|code| (area, Arc::clone(code))));
            }
            _ if SHORT_CELLS.contains(&kind) => return None,
            _ => {}
        }
    }
    Some(marks)
}

/// Reads a text with its length before it: a count of UTF-16 units in four bytes.
fn read_text(record: &[u8], at: usize) -> Option<String> {
    let length = usize::try_from(u32_at(record, at)?).ok()?.checked_mul(2)?;
    let letters = record.get(at + 4..)?.get(..length)?.chunks_exact(2).filter_map(|letter| u16_at(letter, 0));
    String::from_utf16(&letters.collect::<Vec<_>>()).ok()
}

/// Iterates over the records: kind and length as numbers of seven bits per byte, then the content.
fn records(mut stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let kind = read_varint(&mut stream, 2)?;
        let length = read_varint(&mut stream, 4)?;
        let (record, rest) = stream.split_at_checked(length)?;
        stream = rest;
        Some((u16::try_from(kind).ok()?, record))
    })
}

/// Reads a number of seven bits per byte, at most `bytes` long; all bytes but the last have the highest bit set.
fn read_varint(stream: &mut &[u8], max_len: usize) -> Option<usize> {
    let mut number = 0;
    for step in 0..max_len {
        let byte;
        (byte, *stream) = stream.split_first()?;
        number |= usize::from(byte & 0x7F) << (7 * step);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsupported_cells_are_rejected() {
        let row = [0x00, 4, 7, 0, 0, 0];
        let merge = [0xB0, 0x01, 16, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0];
        let number = [0x02, 12, 5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        let marks =
            sheet_extras(&[&row[..], &merge, &number].concat(), &BTreeMap::from([(1, "#,##0,".into())])).unwrap();
        let cell_ref = CellRef::new(7, 5);
        assert_eq!(marks.merges, [MergedRange { first: CellRef::new(1, 0), last: CellRef::new(2, 3) }]);
        assert_eq!(marks.formatted_areas, [(MergedRange { first: cell_ref, last: cell_ref }, "#,##0,".into())]);
        assert_eq!(sheet_extras(&[&row[..], &[0x0D, 0]].concat(), &BTreeMap::new()), None);
    }

    #[test]
    fn parts_are_named_from_the_root_or_the_workbook() {
        assert_eq!(part_name("worksheets/Sheet1.bin"), "xl/worksheets/sheet1.bin");
        assert_eq!(part_name("/xl/worksheets/sheet1.bin"), "xl/worksheets/sheet1.bin");
    }
}
