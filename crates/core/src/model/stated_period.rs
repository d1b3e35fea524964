//! The periods that texts of workbooks state: columns, titles, sheet names and file names.
//!
//! Input: a span of time and a year, as parsed by `vi::period`. Output: the calendar months that it means in a report,
//! and its notation. Not here: the reporting period itself ([`Period`]), the words of the language.

use super::period::{Month, Period};
use std::fmt;

/// A period as a text states it; the year may be left to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatedPeriod {
    /// The part of the year, or the span of years.
    pub span: Span,
    /// The year of the span.
    pub year: StatedYear,
}

/// A part of a year, a span of years, or a time relative to the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// One month, from 1 to 12.
    Month(u8),
    /// One quarter, from 1 to 4.
    Quarter(u8),
    /// The first months of the year: "9 tháng đầu năm", "đến hết tháng 9".
    FirstMonths(u8),
    /// The last months of the year: "3 tháng cuối năm".
    LastMonths(u8),
    /// The whole year.
    Year,
    /// Several calendar years, both included.
    Years(u16, u16),
    /// A school year that begins in the year.
    SchoolYear,
    /// A half of a school year, 1 or 2.
    Semester(u8),
    /// A crop season of the year.
    Season(Season),
    /// One day, as of a stock or a signature: day, month.
    Day(u8, u8),
    /// From the beginning of the year to this day: day, month. "đến 15/9".
    UpTo(u8, u8),
    /// Between two days, each with its month.
    Days([u8; 4]),
    /// Between two days of different years; the year is that of the first.
    DaysFrom([u8; 4], u16),
    /// From the beginning of an earlier year to the end of this month: "từ năm 2020 đến hết tháng 9 năm 2024".
    SinceYear(u16, u8),
    /// The reporting period: "kỳ này".
    ThisPeriod,
    /// From the beginning of the year to the end of the reporting period: "từ đầu năm".
    YearToDate,
    /// The last month of the reporting period: "trong tháng".
    ReportMonth,
    /// The last quarter of the reporting period: "trong quý".
    ReportQuarter,
    /// The period, month or quarter before the reporting one.
    Before(Step),
    /// From a time outside the year, such as the start of the works: "lũy kế từ khởi công".
    SinceStart,
}

/// A kind of period, for the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The previous reporting period.
    Period,
    /// The previous month.
    Month,
    /// The previous quarter.
    Quarter,
}

/// A crop season.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// Đông xuân.
    WinterSpring,
    /// Hè thu.
    SummerAutumn,
    /// Thu đông.
    AutumnWinter,
    /// Vụ mùa.
    Main,
}

/// The year of a stated period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatedYear {
    /// None is given.
    Unstated,
    /// A calendar year.
    Given(u16),
    /// The year before, for the same part of the year: "cùng kỳ".
    SameLastYear(Option<u16>),
    /// "Năm trước".
    Last,
    /// "Năm sau".
    Next,
}

impl StatedPeriod {
    /// Creates a period without a year.
    pub const fn unstated(span: Span) -> Self {
        Self { span, year: StatedYear::Unstated }
    }

    /// Returns the calendar year that the text gives.
    pub fn given_year(self) -> Option<u16> {
        match self.year {
            StatedYear::Given(year) | StatedYear::SameLastYear(Some(year)) => Some(year),
            _ => None,
        }
    }

    /// Returns whether the period accumulates from the beginning of its year, if the span says so.
    pub fn is_cumulative(self) -> Option<bool> {
        match self.span {
            Span::FirstMonths(_) | Span::UpTo(..) | Span::YearToDate | Span::SinceStart | Span::SinceYear(..) => {
                Some(true)
            }
            Span::Month(_) | Span::Quarter(_) | Span::LastMonths(_) | Span::ReportMonth | Span::ReportQuarter => {
                Some(false)
            }
            _ => None,
        }
    }

    /// Returns the first and the last month in a report; `None` for spans that are not whole months of one year.
    ///
    /// A missing year is that of the report; a date means the months up to it, as forms close before the month ends.
    pub fn months(self, report: Period) -> Option<(Month, Month)> {
        let end = report.end().month;
        let (first, last) = match self.span {
            Span::Month(month) => (month, month),
            Span::Quarter(quarter) => (3 * quarter - 2, 3 * quarter),
            Span::FirstMonths(months) | Span::UpTo(_, months) => (1, months),
            Span::LastMonths(months) => (13 - months, 12),
            Span::Year => (1, 12),
            Span::ThisPeriod => (report.start().month, end),
            Span::YearToDate => (1, end),
            Span::ReportMonth => (end, end),
            Span::ReportQuarter => (quarter_start(end), end),
            Span::Days([_, first, _, last]) if first <= last => (first, last),
            Span::Years(..)
            | Span::SchoolYear
            | Span::Semester(_)
            | Span::Season(_)
            | Span::Before(_)
            | Span::Day(..)
            | Span::Days(_)
            | Span::DaysFrom(..)
            | Span::SinceYear(..)
            | Span::SinceStart => return None,
        };
        let year = self.calendar_year(report)?;
        Some((Month { year, month: first }, Month { year, month: last }))
    }

    /// Returns the calendar year in a report.
    fn calendar_year(self, report: Period) -> Option<u16> {
        match self.year {
            StatedYear::Unstated => Some(report.year()),
            StatedYear::Given(year) | StatedYear::SameLastYear(Some(year)) => Some(year),
            StatedYear::SameLastYear(None) | StatedYear::Last => Some(report.year_before().year()),
            StatedYear::Next => report.year().checked_add(1),
        }
    }

    /// Returns whether it means exactly the months of `period`, in a report of `report`.
    pub fn is(self, period: Period, report: Period) -> bool {
        self.months(report) == Some((period.start(), period.end()))
    }

    /// Returns whether it is a whole calendar year in a report.
    pub fn is_year(self, year: u16, report: Period) -> bool {
        self.span == Span::Year && self.calendar_year(report) == Some(year)
    }

    /// Combines the period of a group with that of a column below it: "Năm 2024" and "9 tháng".
    ///
    /// `None` if they contradict each other.
    pub fn within(self, group: Self) -> Option<Self> {
        let year = match (group.year, self.year) {
            (one, StatedYear::Unstated) => one,
            (StatedYear::Unstated, other) => other,
            (one, other) if one == other => one,
            (StatedYear::SameLastYear(None), StatedYear::Given(year) | StatedYear::SameLastYear(Some(year)))
            | (StatedYear::Given(year), StatedYear::SameLastYear(None)) => StatedYear::SameLastYear(Some(year)),
            (StatedYear::SameLastYear(year), StatedYear::Last) | (StatedYear::Last, StatedYear::SameLastYear(year)) => {
                StatedYear::SameLastYear(year)
            }
            _ => return None,
        };
        let is_unstated_year = |period: Self| period.span == Span::Year && period.year == StatedYear::Unstated;
        if group.span != self.span && (is_unstated_year(group) || is_unstated_year(self)) {
            // "Cả năm" over "9 tháng" are two periods.
            return None;
        }
        let span = match (group.span, self.span) {
            (one, other) if one == other => one,
            (Span::Year | Span::ThisPeriod | Span::YearToDate, other) => other,
            (one, Span::Year | Span::ThisPeriod | Span::YearToDate) => one,
            _ => return None,
        };
        Some(Self { span, year })
    }
}

/// Returns the first month of the quarter that contains a month.
fn quarter_start(month: u8) -> u8 {
    month.saturating_sub(1) / 3 * 3 + 1
}

impl fmt::Display for StatedPeriod {
    /// Writes a short notation: `2024-9M`, `2024-M09`, `2024-Q3`, `2023-same-9M`, `year`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = match self.span {
            Span::Month(month) => format!("M{month:02}"),
            Span::Quarter(quarter) => format!("Q{quarter}"),
            Span::FirstMonths(6) => "H1".to_owned(),
            Span::LastMonths(6) => "H2".to_owned(),
            Span::LastMonths(3) => "Q4".to_owned(),
            Span::FirstMonths(months) => format!("{months}M"),
            Span::LastMonths(months) => format!("last-{months}M"),
            Span::Years(first, last) => return write!(f, "{first}..{last}"),
            Span::UpTo(day, month) | Span::Day(day, month) => format!("{month:02}-{day:02}"),
            Span::Days([from, first, to, last]) => {
                let year = self.given_year().map(|year| format!("{year}-")).unwrap_or_default();
                return write!(f, "{year}{first:02}-{from:02}..{year}{last:02}-{to:02}");
            }
            Span::DaysFrom([from, first, to, last], year) => {
                let end = self.given_year().unwrap_or(year);
                return write!(f, "{year}-{first:02}-{from:02}..{end}-{last:02}-{to:02}");
            }
            Span::SinceYear(first, month) => {
                let end = self.given_year().map(|year| format!("{year}-")).unwrap_or_default();
                return write!(f, "{first}..{end}M{month:02}");
            }
            Span::SchoolYear => match self.given_year() {
                Some(first) => return write!(f, "{first}/{}-school", first.saturating_add(1)),
                None => "school".to_owned(),
            },
            Span::Semester(half) => {
                let half = if half == 1 { "I" } else { "II" };
                return match self.given_year() {
                    Some(first) => write!(f, "{first}/{}-school:{half}", first.saturating_add(1)),
                    None => write!(f, "school:{half}"),
                };
            }
            Span::Season(season) => format!("season:{}", season.name()),
            Span::Year => String::new(),
            Span::ThisPeriod if matches!(self.year, StatedYear::SameLastYear(_)) => String::new(),
            Span::ThisPeriod => "this-period".to_owned(),
            Span::YearToDate => "ytd".to_owned(),
            Span::ReportMonth => "month".to_owned(),
            Span::ReportQuarter => "quarter".to_owned(),
            Span::Before(Step::Period) => "prev-period".to_owned(),
            Span::Before(Step::Month) => "prev-month".to_owned(),
            Span::Before(Step::Quarter) => "prev-quarter".to_owned(),
            Span::SinceStart => "since-start".to_owned(),
        };
        let year = match self.year {
            StatedYear::Unstated => String::new(),
            StatedYear::Given(year) => year.to_string(),
            StatedYear::SameLastYear(None) => "same-last-year".to_owned(),
            StatedYear::SameLastYear(Some(year)) => format!("{year}-same"),
            StatedYear::Last => "last-year".to_owned(),
            StatedYear::Next => "next-year".to_owned(),
        };
        match (year.is_empty(), span.is_empty()) {
            (true, true) => f.write_str("year"),
            (true, false) => f.write_str(&span),
            (false, true) => f.write_str(&year),
            (false, false) => write!(f, "{year}-{span}"),
        }
    }
}

impl Season {
    /// Returns the Vietnamese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::WinterSpring => "đông xuân",
            Self::SummerAutumn => "hè thu",
            Self::AutumnWinter => "thu đông",
            Self::Main => "mùa",
        }
    }
}
