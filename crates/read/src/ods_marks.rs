//! Reads from an `.ods` what calamine leaves out: merged areas and percentages.
//!
//! Input: the part `content.xml`. Output: the [`SheetExtras`] of each sheet, in sheet order. Not here: values.

use super::gather::Marks;
use crate::ooxml::sheet_xml::{attribute, tag};
use memchr::memchr_iter;
use tonghop_core::model::cell::{CellRef, Merge};

/// Excel's sheet size; repeated rows and columns beyond it are empty.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// Returns the extras of every sheet.
pub(super) fn marks(content: &[u8]) -> Vec<Marks> {
    let mut sheets: Vec<Marks> = Vec::new();
    // The row after the current one, the current row and its repeat count, the next column.
    let (mut next_row, mut row, mut repeated, mut col) = (0_u32, 0_u32, 1_u32, 0_u32);
    for at in memchr_iter(b'<', content) {
        let tag = tag(&content[at + 1..]);
        let name_end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
        match &tag[..name_end] {
            b"table:table" => {
                sheets.push(Marks::default());
                next_row = 0;
            }
            b"table:table-row" => {
                (row, col, repeated) = (next_row, 0, count(tag, b"table:number-rows-repeated"));
                next_row = next_row.saturating_add(repeated).min(ROWS);
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                let across = count(tag, b"table:number-columns-repeated");
                if let Some(marks) = sheets.last_mut() {
                    add(marks, tag, CellRef::new(row, col), (repeated, across));
                }
                col = col.saturating_add(across).min(COLUMNS);
            }
            _ => {}
        }
    }
    sheets
}

/// Adds the merge and the percentage format that the tag of a cell declares.
fn add(marks: &mut Marks, tag: &[u8], first: CellRef, repeated: (u32, u32)) {
    let spans = (count(tag, b"table:number-rows-spanned"), count(tag, b"table:number-columns-spanned"));
    if spans != (1, 1) {
        marks.merges.push(area(first, spans));
    }
    if attribute(tag, b"office:value-type") == Some(b"percentage") {
        marks.percents.push(area(first, repeated));
    }
}

fn area(first: CellRef, (rows, columns): (u32, u32)) -> Merge {
    let far = |first: u32, count: u32, bound: u32| first.saturating_add(count - 1).min(bound - 1);
    Merge { first, last: CellRef::new(far(first.row, rows, ROWS), far(first.col, columns, COLUMNS)) }
}

/// Returns the count in an attribute, or 1 if it is absent, zero or not a number.
fn count(tag: &[u8], name: &[u8]) -> u32 {
    let written = attribute(tag, name).and_then(|value| std::str::from_utf8(value).ok());
    written.and_then(|value| value.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_rows_and_columns_are_counted() {
        let content =
            br#"<table:table table:name="a"><table:table-row table:number-rows-repeated="3"/><table:table-row>
            <table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="percentage"
            office:value="0.5" table:number-columns-repeated="2"/><table:table-cell table:number-columns-spanned="2"
            table:number-rows-spanned="1"/></table:table-row></table:table><table:table table:name="b"/>"#;
        let area = |row, first, last| Merge { first: CellRef::new(row, first), last: CellRef::new(row, last) };
        let expected = Marks { merges: vec![area(3, 4, 5)], percents: vec![area(3, 2, 3)], ..Marks::default() };
        assert_eq!(marks(content), [expected, Marks::default()]);
    }
}
