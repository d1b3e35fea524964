//! Normalises the spelling of periods in headings.
//!
//! Input: a heading. Output: its words, with periods in one spelling: "Tháng 06/2011 so với tháng 6 năm 2010" and
//! "tháng 6 so với cùng kỳ" are equal in a report of June 2011. Not here: the meaning of a heading.

use tonghop_core::model::period::Period;
use tonghop_core::vi::fold::fold;

/// Spellings of periods with their replacement, in the order in which they are tried. `M` is the last month of the
/// period, `P` the month before and `Q` its year, `Y` the year of the period and `L` the year before.
const SPELLINGS: [(&str, &str); 10] = [
    ("với cùng kỳ năm L", "với cùng kỳ"),
    ("với cùng kỳ năm trước", "với cùng kỳ"),
    ("với cùng tháng năm trước", "với cùng kỳ"),
    ("với tháng M năm L", "với cùng kỳ"),
    ("với tháng M năm trước", "với cùng kỳ"),
    ("với M tháng năm L", "với cùng kỳ"),
    ("với tháng P năm Q", "với tháng trước"),
    ("tháng M năm Y", "tháng M"),
    ("M tháng năm Y", "M tháng"),
    ("M tháng Y", "M tháng"),
];

/// Spellings that only apply in a report of a whole year.
const YEAR_SPELLINGS: [(&str, &str); 3] = [
    ("năm Y so với năm L", "M tháng so với cùng kỳ"),
    ("năm Y so với năm trước", "M tháng so với cùng kỳ"),
    ("năm Y so với cùng kỳ", "M tháng so với cùng kỳ"),
];

/// Returns the folded words of a heading, without signs and with normalised periods.
pub(crate) fn normalised_words(heading: &str, period: &Period) -> String {
    let folded = fold(heading);
    let mut words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(strip_leading_zero).collect();
    insert_year_words(&mut words);
    drop_between(&mut words, "tháng", "đầu", "năm");
    for (spelling, kept) in YEAR_SPELLINGS.iter().filter(|_| period.is_whole_year()) {
        // "Tháng 11 năm 2023 so với năm 2022" is about a month, not the year.
        replace(&mut words, &fill_pattern(spelling, period), &fill_pattern(kept, period), |before| {
            !is_part_of_year(before)
        });
    }
    for (spelling, kept) in &SPELLINGS {
        replace(&mut words, &fill_pattern(spelling, period), &fill_pattern(kept, period), |_| true);
    }
    words.join(" ")
}

/// Returns the folded heading for the lexicon; in a report of a whole year, "cả năm" becomes "năm".
pub(crate) fn lexicon_form(heading: &str, period: &Period) -> String {
    let folded = fold(heading);
    if period.is_whole_year() { folded.replace("cả năm", "năm") } else { folded }
}

/// Strips the leading zero of a month: "01".
fn strip_leading_zero(word: &str) -> String {
    let bare = word.trim_start_matches('0');
    let is_month = word.len() == 2 && !bare.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    if is_month { bare.to_owned() } else { word.to_owned() }
}

/// Writes "tháng 6/2011" as "tháng 6 năm 2011".
fn insert_year_words(words: &mut Vec<String>) {
    let is_number = |word: &String, length: usize| word.len() <= length && word.bytes().all(|b| b.is_ascii_digit());
    let mut at = 2;
    while at < words.len() {
        let after_month = words[at - 2] == "tháng" && is_number(&words[at - 1], 2);
        if after_month && words[at].len() == 4 && is_number(&words[at], 4) {
            words.insert(at, "năm".to_owned());
        }
        at += 1;
    }
}

fn drop_between(words: &mut Vec<String>, before: &str, dropped: &str, after: &str) {
    let found = words.windows(3).position(|three| three[0] == before && three[1] == dropped && three[2] == after);
    if let Some(at) = found {
        words.remove(at + 1);
    }
}

/// Replaces the placeholders of a pattern with the numbers of the period.
fn fill_pattern(spelling: &str, period: &Period) -> Vec<String> {
    let previous = period.end().previous();
    let filled = |word: &str| match word {
        "M" => period.months().to_string(),
        "P" => previous.month.to_string(),
        "Q" => previous.year.to_string(),
        "Y" => period.year().to_string(),
        "L" => period.year_before().year().to_string(),
        _ => word.to_owned(),
    };
    spelling.split(' ').map(filled).collect()
}

/// Returns whether a word before "năm" is a number or belongs to a month or quarter.
fn is_part_of_year(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit()) || matches!(word, "i" | "ii" | "iii" | "iv" | "tháng" | "quý")
}

/// Replaces the pattern wherever the word before it satisfies `fits`.
fn replace(words: &mut Vec<String>, pattern: &[String], kept: &[String], fits: fn(&str) -> bool) {
    let mut at = 0;
    while at + pattern.len() <= words.len() {
        let is_here = words[at..at + pattern.len()] == *pattern && (at == 0 || fits(&words[at - 1]));
        if is_here {
            words.splice(at..at + pattern.len(), kept.iter().cloned());
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_normalised() {
        let june = Period::first_months(2011, 6).unwrap();
        let december = Period::first_months(2023, 12).unwrap();
        let january = Period::first_months(2008, 1).unwrap();
        for (period, heading, expected) in [
            (june, "Tháng 6 năm 2011 so với tháng 6 năm 2010 (%)", "tháng 6 so với cùng kỳ"),
            (june, "Tháng  06/2011 so với cùng kỳ năm trước (%)", "tháng 6 so với cùng kỳ"),
            (june, "6 tháng đầu năm 2011 so với cùng kỳ năm 2010", "6 tháng so với cùng kỳ"),
            (june, "Tháng 6 năm 2011 so với tháng 5 năm 2011", "tháng 6 so với tháng trước"),
            (june, "Thực hiện 5 tháng năm 2011", "thực hiện 5 tháng năm 2011"),
            (june, "KH tỉnh giao năm 2011", "kh tỉnh giao năm 2011"),
            (december, "Năm 2023 so với năm 2022 (%)", "12 tháng so với cùng kỳ"),
            (december, "Tháng 11 năm 2023 so với cùng kỳ năm trước", "tháng 11 năm 2023 so với cùng kỳ"),
            (december, "Quý IV năm 2023 so với cùng kỳ năm trước", "quý iv năm 2023 so với cùng kỳ"),
            (december, "Tháng 12 năm 2023 so với tháng trước", "tháng 12 so với tháng trước"),
            (january, "Tháng 01 năm 2008 so với tháng 12 năm 2007 (%)", "tháng 1 so với tháng trước"),
        ] {
            assert_eq!(normalised_words(heading, &period), expected, "{heading}");
        }
        assert_eq!(lexicon_form("Cộng dồn cả năm 2023", &december), "cộng dồn năm 2023");
        assert_eq!(lexicon_form("Ước cả năm 2011", &june), "ước cả năm 2011");
    }
}
