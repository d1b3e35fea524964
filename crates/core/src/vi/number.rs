//! Numbers that were typed as text, and the signs that stand for no number.
//!
//! In comes the text of a cell, out goes the exact number with the decimals written. Never here: a guess. A text
//! that is not written as the convention demands is no number.

use super::fold::fold;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// How thousands and decimals are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// 1.234,5
    Vietnamese,
    /// 1,234.5
    English,
}

impl Convention {
    /// Returns the signs of thousands and of decimals.
    fn signs(self) -> (char, char) {
        match self {
            Self::Vietnamese => ('.', ','),
            Self::English => (',', '.'),
        }
    }
}

/// A number read from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub value: Decimal,
    /// The decimals written, zeros at the end included.
    pub decimals: u32,
}

/// Why a cell that holds a sign or words instead of a number has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The case does not arise (không phát sinh).
    NotApplicable,
    /// No data (chưa có số liệu).
    Missing,
}

/// The words for the two kinds of blank, folded; dots and dashes of any length are recognised beside them.
const BLANKS: [(&str, Blank); 12] = [
    ("x", Blank::NotApplicable),
    ("không phát sinh", Blank::NotApplicable),
    ("chưa phát sinh", Blank::NotApplicable),
    ("n/a", Blank::Missing),
    ("na", Blank::Missing),
    ("chưa có", Blank::Missing),
    ("chưa có số liệu", Blank::Missing),
    ("không có số liệu", Blank::Missing),
    ("chưa có báo cáo", Blank::Missing),
    ("chưa báo cáo", Blank::Missing),
    ("chưa tổng hợp", Blank::Missing),
    ("chưa thống kê", Blank::Missing),
];

/// Reads a number as `convention` writes it.
///
/// Thousands are grouped by the convention's sign or by blanks, or not at all; counts may be padded ("03").
/// Anything else (wrong groups, percent signs, brackets, a plus, a bare decimal sign, more than 28 digits) is `None`.
pub fn read(text: &str, convention: Convention) -> Option<Reading> {
    let text = text.trim();
    let (negative, unsigned) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    // Most texts are words.
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (thousands, decimal) = convention.signs();
    let (whole, decimals) = match unsigned.split_once(decimal) {
        Some((whole, decimals)) if is_digits(decimals) => (whole, decimals),
        Some(_) => return None,
        None => (unsigned, ""),
    };
    let whole = ungrouped(whole, thousands)?;
    let value = Decimal::from_str_exact(&format!("{whole}.{decimals}0")).ok()?.normalize();
    let value = if negative && !value.is_zero() { -value } else { value };
    Some(Reading { value, decimals: u32::try_from(decimals.len()).ok()? })
}

/// Decides from the texts of a sheet which convention holds there.
///
/// Only a text that is a number under one convention alone says something: "1.234" does not. Where texts
/// contradict each other the majority decides; a tie, or nothing said, is `None`. Item numbers such as "5.1" look
/// like English decimals: only the texts of value columns belong here.
pub fn evidence<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Convention> {
    let (mut vietnamese, mut english) = (0_usize, 0_usize);
    for text in texts {
        match (read(text, Convention::Vietnamese), read(text, Convention::English)) {
            (Some(_), None) => vietnamese += 1,
            (None, Some(_)) => english += 1,
            _ => {}
        }
    }
    match vietnamese.cmp(&english) {
        Ordering::Greater => Some(Convention::Vietnamese),
        Ordering::Less => Some(Convention::English),
        Ordering::Equal => None,
    }
}

/// Recognises the signs and words that say that there is no number.
pub fn blank(text: &str) -> Option<Blank> {
    // None of them has a digit, and folding is dear.
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let folded = fold(text);
    if folded.chars().all(|c| matches!(c, '.' | '…' | ' ')) {
        return Some(Blank::Missing);
    }
    if folded.chars().all(|c| c == '-') {
        return Some(Blank::NotApplicable);
    }
    BLANKS.iter().find(|(words, _)| *words == folded).map(|(_, blank)| *blank)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Takes the signs of thousands out of a whole number, if they stand where they belong.
fn ungrouped(whole: &str, thousands: char) -> Option<String> {
    let is_blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let separator = whole.chars().find(|c| *c == thousands || is_blank(*c));
    let Some(separator) = separator else {
        return is_digits(whole).then(|| whole.to_owned());
    };
    let same = |c: char| c == separator || is_blank(c) && is_blank(separator);
    let mut groups = whole.split(same);
    let first = groups.next()?;
    let leads = is_digits(first) && first.len() <= 3 && !first.starts_with('0');
    let valid = leads && groups.all(|group| group.len() == 3 && is_digits(group));
    valid.then(|| whole.split(same).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Convention::{English, Vietnamese};
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_the_convention_writes_them() {
        for (text, vietnamese, english) in [
            ("119,6", Some(("119.6", 1)), None),
            ("119.6", None, Some(("119.6", 1))),
            ("1.234", Some(("1234", 0)), Some(("1.234", 3))),
            ("1,234", Some(("1.234", 3)), Some(("1234", 0))),
            ("1.234.567", Some(("1234567", 0)), None),
            ("1,234,567", None, Some(("1234567", 0))),
            ("1.234,50", Some(("1234.5", 2)), None),
            ("1,234.50", None, Some(("1234.5", 2))),
            ("1557,8", Some(("1557.8", 1)), None),
            ("42050791938,0", Some(("42050791938", 1)), None),
            ("19424.6\u{a0}", None, Some(("19424.6", 1))),
            (" 2 515.8", None, Some(("2515.8", 1))),
            ("2\u{202f}515\u{a0}000", Some(("2515000", 0)), Some(("2515000", 0))),
            ("-1.0", None, Some(("-1", 1))),
            ("−1,5", Some(("-1.5", 1)), None),
            ("-0", Some(("0", 0)), Some(("0", 0))),
            ("03", Some(("3", 0)), Some(("3", 0))),
            ("00,0", Some(("0", 1)), None),
            ("0.123", None, Some(("0.123", 3))),
        ] {
            let expected =
                |e: Option<(&str, u32)>| e.map(|(value, decimals)| Reading { value: value.parse().unwrap(), decimals });
            assert_eq!(read(text, Vietnamese), expected(vietnamese), "{text}");
            assert_eq!(read(text, English), expected(english), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            " ",
            "-",
            "1.23.4",
            "1 23",
            "12 34,5",
            "1.234 567",
            "1..234",
            ",5",
            "5,",
            ".",
            "--5",
            "5-",
            "- 5",
            "+5",
            "(5)",
            "5%",
            "5 ha",
            "1,2,3",
            "1e5",
            "0x1",
            "１２",
            "٣",
            "12/28",
            "1.234,5.6",
            "NaN",
            "x",
            "123456789012345678901234567890",
            "0,123456789012345678901234567890",
        ] {
            assert_eq!(read(text, Vietnamese), None, "{text}");
            assert_eq!(read(text, English), None, "{text}");
        }
        assert_eq!(read("12.5", Vietnamese), None);
        assert_eq!(read("12.34", Vietnamese), None);
        assert_eq!(read("01.234", Vietnamese), None);
    }

    #[test]
    fn the_sheet_decides_the_convention() {
        for (texts, expected) in [
            (&["1.234", "119,6"][..], Some(Vietnamese)),
            (&["1.234.567"], Some(Vietnamese)),
            (&["1.234", "119.6", "x"], Some(English)),
            (&["1,234,567"], Some(English)),
            (&["1.234", "1,234", "12"], None),
            (&["1,5", "1.5"], None),
            (&["1,5", "2,5", "1.5"], Some(Vietnamese)),
            (&[], None),
        ] {
            assert_eq!(evidence(texts.iter().copied()), expected, "{texts:?}");
        }
    }

    #[test]
    fn blanks_say_why_there_is_no_number() {
        for (text, expected) in [
            ("-", Some(Blank::NotApplicable)),
            (" – ", Some(Blank::NotApplicable)),
            ("---", Some(Blank::NotApplicable)),
            ("X", Some(Blank::NotApplicable)),
            ("Không phát sinh", Some(Blank::NotApplicable)),
            ("", Some(Blank::Missing)),
            ("\u{a0}", Some(Blank::Missing)),
            ("…", Some(Blank::Missing)),
            ("..", Some(Blank::Missing)),
            (". . .", Some(Blank::Missing)),
            ("Chưa có  số liệu", Some(Blank::Missing)),
            ("N/A", Some(Blank::Missing)),
            ("0", None),
            ("không", None),
            ("-5", None),
        ] {
            assert_eq!(blank(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*|[0-9., -]{0,40}") {
            read(&text, Vietnamese);
            read(&text, English);
            blank(&text);
        }
    }
}
