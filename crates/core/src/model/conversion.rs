//! Conversion of a number from one unit to another.

use super::arithmetic_error::ArithmeticError;
use super::quantity::Unit;
use rust_decimal::Decimal;

/// Converts a number to the scale of another unit of the same base: 1,5 tỷ đồng to 1500 triệu đồng.
///
/// # Errors
/// Returns an error if the units have different bases, or if the result is beyond 28 digits.
pub fn convert(number: Decimal, from: &Unit, to: &Unit) -> Result<Decimal, ArithmeticError> {
    if !from.has_same_base(to) {
        return Err(ArithmeticError::IncompatibleUnits(from.clone(), to.clone()));
    }
    if from.scale == to.scale {
        return Ok(number);
    }
    let converted = number.checked_mul(from.scale.factor_to(to.scale)).ok_or(ArithmeticError::TooLarge)?;
    Ok(converted.normalize())
}
