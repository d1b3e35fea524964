//! Carries an indicator over its parts as its declaration says: sum, last, weighted mean, ratio.
//!
//! Input: the rows of a sector with the sources of their actuals. Output: a candidate for the figure of the whole; none
//! if a figure is missing. Not here: the choice between candidates (see [`super::precedence`]).

use super::declared::{actual_name, rule_line};
use super::mean;
use super::precedence::{NumberCandidate, NumberSource};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::model::aggregation::Aggregation;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::dataset::UnfilledCells;
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation, SectorDecl};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::model::sector::IndicatorRow;
use tonghop_core::vi;
use tonghop_core::vi::label::fold_label;

/// The rows of a sector while one of their measures is completed.
pub(super) struct Rows<'a> {
    pub decl: &'a SectorDecl,
    pub rows: &'a [IndicatorRow],
    /// The sources of the actuals.
    pub sources: &'a [Option<NumberSource>],
    pub measure: &'a Measure,
}

/// Returns the parts of an indicator by group: the declared parts, and the members of its breakdown. Each group makes
/// up the whole.
pub(super) fn part_groups<'d>(decl: &'d SectorDecl, indicator: &'d IndicatorDecl) -> [Vec<&'d IndicatorDecl>; 2] {
    let (members, parts) = decl
        .related_children(&indicator.id, ParentRelation::Part)
        .partition(|part: &&IndicatorDecl| part.is_breakdown_member);
    [parts, members]
}

/// Returns whether the total of a workbook is zero although none of its parts has data and the form has cells for them:
/// most likely the result of a formula over empty cells, which is no figure.
pub(super) fn is_empty_total(
    decl: &SectorDecl,
    indicator: &IndicatorDecl,
    total: &Figure,
    unfilled: &UnfilledCells,
    has_data: impl Fn(&IndicatorId) -> bool,
) -> bool {
    let is_zero = total.amount.known().is_some_and(|amount| amount.is_zero());
    let is_read = matches!(total.origin, Origin::Cell(_)) && total.correction.is_none();
    let parts = || decl.related_children(&indicator.id, ParentRelation::Part).map(|part| &part.id);
    let has_cell = |part: &IndicatorId| unfilled.contains_key(&(decl.id.clone(), part.clone()));
    is_zero && is_read && indicator.adds_up() && !parts().any(has_data) && parts().any(has_cell)
}

/// Returns whether a figure of an indicator is the sum of its parts.
pub(super) fn is_sum_of_parts(decl: &SectorDecl, indicator: &IndicatorDecl, figure: &Figure) -> bool {
    let Origin::Computed { op: Op::Sum, operands, .. } = &figure.origin else { return false };
    let is_part = |operand: &FigureRef| {
        let part = decl.indicator(operand.name.indicator.as_str());
        let parent = part.and_then(|part| part.parent.as_ref());
        parent.is_some_and(|parent| parent.id == indicator.id && parent.relation == ParentRelation::Part)
    };
    operands.iter().all(is_part)
}

impl Rows<'_> {
    /// Returns the figure of an indicator that follows from its parts, from the first group that is complete.
    pub(super) fn whole(&self, indicator: &IndicatorDecl) -> Result<Option<NumberCandidate>, ArithmeticError> {
        if let Some(Aggregation::Ratio { numerator, denominator }) = &indicator.over {
            return self.ratio(indicator, numerator, denominator);
        }
        for parts in part_groups(self.decl, indicator) {
            let parts: Option<Vec<NumberCandidate>> = parts.iter().map(|part| self.part(&part.id)).collect();
            let Some(parts) = parts.filter(|parts| !parts.is_empty()) else { continue };
            return match &indicator.over {
                Some(Aggregation::Last) => self.last(indicator, parts),
                Some(Aggregation::Mean { weight }) => self.mean(indicator, parts, weight),
                Some(Aggregation::None | Aggregation::Ratio { .. }) => Ok(None),
                // A measure with a unit of its own, such as an index, is not a quantity of the indicator.
                Some(Aggregation::Sum) if *self.measure != Measure::Actual && is_of_other_unit(indicator, &parts) => {
                    Ok(None)
                }
                None if is_any_rate(indicator, &parts) => Ok(None),
                Some(Aggregation::Sum) | None => self.sum(indicator, parts),
            };
        }
        Ok(None)
    }

    fn part(&self, id: &IndicatorId) -> Option<NumberCandidate> {
        let at = self.decl.position(id.as_str())?;
        let source = if *self.measure == Measure::Actual { self.sources[at]? } else { NumberSource::Report };
        NumberCandidate::new(source, Arc::clone(self.rows[at].figure(self.measure)?))
    }

    fn sum(
        &self,
        indicator: &IndicatorDecl,
        parts: Vec<NumberCandidate>,
    ) -> Result<Option<NumberCandidate>, ArithmeticError> {
        let lowest = lowest_source(&parts);
        let sum = self.compute(indicator, Op::Sum, parts.into_iter().map(|part| part.figure).collect())?;
        Ok(self.candidate(indicator, lowest, sum))
    }

    fn last(
        &self,
        indicator: &IndicatorDecl,
        parts: Vec<NumberCandidate>,
    ) -> Result<Option<NumberCandidate>, ArithmeticError> {
        let lowest = lowest_source(&parts);
        let Some(last) = parts.into_iter().next_back() else { return Ok(None) };
        // A sum of one figure keeps the cell and the rule line.
        let figure = self.compute(indicator, Op::Sum, vec![last.figure])?;
        Ok(self.candidate(indicator, lowest, figure))
    }

    /// Returns the mean of the parts, weighted by the parts of another indicator; a part without weight does not count.
    fn mean(
        &self,
        indicator: &IndicatorDecl,
        parts: Vec<NumberCandidate>,
        weight: &IndicatorId,
    ) -> Result<Option<NumberCandidate>, ArithmeticError> {
        let stated = || parts.first().map_or_else(Unit::none, |part| part.figure.unit.clone());
        let unit = if indicator.unit.base.is_empty() { stated() } else { indicator.unit.clone() };
        let (mut lowest, mut weighted) = (lowest_source(&parts), Vec::with_capacity(parts.len()));
        for part in parts {
            let Some(of_part) = self.weight(&part.figure.name.indicator, weight) else { return Ok(None) };
            lowest = lowest.max(of_part.source);
            weighted.push((part.figure, of_part.figure));
        }
        let compute = |op, operands| self.compute(indicator, op, operands);
        let mean = mean::weighted_mean(&weighted, &unit, &compute)?;
        Ok(mean.and_then(|mean| self.candidate(indicator, lowest, mean)))
    }

    /// Returns the part of the weight indicator with the label of a part.
    fn weight(&self, part: &IndicatorId, weight: &IndicatorId) -> Option<NumberCandidate> {
        let label = fold_label(&self.decl.indicator(part.as_str())?.label);
        let mut weights = self.decl.related_children(weight, ParentRelation::Part);
        self.part(&weights.find(|of_weight| fold_label(&of_weight.label) == label)?.id)
    }

    /// Returns the quotient of two indicators in the unit of this one.
    fn ratio(
        &self,
        indicator: &IndicatorDecl,
        numerator: &IndicatorId,
        denominator: &IndicatorId,
    ) -> Result<Option<NumberCandidate>, ArithmeticError> {
        let Some((numerator, denominator)) = self.part(numerator).zip(self.part(denominator)) else {
            return Ok(None);
        };
        let lowest = numerator.source.max(denominator.source);
        let (mut left, mut right) = (numerator.figure, denominator.figure);
        let counts = vi::unit::is_count(&left.unit) && vi::unit::is_count(&right.unit);
        if let Some((of, per)) = indicator.unit.label.rsplit_once('/') {
            (left, right) = (in_unit(&left, of)?, in_unit(&right, per)?);
        } else if counts {
            right = Arc::new(Figure::with_unit((*right).clone(), left.unit.clone()));
        }
        let quotient = if *indicator.unit.base == *Unit::percent().base {
            self.compute(indicator, Op::Percent, vec![left, right])?
        } else {
            self.compute(indicator, Op::Divide, vec![left, right])?
        };
        let quotient = if &*indicator.unit.base == "‰" {
            self.compute(indicator, Op::Multiply, vec![Arc::new(quotient), self.thousand(indicator)])?
        } else {
            quotient
        };
        Ok(self.candidate(indicator, lowest, quotient.with_unit(indicator.unit.clone())))
    }

    fn thousand(&self, indicator: &IndicatorDecl) -> FigureRef {
        let origin = Origin::Rule(Some(rule_line(&self.decl.file, indicator)));
        let amount = Amount::Known(Decimal::ONE_THOUSAND);
        Arc::new(Figure::new(self.intermediate_name(indicator), amount, Unit::none(), Status::Final, origin))
    }

    fn compute(&self, indicator: &IndicatorDecl, op: Op, operands: Vec<FigureRef>) -> Result<Figure, ArithmeticError> {
        Figure::compute(self.intermediate_name(indicator), op, operands, Some(rule_line(&self.decl.file, indicator)))
    }

    fn intermediate_name(&self, indicator: &IndicatorDecl) -> FigureName {
        FigureName { measure: Measure::Computed, ..actual_name(self.decl, indicator) }
    }

    fn candidate(&self, indicator: &IndicatorDecl, lowest: NumberSource, figure: Figure) -> Option<NumberCandidate> {
        let measure = self.measure.clone();
        let figure = figure.with_print(indicator.print_format(&measure));
        let figure = Arc::new(figure.with_name(FigureName { measure, ..actual_name(self.decl, indicator) }));
        NumberCandidate::new(lowest.max(NumberSource::SumOfParts), figure)
    }
}

/// Returns whether the indicator or a part has the unit of a rate; an indicator without a declared unit takes it from
/// the workbook.
fn is_any_rate(indicator: &IndicatorDecl, parts: &[NumberCandidate]) -> bool {
    indicator.unit.is_rate() || parts.iter().any(|part| part.figure.unit.is_rate())
}

fn is_of_other_unit(indicator: &IndicatorDecl, parts: &[NumberCandidate]) -> bool {
    parts.iter().any(|part| !part.figure.unit.has_same_base(&indicator.unit))
}

fn lowest_source(parts: &[NumberCandidate]) -> NumberSource {
    parts.iter().map(|part| part.source).max().unwrap_or(NumberSource::SumOfParts)
}

/// Returns a figure in the unit that a part of a compound unit names; unchanged if the figure has no unit.
fn in_unit(figure: &FigureRef, unit: &str) -> Result<FigureRef, ArithmeticError> {
    let unit = vi::unit::parse(unit);
    if figure.unit.is_unnamed() { Ok(Arc::clone(figure)) } else { figure.rescaled(&unit) }
}
