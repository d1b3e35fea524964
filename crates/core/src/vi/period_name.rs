//! Names stated periods in Vietnamese, for messages.
//!
//! Input: a period as a text states it. Output: its name in the middle of a sentence. Not here: the reporting period.

use crate::model::stated_period::{Span, StatedPeriod, StatedYear, Step};

/// Returns the name of a period: "9 tháng năm 2024", "quý III", "cùng kỳ năm 2023".
pub fn period_name(period: StatedPeriod) -> String {
    let span = match period.span {
        Span::Month(month) => format!("tháng {month}"),
        Span::Quarter(quarter) => {
            let roman = ["I", "II", "III", "IV"].get(usize::from(quarter).saturating_sub(1)).copied().unwrap_or("?");
            format!("quý {roman}")
        }
        Span::FirstMonths(months) => format!("{months} tháng"),
        Span::LastMonths(months) => format!("{months} tháng cuối năm"),
        Span::Year => "cả năm".to_owned(),
        Span::Years(first, last) => format!("giai đoạn {first}-{last}"),
        Span::SchoolYear => "năm học".to_owned(),
        Span::Semester(half) => format!("học kỳ {half}"),
        Span::Season(season) => format!("vụ {}", season.name()),
        Span::Day(day, month) => format!("ngày {day}/{month}"),
        Span::UpTo(day, month) => format!("đến {day}/{month}"),
        Span::Days([from, first, to, last]) => format!("từ {from}/{first} đến {to}/{last}"),
        Span::DaysFrom([from, first, to, last], year) => format!("từ {from}/{first}/{year} đến {to}/{last}"),
        Span::SinceYear(first, month) => format!("từ năm {first} đến hết tháng {month}"),
        Span::ThisPeriod => "kỳ này".to_owned(),
        Span::YearToDate => "từ đầu năm".to_owned(),
        Span::ReportMonth => "riêng tháng".to_owned(),
        Span::ReportQuarter => "riêng quý".to_owned(),
        Span::Before(Step::Period) => "kỳ trước".to_owned(),
        Span::Before(Step::Month) => "tháng trước".to_owned(),
        Span::Before(Step::Quarter) => "quý trước".to_owned(),
        Span::SinceStart => "từ khi bắt đầu".to_owned(),
    };
    match (period.year, period.span) {
        (StatedYear::Unstated, _) | (_, Span::Years(..)) => span,
        (StatedYear::Given(year), Span::Year) => format!("cả năm {year}"),
        (StatedYear::Given(year), _) => format!("{span} năm {year}"),
        (StatedYear::SameLastYear(None), Span::ThisPeriod) => "cùng kỳ".to_owned(),
        (StatedYear::SameLastYear(None), _) => format!("{span} cùng kỳ"),
        (StatedYear::SameLastYear(Some(year)), Span::ThisPeriod) => format!("cùng kỳ năm {year}"),
        (StatedYear::SameLastYear(Some(year)), _) => format!("{span} năm {year}"),
        (StatedYear::Last, Span::Year) => "cả năm trước".to_owned(),
        (StatedYear::Last, _) => format!("{span} năm trước"),
        (StatedYear::Next, Span::Year) => "năm sau".to_owned(),
        (StatedYear::Next, _) => format!("{span} năm sau"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stated_period::StatedYear::SameLastYear;
    use crate::vi::period::stated_periods;

    #[test]
    fn names_are_plain_vietnamese() {
        for (text, name) in [
            ("9 tháng đầu năm 2024", "9 tháng năm 2024"),
            ("QIII/2024", "quý III năm 2024"),
            ("năm trước", "cả năm trước"),
            ("năm 2023", "cả năm 2023"),
            ("đến 15/9", "đến 15/9"),
        ] {
            let periods: Vec<String> = stated_periods(text).into_iter().map(period_name).collect();
            assert_eq!(periods, [name], "{text}");
        }
        let same = StatedPeriod { span: Span::ThisPeriod, year: SameLastYear(Some(2023)) };
        assert_eq!(period_name(same), "cùng kỳ năm 2023");
    }
}
