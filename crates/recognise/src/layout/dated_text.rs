//! Relates the periods that a sheet states above its data to the reporting period.
//!
//! Input: the preamble of a sheet. Output: its dated texts, and the line that contradicts the reporting period. Not
//! here: what follows for the workbook or the columns.

use super::preamble::{Preamble, PreambleLine};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::period::Period;
use tonghop_core::model::stated_period::{Span, StatedPeriod};
use tonghop_core::vi::form_header;
use tonghop_core::vi::heading::HeadingMeaning;
use tonghop_core::vi::lexicon;
use tonghop_core::vi::period::{is_only_period, periods_of_name, stated_periods};

/// How a stated period relates to the reporting period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PeriodRelation {
    Same,
    /// The same months, without a year.
    SameMonths,
    /// The same year, without months.
    SameYear,
    /// Other months of the same year that end with or before the report: its last quarter, its last month.
    OtherPart,
    EarlierYear,
    Later,
    /// Other months, without a year.
    OtherMonths,
    /// No months of one year: a school year, a span of years, a season.
    Unrelated,
}

/// A text above the data that names a time, with the periods that it states.
pub(crate) struct DatedText<'o> {
    pub preamble: &'o Preamble,
    /// The line; `None` for the heading of a column.
    pub line: Option<&'o PreambleLine>,
    stated: Vec<(StatedPeriod, PeriodRelation)>,
    pub years: Vec<u16>,
    /// Whether the time is that of a comparison or of a document.
    pub is_aside: bool,
}

/// A line that contradicts the reporting period.
pub(crate) struct Contradiction<'o> {
    pub preamble: &'o Preamble,
    pub line: &'o PreambleLine,
    pub relation: PeriodRelation,
}

/// Which parts of the reporting period are named.
#[derive(Clone, Copy)]
pub(crate) struct PeriodSupport {
    pub months: bool,
    pub year: bool,
    /// Both months and year, stated together.
    pub both: bool,
}

/// A sheet or a table that states another period than the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OtherPeriod {
    pub line: PreambleLine,
    /// Whether it is of an earlier year, so that its plans are as well.
    pub is_earlier_year: bool,
}

impl PeriodSupport {
    pub(crate) fn collect<'t>(texts: impl IntoIterator<Item = &'t DatedText<'t>>, report: Period) -> Self {
        let mut support = Self { months: false, year: false, both: false };
        for text in texts {
            support.months |= text.states(PeriodRelation::Same) || text.states(PeriodRelation::SameMonths);
            support.both |= text.states(PeriodRelation::Same);
            support.year |= text.states(PeriodRelation::Same) || !text.is_aside && text.years.contains(&report.year());
        }
        support
    }

    /// Returns whether the part of the period that `relation` contradicts is named elsewhere.
    pub(crate) fn covers(self, relation: PeriodRelation) -> bool {
        if relation == PeriodRelation::EarlierYear { self.year } else { self.months }
    }
}

/// Lists the lines and headings of a sheet that name a time.
pub(crate) fn dated_texts(preamble: &Preamble, report: Period) -> impl Iterator<Item = DatedText<'_>> {
    let lines = preamble.lines.iter().map(|line| (Some(line), line.text.as_str()));
    // Fast path: most headings are understood without any time.
    let may_be_dated =
        |meaning: &HeadingMeaning| meaning.period.is_some() || meaning.base.is_some() || !meaning.leftover.is_empty();
    let headings = preamble.columns.iter().filter(move |(_, column)| may_be_dated(&column.meaning));
    let headings = headings.map(|(_, column)| (None, column.heading.as_str()));
    lines.chain(headings).filter_map(move |(line, words)| DatedText::parse(preamble, line, words, report))
}

impl<'o> DatedText<'o> {
    fn parse(preamble: &'o Preamble, line: Option<&'o PreambleLine>, text: &str, report: Period) -> Option<Self> {
        let stated = stated_periods(text).into_iter();
        let stated: Vec<_> = stated.map(|stated| (stated, period_relation(stated, report))).collect();
        let years = lexicon::years(text);
        let names_time = !(stated.is_empty() && years.is_empty());
        names_time.then(|| {
            let is_aside = form_header::is_comparison_or_citation(text);
            Self { preamble, line, stated, years, is_aside }
        })
    }

    pub(crate) fn states(&self, wanted: PeriodRelation) -> bool {
        self.stated.iter().any(|(_, relation)| *relation == wanted)
    }

    /// Returns the contradiction to the reporting period, if the line certainly states another one.
    pub(crate) fn contradiction(&self, report: Period) -> Option<Contradiction<'o>> {
        use PeriodRelation::{EarlierYear, Later, OtherMonths, OtherPart, Same, SameMonths, SameYear, Unrelated};
        let line = self.line.filter(|_| !self.is_aside && ![Same, SameMonths].iter().any(|r| self.states(*r)))?;
        let is_earlier = self.states(EarlierYear) && is_only_period(&line.text);
        let is_introduced = is_earlier || form_header::states_period(&line.text);
        let is_specific = |stated: &StatedPeriod| is_introduced || stated.span != Span::Year || report.is_whole_year();
        let is_certain = |relation: &PeriodRelation| match relation {
            OtherPart | EarlierYear => is_introduced || !self.states(Later),
            Later | OtherMonths | SameYear => is_introduced,
            Same | SameMonths | Unrelated => false,
        };
        let (_, relation) =
            self.stated.iter().find(|(stated, relation)| is_specific(stated) && is_certain(relation))?;
        Some(Contradiction { preamble: self.preamble, line, relation: *relation })
    }
}

/// Relates a stated period to that of the report.
pub(crate) fn period_relation(stated: StatedPeriod, report: Period) -> PeriodRelation {
    let Some((first, last)) = stated.months(report) else { return PeriodRelation::Unrelated };
    let months = (first.month, last.month);
    match stated.given_year() {
        Some(year) if year < report.year() => PeriodRelation::EarlierYear,
        Some(year) if year > report.year() => PeriodRelation::Later,
        // The months to come are those of tasks and plans.
        _ if matches!(stated.span, Span::LastMonths(_)) => PeriodRelation::OtherMonths,
        given if months == (report.start().month, report.end().month) => {
            if given.is_some() {
                PeriodRelation::Same
            } else {
                PeriodRelation::SameMonths
            }
        }
        Some(_) if stated.span == Span::Year => PeriodRelation::SameYear,
        Some(_) if last.month <= report.end().month => PeriodRelation::OtherPart,
        Some(_) => PeriodRelation::Later,
        None => PeriodRelation::OtherMonths,
    }
}

/// Returns the line of a sheet that says that its figures are of another period; `None` if a line or a heading names the
/// reporting period, or none says another one for certain.
///
/// Without any dated line, the name of the sheet decides.
pub(crate) fn other_period(preamble: &Preamble, texts: &[DatedText<'_>], report: Period) -> Option<OtherPeriod> {
    let is_own_line = |text: &DatedText<'_>| text.line.is_some() && !text.is_aside;
    let is_dated = || texts.iter().any(|text| is_own_line(text) || text.states(PeriodRelation::Same));
    stated_other_period(texts, report)
        .or_else(|| if is_dated() { None } else { other_period_of_name(preamble, report) })
}

/// Returns the line of the caption of a table that says that its figures are of another period, as [`other_period`].
pub(crate) fn other_period_of_table(caption: &Preamble, report: Period) -> Option<OtherPeriod> {
    // Fast path: the headings are parsed only to confirm or deny what a line says.
    if caption.lines.is_empty() {
        return None;
    }
    stated_other_period(&dated_texts(caption, report).collect::<Vec<_>>(), report)
}

/// Lines that name both periods compare them, unless one introduces its period ("Kỳ báo cáo: …").
fn stated_other_period(texts: &[DatedText<'_>], report: Period) -> Option<OtherPeriod> {
    let support = PeriodSupport::collect(texts, report);
    let contradiction = texts.iter().filter_map(|text| text.contradiction(report)).find(|found| {
        let is_covered = support.covers(found.relation) && found.relation != PeriodRelation::EarlierYear;
        !(support.both || is_covered) || form_header::states_period(&found.line.text)
    });
    contradiction.map(|found| OtherPeriod {
        line: found.line.clone(),
        is_earlier_year: found.relation == PeriodRelation::EarlierYear,
    })
}

/// Returns the period of a sheet by its name, if that is another one.
fn other_period_of_name(preamble: &Preamble, report: Period) -> Option<OtherPeriod> {
    let name = preamble.sheet.as_str();
    let relation = name_relation(name, report)?;
    let line = PreambleLine { cell: CellRef::new(0, 0), text: name.to_owned() };
    Some(OtherPeriod { line, is_earlier_year: relation == PeriodRelation::EarlierYear })
}

/// Returns how the name of a sheet or a file contradicts the reporting period; `None` if it does not.
///
/// "T1" can be the first table; months and quarters count if they are written as words, or with their year.
pub(crate) fn name_relation(name: &str, report: Period) -> Option<PeriodRelation> {
    use PeriodRelation::{EarlierYear, OtherMonths, OtherPart};
    let periods = periods_of_name(name);
    let relations: Vec<PeriodRelation> = periods.iter().map(|stated| period_relation(*stated, report)).collect();
    let is_part = |stated: &StatedPeriod| {
        let is_short_month = matches!(stated.span, Span::Month(_)) && !name.to_lowercase().contains("th");
        let is_vague = is_short_month && stated.given_year().is_none();
        let is_year = stated.span == Span::Year && period_relation(*stated, report) != EarlierYear;
        !(is_vague || is_year || matches!(stated.span, Span::LastMonths(_)))
    };
    use PeriodRelation::{Same, SameMonths, SameYear};
    let is_ours = relations.iter().any(|relation| matches!(relation, Same | SameMonths | SameYear));
    let mut named = periods.iter().zip(&relations).filter(|(stated, _)| is_part(stated));
    let (_, relation) = named.find(|(_, relation)| matches!(relation, OtherPart | EarlierYear | OtherMonths))?;
    (!is_ours).then_some(*relation)
}
