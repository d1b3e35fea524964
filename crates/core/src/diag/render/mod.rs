//! Renderers of problems, one file each: for people, one line per problem, one JSON object per line.
//!
//! Input: diagnostics. Output: text. Not here: the choice of problems, and where they are written.

pub mod human;
pub mod json;
pub mod short;

use super::{Language, Severity};
use std::ops::RangeInclusive;

/// Returns the word for a severity.
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

/// Characters without a visible glyph, which can hide in names or change the direction of the text after them.
const INVISIBLE: [RangeInclusive<char>; 6] = [
    '\u{ad}'..='\u{ad}',
    '\u{61c}'..='\u{61c}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{feff}'..='\u{feff}',
];

/// Escapes invisible characters, so that a cell cannot control the terminal and a name cannot imitate another.
pub fn escape_invisible(text: &str) -> String {
    let is_hidden = |c: char| c.is_control() || INVISIBLE.iter().any(|range| range.contains(&c));
    text.chars().flat_map(|c| if is_hidden(c) { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}
