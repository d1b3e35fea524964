//! The first page of the feedback: the state of the submission, what to do in order of importance, and the colours.
//!
//! Input: the feedback to a department. Output: the cells of one sheet. Not here: the order, the texts of the
//! diagnostics.

use super::answer::Answer;
use super::book::Book;
use super::line::{Line, Weight};
use super::look::{LEGEND, Look};
use crate::write::xlsx::page::Page;
use crate::write::xlsx::style;
use rust_xlsxwriter::{Format, XlsxError};
use tonghop_core::model::cell::CellRef;

const WIDTHS: [f64; 6] = [6.0, 16.0, 28.0, 24.0, 46.0, 40.0];
const LAST: u16 = WIDTHS.len() as u16 - 1;
const PROBLEMS: [&str; 6] = ["STT", "Mức độ", "Ở đâu (bấm để mở)", "Tệp của đơn vị", "Vấn đề", "Cần làm gì"];
const SHEETS: [&str; 5] = ["STT", "Số ô đã đọc", "Trang (bấm để mở)", "Tệp của đơn vị", "Nhận xét"];
/// Longer lists do not help; the cells are all coloured anyway.
const MOST_LINES: usize = 500;

/// Returns the title of the feedback.
pub(super) fn title(answer: &Answer<'_>) -> String {
    format!("PHẢN HỒI SỐ LIỆU CỦA {}", answer.submission.name.to_uppercase())
}

/// Returns the sentences on the state of the submission, shared by page and letter.
pub(super) fn standing(answer: &Answer<'_>) -> Vec<String> {
    let submission = answer.submission;
    let files: Vec<&str> = submission.files.iter().map(Answer::name_of).collect();
    let received = match files.as_slice() {
        [] => "Văn phòng chưa nhận được tệp nào của đơn vị.".to_owned(),
        _ => format!(
            "Đã nhận {} tệp: {}. Đọc được {} ô số liệu và lời văn.",
            files.len(),
            files.join("; "),
            answer.read()
        ),
    };
    let indicators = match (submission.expected, submission.missing.len()) {
        (0, _) => String::new(),
        (expected, 0) => format!("Chỉ tiêu: đã có đủ {expected}/{expected}."),
        (expected, missing) => {
            format!("Chỉ tiêu: đã có {}/{expected}, còn chờ {missing}.", submission.given())
        }
    };
    [received, indicators, answer.in_time()].into_iter().filter(|sentence| !sentence.is_empty()).collect()
}

/// Returns what the department is asked to do, in one sentence.
pub(super) fn verdict(answer: &Answer<'_>) -> String {
    match answer.to_mend() {
        0 => "Không có điểm nào phải sửa. Xin cảm ơn đơn vị.".to_owned(),
        count => format!("Đề nghị đơn vị xem và xử lý {count} điểm dưới đây, điểm quan trọng đứng trước."),
    }
}

/// Returns how to send corrections, if there is something to correct.
pub(super) fn how(answer: &Answer<'_>) -> Option<&'static str> {
    match (answer.submission.files.is_empty(), answer.to_mend()) {
        (true, _) | (_, 0) => None,
        _ => Some("Cách làm: sửa trong tệp của đơn vị (không sửa trong tệp phản hồi này), lưu lại rồi gửi văn phòng."),
    }
}

/// Returns where the department finds its blank form; `None` if no sector asks it for data.
pub(super) fn form(answer: &Answer<'_>) -> Option<String> {
    let id = &answer.submission.department;
    (answer.is_asked && (!answer.awaited.is_empty() || answer.submission.files.is_empty())).then(|| {
        format!("Biểu mẫu để điền là tệp {id}.xlsx do văn phòng gửi (văn phòng tạo bằng lệnh \"tonghop forms\").")
    })
}

/// Writes the sheet.
pub(super) fn write(page: &mut Page<'_>, book: &Book<'_>) -> Result<(), XlsxError> {
    page.plain(&WIDTHS)?;
    let row = head(page, book.answer)?;
    let row = problems(page, book, row)?;
    if book.answer.sheets.is_empty() {
        return Ok(());
    }
    let row = legend(page, row)?;
    sheets(page, book, row)
}

/// Writes the title block; returns the next free row.
fn head(page: &mut Page<'_>, answer: &Answer<'_>) -> Result<u32, XlsxError> {
    let config = answer.config;
    page.line(0, 0, &config.organisation.issuer, &page.style.bold)?;
    page.line(2, 0, &title(answer), &page.style.title)?;
    page.line(3, 0, &format!("Kỳ báo cáo: {}", config.setting("period.name").unwrap_or_default()), &page.style.plain)?;
    let mut row = 4;
    let wrapped = page.style.plain.clone().set_text_wrap();
    let strong = page.style.bold.clone().set_text_wrap();
    let mut sentence = |page: &mut Page<'_>, words: &str, format: &Format| {
        page.wide(row, (0, LAST), words, format)?;
        row += 1;
        Ok::<_, XlsxError>(())
    };
    for words in standing(answer) {
        sentence(page, &words, &wrapped)?;
    }
    sentence(page, &verdict(answer), &strong)?;
    for words in how(answer).map(str::to_owned).into_iter().chain(form(answer)) {
        sentence(page, &words, &wrapped)?;
    }
    Ok(row + 1)
}

/// Writes the lines of the feedback; returns the next free row.
fn problems(page: &mut Page<'_>, book: &Book<'_>, first: u32) -> Result<u32, XlsxError> {
    let lines = &book.answer.lines;
    if lines.is_empty() {
        return Ok(first);
    }
    page.texts(first, 0, &PROBLEMS, &page.style.header)?;
    let mut row = first + 1;
    for (number, line) in (1..).zip(lines.iter().take(MOST_LINES)) {
        page.count(row, 0, number)?;
        page.text(row, 1, line.weight.word(), &colour(line))?;
        page.linked_text(row, 2, &line.spot.to_string(), book.target(&line.spot).as_ref())?;
        let file = line.spot.file().map(Answer::name_of).unwrap_or_default();
        page.texts(row, 3, &[file, &format!("{}{}", line.message, line.more()), &line.todo], &page.style.text)?;
        row += 1;
    }
    if let Some(rest) = lines.len().checked_sub(MOST_LINES).filter(|rest| *rest > 0) {
        page.line(row, 1, &format!("… và {rest} điểm khác, xem màu của các ô."), &page.style.note)?;
        row += 1;
    }
    Ok(row + 1)
}

/// Returns the format of the cell with a line's priority.
fn colour(line: &Line<'_>) -> Format {
    let look = match line.weight {
        Weight::Lost | Weight::Rejected => Look::Rejected,
        Weight::Missing => Look::Awaited,
        Weight::Late | Weight::Contradiction | Weight::Doubtful => Look::Doubtful,
        Weight::Note => Look::Label,
    };
    look.text(true)
}

/// Writes the meaning of the colours; returns the next free row.
fn legend(page: &mut Page<'_>, first: u32) -> Result<u32, XlsxError> {
    page.line(first, 0, "Màu của các ô trong những trang sau", &page.style.bold)?;
    let mut row = first + 1;
    for (look, name, meaning) in LEGEND {
        page.wide(row, (0, 1), name, &look.text(true))?;
        page.wide(row, (2, LAST), meaning, &style::cell().set_text_wrap())?;
        row += 1;
    }
    Ok(row + 1)
}

/// Lists the received sheets.
fn sheets(page: &mut Page<'_>, book: &Book<'_>, first: u32) -> Result<(), XlsxError> {
    page.line(first, 0, "Các trang đã nhận", &page.style.bold)?;
    page.texts(first + 1, 0, &SHEETS, &page.style.header)?;
    for ((number, row), (received, _)) in (1..).zip(first + 2..).zip(book.sheets()) {
        let name = &received.sheet.name;
        let target = book.cell(received.file, name, CellRef::new(0, 0));
        let remark = match (received.reception.used, received.sheet.cells.is_empty()) {
            (_, true) => "Trang trống.",
            (0, _) => "Không có ô nào được đọc.",
            _ => "",
        };
        page.count(row, 0, number)?;
        page.count(row, 1, received.reception.used)?;
        page.linked_text(row, 2, name.as_str(), target.as_ref())?;
        page.texts(row, 3, &[Answer::name_of(received.file), remark], &page.style.text)?;
    }
    Ok(())
}
