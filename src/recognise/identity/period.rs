//! Whether a workbook is of the period of the report.
//!
//! In come the beginnings of its sheets, out goes a verdict with the line that speaks against it. Headings name other
//! years for good reasons (plans, last year), so that they count only where nothing else can be of this period.
//! Never here: what happens with the workbook.

use super::opening::{Line, Opening};
use crate::model::cell::CellRef;
use crate::model::figure::Measure;
use crate::model::id::SheetName;
use crate::model::period::Period;
use crate::recognise::header::Column;
use crate::recognise::heading::Role;
use crate::vi::letterhead::{self, Stated, Stretch};
use crate::vi::lexicon::{self, Sense};

/// What the lines and headings of a workbook say of its period.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The period of the report, or nothing.
    Ours,
    /// Another period only.
    Other(Said),
    /// Another period too, or perhaps.
    Doubtful(Vec<Said>),
}

/// Words with their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub sheet: SheetName,
    pub cell: CellRef,
    pub words: String,
}

/// How a stretch of time that is stated lies to that of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Same,
    /// Its months, without a year.
    SameMonths,
    /// Its year, without a month.
    SameYear,
    /// An earlier stretch of its year.
    EarlierMonths,
    EarlierYear,
    Later,
    /// Other months of no year.
    OtherMonths,
}

/// A line that speaks against the period of the report.
struct Contrary<'o> {
    opening: &'o Opening,
    line: &'o Line,
    relation: Relation,
}

/// Whether anything speaks for the period of the report.
#[derive(Clone, Copy)]
struct Support {
    months: bool,
    year: bool,
    /// Both, stated together.
    whole: bool,
}

/// Judges the period of a workbook.
pub(super) fn judge(openings: &[Opening], ours: Period) -> Verdict {
    let support = Support::of(openings, ours);
    let mut contraries = contraries(openings, ours);
    let decisive = contraries.iter().find(|contrary| !support.answers(contrary.relation));
    if let Some(other) = decisive.map(Contrary::said).or_else(|| by_headings(openings, ours, support)) {
        return Verdict::Other(other);
    }
    // A sheet that states both compares, unless the line is the one that names the period.
    contraries.retain(|Contrary { opening, line, relation }| {
        let of_sheet = Support::of(std::slice::from_ref(*opening), ours);
        !(of_sheet.whole || of_sheet.answers(*relation) && *relation != Relation::EarlierYear)
            || letterhead::introduces_period(&line.words)
    });
    let earlier = || only_earlier_years(openings, ours, support);
    let doubtful: Vec<Said> = contraries.iter().map(Contrary::said).chain(earlier()).collect();
    if doubtful.is_empty() { Verdict::Ours } else { Verdict::Doubtful(doubtful) }
}

impl Support {
    fn of(openings: &[Opening], ours: Period) -> Self {
        let texts: Vec<&str> = openings.iter().flat_map(texts).collect();
        let relations: Vec<Relation> =
            texts.iter().flat_map(|words| letterhead::stated(words)).map(|stated| relation(stated, ours)).collect();
        let names_year = |words: &&str| !letterhead::is_aside(words) && lexicon::years(words).contains(&ours.year);
        Self {
            months: relations.iter().any(|relation| matches!(relation, Relation::Same | Relation::SameMonths)),
            year: relations.contains(&Relation::Same) || texts.iter().any(names_year),
            whole: relations.contains(&Relation::Same),
        }
    }

    /// Tells whether something speaks for what a line speaks against.
    fn answers(self, relation: Relation) -> bool {
        if relation == Relation::EarlierYear { self.year } else { self.months }
    }
}

/// Lists the lines that state another period than that of the report.
fn contraries(openings: &[Opening], ours: Period) -> Vec<Contrary<'_>> {
    let contrary = |(opening, line)| Some(Contrary { opening, line, relation: contrary(&line.words, ours)? });
    lines(openings).filter_map(contrary).collect()
}

/// Returns how the period that a line states differs from that of the report, if it surely does.
fn contrary(words: &str, ours: Period) -> Option<Relation> {
    use Relation::{EarlierMonths, EarlierYear, Later, OtherMonths, Same, SameMonths, SameYear};
    let introduced = letterhead::introduces_period(words);
    let stated = letterhead::stated(words);
    let relations: Vec<Relation> = stated.iter().map(|stated| relation(*stated, ours)).collect();
    let is_ours = relations.iter().any(|relation| matches!(relation, Same | SameMonths | SameYear));
    if is_ours || letterhead::is_aside(words) {
        return None;
    }
    let tells = |stated: &Stated| introduced || stated.stretch != Stretch::Year || ours.months == 12;
    let counts = |relation: &Relation| match relation {
        EarlierMonths | EarlierYear => introduced || !relations.contains(&Later),
        Later | OtherMonths => introduced,
        Same | SameMonths | SameYear => false,
    };
    let found = stated.iter().zip(&relations).find(|(stated, relation)| tells(stated) && counts(relation));
    found.map(|(_, relation)| *relation)
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

fn lines(openings: &[Opening]) -> impl Iterator<Item = (&Opening, &Line)> {
    openings.iter().flat_map(|opening| opening.lines.iter().map(move |line| (opening, line)))
}

fn texts(opening: &Opening) -> impl Iterator<Item = &str> {
    let headings = opening.columns.iter().map(|(_, column)| column.heading.as_str());
    opening.lines.iter().map(|line| line.words.as_str()).chain(headings)
}

/// Finds the first line that names years, where all that the lines of a workbook name are earlier ones.
///
/// That alone is no proof: "Chỉ số cải cách hành chính năm 2023" is reported a year later.
fn only_earlier_years(openings: &[Opening], ours: Period, support: Support) -> Option<Said> {
    let of_form = lines(openings).filter(|(_, line)| !letterhead::is_aside(&line.words));
    let mut dated =
        of_form.filter_map(|(opening, line)| Some((opening, line, *lexicon::years(&line.words).iter().max()?)));
    let (opening, line, _) = dated.next().filter(|(_, _, year)| !support.year && *year < ours.year)?;
    dated.all(|(_, _, year)| year < ours.year).then(|| Said::line(opening, line))
}

/// Finds the heading of a workbook whose columns of results are all of an earlier period.
///
/// In last year's form "Thực hiện 9 tháng năm 2023" is the result; read in this period, it would pass for last
/// year's. So it is another period's where no column can be this period's result and nothing names its year.
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

/// Returns the year whose result a heading names.
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
    use crate::model::figure::Status;

    const OURS: Period = Period { year: 2024, months: 9 };

    fn actual() -> Role {
        Role::Value(Measure::Actual, Status::Final)
    }

    /// A sheet of lines; those that begin with "|" are headings, with "||" of this period's results.
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

    /// Judges sheets; tells the verdict with the words that speak against the period.
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
