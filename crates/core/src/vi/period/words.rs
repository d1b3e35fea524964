//! The words of periods.
//!
//! Input: a token. Output: the phrases that name periods, and whether one can begin with it. Not here: the grammar,
//! see `parser`.

use super::super::tokens::{Token, TokenKind};
use crate::model::stated_period::{Season, Span, StatedYear, Step};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Numbers of months and months in words, folded; "tư" is April only.
pub(super) const NUMBERS: [(&[&str], u8); 14] = [
    (&["mười", "một"], 11),
    (&["mười", "hai"], 12),
    (&["mười"], 10),
    (&["một"], 1),
    (&["giêng"], 1),
    (&["hai"], 2),
    (&["ba"], 3),
    (&["tư"], 4),
    (&["bốn"], 4),
    (&["sáu"], 6),
    (&["bảy"], 7),
    (&["bẩy"], 7),
    (&["tám"], 8),
    (&["chín"], 9),
];

/// English months, as statistics offices print them beside the Vietnamese ones.
pub(super) const ENGLISH_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Crop seasons after "vụ", folded.
pub(super) const SEASONS: [(&[&str], Season); 6] = [
    (&["đông", "xuân"], Season::WinterSpring),
    (&["đx"], Season::WinterSpring),
    (&["hè", "thu"], Season::SummerAutumn),
    (&["thu", "đông"], Season::AutumnWinter),
    (&["mùa"], Season::Main),
    (&["xuân"], Season::WinterSpring),
];

/// Words before the day up to which a period accumulates.
pub(super) const UP_TO: [&str; 5] = ["đến", "hết", "tới", "to", "as"];

/// Phrases that name a period by its relation to the report, the longest first.
pub(super) const RELATIVE: [(&[&str], Span, StatedYear); 34] = [
    (&["the", "same", "period", "last", "year"], Span::ThisPeriod, StatedYear::SameLastYear(None)),
    (&["cùng", "thời", "điểm", "năm", "trước"], Span::ThisPeriod, StatedYear::SameLastYear(None)),
    (&["cùng", "thời", "điểm", "năm", "ngoái"], Span::ThisPeriod, StatedYear::SameLastYear(None)),
    (&["cùng", "thời", "điểm", "tháng", "trước"], Span::Before(Step::Month), StatedYear::Unstated),
    (&["đến", "thời", "điểm", "báo", "cáo"], Span::YearToDate, StatedYear::Unstated),
    (&["tháng", "cùng", "kỳ", "năm", "trước"], Span::ReportMonth, StatedYear::SameLastYear(None)),
    (&["từ", "đầu", "năm", "đến", "thời", "điểm", "báo", "cáo"], Span::YearToDate, StatedYear::Unstated),
    (&["từ", "đầu", "năm", "đến", "kỳ", "báo", "cáo"], Span::YearToDate, StatedYear::Unstated),
    (&["từ", "đầu", "năm", "đến", "nay"], Span::YearToDate, StatedYear::Unstated),
    (&["từ", "đầu", "năm"], Span::YearToDate, StatedYear::Unstated),
    (&["từ", "đầu", "nhiệm", "kỳ"], Span::SinceStart, StatedYear::Unstated),
    (&["từ", "khởi", "công"], Span::SinceStart, StatedYear::Unstated),
    (&["cùng", "kỳ", "năm", "trước"], Span::ThisPeriod, StatedYear::SameLastYear(None)),
    (&["cùng", "kỳ", "năm", "ngoái"], Span::ThisPeriod, StatedYear::SameLastYear(None)),
    (&["cùng", "tháng", "năm", "trước"], Span::ReportMonth, StatedYear::SameLastYear(None)),
    (&["tháng", "cùng", "kỳ"], Span::ReportMonth, StatedYear::SameLastYear(None)),
    (&["kỳ", "báo", "cáo"], Span::ThisPeriod, StatedYear::Unstated),
    (&["trong", "kỳ"], Span::ThisPeriod, StatedYear::Unstated),
    (&["kỳ", "này"], Span::ThisPeriod, StatedYear::Unstated),
    (&["quý", "này"], Span::ReportQuarter, StatedYear::Unstated),
    (&["trong", "quý"], Span::ReportQuarter, StatedYear::Unstated),
    (&["trong", "tháng"], Span::ReportMonth, StatedYear::Unstated),
    (&["tháng", "này"], Span::ReportMonth, StatedYear::Unstated),
    (&["tháng", "báo", "cáo"], Span::ReportMonth, StatedYear::Unstated),
    (&["kỳ", "trước"], Span::Before(Step::Period), StatedYear::Unstated),
    (&["tháng", "trước"], Span::Before(Step::Month), StatedYear::Unstated),
    (&["quý", "trước"], Span::Before(Step::Quarter), StatedYear::Unstated),
    (&["năm", "trước"], Span::Year, StatedYear::Last),
    (&["năm", "ngoái"], Span::Year, StatedYear::Last),
    (&["năm", "sau"], Span::Year, StatedYear::Next),
    (&["năm", "nay"], Span::Year, StatedYear::Unstated),
    (&["năm", "báo", "cáo"], Span::Year, StatedYear::Unstated),
    (&["cả", "năm"], Span::Year, StatedYear::Unstated),
    (&["trong", "năm"], Span::Year, StatedYear::Unstated),
];

/// The words with which a period can begin, besides those of the tables, folded.
const FIRST_WORDS: [&str; 17] =
    ["từ", "from", "ngày", "of", "cùng", "ck", "tháng", "t", "quý", "q", "học", "hk", "vụ", "năm", "giai", "gđ", "cả"];

/// The words with which a period can begin, folded.
static STARTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let phrases = RELATIVE.iter().map(|(words, ..)| *words);
    let phrases = phrases.chain(NUMBERS.iter().map(|(words, _)| *words)).chain(SEASONS.iter().map(|(words, _)| *words));
    let of_tables = phrases.filter_map(|words| words.first()).chain(&ENGLISH_MONTHS).chain(&UP_TO);
    of_tables.chain(&FIRST_WORDS).copied().collect()
});

/// Returns whether a period can begin with a token.
pub(super) fn can_begin(token: &Token) -> bool {
    let quarter = token.text.strip_prefix('q').unwrap_or(&token.text);
    token.kind == TokenKind::Number || roman_quarter(quarter).is_some() || STARTS.contains(token.text.as_str())
}

/// Returns the number of a quarter in Roman numerals, folded.
pub(super) fn roman_quarter(word: &str) -> Option<u8> {
    ["i", "ii", "iii", "iv"].iter().position(|roman| *roman == word).map(|at| at as u8 + 1)
}
