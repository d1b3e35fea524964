//! Reads from an `.xlsb` what calamine leaves out: merged areas, number formats, hidden rows and columns, comments.
//!
//! Input: the bytes of the file. Output: the [`SheetExtras`] of each sheet, in sheet order, or `None` if a sheet has
//! cells that calamine would silently skip. Not here: values.

use crate::book_builder::{FormatTable, SheetExtras};
use crate::cell_comments::CellComments;
use crate::container::read_checked_part;
use crate::ooxml::layout::add_hidden_range;
use crate::ooxml::package::part_beside;
use crate::ooxml::raw_tags::{attribute, tag_content, tags};
use crate::xls::compound::{u16_at, u32_at};
use memchr::memchr_iter;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, EXCEL_COLUMNS, EXCEL_ROWS, MergedRange};

const LAST_ROW: u32 = EXCEL_ROWS - 1;
const LAST_COLUMN: u32 = EXCEL_COLUMNS - 1;

const ROW: u16 = 0x00;
/// Cells with numbers: RK numbers, doubles, formulas with numeric results.
const NUMBERS: [u16; 3] = [0x02, 0x05, 0x09];
/// Cells without a column number, which calamine does not support.
const SHORT_CELLS: RangeInclusive<u16> = 0x0C..=0x12;
const FORMAT: u16 = 0x2C;
const STYLE: u16 = 0x2F;
const SHEET: u16 = 0x9C;
const MERGE: u16 = 0xB0;
const COLUMNS: u16 = 0x3C;
/// The flag of a hidden row, in the byte after those of its height and of its borders.
const ROW_IS_HIDDEN: u8 = 0x10;
const BEGIN_COMMENT: u16 = 0x27B;
const COMMENT_TEXT: u16 = 0x27D;
/// The relationship of a sheet to its comments, at the end of its type.
const COMMENTS: &[u8] = b"/comments";
const BEGIN_CELL_STYLES: u16 = 0x269;
const END_CELL_STYLES: u16 = 0x26A;

/// Returns the extras of every sheet; `None` if a sheet cannot be read correctly.
pub(crate) fn read_extras(file: &[u8]) -> Option<Vec<SheetExtras>> {
    let formats = style_formats(&read_checked_part(file, "xl/styles.bin").unwrap_or_default());
    let links = relationships(&read_checked_part(file, "xl/_rels/workbook.bin.rels")?);
    let workbook = read_checked_part(file, "xl/workbook.bin")?;
    let sheets = records(&workbook).filter(|(kind, _)| *kind == SHEET);
    sheets
        .map(|(_, record)| {
            let part = links.get(&read_text(record, 8)?)?;
            let extras = sheet_extras(&read_checked_part(file, part)?, &formats)?;
            let comments = comment_part(file, part).map(|content| read_comments(&content)).unwrap_or_default();
            Some(SheetExtras { comments: comments.into_sorted(), ..extras })
        })
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

/// Returns the part with the comments of a sheet, if it has one.
fn comment_part(file: &[u8], sheet: &str) -> Option<Vec<u8>> {
    let (folder, name) = sheet.rsplit_once('/')?;
    let links = read_checked_part(file, &format!("{folder}/_rels/{name}.rels"))?;
    let of_comments = |(_, tag): &(usize, &[u8])| attribute(tag, b"Type").is_some_and(|kind| kind.ends_with(COMMENTS));
    let (_, link) = tags(&links).find(of_comments)?;
    let target = String::from_utf8_lossy(attribute(link, b"Target")?).into_owned();
    read_checked_part(file, &part_beside(sheet, &target))
}

/// Reads the comments of a sheet: each is a record with its cell, followed by one with its text.
fn read_comments(content: &[u8]) -> CellComments {
    let (mut comments, mut current) = (CellComments::default(), None);
    for (kind, record) in records(content) {
        match kind {
            // The author comes first; then the rows and the columns, each the first and the last.
            BEGIN_COMMENT => current = u32_at(record, 4).zip(u32_at(record, 12)),
            COMMENT_TEXT => {
                if let Some(((row, col), text)) = current.take().zip(read_text(record, 1)) {
                    comments.push(CellRef::new(row, col), &text);
                }
            }
            _ => {}
        }
    }
    comments
}

/// Returns the extras of one sheet.
fn sheet_extras(content: &[u8], formats: &BTreeMap<u32, Arc<str>>) -> Option<SheetExtras> {
    let mut marks = SheetExtras::default();
    let mut row = 0;
    for (kind, record) in records(content) {
        match kind {
            ROW => {
                row = u32_at(record, 0).filter(|row| *row <= LAST_ROW)?;
                if record.get(11).is_some_and(|flags| flags & ROW_IS_HIDDEN != 0) || u16_at(record, 8) == Some(0) {
                    add_hidden_range(&mut marks.hidden_ranges.rows, row + 1, row + 1);
                }
            }
            COLUMNS => {
                let [first, last, width] = [0, 4, 8].map(|at| u32_at(record, at));
                if u16_at(record, 16).is_some_and(|flags| flags & 1 != 0) || width == Some(0) {
                    let (first, last) = (first?.min(LAST_COLUMN), last?.min(LAST_COLUMN));
                    add_hidden_range(&mut marks.hidden_ranges.cols, first + 1, last + 1);
                }
            }
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
    marks.hidden_ranges.cols.sort_by_key(|range| *range.start());
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
    fn hidden_and_flat_rows_and_columns_are_found() {
        let row = |row: u8, height: u8, flags: u8| [0x00, 12, row, 0, 0, 0, 0, 0, 0, 0, height, 0, 0, flags];
        let columns = |first: u8, last: u8, width: u8, flags: u8| {
            let mut record = vec![0x3C, 18];
            [first, last, width, 0].iter().for_each(|number| record.extend([*number, 0, 0, 0]));
            record.extend([flags, 0]);
            record
        };
        let stream = [
            columns(2, 3, 90, 1),
            columns(0, 0, 0, 0),
            columns(4, 8, 90, 0),
            row(0, 200, 0).to_vec(),
            row(1, 200, 0x10).to_vec(),
            row(2, 0, 0).to_vec(),
            row(5, 200, 0x1F).to_vec(),
        ];
        let hidden = sheet_extras(&stream.concat(), &BTreeMap::new()).unwrap().hidden_ranges;
        assert_eq!((hidden.rows, hidden.cols), (vec![1..=2, 5..=5], vec![0..=0, 2..=3]));
    }

    #[test]
    fn comments_are_read_with_their_cells() {
        let comment = |row: u8, col: u8, text: &str| {
            let mut begin = vec![0xFB, 0x04, 36, 0, 0, 0, 0];
            [row, row, col, col].iter().for_each(|number| begin.extend([*number, 0, 0, 0]));
            begin.extend([0; 16]);
            let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let count = u8::try_from(letters.len() / 2).unwrap();
            let length = u8::try_from(5 + letters.len()).unwrap();
            [&begin[..], &[0xFD, 0x04, length, 0, count, 0, 0, 0], &letters].concat()
        };
        let stream = [comment(4, 1, "là 5"), comment(2, 0, "ố"), vec![0xFD, 0x04, 1, 0]].concat();
        let expected = [(CellRef::new(2, 0), "ố".into()), (CellRef::new(4, 1), "là 5".into())];
        assert_eq!(read_comments(&stream).into_sorted(), expected);
    }

    #[test]
    fn parts_are_named_from_the_root_or_the_workbook() {
        assert_eq!(part_name("worksheets/Sheet1.bin"), "xl/worksheets/sheet1.bin");
        assert_eq!(part_name("/xl/worksheets/sheet1.bin"), "xl/worksheets/sheet1.bin");
    }
}
