//! Checks whether a workbook is of the reporting period.
//!
//! Input: the preambles of its sheets. Output: a verdict, with the lines that contradict the period. Not here: what
//! follows for the workbook.
//!
//! Headings legitimately name other years (plans, last year), so they only count if no column can be of this period.

use crate::layout::column::{Column, Role};
use crate::layout::opening::{Line, Opening};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::period::Period;
use tonghop_core::vi::letterhead::{self, Stated, Stretch};
use tonghop_core::vi::lexicon::{self, Sense};

/// The verdict on the period of a workbook.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The workbook names the reporting period, or no period at all.
    Ours,
    /// The workbook names only another period.
    Other(Said),
    /// The workbook also names another period, or possibly does.
    Doubtful(Vec<Said>),
}

/// A line or heading with its cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub sheet: SheetName,
    pub cell: CellRef,
    pub words: String,
}

/// How a stated period relates to the reporting period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
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
struct Dated<'o> {
    opening: &'o Opening,
    /// The line; `None` for the heading of a column.
    line: Option<&'o Line>,
    stated: Vec<(Stated, Relation)>,
    years: Vec<u16>,
    /// Whether the time is that of a comparison or of a document.
    is_aside: bool,
}

/// A line that contradicts the reporting period.
struct Contrary<'o> {
    opening: &'o Opening,
    line: &'o Line,
    relation: Relation,
}

/// Which parts of the reporting period are named anywhere.
#[derive(Clone, Copy)]
struct Support {
    months: bool,
    year: bool,
    /// Both months and year, stated together.
    whole: bool,
}

/// Compares the periods that a workbook states with the reporting period.
pub(super) fn judge(openings: &[Opening], ours: Period) -> Verdict {
    let dated: Vec<Dated<'_>> = openings.iter().flat_map(|opening| dated(opening, ours)).collect();
    let support = Support::of(&dated, ours);
    let mut contraries: Vec<Contrary<'_>> = dated.iter().filter_map(|text| text.contrary(ours)).collect();
    let decisive = contraries.iter().find(|contrary| !support.answers(contrary.relation));
    if let Some(other) = decisive.map(Contrary::said).or_else(|| by_headings(openings, ours, support)) {
        return Verdict::Other(other);
    }
    // A sheet that names both periods compares them, unless the line introduces its period.
    contraries.retain(|Contrary { opening, line, relation }| {
        let of_sheet = Support::of(dated.iter().filter(|text| std::ptr::eq(text.opening, *opening)), ours);
        !(of_sheet.whole || of_sheet.answers(*relation) && *relation != Relation::EarlierYear)
            || letterhead::introduces_period(&line.words)
    });
    let earlier = || only_earlier_years(&dated, ours, support);
    let doubtful: Vec<Said> = contraries.iter().map(Contrary::said).chain(earlier()).collect();
    if doubtful.is_empty() { Verdict::Ours } else { Verdict::Doubtful(doubtful) }
}

impl Support {
    fn of<'t>(texts: impl IntoIterator<Item = &'t Dated<'t>>, ours: Period) -> Self {
        let mut support = Self { months: false, year: false, whole: false };
        for text in texts {
            support.months |= text.states(Relation::Same) || text.states(Relation::SameMonths);
            support.whole |= text.states(Relation::Same);
            support.year |= text.states(Relation::Same) || !text.is_aside && text.years.contains(&ours.year);
        }
        support
    }

    /// Returns whether the part of the period that `relation` contradicts is named elsewhere.
    fn answers(self, relation: Relation) -> bool {
        if relation == Relation::EarlierYear { self.year } else { self.months }
    }
}

/// Lists the lines and headings of a sheet that name a time.
fn dated(opening: &Opening, ours: Period) -> impl Iterator<Item = Dated<'_>> {
    let lines = opening.lines.iter().map(|line| (Some(line), line.words.as_str()));
    let headings = opening.columns.iter().map(|(_, column)| (None, column.heading.as_str()));
    lines.chain(headings).filter_map(move |(line, words)| Dated::of(opening, line, words, ours))
}

impl<'o> Dated<'o> {
    fn of(opening: &'o Opening, line: Option<&'o Line>, words: &str, ours: Period) -> Option<Self> {
        let stated = letterhead::stated(words).into_iter();
        let stated: Vec<_> = stated.map(|stated| (stated, relation(stated, ours))).collect();
        let years = lexicon::years(words);
        let names_time = !(stated.is_empty() && years.is_empty());
        names_time.then(|| Self { opening, line, stated, years, is_aside: letterhead::is_aside(words) })
    }

    fn states(&self, wanted: Relation) -> bool {
        self.stated.iter().any(|(_, relation)| *relation == wanted)
    }

    /// Returns the contradiction to the reporting period, if the line certainly states another one.
    fn contrary(&self, ours: Period) -> Option<Contrary<'o>> {
        use Relation::{EarlierMonths, EarlierYear, Later, OtherMonths, Same, SameMonths, SameYear};
        let line =
            self.line.filter(|_| !self.is_aside && ![Same, SameMonths, SameYear].iter().any(|r| self.states(*r)))?;
        let introduced = letterhead::introduces_period(&line.words);
        let tells = |stated: &Stated| introduced || stated.stretch != Stretch::Year || ours.months == 12;
        let counts = |relation: &Relation| match relation {
            EarlierMonths | EarlierYear => introduced || !self.states(Later),
            Later | OtherMonths => introduced,
            Same | SameMonths | SameYear => false,
        };
        let (_, relation) = self.stated.iter().find(|(stated, relation)| tells(stated) && counts(relation))?;
        Some(Contrary { opening: self.opening, line, relation: *relation })
    }
}

fn relation(stated: Stated, ours: Period) -> Relation {
    let end = stated.stretch.end();
    match stated.year {
        Some(year) if year < ours.year => Relation::EarlierYear,
        Some(year) if year > ours.year => Relation::Later,
        _ if stated.stretch == Stretch::Rest => Relation::OtherMonths,
        Some(_) if end == ours.months => Relation::Same,
        None if end == ours.months => Relation::SameMonths,
        None => Relation::OtherMonths,
        Some(_) if stated.stretch == Stretch::Year => Relation::SameYear,
        Some(_) if end < ours.months => Relation::EarlierMonths,
        Some(_) => Relation::Later,
    }
}

/// Returns the first line that names a year, if all lines of the workbook name only earlier years.
///
/// This is only a doubt, not proof: "Chỉ số cải cách hành chính năm 2023" is reported a year later.
fn only_earlier_years(dated: &[Dated<'_>], ours: Period, support: Support) -> Option<Said> {
    let of_form = dated.iter().filter(|text| !text.is_aside);
    let mut years = of_form.filter_map(|text| Some((text.opening, text.line?, *text.years.iter().max()?)));
    let (opening, line, _) = years.next().filter(|(_, _, year)| !support.year && *year < ours.year)?;
    years.all(|(_, _, year)| year < ours.year).then(|| Said::line(opening, line))
}

/// Returns a heading of an earlier result, if the workbook has no column for the result of this period.
///
/// In last year's form, "Thực hiện 9 tháng năm 2023" is the result; in this period it would be read as last year's
/// value. The form is of another period if no column can be this period's result and nothing names its year.
fn by_headings(openings: &[Opening], ours: Period, support: Support) -> Option<Said> {
    let columns = || openings.iter().flat_map(|opening| opening.columns.iter().map(move |column| (opening, column)));
    let is_result = |column: &Column| match &column.role {
        Role::Member(_, role) => matches!(**role, Role::Value(Measure::Actual, _)),
        role => matches!(role, Role::Value(Measure::Actual, _)),
    };
    if columns().any(|(_, (_, column))| is_result(column)) {
        return None;
    }
    let is_earlier = |stated| relation(stated, ours) == Relation::EarlierMonths;
    let earlier = |heading: &str| match year_of_result(heading) {
        Some(year) if year < ours.year => !support.year,
        Some(_) => !support.months && letterhead::stated(heading).into_iter().any(is_earlier),
        None => false,
    };
    let (opening, (cell, column)) = columns().find(|(_, (_, column))| earlier(&column.heading))?;
    Some(Said { sheet: opening.sheet.clone(), cell: *cell, words: column.heading.clone() })
}

/// Returns the year of the result that a heading names.
fn year_of_result(heading: &str) -> Option<u16> {
    let year = lexicon::years(heading).into_iter().max()?;
    let sense = lexicon::sense(heading, year - 1, year);
    matches!(sense, Some(Sense::Actual | Sense::Estimate)).then_some(year)
}

impl Contrary<'_> {
    fn said(&self) -> Said {
        Said::line(self.opening, self.line)
    }
}

impl Said {
    fn line(opening: &Opening, line: &Line) -> Self {
        Self { sheet: opening.sheet.clone(), cell: line.cell, words: line.words.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonghop_core::model::measure::Status;

    const OURS: Period = Period { year: 2024, months: 9 };

    fn actual() -> Role {
        Role::Value(Measure::Actual, Status::Final)
    }

    /// Builds a preamble: texts that begin with "|" are headings, with "||" headings of this period's results.
    fn opening(texts: &[&str]) -> Opening {
        let place = |row: usize| CellRef::new(row as u32, 0);
        let mut opening = Opening { sheet: SheetName::new("S"), lines: Vec::new(), columns: Vec::new() };
        for (row, text) in texts.iter().enumerate() {
            let role = if text.starts_with("||") { actual() } else { Role::Unknown };
            let heading = text.trim_start_matches('|').to_owned();
            match text.starts_with('|') {
                true => opening.columns.push((place(row), Column { heading, role, ..Column::unknown(0) })),
                false => opening.lines.push(Line { cell: place(row), words: heading }),
            }
        }
        opening
    }

    /// Returns the verdict on `sheets` with the texts that contradict the period.
    fn judged(sheets: &[&[&str]]) -> String {
        let openings: Vec<Opening> = sheets.iter().map(|texts| opening(texts)).collect();
        let words = |said: &[Said]| said.iter().map(|said| said.words.clone()).collect::<Vec<_>>().join("; ");
        match judge(&openings, OURS) {
            Verdict::Ours => String::new(),
            Verdict::Other(said) => format!("other: {}", said.words),
            Verdict::Doubtful(said) => format!("doubtful: {}", words(&said)),
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
