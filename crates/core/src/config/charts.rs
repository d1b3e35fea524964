//! The charts that a project asks for: `[[charts]]` of `tonghop.toml`.
//!
//! In comes one table of the settings; out go the kind, the title and the named indicators. Never here: figures,
//! drawing, whether an indicator exists.

use crate::model::id::{IndicatorId, SectorId, TargetId};
use serde::Deserialize;
use std::fmt;

/// One chart of the consolidated workbook.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// What the chart compares, and so how it is drawn.
    pub kind: ChartKind,
    /// Printed above the chart, before the name of the period.
    pub title: String,
    /// In the order of the chart.
    pub indicators: Vec<IndicatorName>,
    /// The plan to compare with; without it, for each indicator the first one that has data.
    #[serde(default)]
    pub target: Option<TargetId>,
}

/// What a chart compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartKind {
    /// Percent of plan against the pace of the period.
    Attainment,
    /// This year against the same period last year, which counts as 100%.
    LastYear,
    /// Plan and actual side by side, in their unit.
    Plan,
}

/// An indicator by its full name: `trade.retail`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct IndicatorName {
    /// The part before the first dot; empty where there is no dot.
    pub sector: SectorId,
    /// The part after the first dot; the whole name where there is no dot.
    pub indicator: IndicatorId,
}

impl From<String> for IndicatorName {
    fn from(name: String) -> Self {
        let (sector, indicator) = name.split_once('.').unwrap_or(("", &name));
        Self { sector: SectorId::new(sector), indicator: IndicatorId::new(indicator) }
    }
}

impl IndicatorName {
    /// Tells whether both names are there.
    pub fn is_whole(&self) -> bool {
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
