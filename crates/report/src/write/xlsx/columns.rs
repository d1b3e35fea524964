//! The columns of a table of indicators, with their headings and widths.
//!
//! Input: declarations and the figures that exist. Output: columns in the order that departments are used to. Not here:
//! cells.

use super::page::ColumnHeading;
use tonghop_core::config::Config;
use tonghop_core::model::id::{MeasureId, TargetId};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::SectorReport;

/// A column of a table of indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TableColumn {
    /// STT.
    Number,
    Label,
    Unit,
    Measure(Measure),
    Status,
    Source,
}

impl TableColumn {
    /// Returns title and width.
    pub(super) fn heading(&self, config: &Config) -> ColumnHeading {
        let (title, width) = match self {
            Self::Number => ("STT".to_owned(), 7.0),
            Self::Label => ("Chỉ tiêu".to_owned(), 46.0),
            Self::Unit => ("Đơn vị tính".to_owned(), 13.0),
            Self::Measure(measure) => (measure_title(measure, config), 15.0),
            Self::Status => ("Tình trạng".to_owned(), 17.0),
            Self::Source => ("Nguồn".to_owned(), 40.0),
        };
        ColumnHeading { title, width }
    }
}

/// Returns the columns of one sector: the measures that it declares and that some row has.
pub(super) fn sector_columns(sector: &SectorReport) -> Vec<TableColumn> {
    let measures = ordered_measures(&sector.decl.targets, &sector.decl.measures)
        .filter(|measure| *measure == Measure::Actual || occurs(sector, measure));
    with_fixed_columns(measures, &[TableColumn::Status, TableColumn::Source])
}

/// Returns the columns of the summary: the targets of all sectors, and the measures common to all sectors.
pub(super) fn summary_columns(report: &Report, config: &Config) -> Vec<TableColumn> {
    const ALWAYS: [Measure; 3] = [Measure::Actual, Measure::LastYear, Measure::Yoy];
    let targets = config.targets.iter().map(|target| &target.id);
    let measures = ordered_measures(targets, &[])
        .filter(|measure| !matches!(measure, Measure::Share | Measure::Ratio))
        .filter(|measure| ALWAYS.contains(measure) || report.sectors.iter().any(|sector| occurs(sector, measure)));
    with_fixed_columns(measures, &[TableColumn::Status])
}

fn occurs(sector: &SectorReport, measure: &Measure) -> bool {
    sector.rows.iter().any(|row| row.figure(measure).is_some())
}

fn with_fixed_columns(measures: impl Iterator<Item = Measure>, last: &[TableColumn]) -> Vec<TableColumn> {
    let mut columns = vec![TableColumn::Number, TableColumn::Label, TableColumn::Unit];
    columns.extend(measures.map(TableColumn::Measure));
    columns.extend_from_slice(last);
    columns
}

/// Returns plans, reported measures and derived measures, in that order.
fn ordered_measures<'a>(
    targets: impl IntoIterator<Item = &'a TargetId>,
    others: &[MeasureId],
) -> impl Iterator<Item = Measure> {
    let targets: Vec<TargetId> = targets.into_iter().cloned().collect();
    let plans: Vec<Measure> = targets.iter().cloned().map(Measure::Target).collect();
    let others: Vec<Measure> = others.iter().cloned().map(Measure::Custom).collect();
    plans
        .into_iter()
        .chain([Measure::Actual, Measure::LastYear])
        .chain(others)
        .chain(targets.into_iter().map(Measure::Attainment))
        .chain([Measure::Yoy, Measure::Share, Measure::Ratio])
}

/// Returns the Vietnamese name of a measure, as a heading.
pub fn measure_title(measure: &Measure, config: &Config) -> String {
    capitalised(&measure_name(measure, config))
}

fn measure_name(measure: &Measure, config: &Config) -> String {
    match measure {
        Measure::Actual => "Thực hiện".to_owned(),
        Measure::Target(target) => target_name(target, config).to_owned(),
        Measure::LastYear => "Cùng kỳ năm trước".to_owned(),
        Measure::Custom(id) => config.measure(id.as_str()).map_or(id.as_str(), |m| &m.name).to_owned(),
        Measure::Attainment(target) => format!("% so với {}", target_name(target, config)),
        Measure::Yoy => "Tăng, giảm so với cùng kỳ".to_owned(),
        Measure::Change => "Tăng, giảm (số tuyệt đối)".to_owned(),
        Measure::Share => "Tỷ trọng".to_owned(),
        Measure::Ratio => "Tỷ lệ".to_owned(),
        Measure::Pace => "Nhịp độ kỳ".to_owned(),
        Measure::Lag(target) => format!("Chậm so với nhịp độ ({})", target_name(target, config)),
        Measure::Computed => "Tính toán".to_owned(),
    }
}

/// Returns the name of a plan as in the report.
pub(super) fn target_name<'a>(target: &'a TargetId, config: &'a Config) -> &'a str {
    config.target(target.as_str()).map_or(target.as_str(), |t| &t.name)
}

/// Capitalises the first letter: names of plans and severities are written for the middle of a sentence.
pub(super) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
