//! The sheet of row changes: the rows that are new, gone, renamed or moved since the last accepted run.
//!
//! Input: the changes. Output: one row per change, with the row's label and place before and now. Not here: finding
//! the changes.

use super::ConsolidatedWorkbook;
use super::page::{ColumnHeading, SheetPage};
use rust_xlsxwriter::XlsxError;
use tonghop_core::model::period::Period;
use tonghop_core::model::row::RowPlace;
use tonghop_core::model::row_changes::{RowChange, RowChangeKind, RowChanges};

const HEADER_ROW: u32 = 2;
const HEADINGS: [(&str, f64); 9] = [
    ("STT", 6.0),
    ("Biến động", 14.0),
    ("Đơn vị báo cáo", 22.0),
    ("Chỉ tiêu", 30.0),
    ("Mã chỉ tiêu", 24.0),
    ("Tên dòng kỳ trước", 30.0),
    ("Vị trí kỳ trước", 34.0),
    ("Tên dòng kỳ này", 30.0),
    ("Vị trí kỳ này", 34.0),
];

/// Writes the sheet.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    row_changes: &RowChanges,
) -> Result<(), XlsxError> {
    let since = row_changes.since.map(Period::folder_name).unwrap_or_default();
    page.line(0, 0, &format!("BIẾN ĐỘNG CỦA CÁC DÒNG SO VỚI KỲ TRƯỚC ({since})"), &page.formats.title)?;
    page.head(HEADER_ROW, &HEADINGS.map(|(title, width)| ColumnHeading { title: title.to_owned(), width }), 0)?;
    for (number, change) in (1..).zip(&row_changes.changes) {
        let row = HEADER_ROW + number;
        page.count(row, 0, number as usize)?;
        let texts = texts(book, change);
        page.texts(row, 1, &texts.each_ref().map(String::as_str), &page.formats.text)?;
    }
    let last = u32::try_from(row_changes.changes.len()).unwrap_or(u32::MAX - HEADER_ROW);
    page.filter(HEADER_ROW, HEADER_ROW + last, HEADINGS.len())
}

fn texts(book: &ConsolidatedWorkbook<'_>, change: &RowChange) -> [String; 8] {
    let label = |row: &Option<RowPlace>| row.as_ref().map(|row| row.label.to_string()).unwrap_or_default();
    let place = |row: &Option<RowPlace>| row.as_ref().map(RowPlace::to_string).unwrap_or_default();
    let department = change.department().map(|id| book.department_name(id).to_owned());
    let indicator = change.indicator.as_ref();
    [
        kind(change.kind).to_owned(),
        department.unwrap_or_default(),
        indicator.map(|named| named.label.clone()).unwrap_or_default(),
        indicator.map(ToString::to_string).unwrap_or_default(),
        label(&change.before),
        place(&change.before),
        label(&change.now),
        place(&change.now),
    ]
}

fn kind(kind: RowChangeKind) -> &'static str {
    match kind {
        RowChangeKind::Gone => "Không còn",
        RowChangeKind::Renamed => "Đổi tên",
        RowChangeKind::New => "Dòng mới",
        RowChangeKind::Moved => "Đổi vị trí",
    }
}
