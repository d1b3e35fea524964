//! A decimal digit for digit, as bytes keep it.
//!
//! In comes a decimal, out go its sign, scale and digits, and back again: equal decimals may be written in several ways,
//! and what comes out is written as what went in. Never here: how a number is printed.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A decimal taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digits {
    is_negative: bool,
    scale: u32,
    mantissa: u128,
}

impl From<Decimal> for Digits {
    fn from(number: Decimal) -> Self {
        let mantissa = number.mantissa().unsigned_abs();
        Self { is_negative: number.is_sign_negative(), scale: number.scale(), mantissa }
    }
}

impl Digits {
    /// Puts the decimal together again, if it is one.
    pub fn decimal(self) -> Option<Decimal> {
        let mantissa = i128::try_from(self.mantissa).ok()?;
        let mut number = Decimal::try_from_i128_with_scale(mantissa, self.scale).ok()?;
        number.set_sign_negative(self.is_negative);
        Some(number)
    }
}
