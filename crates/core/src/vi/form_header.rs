//! Parses the lines above a table that concern the whole form: its sender and its period.
//!
//! Input: one line. Output: the sender and the periods that it states. Not here: the expected sender and period.

use super::fold::{fold, is_letter_or_digit};
use super::lexicon::parse_year;

/// Labels of the sender of a form, folded.
const SENDER_LABELS: [&str; 10] = [
    "đơn vị báo cáo",
    "đơn vị gửi báo cáo",
    "đơn vị gửi",
    "đơn vị lập biểu",
    "đơn vị lập báo cáo",
    "tên đơn vị báo cáo",
    "tên đơn vị",
    "cơ quan báo cáo",
    "cơ quan lập biểu",
    "đơn vị",
];

/// Labels of the period of a form, folded.
const PERIOD_LABELS: [&str; 4] = ["kỳ báo cáo", "kỳ số liệu", "thời kỳ báo cáo", "kỳ"];

/// Words of a line that mentions a period to compare with, or a document, folded.
const COMPARISONS_AND_CITATIONS: [&str; 10] = [
    "so với",
    "so sánh",
    "cùng kỳ",
    "năm trước",
    "nghị quyết",
    "quyết định",
    "thông tư",
    "giai đoạn",
    "ban hành",
    "căn cứ",
];

/// A period within a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedPeriod {
    /// The first months of the year: "9 tháng đầu năm", "đến hết tháng 9".
    FirstMonths(u8),
    /// One month.
    Month(u8),
    /// A quarter, from 1 to 4.
    Quarter(u8),
    /// The last months of the year: "3 tháng cuối năm".
    RestOfYear,
    /// The whole year.
    Year,
}

/// A period stated in a line, with its year if it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DatedPeriod {
    /// The months of the year.
    pub period: StatedPeriod,
    /// The year after the period, or that of a later period in the line; `None` if there is neither.
    pub year: Option<u16>,
}

impl StatedPeriod {
    /// Returns the last month of the period, from 1 to 12.
    pub fn last_month(self) -> u8 {
        match self {
            Self::FirstMonths(month) | Self::Month(month) => month,
            Self::Quarter(quarter) => 3 * quarter,
            Self::RestOfYear | Self::Year => 12,
        }
    }
}

/// Returns the folded name after "Đơn vị báo cáo:"; `None` for other lines, and if no name follows.
pub fn sender(line: &str) -> Option<String> {
    value_after_label(line, &SENDER_LABELS)
}

/// Returns whether a line states the period of the form: "Kỳ báo cáo: …".
pub fn states_period(line: &str) -> bool {
    value_after_label(line, &PERIOD_LABELS).is_some()
}

/// Returns whether a line mentions a period to compare with, or a document, instead of the form itself.
pub fn is_comparison_or_citation(line: &str) -> bool {
    let folded = fold(line);
    COMPARISONS_AND_CITATIONS.iter().any(|text| folded.contains(text))
}

fn value_after_label(line: &str, labels: &[&str]) -> Option<String> {
    // Fast path: most lines have no label, and folding is expensive.
    if !line.contains(':') {
        return None;
    }
    let folded = fold(line);
    let (before, after) = folded.split_once(':')?;
    let before = before.trim().trim_start_matches(|c: char| !c.is_alphabetic());
    let name = after.trim().trim_matches(|c: char| !c.is_alphanumeric());
    (labels.contains(&before) && !name.is_empty()).then(|| name.to_owned())
}

/// Returns the periods stated in a line.
///
/// Dates and spans of several years are ignored. "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024" has one year for
/// both periods.
pub fn stated_periods(line: &str) -> Vec<DatedPeriod> {
    // Fast path: all periods except quarters contain digits, and folding is expensive.
    if !line.contains(|c: char| c.is_ascii_digit() || matches!(c, 'q' | 'Q')) {
        return Vec::new();
    }
    let folded = fold(line);
    let words = split_words(&folded);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        at = match parse_period(&words, at) {
            Some((stretch, next)) => {
                let (year, next) = parse_following_year(&words, next);
                found.push((stretch, year));
                next
            }
            None => at + 1,
        };
    }
    let mut common = None;
    for (stretch, year) in found.iter_mut().rev().filter(|(stretch, _)| *stretch != Some(StatedPeriod::Year)) {
        common = year.or(common);
        *year = stretch.and(common);
    }
    found.into_iter().filter_map(|(stretch, year)| Some(DatedPeriod { period: stretch?, year })).collect()
}

/// Parses one period at `at`; returns it with the index of the next word. An expression that states no period is
/// skipped.
fn parse_period(words: &[&str], at: usize) -> Option<(Option<StatedPeriod>, usize)> {
    let next = words.get(at + 1).copied().unwrap_or_default();
    let before = at.checked_sub(1).map_or("", |before| words[before]);
    let up_to = matches!(before, "đến" | "hết");
    match words[at] {
        "ngày" if is_number(next) => Some((None, date_end(words, at + 1))),
        count if matches!(next, "tháng" | "t") && parse_month(count).is_some() => {
            let is_rest = matches!(words.get(at + 2), Some(&("cuối" | "còn" | "tới" | "tiếp")));
            let stretch = if is_rest {
                Some(StatedPeriod::RestOfYear)
            } else {
                parse_month(count).map(StatedPeriod::FirstMonths)
            };
            Some((stretch, at + 2))
        }
        "tháng" => {
            let first = parse_month(next)?;
            let last = words.get(at + 2).and_then(|word| parse_month(word)).filter(|_| first == 1);
            Some(match last {
                Some(last) => (Some(StatedPeriod::FirstMonths(last)), at + 3),
                None if up_to => (Some(StatedPeriod::FirstMonths(first)), at + 2),
                None => (Some(StatedPeriod::Month(first)).filter(|_| before != "từ"), at + 2),
            })
        }
        "quý" => {
            let quarter = parse_quarter(next)?;
            let stretch = if up_to { StatedPeriod::FirstMonths(3 * quarter) } else { StatedPeriod::Quarter(quarter) };
            Some((Some(stretch), at + 2))
        }
        "năm" => {
            parse_year(next)?;
            let is_span = words.get(at + 2).is_some_and(|word| parse_year(word).is_some());
            Some(if is_span || before == "từ" { (None, at + 2) } else { (Some(StatedPeriod::Year), at + 1) })
        }
        _ => None,
    }
}

/// Returns the year directly after a period, and the index of the next word.
fn parse_following_year(words: &[&str], at: usize) -> (Option<u16>, usize) {
    let skipped = words[at..].iter().take_while(|word| matches!(**word, "đầu" | "cuối" | "của" | "năm")).count();
    let year = words.get(at + skipped).and_then(|word| parse_year(word));
    (year, if year.is_some() { at + skipped + 1 } else { at })
}

/// Returns the index after the date that begins at `at`: "05/01/2024", "14 tháng 9 năm 2024".
fn date_end(words: &[&str], at: usize) -> usize {
    const LONGEST: usize = 5;
    let parts = words[at..].iter().take(LONGEST);
    at + parts.take_while(|word| is_number(word) || matches!(**word, "tháng" | "năm")).count()
}

/// Splits a folded line into words and numbers; "9t2024" has three parts.
fn split_words(folded: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for mut run in folded.split(|c: char| !is_letter_or_digit(c)) {
        while let Some(first) = run.chars().next() {
            let other = |c: char| c.is_ascii_digit() != first.is_ascii_digit();
            let (word, rest) = run.split_at(run.find(other).unwrap_or(run.len()));
            words.push(word);
            run = rest;
        }
    }
    words
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn parse_month(word: &str) -> Option<u8> {
    word.parse().ok().filter(|month| (1..=12).contains(month))
}

fn parse_quarter(word: &str) -> Option<u8> {
    let quarters = [("i", "1"), ("ii", "2"), ("iii", "3"), ("iv", "4")];
    (1..).zip(quarters).find(|(_, (roman, digit))| word == *roman || word == *digit).map(|(quarter, _)| quarter)
}

#[cfg(test)]
mod tests {
    use super::StatedPeriod::{FirstMonths, Month, Quarter, RestOfYear, Year};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tables_are_folded() {
        for text in SENDER_LABELS.iter().chain(&PERIOD_LABELS).chain(&COMPARISONS_AND_CITATIONS) {
            assert_eq!(fold(text), *text);
        }
    }

    #[test]
    fn periods_are_read() {
        let of = |stretch, year| DatedPeriod { period: stretch, year };
        for (line, expected) in [
            ("Kỳ báo cáo: 9 tháng năm 2024", vec![of(FirstMonths(9), Some(2024))]),
            ("BÁO CÁO 9 THÁNG ĐẦU NĂM 2023", vec![of(FirstMonths(9), Some(2023))]),
            ("Số liệu 6T/2024", vec![of(FirstMonths(6), Some(2024))]),
            ("BC 9T2024", vec![of(FirstMonths(9), Some(2024))]),
            ("Tháng 8 năm 2024", vec![of(Month(8), Some(2024))]),
            ("THÁNG 08/2024", vec![of(Month(8), Some(2024))]),
            ("Lũy kế đến hết tháng 9 năm 2024", vec![of(FirstMonths(9), Some(2024))]),
            ("Từ tháng 1 đến tháng 9/2024", vec![of(FirstMonths(9), Some(2024))]),
            ("Tháng 01-09/2024", vec![of(FirstMonths(9), Some(2024))]),
            ("Quý III năm 2024", vec![of(Quarter(3), Some(2024))]),
            ("Kỳ báo cáo: 9 tháng", vec![of(FirstMonths(9), None)]),
            ("VỐN ĐẦU TƯ CÔNG NĂM 2024", vec![of(Year, Some(2024))]),
            ("Tháng 9 và 9 tháng đầu năm 2024", vec![of(Month(9), Some(2024)), of(FirstMonths(9), Some(2024))]),
            (
                "9 tháng năm 2024, so sánh với 9 tháng năm 2023",
                vec![of(FirstMonths(9), Some(2024)), of(FirstMonths(9), Some(2023))],
            ),
            ("Từ năm 2020 đến hết tháng 9 năm 2024", vec![of(FirstMonths(9), Some(2024))]),
            (
                "KẾT QUẢ 6 THÁNG ĐẦU NĂM, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024",
                vec![of(FirstMonths(6), Some(2024)), of(RestOfYear, Some(2024))],
            ),
            ("9 tháng, ước cả năm 2024", vec![of(FirstMonths(9), None), of(Year, Some(2024))]),
            ("NHIỆM VỤ 3 THÁNG CUỐI NĂM 2024", vec![of(RestOfYear, Some(2024))]),
            ("Năm học 2023 - 2024", vec![]),
            ("Giai đoạn 2021-2025, năm 2021 - 2025", vec![]),
            ("Lai Châu, ngày 14 tháng 9 năm 2023", vec![]),
            ("Kế hoạch số 548/KH-UBND ngày 29/02/2023", vec![]),
            ("13 tháng, tháng 0, quý V, năm 24", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(stated_periods(line), expected, "{line}");
        }
    }

    #[test]
    fn senders_are_introduced() {
        for (line, expected) in [
            ("Đơn vị báo cáo: Phòng Kinh tế", Some("phòng kinh tế")),
            ("- Đơn vị gửi : PHÒNG KINH TẾ.", Some("phòng kinh tế")),
            ("Đơn vị báo cáo: ..............", None),
            ("Đơn vị nhận báo cáo: Phòng Kinh tế", None),
            ("Kính gửi: Phòng Kinh tế", None),
            ("PHÒNG KINH TẾ", None),
        ] {
            assert_eq!(sender(line).as_deref(), expected, "{line}");
        }
        assert!(states_period("Kỳ báo cáo: Tháng 8/2024"));
        assert!(!states_period("9 tháng năm 2024") && !states_period("Kỳ báo cáo:"));
    }

    proptest! {
        #[test]
        fn any_line_is_taken(line in ".*|(ngày|tháng|năm|quý|đến|từ|9|12|2024|iii|[ /:-]){0,20}") {
            stated_periods(&line);
            sender(&line);
        }
    }
}
