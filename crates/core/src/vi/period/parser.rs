//! Parses one period, in every spelling that offices use.
//!
//! Input: tokens. Output: the period that begins at one of them. Not here: which tokens are tried.

use super::super::tokens::Token;
use super::words::{ENGLISH_MONTHS, NUMBERS, RELATIVE, SEASONS, UP_TO, can_begin, roman_quarter};
use crate::model::stated_period::{Span, StatedPeriod, StatedYear};

/// Parses the period that begins at `at`; returns it with the index of the next token.
pub fn parse_period(tokens: &[Token], at: usize) -> Option<(StatedPeriod, usize)> {
    // Fast path: few words of a text begin a period.
    if can_begin(tokens.get(at)?) { parse_any(tokens, at) } else { None }
}

/// Tries each kind of period.
fn parse_any(tokens: &[Token], at: usize) -> Option<(StatedPeriod, usize)> {
    let parser = Parser { tokens };
    parser
        .days(at)
        .or_else(|| parser.since_year(at))
        .or_else(|| parser.up_to(at))
        .or_else(|| parser.relative(at))
        .or_else(|| parser.month_range(at))
        .or_else(|| parser.months(at))
        .or_else(|| parser.month(at))
        .or_else(|| parser.quarter(at))
        .or_else(|| parser.semester(at))
        .or_else(|| parser.season(at))
        .or_else(|| parser.years(at))
        .or_else(|| parser.year(at))
}

/// Parses the kinds of periods; each method returns the period that begins at `at` and the index after it.
struct Parser<'t> {
    tokens: &'t [Token],
}

type Parsed = Option<(StatedPeriod, usize)>;

impl Parser<'_> {
    fn is(&self, at: usize, text: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(text))
    }

    fn is_any(&self, at: usize, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.is(at, text))
    }

    fn begins(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(offset, word)| self.is(at + offset, word))
    }

    fn number(&self, at: usize) -> Option<u8> {
        self.tokens.get(at)?.small_number()
    }

    fn year_number(&self, at: usize) -> Option<u16> {
        self.tokens.get(at)?.year()
    }

    fn month_number(&self, at: usize) -> Option<u8> {
        self.number(at).filter(|month| *month <= 12)
    }

    /// Parses a number of months or a month, in digits or in words.
    fn count(&self, at: usize) -> Option<(u8, usize)> {
        let in_digits = self.month_number(at).map(|number| (number, at + 1));
        let in_words = || {
            let (words, number) = NUMBERS.iter().find(|(words, _)| self.begins(at, words))?;
            Some((*number, at + words.len()))
        };
        in_digits.or_else(in_words)
    }

    /// Returns the year after a part of the year, and the index after it.
    fn following_year(&self, at: usize) -> (StatedYear, usize) {
        let signs = usize::from(self.is_any(at, &["/", "-", ".", ","]));
        let words = self.tokens.get(at + signs..).unwrap_or_default();
        let linked =
            words.iter().take_while(|token| ["của", "trong", "năm", "of"].iter().any(|word| token.is(word))).count();
        let next = at + signs + linked;
        if let Some(year) = self.year_number(next) {
            return (StatedYear::Given(year), next + 1);
        }
        if signs == 0 && linked > 0 && self.is_any(next, &["trước", "ngoái"]) {
            return (StatedYear::Last, next + 1);
        }
        if signs == 0 && self.begins(at, &["cùng", "kỳ"]) {
            return (StatedYear::SameLastYear(None), at + 2);
        }
        // "9 tháng đầu năm" ends with its last word.
        (StatedYear::Unstated, at)
    }

    fn with_year(&self, span: Span, at: usize) -> Parsed {
        let (year, next) = self.following_year(at);
        Some((StatedPeriod { span, year }, next))
    }

    /// Parses a day with its month: "15/9", "15/9/2024", "ngày 15 tháng 9 năm 2024".
    fn day(&self, at: usize) -> Option<(u8, u8, StatedYear, usize)> {
        let at = at + usize::from(self.is_any(at, &["ngày", "of"]));
        if let Some(month) = self.english_month(at) {
            let day = self.number(at + 1).filter(|day| *day <= 31)?;
            let (year, next) = self.following_year(at + 2);
            return Some((day, month, year, next));
        }
        let day = self.number(at).filter(|day| *day <= 31)?;
        if self.is(at + 1, "tháng") {
            let (month, next) = self.count(at + 2)?;
            let (year, next) = self.following_year(next);
            return Some((day, month, year, next));
        }
        let separator = [".", "/", "-"].into_iter().find(|sign| self.is(at + 1, sign))?;
        let month = self.month_number(at + 2)?;
        if let Some(year) = self.year_number(at + 4).filter(|_| self.is(at + 3, separator)) {
            return Some((day, month, StatedYear::Given(year), at + 5));
        }
        (separator == "/").then_some((day, month, StatedYear::Unstated, at + 3))
    }

    fn english_month(&self, at: usize) -> Option<u8> {
        ENGLISH_MONTHS.iter().position(|name| self.is(at, name)).map(|index| index as u8 + 1)
    }

    /// Parses "từ 01/01 đến 18/12/2006", "15/8 - 14/9".
    fn days(&self, at: usize) -> Parsed {
        let start = at + usize::from(self.is_any(at, &["từ", "from"]));
        let (day, month, year, next) = self.day(start)?;
        let until =
            (next..next + 3).find(|at| !self.is_any(*at, &["-", "đến", "hết", "to"])).filter(|at| *at > next)?;
        if let Some((last_day, last_month, last_year, end)) = self.day(until) {
            let days = [day, month, last_day, last_month];
            if let (StatedYear::Given(first), StatedYear::Given(last)) = (year, last_year)
                && first < last
            {
                return Some((StatedPeriod { span: Span::DaysFrom(days, first), year: last_year }, end));
            }
            let year = if last_year == StatedYear::Unstated { year } else { last_year };
            return Some((StatedPeriod { span: Span::Days(days), year }, end));
        }
        // "Từ ngày 01/01/2024 đến hết tháng 9 năm 2024".
        let (last, end) = self.month(until).filter(|_| (day, month) == (1, 1))?;
        match last.span {
            Span::Month(months) => Some((StatedPeriod { span: Span::FirstMonths(months), year: last.year }, end)),
            _ => None,
        }
    }

    /// Parses "từ năm 2020 đến hết tháng 9 năm 2024".
    fn since_year(&self, at: usize) -> Parsed {
        let first = self.year_number(at + 2).filter(|_| self.begins(at, &["từ", "năm"]))?;
        let (last, next) = self.up_to(at + 3)?;
        match (last.span, last.given_year()) {
            (Span::FirstMonths(month), Some(year)) if first < year => {
                Some((StatedPeriod { span: Span::SinceYear(first, month), ..last }, next))
            }
            _ => None,
        }
    }

    /// Parses a period from the beginning of the year: "đến hết tháng 9", "đến 15/9", "đến hết quý III".
    fn up_to(&self, at: usize) -> Parsed {
        let from = at + if self.begins(at, &["từ", "đầu", "năm"]) { 3 } else { 0 };
        let skipped = (from..from + 4).take_while(|at| self.is_any(*at, &UP_TO)).count();
        if from > at && skipped == 0 {
            return None;
        }
        let start = from + skipped;
        if let Some((day, month, year, next)) = self.day(start) {
            let span = if skipped > 0 { Span::UpTo(day, month) } else { Span::Day(day, month) };
            return Some((StatedPeriod { span, year }, next));
        }
        if skipped == 0 {
            return None;
        }
        let (period, next) = self.month(start).or_else(|| self.quarter(start)).or_else(|| self.year(start))?;
        let span = match period.span {
            Span::Month(month) => Span::FirstMonths(month),
            Span::Quarter(quarter) => Span::FirstMonths(3 * quarter),
            other => other,
        };
        Some((StatedPeriod { span, ..period }, next))
    }

    fn relative(&self, at: usize) -> Parsed {
        let listed = RELATIVE.iter().find(|(words, ..)| self.begins(at, words));
        if let Some((words, span, year)) = listed {
            return Some((StatedPeriod { span: *span, year: *year }, at + words.len()));
        }
        let phrases: [&[&str]; 3] = [&["cùng", "kỳ"], &["cùng", "thời", "điểm"], &["ck"]];
        let next = at + phrases.iter().find(|words| self.begins(at, words))?.len();
        match self.following_year(next) {
            (StatedYear::Given(year), after) => {
                let year = StatedYear::SameLastYear(Some(year));
                Some((StatedPeriod { span: Span::ThisPeriod, year }, after))
            }
            // "cùng kỳ 6 tháng": the span follows.
            _ => match self.months(next) {
                Some((period, after)) => {
                    let year = StatedYear::SameLastYear(period.given_year());
                    Some((StatedPeriod { year, ..period }, after))
                }
                None => Some((StatedPeriod { span: Span::ThisPeriod, year: StatedYear::SameLastYear(None) }, next)),
            },
        }
    }

    /// Parses "tháng 1 đến tháng 9", "tháng 01-09", "từ tháng 1 đến hết tháng 9".
    fn month_range(&self, at: usize) -> Parsed {
        let start = at + usize::from(self.is(at, "từ"));
        if !self.is_any(start, &["tháng", "t"]) {
            return None;
        }
        let (first, next) = self.count(start + 1)?;
        let until = next + usize::from(self.is_any(next, &["-", "đến", "tới"]));
        let until = until + usize::from(self.is(until, "hết"));
        let until = until + usize::from(self.is_any(until, &["tháng", "t"]));
        if until == next {
            return None;
        }
        let (last, end) = self.count(until).filter(|(last, _)| *last > first)?;
        (first == 1).then(|| self.with_year(Span::FirstMonths(last), end)).flatten()
    }

    /// Parses a number of months: "9 tháng đầu năm 2024", "9T/2024", "06 tháng cuối năm", "chín tháng".
    fn months(&self, at: usize) -> Parsed {
        let (count, next) = self.count(at)?;
        let is_short = self.is(next, "t");
        if !(is_short || self.is_any(next, &["tháng", "months"])) {
            return None;
        }
        let next = next + 1;
        let is_last = self.is_any(next, &["cuối", "còn", "tới", "tiếp"]);
        let is_first = self.is_any(next, &["đầu", "dầu"]);
        let next = next + usize::from(is_last || is_first);
        let next = next + usize::from(is_last && self.is_any(next, &["lại", "theo"]));
        let after = next + usize::from((is_last || is_first) && self.begins(next, &["của"]));
        let span = if is_last { Span::LastMonths(count) } else { Span::FirstMonths(count) };
        if (is_first || is_last) && self.is(after, "năm") {
            let (year, end) = self.following_year(after);
            return Some((StatedPeriod { span, year }, if end == after { after + 1 } else { end }));
        }
        self.with_year(span, next)
    }

    /// Parses one month: "tháng 9/2024", "T9", "tháng Chín năm 2011", "9/2024".
    fn month(&self, at: usize) -> Parsed {
        if let Some(month) = self.month_number(at).filter(|_| self.is(at + 1, "/")) {
            let year = self.year_number(at + 2).filter(|_| !self.is(at + 3, "/"))?;
            return Some((StatedPeriod { span: Span::Month(month), year: StatedYear::Given(year) }, at + 3));
        }
        if self.is(at, "t") {
            return self.with_year(Span::Month(self.month_number(at + 1)?), at + 2);
        }
        if let Some(month) = self.english_month(at) {
            return self.with_year(Span::Month(month), at + 1);
        }
        if !self.is(at, "tháng") {
            return None;
        }
        if let Some((month, next)) = self.count(at + 1) {
            return self.with_year(Span::Month(month), next);
        }
        // "tháng Năm năm 2012" is May; "tháng năm 2012" is not.
        self.begins(at + 1, &["năm", "năm"]).then(|| self.with_year(Span::Month(5), at + 2)).flatten()
    }

    /// Parses a quarter: "Quý III", "Q3/2024", "QIII", "III/2024".
    fn quarter(&self, at: usize) -> Parsed {
        let word = self.tokens.get(at)?;
        if let Some(quarter) = roman_quarter(&word.text).filter(|_| self.is(at + 1, "/")) {
            let year = self.year_number(at + 2).filter(|_| !self.is(at + 3, "/"))?;
            return Some((StatedPeriod { span: Span::Quarter(quarter), year: StatedYear::Given(year) }, at + 3));
        }
        let glued = word.text.strip_prefix('q').and_then(roman_quarter).map(|quarter| (quarter, at + 1));
        let named = || {
            let next = self.tokens.get(at + 1).filter(|_| self.is_any(at, &["quý", "q"]))?;
            let in_digits = next.small_number().filter(|quarter| *quarter <= 4);
            Some((in_digits.or_else(|| roman_quarter(&next.text))?, at + 2))
        };
        let (quarter, next) = glued.or_else(named)?;
        self.with_year(Span::Quarter(quarter), next)
    }

    /// Parses a half of a school year: "học kỳ II năm học 2023-2024", "HK I".
    fn semester(&self, at: usize) -> Parsed {
        let phrases: [&[&str]; 2] = [&["học", "kỳ"], &["hk"]];
        let next = at + phrases.iter().find(|words| self.begins(at, words))?.len();
        let half = self.tokens.get(next)?;
        let half = half.small_number().or_else(|| roman_quarter(&half.text)).filter(|half| *half <= 2)?;
        let span = Span::Semester(half);
        match self.years(next + 1) {
            Some((StatedPeriod { span: Span::SchoolYear, year }, end)) => Some((StatedPeriod { span, year }, end)),
            Some((StatedPeriod { span: Span::Years(first, _), .. }, end)) => {
                Some((StatedPeriod { span, year: StatedYear::Given(first) }, end))
            }
            _ => Some((StatedPeriod::unstated(span), next + 1)),
        }
    }

    /// Parses a crop season: "vụ đông xuân năm 2007", "Vụ ĐX 2023-2024".
    fn season(&self, at: usize) -> Parsed {
        let start = at + usize::from(self.is(at, "vụ"));
        let (words, season) = SEASONS.iter().find(|(words, _)| self.begins(start, words))?;
        let next = start + words.len();
        // Without "vụ" it is the name of a crop, unless a year follows: "lúa đông xuân năm 2007".
        let is_dated = self.is(next, "năm") && self.year_number(next + 1).is_some();
        if start == at && !is_dated {
            return None;
        }
        if let (Some(first), true, Some(last)) =
            (self.year_number(next), self.is_any(next + 1, &["-", "/"]), self.year_number(next + 2))
        {
            let year = StatedYear::Given(if last > first { last } else { first });
            return Some((StatedPeriod { span: Span::Season(*season), year }, next + 3));
        }
        self.with_year(Span::Season(*season), next)
    }

    /// Parses several years: "2021-2025", "giai đoạn 2021 - 2025", "năm học 2023-2024", "5 năm 2021-2025".
    fn years(&self, at: usize) -> Parsed {
        let phrases: [(&[&str], bool); 4] =
            [(&["năm", "học"], true), (&["giai", "đoạn"], false), (&["gđ"], false), (&["năm"], false)];
        let counted = usize::from(self.number(at).is_some() && self.is(at + 1, "năm"));
        let (words, is_school) =
            phrases.into_iter().find(|(words, _)| self.begins(at + counted, words)).unwrap_or((&[], false));
        let start = at + counted + words.len();
        let first = self.year_number(start)?;
        let next = start + 1;
        let last = self.year_number(next + 1).filter(|_| self.is_any(next, &["-", "đến"]));
        let Some(last) = last.filter(|last| *last > first) else {
            let year = StatedYear::Given(first);
            return is_school.then_some((StatedPeriod { span: Span::SchoolYear, year }, next));
        };
        if is_school || words.is_empty() && last == first + 1 {
            let year = StatedYear::Given(first);
            return Some((StatedPeriod { span: Span::SchoolYear, year }, next + 2));
        }
        Some((StatedPeriod::unstated(Span::Years(first, last)), next + 2))
    }

    fn year(&self, at: usize) -> Parsed {
        let at = at + usize::from(self.is(at, "cả") && self.is(at + 1, "năm"));
        let start = at + usize::from(self.is(at, "năm"));
        let year = self.year_number(start)?;
        // "Năm 2023 sang 2024": what is carried over is of the later year.
        if let Some(later) = self.year_number(start + 2).filter(|_| self.is(start + 1, "sang")) {
            return Some((StatedPeriod { span: Span::Year, year: StatedYear::Given(later) }, start + 3));
        }
        Some((StatedPeriod { span: Span::Year, year: StatedYear::Given(year) }, start + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vi::tokens::tokenise;
    use proptest::prelude::*;

    const WORDS: &str = "[ivq]{1,3}|từ|đến|hết|đầu|cuối|cả|nửa|trong|cùng|kỳ|ck|ngày|tháng|t|quý|q|năm|học|hk|giai|đoạn|gđ|vụ|mùa|đông|xuân|hè|thu|nay|trước|này|báo|cáo|thời|điểm|nhiệm|khởi|công|the|same|period|last|year|of|may|to|as|from|tư|chín|mười|một|[0-9]{1,2}|20[0-9]{2}|[/.,:-]|[a-zđ]{1,4}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn no_period_begins_with_another_word(words in prop::collection::vec(WORDS, 1..8)) {
            let tokens = tokenise(&words.join(" "), 0);
            for at in 0..=tokens.len() {
                prop_assert_eq!(parse_period(&tokens, at), parse_any(&tokens, at));
            }
        }
    }

    #[test]
    fn no_period_of_a_real_heading_begins_with_another_word() {
        for line in include_str!("../heading/table.txt").lines() {
            let tokens = tokenise(line, 0);
            for at in 0..tokens.len() {
                assert_eq!(parse_period(&tokens, at), parse_any(&tokens, at), "{line}");
            }
        }
    }
}
