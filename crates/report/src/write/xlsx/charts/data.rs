//! Selects what each chart shows: its indicators that have data, with their figures.
//!
//! Input: the charts of the settings and the report. Output: charts with at least one row, each row with its figures.
//! Not here: cells, looks.

use std::sync::Arc;
use tonghop_core::config::{Chart, ChartKind, Config, IndicatorName, Series};
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::{MeasureId, TargetId};
use tonghop_core::model::indicator::IndicatorDecl;
use tonghop_core::model::measure::{FigureName, Measure, PrintFormat, Status};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};

/// A chart with the indicators that it can show.
#[derive(Debug)]
pub(crate) struct ChartData<'a> {
    pub chart: &'a Chart,
    /// One per indicator, or one per month or quarter of a series; never empty.
    pub rows: Vec<ChartRow<'a>>,
    /// The labels of the indicators of a series, which are the columns of its table.
    pub columns: Vec<&'a str>,
    /// Indicators that do not exist, have no data (of every month so far), or are in another unit than the first of an
    /// axis that they share; of a series also those beyond the width of the paper.
    pub left_out: Vec<&'a IndicatorName>,
}

/// One indicator, or one month or quarter, of a chart: a row of its table.
#[derive(Debug)]
pub(crate) struct ChartRow<'a> {
    pub label: &'a str,
    /// The plan in an attainment chart, the unit in others.
    pub detail: &'a str,
    /// All known, in the order of the table's columns. Attainment: attainment, pace. Last year: last year, actual, both
    /// as percent of last year. Plan: plan, actual. Series: one per indicator.
    pub figures: Vec<FigureRef>,
}

/// Returns the charts that have data.
pub(crate) fn charts_with_data<'a>(report: &'a Report, config: &'a Config) -> Vec<ChartData<'a>> {
    let all = config.charts.iter().map(|chart| data(chart, report, config));
    all.filter(|data| !data.rows.is_empty()).collect()
}

fn data<'a>(chart: &'a Chart, report: &'a Report, config: &'a Config) -> ChartData<'a> {
    let mut data = ChartData { chart, rows: Vec::new(), columns: Vec::new(), left_out: Vec::new() };
    if let Some(series) = chart.series.as_ref().and_then(|id| config.series(id)) {
        data.add_series(series, report, config);
        return data;
    }
    for name in &chart.indicators {
        let row = ReportedIndicator::find(report, name).and_then(|indicator| indicator.chart_row(chart, config));
        match row.filter(|line| data.accepts(line)) {
            Some(line) => data.rows.push(line),
            None => data.left_out.push(name),
        }
    }
    data
}

/// The most indicators of a series: the figures that fit on a line of the table.
const MAX_SERIES_INDICATORS: usize = 4;

impl<'a> ChartData<'a> {
    /// Adds a row for each month or quarter of the reporting period.
    fn add_series(&mut self, series: &Series, report: &'a Report, config: &'a Config) {
        let members = &series.members[series.in_period(config.period)];
        let mut shown: Vec<(&'a IndicatorDecl, Vec<FigureRef>)> = Vec::new();
        for name in &self.chart.indicators {
            let figures = ReportedIndicator::find(report, name).and_then(|found| {
                let figure = |id: &MeasureId| found.with_data(&Measure::Custom(id.clone()));
                Some((found.decl, members.iter().map(figure).collect::<Option<Vec<_>>>()?))
            });
            let has_unit_of_first =
                |(decl, _): &(&IndicatorDecl, _)| shown.first().is_none_or(|(first, _)| first.unit == decl.unit);
            match figures.filter(has_unit_of_first).filter(|_| shown.len() < MAX_SERIES_INDICATORS) {
                Some(figures) => shown.push(figures),
                None => self.left_out.push(name),
            }
        }
        let Some((first, _)) = shown.first() else { return };
        let detail = &*first.unit.label;
        self.columns = shown.iter().map(|(decl, _)| decl.label.as_str()).collect();
        for (at, id) in members.iter().enumerate() {
            let label = config.measure(id.as_str()).map_or("", |measure| &measure.name);
            let figures = shown.iter().map(|(_, figures)| Arc::clone(&figures[at])).collect();
            self.rows.push(ChartRow { label, detail, figures });
        }
    }
}

impl ChartData<'_> {
    /// Returns whether a row fits those before it: the amounts of a plan chart share one axis and need the same unit.
    fn accepts(&self, line: &ChartRow<'_>) -> bool {
        self.chart.kind != ChartKind::Plan || self.rows.first().is_none_or(|first| first.detail == line.detail)
    }
}

/// An indicator with the figures of its sector.
struct ReportedIndicator<'a> {
    sector: &'a SectorReport,
    decl: &'a IndicatorDecl,
    row: &'a IndicatorRow,
}

impl<'a> ReportedIndicator<'a> {
    fn find(report: &'a Report, name: &IndicatorName) -> Option<Self> {
        let sector = report.sectors.iter().find(|sector| sector.decl.id == name.sector)?;
        let (decl, row) = sector.declared_rows().find(|(decl, _)| decl.id == name.indicator)?;
        Some(Self { sector, decl, row })
    }

    fn chart_row(&self, chart: &Chart, config: &'a Config) -> Option<ChartRow<'a>> {
        let wanted = chart.target.as_ref();
        let (detail, figures) = match chart.kind {
            ChartKind::Attainment => self.attainment(wanted, config)?,
            ChartKind::LastYear => (&*self.decl.unit.label, self.last_year()?),
            ChartKind::Plan => (&*self.decl.unit.label, self.plan(wanted)?),
            ChartKind::Series => return None,
        };
        Some(ChartRow { label: &self.decl.label, detail, figures })
    }

    fn attainment(&self, wanted: Option<&TargetId>, config: &'a Config) -> Option<(&'a str, Vec<FigureRef>)> {
        let (target, attainment) = self.with_data_for_target(wanted, Measure::Attainment)?;
        // A proportion does not grow over the year: the whole plan is expected at any time.
        let plan = self.with_data(&Measure::Target(target.clone())).filter(|plan| plan.unit.is_proportion());
        let pace = match plan {
            Some(plan) => percent_of(&plan, &plan)?,
            None => pace(&attainment.name, config),
        };
        // Prints the decimals of the project, like the pace next to it, whatever a sentence of the report prints.
        let attainment = Figure::clone(&attainment).with_print(PrintFormat::default());
        Some((config.target_name(target), vec![Arc::new(attainment), pace]))
    }

    fn last_year(&self) -> Option<Vec<FigureRef>> {
        let (last_year, actual) = (self.with_data(&Measure::LastYear)?, self.with_data(&Measure::Actual)?);
        let (base, index) = (percent_of(&last_year, &last_year)?, percent_of(&actual, &last_year)?);
        Some(vec![last_year, actual, base, index])
    }

    fn plan(&self, wanted: Option<&TargetId>) -> Option<Vec<FigureRef>> {
        let actual = self.with_data(&Measure::Actual)?;
        let (_, plan) = self.with_data_for_target(wanted, Measure::Target)?;
        Some(vec![plan, actual])
    }

    fn with_data(&self, measure: &Measure) -> Option<FigureRef> {
        self.row.figure(measure).filter(|figure| figure.has_data()).map(Arc::clone)
    }

    /// Returns the figure with data for the wanted target, or for the first target that has one.
    fn with_data_for_target(
        &self,
        wanted: Option<&TargetId>,
        measure: impl Fn(TargetId) -> Measure,
    ) -> Option<(&'a TargetId, FigureRef)> {
        let targets = self.sector.decl.targets.iter().filter(|target| wanted.is_none_or(|wanted| wanted == *target));
        let mut found = targets.filter_map(|target| Some((target, self.with_data(&measure(target.clone()))?)));
        found.next()
    }
}

fn pace(of: &FigureName, config: &Config) -> FigureRef {
    let name = FigureName { measure: Measure::Pace, ..of.clone() };
    let amount = Amount::Known(config.period.pace());
    Arc::new(Figure::new(name, amount, Unit::percent(), Status::Final, Origin::Setting("period.months".into())))
}

/// Returns a figure in percent of the same period last year; `None` if that was zero.
fn percent_of(figure: &FigureRef, last_year: &FigureRef) -> Option<FigureRef> {
    let name = FigureName { measure: Measure::Ratio, ..figure.name.clone() };
    let percent = Figure::compute(name, Op::Percent, vec![Arc::clone(figure), Arc::clone(last_year)], None).ok()?;
    percent.is_known().then(|| Arc::new(percent))
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    fn lines(charts: &str) -> Vec<(Vec<String>, Vec<String>)> {
        let (config, report) = (sample::config_with_charts(charts), sample::report());
        let shown = |line: &ChartRow<'_>| {
            let figures = line.figures.iter().map(|f| f.amount.known().unwrap().round_dp(1).to_string());
            format!("{} ({}): {}", line.label, line.detail, figures.collect::<Vec<_>>().join(" "))
        };
        charts_with_data(&report, &config)
            .iter()
            .map(|c| (c.rows.iter().map(shown).collect(), c.left_out.iter().map(ToString::to_string).collect()))
            .collect()
    }

    #[test]
    fn each_kind_has_its_figures() {
        for (kind, line) in [
            ("attainment", "Tổng thu ngân sách địa phương (kế hoạch tỉnh giao): 65.6 75"),
            ("last-year", "Tổng thu ngân sách địa phương (triệu đồng): 3000 3314.5 100 110.5"),
            ("plan", "Tổng thu ngân sách địa phương (triệu đồng): 4290 3314.5"),
        ] {
            let charts = sample::chart(kind, &["budget.rev_total"]);
            assert_eq!(lines(&charts), [(vec![line.to_owned()], vec![])]);
        }
    }

    #[test]
    fn what_has_no_data_is_left_out() {
        let names = ["budget.rev_total", "land.auctions", "budget.typo", "nothing.rev_total"];
        let charts = sample::chart("plan", &names) + &sample::chart("plan", &["land.auctions"]);
        let [(_, left_out)] = lines(&charts).try_into().unwrap();
        assert_eq!(left_out, names[1..]);
    }

    #[test]
    fn another_plan_does_not_replace_the_wanted_one() {
        let charts = sample::chart("plan", &["budget.rev_total"]);
        assert_eq!(lines(&format!("{charts}target = \"council\"\n")), []);
        assert_eq!(lines(&format!("{charts}target = \"province\"\n")).len(), 1);
    }
}
