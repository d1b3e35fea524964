//! Drawings of problems, one file each: for people, one line a problem, one JSON object a line.
//!
//! In come diagnostics, out goes text. Never here: which of them are told, and where.

pub mod human;
pub mod json;
pub mod short;

use super::{Language, Severity};
use std::ops::RangeInclusive;

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

/// Characters without a shape of their own, which hide in names or turn the letters behind them around.
const HIDDEN: [RangeInclusive<char>; 6] = [
    '\u{ad}'..='\u{ad}',
    '\u{61c}'..='\u{61c}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{feff}'..='\u{feff}',
];

/// Makes characters visible that are not, so that a cell cannot write to the terminal and a name cannot pose as
/// another.
pub fn visible(text: &str) -> String {
    let is_hidden = |c: char| c.is_control() || HIDDEN.iter().any(|range| range.contains(&c));
    text.chars().flat_map(|c| if is_hidden(c) { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}
