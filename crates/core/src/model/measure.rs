//! What a figure measures, its status, and its print format.

use crate::model::id::{IndicatorId, MeasureId, SectorId, TargetId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is measured about an indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// Thực hiện, or ước thực hiện, depending on the status.
    Actual,
    /// Kế hoạch: the plan of one source.
    Target(TargetId),
    /// Cùng kỳ năm trước: the same period last year.
    LastYear,
    /// A further measure declared in `tonghop.toml`.
    Custom(MeasureId),
    /// Percent of a target, derived from actual and target.
    Attainment(TargetId),
    /// Change on the same period last year, in percent: +11, -3.7.
    Yoy,
    /// Change on the same period last year, in the indicator's own unit.
    Change,
    /// Percent of the parent indicator.
    Share,
    /// Percent of the indicator declared with `of`.
    Ratio,
    /// The expected progress of an even year, in percent.
    Pace,
    /// The pace minus attainment, in percentage points.
    Lag(TargetId),
    /// The result of rule arithmetic.
    Computed,
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actual => f.write_str("actual"),
            Self::Target(target) => write!(f, "target.{target}"),
            Self::LastYear => f.write_str("last_year"),
            Self::Custom(measure) => write!(f, "{measure}"),
            Self::Attainment(target) => write!(f, "attainment.{target}"),
            Self::Yoy => f.write_str("yoy"),
            Self::Change => f.write_str("change"),
            Self::Share => f.write_str("share"),
            Self::Ratio => f.write_str("ratio"),
            Self::Pace => f.write_str("pace"),
            Self::Lag(target) => write!(f, "lag.{target}"),
            Self::Computed => f.write_str("computed"),
        }
    }
}

/// The name of a figure: `budget.rev_total.attainment.council`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FigureName {
    /// The sector of the figure.
    pub sector: SectorId,
    /// An indicator or an open table of the sector; `period` for the pace; for rule arithmetic, `computed` or the path
    /// in the template that prints it.
    pub indicator: IndicatorId,
    /// The measure.
    pub measure: Measure,
}

impl fmt::Display for FigureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.sector, self.indicator, self.measure)
    }
}

/// The status of an observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Thực hiện: final.
    Final,
    /// Ước thực hiện: estimated.
    Estimate,
}

/// The qualifier of an inexact number: trên 50 m, khoảng 8 ha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Qualifier {
    /// Trên.
    Above,
    /// Hơn.
    MoreThan,
    /// Gần.
    Nearly,
    /// Khoảng.
    About,
}

/// The print format of a figure, defined by the indicator and the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintFormat {
    /// The number of printed decimals; `None` keeps those of the number (for percentages, uses the project's setting).
    pub decimals: Option<u32>,
    /// Whether counts below 10 are padded (02); `None` depends on the unit.
    pub padded: Option<bool>,
}
