//! Amounts and their units.
//!
//! Input: exact decimals, and unit texts already split into scale and base. Output: converted amounts. Not here:
//! floating point (except for reading Excel's values), the printed form of a unit.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// The scale of a unit, separate from its base: "triệu đồng" is [`Scale::MILLION`] of "đồng".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scale(u8);

impl Scale {
    /// No scale word.
    pub const ONE: Self = Self(0);
    /// A thousand: nghìn, ngàn.
    pub const THOUSAND: Self = Self(3);
    /// A million: triệu.
    pub const MILLION: Self = Self(6);
    /// A billion: tỷ, tỉ.
    pub const BILLION: Self = Self(9);

    /// Returns the factor that converts an amount from this scale to `other`.
    pub fn factor_to(self, other: Self) -> Decimal {
        let power = |exponent: u8| Decimal::from(10_i64.pow(u32::from(exponent)));
        power(self.0) / power(other.0)
    }

    /// Returns its word with the blank after it; empty without scale.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::THOUSAND => "nghìn ",
            Self::MILLION => "triệu ",
            Self::BILLION => "tỷ ",
            _ => "",
        }
    }

    /// Returns the scale of a product; `None` if no word names it.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).filter(|exponent| *exponent <= Self::BILLION.0).map(Self)
    }

    /// Returns the scale of a quotient; `None` if no word names it.
    pub(crate) fn per(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

/// A unit of measure (đơn vị tính).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// The scale; `ONE` without a scale word.
    pub scale: Scale,
    /// The base without the scale word: "đồng", "ha", "lượt khách", "%".
    pub base: Arc<str>,
    /// The full unit: "triệu đồng".
    pub label: Arc<str>,
}

impl Unit {
    /// Returns the unit of percentages.
    pub fn percent() -> Self {
        Self { scale: Scale::ONE, base: "%".into(), label: "%".into() }
    }

    /// Returns the unit of pure numbers: ratios and products.
    pub fn none() -> Self {
        Self { scale: Scale::ONE, base: "".into(), label: "".into() }
    }

    /// Returns whether amounts are rates, which do not add up: percentages, and quantities per something.
    pub fn is_rate(&self) -> bool {
        self.base.contains(['%', '‰', '/'])
    }

    /// Returns whether amounts are proportions, which change in points and have no share and no even pace.
    pub fn is_proportion(&self) -> bool {
        matches!(&*self.base, "%" | "‰")
    }

    /// Returns whether amounts are printed as pure numbers: ratios, and products and quotients of several units.
    pub fn is_unnamed(&self) -> bool {
        self.label.is_empty()
    }

    /// Returns whether amounts of both units are comparable after conversion of the scale.
    pub fn has_same_base(&self, other: &Self) -> bool {
        self.base == other.base
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// A number, or the reason why there is none. Zero is `Known(0)`, distinct from both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// A number, exact and in the unit of the figure that holds it.
    Known(Decimal),
    /// "-" or "x": nothing happened (không phát sinh). Counts and is judged as zero, and is printed in words.
    NotApplicable,
    /// No data (chưa có số liệu). Is never judged and never zero.
    Missing,
}

impl Amount {
    /// Returns the number, if there is one.
    pub fn known(self) -> Option<Decimal> {
        match self {
            Self::Known(value) => Some(value),
            Self::NotApplicable | Self::Missing => None,
        }
    }

    /// Returns the number that sums and judgments use: zero if nothing happened (không phát sinh), none without data.
    pub fn counted(self) -> Option<Decimal> {
        match self {
            Self::Known(value) => Some(value),
            Self::NotApplicable => Some(Decimal::ZERO),
            Self::Missing => None,
        }
    }
}

/// The largest amount of a cell with which percentages, sums and other scales can be computed exactly: a billion billions.
pub const MAX_AMOUNT: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

/// A number of Excel that is nearer to zero is what binary arithmetic leaves of it: 0.1 + 0.2 - 0.3 gives 5.55E-17.
const RESIDUE: f64 = 5e-16;

/// Converts a double to a decimal as Excel displays it: rounded to 15 significant digits, and to 28 decimals.
///
/// A residue of binary arithmetic is zero. Returns `None` if the value is not finite or out of range for an exact
/// decimal (beyond 28 digits).
pub fn decimal_from_excel(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    if value.abs() < RESIDUE {
        return Some(Decimal::ZERO);
    }
    short_decimal(value).or_else(|| rounded_to_15_digits(value)).or_else(|| decimal_from_text(value))
}

/// Fast path: converts a double that is the nearest one to a decimal with few places, as most in workbooks are.
///
/// Exact: a division is rounded to the nearest double, and rounding that double to 15 digits returns the decimal, if
/// the decimal has at most 15 digits.
fn short_decimal(value: f64) -> Option<Decimal> {
    const POWERS: [f64; 5] = [1.0, 10.0, 100.0, 1_000.0, 10_000.0];
    (0..).zip(POWERS).find_map(|(places, power)| {
        let digits = (value * power).round();
        let is_exact = digits.abs() < 1e15 && digits / power == value;
        is_exact.then(|| Decimal::new(digits as i64, places))
    })
}

/// Fast path: rounds a double of ordinary magnitude to 15 digits with exact integer arithmetic.
///
/// Returns `None` for a tie and outside the range.
fn rounded_to_15_digits(value: f64) -> Option<Decimal> {
    const DIGITS: std::ops::Range<u128> = 10_u128.pow(14)..10_u128.pow(15);
    let magnitude = value.abs();
    // In this range, the mantissa times the power of ten fits into a `u128`.
    let is_ordinary = (1e-8..1e10).contains(&magnitude);
    let shifted = (magnitude * 1e8) as u64;
    let places = 22_u32.checked_sub(shifted.checked_ilog10().filter(|_| is_ordinary)?)?;
    let bits = magnitude.to_bits();
    let mantissa = u128::from((bits & ((1 << 52) - 1)) | (1 << 52));
    let halvings =
        u32::try_from(1_075 - i64::try_from(bits >> 52).ok()?).ok().filter(|count| (1..128).contains(count))?;
    let scaled = mantissa * 10_u128.pow(places);
    let (whole, rest, half) = (scaled >> halvings, scaled & ((1 << halvings) - 1), 1 << (halvings - 1));
    let digits = whole + u128::from(rest > half);
    let is_sure = rest != half && DIGITS.contains(&digits);
    let signed = i128::try_from(digits).ok().filter(|_| is_sure)?;
    Some(Decimal::from_i128_with_scale(if value < 0.0 { -signed } else { signed }, places).normalize())
}

fn decimal_from_text(value: f64) -> Option<Decimal> {
    let written = format!("{value:.14e}");
    let exact = Decimal::from_scientific(&written).ok();
    // Fifteen digits of a number this small go beyond the decimals.
    let rounded = || (value.abs() < 1.0).then(|| format!("{value:.28}").parse().ok()).flatten();
    exact.or_else(rounded).map(|d: Decimal| d.normalize())
}

/// Rounds to `decimals` places, half away from zero, as Excel displays numbers.
pub fn round_half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn doubles_are_read_with_fifteen_digits() {
        for (value, written) in [
            (248.6, "248.6"),
            (0.1 + 0.2, "0.3"),
            (3314.0, "3314"),
            (-1.5, "-1.5"),
            (123456789012345.0, "123456789012345"),
            (0.0, "0"),
            (-0.0, "0"),
            (88.113_908_378_043_75, "88.1139083780437"),
            (-0.012_345_678_901_234_56, "-0.0123456789012346"),
            (0.1 + 0.2 - 0.3, "0"),
            (-1e-300, "0"),
            (5e-324, "0"),
            (1.234_567_890_123_45e-15, "0.0000000000000012345678901235"),
        ] {
            assert_eq!(decimal_from_excel(value).unwrap().to_string(), written);
        }
        for value in [88.113_908_378_043_75, 1.0 / 3.0, -9.9e9 / 7.0, 1e-8] {
            assert_eq!(rounded_to_15_digits(value), decimal_from_text(value), "{value} is ordinary");
        }
        for value in [f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(decimal_from_excel(value), None);
        }
    }

    proptest! {
        #[test]
        fn the_short_ways_lead_where_the_long_one_does(
            value in prop_oneof![
                any::<f64>(), -1e16..1e16, -1e11..1e11, -1e3..1e3, -1.0..1.0, -1e-6..1e-6,
                (any::<i64>(), 0..9_i32).prop_map(|(digits, places)| digits as f64 / 10_f64.powi(places)),
                (-99_999..99_999_i64, 0..9_i32).prop_map(|(digits, places)| digits as f64 / 10_f64.powi(places)),
            ],
        ) {
            for short in [short_decimal(value), rounded_to_15_digits(value)].into_iter().flatten() {
                prop_assert_eq!(format!("{short:?}"), format!("{:?}", decimal_from_text(value).unwrap()), "{:e}", value);
            }
        }
    }

    #[test]
    fn scales_convert_both_ways() {
        assert_eq!(Scale::BILLION.factor_to(Scale::MILLION), Decimal::from(1000));
        assert_eq!(Scale::THOUSAND.factor_to(Scale::MILLION).to_string(), "0.001");
    }

    #[test]
    fn the_largest_amount_can_be_computed_with() {
        assert_eq!(MAX_AMOUNT.to_string(), "1000000000000000000");
        assert!((MAX_AMOUNT * Decimal::ONE_HUNDRED).checked_mul(Scale::BILLION.factor_to(Scale::ONE)).is_none());
        assert!(MAX_AMOUNT.checked_mul(Scale::BILLION.factor_to(Scale::ONE)).is_some());
    }

    #[test]
    fn percentages_and_quantities_per_something_are_rates() {
        let unit = |base: &str| Unit { base: base.into(), ..Unit::none() };
        assert!(["%", "‰", "tạ/ha", "đồng/người", "điểm %"].iter().all(|base| unit(base).is_rate()));
        assert!(["", "đồng", "tổ dân phố, bản", "ha"].iter().all(|base| !unit(base).is_rate()));
        assert!(["%", "‰"].iter().all(|base| unit(base).is_proportion()));
        assert!(["", "tạ/ha", "điểm %"].iter().all(|base| !unit(base).is_proportion()));
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (value, decimals, expected) in
            [("65.65", 1, "65.7"), ("-0.5", 0, "-1"), ("2.5", 0, "3"), ("74.4999", 0, "74")]
        {
            assert_eq!(round_half_up(value.parse().unwrap(), decimals), expected.parse().unwrap());
        }
    }
}
