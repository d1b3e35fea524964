//! Checks whether a workbook is of the reporting period.
//!
//! Input: the preambles of its sheets. Output: a verdict, with the lines that contradict the period. Not here: what
//! follows for the workbook.
//!
//! Headings legitimately name other years (plans, last year), so they only count if no column can be of this period.

use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::dated_text::{
    Contradiction, DatedText, PeriodRelation, PeriodSupport, dated_texts, name_relation, other_period, period_relation,
};
use crate::layout::preamble::{Preamble, PreambleLine};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::period::Period;
use tonghop_core::vi::terms::StatedMeasure;

/// The verdict on the period of a workbook.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PeriodVerdict {
    /// The workbook names the reporting period, or no period at all.
    Matches,
    /// The workbook names only another period.
    Other(LineRef),
    /// Sheets of the workbook name another period, or the workbook possibly does.
    Doubtful {
        /// One line for each sheet of another period.
        other_sheets: Vec<LineRef>,
        /// The first line of a workbook that only names earlier years.
        earlier: Option<LineRef>,
    },
}

/// A line or heading with its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineRef {
    pub sheet: SheetName,
    pub cell: CellRef,
    pub text: String,
}

/// Compares the periods that a workbook states with the reporting period.
pub(super) fn judge(preambles: &[Preamble], file: &FilePath, report_period: Period) -> PeriodVerdict {
    let of_sheets: Vec<Vec<DatedText<'_>>> =
        preambles.iter().map(|opening| dated_texts(opening, report_period).collect()).collect();
    let dated: Vec<&DatedText<'_>> = of_sheets.iter().flatten().collect();
    let support = PeriodSupport::collect(dated.iter().copied(), report_period);
    let mut contraries = dated.iter().filter_map(|text| text.contradiction(report_period));
    let decisive = contraries.find(|contrary| !support.covers(contrary.relation));
    let of_file = || other_period_of_file(preambles, &dated, file, report_period);
    if let Some(other) = decisive
        .as_ref()
        .map(LineRef::from_contradiction)
        .or_else(|| earlier_result_heading(preambles, report_period, support))
        .or_else(of_file)
    {
        return PeriodVerdict::Other(other);
    }
    let sheets = preambles.iter().zip(&of_sheets);
    let contraries =
        sheets.filter_map(|(opening, texts)| Some((opening, other_period(opening, texts, report_period)?)));
    let contraries = contraries.map(|(opening, other)| LineRef::from_line(opening, &other.line));
    let other_sheets: Vec<LineRef> = contraries.collect();
    let earlier = only_earlier_years(&dated, report_period, support);
    match other_sheets.is_empty() && earlier.is_none() {
        true => PeriodVerdict::Matches,
        false => PeriodVerdict::Doubtful { other_sheets, earlier },
    }
}

/// Returns the first line that names a year, if all lines of the workbook name only earlier years.
///
/// This is only a doubt, not proof: "Chỉ số cải cách hành chính năm 2023" is reported a year later.
fn only_earlier_years(dated: &[&DatedText<'_>], report_period: Period, support: PeriodSupport) -> Option<LineRef> {
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
    let earlier = |column: &SheetColumn| {
        use StatedMeasure::{Actual, Disbursed, Estimate, YearEstimate};
        let is_result = matches!(column.meaning.measure, Some(Actual | Disbursed | Estimate | YearEstimate));
        let stated = column.meaning.period.filter(|_| is_result && column.meaning.base.is_none())?;
        let is_earlier = stated.given_year()? < report_period.year();
        // A measure of the settings can be that of another part of the year: a month, a quarter.
        let is_declared = matches!(column.role, ColumnRole::Value(Measure::Custom(_), _));
        let is_other = !is_declared && period_relation(stated, report_period) == PeriodRelation::OtherPart;
        Some(is_earlier && !support.year || !is_earlier && !support.months && is_other)
    };
    let (opening, (cell, column)) = columns().find(|(_, (_, column))| earlier(column) == Some(true))?;
    Some(LineRef { sheet: opening.sheet.clone(), cell: *cell, text: column.heading.clone() })
}

impl LineRef {
    fn from_contradiction(found: &Contradiction<'_>) -> Self {
        Self::from_line(found.preamble, found.line)
    }

    fn from_line(preamble: &Preamble, line: &PreambleLine) -> Self {
        Self { sheet: preamble.sheet.clone(), cell: line.cell, text: line.text.clone() }
    }
}

/// Returns the first sheet of a workbook without any dated line, if the name of its file says another period.
fn other_period_of_file(
    preambles: &[Preamble],
    dated: &[&DatedText<'_>],
    file: &FilePath,
    report: Period,
) -> Option<LineRef> {
    let name = file.as_str().rsplit('/').next().unwrap_or_default();
    let is_dated = dated.iter().any(|text| !text.is_aside);
    let sheet = preambles.first().filter(|_| !is_dated)?.sheet.clone();
    name_relation(name, report).map(|_| LineRef { sheet, cell: CellRef::new(0, 0), text: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tonghop_core::model::measure::Status;
    use tonghop_core::vi::heading::HeadingParser;

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
                true => opening.columns.push((
                    place(row),
                    SheetColumn {
                        meaning: Arc::new(HeadingParser::default().parse(&[&heading])),
                        heading,
                        role,
                        ..SheetColumn::unknown(0)
                    },
                )),
                false => opening.lines.push(PreambleLine { cell: place(row), text: heading }),
            }
        }
        opening
    }

    /// Returns the verdict on `sheets` with the texts that contradict the period.
    fn judged(sheets: &[&[&str]]) -> String {
        let openings: Vec<Preamble> = sheets.iter().map(|texts| opening(texts)).collect();
        described(&judge(&openings, &FilePath::new("workbooks/a/x.xlsx"), OURS))
    }

    fn described(verdict: &PeriodVerdict) -> String {
        match verdict {
            PeriodVerdict::Matches => String::new(),
            PeriodVerdict::Other(line) => format!("other: {}", line.text),
            PeriodVerdict::Doubtful { other_sheets, earlier } => {
                let lines: Vec<&str> = other_sheets.iter().chain(earlier).map(|line| line.text.as_str()).collect();
                format!("doubtful: {}", lines.join("; "))
            }
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
            &[&["Tháng 9 và 9 tháng năm 2024"], &["QUÝ III VÀ 9 THÁNG NĂM 2024", "VỐN NĂM 2024"]],
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
            (&[&["Tháng 9 năm 2024"], &["VỐN NĂM 2024"]], "Tháng 9 năm 2024"),
            (&[&["Kỳ báo cáo: Quý III năm 2024"]], "Kỳ báo cáo: Quý III năm 2024"),
            (&[&["Kỳ báo cáo: Năm 2024", "||Ước thực hiện"]], "Kỳ báo cáo: Năm 2024"),
            (&[&["Kỳ báo cáo: Quý II"]], "Kỳ báo cáo: Quý II"),
            (&[&["Kỳ báo cáo: 9 tháng năm 2025"]], "Kỳ báo cáo: 9 tháng năm 2025"),
            (&[&["BIỂU", "|KH năm 2023", "|Ước TH 9 tháng năm 2023", "|Cùng kỳ 2022"]], "Ước TH 9 tháng năm 2023"),
            (&[&["BIỂU", "|KH năm 2024", "|Thực hiện 6 tháng năm 2024"]], "Thực hiện 6 tháng năm 2024"),
        ] {
            assert_eq!(judged(sheets), format!("other: {expected}"), "{sheets:?}");
        }
    }

    #[test]
    fn names_of_files_and_sheets_decide_where_nothing_else_does() {
        for (file, sheet, lines, expected) in [
            ("Bieu 6 thang 2024.xlsx", "S", &["BIỂU"][..], "other: Bieu 6 thang 2024.xlsx"),
            ("Bieu 6T2024.xlsx", "S", &["9 THÁNG NĂM 2024"], ""),
            ("BC 9T2024.xlsx", "S", &["BIỂU"], ""),
            ("NV 3 thang cuoi nam 2024.xlsx", "S", &["BIỂU"], ""),
            ("x.xlsx", "Quy II", &["BIỂU"], "doubtful: Quy II"),
            ("x.xlsx", "T8.2024", &["BIỂU"], "doubtful: T8.2024"),
            ("x.xlsx", "T1", &["BIỂU"], ""),
            ("x.xlsx", "6 tháng", &["9 THÁNG NĂM 2024"], ""),
        ] {
            let preamble = Preamble { sheet: SheetName::new(sheet), ..opening(lines) };
            let file = FilePath::new(format!("workbooks/a/{file}"));
            assert_eq!(described(&judge(&[preamble], &file, OURS)), expected, "{file} {sheet}");
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
