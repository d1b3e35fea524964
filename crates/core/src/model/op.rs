//! Operations on figures. Not here: carrying them out (`model::figure`).

use serde::{Deserialize, Serialize};

/// An operation of exact decimal arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// `left + right`.
    Add,
    /// `left - right`.
    Subtract,
    /// `left * right`; the factors of both units, of which those above and below a line cancel out.
    Multiply,
    /// `left / right`; no unit for amounts of the same kind, else the quotient of both units.
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
