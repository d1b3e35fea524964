//! The charts of a project: `[[charts]]` of `tonghop.toml`.
//!
//! Input: a table of the settings. Output: the kind, the title and the indicators of a chart. Not here: figures,
//! drawing, whether an indicator exists.

use crate::model::id::{IndicatorId, SectorId, TargetId};
use schemars::JsonSchema;
use serde::Deserialize;
use std::fmt;

/// One chart of the consolidated workbook.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// What the chart compares; determines how it is drawn.
    pub kind: ChartKind,
    /// Printed above the chart, before the period name.
    pub title: String,
    /// The indicators in chart order.
    #[schemars(with = "Vec<String>")]
    pub indicators: Vec<IndicatorName>,
    /// The series whose months or quarters the chart shows, if that is its kind.
    #[serde(default)]
    pub series: Option<String>,
    /// The plan to compare with; by default, the first plan with data for each indicator.
    #[serde(default)]
    pub target: Option<TargetId>,
}

/// What a chart compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Attainment of the plan in percent, against the pace of the period.
    Attainment,
    /// This year against the same period last year, which is 100%.
    LastYear,
    /// Plan and actual side by side, in their own unit.
    Plan,
    /// The months or quarters of a series, in the unit of the indicators.
    Series,
}

/// An indicator by its full name: `trade.retail`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct IndicatorName {
    /// The part before the first dot; empty if there is no dot.
    pub sector: SectorId,
    /// The part after the first dot; the whole name if there is no dot.
    pub indicator: IndicatorId,
}

impl From<String> for IndicatorName {
    fn from(name: String) -> Self {
        let (sector, indicator) = name.split_once('.').unwrap_or(("", &name));
        Self { sector: SectorId::new(sector), indicator: IndicatorId::new(indicator) }
    }
}

impl IndicatorName {
    /// Returns whether both parts are present.
    pub fn is_complete(&self) -> bool {
        !self.sector.as_str().is_empty() && !self.indicator.as_str().is_empty()
    }
}

impl fmt::Display for IndicatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sector.as_str() {
            "" => write!(f, "{}", self.indicator),
            sector => write!(f, "{sector}.{}", self.indicator),
        }
    }
}
