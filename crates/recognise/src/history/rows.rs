//! Finds the row of each indicator in a run.
//!
//! Input: a dataset or an earlier run. Output: one row per indicator. Not here: comparing them.

use std::collections::BTreeMap;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::history::PastRun;
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::row::{RowMeaning, RowPlace};

/// The row of each indicator.
pub(super) type RowsByIndicator<'a> = BTreeMap<(SectorId, IndicatorId), &'a RowPlace>;

/// Returns the rows of this run: the row of the actual value, else the first row that matches the indicator.
pub(super) fn from_dataset(dataset: &Dataset) -> RowsByIndicator<'_> {
    let mut found = RowsByIndicator::new();
    for row in dataset.rows.iter() {
        if let RowMeaning::Indicator(sector, indicator) = &row.meaning {
            found.entry((sector.clone(), indicator.clone())).or_insert(&row.place);
        }
    }
    for (key, figure) in dataset.observations.iter().filter(|(key, _)| key.measure == Measure::Actual) {
        let row = figure.sources().first().and_then(|source| dataset.rows.row_of(source));
        if let Some(row) = row {
            found.insert((key.sector.clone(), key.indicator.clone()), &row.place);
        }
    }
    found
}

/// Returns the rows of an earlier run: the row of the actual value, else the first row with any value.
pub(super) fn from_run(run: &PastRun) -> RowsByIndicator<'_> {
    let mut found = RowsByIndicator::new();
    for figure in &run.figures {
        let Some(row) = &figure.row else { continue };
        let indicator = (figure.name.sector.clone(), figure.name.indicator.clone());
        if figure.name.measure == Measure::Actual {
            found.insert(indicator, row);
        } else {
            found.entry(indicator).or_insert(row);
        }
    }
    found
}
