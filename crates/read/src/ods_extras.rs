//! Reads from an `.ods` what calamine leaves out: merged areas and percentages.
//!
//! Input: the part `content.xml`. Output: the [`SheetExtras`] of each sheet, in sheet order. Not here: values.

use super::book_builder::{PERCENT_FORMAT, SheetExtras};
use crate::ooxml::raw_tags::{attribute, tag_content};
use memchr::memchr_iter;
use tonghop_core::model::cell::{CellRef, EXCEL_COLUMNS, EXCEL_ROWS, MergedRange};

/// Returns the extras of every sheet.
pub(super) fn read_extras(content: &[u8]) -> Vec<SheetExtras> {
    let mut sheets: Vec<SheetExtras> = Vec::new();
    // The row after the current one, the current row and its repeat count, the next column.
    let (mut next_row, mut row, mut repeated, mut col) = (0_u32, 0_u32, 1_u32, 0_u32);
    for at in memchr_iter(b'<', content) {
        let tag = tag_content(&content[at + 1..]);
        let name_end = tag.iter().position(|b| b.is_ascii_whitespace() || *b == b'/').unwrap_or(tag.len());
        match &tag[..name_end] {
            b"table:table" => {
                sheets.push(SheetExtras::default());
                next_row = 0;
            }
            b"table:table-row" => {
                (row, col, repeated) = (next_row, 0, count_attribute(tag, b"table:number-rows-repeated"));
                next_row = next_row.saturating_add(repeated).min(EXCEL_ROWS);
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                let across = count_attribute(tag, b"table:number-columns-repeated");
                if let Some(extras) = sheets.last_mut() {
                    add_cell_extras(extras, tag, CellRef::new(row, col), (repeated, across));
                }
                col = col.saturating_add(across).min(EXCEL_COLUMNS);
            }
            _ => {}
        }
    }
    sheets
}

/// Adds the merge and the percentage format that the tag of a cell declares.
fn add_cell_extras(extras: &mut SheetExtras, tag: &[u8], first: CellRef, repeated: (u32, u32)) {
    let spans =
        (count_attribute(tag, b"table:number-rows-spanned"), count_attribute(tag, b"table:number-columns-spanned"));
    if spans != (1, 1) {
        extras.merges.push(area(first, spans));
    }
    if attribute(tag, b"office:value-type") == Some(b"percentage") {
        extras.formatted_areas.push((area(first, repeated), PERCENT_FORMAT.into()));
    }
}

fn area(first: CellRef, (rows, columns): (u32, u32)) -> MergedRange {
    let far = |first: u32, count: u32, bound: u32| first.saturating_add(count - 1).min(bound - 1);
    MergedRange { first, last: CellRef::new(far(first.row, rows, EXCEL_ROWS), far(first.col, columns, EXCEL_COLUMNS)) }
}

/// Returns the count in an attribute, or 1 if it is absent, zero or not a number.
fn count_attribute(tag: &[u8], name: &[u8]) -> u32 {
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
        let area = |row, first, last| MergedRange { first: CellRef::new(row, first), last: CellRef::new(row, last) };
        let percent = (area(3, 2, 3), PERCENT_FORMAT.into());
        let expected =
            SheetExtras { merges: vec![area(3, 4, 5)], formatted_areas: vec![percent], ..SheetExtras::default() };
        assert_eq!(read_extras(content), [expected, SheetExtras::default()]);
    }
}
