//! Errors of arithmetic on amounts with units.
//!
//! Input: incompatible units or an exceeded limit. Output: the reason as a message. Not here: arithmetic.

use super::quantity::Unit;
use crate::message::Message;
use crate::{display_as_message, msg};
use thiserror::Error;

/// The reason why arithmetic on figures has no result.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ArithmeticError {
    /// Two units measure different things, such as `ha` and `đồng`; a difference in scale alone is not an error.
    IncompatibleUnits(Unit, Unit),
    /// A rule computed an amount of another unit than its indicator declares.
    UnitOfResult {
        /// The unit of the result.
        computed: Unit,
        /// The declared unit.
        declared: Unit,
    },
    /// The exact result has more than 28 digits.
    TooLarge,
    /// The chain of operations is longer than [`MAX_DEPTH`](super::figure::MAX_DEPTH).
    TooDeep,
}

impl ArithmeticError {
    /// Returns the reason as a message.
    pub fn message(&self) -> Message {
        match self {
            Self::IncompatibleUnits(one, other) => msg!(
                "không thể tính giữa hai đơn vị khác nhau: \"{one}\" và \"{other}\"",
                "cannot compute with two different units: \"{one}\" and \"{other}\""
            ),
            Self::UnitOfResult { computed, declared } if computed.base.is_empty() => msg!(
                "quy tắc tính ra một phân số không đơn vị, nhưng chỉ tiêu khai báo \"{declared}\"",
                "the rule computed a fraction without unit, but the indicator declares \"{declared}\""
            ),
            Self::UnitOfResult { computed, declared } => msg!(
                "quy tắc tính ra số có đơn vị \"{computed}\", nhưng chỉ tiêu khai báo \"{declared}\"",
                "the rule computed a number in \"{computed}\", but the indicator declares \"{declared}\"",
                // Products of several units have no label.
                computed = if computed.is_unnamed() { &computed.base } else { &computed.label }
            ),
            Self::TooLarge => {
                Message::new("kết quả quá lớn để tính chính xác", "the result is too large to be computed exactly")
            }
            Self::TooDeep => Message::new(
                "chuỗi phép tính quá dài; hãy dùng sum{…} thay cho phép cộng lặp lại",
                "the chain of operations is too long; use sum{…} instead of repeated additions",
            ),
        }
    }
}

display_as_message!(ArithmeticError);
