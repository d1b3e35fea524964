//! Drawings of problems, one file each: for people, one line a problem, one JSON object a line.
//!
//! In come diagnostics, out goes text. Never here: which of them are told, and where.

pub mod human;
pub mod json;
pub mod short;

use super::{Language, Severity};

/// Returns the word for how serious a problem is.
pub fn severity_word(severity: Severity, language: Language) -> &'static str {
    match (severity, language) {
        (Severity::Error, Language::Vietnamese) => "lỗi",
        (Severity::Warning, Language::Vietnamese) => "cảnh báo",
        (Severity::Note, Language::Vietnamese) => "ghi chú",
        (Severity::Error, Language::English) => "error",
        (Severity::Warning, Language::English) => "warning",
        (Severity::Note, Language::English) => "note",
    }
}

/// Makes control characters visible, so that a cell cannot write to the terminal.
fn visible(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}
