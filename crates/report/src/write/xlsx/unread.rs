//! The sheet of rows that hold numbers and match no indicator, each with a suggested indicator.
//!
//! Input: the rows of workbooks and the suggestions. Output: one row per unread row. A later run reads the sheet to
//! distinguish new rows from those that were unknown before. Not here: figures.

use super::Book;
use super::page::{Heading, Page};
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use tonghop_core::model::consolidated;
use tonghop_core::model::drift::Proposal;
use tonghop_core::model::row::{RowPlace, SeenRow};

const HEADER_ROW: u32 = 3;
const HEADINGS: [(&str, f64); 8] = [
    ("STT", 6.0),
    ("Đơn vị báo cáo", 22.0),
    (consolidated::FILE, 36.0),
    (consolidated::SHEET, 16.0),
    (consolidated::CELL, 7.0),
    (consolidated::ROW, 40.0),
    (consolidated::UNIT, 13.0),
    ("Có lẽ là chỉ tiêu", 40.0),
];
const NOTE: &str = "Các dòng có số nhưng không khớp với chỉ tiêu nào; số liệu không được đọc. \
                    Dòng nào là tên gọi khác của một chỉ tiêu thì thêm vào plugins/aliases.toml.";
/// The maximum number of rows; no user looks through more, and the sheet should stay small.
const MOST_ROWS: usize = 50_000;

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, book: &Book<'_>, proposals: &[Proposal]) -> Result<(), XlsxError> {
    page.line(0, 0, "DÒNG CHƯA ĐỌC ĐƯỢC", &page.style.title)?;
    page.line(1, 0, &book.period(), &page.style.plain)?;
    page.line(2, 0, NOTE, &page.style.note)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| Heading { title: title.to_owned(), width }), 0)?;
    let proposed: BTreeMap<String, &Proposal> = proposals.iter().map(|p| (p.row.to_string(), p)).collect();
    let mut last = HEADER_ROW;
    for (number, seen) in (1..).zip(book.rows.unread().take(MOST_ROWS)) {
        last = HEADER_ROW + number;
        page.count(last, 0, number as usize)?;
        let texts = texts(book, seen, proposed.get(&seen.place.to_string()).copied());
        page.texts(last, 1, &texts.each_ref().map(String::as_str), &page.style.text)?;
    }
    page.filter(HEADER_ROW, last, HEADINGS.len())
}

fn texts(book: &Book<'_>, seen: &SeenRow, proposal: Option<&Proposal>) -> [String; 7] {
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
