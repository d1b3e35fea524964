//! What the departments have sent, below the summary.
//!
//! In come the submissions; out goes one row a department. Never here: figures.

use super::Book;
use super::page::Page;
use crate::model::id::FilePath;
use crate::model::report::Submission;
use rust_xlsxwriter::XlsxError;

const HEADINGS: [&str; 5] = ["STT", "Đơn vị báo cáo", "Tình trạng", "Số tệp đã gửi", "Số chỉ tiêu còn thiếu"];
/// The names of files take the columns behind these.
const FILES: u16 = HEADINGS.len() as u16;

/// Writes the table from row `first`, as wide as the summary of `columns` columns above it.
pub fn write(page: &mut Page<'_>, book: &Book<'_>, first: u32, columns: usize) -> Result<(), XlsxError> {
    let last = u16::try_from(columns).unwrap_or(u16::MAX).saturating_sub(1).max(FILES + 1);
    page.line(first, 0, "TÌNH HÌNH GỬI SỐ LIỆU CỦA CÁC ĐƠN VỊ", &page.style.title)?;
    page.texts(first + 1, 0, &HEADINGS, &page.style.header)?;
    page.wide(first + 1, (FILES, last), "Tệp đã nhận", &page.style.header)?;
    for (number, (row, submission)) in (1..).zip((first + 2..).zip(&book.report.submissions)) {
        department(page, row, last, number, submission)?;
    }
    Ok(())
}

fn department(
    page: &mut Page<'_>,
    row: u32,
    last: u16,
    number: usize,
    submission: &Submission,
) -> Result<(), XlsxError> {
    let (state, format) = if submission.files.is_empty() {
        ("Chưa gửi", &page.style.missing)
    } else {
        ("Đã gửi", &page.style.centred)
    };
    let files: Vec<&str> = submission.files.iter().map(FilePath::as_str).collect();
    page.count(row, 0, number)?;
    page.text(row, 1, &submission.name, &page.style.text)?;
    page.text(row, 2, state, format)?;
    page.count(row, 3, files.len())?;
    page.count(row, 4, submission.missing.len())?;
    page.wide(row, (FILES, last), &files.join("\n"), &page.style.text)
}
