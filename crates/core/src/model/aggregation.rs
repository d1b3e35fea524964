//! How an indicator goes over its parts: sum, last, weighted mean, ratio, or not at all.
//!
//! Input: the `over` of a declaration. Output: the kind of aggregation. Not here: carrying it out.

use super::id::IndicatorId;
use serde::{Deserialize, Serialize};

/// How the whole follows from the parts, of which each place, level or kind gives one figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Aggregation {
    /// The parts add up.
    Sum,
    /// The whole is the last part, in the order of the rule file: a stock at the end of several months.
    Last,
    /// The mean of the parts, weighted by the parts of another indicator.
    Mean {
        /// The indicator whose parts, with the same labels, are the weights.
        weight: IndicatorId,
    },
    /// The quotient of two other indicators, whatever the parts are.
    Ratio {
        /// The indicator that is divided.
        numerator: IndicatorId,
        /// The indicator that divides.
        denominator: IndicatorId,
    },
    /// The whole does not follow from the parts.
    None,
}

impl Aggregation {
    /// Returns the indicators whose figures the aggregation needs besides the parts.
    pub fn operands(&self) -> Vec<&IndicatorId> {
        match self {
            Self::Mean { weight } => vec![weight],
            Self::Ratio { numerator, denominator } => vec![numerator, denominator],
            Self::Sum | Self::Last | Self::None => Vec::new(),
        }
    }
}
