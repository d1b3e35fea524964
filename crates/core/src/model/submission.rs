//! What a department sent, when, and how much of what it was asked for.
//!
//! In come days and counts; out go the states of a submission. Never here: today, a clock of the machine.

use super::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the calendar; shown as Vietnamese documents write it (`16/9/2024`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// Names a day, if the calendar has it.
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

    /// Reads the day at the start of an ISO date or time: `2024-09-16T07:00:00Z`.
    pub(crate) fn from_iso(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let [year, month, day] = numbers(date, '-')?;
        let is_whole = date.len() == 10 && !rest.starts_with(|c: char| c.is_ascii_digit());
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).filter(|_| is_whole)
    }

    /// Reads a day as people write it: `16/9/2024`, `16-09-2024`, `16.9.2024` or `2024-09-16`.
    pub fn from_written(text: &str) -> Option<Self> {
        let vietnamese = || {
            let [day, month, year] = ['/', '-', '.'].iter().find_map(|separator| numbers(text, *separator))?;
            Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        };
        Self::from_iso(text).or_else(vietnamese)
    }

    /// Returns the day as ISO writes it: `2024-09-16`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Reads three numbers without signs.
fn numbers(text: &str, separator: char) -> Option<[u16; 3]> {
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

/// How it is known when a submission came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The office wrote it in its register.
    Register,
    /// The workbooks say when they were last saved.
    Saved,
}

/// A workbook that came in, readable or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// The one whose folder the workbook is in.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// The day on which the workbook says that it was last saved.
    pub saved: Option<Day>,
}

/// One line of the office's register of what came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterLine {
    /// Counted from 1.
    pub line: u32,
    /// The id of the department, or its name.
    pub department: String,
    /// The day on which it came in.
    pub day: Day,
}

/// What a department sent.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Its id in the settings.
    pub department: DepartmentId,
    /// Its name in the settings.
    pub name: String,
    /// What was found in its folder, readable or not, by name.
    pub files: Vec<FilePath>,
    /// How many indicators this department is asked for.
    pub expected: usize,
    /// Indicators that this department is expected to report and that no workbook gave.
    pub missing: Vec<(SectorId, IndicatorId)>,
    /// The day its workbooks are due.
    pub due: Option<Day>,
    /// The day on which the last of it came, as far as that is known.
    pub came: Option<(Day, Evidence)>,
}

/// Whether a submission came in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timeliness {
    /// Nothing came.
    Absent,
    /// The last of it came on the day it was due, or before.
    OnTime,
    /// The last of it came after the day it was due.
    Late,
    /// It came; nobody says when, or when it was due.
    Unknown,
}

impl Submission {
    /// Returns how many of the indicators asked for were given.
    pub fn given(&self) -> usize {
        self.expected.saturating_sub(self.missing.len())
    }

    /// Tells whether the submission came in time.
    pub fn timeliness(&self) -> Timeliness {
        match (self.due, self.came) {
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
            assert_eq!(Day::from_written(text), day, "{text}");
        }
        for text in ["", "2024-09-061", "31/9/2024", "29/2/2023", "6/9", "6/9/2024/1", "+6/9/2024", "6 tháng 9"] {
            assert_eq!(Day::from_written(text), None, "{text}");
        }
        assert_eq!(
            Day::new(2024, 2, 29).map(|day| (day.to_string(), day.iso())),
            Some(("29/2/2024".into(), "2024-02-29".into()))
        );
    }

    #[test]
    fn a_submission_is_late_only_where_both_days_are_known() {
        let (due, later) = (Day::new(2024, 9, 16), Day::new(2024, 9, 17));
        let of = |files: usize, due, came: Option<Day>| {
            let files = vec![FilePath::new("a.xlsx"); files];
            let came = came.map(|day| (day, Evidence::Saved));
            let (department, name) = (DepartmentId::new("a"), String::new());
            Submission { department, name, files, expected: 0, missing: Vec::new(), due, came }.timeliness()
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
