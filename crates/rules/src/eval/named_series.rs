//! The series of months and quarters among the measures of a sector.
//!
//! Input: the settings and the declaration. Output: the measures of each series with their names. Not here: figures (see
//! [`super::series`]).

use std::ops::Range;
use std::sync::Arc;
use tonghop_core::config::{Config, Series};
use tonghop_core::model::id::MeasureId;
use tonghop_core::model::indicator::SectorDecl;

/// A series that the rules of a sector use.
#[derive(Debug)]
pub struct NamedSeries {
    pub id: String,
    /// The measures with their names: "tháng 3".
    pub(super) members: Vec<(MeasureId, Arc<str>)>,
    /// The members of the reporting period, which rules iterate over.
    pub(super) in_period: Range<usize>,
}

/// Returns the series of a sector.
pub(crate) fn series_of(decl: &SectorDecl, config: &Config) -> Arc<[NamedSeries]> {
    let named = |id: &MeasureId| {
        let name = config.measure(id.as_str()).map_or(id.as_str(), |measure| &measure.name);
        (id.clone(), name.into())
    };
    let of_sector =
        config.all_series().iter().filter(|series| series.members.iter().all(|id| decl.measures.contains(id)));
    let series = |series: &Series| NamedSeries {
        id: series.id.clone(),
        members: series.members.iter().map(named).collect(),
        in_period: series.in_period(config.period),
    };
    of_sector.map(series).collect()
}
