//! The charts that a project asks for: `[[charts]]` of `tonghop.toml`.
//!
//! In comes one table of the settings; out go the kind, the title and the named indicators. Never here: figures,
//! drawing, whether an indicator exists.

use crate::model::id::{IndicatorId, SectorId, TargetId};
use serde::Deserialize;
use std::fmt;

/// One chart of the consolidated workbook.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    pub kind: ChartKind,
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
#[serde(try_from = "String")]
pub struct IndicatorName {
    pub sector: SectorId,
    pub indicator: IndicatorId,
}

impl TryFrom<String> for IndicatorName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match name.split_once('.') {
            Some((sector, indicator)) if !sector.is_empty() && !indicator.is_empty() => {
                Ok(Self { sector: SectorId::new(sector), indicator: IndicatorId::new(indicator) })
            }
            _ => Err(format!("\"{name}\" phải viết đủ mã ngành và mã chỉ tiêu, ví dụ \"trade.retail\"")),
        }
    }
}

impl fmt::Display for IndicatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.sector, self.indicator)
    }
}
