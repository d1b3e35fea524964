//! What a department should do about a problem: the advice of its kind, else the hint of the diagnostic.
//!
//! Input: a diagnostic. Output: a sentence in the imperative. Not here: places.

use tonghop_core::diag::{Audience, Code, Diagnostic, Message, Severity};
use tonghop_core::vi::fold::clean;

/// Advice on a missing indicator.
pub(super) const FILL_CELL: &str = "Điền số liệu vào biểu rồi gửi lại; nếu không phát sinh, ghi dấu \"-\".";

/// Returns whether departments are shown a kind of problem.
pub(super) fn is_shown_to_departments(code: Code) -> bool {
    code.audience() == Audience::Department
}

/// Returns what to do.
pub(super) fn advice_for(diagnostic: &Diagnostic) -> String {
    let own = diagnostic.code.advice().map(str::to_owned);
    let hinted = || diagnostic.hint.as_ref().map(|hint| to_sentence(hint.vietnamese()));
    own.or_else(hinted).unwrap_or_else(|| match diagnostic.severity() {
        Severity::Note => "Không phải sửa nếu đúng.".to_owned(),
        _ => "Đề nghị kiểm tra lại.".to_owned(),
    })
}

/// Turns text that may contain user input into one line with an initial capital and a full stop.
pub(super) fn to_sentence(text: &str) -> String {
    let words = clean(text);
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let stop = if words.is_empty() || words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// Returns the message of a diagnostic as a sentence.
pub(super) fn message_sentence(message: &Message) -> String {
    to_sentence(message.vietnamese())
}
