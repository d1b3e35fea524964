//! Reads from an `.ods` what calamine leaves out: merged areas, percentages, hidden rows and columns, comments, errors.
//!
//! Input: the part `content.xml`. Output: the [`SheetExtras`] and the erroneous formulas of each sheet, in sheet order.
//! Not here: values, the sizes of rows and columns, number formats that scale (they are in styles).

use super::book_builder::{PERCENT_FORMAT, SheetExtras};
use crate::cell_comments::CellComments;
use crate::ooxml::layout::add_hidden_range;
use crate::ooxml::raw_tags::{attribute, tag_content, text_after};
use memchr::memchr_iter;
use std::collections::BTreeMap;
use tonghop_core::model::cell::{CellRef, EXCEL_COLUMNS, EXCEL_ROWS, MergedRange};

/// The error values that an `.ods` stores as text.
const ERROR_TEXTS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
/// Any other error, which has a number or a translated name.
const OTHER_ERROR: &str = "công thức lỗi";

/// The cells of a sheet whose formulas failed; OpenOffice saves 0 in them.
pub(super) type FailedFormulas = BTreeMap<CellRef, &'static str>;

/// Returns the error value that a text displays, if it does.
pub(super) fn displayed_error(text: &str) -> Option<&'static str> {
    let is_numbered = text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|b| b.is_ascii_digit()));
    let known = ERROR_TEXTS.into_iter().find(|error| *error == text);
    known.or_else(|| is_numbered.then_some(OTHER_ERROR))
}

/// Returns the error that the text of a formula displays; programs in other languages have other names for errors.
fn failure(text: &str) -> Option<&'static str> {
    let is_named = text.starts_with('#') && text.ends_with(['!', '?']);
    displayed_error(text).or_else(|| is_named.then_some(OTHER_ERROR))
}

/// Returns the extras and the failed formulas of every sheet.
pub(super) fn read_extras(content: &[u8]) -> Vec<(SheetExtras, FailedFormulas)> {
    let mut reader = ExtrasReader::default();
    for at in memchr_iter(b'<', content) {
        let tag = tag_content(&content[at + 1..]);
        reader.visit(tag);
        if !is_text_tag(tag) {
            continue;
        }
        let text = || unescaped(text_after(content, at + 1 + tag.len()));
        let Some(sheet) = reader.sheets.last_mut() else { continue };
        if let Some(cell_ref) = reader.annotated {
            sheet.comments.push(cell_ref, if tag.starts_with(b"/text:p") { "\n" } else { "" });
            sheet.comments.push(cell_ref, &text());
        } else if let Some(cell_ref) = reader.cell_ref.filter(|_| reader.is_formula) {
            sheet.failed.extend(failure(&text()).map(|error| (cell_ref, error)));
        }
    }
    let finish =
        |sheet: OpenSheet| (SheetExtras { comments: sheet.comments.into_sorted(), ..sheet.extras }, sheet.failed);
    reader.sheets.into_iter().map(finish).collect()
}

/// What is read of a sheet so far.
#[derive(Default)]
struct OpenSheet {
    extras: SheetExtras,
    comments: CellComments,
    failed: FailedFormulas,
}

/// The state of the walk through the tags.
#[derive(Default)]
struct ExtrasReader {
    sheets: Vec<OpenSheet>,
    /// The cell whose comment is being read.
    annotated: Option<CellRef>,
    next_row: u32,
    row: u32,
    /// How often the current row is repeated.
    repeated: u32,
    next_col: u32,
    next_defined_col: u32,
    cell_ref: Option<CellRef>,
    /// Whether the current cell has a formula.
    is_formula: bool,
}

impl ExtrasReader {
    fn visit(&mut self, tag: &[u8]) {
        let name_end = tag.iter().skip(1).position(|b| b.is_ascii_whitespace() || *b == b'/').map(|end| end + 1);
        match &tag[..name_end.unwrap_or(tag.len())] {
            b"table:table" => {
                self.sheets.push(OpenSheet::default());
                (self.next_row, self.next_defined_col) = (0, 0);
            }
            b"table:table-column" => {
                let first = self.next_defined_col;
                let across = count_attribute(tag, b"table:number-columns-repeated");
                self.next_defined_col = first.saturating_add(across).min(EXCEL_COLUMNS);
                if let Some(OpenSheet { extras, .. }) = self.sheets.last_mut().filter(|_| is_hidden(tag)) {
                    add_hidden_range(&mut extras.hidden_ranges.cols, first + 1, self.next_defined_col);
                }
            }
            b"table:table-row" => {
                self.repeated = count_attribute(tag, b"table:number-rows-repeated");
                (self.row, self.next_col) = (self.next_row, 0);
                self.next_row = self.row.saturating_add(self.repeated).min(EXCEL_ROWS);
                if let Some(OpenSheet { extras, .. }) = self.sheets.last_mut().filter(|_| is_hidden(tag)) {
                    add_hidden_range(&mut extras.hidden_ranges.rows, self.row + 1, self.next_row);
                }
            }
            b"table:table-cell" | b"table:covered-table-cell" => {
                let cell_ref = CellRef::new(self.row, self.next_col);
                let across = count_attribute(tag, b"table:number-columns-repeated");
                if let Some(OpenSheet { extras, .. }) = self.sheets.last_mut() {
                    add_cell_extras(extras, tag, cell_ref, (self.repeated, across));
                }
                self.cell_ref = Some(cell_ref);
                self.is_formula = attribute(tag, b"table:formula").is_some();
                self.next_col = self.next_col.saturating_add(across).min(EXCEL_COLUMNS);
            }
            b"office:annotation" => self.annotated = self.cell_ref,
            b"/office:annotation" => self.annotated = None,
            _ => {}
        }
    }
}

/// Returns whether a row or column is hidden, by itself or by a filter.
fn is_hidden(tag: &[u8]) -> bool {
    matches!(attribute(tag, b"table:visibility"), Some(b"collapse" | b"filter"))
}

/// Returns whether the text after a tag is one of a paragraph: the tags of its author and of its time have other names.
fn is_text_tag(tag: &[u8]) -> bool {
    tag.strip_prefix(b"/").unwrap_or(tag).starts_with(b"text:")
}

/// Returns a text with the characters that are always written as references.
fn unescaped(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&")
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
    use tonghop_core::model::cell::HiddenRanges;

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
        let read: Vec<SheetExtras> = read_extras(content).into_iter().map(|(extras, _)| extras).collect();
        assert_eq!(read, [expected, SheetExtras::default()]);
    }

    #[test]
    fn hidden_rows_and_columns_are_found() {
        let content = br#"<table:table><table:table-column/><table:table-column table:visibility="collapse"
            table:number-columns-repeated="2"/><table:table-column table:visibility="visible"/><table:table-row/>
            <table:table-row table:visibility="filter" table:number-rows-repeated="2"/><table:table-row/><table:table-row
            table:visibility="collapse"/></table:table><table:table/>"#;
        let hidden: Vec<_> = read_extras(content).into_iter().map(|(extras, _)| extras.hidden_ranges).collect();
        let first = HiddenRanges { rows: vec![1..=2, 4..=4], cols: vec![1..=2] };
        assert_eq!(hidden, [first, HiddenRanges::default()]);
    }

    #[test]
    fn comments_are_read_with_their_cells() {
        let content = "<table:table><table:table-row><table:table-cell/><table:table-cell><office:annotation a=\"1\">\
            <dc:creator>77</dc:creator><dc:date>2024-09-20</dc:date><text:p>Số đúng <text:span>là 5</text:span> &lt;tấn\
            </text:p><text:p>xem lại</text:p></office:annotation><text:p>7</text:p></table:table-cell>\
            <table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table>";
        let comments: Vec<_> = read_extras(content.as_bytes()).into_iter().map(|(extras, _)| extras.comments).collect();
        assert_eq!(comments, [[(CellRef::new(0, 1), "Số đúng là 5 <tấn\nxem lại".into())]]);
    }

    #[test]
    fn formulas_that_display_an_error_have_failed() {
        let content = "<table:table><table:table-row><table:table-cell table:formula=\"of:=1/0\" office:value=\"0\">\
            <text:p>#DIV/0!</text:p></table:table-cell><table:table-cell table:formula=\"of:=1\" office:value=\"1\">\
            <office:annotation><text:p>#N/A</text:p></office:annotation><text:p>1</text:p></table:table-cell>\
            <table:table-cell table:formula=\"of:=A\" office:value=\"0\"><text:p>Err:508</text:p></table:table-cell>\
            <table:table-cell office:value=\"0\"><text:p>#REF!</text:p></table:table-cell></table:table-row></table:table>";
        let failed: Vec<FailedFormulas> =
            read_extras(content.as_bytes()).into_iter().map(|(_, failed)| failed).collect();
        let expected = [(CellRef::new(0, 0), "#DIV/0!"), (CellRef::new(0, 2), OTHER_ERROR)];
        assert_eq!(failed, [FailedFormulas::from(expected)]);
        assert_eq!([failure("#TÊN?"), failure("#1")], [Some(OTHER_ERROR), None]);
        for (text, is_error) in [("#N/A", true), ("Err: không rõ", false), ("#1", false)] {
            assert_eq!(displayed_error(text).is_some(), is_error, "{text}");
        }
    }
}
