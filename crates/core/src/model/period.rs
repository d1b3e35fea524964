//! The reporting period.
//!
//! Input: the year and the number of months from `tonghop.toml`, or the name of a period. Output: its months, its name,
//! the pace, and the settings that depend on it. Not here: today's date, and the spellings of periods in forms
//! (`vi::form_header`).

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

/// Quarter numbers, as used in headings.
pub(crate) const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];
/// The months of a year.
pub(crate) const MONTHS_OF_YEAR: u8 = 12;

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The calendar year.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

impl Month {
    /// Returns the month before.
    pub fn previous(self) -> Self {
        if self.month <= 1 {
            return Self { year: self.year.saturating_sub(1), month: MONTHS_OF_YEAR };
        }
        Self { month: self.month - 1, ..self }
    }
}

/// A period of whole months of one year, from the first day of its first to the last day of its last month.
///
/// Today every period begins in January.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "PeriodSettings")]
pub struct Period {
    // First, so that periods are ordered by their end.
    end: Month,
    start: Month,
}

/// The section `[period]` of `tonghop.toml`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodSettings {
    /// The calendar year.
    year: u16,
    /// How many months from January on: 9.
    months: u8,
}

impl From<PeriodSettings> for Period {
    /// Accepts any number of months, so that the settings can report a wrong one: see [`Period::is_valid`].
    fn from(PeriodSettings { year, months }: PeriodSettings) -> Self {
        Self { start: Month { year, month: 1 }, end: Month { year, month: months } }
    }
}

impl Period {
    /// Creates the period of the first `months` months of a year; `None` unless they are 1 to 12.
    pub const fn first_months(year: u16, months: u8) -> Option<Self> {
        let period = Self { start: Month { year, month: 1 }, end: Month { year, month: months } };
        if period.is_valid() { Some(period) } else { None }
    }

    /// Returns whether the last month is one of the year; false only for settings that were not checked yet.
    pub const fn is_valid(self) -> bool {
        1 <= self.end.month && self.end.month <= MONTHS_OF_YEAR
    }

    /// Returns the first month.
    pub fn start(self) -> Month {
        self.start
    }

    /// Returns the last month.
    pub fn end(self) -> Month {
        self.end
    }

    /// Returns the calendar year.
    pub fn year(self) -> u16 {
        self.end.year
    }

    /// Returns the number of months.
    pub fn months(self) -> u8 {
        (self.end.month + 1).saturating_sub(self.start.month)
    }

    /// Returns whether the period is a whole calendar year.
    pub fn is_whole_year(self) -> bool {
        self.start.month == 1 && self.end.month == MONTHS_OF_YEAR
    }

    /// Returns the same months of the year before.
    #[must_use]
    pub fn year_before(self) -> Self {
        let before = |month: Month| Month { year: month.year.saturating_sub(1), ..month };
        Self { start: before(self.start), end: before(self.end) }
    }

    /// Returns the part of the year that has passed at the end of the period, in percent: 75 after nine months.
    pub fn pace(self) -> Decimal {
        Decimal::from(self.end.month) * Decimal::ONE_HUNDRED / Decimal::from(MONTHS_OF_YEAR)
    }

    /// Returns the name of the folder under `out/`: `2024-09-thang`.
    pub fn folder_name(self) -> String {
        format!("{}-{:02}-thang", self.year(), self.months())
    }

    /// Returns the value of a settings key of the period, as used in templates (`{@period.year}`).
    pub fn setting(self, key: &str) -> Option<String> {
        match key {
            "period.year" => Some(self.year().to_string()),
            "period.last_year" => Some(self.year_before().year().to_string()),
            "period.months" => Some(self.months().to_string()),
            "period.months_left" => Some(MONTHS_OF_YEAR.saturating_sub(self.end.month).to_string()),
            "period.previous_month" => Some(self.end.previous().month.to_string()),
            "period.quarter" => Some(self.quarter().to_owned()),
            "period.name" => Some(self.name()),
            _ => None,
        }
    }

    /// The keys supported by [`Period::setting`].
    pub const SETTINGS: [&'static str; 7] = [
        "period.year",
        "period.last_year",
        "period.months",
        "period.months_left",
        "period.previous_month",
        "period.quarter",
        "period.name",
    ];

    fn quarter(self) -> &'static str {
        let index = usize::from(self.end.month.clamp(1, MONTHS_OF_YEAR) - 1) / 3;
        QUARTERS.get(index).copied().unwrap_or_default()
    }

    /// Returns the name as in titles: `9 tháng đầu năm 2024`, `năm 2024`.
    pub fn name(self) -> String {
        self.name_after_months(" tháng đầu năm ")
    }

    /// Returns the name as in tables: `9 tháng năm 2024`, `năm 2024`.
    pub fn short_name(self) -> String {
        self.name_after_months(" tháng năm ")
    }

    fn name_after_months(self, words: &str) -> String {
        if self.is_whole_year() {
            return format!("năm {}", self.year());
        }
        format!("{}{words}{}", self.months(), self.year())
    }

    /// Parses [`Period::name`] or [`Period::short_name`].
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim();
        let (months, year) = match name.strip_prefix("năm ") {
            Some(year) => ("12", year),
            None => name.split_once(" tháng đầu năm ").or_else(|| name.split_once(" tháng năm "))?,
        };
        Self::first_months(parse_digits(year)?, parse_digits(months)?)
    }
}

/// Parses a number without a sign.
fn parse_digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_back() {
        for months in 1..=12 {
            let period = Period::first_months(2024, months).unwrap();
            assert_eq!(Period::parse(&period.name()), Some(period));
            assert_eq!(Period::parse(&period.short_name()), Some(period));
        }
        for words in [
            "",
            "13 tháng đầu năm 2024",
            "0 tháng đầu năm 2024",
            "-9 tháng năm 2024",
            "+9 tháng năm 2024",
            "9 tháng",
            "năm nay",
            "tháng 9 năm 2024",
            "9 tháng cuối năm 2024",
            "9 tháng năm 70000",
        ] {
            assert_eq!(Period::parse(words), None, "{words}");
        }
    }

    #[test]
    fn a_period_has_a_start_and_an_end() {
        for (months, name, short_name, previous, left, pace) in [
            (
                1,
                "1 tháng đầu năm 2024",
                "1 tháng năm 2024",
                Month { year: 2023, month: 12 },
                "11",
                "8.333333333333333333333333333",
            ),
            (9, "9 tháng đầu năm 2024", "9 tháng năm 2024", Month { year: 2024, month: 8 }, "3", "75"),
            (12, "năm 2024", "năm 2024", Month { year: 2024, month: 11 }, "0", "100"),
        ] {
            let period = Period::first_months(2024, months).unwrap();
            assert_eq!(period.start(), Month { year: 2024, month: 1 });
            assert_eq!(period.end(), Month { year: 2024, month: months });
            assert_eq!((period.name().as_str(), period.short_name().as_str()), (name, short_name));
            assert_eq!((period.months(), period.end().previous()), (months, previous));
            assert_eq!(period.setting("period.months_left").as_deref(), Some(left));
            assert_eq!(period.pace().normalize().to_string(), pace);
            assert_eq!(Some(period.year_before()), Period::first_months(2023, months));
            assert!(Period::SETTINGS.iter().all(|key| period.setting(key).is_some()));
        }
    }

    #[test]
    fn a_period_has_one_to_twelve_months() {
        assert_eq!((Period::first_months(2024, 0), Period::first_months(2024, 13)), (None, None));
        assert_eq!(Period::first_months(0, 1).unwrap().year_before().year(), 0);
    }
}
