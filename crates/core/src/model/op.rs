//! Operations on figures. Not here: carrying them out (`model::figure`).

use serde::{Deserialize, Serialize};

/// An operation of exact decimal arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// `left + right`.
    Add,
    /// `left - right`.
    Subtract,
    /// `left * right`; has the unit of the only operand with a unit, or none if both have one.
    Multiply,
    /// `left / right`; has the unit of the left operand if the right one has none, else none.
    Divide,
    /// The negated operand.
    Negate,
    /// The sum of any number of operands.
    Sum,
    /// The largest operand; without data if any operand has none.
    Largest,
    /// The smallest operand; without data if any operand has none.
    Smallest,
    /// The number of operands with data.
    Count,
    /// `left / right` in percent.
    Percent,
    /// `left / right - 1` in percent.
    Change,
    /// The same amount at another scale of its unit.
    Rescale,
}
