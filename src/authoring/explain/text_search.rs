//! Searches the text of the report for a number, a fraction or a text with digits.
//!
//! Numbers are compared by value in the Vietnamese convention: 4 matches "04 vụ", 3314 matches "3.314 tỷ đồng".

use rust_decimal::Decimal;
use tonghop_core::vi::number::{Convention, parse};

/// Returns whether a text contains a number as a whole: `3.314` is in `3.314 tỷ đồng` but not in `13.314`.
pub(super) fn contains_whole(text: &str, what: &str) -> bool {
    match parse_number(what) {
        Some(number) => number_runs(text).any(|(_, run)| parse_number(run) == Some(number)),
        None => contains_text(text, what),
    }
}

/// Splits a fraction such as `24.120/26.840` into its two numbers as written.
pub(super) fn split_fraction(what: &str) -> Option<(&str, &str)> {
    let (above, below) = what.split_once('/')?;
    let both = (above.trim(), below.trim());
    (parse_number(both.0).is_some() && parse_number(both.1).is_some()).then_some(both)
}

fn parse_number(text: &str) -> Option<Decimal> {
    parse(text, Convention::Vietnamese).map(|reading| reading.value)
}

/// Returns the runs of digits, including separators between digits, each with its start.
fn number_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let ends = move |(at, c): (usize, char)| {
        let next = text[at + c.len_utf8()..].chars().next();
        !(digit(Some(c)) || matches!(c, '.' | ',') && digit(text[..at].chars().next_back()) && digit(next))
    };
    let starts = move |from: usize| text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at);
    let run = move |start: usize| {
        let mut signs = text[start..].char_indices().map(|(at, c)| (start + at, c));
        let end = signs.find(|sign| ends(*sign)).map_or(text.len(), |(at, _)| at);
        (start, &text[start..end])
    };
    std::iter::successors(starts(0).map(run), move |(start, found)| starts(start + found.len()).map(run))
}

/// Returns whether a text contains another one that has digits, without cutting a number at either end.
fn contains_text(text: &str, what: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let joins = |c: char| digit(c) || c == '.' || c == ',';
    what.contains(digit)
        && text.match_indices(what).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + what.len()..]);
            let mut following = after.chars();
            let goes_on = following.next().is_some_and(|c| digit(c) || joins(c) && following.next().is_some_and(digit));
            !before.ends_with(joins) && !goes_on
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_number_is_found_as_a_whole_and_by_its_value() {
        for (words, what, found) in [
            ("3.314 tỷ đồng", "3.314", true),
            ("3.314 tỷ đồng", "3314", true),
            ("3.314 tỷ đồng", "3.314 tỷ đồng", true),
            ("đạt 3.314.", "3.314", true),
            ("13.314", "3.314", false),
            ("3.314,5", "3.314", false),
            ("1.3.314", "3.314", false),
            ("04 vụ, 12 ca", "4", true),
            ("04 vụ, 12 ca", "012", true),
            ("14 vụ", "4", false),
            ("đạt 75,0%", "75", true),
            ("tăng 11%", "11%", true),
            ("tăng 11%", "11", true),
            ("tăng 11%", "1", false),
            ("tăng 11%", "tăng", false),
        ] {
            assert_eq!(contains_whole(words, what), found, "{what} in {words}");
        }
    }

    #[test]
    fn fractions_are_two_numbers() {
        assert_eq!(split_fraction("24.120/26.840"), Some(("24.120", "26.840")));
        assert_eq!(split_fraction("7 / 8"), Some(("7", "8")));
        assert_eq!(split_fraction("21/QĐ-UBND"), None);
        assert_eq!(split_fraction("31/12/2024"), None);
    }
}
