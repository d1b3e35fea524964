//! How far two figures may differ by rounding alone.
//!
//! Input: the figures that are compared. Output: the largest such difference. Not here: the comparison.
//!
//! A rule can add a figure to itself again and again: each figure is looked at once, however often it enters a sum.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ptr::from_ref;
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::quantity::{Scale, Unit};
use tonghop_core::vi;

/// Returns the largest difference that rounding alone can explain: half a unit of the last printed digit for each
/// number that entered, in the unit of the first figure. Counts are not rounded.
///
/// The number of decimals is the maximum over all numbers of the same scale, because a printed `100` may be `100,0`.
pub(super) fn tolerance(figures: &[&FigureRef]) -> Decimal {
    let Some(unit) = figures.first().map(|f| &f.unit).filter(|u| !vi::unit::is_count(u)) else {
        return Decimal::ZERO;
    };
    let mut decimals = BTreeMap::new();
    let mut seen = HashSet::new();
    for figure in figures {
        collect_decimals(figure, &mut seen, &mut decimals);
    }
    let mut rounding = Rounding { unit, decimals, known: HashMap::new() };
    figures.iter().fold(Decimal::ZERO, |sum, figure| sum.saturating_add(rounding.of(figure)))
}

/// Returns the operands of a sum or difference, whose numbers were printed; `None` for a number that was itself printed.
fn summands(figure: &Figure) -> Option<&[FigureRef]> {
    match &figure.origin {
        Origin::Computed { op: Op::Add | Op::Subtract | Op::Sum | Op::Negate | Op::Rescale, operands, .. } => {
            Some(operands)
        }
        _ => None,
    }
}

/// Collects the largest number of decimals of the printed numbers of each scale.
fn collect_decimals(figure: &Figure, seen: &mut HashSet<*const Figure>, decimals: &mut BTreeMap<Scale, u32>) {
    if !seen.insert(from_ref(figure)) {
        return;
    }
    match summands(figure) {
        Some(operands) => operands.iter().for_each(|operand| collect_decimals(operand, seen, decimals)),
        None => {
            let own = figure.amount.known().map_or(0, |value| value.normalize().scale());
            let most = decimals.entry(figure.unit.scale).or_default();
            *most = own.max(*most);
        }
    }
}

/// The rounding of figures, each computed once.
struct Rounding<'f> {
    unit: &'f Unit,
    decimals: BTreeMap<Scale, u32>,
    known: HashMap<*const Figure, Decimal>,
}

impl Rounding<'_> {
    fn of(&mut self, figure: &Figure) -> Decimal {
        if let Some(known) = self.known.get(&from_ref(figure)) {
            return *known;
        }
        let rounding = match summands(figure) {
            Some(operands) => operands.iter().fold(Decimal::ZERO, |sum, operand| sum.saturating_add(self.of(operand))),
            None => self.of_printed(figure),
        };
        self.known.insert(from_ref(figure), rounding);
        rounding
    }

    /// Returns half a unit of the last printed digit, of each number of a sum over rows.
    fn of_printed(&self, figure: &Figure) -> Decimal {
        let numbers = match &figure.origin {
            Origin::Records(aggregate) => Decimal::from(aggregate.cell_count),
            _ => Decimal::ONE,
        };
        let decimals = self.decimals.get(&figure.unit.scale).copied().unwrap_or(0);
        let step = Decimal::try_from_i128_with_scale(1, decimals).unwrap_or_default();
        let half = Decimal::new(5, 1).saturating_mul(step);
        half.saturating_mul(numbers).saturating_mul(figure.unit.scale.factor_to(self.unit.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use tonghop_core::model::id::{IndicatorId, SectorId};
    use tonghop_core::model::measure::{FigureName, Measure, Status};
    use tonghop_core::model::quantity::Amount;

    fn figure(value: &str, unit: &str) -> FigureRef {
        let name =
            FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure: Measure::Actual };
        let amount = Amount::Known(value.parse().unwrap());
        Arc::new(Figure::new(name, amount, vi::unit::parse(unit), Status::Final, Origin::Missing))
    }

    fn sum(operands: &[&FigureRef]) -> FigureRef {
        let operands: Vec<FigureRef> = operands.iter().map(|operand| Arc::clone(operand)).collect();
        Arc::new(Figure::compute(operands[0].name.clone(), Op::Sum, operands, None).unwrap())
    }

    #[test]
    fn every_printed_number_may_be_half_a_unit_off() {
        let (one, other) = (figure("1.5", "ha"), figure("2", "ha"));
        let total = sum(&[&one, &other]);
        assert_eq!(tolerance(&[&figure("3.5", "ha"), &total]), "0.15".parse().unwrap());
        assert_eq!(tolerance(&[&figure("3", "vụ"), &figure("2", "vụ")]), Decimal::ZERO, "counts");
        let billions = figure("1.5", "tỷ đồng");
        assert_eq!(tolerance(&[&figure("1500", "triệu đồng"), &billions]), "50.5".parse().unwrap());
    }

    #[test]
    fn a_figure_added_to_itself_takes_no_longer_each_time() {
        let mut doubled = figure("0.1", "ha");
        for _ in 0..60 {
            doubled = sum(&[&doubled, &doubled]);
        }
        let enters: i64 = 1 << 60;
        assert_eq!(tolerance(&[&doubled]), Decimal::from(enters) * Decimal::new(5, 2));
    }
}
