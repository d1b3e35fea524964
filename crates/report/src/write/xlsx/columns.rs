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
            Self::Measure(measure) => (config.measure_title(measure), 15.0),
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
    let targets: Vec<TargetId> = config.targets.iter().map(|target| target.id.clone()).collect();
    let measures = ordered_measures(&targets, &[])
        .filter(|measure| !measure.is_relative_to_sector())
        .filter(|measure| measure.is_common() || report.sectors.iter().any(|sector| occurs(sector, measure)));
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

/// Returns the reported and the derived measures, in that order.
fn ordered_measures<'a>(targets: &'a [TargetId], custom: &'a [MeasureId]) -> impl Iterator<Item = Measure> + 'a {
    Measure::reported(targets, custom).chain(Measure::derived(targets))
}
