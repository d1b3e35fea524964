//! Turns the given tables of a case into sheets, which are then read like the workbooks of departments.
//!
//! Input: a case. Output: a workbook for each sector. Its rows have the line numbers of the case, so that the source of
//! every figure is its line. Not here: the meaning of a table.

use super::case::{Case, GivenTables};
use tonghop_core::model::cell::{CellRef, HiddenRanges, RawCell, RawValue};
use tonghop_core::model::id::{DepartmentId, FilePath, SheetName};
use tonghop_core::model::raw_workbook::{RawSheet, RawWorkbook, ReceivedWorkbook};
use tonghop_core::vi::heading::HeadingParser;
use tonghop_core::vi::number::{Convention, parse};
use tonghop_core::vi::terms::HeadingKind;

/// The name of the sheet.
const SHEET: &str = "Số liệu cho trước";

/// Builds a workbook of the given tables of each sector, sent by a department with the sector's id.
pub(super) fn given_workbooks(case: &Case, subject: &str, file: &FilePath) -> Vec<ReceivedWorkbook> {
    let book = |given: &GivenTables| {
        let sector = given.sector.as_deref().unwrap_or(subject);
        let sheet = RawSheet {
            name: SheetName::new(SHEET),
            is_hidden: false,
            is_very_hidden: false,
            cells: number_text_tables(&given.rows).iter().flat_map(|(line, cells)| row_cells(*line, cells)).collect(),
            merges: Vec::new(),
            hidden_ranges: HiddenRanges::default(),
            comments: Vec::new(),
        };
        ReceivedWorkbook {
            department: DepartmentId::new(sector),
            file: file.clone(),
            workbook: RawWorkbook { sheets: vec![sheet], ..RawWorkbook::default() },
        }
    };
    case.given.iter().filter(|given| !given.rows.is_empty()).map(book).collect()
}

/// Numbers the rows of text tables as forms do: without a number, a row of two texts looks like a header row.
fn number_text_tables(rows: &[(u32, Vec<String>)]) -> Vec<(u32, Vec<String>)> {
    let mut found = Vec::with_capacity(rows.len());
    let mut last: Option<(u32, bool)> = None;
    let mut order = None;
    for (line, cells) in rows {
        // The line of dashes below the header row is not a row.
        let opens = last.is_none_or(|(above, was_first)| line - above > 1 + u32::from(was_first));
        order = if opens { is_text_table(cells).then_some(0) } else { order.map(|number: u32| number + 1) };
        let mark = order.map(|number| if opens { "STT".to_owned() } else { number.to_string() });
        found.push((*line, mark.into_iter().chain(cells.iter().cloned()).collect()));
        last = Some((*line, opens));
    }
    found
}

/// Returns whether these are the headings of a text table without row numbers.
fn is_text_table(headings: &[String]) -> bool {
    let parser = HeadingParser::default();
    let kinds: Vec<HeadingKind> = headings.iter().map(|heading| parser.parse(&[heading]).kind).collect();
    let has = |wanted: HeadingKind| kinds.contains(&wanted);
    (has(HeadingKind::Narrative) || has(HeadingKind::Difficulty)) && !has(HeadingKind::Order)
}

/// Returns the non-empty cells of a row; numbers are parsed in the Vietnamese convention.
fn row_cells(line: u32, cells: &[String]) -> impl Iterator<Item = (CellRef, RawCell)> {
    let filled = (0..).zip(cells).filter(|(_, text)| !text.is_empty());
    filled.map(move |(col, text)| {
        let number = parse(text, Convention::Vietnamese).map(|reading| RawValue::Number(reading.value));
        let value = number.unwrap_or_else(|| RawValue::Text(text.as_str().into()));
        (CellRef::new(line - 1, col), RawCell { value, formula: None, number_format: None })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_words_are_numbered_and_others_are_not() {
        let row = |line: u32, cells: &[&str]| (line, cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        let rows = [
            row(3, &["Mã số", "Thực hiện"]),
            row(5, &["total", "1"]),
            row(7, &["Nội dung", "Phần lời"]),
            row(9, &["Nội dung khác", "Lời."]),
            row(10, &["Thêm", "Lời."]),
        ];
        let first: Vec<String> = number_text_tables(&rows).into_iter().map(|(_, cells)| cells[0].clone()).collect();
        assert_eq!(first, ["Mã số", "total", "STT", "1", "2"]);
    }

    #[test]
    fn rows_are_lines_and_numbers_are_vietnamese() {
        let (case, _) = Case::parse("## Số liệu cho trước\n\n| Mã số | Thực hiện |\n|---|---|\n| a | 1.234,5 |\n");
        let books = given_workbooks(&case, "s", &FilePath::new("plugins/tests/s/x.md"));
        let cell = &books[0].workbook.sheets[0].cells.get(&CellRef::new(4, 1)).unwrap();
        assert_eq!((cell.to_raw_text().as_str(), cell.text()), ("1234.5", None));
    }
}
