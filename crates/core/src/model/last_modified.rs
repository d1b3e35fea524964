//! The time at which a workbook was last saved, according to its properties.
//!
//! Input: the time as written in the file properties. Output: a value that sorts by time. Not here: the clock, file
//! system times, which change with every copy.

use super::submission::Day;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The time of the last save, to the second: `2024-09-14T03:05:06Z`; has a `Z` only if the file states UTC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct LastModified(String);

const PATTERN: &str = "0000-00-00T00:00:00";

impl LastModified {
    /// Parses a time (W3CDTF, ISO 8601); `None` without a complete date and time.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let moment = text.get(..PATTERN.len())?;
        let fits = |(c, wanted): (char, char)| if wanted == '0' { c.is_ascii_digit() } else { c == wanted };
        let zone = if text.ends_with('Z') { "Z" } else { "" };
        moment.chars().zip(PATTERN.chars()).all(fits).then(|| Self(format!("{moment}{zone}")))
    }
}

impl LastModified {
    /// Returns the day.
    pub fn day(&self) -> Option<Day> {
        Day::parse_iso(&self.0)
    }
}

impl TryFrom<String> for LastModified {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a date and time of saving")
    }
}

impl fmt::Display for LastModified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(written) = self;
        let zone = if written.ends_with('Z') { " UTC" } else { "" };
        write!(f, "{}/{}/{} {}{zone}", &written[8..10], &written[5..7], &written[..4], &written[11..16])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_order_by_time_and_are_shown_as_people_write_them() {
        let saved = |text| LastModified::parse(text).unwrap();
        assert!(saved("2024-09-14T10:05:06Z") > saved("2024-09-14T03:05:06Z"));
        assert!(saved("2024-10-01T00:00:00Z") > saved("2024-09-30T23:59:59.99"));
        assert_eq!(saved(" 2024-09-14T03:05:06Z ").to_string(), "14/09/2024 03:05 UTC");
        assert_eq!(saved("2024-09-14T03:05:06.123").to_string(), "14/09/2024 03:05");
    }

    #[test]
    fn incomplete_times_are_rejected() {
        for text in ["", "2024", "2024-09-14", "14/09/2024 03:05:06", "2024-09-14 03:05:06", "ngày mười bốn tháng chín"]
        {
            assert_eq!(LastModified::parse(text), None, "{text}");
        }
    }
}
