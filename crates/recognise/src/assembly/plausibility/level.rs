//! The level of an amount at the end of the period, and by which factor two levels differ.
//!
//! Input: amounts with their measures, the pace of the period. Output: whether one is a factor times another. Not here:
//! which amounts are compared.

use rust_decimal::Decimal;
use tonghop_core::model::measure::Measure;

/// The range in which an amount is at the end of the period; both ends have the sign of the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    low: Decimal,
    high: Decimal,
    is_negative: bool,
}

/// The direction and the factor by which a number is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deviation {
    TooLarge(Decimal),
    TooSmall(Decimal),
}

impl Deviation {
    pub(super) fn factor(self) -> Decimal {
        match self {
            Self::TooLarge(factor) | Self::TooSmall(factor) => factor,
        }
    }

    /// Returns the number without the deviation.
    pub(super) fn corrected(self, amount: Decimal) -> Option<Decimal> {
        match self {
            Self::TooLarge(factor) => amount.checked_div(factor),
            Self::TooSmall(factor) => amount.checked_mul(factor),
        }
    }
}

impl Level {
    /// Returns the level of a measure. A plan for the year is reached by the part of the year that has passed, or already
    /// as a whole if it is a state and not a flow; which of them, the form does not say. `pace` is from 0 to 1.
    pub(super) fn of(measure: &Measure, amount: Decimal, pace: Decimal) -> Self {
        let high = amount.abs();
        let low = if matches!(measure, Measure::Target(_)) { high.checked_mul(pace).unwrap_or(high) } else { high };
        Self { low, high, is_negative: amount.is_sign_negative() }
    }

    /// Returns the level of an exact amount.
    pub(super) fn exact(amount: Decimal) -> Self {
        Self { low: amount.abs(), high: amount.abs(), is_negative: amount.is_sign_negative() }
    }

    /// Returns the least and the greatest number of times that this level is the other one; `None` for zero and for
    /// different signs.
    pub(super) fn times(self, other: Self) -> Option<(Decimal, Decimal)> {
        if self.is_negative != other.is_negative || self.low.is_zero() || other.low.is_zero() {
            return None;
        }
        Some((self.low.checked_div(other.high)?, self.high.checked_div(other.low)?))
    }

    /// Returns whether this level is off the other one by a deviation, within the tolerance.
    pub(super) fn is_off(self, other: Self, off: Deviation, tolerance: Decimal) -> bool {
        let times = match off {
            Deviation::TooLarge(_) => self.times(other),
            Deviation::TooSmall(_) => other.times(self),
        };
        times.is_some_and(|(least, most)| off.factor() / tolerance <= most && least <= off.factor() * tolerance)
    }

    /// Returns whether both levels are the same, within a factor.
    pub(super) fn is_near(self, other: Self, tolerance: Decimal) -> bool {
        self.is_off(other, Deviation::TooLarge(Decimal::ONE), tolerance)
    }

    /// Returns whether this level is at least `factor` times the other one.
    pub(super) fn is_above(self, other: Self, factor: Decimal) -> bool {
        self.times(other).is_some_and(|(least, _)| least >= factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tonghop_core::model::id::TargetId;

    #[test]
    fn a_plan_is_reached_between_pace_and_year() {
        let plan = Level::of(&Measure::Target(TargetId::new("p")), Decimal::from(400), Decimal::new(75, 2));
        for (actual, near) in [(99, false), (100, true), (300, true), (400, true), (1200, true), (1201, false)] {
            assert_eq!(Level::exact(actual.into()).is_near(plan, 3.into()), near, "{actual}");
        }
        assert!(!Level::exact((-300).into()).is_near(plan, 3.into()));
        assert!(!Level::exact(0.into()).is_near(plan, 3.into()));
    }

    proptest! {
        #[test]
        fn a_factor_is_found_in_both_directions(amount in 1_i64..1_000_000, factor in 2_i64..1_000_000) {
            let (one, other) = (Level::exact(amount.into()), Level::exact(Decimal::from(amount) * Decimal::from(factor)));
            let tolerance = Decimal::new(101, 2);
            prop_assert!(other.is_off(one, Deviation::TooLarge(factor.into()), tolerance));
            prop_assert!(one.is_off(other, Deviation::TooSmall(factor.into()), tolerance));
            prop_assert!(!one.is_near(other, tolerance));
        }
    }
}
