//! Why arithmetic on amounts with units has no result.
//!
//! Input: units that do not go together, a bound that was passed. Output: the reason in words. Not here: arithmetic.

use super::quantity::Unit;
use crate::message::Words;
use crate::{say, told_by_words};
use thiserror::Error;

/// Why arithmetic on figures gave no figure.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ArithmeticError {
    /// Two units measure different things, such as `ha` and `đồng`; units that differ in scale alone go together.
    Units(Unit, Unit),
    /// The exact result has more than 28 digits.
    TooLarge,
    /// The chain of operations is longer than [`MAX_DEPTH`](super::figure::MAX_DEPTH).
    TooDeep,
}

impl ArithmeticError {
    /// Says why.
    pub fn words(&self) -> Words {
        match self {
            Self::Units(one, other) => say!(
                "không thể tính giữa hai đơn vị khác nhau: \"{one}\" và \"{other}\"",
                "cannot compute with two different units: \"{one}\" and \"{other}\""
            ),
            Self::TooLarge => {
                Words::new("kết quả quá lớn để tính chính xác", "the result is too large to be computed exactly")
            }
            Self::TooDeep => Words::new(
                "chuỗi phép tính quá dài; hãy dùng sum{…} thay cho phép cộng lặp lại",
                "the chain of operations is too long; use sum{…} in place of repeated additions",
            ),
        }
    }
}

told_by_words!(ArithmeticError);
