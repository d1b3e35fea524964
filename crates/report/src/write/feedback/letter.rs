//! The feedback as text for e-mail.
//!
//! Input: the feedback to a department. Output: text. Not here: layout of cells, the order of lines.

use super::answer::Answer;
use super::first_page::{form, how, standing, verdict};
use super::line::{Line, Weight};
use std::fmt::Write;

/// A letter with more lines would not be read; the workbook has all of them.
const MOST_LINES: usize = 60;

/// Writes the letter.
pub(super) fn render(answer: &Answer<'_>) -> String {
    let period = answer.config.setting("period.name").unwrap_or_default();
    let mut text = format!("Kính gửi: {}\n\nPhản hồi về số liệu {period}.\n", answer.submission.name);
    for sentence in standing(answer).iter().chain([&verdict(answer)]) {
        let _ = writeln!(text, "{sentence}");
    }
    let (notes, problems): (Vec<_>, Vec<_>) = answer.lines.iter().partition(|line| line.weight == Weight::Note);
    list(&mut text, answer, &problems);
    awaited(&mut text, answer);
    if !notes.is_empty() {
        text.push_str("\nĐể đơn vị biết:\n");
        list(&mut text, answer, &notes);
    }
    text.push('\n');
    let how = how(answer).map(str::to_owned);
    for sentence in how.into_iter().chain(form(answer)).chain(colours(answer)) {
        let _ = writeln!(text, "{sentence}");
    }
    let _ = write!(text, "\nTrân trọng cảm ơn.\n\n{}\n", answer.config.organisation.issuer);
    text
}

fn list(text: &mut String, answer: &Answer<'_>, lines: &[&Line<'_>]) {
    let several = answer.submission.files.len() > 1;
    for (number, line) in (1..).zip(lines.iter().take(MOST_LINES)) {
        let Line { weight, spot, message, todo, .. } = line;
        let file = spot.file().filter(|_| several).map(|file| format!(" (tệp {})", Answer::name_of(file)));
        let place = format!("{spot}{}", file.unwrap_or_default());
        let _ = write!(
            text,
            "\n{number}. {}. {place}\n   Vấn đề: {message}{}\n   Cần làm: {todo}\n",
            weight.word(),
            line.more()
        );
    }
    if let Some(rest) = lines.len().checked_sub(MOST_LINES).filter(|rest| *rest > 0) {
        let _ = writeln!(text, "\n… và {rest} điểm khác, xem trong tệp gửi kèm.");
    }
}

/// Lists every outstanding indicator, since a line of the list may abbreviate them.
fn awaited(text: &mut String, answer: &Answer<'_>) {
    if answer.awaited.is_empty() {
        return;
    }
    text.push_str("\nSố liệu còn chờ:\n");
    for sector in answer.awaited.chunk_by(|a, b| a.sector.id == b.sector.id) {
        let title = sector.first().map_or("", |one| &one.sector.title);
        let _ = writeln!(text, "- {title}:");
        for one in sector {
            let unit =
                if one.decl.unit.label.is_empty() { String::new() } else { format!(" ({})", one.decl.unit.label) };
            let _ = writeln!(text, "  + {}{unit}", one.decl.label);
        }
    }
}

/// Mentions the coloured sheets, if there are any.
fn colours(answer: &Answer<'_>) -> Option<String> {
    let id = &answer.submission.department;
    let words = format!("Tệp {id}.xlsx gửi kèm tô màu từng ô theo cách đã đọc và có ghi chú ở ô.");
    (!answer.sheets.is_empty()).then_some(words)
}
