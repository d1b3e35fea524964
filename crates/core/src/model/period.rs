//! The reporting period.
//!
//! In come year and number of months from `tonghop.toml`; out go the pace and the words that depend on them.
//! Never here: today's date.

use rust_decimal::Decimal;
use serde::Deserialize;

/// The numbers of the quarters, as headings write them.
const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

/// The first `months` months of `year`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The calendar year.
    pub year: u16,
    /// 1 to 12.
    pub months: u8,
}

impl Period {
    /// Returns the share of the year that has passed, in percent: 75 after nine months.
    pub fn pace(&self) -> Decimal {
        Decimal::from(self.months) * Decimal::ONE_HUNDRED / Decimal::from(12)
    }

    /// Returns the name of the folder under `out/`: `2024-09-thang`.
    pub fn folder(&self) -> String {
        format!("{}-{:02}-thang", self.year, self.months)
    }

    /// Returns the number or words behind a settings key of the period, as templates write them (`{@period.year}`).
    pub fn setting(&self, key: &str) -> Option<String> {
        match key {
            "period.year" => Some(self.year.to_string()),
            "period.last_year" => Some((self.year - 1).to_string()),
            "period.months" => Some(self.months.to_string()),
            "period.months_left" => Some((12 - self.months).to_string()),
            "period.previous_month" => Some(self.previous_month().to_string()),
            "period.quarter" => Some(QUARTERS[usize::from(self.months.clamp(1, 12) - 1) / 3].to_owned()),
            "period.name" => Some(self.name()),
            _ => None,
        }
    }

    /// The keys that [`Period::setting`] answers.
    pub const SETTINGS: [&'static str; 7] = [
        "period.year",
        "period.last_year",
        "period.months",
        "period.months_left",
        "period.previous_month",
        "period.quarter",
        "period.name",
    ];

    /// Returns the month before the last one of the period: 12 in a report of January.
    fn previous_month(&self) -> u8 {
        if self.months <= 1 { 12 } else { self.months - 1 }
    }

    /// Reads the name of a period, as [`Period::setting`] gives it.
    pub fn named(words: &str) -> Option<Self> {
        let (months, year) = match words.strip_prefix("năm ") {
            Some(year) => ("12", year),
            None => words.split_once(" tháng đầu năm ")?,
        };
        let period = Self { year: year.parse().ok()?, months: months.parse().ok()? };
        (1..=12).contains(&period.months).then_some(period)
    }

    fn name(&self) -> String {
        match self.months {
            12 => format!("năm {}", self.year),
            months => format!("{months} tháng đầu năm {}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for months in 1..=12 {
            let period = Period { year: 2024, months };
            assert_eq!(Period::named(&period.name()), Some(period));
        }
        for words in ["", "13 tháng đầu năm 2024", "0 tháng đầu năm 2024", "9 tháng", "năm nay"] {
            assert_eq!(Period::named(words), None, "{words}");
        }
    }
}
