//! Makes texts safe for cells, and counts the lines that they take there.
//!
//! Input: text from a department or a rule. Output: the same without what a workbook cannot store. Not here: cells.

use std::borrow::Cow;

/// Excel's limit for a cell, in UTF-16 units.
const MAX_UNITS: usize = 32_767;
/// Excel's limit for row heights is 409 points.
const MAX_LINES: u32 = 25;

/// Removes what a workbook cannot store: control characters, and text beyond Excel's limit.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    // A text has at least as many bytes as UTF-16 units.
    if text.len() <= MAX_UNITS && text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(cleaned(text))
    }
}

fn is_allowed(c: char) -> bool {
    c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn cleaned(text: &str) -> String {
    let kept: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\t' || c == '\r' { ' ' } else { c })
        .filter(|c| is_allowed(*c))
        .collect();
    if kept.encode_utf16().count() <= MAX_UNITS {
        return kept;
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used < MAX_UNITS
    };
    kept.chars().take_while(fits).chain(['…']).collect()
}

/// Returns the number of lines that a text takes in a column `width` characters wide.
pub(crate) fn line_count(text: &str, width: usize) -> u32 {
    let lines: usize = text.split('\n').map(|line| wrapped_lines(line, width)).sum();
    u32::try_from(lines).unwrap_or(MAX_LINES).min(MAX_LINES)
}

fn wrapped_lines(line: &str, width: usize) -> usize {
    let (mut lines, mut used) = (1, 0);
    for word in line.split_whitespace().map(|word| word.chars().count()) {
        let blank = usize::from(used > 0);
        if used + blank + word <= width {
            used += blank + word;
        } else {
            lines += word.div_ceil(width) - usize::from(used == 0);
            used = (word - 1) % width + 1;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_made_safe() {
        for (text, safe) in
            [("=1+1", "=1+1"), ("a\u{1}b\u{7f}\tc", "ab c"), ("dòng 1\r\ndòng 2", "dòng 1\ndòng 2"), ("\u{ffff}", "")]
        {
            assert_eq!(clean(text), safe);
        }
        let long = "𝄞".repeat(20_000);
        let long = clean(&long);
        assert_eq!(long.encode_utf16().count(), 32_767);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn what_is_safe_is_left_alone() {
        let longest = "đ".repeat(32_767);
        for text in ["", "Thu ngân sách\nnhà nước", &longest] {
            assert_eq!(clean(text), text);
        }
        assert!(matches!(clean("Thu ngân sách"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_are_counted_by_words() {
        for (text, width, lines) in [
            ("", 10, 1),
            ("một hai ba", 10, 1),
            ("một hai ba bốn", 10, 2),
            ("một\nhai", 10, 2),
            ("a workbooks/tckh/bieu.xlsx b", 10, 4),
            ("workbooks/tckh/bieu.xlsx", 10, 3),
        ] {
            assert_eq!(super::line_count(text, width), lines, "{text}");
        }
    }
}
