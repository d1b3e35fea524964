//! Finds and removes characters that are not printed but change what is: control characters, and the marks that turn the
//! direction of text.
//!
//! Input: a text from a workbook or a rule. Output: the text without them, if it has any. Not here: invisible characters
//! that change nothing else, such as soft hyphens.
//!
//! Line breaks and tabs are content of cells and stay.

use crate::message::{Message, pluralise};
use crate::msg;
use std::collections::BTreeSet;

/// Returns whether a character is a control character (C0, C1, DEL) or has the Unicode property `Bidi_Control`; false
/// for line breaks and tabs.
pub fn is_control_character(c: char) -> bool {
    let turns_text =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns_text || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
}

/// Returns whether a character changes the order in which the characters after it are displayed, even of digits.
pub fn reorders_digits(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the first control character of a text.
pub fn find_control_character(text: &str) -> Option<char> {
    // Nearly all texts stop here: the bytes that begin no control character need not be decoded.
    let may_begin = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2);
    let first = text.bytes().position(may_begin)?;
    text[first..].chars().find(|c| is_control_character(*c))
}

/// Returns the text without control characters; `None` if it has none. A space replaces those that break lines.
pub fn without_control_characters(text: &str) -> Option<String> {
    find_control_character(text)?;
    let breaks_line = |c: char| matches!(c, '\u{b}' | '\u{c}' | '\u{85}');
    let printed = text.chars().filter_map(|c| match c {
        _ if breaks_line(c) => Some(' '),
        _ if is_control_character(c) => None,
        _ => Some(c),
    });
    Some(printed.collect())
}

/// A text whose lines had control characters.
#[derive(Debug, PartialEq, Eq)]
pub struct CleanedLines {
    /// The text without them.
    pub text: String,
    /// The first line that had one, counted from 1.
    pub line: u32,
    /// The message that says what was removed.
    pub message: Message,
}

impl CleanedLines {
    /// Removes the control characters from the text of a file; `None` if it has none.
    pub fn of(file: &str) -> Option<Self> {
        let text = without_control_characters(file)?;
        let characters: BTreeSet<char> = file.chars().filter(|c| is_control_character(*c)).collect();
        let mut lines = (1..).zip(file.lines()).filter(|(_, line)| find_control_character(line).is_some());
        let line = lines.next().map_or(1, |(line, _)| line);
        let count = 1 + lines.count();
        let message = msg!(
            "đã bỏ khỏi {count} dòng các ký tự không in ra mà đổi được chữ quanh chúng: {codes}",
            "characters that are not printed but can change the text around them were removed from {counted}: {codes}",
            count = count,
            counted = pluralise(count, "line"),
            codes = character_codes(&characters)
        );
        Some(Self { text, line, message })
    }
}

/// Returns the message about a text of a rule with a control character.
pub fn control_character_message(character: char) -> Message {
    msg!(
        "chuỗi có ký tự điều khiển {code}, là ký tự không in ra mà đổi được chữ quanh nó",
        "a string with the control character {code}, which is not printed but can change the text around it",
        code = character_codes([&character])
    )
}

/// Returns the codes of characters for a message: `U+001B, U+202E`, at most three of them.
pub fn character_codes<'c>(characters: impl IntoIterator<Item = &'c char>) -> String {
    const SHOWN: usize = 3;
    let mut codes = characters.into_iter().map(|c| format!("U+{:04X}", u32::from(*c)));
    let mut shown: Vec<String> = codes.by_ref().take(SHOWN).collect();
    shown.extend(codes.next().map(|_| "…".to_owned()));
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_characters_are_removed_and_line_breaks_stay() {
        for text in ["", "Chỉ tiêu", "a\tb\r\nc", "1.234,5 – “x” …", "m² €", "د ٪", "a\u{200b}b", "é\u{301}"]
        {
            assert_eq!(without_control_characters(text), None, "{text:?}");
        }
        for (text, printed) in [
            ("\u{202e}321\u{202c} con", "321 con"),
            ("a\u{2066}b\u{2069}", "ab"),
            ("\u{200f}a\u{61c}", "a"),
            ("a\0b\u{1b}[31m", "ab[31m"),
            ("a\u{b}b\u{85}c", "a b c"),
            ("\u{7f}\u{9b}\u{80}", ""),
            ("đ\u{9f}đ", "đđ"),
        ] {
            assert_eq!(without_control_characters(text).as_deref(), Some(printed), "{text:?}");
        }
    }

    #[test]
    fn the_first_line_is_named() {
        assert_eq!(CleanedLines::of("a\nb\n"), None);
        let CleanedLines { text, line, message } = CleanedLines::of("a\nb\u{202e}c\nd\u{7}\n").unwrap();
        assert_eq!((text.as_str(), line), ("a\nbc\nd\n", 2));
        assert!(message.vietnamese().contains("2 dòng") && message.vietnamese().contains("U+0007, U+202E"));
    }

    proptest! {
        #[test]
        fn what_is_left_has_none(text in "\\PC*|[\\x00-\\x{2070}a-z]*") {
            let has_any = text.chars().any(is_control_character);
            prop_assert_eq!(find_control_character(&text), text.chars().find(|c| is_control_character(*c)));
            match without_control_characters(&text) {
                Some(printed) => prop_assert!(has_any && !printed.chars().any(is_control_character)),
                None => prop_assert!(!has_any),
            }
        }
    }
}
