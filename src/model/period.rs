//! The reporting period.
//!
//! In come year and number of months from `tonghop.toml`; out go the pace and the words that depend on them.
//! Never here: today's date.

use rust_decimal::Decimal;
use serde::Deserialize;

/// The first `months` months of `year`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
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
            "period.name" => Some(self.name()),
            _ => None,
        }
    }

    /// The keys that [`Period::setting`] answers.
    pub const SETTINGS: [&'static str; 5] =
        ["period.year", "period.last_year", "period.months", "period.months_left", "period.name"];

    fn name(&self) -> String {
        match self.months {
            12 => format!("năm {}", self.year),
            months => format!("{months} tháng đầu năm {}", self.year),
        }
    }
}
