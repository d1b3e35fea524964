//! Series of figures, as seen by rules: a measure of an indicator or of rows for each month or quarter.
//!
//! Input: the series of the settings, and what has its figures. Output: figures with the names of their months. Not
//! here: Lua, the reading of columns.

use super::data::IndicatorRef;
use super::named_series::NamedSeries;
use super::rows::RowOrSelection;
use std::ops::Range;
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::measure::Measure;

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
