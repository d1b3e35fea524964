//! Drawings of problems, one file each: for people, one line a problem, one JSON object a line.
//!
//! In come diagnostics, out goes text. Never here: which of them are told, and where.

pub mod human;
pub mod json;
pub mod short;

use super::Severity;

/// Returns the Vietnamese word for how serious a problem is.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "lỗi",
        Severity::Warning => "cảnh báo",
        Severity::Note => "ghi chú",
    }
}

/// Makes control characters visible, so that a cell cannot write to the terminal.
fn visible(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}
