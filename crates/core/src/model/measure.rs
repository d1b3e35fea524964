//! What a figure measures, its status, and its print format.

use crate::message::Message;
use crate::model::id::{IndicatorId, MeasureId, SectorId, TargetId};
use crate::model::op::Op;
use crate::msg;
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

/// What a figure is compared with in a difference; the wording of the report depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceBase {
    /// The same period last year.
    LastYear,
    /// The progress of an even year.
    Pace,
}

/// The measures with one name each.
const NAMED: [(Measure, &str); 8] = [
    (Measure::Actual, "actual"),
    (Measure::LastYear, "last_year"),
    (Measure::Yoy, "yoy"),
    (Measure::Change, "change"),
    (Measure::Share, "share"),
    (Measure::Ratio, "ratio"),
    (Measure::Pace, "pace"),
    (Measure::Computed, "computed"),
];

impl Measure {
    /// Parses the name that `Display` writes; a name that is not built in is that of a custom measure.
    pub fn parse(name: &str) -> Self {
        if let Some((measure, _)) = NAMED.iter().find(|(_, named)| *named == name) {
            return measure.clone();
        }
        match name.split_once('.') {
            Some(("target", target)) => Self::Target(TargetId::new(target)),
            Some(("attainment", target)) => Self::Attainment(TargetId::new(target)),
            Some(("lag", target)) => Self::Lag(TargetId::new(target)),
            _ => Self::Custom(MeasureId::new(name)),
        }
    }

    /// Returns the measures that departments report, in the order of the columns of forms.
    pub fn reported<'a>(
        targets: impl IntoIterator<Item = &'a TargetId>,
        custom: impl IntoIterator<Item = &'a MeasureId>,
    ) -> impl Iterator<Item = Self> {
        let targets = targets.into_iter().cloned().map(Self::Target);
        let custom = custom.into_iter().cloned().map(Self::Custom);
        targets.chain([Self::Actual, Self::LastYear]).chain(custom)
    }

    /// Returns the measures of an indicator that follow from those reported, in the order of columns.
    pub fn derived<'a>(targets: impl IntoIterator<Item = &'a TargetId>) -> impl Iterator<Item = Self> {
        let attainments = targets.into_iter().cloned().map(Self::Attainment);
        attainments.chain([Self::Yoy, Self::Change, Self::Share, Self::Ratio])
    }

    /// Returns whether departments report it.
    pub fn is_reported(&self) -> bool {
        matches!(self, Self::Actual | Self::Target(_) | Self::LastYear | Self::Custom(_))
    }

    /// Returns whether it is a percentage of other figures, whatever the unit of the indicator.
    pub fn is_percentage(&self) -> bool {
        matches!(self, Self::Attainment(_) | Self::Yoy | Self::Share | Self::Ratio | Self::Pace | Self::Lag(_))
    }

    /// Returns what it is the difference from, if it is a difference, whose sign says the direction.
    pub fn difference_from(&self) -> Option<DifferenceBase> {
        match self {
            Self::Yoy | Self::Change => Some(DifferenceBase::LastYear),
            Self::Lag(_) => Some(DifferenceBase::Pace),
            _ => None,
        }
    }

    /// Returns whether it is the relative change of the actual figure, which is shown with its sign.
    pub fn is_relative_change(&self) -> bool {
        matches!(self.derivation(), Some((Op::Change, ..)))
    }

    /// Returns whether it depends on the other indicators of the sector in which it is.
    pub fn is_relative_to_sector(&self) -> bool {
        matches!(self, Self::Share | Self::Ratio)
    }

    /// Returns whether a table over all sectors always has a column for it.
    pub fn is_common(&self) -> bool {
        matches!(self, Self::Actual | Self::LastYear | Self::Yoy)
    }

    /// Returns how it follows from two other measures of the same indicator: operation, left and right operand.
    pub fn derivation(&self) -> Option<(Op, Self, Self)> {
        match self {
            Self::Attainment(target) => Some((Op::Percent, Self::Actual, Self::Target(target.clone()))),
            Self::Yoy => Some((Op::Change, Self::Actual, Self::LastYear)),
            Self::Change => Some((Op::Subtract, Self::Actual, Self::LastYear)),
            Self::Lag(target) => Some((Op::Subtract, Self::Pace, Self::Attainment(target.clone()))),
            _ => None,
        }
    }

    /// Returns the percentage in which the actual figure is compared with this measure, if it is.
    pub fn comparison(&self) -> Option<Self> {
        match self {
            Self::Target(target) => Some(Self::Attainment(target.clone())),
            Self::LastYear => Some(Self::Yoy),
            _ => None,
        }
    }

    /// Returns the name for messages, by the id of a plan; `Config::measure_message` has the names of the settings.
    pub fn message(&self) -> Message {
        match self {
            Self::Actual => Message::new("thực hiện", "actual"),
            Self::LastYear => Message::new("cùng kỳ năm trước", "same period last year"),
            Self::Target(target) => msg!("kế hoạch {target}", "plan {target}"),
            other => Message::verbatim(other.to_string()),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Target(target) => write!(f, "target.{target}"),
            Self::Attainment(target) => write!(f, "attainment.{target}"),
            Self::Lag(target) => write!(f, "lag.{target}"),
            Self::Custom(measure) => write!(f, "{measure}"),
            named => f.write_str(NAMED.iter().find(|(measure, _)| measure == named).map_or("", |(_, name)| name)),
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

/// The maximum number of decimals that rules and settings may ask for.
pub const MAX_DECIMALS: u32 = 9;

/// The print format of a figure, defined by the indicator and the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintFormat {
    /// The number of printed decimals; `None` keeps those of the number (for percentages, uses the project's setting).
    pub decimals: Option<u32>,
    /// Whether counts below 10 are padded (02); `None` depends on the unit.
    pub padded: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Measure> {
        let (target, custom) = (TargetId::new("annual"), MeasureId::new("year_end"));
        let named = NAMED.iter().map(|(measure, _)| measure.clone());
        let reported = Measure::reported([&target], [&custom]);
        named.chain(reported).chain(Measure::derived([&target])).chain([Measure::Lag(target.clone())]).collect()
    }

    #[test]
    fn names_are_parsed_back() {
        for measure in all() {
            assert!(!measure.to_string().is_empty(), "{measure:?}");
            assert_eq!(Measure::parse(&measure.to_string()), measure);
        }
    }

    #[test]
    fn properties_agree() {
        for measure in all() {
            assert!(!(measure.is_reported() && measure.is_percentage()), "{measure}");
            let comparison = measure.comparison();
            let is_compared_with = |compared: Measure| {
                compared.derivation().is_some_and(|(_, left, right)| left == Measure::Actual && right == measure)
            };
            assert!(
                comparison.is_none_or(|compared| compared.is_percentage() && is_compared_with(compared)),
                "{measure}"
            );
            if let Some((op, _, _)) = measure.derivation() {
                assert!(!measure.is_reported());
                assert_eq!(measure.difference_from().is_some(), op != Op::Percent, "{measure}");
            }
        }
    }
}
