//! The sheet of rows that hold numbers and match no indicator, each with a suggested indicator.
//!
//! Input: the rows of workbooks and the suggestions. Output: one row per unread row. A later run reads the sheet to
//! distinguish new rows from those that were unknown before. Not here: figures.

use super::ConsolidatedWorkbook;
use super::page::{ColumnHeading, SheetPage};
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use tonghop_core::model::consolidated;
use tonghop_core::model::row::{RecognisedRow, RowPlace};
use tonghop_core::model::row_changes::AliasSuggestion;

const HEADER_ROW: u32 = 3;
const HEADINGS: [(&str, f64); 8] = [
    ("STT", 6.0),
    ("Đơn vị báo cáo", 22.0),
    (consolidated::FILE_HEADING, 36.0),
    (consolidated::SHEET_HEADING, 16.0),
    (consolidated::CELL_HEADING, 7.0),
    (consolidated::ROW_LABEL_HEADING, 40.0),
    (consolidated::UNIT_HEADING, 13.0),
    ("Có lẽ là chỉ tiêu", 40.0),
];
const NOTE: &str = "Các dòng có số nhưng không khớp với chỉ tiêu nào; số liệu không được đọc. \
                    Dòng nào là tên gọi khác của một chỉ tiêu thì thêm vào plugins/aliases.toml.";
/// The maximum number of rows; no user looks through more, and the sheet should stay small.
const MAX_ROWS: usize = 50_000;

/// Writes the sheet.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    suggestions: &[AliasSuggestion],
) -> Result<(), XlsxError> {
    page.line(0, 0, "DÒNG CHƯA ĐỌC ĐƯỢC", &page.formats.title)?;
    page.line(1, 0, &book.period(), &page.formats.plain)?;
    page.line(2, 0, NOTE, &page.formats.note)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 0)?;
    let proposed: BTreeMap<String, &AliasSuggestion> = suggestions.iter().map(|p| (p.row.to_string(), p)).collect();
    let mut last = HEADER_ROW;
    for (number, row) in (1..).zip(book.rows.unknown().take(MAX_ROWS)) {
        last = HEADER_ROW + number;
        page.count(last, 0, number as usize)?;
        let texts = texts(book, row, proposed.get(&row.place.to_string()).copied());
        page.texts(last, 1, &texts.each_ref().map(String::as_str), &page.formats.text)?;
    }
    page.filter(HEADER_ROW, last, HEADINGS.len())
}

fn texts(book: &ConsolidatedWorkbook<'_>, seen: &RecognisedRow, proposal: Option<&AliasSuggestion>) -> [String; 7] {
    let RowPlace { department, file, sheet, cell, label } = &seen.place;
    let unit = seen.unit.as_ref().map(|unit| unit.label.to_string());
    let proposed = proposal.map(|p| format!("{} ({})", p.indicator.label, p.indicator));
    [
        book.department_name(department).to_owned(),
        file.to_string(),
        sheet.to_string(),
        cell.to_string(),
        label.to_string(),
        unit.unwrap_or_default(),
        proposed.unwrap_or_default(),
    ]
}
