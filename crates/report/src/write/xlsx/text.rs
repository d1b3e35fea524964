//! Makes texts safe for workbooks, and counts the lines that they take in cells.
//!
//! Input: text from a department, a rule or the settings. Output: the same without what a workbook cannot store; a text
//! that is too long ends with "…". Not here: cells. Every text of a workbook passes through here
//! (`tests/suite/architecture.rs`).

use std::borrow::Cow;

/// Excel's limit for a cell, in UTF-16 units.
pub(crate) const MAX_CELL_UNITS: usize = 32_767;
/// The limit of rust_xlsxwriter for a note, which begins with a prefix.
const MAX_NOTE_UNITS: usize = MAX_CELL_UNITS - 54;
/// Excel's limit for the title of a chart, of an axis and for a document property.
const MAX_TITLE_UNITS: usize = 255;
/// Excel's limit for a number format.
const MAX_FORMAT_UNITS: usize = 255;
/// Excel's limit for row heights is 409 points.
const MAX_LINES: u32 = 25;

/// Returns the text of a cell.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    fitted(text, MAX_CELL_UNITS)
}

/// Returns the text of a note on a cell.
pub(crate) fn note(text: &str) -> Cow<'_, str> {
    fitted(text, MAX_NOTE_UNITS)
}

/// Returns the text of a title or a property; one that begins with "=" would be taken for a reference to cells.
pub(crate) fn title(text: &str) -> Cow<'_, str> {
    fitted(text.trim_start_matches('='), MAX_TITLE_UNITS)
}

/// Returns the code of a number format, or that of a plain number if a workbook cannot store it.
pub(crate) fn number_format(code: &str) -> &str {
    if is_longer(code, MAX_FORMAT_UNITS) || !code.chars().all(is_allowed) { "General" } else { code }
}

/// Returns whether a text has more than this number of UTF-16 units.
pub(crate) fn is_longer(text: &str, units: usize) -> bool {
    // A text has at least as many bytes as UTF-16 units.
    text.len() > units && text.encode_utf16().count() > units
}

/// Removes what a workbook cannot store: control characters, and text beyond a limit in UTF-16 units.
fn fitted(text: &str, units: usize) -> Cow<'_, str> {
    if !is_longer(text, units) && text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(cleaned(text, units))
    }
}

fn is_allowed(c: char) -> bool {
    c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

fn cleaned(text: &str, units: usize) -> String {
    let kept: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\t' || c == '\r' { ' ' } else { c })
        .filter(|c| is_allowed(*c))
        .collect();
    if !is_longer(&kept, units) {
        return kept;
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used < units
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
    fn every_place_has_its_limit() {
        for (shorten, limit) in [
            (clean as fn(&str) -> Cow<'_, str>, 32_767),
            (note as fn(&str) -> Cow<'_, str>, 32_713),
            (title as fn(&str) -> Cow<'_, str>, 255),
        ] {
            for text in ["a", "đ", "𝄞"] {
                let units = text.encode_utf16().count();
                let longest = text.repeat(limit / units);
                assert_eq!(shorten(&longest), longest);
                let cut = shorten(&text.repeat(limit / units + 1)).into_owned();
                assert!(cut.ends_with('…') && !is_longer(&cut, limit) && cut.starts_with(text), "{limit}");
            }
        }
        assert_eq!(title("==A1"), "A1");
        assert_eq!(number_format("#,##0"), "#,##0");
        assert_eq!([number_format(&"0".repeat(256)), number_format("0\u{1}")], ["General"; 2]);
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
