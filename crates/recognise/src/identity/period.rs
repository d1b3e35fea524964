//! Checks whether a workbook is of the reporting period.
//!
//! Input: the preambles of its sheets. Output: a verdict, with the lines that contradict the period. Not here: what
//! follows for the workbook.
//!
//! Headings legitimately name other years (plans, last year), so they only count if no column can be of this period.

use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::preamble::{Preamble, PreambleLine};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::period::Period;
use tonghop_core::vi::form_header::{self, DatedPeriod, StatedPeriod};
use tonghop_core::vi::lexicon::{self, HeaderMeaning};

/// The verdict on the period of a workbook.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PeriodVerdict {
    /// The workbook names the reporting period, or no period at all.
    Matches,
    /// The workbook names only another period.
    Other(LineRef),
    /// The workbook also names another period, or possibly does.
    Doubtful(Vec<LineRef>),
}

/// A line or heading with its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineRef {
    pub sheet: SheetName,
    pub cell: CellRef,
    pub text: String,
}

/// How a stated period relates to the reporting period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PeriodRelation {
    Same,
    /// The same months, without a year.
    SameMonths,
    /// The same year, without months.
    SameYear,
    /// Earlier months of the same year.
    EarlierMonths,
    EarlierYear,
    Later,
    /// Other months, without a year.
    OtherMonths,
}

/// A text above the data that names a time, with the periods that it states.
struct DatedText<'o> {
    preamble: &'o Preamble,
    /// The line; `None` for the heading of a column.
    line: Option<&'o PreambleLine>,
    stated: Vec<(DatedPeriod, PeriodRelation)>,
    years: Vec<u16>,
    /// Whether the time is that of a comparison or of a document.
    is_aside: bool,
}

/// A line that contradicts the reporting period.
struct Contradiction<'o> {
    preamble: &'o Preamble,
    line: &'o PreambleLine,
    relation: PeriodRelation,
}

/// Which parts of the reporting period are named anywhere.
#[derive(Clone, Copy)]
struct PeriodSupport {
    months: bool,
    year: bool,
    /// Both months and year, stated together.
    both: bool,
}

/// Compares the periods that a workbook states with the reporting period.
pub(super) fn judge(preambles: &[Preamble], report_period: Period) -> PeriodVerdict {
    let dated: Vec<DatedText<'_>> = preambles.iter().flat_map(|opening| dated_texts(opening, report_period)).collect();
    let support = PeriodSupport::collect(&dated, report_period);
    let mut contraries: Vec<Contradiction<'_>> =
        dated.iter().filter_map(|text| text.contradiction(report_period)).collect();
    let decisive = contraries.iter().find(|contrary| !support.covers(contrary.relation));
    if let Some(other) =
        decisive.map(Contradiction::line_ref).or_else(|| earlier_result_heading(preambles, report_period, support))
    {
        return PeriodVerdict::Other(other);
    }
    // A sheet that names both periods compares them, unless the line introduces its period.
    contraries.retain(|Contradiction { preamble: opening, line, relation }| {
        let sheet_support =
            PeriodSupport::collect(dated.iter().filter(|text| std::ptr::eq(text.preamble, *opening)), report_period);
        !(sheet_support.both || sheet_support.covers(*relation) && *relation != PeriodRelation::EarlierYear)
            || form_header::states_period(&line.text)
    });
    let earlier = || only_earlier_years(&dated, report_period, support);
    let doubtful: Vec<LineRef> = contraries.iter().map(Contradiction::line_ref).chain(earlier()).collect();
    if doubtful.is_empty() { PeriodVerdict::Matches } else { PeriodVerdict::Doubtful(doubtful) }
}

impl PeriodSupport {
    fn collect<'t>(texts: impl IntoIterator<Item = &'t DatedText<'t>>, report_period: Period) -> Self {
        let mut support = Self { months: false, year: false, both: false };
        for text in texts {
            support.months |= text.states(PeriodRelation::Same) || text.states(PeriodRelation::SameMonths);
            support.both |= text.states(PeriodRelation::Same);
            support.year |=
                text.states(PeriodRelation::Same) || !text.is_aside && text.years.contains(&report_period.year());
        }
        support
    }

    /// Returns whether the part of the period that `relation` contradicts is named elsewhere.
    fn covers(self, relation: PeriodRelation) -> bool {
        if relation == PeriodRelation::EarlierYear { self.year } else { self.months }
    }
}

/// Lists the lines and headings of a sheet that name a time.
fn dated_texts(preamble: &Preamble, report_period: Period) -> impl Iterator<Item = DatedText<'_>> {
    let lines = preamble.lines.iter().map(|line| (Some(line), line.text.as_str()));
    let headings = preamble.columns.iter().map(|(_, column)| (None, column.heading.as_str()));
    lines.chain(headings).filter_map(move |(line, words)| DatedText::parse(preamble, line, words, report_period))
}

impl<'o> DatedText<'o> {
    fn parse(
        preamble: &'o Preamble,
        line: Option<&'o PreambleLine>,
        text: &str,
        report_period: Period,
    ) -> Option<Self> {
        let stated = form_header::stated_periods(text).into_iter();
        let stated: Vec<_> = stated.map(|stated| (stated, period_relation(stated, report_period))).collect();
        let years = lexicon::years(text);
        let names_time = !(stated.is_empty() && years.is_empty());
        names_time.then(|| Self {
            preamble,
            line,
            stated,
            years,
            is_aside: form_header::is_comparison_or_citation(text),
        })
    }

    fn states(&self, wanted: PeriodRelation) -> bool {
        self.stated.iter().any(|(_, relation)| *relation == wanted)
    }

    /// Returns the contradiction to the reporting period, if the line certainly states another one.
    fn contradiction(&self, report_period: Period) -> Option<Contradiction<'o>> {
        use PeriodRelation::{EarlierMonths, EarlierYear, Later, OtherMonths, Same, SameMonths, SameYear};
        let line =
            self.line.filter(|_| !self.is_aside && ![Same, SameMonths, SameYear].iter().any(|r| self.states(*r)))?;
        let is_introduced = form_header::states_period(&line.text);
        let is_specific = |stated: &DatedPeriod| {
            is_introduced || stated.period != StatedPeriod::Year || report_period.is_whole_year()
        };
        let is_certain = |relation: &PeriodRelation| match relation {
            EarlierMonths | EarlierYear => is_introduced || !self.states(Later),
            Later | OtherMonths => is_introduced,
            Same | SameMonths | SameYear => false,
        };
        let (_, relation) =
            self.stated.iter().find(|(stated, relation)| is_specific(stated) && is_certain(relation))?;
        Some(Contradiction { preamble: self.preamble, line, relation: *relation })
    }
}

fn period_relation(stated: DatedPeriod, report_period: Period) -> PeriodRelation {
    let end = stated.period.last_month();
    match stated.year {
        Some(year) if year < report_period.year() => PeriodRelation::EarlierYear,
        Some(year) if year > report_period.year() => PeriodRelation::Later,
        _ if stated.period == StatedPeriod::RestOfYear => PeriodRelation::OtherMonths,
        Some(_) if end == report_period.end().month => PeriodRelation::Same,
        None if end == report_period.end().month => PeriodRelation::SameMonths,
        None => PeriodRelation::OtherMonths,
        Some(_) if stated.period == StatedPeriod::Year => PeriodRelation::SameYear,
        Some(_) if end < report_period.end().month => PeriodRelation::EarlierMonths,
        Some(_) => PeriodRelation::Later,
    }
}

/// Returns the first line that names a year, if all lines of the workbook name only earlier years.
///
/// This is only a doubt, not proof: "Chỉ số cải cách hành chính năm 2023" is reported a year later.
fn only_earlier_years(dated: &[DatedText<'_>], report_period: Period, support: PeriodSupport) -> Option<LineRef> {
    let own_texts = dated.iter().filter(|text| !text.is_aside);
    let mut years = own_texts.filter_map(|text| Some((text.preamble, text.line?, *text.years.iter().max()?)));
    let (opening, line, _) = years.next().filter(|(_, _, year)| !support.year && *year < report_period.year())?;
    years.all(|(_, _, year)| year < report_period.year()).then(|| LineRef::from_line(opening, line))
}

/// Returns a heading of an earlier result, if the workbook has no column for the result of this period.
///
/// In last year's form, "Thực hiện 9 tháng năm 2023" is the result; in this period it would be read as last year's
/// value. The form is of another period if no column can be this period's result and nothing names its year.
fn earlier_result_heading(preambles: &[Preamble], report_period: Period, support: PeriodSupport) -> Option<LineRef> {
    let columns = || preambles.iter().flat_map(|opening| opening.columns.iter().map(move |column| (opening, column)));
    let is_result = |column: &SheetColumn| match &column.role {
        ColumnRole::Member(_, role) => matches!(**role, ColumnRole::Value(Measure::Actual, _)),
        role => matches!(role, ColumnRole::Value(Measure::Actual, _)),
    };
    if columns().any(|(_, (_, column))| is_result(column)) {
        return None;
    }
    let is_earlier = |stated| period_relation(stated, report_period) == PeriodRelation::EarlierMonths;
    let earlier = |heading: &str| match result_year(heading) {
        Some(year) if year < report_period.year() => !support.year,
        Some(_) => !support.months && form_header::stated_periods(heading).into_iter().any(is_earlier),
        None => false,
    };
    let (opening, (cell, column)) = columns().find(|(_, (_, column))| earlier(&column.heading))?;
    Some(LineRef { sheet: opening.sheet.clone(), cell: *cell, text: column.heading.clone() })
}

/// Returns the year of the result that a heading names.
fn result_year(heading: &str) -> Option<u16> {
    let year = lexicon::years(heading).into_iter().max()?;
    let meaning = lexicon::header_meaning(heading, year);
    matches!(meaning, Some(HeaderMeaning::Actual | HeaderMeaning::Estimate)).then_some(year)
}

impl Contradiction<'_> {
    fn line_ref(&self) -> LineRef {
        LineRef::from_line(self.preamble, self.line)
    }
}

impl LineRef {
    fn from_line(preamble: &Preamble, line: &PreambleLine) -> Self {
        Self { sheet: preamble.sheet.clone(), cell: line.cell, text: line.text.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::model::measure::Status;

    const OURS: Period = Period::first_months(2024, 9).unwrap();

    fn actual() -> ColumnRole {
        ColumnRole::Value(Measure::Actual, Status::Final)
    }

    /// Builds a preamble: texts that begin with "|" are headings, with "||" headings of this period's results.
    fn opening(texts: &[&str]) -> Preamble {
        let place = |row: usize| CellRef::new(row as u32, 0);
        let mut opening = Preamble { sheet: SheetName::new("S"), lines: Vec::new(), columns: Vec::new() };
        for (row, text) in texts.iter().enumerate() {
            let role = if text.starts_with("||") { actual() } else { ColumnRole::Unknown };
            let heading = text.trim_start_matches('|').to_owned();
            match text.starts_with('|') {
                true => opening.columns.push((place(row), SheetColumn { heading, role, ..SheetColumn::unknown(0) })),
                false => opening.lines.push(PreambleLine { cell: place(row), text: heading }),
            }
        }
        opening
    }

    /// Returns the verdict on `sheets` with the texts that contradict the period.
    fn judged(sheets: &[&[&str]]) -> String {
        let openings: Vec<Preamble> = sheets.iter().map(|texts| opening(texts)).collect();
        let words = |lines: &[LineRef]| lines.iter().map(|line| line.text.clone()).collect::<Vec<_>>().join("; ");
        match judge(&openings, OURS) {
            PeriodVerdict::Matches => String::new(),
            PeriodVerdict::Other(line) => format!("other: {}", line.text),
            PeriodVerdict::Doubtful(lines) => format!("doubtful: {}", words(&lines)),
        }
    }

    #[test]
    fn honest_forms_are_ours_whatever_other_times_they_name() {
        for sheets in [
            &[&["KẾT QUẢ 9 THÁNG ĐẦU NĂM 2024", "|KH năm 2025", "|TH 9 tháng năm 2023"][..]][..],
            &[&["Kỳ báo cáo: 9 tháng", "|Cùng kỳ năm 2023", "||Thực hiện"]],
            &[&["(9 tháng năm 2024, so sánh với 9 tháng năm 2023)"]],
            &[&["Kèm theo Quyết định 12/QĐ-UBND năm 2023", "Sáng kiến năm học 2023 - 2024"]],
            &[&["NHIỆM VỤ 3 THÁNG CUỐI NĂM 2024"], &["PHƯƠNG HƯỚNG QUÝ IV NĂM 2024"]],
            &[&["Tháng 9 năm 2024"], &["QUÝ III NĂM 2024", "VỐN NĂM 2024"]],
            &[&["DANH SÁCH DỰ ÁN", "|TH năm 2023", "||Thực hiện"]],
            &[&["Số liệu cùng kỳ 9 tháng năm 2023", "|Cùng kỳ năm 2023"]],
            &[&["Tập huấn 2 tháng", "|Thực hiện 6 tháng"]],
            &[],
        ] {
            assert_eq!(judged(sheets), "", "{sheets:?}");
        }
    }

    #[test]
    fn forms_of_another_period_only_are_not_ours() {
        for (sheets, expected) in [
            (&[&["9 THÁNG ĐẦU NĂM 2023", "|KH năm 2023"][..]][..], "9 THÁNG ĐẦU NĂM 2023"),
            (&[&["Kỳ báo cáo: 9 tháng"], &["9 THÁNG ĐẦU NĂM 2023"]], "9 THÁNG ĐẦU NĂM 2023"),
            (&[&["6 THÁNG ĐẦU NĂM 2024", "|Kế hoạch năm 2024", "||Thực hiện"]], "6 THÁNG ĐẦU NĂM 2024"),
            (&[&["NHIỆM VỤ 3 THÁNG CUỐI NĂM 2023"]], "NHIỆM VỤ 3 THÁNG CUỐI NĂM 2023"),
            (
                &[&["KẾT QUẢ 6 THÁNG ĐẦU NĂM, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024"]],
                "KẾT QUẢ 6 THÁNG ĐẦU NĂM, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2024",
            ),
            (&[&["Tháng 8 năm 2024"]], "Tháng 8 năm 2024"),
            (&[&["Kỳ báo cáo: Quý II"]], "Kỳ báo cáo: Quý II"),
            (&[&["Kỳ báo cáo: 9 tháng năm 2025"]], "Kỳ báo cáo: 9 tháng năm 2025"),
            (&[&["BIỂU", "|KH năm 2023", "|Ước TH 9 tháng năm 2023", "|Cùng kỳ 2022"]], "Ước TH 9 tháng năm 2023"),
            (&[&["BIỂU", "|KH năm 2024", "|Thực hiện 6 tháng năm 2024"]], "Thực hiện 6 tháng năm 2024"),
        ] {
            assert_eq!(judged(sheets), format!("other: {expected}"), "{sheets:?}");
        }
    }

    #[test]
    fn forms_that_say_both_are_doubtful() {
        for (sheets, expected) in [
            (&[&["9 THÁNG NĂM 2024"][..], &["6 THÁNG NĂM 2024"]][..], "6 THÁNG NĂM 2024"),
            (&[&["9 THÁNG NĂM 2024", "Kỳ báo cáo: 6 tháng"]], "Kỳ báo cáo: 6 tháng"),
            (&[&["9 THÁNG NĂM 2024"], &["9 THÁNG NĂM 2023", "|Thực hiện"]], "9 THÁNG NĂM 2023"),
            (&[&["9 THÁNG NĂM 2023", "|Kế hoạch năm 2024"]], "9 THÁNG NĂM 2023"),
            (&[&["CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2023"]], "CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2023"),
        ] {
            assert_eq!(judged(sheets), format!("doubtful: {expected}"), "{sheets:?}");
        }
    }
}
