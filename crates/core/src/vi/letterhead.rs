//! Parses the lines above a table that concern the whole form: its sender and its period.
//!
//! Input: one line. Output: the sender and the periods that it states. Not here: the expected sender and period.

use super::fold::{fold, is_letter_or_digit};

/// Labels of the sender of a form, folded.
const SENDERS: [&str; 10] = [
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
const PERIODS: [&str; 4] = ["kỳ báo cáo", "kỳ số liệu", "thời kỳ báo cáo", "kỳ"];

/// Words of a line that mentions a period to compare with, or a document, folded.
const ASIDES: [&str; 10] = [
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
pub enum Stretch {
    /// The first months of the year: "9 tháng đầu năm", "đến hết tháng 9".
    Months(u8),
    /// One month.
    Month(u8),
    /// A quarter, from 1 to 4.
    Quarter(u8),
    /// The last months of the year: "3 tháng cuối năm".
    Rest,
    /// The whole year.
    Year,
}

/// A period stated in a line, with its year if it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The months of the year.
    pub stretch: Stretch,
    /// The year after the period, or that of a later period in the line; `None` if there is neither.
    pub year: Option<u16>,
}

impl Stretch {
    /// Returns the last month of the period, from 1 to 12.
    pub fn end(self) -> u8 {
        match self {
            Self::Months(month) | Self::Month(month) => month,
            Self::Quarter(quarter) => 3 * quarter,
            Self::Rest | Self::Year => 12,
        }
    }
}

/// Returns the folded name after "Đơn vị báo cáo:"; `None` for other lines, and if no name follows.
pub fn sender(line: &str) -> Option<String> {
    introduced(line, &SENDERS)
}

/// Returns whether a line states the period of the form: "Kỳ báo cáo: …".
pub fn introduces_period(line: &str) -> bool {
    introduced(line, &PERIODS).is_some()
}

/// Returns whether a line mentions a period to compare with, or a document, instead of the form itself.
pub fn is_aside(line: &str) -> bool {
    let folded = fold(line);
    ASIDES.iter().any(|words| folded.contains(words))
}

fn introduced(line: &str, introductions: &[&str]) -> Option<String> {
    // Fast path: most lines have no label, and folding is expensive.
    if !line.contains(':') {
        return None;
    }
    let folded = fold(line);
    let (before, behind) = folded.split_once(':')?;
    let before = before.trim().trim_start_matches(|c: char| !c.is_alphabetic());
    let name = behind.trim().trim_matches(|c: char| !c.is_alphanumeric());
    (introductions.contains(&before) && !name.is_empty()).then(|| name.to_owned())
}

/// Returns the periods stated in a line.
///
/// Dates and spans of several years are ignored. "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2024" has one year for
/// both periods.
pub fn stated(line: &str) -> Vec<Stated> {
    // Fast path: all periods except quarters contain digits, and folding is expensive.
    if !line.contains(|c: char| c.is_ascii_digit() || matches!(c, 'q' | 'Q')) {
        return Vec::new();
    }
    let folded = fold(line);
    let words = words(&folded);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        at = match stretch(&words, at) {
            Some((stretch, next)) => {
                let (year, next) = year_behind(&words, next);
                found.push((stretch, year));
                next
            }
            None => at + 1,
        };
    }
    let mut common = None;
    for (stretch, year) in found.iter_mut().rev().filter(|(stretch, _)| *stretch != Some(Stretch::Year)) {
        common = year.or(common);
        *year = stretch.and(common);
    }
    found.into_iter().filter_map(|(stretch, year)| Some(Stated { stretch: stretch?, year })).collect()
}

/// Parses one period at `at`; returns it with the index of the next word. An expression that states no period is
/// skipped.
fn stretch(words: &[&str], at: usize) -> Option<(Option<Stretch>, usize)> {
    let next = words.get(at + 1).copied().unwrap_or_default();
    let before = at.checked_sub(1).map_or("", |before| words[before]);
    let up_to = matches!(before, "đến" | "hết");
    match words[at] {
        "ngày" if is_number(next) => Some((None, behind_date(words, at + 1))),
        count if matches!(next, "tháng" | "t") && month(count).is_some() => {
            let is_rest = matches!(words.get(at + 2), Some(&("cuối" | "còn" | "tới" | "tiếp")));
            let stretch = if is_rest { Some(Stretch::Rest) } else { month(count).map(Stretch::Months) };
            Some((stretch, at + 2))
        }
        "tháng" => {
            let first = month(next)?;
            let last = words.get(at + 2).and_then(|word| month(word)).filter(|_| first == 1);
            Some(match last {
                Some(last) => (Some(Stretch::Months(last)), at + 3),
                None if up_to => (Some(Stretch::Months(first)), at + 2),
                None => (Some(Stretch::Month(first)).filter(|_| before != "từ"), at + 2),
            })
        }
        "quý" => {
            let quarter = quarter(next)?;
            let stretch = if up_to { Stretch::Months(3 * quarter) } else { Stretch::Quarter(quarter) };
            Some((Some(stretch), at + 2))
        }
        "năm" => {
            year(next)?;
            let is_span = words.get(at + 2).is_some_and(|word| year(word).is_some());
            Some(if is_span || before == "từ" { (None, at + 2) } else { (Some(Stretch::Year), at + 1) })
        }
        _ => None,
    }
}

/// Returns the year directly after a period, and the index of the next word.
fn year_behind(words: &[&str], at: usize) -> (Option<u16>, usize) {
    let skipped = words[at..].iter().take_while(|word| matches!(**word, "đầu" | "cuối" | "của" | "năm")).count();
    let year = words.get(at + skipped).and_then(|word| year(word));
    (year, if year.is_some() { at + skipped + 1 } else { at })
}

/// Returns the index after the date that begins at `at`: "05/01/2024", "14 tháng 9 năm 2024".
fn behind_date(words: &[&str], at: usize) -> usize {
    const LONGEST: usize = 5;
    let parts = words[at..].iter().take(LONGEST);
    at + parts.take_while(|word| is_number(word) || matches!(**word, "tháng" | "năm")).count()
}

/// Splits a folded line into words and numbers; "9t2024" has three parts.
fn words(folded: &str) -> Vec<&str> {
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

fn month(word: &str) -> Option<u8> {
    word.parse().ok().filter(|month| (1..=12).contains(month))
}

fn year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

fn quarter(word: &str) -> Option<u8> {
    let quarters = [("i", "1"), ("ii", "2"), ("iii", "3"), ("iv", "4")];
    (1..).zip(quarters).find(|(_, (roman, digit))| word == *roman || word == *digit).map(|(quarter, _)| quarter)
}

#[cfg(test)]
mod tests {
    use super::Stretch::{Month, Months, Quarter, Rest, Year};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tables_are_folded() {
        for words in SENDERS.iter().chain(&PERIODS).chain(&ASIDES) {
            assert_eq!(fold(words), *words);
        }
    }

    #[test]
    fn periods_are_read() {
        let of = |stretch, year| Stated { stretch, year };
        for (line, expected) in [
            ("Kỳ báo cáo: 9 tháng năm 2024", vec![of(Months(9), Some(2024))]),
            ("BÁO CÁO 9 THÁNG ĐẦU NĂM 2023", vec![of(Months(9), Some(2023))]),
            ("Số liệu 6T/2024", vec![of(Months(6), Some(2024))]),
            ("BC 9T2024", vec![of(Months(9), Some(2024))]),
            ("Tháng 8 năm 2024", vec![of(Month(8), Some(2024))]),
            ("THÁNG 08/2024", vec![of(Month(8), Some(2024))]),
            ("Lũy kế đến hết tháng 9 năm 2024", vec![of(Months(9), Some(2024))]),
            ("Từ tháng 1 đến tháng 9/2024", vec![of(Months(9), Some(2024))]),
            ("Tháng 01-09/2024", vec![of(Months(9), Some(2024))]),
            ("Quý III năm 2024", vec![of(Quarter(3), Some(2024))]),
            ("Kỳ báo cáo: 9 tháng", vec![of(Months(9), None)]),
            ("VỐN ĐẦU TƯ CÔNG NĂM 2024", vec![of(Year, Some(2024))]),
            ("Tháng 9 và 9 tháng đầu năm 2024", vec![of(Month(9), Some(2024)), of(Months(9), Some(2024))]),
            (
                "9 tháng năm 2024, so sánh với 9 tháng năm 2023",
                vec![of(Months(9), Some(2024)), of(Months(9), Some(2023))],
            ),
            ("Từ năm 2020 đến hết tháng 9 năm 2024", vec![of(Months(9), Some(2024))]),
            (
                "KẾT QUẢ 6 THÁNG ĐẦU NĂM, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024",
                vec![of(Months(6), Some(2024)), of(Rest, Some(2024))],
            ),
            ("9 tháng, ước cả năm 2024", vec![of(Months(9), None), of(Year, Some(2024))]),
            ("NHIỆM VỤ 3 THÁNG CUỐI NĂM 2024", vec![of(Rest, Some(2024))]),
            ("Năm học 2023 - 2024", vec![]),
            ("Giai đoạn 2021-2025, năm 2021 - 2025", vec![]),
            ("Lai Châu, ngày 14 tháng 9 năm 2023", vec![]),
            ("Kế hoạch số 548/KH-UBND ngày 29/02/2023", vec![]),
            ("13 tháng, tháng 0, quý V, năm 24", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(stated(line), expected, "{line}");
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
        assert!(introduces_period("Kỳ báo cáo: Tháng 8/2024"));
        assert!(!introduces_period("9 tháng năm 2024") && !introduces_period("Kỳ báo cáo:"));
    }

    proptest! {
        #[test]
        fn any_line_is_taken(line in ".*|(ngày|tháng|năm|quý|đến|từ|9|12|2024|iii|[ /:-]){0,20}") {
            stated(&line);
            sender(&line);
        }
    }
}
