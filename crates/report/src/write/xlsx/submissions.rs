//! Writes what the departments have sent, below the summary.
//!
//! Input: the submissions. Output: one row per department. Not here: figures.

use super::ConsolidatedWorkbook;
use super::page::SheetPage;
use rust_xlsxwriter::XlsxError;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::submission::{Day, Submission, Timeliness};

const HEADINGS: [&str; 6] = ["STT", "Đơn vị báo cáo", "Tình trạng", "Hạn nộp", "Ngày nộp", "Chỉ tiêu đã có / phải có"];
/// The file names take the columns after these.
const FILES: u16 = HEADINGS.len() as u16;

/// Writes the table from row `first`, as wide as the summary of `columns` columns above it.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    book: &ConsolidatedWorkbook<'_>,
    first: u32,
    columns: usize,
) -> Result<(), XlsxError> {
    let last = u16::try_from(columns).unwrap_or(u16::MAX).saturating_sub(1).max(FILES + 1);
    page.line(first, 0, "TÌNH HÌNH GỬI SỐ LIỆU CỦA CÁC ĐƠN VỊ", &page.formats.title)?;
    page.texts(first + 1, 0, &HEADINGS, &page.formats.header)?;
    page.merged_text(first + 1, (FILES, last), "Tệp đã nhận", &page.formats.header)?;
    for (number, (row, submission)) in (1..).zip((first + 2..).zip(&book.report.submissions)) {
        department(page, row, last, number, submission)?;
    }
    Ok(())
}

fn department(
    page: &mut SheetPage<'_>,
    row: u32,
    last: u16,
    number: usize,
    submission: &Submission,
) -> Result<(), XlsxError> {
    let (state, format) = match submission.timeliness() {
        Timeliness::Absent => ("Chưa gửi", &page.formats.missing),
        Timeliness::OnTime => ("Đúng hạn", &page.formats.centred),
        Timeliness::Late => ("Nộp muộn", &page.formats.missing),
        Timeliness::Unknown => ("Chưa rõ ngày nộp", &page.formats.centred),
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let complete = format!("{} / {}", submission.reported_count(), submission.requested_count);
    let days = [day(submission.due), day(submission.received.map(|(day, _)| day)), complete];
    let files: Vec<&str> = submission.files.iter().map(FilePath::as_str).collect();
    page.count(row, 0, number)?;
    page.text(row, 1, &submission.name, &page.formats.text)?;
    page.text(row, 2, state, format)?;
    page.texts(row, 3, &days.each_ref().map(String::as_str), &page.formats.centred)?;
    page.merged_text(row, (FILES, last), &files.join("\n"), &page.formats.text)
}
