//! What a figure measures, how it was observed and how it is printed.

use crate::model::id::{IndicatorId, MeasureId, SectorId, TargetId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is measured of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// Thực hiện, or ước thực hiện: the status tells which.
    Actual,
    /// Kế hoạch of one source.
    Target(TargetId),
    /// Cùng kỳ năm trước.
    LastYear,
    /// A further measure declared in `tonghop.toml`.
    Other(MeasureId),
    /// Percent of a target: what follows from actual and target.
    Attainment(TargetId),
    /// Change on the same period last year, in percent: +11, -3.7.
    Yoy,
    /// Change on the same period last year, in the indicator's own unit.
    Change,
    /// Percent of the parent indicator.
    Share,
    /// Percent of the indicator that the declaration names with `of`.
    Ratio,
    /// The pace that an even year would have reached, in percent.
    Pace,
    /// How far attainment is behind the pace, in percentage points.
    Lag(TargetId),
    /// The result of arithmetic in a rule.
    Computed,
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Actual => f.write_str("actual"),
            Self::Target(target) => write!(f, "target.{target}"),
            Self::LastYear => f.write_str("last_year"),
            Self::Other(measure) => write!(f, "{measure}"),
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
    /// The sector that states it.
    pub sector: SectorId,
    /// An indicator or an open table of the sector; `period` for the pace; of arithmetic in a rule, `computed` or the
    /// path in the template that prints it.
    pub indicator: IndicatorId,
    /// What the figure gives of it.
    pub measure: Measure,
}

impl fmt::Display for FigureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.sector, self.indicator, self.measure)
    }
}

/// How firm an observation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// Thực hiện.
    Final,
    /// Ước thực hiện.
    Estimate,
}

/// How a department words a number that is not exact: trên 50 m, khoảng 8 ha.
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

/// How a figure is printed; belongs to the indicator and its measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// Decimals printed; `None` prints those that the number has (percentages: those of the project).
    pub decimals: Option<u32>,
    /// Whether counts below 10 are padded (02); `None` leaves it to the unit.
    pub padded: Option<bool>,
}
