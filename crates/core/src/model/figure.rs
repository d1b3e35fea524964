//! Figures: numbers that always keep their origin.
//!
//! Input: the number of a cell, or operands that are figures. Output: figures traceable to their cells. Not here: Lua,
//! printing, numbers without an origin.

mod arithmetic;
mod record_figures;
mod units;

pub use super::op::Op;

use super::arithmetic_error::ArithmeticError;
use super::measure::{FigureName, Measure, PrintFormat, Qualifier, Status};
use super::provenance::{RuleLine, Source, TextCell};
use super::quantity::{Amount, Unit};
use super::records::{Aggregate, Condition, LimitAmount};
use arithmetic::{amount_in_unit, result_amount, result_unit};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;

/// A figure shared by the dataset, the rules and the outputs.
pub type FigureRef = Arc<Figure>;

/// The maximum depth of chained arithmetic; a long sum is a single [`Op::Sum`].
///
/// Dropping a chain recurses, so the limit also keeps a hostile rule from overflowing the stack.
pub const MAX_DEPTH: u32 = 1_000;

/// The origin of a figure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Origin {
    /// A cell of a workbook, or a line of the office's corrections file.
    Cell(Arc<Source>),
    /// Arithmetic on other figures.
    Computed {
        /// The operation.
        op: Op,
        /// The operands in order, the left one first.
        operands: Vec<FigureRef>,
        /// The rule line that requests the arithmetic or declares what implies it; `None` for a change of scale and for
        /// results over rows of open tables.
        rule: Option<RuleLine>,
    },
    /// A key of `tonghop.toml`.
    Setting(Arc<str>),
    /// The counted cells: rows of names.
    Counted(Vec<Arc<Source>>),
    /// Rows of an open table, summed or counted.
    #[serde(skip)]
    Records(Arc<Aggregate>),
    /// A number literal in a rule: a factor, a threshold.
    Rule(Option<RuleLine>),
    /// No workbook has the figure.
    Missing,
    /// The rule at this line, which gives the figure, failed; without a line, no rule file declares it.
    #[serde(skip)]
    Lost(Option<RuleLine>),
}

/// A number with its unit, status and origin.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// What the figure measures; a result of rule arithmetic is renamed when a template prints it.
    pub name: FigureName,
    /// The exact amount in [`Self::unit`], not rounded.
    pub amount: Amount,
    /// The unit of the amount.
    pub unit: Unit,
    /// Whether the figure is an estimate or depends on one.
    pub status: Status,
    /// The department's qualifier of the number; `None` for exact and computed numbers.
    pub qualifier: Option<Qualifier>,
    /// The origin, from which all sources are found.
    pub origin: Origin,
    /// The default print format.
    pub print: PrintFormat,
    /// Set if the office replaced the department's figure.
    pub correction: Option<Arc<Correction>>,
    depth: u32,
}

/// The author of a correction and its reason.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Correction {
    /// The author as written by the office, with the field of the line.
    pub who: TextCell,
    /// The reason as written by the office, with the field of the line.
    pub why: TextCell,
    /// The figure reported by the department, if any.
    pub replaced: Option<FigureRef>,
}

impl Figure {
    /// Creates a figure that is not computed: from a cell, a setting, a rule literal, or without data.
    pub fn new(name: FigureName, amount: Amount, unit: Unit, status: Status, origin: Origin) -> Self {
        Self {
            name,
            amount,
            unit,
            status,
            qualifier: None,
            origin,
            print: PrintFormat::default(),
            correction: None,
            depth: 0,
        }
    }

    /// Creates a figure without data.
    pub fn missing(name: FigureName, unit: Unit) -> Self {
        Self::new(name, Amount::Missing, unit, Status::Final, Origin::Missing)
    }

    /// Creates a figure that the failure of a rule takes away.
    pub fn lost(name: FigureName, unit: Unit, rule: Option<RuleLine>) -> Self {
        Self::new(name, Amount::Missing, unit, Status::Final, Origin::Lost(rule))
    }

    /// Sets the print format.
    #[must_use]
    pub fn with_print(mut self, print: PrintFormat) -> Self {
        self.print = print;
        self
    }

    /// Sets the department's qualifier.
    #[must_use]
    pub fn with_qualifier(mut self, qualifier: Option<Qualifier>) -> Self {
        self.qualifier = qualifier;
        self
    }

    /// Marks the figure as a correction by the office.
    #[must_use]
    pub fn with_correction(mut self, correction: Correction) -> Self {
        self.correction = Some(Arc::new(correction));
        self
    }

    /// Renames the figure; keeps the origin.
    #[must_use]
    pub fn with_name(mut self, name: FigureName) -> Self {
        self.name = name;
        self
    }

    /// Sets the unit of a number that a rule wrote without one.
    #[must_use]
    pub fn with_unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Computes a figure from operands and keeps them.
    ///
    /// The result has no data if an operand has none or if the divisor is zero. "Không phát sinh" counts as zero; a
    /// result of nothing else is "không phát sinh" too, unless it is a quotient. Depending on the operation, the unit is
    /// that of the first operand, percent, or none.
    ///
    /// # Errors
    /// Returns an error if units are incompatible, the result is beyond 28 digits, or the chain is longer than
    /// [`MAX_DEPTH`].
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
            print: PrintFormat::default(),
            correction: None,
            depth,
        })
    }

    /// Returns the amount converted to `unit`, with this figure as operand; the figure itself if it already has that
    /// scale.
    ///
    /// # Errors
    /// Returns an error if the unit has another base, or if the result is beyond 28 digits.
    pub fn rescaled(self: &Arc<Self>, unit: &Unit) -> Result<FigureRef, ArithmeticError> {
        if self.unit.scale == unit.scale && self.unit.has_same_base(unit) {
            return Ok(Arc::clone(self));
        }
        let mut figure = Self::compute(self.name.clone(), Op::Rescale, vec![Arc::clone(self)], None)?;
        figure.amount = amount_in_unit(self, unit)?;
        figure.unit = unit.clone();
        Ok(Arc::new(figure.with_print(self.print).with_qualifier(self.qualifier)))
    }

    /// Returns every cell that the figure depends on, once each, in the order of the arithmetic.
    ///
    /// Cells of open tables are in [`Figure::aggregates`] instead.
    pub fn sources(&self) -> Vec<Arc<Source>> {
        let mut found = Vec::new();
        let mut cells = HashSet::new();
        self.visit(&mut HashSet::new(), &mut |figure| {
            let direct_sources = match &figure.origin {
                Origin::Cell(source) => std::slice::from_ref(source),
                Origin::Counted(sources) => sources.as_slice(),
                _ => &[],
            };
            let of_limits = figure.limits().flat_map(|limit| &limit.sources);
            let direct_sources = direct_sources.iter().chain(of_limits);
            found.extend(direct_sources.filter(|source| cells.insert(Arc::clone(source))).cloned());
        });
        found
    }

    /// Returns the aggregates over open tables that the figure depends on, once each.
    pub fn aggregates(&self) -> Vec<Arc<Aggregate>> {
        let mut found = Vec::new();
        self.visit(&mut HashSet::new(), &mut |figure| {
            if let Origin::Records(aggregate) = &figure.origin {
                found.push(Arc::clone(aggregate));
                found.extend(figure.limits().flat_map(|limit| &limit.aggregates).cloned());
            }
        });
        found
    }

    /// Returns the numbers with which the rows of the figure were compared.
    fn limits(&self) -> impl Iterator<Item = &LimitAmount> {
        let aggregate = if let Origin::Records(aggregate) = &self.origin { Some(aggregate) } else { None };
        aggregate.into_iter().flat_map(|aggregate| &aggregate.selection.conditions).filter_map(Condition::limit)
    }

    /// Returns the settings keys that the figure depends on, once each.
    pub fn settings(&self) -> Vec<Arc<str>> {
        let mut keys: Vec<Arc<str>> = Vec::new();
        self.visit(&mut HashSet::new(), &mut |figure| {
            let own = if let Origin::Setting(key) = &figure.origin { Some(key) } else { None };
            for key in own.into_iter().chain(figure.limits().flat_map(|limit| &limit.settings)) {
                if !keys.contains(key) {
                    keys.push(Arc::clone(key));
                }
            }
        });
        keys
    }

    /// Returns the figures without data, and without operands, that the figure depends on; itself if it has none.
    pub fn missing_operands(&self) -> Vec<FigureName> {
        let mut found: Vec<FigureName> = Vec::new();
        self.visit(&mut HashSet::new(), &mut |figure| {
            let is_leaf = !matches!(figure.origin, Origin::Computed { .. });
            if is_leaf && !figure.has_data() && !found.contains(&figure.name) {
                found.push(figure.name.clone());
            }
        });
        found
    }

    /// Returns the origin of the first lost figure that the figure depends on: [`Origin::Lost`].
    pub fn lost_origin(&self) -> Option<Origin> {
        let mut found = None;
        self.visit(&mut HashSet::new(), &mut |figure| {
            if found.is_none() && matches!(figure.origin, Origin::Lost(_)) {
                found = Some(figure.origin.clone());
            }
        });
        found
    }

    /// Returns the corrections by the office that the figure depends on, once each.
    pub fn corrections(&self) -> Vec<Arc<Correction>> {
        let mut found = Vec::new();
        self.visit(&mut HashSet::new(), &mut |figure| found.extend(figure.correction.clone()));
        found
    }

    /// Returns whether the amount is known.
    pub fn is_known(&self) -> bool {
        self.amount.known().is_some()
    }

    /// Returns whether there is data: a number, or "không phát sinh".
    pub fn has_data(&self) -> bool {
        self.amount != Amount::Missing
    }

    /// Visits the figure, and the operands of those that `is_inner` selects, once each; `each` learns which are inner.
    pub fn visit_through(&self, is_inner: impl Fn(&Self) -> bool, mut each: impl FnMut(&Self, bool)) {
        self.visit_inner(&mut HashSet::new(), &|figure| is_inner(figure), &mut |figure| each(figure, is_inner(figure)));
    }

    /// Returns whether the figure is the result of arithmetic in a rule, not one that has a name of its own.
    pub fn is_rule_arithmetic(&self) -> bool {
        self.name.measure == Measure::Computed && matches!(self.origin, Origin::Computed { .. })
    }

    /// Returns whether the amount comes from a division, which can leave more digits than anyone stated.
    pub fn is_quotient(&self) -> bool {
        let mut is_quotient = false;
        self.visit(&mut HashSet::new(), &mut |figure| {
            is_quotient |= matches!(&figure.origin, Origin::Computed { op: Op::Divide | Op::Percent | Op::Change, .. });
        });
        is_quotient
    }

    /// Visits the figure and all its operands once each, even if they are shared.
    fn visit(&self, seen: &mut HashSet<*const Self>, each: &mut impl FnMut(&Self)) {
        self.visit_inner(seen, &|_| true, each);
    }

    fn visit_inner(
        &self,
        seen: &mut HashSet<*const Self>,
        is_inner: &impl Fn(&Self) -> bool,
        each: &mut impl FnMut(&Self),
    ) {
        if !seen.insert(std::ptr::from_ref(self)) {
            return;
        }
        each(self);
        if let Origin::Computed { operands, .. } = &self.origin
            && is_inner(self)
        {
            operands.iter().for_each(|operand| operand.visit_inner(seen, is_inner, each));
        }
    }
}
