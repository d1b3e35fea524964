//! Reads from an `.xls` what calamine leaves out: number formats, hidden rows and columns, comments.
//!
//! Input: the stream of the workbook. Output: the [`SheetExtras`] of each sheet, in sheet order. Not here: values.

use super::compound::{u16_at, u32_at};
use crate::book_builder::{FormatTable, SheetExtras};
use crate::cell_comments::{CellComments, MAX_COMMENTS};
use crate::ooxml::layout::add_hidden_range;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::cell::{CellRef, HiddenRanges, MergedRange};

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
const ROW: u16 = 0x0208;
/// The flag of a hidden row, and the bits of its height.
const ROW_IS_HIDDEN: u16 = 0x20;
const ROW_HEIGHT: u16 = 0x7FFF;
const COLUMNS: u16 = 0x007D;
/// NOTE, the cell of a comment; OBJ, the drawing of it; TXO and CONTINUE, the text of a drawing.
const NOTE: u16 = 0x001C;
const DRAWING: u16 = 0x005D;
const DRAWING_TEXT: u16 = 0x01B6;
const CONTINUE: u16 = 0x003C;
/// The kind of the drawing of a comment.
const COMMENT_DRAWING: u16 = 0x19;

/// Returns the extras and the records of every sheet; `None` if the stream is not valid.
pub(crate) fn read_sheets(stream: &[u8]) -> Option<Vec<(SheetExtras, &[u8])>> {
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
    let sheet = |start: usize| {
        let sheet = stream.get(start..)?;
        Some((sheet_extras(sheet, format), sheet))
    };
    sheets.into_iter().map(sheet).collect()
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

/// Returns the formatted numbers, hidden ranges and comments of one sheet; embedded charts are skipped.
fn sheet_extras(stream: &[u8], format: impl Fn(u16) -> Option<Arc<str>>) -> SheetExtras {
    let mut extras = SheetExtras::default();
    let mut comments = CommentReader::default();
    for (kind, record) in sheet_records(stream) {
        add_hidden(&mut extras.hidden_ranges, kind, record);
        comments.visit(kind, record);
        let formatted = styled_numbers(kind, record).filter_map(|(cell_ref, style)| Some((cell_ref, format(style)?)));
        let area = |cell_ref| MergedRange { first: cell_ref, last: cell_ref };
        extras.formatted_areas.extend(formatted.map(|(cell_ref, code)| (area(cell_ref), code)));
    }
    extras.hidden_ranges.rows.sort_by_key(|range| *range.start());
    extras.hidden_ranges.cols.sort_by_key(|range| *range.start());
    extras.comments = comments.read.into_sorted();
    extras
}

/// Adds the row or the columns of a record, if they are hidden or have no size.
fn add_hidden(hidden: &mut HiddenRanges, kind: u16, record: &[u8]) -> Option<()> {
    let number = |at| u16_at(record, at);
    match kind {
        ROW if number(12)? & ROW_IS_HIDDEN != 0 || number(6)? & ROW_HEIGHT == 0 => {
            let row = u32::from(number(0)?) + 1;
            add_hidden_range(&mut hidden.rows, row, row);
        }
        COLUMNS if number(8)? & 1 != 0 || number(4)? == 0 => {
            add_hidden_range(&mut hidden.cols, u32::from(number(0)?) + 1, u32::from(number(2)?) + 1);
        }
        _ => {}
    }
    Some(())
}

/// Reads the comments of a sheet: first come their drawings with the texts, then the cells.
#[derive(Default)]
struct CommentReader {
    /// The text of each drawing, by its number.
    texts: BTreeMap<u16, String>,
    /// The drawing whose text follows, with the length of the text; the length is missing before it is stated.
    drawing: Option<(u16, Option<usize>)>,
    read: CellComments,
}

impl CommentReader {
    fn visit(&mut self, kind: u16, record: &[u8]) -> Option<()> {
        let before = self.drawing.take();
        match kind {
            DRAWING => {
                let is_comment = u16_at(record, 4)? == COMMENT_DRAWING && self.texts.len() < MAX_COMMENTS;
                self.drawing = Some((u16_at(record, 6)?, None)).filter(|_| is_comment);
            }
            DRAWING_TEXT => self.drawing = Some((before?.0, Some(u16_at(record, 10)?.into()))),
            CONTINUE => {
                // The text may follow in further records; its first part is long enough to find a number.
                let (drawing, Some(length)) = before? else { return None };
                self.texts.insert(drawing, read_characters(record, length)?);
            }
            NOTE => {
                let cell_ref = CellRef::new(u16_at(record, 0)?.into(), u16_at(record, 2)?.into());
                self.read.push(cell_ref, self.texts.get(&u16_at(record, 6)?)?);
            }
            _ => self.drawing = before,
        }
        Some(())
    }
}

/// Reads characters of one byte or two, as the first byte of the record says.
fn read_characters(record: &[u8], length: usize) -> Option<String> {
    let (flags, content) = record.split_first()?;
    let letters = content.chunks_exact(2).filter_map(|letter| u16_at(letter, 0)).take(length);
    Some(match flags & 1 {
        0 => content.iter().copied().take(length).map(char::from).collect(),
        _ => String::from_utf16_lossy(&letters.collect::<Vec<_>>()),
    })
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

/// Returns whether the records of one sheet lead to its end, as they do unless a length is wrong.
pub(crate) fn has_end(stream: &[u8]) -> bool {
    let mut depth = 0_usize;
    records(stream).any(|(kind, _)| {
        match kind {
            BOF => depth += 1,
            EOF => depth = depth.saturating_sub(1),
            _ => {}
        }
        kind == EOF && depth == 0
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

    /// Encodes a record.
    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
    }

    fn numbers(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    #[test]
    fn hidden_and_flat_rows_and_columns_are_found() {
        let row = |row, height, flags| record(ROW, &numbers(&[row, 0, 9, height, 0, 0, flags, 0]));
        let columns = |first, last, width, flags| record(COLUMNS, &numbers(&[first, last, width, 0, flags, 0]));
        let stream = [
            record(BOF, &numbers(&[BIFF8, 0x10])),
            columns(3, 4, 2_000, 1),
            columns(1, 1, 0, 0),
            columns(5, 9, 2_000, 0),
            row(0, 300, 0),
            row(1, 300, ROW_IS_HIDDEN),
            row(2, 0x8000, 0),
            row(7, 300, ROW_IS_HIDDEN | 0x10),
            record(EOF, &[]),
        ];
        let extras = sheet_extras(&stream.concat(), |_| None);
        assert_eq!(extras.hidden_ranges, HiddenRanges { rows: vec![1..=2, 7..=7], cols: vec![1..=1, 3..=4] });
    }

    #[test]
    fn comments_are_read_with_their_cells() {
        let drawing = |kind, id| record(DRAWING, &numbers(&[0x15, 18, kind, id]));
        let text = |length| record(DRAWING_TEXT, &numbers(&[0, 0, 0, 0, 0, length, 16]));
        let wide: Vec<u8> = "ố 5".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let stream = [
            record(BOF, &numbers(&[BIFF8, 0x10])),
            drawing(COMMENT_DRAWING, 1),
            record(0x00EC, &[1, 2]),
            text(3),
            record(CONTINUE, &[&[1][..], &wide].concat()),
            record(CONTINUE, &[9, 9]),
            drawing(0x06, 2),
            text(2),
            record(CONTINUE, b"\0ab"),
            drawing(COMMENT_DRAWING, 3),
            text(9),
            record(CONTINUE, b"\0cd"),
            record(NOTE, &numbers(&[4, 1, 0, 3])),
            record(NOTE, &numbers(&[2, 5, 0, 1])),
            record(NOTE, &numbers(&[3, 5, 0, 2])),
            record(EOF, &[]),
        ];
        let comments = sheet_extras(&stream.concat(), |_| None).comments;
        assert_eq!(comments, [(CellRef::new(2, 5), "ố 5".into()), (CellRef::new(4, 1), "cd".into())]);
    }
}
