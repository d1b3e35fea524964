//! The first page of the feedback: the state of the submission, what to do in order of importance, and the colours.
//!
//! Input: the feedback to a department. Output: the cells of one sheet. Not here: the order, the texts of the
//! diagnostics.

use super::book::FeedbackWorkbook;
use super::department_feedback::DepartmentFeedback;
use super::line::{FeedbackLine, Priority};
use super::look::{CellHighlight, LEGEND};
use crate::write::xlsx::formats;
use crate::write::xlsx::page::SheetPage;
use rust_xlsxwriter::{Format, XlsxError};
use tonghop_core::model::cell::CellRef;

const WIDTHS: [f64; 6] = [6.0, 16.0, 28.0, 24.0, 46.0, 40.0];
const LAST_COLUMN: u16 = WIDTHS.len() as u16 - 1;
const LINE_HEADINGS: [&str; 6] = ["STT", "Mức độ", "Ở đâu (bấm để mở)", "Tệp của đơn vị", "Vấn đề", "Cần làm gì"];
const SHEET_HEADINGS: [&str; 5] = ["STT", "Số ô đã đọc", "Trang (bấm để mở)", "Tệp của đơn vị", "Nhận xét"];
/// Said while the office repairs the rules that read sheets of the department.
const WAIT_FOR_OFFICE: &str =
    "Có trang chưa đọc được vì văn phòng đang sửa quy tắc; đơn vị chưa phải làm gì với các trang này.";
/// Longer lists do not help; the cells are all coloured anyway.
const MAX_LINES: usize = 500;

/// Returns the title of the feedback.
pub(super) fn title(feedback: &DepartmentFeedback<'_>) -> String {
    format!("PHẢN HỒI SỐ LIỆU CỦA {}", feedback.submission.name.to_uppercase())
}

/// Returns the sentences on the state of the submission, shared by page and letter.
pub(super) fn submission_summary(feedback: &DepartmentFeedback<'_>) -> Vec<String> {
    let submission = feedback.submission;
    let files: Vec<&str> = submission.files.iter().map(DepartmentFeedback::file_name).collect();
    let received = match files.as_slice() {
        [] => "Văn phòng chưa nhận được tệp nào của đơn vị.".to_owned(),
        _ => format!(
            "Đã nhận {} tệp: {}. Đọc được {} ô số liệu và lời văn.",
            files.len(),
            files.join("; "),
            feedback.cells_read()
        ),
    };
    let indicators = match (submission.requested_count, submission.missing.len()) {
        (0, _) => String::new(),
        (expected, 0) => format!("Chỉ tiêu: đã có đủ {expected}/{expected}."),
        (expected, missing) => {
            format!("Chỉ tiêu: đã có {}/{expected}, còn chờ {missing}.", submission.reported_count())
        }
    };
    let waiting = if feedback.waits_for_rules { WAIT_FOR_OFFICE.to_owned() } else { String::new() };
    [received, indicators, waiting, feedback.timeliness_text()]
        .into_iter()
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// Returns what the department is asked to do, in one sentence.
pub(super) fn request_sentence(feedback: &DepartmentFeedback<'_>) -> String {
    match feedback.correction_count() {
        0 => "Không có điểm nào phải sửa. Xin cảm ơn đơn vị.".to_owned(),
        count => format!("Đề nghị đơn vị xem và xử lý {count} điểm dưới đây, điểm quan trọng đứng trước."),
    }
}

/// Returns how to send corrections, if there is something to correct.
pub(super) fn return_instructions(feedback: &DepartmentFeedback<'_>) -> Option<&'static str> {
    match (feedback.submission.files.is_empty(), feedback.correction_count()) {
        (true, _) | (_, 0) => None,
        _ => Some("Cách làm: sửa trong tệp của đơn vị (không sửa trong tệp phản hồi này), lưu lại rồi gửi văn phòng."),
    }
}

/// Returns where the department finds its blank form; `None` if no sector asks it for data.
pub(super) fn blank_form_hint(feedback: &DepartmentFeedback<'_>) -> Option<String> {
    let id = &feedback.submission.department;
    (feedback.has_requesting_sector && (!feedback.outstanding.is_empty() || feedback.submission.files.is_empty()))
        .then(|| format!("Biểu mẫu để điền là tệp {id}.xlsx do văn phòng gửi; nếu chưa có, đề nghị báo văn phòng."))
}

/// Writes the sheet.
pub(super) fn write(page: &mut SheetPage<'_>, book: &FeedbackWorkbook<'_>) -> Result<(), XlsxError> {
    page.set_plain_layout(&WIDTHS)?;
    let row = head(page, book.feedback)?;
    let row = problems(page, book, row)?;
    if book.feedback.sheets.is_empty() {
        return Ok(());
    }
    let row = legend(page, row)?;
    sheets(page, book, row)
}

/// Writes the title block; returns the next free row.
fn head(page: &mut SheetPage<'_>, feedback: &DepartmentFeedback<'_>) -> Result<u32, XlsxError> {
    let config = feedback.config;
    page.line(0, 0, &config.organisation.issuer, &page.formats.bold)?;
    page.line(2, 0, &title(feedback), &page.formats.title)?;
    page.line(
        3,
        0,
        &format!("Kỳ báo cáo: {}", config.setting("period.name").unwrap_or_default()),
        &page.formats.plain,
    )?;
    let mut row = 4;
    let wrapped = page.formats.plain.clone().set_text_wrap();
    let strong = page.formats.bold.clone().set_text_wrap();
    let mut sentence = |page: &mut SheetPage<'_>, words: &str, format: &Format| {
        page.merged_text(row, (0, LAST_COLUMN), words, format)?;
        row += 1;
        Ok::<_, XlsxError>(())
    };
    for text in submission_summary(feedback) {
        sentence(page, &text, &wrapped)?;
    }
    sentence(page, &request_sentence(feedback), &strong)?;
    for text in return_instructions(feedback).map(str::to_owned).into_iter().chain(blank_form_hint(feedback)) {
        sentence(page, &text, &wrapped)?;
    }
    Ok(row + 1)
}

/// Writes the lines of the feedback; returns the next free row.
fn problems(page: &mut SheetPage<'_>, book: &FeedbackWorkbook<'_>, first: u32) -> Result<u32, XlsxError> {
    let lines = &book.feedback.lines;
    if lines.is_empty() {
        return Ok(first);
    }
    page.texts(first, 0, &LINE_HEADINGS, &page.formats.header)?;
    let mut row = first + 1;
    for (number, line) in (1..).zip(lines.iter().take(MAX_LINES)) {
        page.count(row, 0, number)?;
        page.text(row, 1, line.priority.label(), &colour(line))?;
        page.linked_text(row, 2, &line.target.to_string(), book.address_of(&line.target).as_ref())?;
        let file = line.target.file().map(DepartmentFeedback::file_name).unwrap_or_default();
        page.texts(
            row,
            3,
            &[file, &format!("{}{}", line.message, line.further_cells_sentence()), &line.advice],
            &page.formats.text,
        )?;
        row += 1;
    }
    if let Some(rest) = lines.len().checked_sub(MAX_LINES).filter(|rest| *rest > 0) {
        page.line(row, 1, &format!("… và {rest} điểm khác, xem màu của các ô."), &page.formats.note)?;
        row += 1;
    }
    Ok(row + 1)
}

/// Returns the format of the cell with a line's priority.
fn colour(line: &FeedbackLine<'_>) -> Format {
    let look = match line.priority {
        Priority::Lost | Priority::Rejected => CellHighlight::Rejected,
        Priority::Missing => CellHighlight::Outstanding,
        Priority::Late | Priority::Contradiction | Priority::Doubtful => CellHighlight::Doubtful,
        Priority::Note => CellHighlight::Label,
    };
    look.text(true)
}

/// Writes the meaning of the colours; returns the next free row.
fn legend(page: &mut SheetPage<'_>, first: u32) -> Result<u32, XlsxError> {
    page.line(first, 0, "Màu của các ô trong những trang sau", &page.formats.bold)?;
    let mut row = first + 1;
    for (look, name, meaning) in LEGEND {
        page.merged_text(row, (0, 1), name, &look.text(true))?;
        page.merged_text(row, (2, LAST_COLUMN), meaning, &formats::cell_format().set_text_wrap())?;
        row += 1;
    }
    Ok(row + 1)
}

/// Lists the received sheets.
fn sheets(page: &mut SheetPage<'_>, book: &FeedbackWorkbook<'_>, first: u32) -> Result<(), XlsxError> {
    page.line(first, 0, "Các trang đã nhận", &page.formats.bold)?;
    page.texts(first + 1, 0, &SHEET_HEADINGS, &page.formats.header)?;
    for ((number, row), (received, _)) in (1..).zip(first + 2..).zip(book.sheets()) {
        let name = &received.sheet.name;
        let target = book.cell_address(received.file, name, CellRef::new(0, 0));
        let remark = match (received.summary.used_cells, received.sheet.cells.is_empty()) {
            (_, true) => "Trang trống.",
            (0, _) if book.feedback.waits_for_rules => "Chờ văn phòng sửa quy tắc.",
            (0, _) => "Không có ô nào được đọc.",
            _ => "",
        };
        page.count(row, 0, number)?;
        page.count(row, 1, received.summary.used_cells)?;
        page.linked_text(row, 2, name.as_str(), target.as_ref())?;
        page.texts(row, 3, &[DepartmentFeedback::file_name(received.file), remark], &page.formats.text)?;
    }
    Ok(())
}
