//! What a rule declares about the numbers that an indicator can have.
//!
//! Input: the keys `range`, `sign` and `whole` of an indicator. Output: its bounds. Not here: bounds that follow from the
//! unit and the label (`vi::nature`), figures.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The bounds that a rule declares for the reported numbers of an indicator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// The least and the greatest number, in the unit of the indicator (`range`).
    pub range: Option<Range>,
    /// Whether negative numbers are usual (`sign = "any"`).
    pub has_any_sign: bool,
    /// Whether only whole numbers are possible (`whole`); `None` depends on the unit and the label.
    pub is_whole: Option<bool>,
}

/// The numbers from `low` to `high`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The least number.
    pub low: Decimal,
    /// The greatest number; more than `low`.
    pub high: Decimal,
}

impl Range {
    /// Creates a range; `None` unless `low` is less than `high`.
    pub fn new(low: Decimal, high: Decimal) -> Option<Self> {
        (low < high).then_some(Self { low, high })
    }

    /// Returns whether a number is in the range.
    pub fn contains(&self, number: Decimal) -> bool {
        (self.low..=self.high).contains(&number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_two_ends_and_contains_both() {
        let number = |digits: i64| Decimal::new(digits, 1);
        assert_eq!((Range::new(number(5), number(5)), Range::new(number(6), number(5))), (None, None));
        let range = Range::new(number(-5), number(15)).unwrap();
        for (digits, expected) in [(-6, false), (-5, true), (0, true), (15, true), (16, false)] {
            assert_eq!(range.contains(number(digits)), expected, "{digits}");
        }
    }
}
