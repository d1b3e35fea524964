//! The feedback as text for e-mail.
//!
//! Input: the feedback to a department. Output: text. Not here: layout of cells, the order of lines.

use super::department_feedback::DepartmentFeedback;
use super::first_page::{blank_form_hint, request_sentence, return_instructions, submission_summary};
use super::line::FeedbackLine;
use crate::explanations::ANSWER_HEADINGS;
use std::fmt::Write;

/// A letter with more lines would not be read; the workbook has all of them.
const MAX_LINES: usize = 60;
/// How a department answers that its numbers are right.
const HOW_TO_ANSWER: &str = "Nếu số đã đúng, đơn vị không phải sửa mà giải trình: điền lời giải trình, người giải trình và ngày vào cuối dòng tương ứng dưới đây rồi gửi văn phòng (văn phòng lưu vào tệp giai-trinh.csv).";

/// Writes the letter.
pub(super) fn render(feedback: &DepartmentFeedback<'_>) -> String {
    let period = feedback.config.setting("period.name").unwrap_or_default();
    let mut text = format!("Kính gửi: {}\n\nPhản hồi về số liệu {period}.\n", feedback.submission.name);
    for sentence in submission_summary(feedback).iter().chain([&request_sentence(feedback)]) {
        let _ = writeln!(text, "{sentence}");
    }
    let (notes, problems): (Vec<_>, Vec<_>) = feedback.lines.iter().partition(|line| !line.priority.is_request());
    list(&mut text, feedback, &problems);
    write_outstanding(&mut text, feedback);
    write_answer_forms(&mut text, feedback);
    if !notes.is_empty() {
        text.push_str("\nĐể đơn vị biết:\n");
        list(&mut text, feedback, &notes);
    }
    text.push('\n');
    let how = return_instructions(feedback).map(str::to_owned);
    for sentence in how.into_iter().chain(blank_form_hint(feedback)).chain(workbook_hint(feedback)) {
        let _ = writeln!(text, "{sentence}");
    }
    let _ = write!(text, "\nTrân trọng cảm ơn.\n\n{}\n", feedback.config.organisation.issuer);
    text
}

fn list(text: &mut String, feedback: &DepartmentFeedback<'_>, lines: &[&FeedbackLine<'_>]) {
    let several = feedback.submission.files.len() > 1;
    for (number, line) in (1..).zip(lines.iter().take(MAX_LINES)) {
        let FeedbackLine { priority, target: spot, message, advice: todo, .. } = line;
        let file =
            spot.file().filter(|_| several).map(|file| format!(" (tệp {})", DepartmentFeedback::file_name(file)));
        let place = format!("{spot}{}", file.unwrap_or_default());
        let _ = write!(
            text,
            "\n{number}. {}. {place}\n   Vấn đề: {message}{}\n   Cần làm: {todo}\n",
            priority.label(),
            line.further_cells_sentence()
        );
    }
    if let Some(rest) = lines.len().checked_sub(MAX_LINES).filter(|rest| *rest > 0) {
        let _ = writeln!(text, "\n… và {rest} điểm khác, xem trong tệp gửi kèm.");
    }
}

/// Lists every outstanding indicator, since a line of the list may abbreviate them.
fn write_outstanding(text: &mut String, feedback: &DepartmentFeedback<'_>) {
    if feedback.outstanding.is_empty() {
        return;
    }
    text.push_str("\nSố liệu còn chờ:\n");
    for sector in feedback.outstanding.chunk_by(|a, b| a.sector.id == b.sector.id) {
        let title = sector.first().map_or("", |one| &one.sector.title);
        let _ = writeln!(text, "- {title}:");
        for one in sector {
            let unit =
                if one.decl.unit.label.is_empty() { String::new() } else { format!(" ({})", one.decl.unit.label) };
            let _ = writeln!(text, "  + {}{unit}", one.decl.label);
        }
    }
}

/// Tells how to explain a number that is right, with a line to complete for each question.
fn write_answer_forms(text: &mut String, feedback: &DepartmentFeedback<'_>) {
    if feedback.answer_forms.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{HOW_TO_ANSWER}\n{ANSWER_HEADINGS}");
    for line in feedback.answer_forms.iter().take(MAX_LINES) {
        let _ = writeln!(text, "{line}");
    }
    if feedback.answer_forms.len() > MAX_LINES {
        text.push_str("…\n");
    }
}

/// Mentions the coloured sheets, if there are any.
fn workbook_hint(feedback: &DepartmentFeedback<'_>) -> Option<String> {
    let id = &feedback.submission.department;
    let text = format!("Tệp {id}.xlsx gửi kèm tô màu từng ô theo cách đã đọc và có ghi chú ở ô.");
    (!feedback.sheets.is_empty()).then_some(text)
}
