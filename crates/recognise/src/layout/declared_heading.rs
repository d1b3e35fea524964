//! The headings that the settings declare, and what has the same meaning.
//!
//! Input: the settings, and the meaning of a heading of a workbook. Output: whether a declared heading says the same. Not
//! here: the words of the language, the role of the column (see [`super::heading`]).

use tonghop_core::config::Config;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::stated_period::{Span, StatedPeriod};
use tonghop_core::vi::heading::{Base, BaseKind, HeadingMeaning, HeadingParser};
use tonghop_core::vi::terms::StatedMeasure;

/// A heading that the settings declare.
pub(super) struct DeclaredHeading {
    meaning: HeadingMeaning,
    pub(super) role: DeclaredRole,
    /// Whether it is the heading of a month or quarter, whose results "thực hiện" may name.
    is_of_series: bool,
}

/// What a declared heading is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DeclaredRole {
    Measure(Measure),
    Label,
    Ignored,
}

/// Parses the headings of the settings.
pub(super) fn declared_headings(config: &Config, parser: &HeadingParser) -> Vec<DeclaredHeading> {
    let of_measures = config.measure_headings().flat_map(|(measure, headings, _)| {
        headings.iter().map(move |heading| (heading, DeclaredRole::Measure(measure.clone())))
    });
    let labels = config.columns.label.iter().map(|heading| (heading, DeclaredRole::Label));
    let ignored = config.columns.ignore.iter().map(|heading| (heading, DeclaredRole::Ignored));
    let all = of_measures.chain(labels).chain(ignored);
    let parsed = all.map(|(heading, role)| {
        let is_of_series = matches!(&role, DeclaredRole::Measure(measure) if config.is_of_series(measure));
        DeclaredHeading { meaning: parser.parse(&[heading]), role, is_of_series }
    });
    parsed.filter(|declared| !declared.meaning.words.is_empty()).collect()
}

impl DeclaredHeading {
    /// Returns whether a heading has the same words.
    pub(super) fn is_equal(&self, heading: &HeadingMeaning) -> bool {
        self.meaning.words == heading.words && have_same_base(&self.meaning.units, &heading.units)
    }

    /// Returns whether a heading says the same in other words, or adds the period that the measure needs.
    pub(super) fn says(&self, heading: &HeadingMeaning, report: Period) -> bool {
        let own = &self.meaning;
        let named = |quantity: &'_ Option<String>| quantity.clone().filter(|words| !words.is_empty());
        let is_same_text = own.leftover == heading.leftover
            && own.setter == heading.setter
            && own.is_total == heading.is_total
            && named(&own.quantity) == named(&heading.quantity);
        let is_result = matches!(heading.measure, Some(StatedMeasure::Actual | StatedMeasure::Estimate));
        let is_same_measure = own.measure == heading.measure || self.is_of_series && own.measure.is_none() && is_result;
        let is_same_amount = own.kind == heading.kind
            && is_same_measure
            && have_same_base(&own.units, &heading.units)
            && own.is_cumulative.zip(heading.is_cumulative).is_none_or(|(one, other)| one == other);
        is_same_text
            && is_same_amount
            && !(own.is_contradictory || heading.is_contradictory)
            && is_same_comparison(own.base, heading.base, report)
            && self.has_period_of(heading, report)
    }

    fn has_period_of(&self, heading: &HeadingMeaning, report: Period) -> bool {
        match (self.meaning.period, heading.period) {
            (None, None) => true,
            (None, Some(stated)) => match &self.role {
                DeclaredRole::Measure(measure) => is_needed_period(measure, stated, report),
                DeclaredRole::Label | DeclaredRole::Ignored => false,
            },
            (Some(own), Some(stated)) => is_same_period(own, stated, report),
            (Some(_), None) => false,
        }
    }
}

fn is_same_period(one: StatedPeriod, other: StatedPeriod, report: Period) -> bool {
    one == other || one.months(report).is_some_and(|months| other.months(report) == Some(months))
}

fn is_same_comparison(one: Option<Base>, other: Option<Base>, report: Period) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) if one.kind != other.kind => false,
        (Some(one), Some(other)) if one.kind == BaseKind::Other => match (one.period, other.period) {
            (None, None) => true,
            (Some(one), Some(other)) => is_same_period(one, other, report),
            _ => false,
        },
        (Some(_), Some(_)) => true,
        _ => false,
    }
}

/// Returns whether two headings can be of one unit: one of them states none, or they share a base unit.
fn have_same_base(one: &[Unit], other: &[Unit]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|unit| other.iter().any(|o| o.has_same_base(unit)))
}

/// Returns whether a period is the one that a measure of the report needs.
pub(crate) fn is_needed_period(measure: &Measure, stated: StatedPeriod, report: Period) -> bool {
    match measure {
        Measure::LastYear => {
            stated.is(report.year_before(), report) || is_season_of(stated, report.year_before().year())
        }
        Measure::Target(_) => stated.is_year(report.year(), report),
        _ => stated.is(report, report) || is_season_of(stated, report.year()) || is_season_of(stated, 0),
    }
}

/// Returns whether it is a crop season of a year; the result of a season is that of its crop in every period. 0 stands
/// for no year.
fn is_season_of(stated: StatedPeriod, year: u16) -> bool {
    matches!(stated.span, Span::Season(_)) && stated.given_year().unwrap_or(0) == year
}
