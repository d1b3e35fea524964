//! Parses numbers typed as text, and signs for missing numbers.
//!
//! Input: the text of a cell. Output: the exact number with its written decimals. A text that does not follow the
//! convention is rejected; nothing is guessed.

use super::fold::fold;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The separators of thousands and decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// `1.234,5`
    Vietnamese,
    /// `1,234.5`
    English,
}

impl Convention {
    /// Returns the separators of thousands and of decimals.
    fn separators(self) -> (char, char) {
        match self {
            Self::Vietnamese => ('.', ','),
            Self::English => (',', '.'),
        }
    }
}

/// A number parsed from text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedNumber {
    /// The exact value, without trailing zeros.
    pub value: Decimal,
    /// The number of written decimals, including trailing zeros.
    pub decimals: u32,
}

/// The reason why a cell has a sign or words instead of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Not applicable (không phát sinh).
    NotApplicable,
    /// No data (chưa có số liệu).
    Missing,
}

/// The words for both kinds of blank, folded. Dots and dashes of any length are recognised separately.
const BLANKS: [(&str, Blank); 17] = [
    ("x", Blank::NotApplicable),
    ("không", Blank::NotApplicable),
    ("không có", Blank::NotApplicable),
    ("kps", Blank::NotApplicable),
    ("k/ps", Blank::NotApplicable),
    ("không phát sinh", Blank::NotApplicable),
    ("không có phát sinh", Blank::NotApplicable),
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

/// Parses a number according to `convention`.
///
/// Thousands are grouped by the convention's separator, by blanks, or not at all; counts may be padded ("03"). Returns
/// `None` for anything else (wrong groups, percent signs, brackets, a plus sign, a bare decimal separator), and for
/// more digits than an exact decimal can hold; 27 digits always fit.
pub fn parse(text: &str, convention: Convention) -> Option<ParsedNumber> {
    let text = text.trim();
    let (negative, unsigned) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    // Fast path: most texts are words.
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (thousands, decimal) = convention.separators();
    let (whole, decimals) = match unsigned.split_once(decimal) {
        Some((whole, decimals)) if is_digits(decimals) => (whole, decimals),
        Some(_) => return None,
        None => (unsigned, ""),
    };
    let whole = remove_separators(whole, thousands)?;
    let value = Decimal::from_str_exact(&format!("{whole}.{decimals}0")).ok()?.normalize();
    let value = if negative && !value.is_zero() { -value } else { value };
    Some(ParsedNumber { value, decimals: u32::try_from(decimals.len()).ok()? })
}

/// Detects the convention of a sheet from its texts.
///
/// Only a text that is a number under exactly one convention counts: "1.234" does not. Majority vote; returns `None`
/// for a tie or without evidence. Pass only the texts of value columns, because item numbers such as "5.1" look like
/// English decimals.
pub fn detect_convention<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Convention> {
    let (mut vietnamese, mut english) = (0_usize, 0_usize);
    for text in texts {
        match (parse(text, Convention::Vietnamese), parse(text, Convention::English)) {
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

/// Parses the signs and words for a missing number.
pub fn parse_blank(text: &str) -> Option<Blank> {
    // Fast path: blanks contain no digits, and folding is expensive.
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

/// Removes the separators of thousands from a whole number; `None` if they are misplaced.
fn remove_separators(whole: &str, thousands: char) -> Option<String> {
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
            assert_eq!(parsed(text, Vietnamese), expected(vietnamese), "{text}");
            assert_eq!(parsed(text, English), expected(english), "{text}");
        }
    }

    /// Parses a text; returns the number as text to reveal "-0" and "1.50".
    fn parsed(text: &str, convention: Convention) -> Option<(String, u32)> {
        parse(text, convention).map(|reading| (reading.value.to_string(), reading.decimals))
    }

    fn expected(reading: Option<(&str, u32)>) -> Option<(String, u32)> {
        reading.map(|(value, decimals)| (value.to_owned(), decimals))
    }

    /// A text with wrong groups of thousands is a number only if the separator is that of decimals.
    #[test]
    fn thousands_are_groups_of_three_after_one_to_three_digits() {
        for (text, vietnamese, english) in [
            ("1.234", Some(("1234", 0)), Some(("1.234", 3))),
            ("12.345", Some(("12345", 0)), Some(("12.345", 3))),
            ("123.456", Some(("123456", 0)), Some(("123.456", 3))),
            ("1557.890", None, Some(("1557.89", 3))),
            ("1557.890.123", None, None),
            ("1.23", None, Some(("1.23", 2))),
            ("1.2345", None, Some(("1.2345", 4))),
            ("1.234.56", None, None),
            ("1.234.5678", None, None),
            ("1.23.456", None, None),
            ("1.2345.678", None, None),
            ("0.123", None, Some(("0.123", 3))),
            ("012.345", None, Some(("12.345", 3))),
            ("1.234,5", Some(("1234.5", 1)), None),
            ("1557.890,5", None, None),
            ("1557890,5", Some(("1557890.5", 1)), None),
            ("1 234", Some(("1234", 0)), Some(("1234", 0))),
            ("1557 890", None, None),
            ("1 2345", None, None),
            ("0 123", None, None),
            ("1 234.567", None, Some(("1234.567", 3))),
            ("1 234,567", Some(("1234.567", 3)), None),
            ("1.234 567,8", None, None),
        ] {
            assert_eq!(parsed(text, Vietnamese), expected(vietnamese), "{text}");
            assert_eq!(parsed(text, English), expected(english), "{text}");
            let mirrored = text.replace('.', ";").replace(',', ".").replace(';', ",");
            assert_eq!(parsed(&mirrored, English), expected(vietnamese), "{mirrored}");
            assert_eq!(parsed(&mirrored, Vietnamese), expected(english), "{mirrored}");
        }
    }

    #[test]
    fn every_blank_that_is_typed_sets_thousands_apart() {
        for blank in [' ', '\u{a0}', '\u{2009}', '\u{202f}'] {
            for (text, value) in [(format!("12{blank}345"), "12345"), (format!("1 234{blank}567"), "1234567")] {
                assert_eq!(parsed(&text, Vietnamese), expected(Some((value, 0))), "{text:?}");
                assert_eq!(parsed(&text, English), expected(Some((value, 0))), "{text:?}");
            }
        }
        for other in ['\u{200b}', '\'', '_', '·', '\t'] {
            assert_eq!(parsed(&format!("12{other}345"), Vietnamese), None, "{other:?}");
        }
    }

    #[test]
    fn a_sign_belongs_to_the_number_but_not_to_zero() {
        for (text, value) in [
            ("-1.234,50", Some(("-1234.5", 2))),
            ("−1 234", Some(("-1234", 0))),
            ("-0", Some(("0", 0))),
            ("−0,00", Some(("0", 2))),
            ("-0,01", Some(("-0.01", 2))),
            ("0,01", Some(("0.01", 2))),
            ("–5", None),
            ("-−5", None),
        ] {
            assert_eq!(parsed(text, Vietnamese), expected(value), "{text}");
        }
    }

    #[test]
    fn twenty_seven_digits_are_kept_whatever_they_are() {
        for digit in ["1", "9"] {
            for places in [0, 1, 14, 26] {
                let (whole, decimals) = (digit.repeat(27 - places), digit.repeat(places));
                let comma = if places == 0 { "" } else { "," };
                let text = format!("{whole}{comma}{decimals}");
                assert_eq!(parsed(&text, Vietnamese), Some((text.replace(',', "."), places as u32)), "{text}");
                assert_eq!(parsed(&format!("{text}99"), Vietnamese), None, "{text}99");
            }
        }
        assert_eq!(parsed(&"9".repeat(28), Vietnamese), None);
    }

    #[test]
    fn other_texts_are_rejected() {
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
            "1_000",
            "1,0_0",
            "1.0_0",
            "1,",
            "1.",
            "1.a34",
            "1,a34",
            "1a.234",
            "1a,234",
            "1_0.234",
            "1_0,234",
            "5 cai",
            "123456789012345678901234567890",
            "0,123456789012345678901234567890",
        ] {
            assert_eq!(parse(text, Vietnamese), None, "{text}");
            assert_eq!(parse(text, English), None, "{text}");
        }
        assert_eq!(parse("12.5", Vietnamese), None);
        assert_eq!(parse("12.34", Vietnamese), None);
        assert_eq!(parse("01.234", Vietnamese), None);
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
            assert_eq!(detect_convention(texts.iter().copied()), expected, "{texts:?}");
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
            ("không", Some(Blank::NotApplicable)),
            ("Không có", Some(Blank::NotApplicable)),
            ("KPS", Some(Blank::NotApplicable)),
            ("không có số liệu", Some(Blank::Missing)),
            ("không rõ", None),
            ("-5", None),
            ("lúa - ngô", None),
            ("- tấn", None),
            ("tấn -", None),
            ("... tấn", None),
            ("-.", None),
            ("xx", None),
            ("chưa", None),
            ("không phát sinh vụ nào", None),
        ] {
            assert_eq!(parse_blank(text), expected, "{text}");
        }
    }

    #[test]
    fn words_for_blanks_are_known_as_offices_type_them() {
        let (absent, unknown) = (Some(Blank::NotApplicable), Some(Blank::Missing));
        for (words, expected) in [
            ("x", absent),
            ("không phát sinh", absent),
            ("chưa phát sinh", absent),
            ("n/a", unknown),
            ("na", unknown),
            ("chưa có", unknown),
            ("chưa có số liệu", unknown),
            ("không có số liệu", unknown),
            ("chưa có báo cáo", unknown),
            ("chưa báo cáo", unknown),
            ("chưa tổng hợp", unknown),
            ("chưa thống kê", unknown),
        ] {
            assert_eq!(parse_blank(words), expected, "{words}");
            assert_eq!(parse_blank(&format!(" {} ", words.to_uppercase())), expected, "{words}");
            assert_eq!(parse_blank(&format!("{words} 5")), None, "{words}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*|[0-9., -]{0,40}") {
            parse(&text, Vietnamese);
            parse(&text, English);
            parse_blank(&text);
        }

        #[test]
        fn what_is_written_in_threes_is_read_back(value in any::<i64>(), decimals in "[0-9]{0,5}") {
            let digits = value.unsigned_abs().to_string();
            let minus = if value < 0 { "-" } else { "" };
            let (start, threes) = digits.split_at(digits.len() % 3);
            let threes = threes.as_bytes().chunks(3).map(|three| std::str::from_utf8(three).unwrap());
            let groups: Vec<&str> = Some(start).filter(|start| !start.is_empty()).into_iter().chain(threes).collect();
            let exact: Decimal = format!("{minus}{digits}.{decimals}0").parse().unwrap();
            for (convention, thousands, comma) in [(Vietnamese, ".", ","), (English, ",", ".")] {
                let tail = if decimals.is_empty() { String::new() } else { format!("{comma}{decimals}") };
                for between in ["", thousands, " "] {
                    let text = format!("{minus}{}{tail}", groups.join(between));
                    let reading = parse(&text, convention);
                    prop_assert_eq!(reading.map(|r| (r.value, r.decimals)), Some((exact, decimals.len() as u32)), "{}", text);
                }
            }
        }

        #[test]
        fn other_groups_are_not_numbers(groups in prop::collection::vec("[1-9][0-9]{0,4}", 2..5)) {
            let in_threes = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
            for (convention, between) in [(Vietnamese, "."), (English, ","), (Vietnamese, " "), (English, "\u{a0}")] {
                let text = groups.join(between);
                prop_assert_eq!(parse(&text, convention).is_some(), in_threes, "{}", text);
            }
        }
    }
}
