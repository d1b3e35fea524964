//! The reporting period.
//!
//! Input: the year and the number of months from `tonghop.toml`, or the name of a period. Output: its months, its name,
//! the pace, and the settings that depend on it. Not here: today's date, and the spellings of periods in forms
//! (`vi::form_header`).

use rust_decimal::Decimal;
use serde::Deserialize;

/// Quarter numbers, as used in headings.
const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];

/// A period: the first `months` months of `year`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The calendar year.
    pub year: u16,
    /// 1 to 12.
    pub months: u8,
}

impl Period {
    /// Returns the elapsed part of the year in percent: 75 after nine months.
    pub fn pace(&self) -> Decimal {
        Decimal::from(self.months) * Decimal::ONE_HUNDRED / Decimal::from(12)
    }

    /// Returns the name of the folder under `out/`: `2024-09-thang`.
    pub fn folder_name(&self) -> String {
        format!("{}-{:02}-thang", self.year, self.months)
    }

    /// Returns the value of a settings key of the period, as used in templates (`{@period.year}`).
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

    /// Returns the month before the last month of the period: 12 for a report of January.
    fn previous_month(&self) -> u8 {
        if self.months <= 1 { 12 } else { self.months - 1 }
    }

    /// Parses the name of a period, as returned by [`Period::setting`].
    pub fn from_name(name: &str) -> Option<Self> {
        let (months, year) = match name.strip_prefix("năm ") {
            Some(year) => ("12", year),
            None => name.split_once(" tháng đầu năm ")?,
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
            assert_eq!(Period::from_name(&period.name()), Some(period));
        }
        for words in ["", "13 tháng đầu năm 2024", "0 tháng đầu năm 2024", "9 tháng", "năm nay"] {
            assert_eq!(Period::from_name(words), None, "{words}");
        }
    }
}
