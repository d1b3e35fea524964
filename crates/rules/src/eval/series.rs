//! Series of figures, as seen by rules: a measure of an indicator or of rows for each month or quarter.
//!
//! Input: the series of the settings, and what has its figures. Output: figures with the names of their months. Not
//! here: Lua, the reading of columns.

use super::data::IndicatorRef;
use super::rows::RowOrSelection;
use std::ops::Range;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::MeasureId;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::Measure;

/// A series that the rules of a sector use.
#[derive(Debug)]
pub struct NamedSeries {
    pub id: String,
    /// The measures with their names: "tháng 3".
    members: Vec<(MeasureId, Arc<str>)>,
    /// The members of the reporting period, which rules iterate over.
    in_period: Range<usize>,
}

/// Returns the series of a sector.
pub(crate) fn series_of(decl: &SectorDecl, config: &Config) -> Arc<[NamedSeries]> {
    let named = |id: &MeasureId| {
        let name = config.measure(id.as_str()).map_or(id.as_str(), |measure| &measure.name);
        (id.clone(), name.into())
    };
    let of_sector =
        config.all_series().iter().filter(|series| series.members.iter().all(|id| decl.measures.contains(id)));
    let series = |series: &tonghop_core::config::Series| NamedSeries {
        id: series.id.clone(),
        members: series.members.iter().map(named).collect(),
        in_period: series.in_period(config.period),
    };
    of_sector.map(series).collect()
}

/// What has the figures of a series.
#[derive(Clone, Debug)]
pub(crate) enum SeriesOwner {
    Indicator(IndicatorRef),
    Rows(RowOrSelection),
}

/// A series of one indicator, row or selection of rows.
#[derive(Clone, Debug)]
pub struct SeriesRef {
    owner: SeriesOwner,
    all: Arc<[NamedSeries]>,
    index: usize,
}

impl SeriesRef {
    /// Finds a series by its name.
    pub(crate) fn find(owner: SeriesOwner, name: &str) -> Option<Self> {
        let data = match &owner {
            SeriesOwner::Indicator(indicator) => &indicator.data,
            SeriesOwner::Rows(rows) => rows.data(),
        };
        let all = Arc::clone(&data.series);
        let index = all.iter().position(|series| series.id == name)?;
        Some(Self { owner, all, index })
    }

    fn series(&self) -> &NamedSeries {
        &self.all[self.index]
    }

    /// Returns the number of members, with those after the reporting period.
    pub(crate) fn count(&self) -> usize {
        self.series().members.len()
    }

    /// Returns the positions of the members in the reporting period, from 0.
    pub(crate) fn in_period(&self) -> Range<usize> {
        self.series().in_period.clone()
    }

    /// Returns the name and the figure of the member at a position from 0.
    ///
    /// # Errors
    /// Returns the errors of sums over rows.
    pub(crate) fn member(&self, at: usize) -> Option<Result<(Arc<str>, FigureRef), ArithmeticError>> {
        let (id, name) = self.series().members.get(at)?;
        let measure = Measure::Custom(id.clone());
        let figure = match &self.owner {
            SeriesOwner::Indicator(indicator) => Ok(indicator.figure(&measure)),
            SeriesOwner::Rows(rows) => rows.figure(&measure),
        };
        Some(figure.map(|figure| (Arc::clone(name), figure)))
    }
}
