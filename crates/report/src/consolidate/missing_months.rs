//! Finds the months and quarters of a series that lack a number although others have one.
//!
//! Input: the results of a sector and the series of the settings. Output: a diagnostic for each indicator and series. Not
//! here: the months after the reporting period, and indicators without any month.

use tonghop_core::config::{Config, Series};
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::message::Message;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};
use tonghop_core::msg;

/// Reports the members of series that an indicator lacks up to the end of the period.
pub(super) fn missing_months(sector: &SectorReport, config: &Config) -> Vec<Diagnostic> {
    let rows = sector.decl.indicators.iter().filter_map(|indicator| Some((indicator, sector.row(&indicator.id)?)));
    let of_series = |(indicator, row)| {
        config.all_series().iter().filter_map(move |series| missing_in(sector, (indicator, row), series, config))
    };
    rows.flat_map(of_series).collect()
}

fn missing_in(
    sector: &SectorReport,
    (indicator, row): (&IndicatorDecl, &IndicatorRow),
    series: &Series,
    config: &Config,
) -> Option<Diagnostic> {
    let measures: Vec<Measure> =
        series.members[series.in_period(config.period)].iter().cloned().map(Measure::Custom).collect();
    let figure = |measure: &&Measure| row.figure(measure).filter(|figure| figure.has_data());
    let known: Vec<&FigureRef> = measures.iter().filter_map(|measure| figure(&measure)).collect();
    let lacking: Vec<Message> =
        measures.iter().filter(|measure| figure(measure).is_none()).map(|m| config.measure_message(m)).collect();
    let first = known.first().filter(|_| !lacking.is_empty())?;
    let message = msg!(
        "{title}: \"{label}\" chưa có số của {months}, trong khi các kỳ khác đã có",
        "{title}: \"{label}\" has no number for {months}, although others have one",
        title = sector.decl.title,
        label = indicator.label,
        months = Message::join(&lacking, ", ")
    );
    let hint = Message::new(
        "hỏi đơn vị số còn thiếu; không phát sinh thì ghi dấu \"-\"",
        "ask the department for the number; \"-\" says that nothing happened",
    );
    let rule = Place::Rule(RuleLine { file: sector.decl.file.clone(), line: indicator.line });
    let place = first.sources().first().map_or_else(|| rule.clone(), |source| Place::from_source(source));
    Some(Diagnostic::new(Code::IndicatorMissing, place, message).with_place(rule).with_hint(hint))
}
