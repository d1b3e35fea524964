//! An exact, serialisable form of a decimal.
//!
//! Input: a decimal. Output: its sign, scale and digits, and the identical decimal again; equal decimals can differ in
//! representation. Not here: number formatting.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The parts of a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecimalParts {
    is_negative: bool,
    scale: u32,
    mantissa: u128,
}

impl From<Decimal> for DecimalParts {
    fn from(number: Decimal) -> Self {
        let mantissa = number.mantissa().unsigned_abs();
        Self { is_negative: number.is_sign_negative(), scale: number.scale(), mantissa }
    }
}

impl DecimalParts {
    /// Rebuilds the decimal; `None` if the parts are invalid.
    pub fn to_decimal(self) -> Option<Decimal> {
        let mantissa = i128::try_from(self.mantissa).ok()?;
        let mut number = Decimal::try_from_i128_with_scale(mantissa, self.scale).ok()?;
        number.set_sign_negative(self.is_negative);
        Some(number)
    }
}
