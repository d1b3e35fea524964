//! Figures: numbers that never lose their cell.
//!
//! In come a cell's number or operands that are figures themselves; out go figures whose origin can be followed to
//! the cells. Never here: Lua, printing, a bare number without an origin.

use crate::model::measure::{FigureName, Print, Qualifier, Status};
mod arithmetic;
mod over_records;

use super::arithmetic_error::ArithmeticError;
use super::provenance::{RuleLine, Source, TextCell};
use super::quantity::{Amount, Unit};
use super::records::Aggregate;
use arithmetic::{in_unit, result_amount, result_unit};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;

/// A figure, shared between the dataset, the rules and everything that is written.
pub type FigureRef = Arc<Figure>;

/// How deep a chain of arithmetic may go; longer sums are one [`Op::Sum`].
///
/// Dropping a chain recurses, so that this bound also keeps a hostile rule from exhausting the stack.
pub const MAX_DEPTH: u32 = 1_000;

/// An operation of exact decimal arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Op {
    /// `left + right`.
    Add,
    /// `left - right`.
    Subtract,
    /// `left * right`; the unit is that of the operand that has one, none where both have.
    Multiply,
    /// `left / right`; the unit is that of the left operand where the right one has none, else none.
    Divide,
    /// The operand with the other sign.
    Negate,
    /// Any number of operands.
    Sum,
    /// The largest operand; without data where one of them has none.
    Largest,
    /// The smallest operand; without data where one of them has none.
    Smallest,
    /// How many operands are known.
    Count,
    /// `left / right` in percent.
    Percent,
    /// `left / right - 1` in percent.
    Change,
    /// The same amount in another scale of its unit.
    Rescale,
}

/// Where a figure came from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Origin {
    /// One cell of a workbook, or one line of the office's corrections.
    Cell(Arc<Source>),
    /// Arithmetic on other figures, which are kept.
    Computed {
        /// How the operands were put together.
        op: Op,
        /// In the order of the operation, the left one first.
        operands: Vec<FigureRef>,
        /// The line that asked for the arithmetic or declares what implies it; `None` for a change of scale, and for
        /// what follows over rows of open tables.
        rule: Option<RuleLine>,
    },
    /// A key of `tonghop.toml`.
    Setting(Arc<str>),
    /// The cells that were counted: rows of names.
    Counted(Vec<Arc<Source>>),
    /// Many rows of an open table, added up or counted.
    #[serde(skip)]
    Records(Arc<Aggregate>),
    /// A number written in a rule: a factor, a threshold.
    Rule(Option<RuleLine>),
    /// No workbook gave it.
    Nowhere,
}

/// A number with its unit, status and origin.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// What it is a figure of; arithmetic of a rule is named again where a template prints it.
    pub name: FigureName,
    /// In [`Self::unit`], not rounded.
    pub amount: Amount,
    /// The unit of the amount.
    pub unit: Unit,
    /// Whether it is an estimate, or rests on one.
    pub status: Status,
    /// How the department words the number; `None` where it is exact, and for what is computed.
    pub qualifier: Option<Qualifier>,
    /// Where it came from; what it rests on is found from here.
    pub origin: Origin,
    /// How it is printed where nothing else is asked for.
    pub print: Print,
    /// Set where the office replaced what a department reported.
    pub correction: Option<Arc<Correction>>,
    depth: u32,
}

/// Who replaced a figure, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Correction {
    /// The words of the office, with their field of the line.
    pub who: TextCell,
    /// The reason in the words of the office, with its field of the line.
    pub why: TextCell,
    /// What the department had reported, if anything.
    pub replaced: Option<FigureRef>,
}

impl Figure {
    /// Makes a figure that was read from a cell, set in the settings, written in a rule or given by nobody.
    pub fn given(name: FigureName, amount: Amount, unit: Unit, status: Status, origin: Origin) -> Self {
        Self {
            name,
            amount,
            unit,
            status,
            qualifier: None,
            origin,
            print: Print::default(),
            correction: None,
            depth: 0,
        }
    }

    /// Makes the figure that no workbook gave.
    pub fn missing(name: FigureName, unit: Unit) -> Self {
        Self::given(name, Amount::Missing, unit, Status::Final, Origin::Nowhere)
    }

    /// Sets how the figure is printed.
    #[must_use]
    pub fn printed(mut self, print: Print) -> Self {
        self.print = print;
        self
    }

    /// Adds how the department words the number.
    #[must_use]
    pub fn qualified(mut self, qualifier: Option<Qualifier>) -> Self {
        self.qualifier = qualifier;
        self
    }

    /// Marks the figure as one that the office put in the place of another.
    #[must_use]
    pub fn corrected(mut self, correction: Correction) -> Self {
        self.correction = Some(Arc::new(correction));
        self
    }

    /// Gives the figure another name, keeping its origin.
    #[must_use]
    pub fn named(mut self, name: FigureName) -> Self {
        self.name = name;
        self
    }

    /// Reads the amount in another unit, for a number that a rule wrote without one.
    #[must_use]
    pub fn measured_in(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Computes a figure from operands that it keeps.
    ///
    /// An operand without data makes the result one without data, and so does a division by zero. "Không phát sinh"
    /// counts as nothing in sums. The unit is the first operand's, percent, or none, as the operation has it.
    ///
    /// # Errors
    /// Units that do not go together, a result beyond 28 digits, a chain longer than [`MAX_DEPTH`].
    pub fn compute(
        name: FigureName,
        op: Op,
        operands: Vec<FigureRef>,
        rule: Option<RuleLine>,
    ) -> Result<Self, ArithmeticError> {
        let depth = operands.iter().map(|o| o.depth).max().unwrap_or(0) + 1;
        if depth > MAX_DEPTH {
            return Err(ArithmeticError::TooDeep);
        }
        let unit = result_unit(op, &operands)?;
        let amount = result_amount(op, &operands, &unit)?;
        let status = operands.iter().map(|o| o.status).max().unwrap_or(Status::Final);
        let origin = Origin::Computed { op, operands, rule };
        Ok(Self {
            name,
            amount,
            unit,
            status,
            qualifier: None,
            origin,
            print: Print::default(),
            correction: None,
            depth,
        })
    }

    /// Returns the same amount in `unit`, keeping the figure as operand; the figure itself when it has that scale.
    ///
    /// # Errors
    /// A unit of another base, or a result beyond 28 digits.
    pub fn rescaled(self: &Arc<Self>, unit: &Unit) -> Result<FigureRef, ArithmeticError> {
        if self.unit.scale == unit.scale && self.unit.same_base(unit) {
            return Ok(Arc::clone(self));
        }
        let mut figure = Self::compute(self.name.clone(), Op::Rescale, vec![Arc::clone(self)], None)?;
        figure.amount = in_unit(self, unit)?;
        figure.unit = unit.clone();
        Ok(Arc::new(figure.printed(self.print).qualified(self.qualifier)))
    }

    /// Returns every cell the figure rests on, in the order of the arithmetic, each once; those of many rows are told
    /// by [`Figure::aggregates`].
    pub fn sources(&self) -> Vec<Arc<Source>> {
        let mut found = Vec::new();
        let mut cells = HashSet::new();
        self.visit(&mut HashSet::new(), &mut |figure| {
            let looked_at = match &figure.origin {
                Origin::Cell(source) => std::slice::from_ref(source),
                Origin::Counted(sources) => sources.as_slice(),
                _ => &[],
            };
            found.extend(looked_at.iter().filter(|source| cells.insert(Arc::clone(source))).cloned());
        });
        found
    }

    /// Returns the figures over rows of open tables that the figure rests on, each once.
    pub fn aggregates(&self) -> Vec<Arc<Aggregate>> {
        let mut found = Vec::new();
        self.visit(&mut HashSet::new(), &mut |figure| {
            if let Origin::Records(aggregate) = &figure.origin {
                found.push(Arc::clone(aggregate));
            }
        });
        found
    }

    /// Returns the settings keys the figure rests on, each once.
    pub fn settings(&self) -> Vec<Arc<str>> {
        let mut keys: Vec<Arc<str>> = Vec::new();
        self.visit(&mut HashSet::new(), &mut |figure| {
            if let Origin::Setting(key) = &figure.origin
                && !keys.contains(key)
            {
                keys.push(Arc::clone(key));
            }
        });
        keys
    }

    /// Tells whether the amount is known.
    pub fn is_known(&self) -> bool {
        self.amount.known().is_some()
    }

    /// Visits the figure and everything below it once, however often an operand is shared.
    fn visit(&self, seen: &mut HashSet<*const Figure>, each: &mut impl FnMut(&Figure)) {
        if !seen.insert(std::ptr::from_ref(self)) {
            return;
        }
        each(self);
        if let Origin::Computed { operands, .. } = &self.origin {
            for operand in operands {
                operand.visit(seen, each);
            }
        }
    }
}
