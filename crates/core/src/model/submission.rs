//! The submission of a department: its files, its date, and how many indicators it reports.
//!
//! Input: days and counts. Output: the state of a submission. Not here: the current date.

use super::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use super::period::Month;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// A calendar day; displayed in Vietnamese notation (`16/9/2024`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// Creates a day; `None` if the calendar does not have it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u8::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// Returns the first day of a month; `None` if the calendar does not have the month.
    pub fn first_of(month: Month) -> Option<Self> {
        Self::new(month.year, month.month, 1)
    }

    /// Parses the day at the start of an ISO date or time: `2024-09-16T07:00:00Z`.
    pub(crate) fn parse_iso(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let [year, month, day] = split_numbers(date, '-')?;
        let is_whole = date.len() == 10 && !rest.starts_with(|c: char| c.is_ascii_digit());
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).filter(|_| is_whole)
    }

    /// Parses a day in ISO or handwritten notation: `16/9/2024`, `16-09-2024`, `16.9.2024` or `2024-09-16`.
    pub fn parse(text: &str) -> Option<Self> {
        let vietnamese = || {
            let [day, month, year] = ['/', '-', '.'].iter().find_map(|separator| split_numbers(text, *separator))?;
            Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        };
        Self::parse_iso(text).or_else(vietnamese)
    }

    /// Formats the day as in ISO 8601: `2024-09-16`.
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Parses three unsigned numbers.
fn split_numbers(text: &str, separator: char) -> Option<[u16; 3]> {
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.trim().split(separator).map(|part| part.parse().ok().filter(|_| is_plain(part)));
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.day, self.month, self.year)
    }
}

/// The source of the date of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DateEvidence {
    /// The office's register.
    Register,
    /// The time of the last save in the workbooks.
    Saved,
}

/// A received workbook, readable or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// The department whose folder contains the workbook.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// The day of the last save, according to the workbook.
    pub last_modified: Option<Day>,
}

/// A line of the office's register of submissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterLine {
    /// Counted from 1.
    pub line: u32,
    /// The id of the department, or its name.
    pub department: String,
    /// The day of receipt.
    pub day: Day,
}

/// The submission of a department.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The id in the settings.
    pub department: DepartmentId,
    /// The name in the settings.
    pub name: String,
    /// The files in its folder, readable or not, by name.
    pub files: Vec<FilePath>,
    /// The number of indicators requested from the department.
    pub requested_count: usize,
    /// Requested indicators that no workbook reports.
    pub missing: Vec<(SectorId, IndicatorId)>,
    /// Those of them whose cell has content: it is refused, or cells disagree.
    pub unusable: BTreeSet<(SectorId, IndicatorId)>,
    /// The due date of the workbooks.
    pub due: Option<Day>,
    /// The day of the last receipt, if known, with its source.
    pub received: Option<(Day, DateEvidence)>,
}

/// Whether a submission arrived in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timeliness {
    /// No submission.
    Absent,
    /// The last file arrived on or before the due date.
    OnTime,
    /// The last file arrived after the due date.
    Late,
    /// The submission arrived, but its date or the due date is unknown.
    Unknown,
}

impl Submission {
    /// Returns the number of requested indicators that were reported.
    pub fn reported_count(&self) -> usize {
        self.requested_count.saturating_sub(self.missing.len())
    }

    /// Returns the timeliness of the submission.
    pub fn timeliness(&self) -> Timeliness {
        match (self.due, self.received) {
            _ if self.files.is_empty() => Timeliness::Absent,
            (Some(due), Some((came, _))) if came > due => Timeliness::Late,
            (Some(_), Some(_)) => Timeliness::OnTime,
            _ => Timeliness::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_files_and_people_write_them() {
        let day = Day::new(2024, 9, 6);
        for text in ["2024-09-06", "2024-09-06T23:59:59Z", "6/9/2024", "06-09-2024", " 6.9.2024 "] {
            assert_eq!(Day::parse(text), day, "{text}");
        }
        for text in ["", "2024-09-061", "31/9/2024", "29/2/2023", "6/9", "6/9/2024/1", "+6/9/2024", "6 tháng 9"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(
            Day::new(2024, 2, 29).map(|day| (day.to_string(), day.to_iso())),
            Some(("29/2/2024".into(), "2024-02-29".into()))
        );
    }

    #[test]
    fn a_submission_is_late_only_where_both_days_are_known() {
        let (due, later) = (Day::new(2024, 9, 16), Day::new(2024, 9, 17));
        let of = |files: usize, due, came: Option<Day>| {
            let files = vec![FilePath::new("a.xlsx"); files];
            let came = came.map(|day| (day, DateEvidence::Saved));
            let (department, name) = (DepartmentId::new("a"), String::new());
            Submission {
                department,
                name,
                files,
                requested_count: 0,
                missing: Vec::new(),
                unusable: BTreeSet::new(),
                due,
                received: came,
            }
            .timeliness()
        };
        for (files, due, came, expected) in [
            (0, due, None, Timeliness::Absent),
            (1, due, due, Timeliness::OnTime),
            (1, due, later, Timeliness::Late),
            (1, due, None, Timeliness::Unknown),
            (1, None, later, Timeliness::Unknown),
        ] {
            assert_eq!(of(files, due, came), expected);
        }
    }
}
