//! Builds Excel formulas from the arithmetic recorded in a figure.
//!
//! Input: a figure and the references of cells that hold figures. Output: a formula whose result is the figure as its
//! cell shows it. Not here: where cells are, writing them, arithmetic.

use rust_decimal::Decimal;
use tonghop_core::model::figure::{FigureRef, Op, Origin};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::{Amount, Unit};

/// Excel's limits: 8,192 characters in a formula, 255 arguments and 64 nested functions.
const MAX_LENGTH: usize = 8_000;
const MAX_ARGUMENTS: usize = 255;
const MAX_DEPTH: usize = 60;

/// What a cell holds for a figure: its amount, or, if Excel adds the percent sign, a hundredth of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellScale {
    Amount,
    Hundredth,
}

impl CellScale {
    /// Returns the scale of figures of a measure; an indicator that is itself in percent keeps the number as reported.
    pub(super) fn for_measure(measure: &Measure) -> Self {
        if measure.is_percentage() { Self::Hundredth } else { Self::Amount }
    }

    /// Returns the number that the cell holds.
    pub(super) fn apply(self, value: Decimal) -> Decimal {
        match self {
            Self::Amount => value,
            Self::Hundredth => value / Decimal::ONE_HUNDRED,
        }
    }
}

/// Returns the reference to the cell that holds a figure; a figure without one is written out.
pub(super) type CellNames<'a> = &'a dyn Fn(&FigureRef) -> Option<String>;

/// Returns the formula of a figure, without `=`, if it refers to at least one cell.
///
/// Returns `None` also if Excel would not accept the formula (too long, too deeply nested).
pub(super) fn live_formula(figure: &FigureRef, names: CellNames<'_>) -> Option<String> {
    figure.amount.known()?;
    names(figure).or_else(|| expression(figure, names, "").filter(|writer| writer.has_cell).map(|writer| writer.text))
}

/// Returns how a figure was computed, for human readers, with its operands by name.
pub(super) fn readable_formula(figure: &FigureRef, names: CellNames<'_>) -> Option<String> {
    expression(figure, names, " ").map(|writer| writer.text)
}

fn expression<'a>(figure: &FigureRef, names: CellNames<'a>, gap: &'static str) -> Option<FormulaWriter<'a>> {
    let mut writer = FormulaWriter { text: String::new(), gap, names, has_cell: false, depth: 0 };
    writer.write_out(figure, CellScale::for_measure(&figure.name.measure), Binding::Loose)?;
    Some(writer)
}

/// How tightly an operator binds its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Loose,
    Sum,
    Product,
    Atom,
}

struct FormulaWriter<'a> {
    text: String,
    /// The whitespace around operators.
    gap: &'static str,
    names: CellNames<'a>,
    /// Whether the formula refers to a cell.
    has_cell: bool,
    depth: usize,
}

/// `None` abandons the formula.
type FormulaStep = Option<()>;

impl FormulaWriter<'_> {
    fn push(&mut self, text: &str) -> FormulaStep {
        self.text.push_str(text);
        (self.text.len() <= MAX_LENGTH).then_some(())
    }

    fn sign(&mut self, sign: &str) -> FormulaStep {
        let gap = self.gap;
        self.push(&format!("{gap}{sign}{gap}"))
    }

    /// Writes an expression with the binding `own`, in brackets if `around` binds tighter.
    fn group(&mut self, own: Binding, around: Binding, body: impl FnOnce(&mut Self) -> FormulaStep) -> FormulaStep {
        if own >= around {
            return body(self);
        }
        self.push("(")?;
        body(self)?;
        self.push(")")
    }

    /// Writes an operand converted to the scale of `unit`.
    fn operand(&mut self, figure: &FigureRef, unit: &Unit, shown: CellScale, around: Binding) -> FormulaStep {
        let factor =
            if figure.unit.has_same_base(unit) { figure.unit.scale.factor_to(unit.scale) } else { Decimal::ONE };
        if factor == Decimal::ONE {
            return self.figure(figure, shown, around);
        }
        self.group(Binding::Product, around, |w| {
            w.figure(figure, shown, Binding::Product)?;
            w.sign("*")?;
            w.push(&factor.normalize().to_string())
        })
    }

    fn figure(&mut self, figure: &FigureRef, shown: CellScale, around: Binding) -> FormulaStep {
        if figure.amount == Amount::NotApplicable {
            return self.push("0");
        }
        match (self.names)(figure) {
            Some(name) => self.cell(&name, CellScale::for_measure(&figure.name.measure), shown, around),
            None => self.write_out(figure, shown, around),
        }
    }

    fn cell(&mut self, name: &str, held: CellScale, shown: CellScale, around: Binding) -> FormulaStep {
        self.has_cell = true;
        let sign = match (held, shown) {
            (CellScale::Hundredth, CellScale::Amount) => "*",
            (CellScale::Amount, CellScale::Hundredth) => "/",
            _ => return self.push(name),
        };
        self.group(Binding::Product, around, |w| {
            w.push(name)?;
            w.sign(sign)?;
            w.push("100")
        })
    }

    fn write_out(&mut self, figure: &FigureRef, shown: CellScale, around: Binding) -> FormulaStep {
        let Origin::Computed { op, operands, .. } = &figure.origin else {
            return self.literal(shown.apply(figure.amount.known()?), around);
        };
        self.depth += 1;
        (self.depth <= MAX_DEPTH).then_some(())?;
        self.operation(*op, operands, &figure.unit, shown, around)?;
        self.depth -= 1;
        Some(())
    }

    fn literal(&mut self, number: Decimal, around: Binding) -> FormulaStep {
        let own = if number.is_sign_negative() { Binding::Sum } else { Binding::Atom };
        self.group(own, around, |w| w.push(&number.normalize().to_string()))
    }

    /// Writes an operation whose result is in `unit`: sums convert their operands to it, quotients to the unit of their
    /// numerator.
    fn operation(
        &mut self,
        op: Op,
        operands: &[FigureRef],
        unit: &Unit,
        shown: CellScale,
        around: Binding,
    ) -> FormulaStep {
        match (op, operands) {
            (Op::Add, [a, b]) => self.infix(a, "+", b, unit, shown, around),
            (Op::Subtract, [a, b]) => self.infix(a, "-", b, unit, shown, around),
            (Op::Negate, [a]) => self.group(Binding::Sum, around, |w| {
                w.push("-")?;
                w.operand(a, unit, shown, Binding::Atom)
            }),
            (Op::Sum, _) => self.call("SUM", operands, unit, shown),
            (Op::Largest, _) => self.call("MAX", operands, unit, shown),
            (Op::Smallest, _) => self.call("MIN", operands, unit, shown),
            (Op::Rescale, [a]) => self.operand(a, unit, shown, around),
            (Op::Percent, [a, b]) if shown == CellScale::Hundredth => self.quotient(a, b, around),
            (Op::Change, [a, b]) if shown == CellScale::Hundredth => self.change(a, b, around),
            (Op::Percent | Op::Change, [_, _]) => self.group(Binding::Product, around, |w| {
                w.operation(op, operands, unit, CellScale::Hundredth, Binding::Product)?;
                w.sign("*")?;
                w.push("100")
            }),
            _ if shown == CellScale::Hundredth => self.group(Binding::Product, around, |w| {
                w.operation(op, operands, unit, CellScale::Amount, Binding::Product)?;
                w.sign("/")?;
                w.push("100")
            }),
            (Op::Multiply, [a, b]) => self.group(Binding::Product, around, |w| {
                w.figure(a, CellScale::Amount, Binding::Product)?;
                w.sign("*")?;
                w.figure(b, CellScale::Amount, Binding::Atom)
            }),
            (Op::Divide, [a, b]) => self.quotient(a, b, around),
            (Op::Count, _) => self.count(operands),
            _ => None,
        }
    }

    fn infix(
        &mut self,
        a: &FigureRef,
        sign: &str,
        b: &FigureRef,
        unit: &Unit,
        shown: CellScale,
        around: Binding,
    ) -> FormulaStep {
        self.group(Binding::Sum, around, |w| {
            w.operand(a, unit, shown, Binding::Sum)?;
            w.sign(sign)?;
            w.operand(b, unit, shown, Binding::Product)
        })
    }

    fn quotient(&mut self, a: &FigureRef, b: &FigureRef, around: Binding) -> FormulaStep {
        self.group(Binding::Product, around, |w| {
            w.figure(a, CellScale::Amount, Binding::Product)?;
            w.sign("/")?;
            w.operand(b, &a.unit, CellScale::Amount, Binding::Atom)
        })
    }

    fn change(&mut self, a: &FigureRef, b: &FigureRef, around: Binding) -> FormulaStep {
        self.group(Binding::Sum, around, |w| {
            w.quotient(a, b, Binding::Sum)?;
            w.sign("-")?;
            w.push("1")
        })
    }

    fn call(&mut self, function: &str, arguments: &[FigureRef], unit: &Unit, shown: CellScale) -> FormulaStep {
        if arguments.is_empty() || arguments.len() > MAX_ARGUMENTS {
            return None;
        }
        self.push(function)?;
        for (place, argument) in arguments.iter().enumerate() {
            self.push(if place == 0 { "(" } else { "," })?;
            self.push(if place == 0 { "" } else { self.gap })?;
            self.operand(argument, unit, shown, Binding::Loose)?;
        }
        self.push(")")
    }

    fn count(&mut self, operands: &[FigureRef]) -> FormulaStep {
        let with_data: Vec<FigureRef> = operands.iter().filter(|o| o.has_data()).cloned().collect();
        self.call("COUNT", &with_data, &Unit::none(), CellScale::Amount)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{computed, million, name, observed};
    use super::*;
    use std::sync::Arc;
    use tonghop_core::model::figure::Figure;
    use tonghop_core::model::id::TargetId;
    use tonghop_core::model::measure::Status;
    use tonghop_core::model::quantity::Scale;

    /// Returns the cells of indicators `a`, `b`, `c`: A1, B1, C1; of percentages: P1.
    fn cells(figure: &FigureRef) -> Option<String> {
        let is_given = matches!(figure.origin, Origin::Cell(_));
        match (figure.name.indicator.as_str(), &figure.name.measure) {
            ("p", Measure::Attainment(_)) => Some("P1".to_owned()),
            (id @ ("a" | "b" | "c"), Measure::Actual) if is_given => Some(format!("{}1", id.to_uppercase())),
            _ => None,
        }
    }

    fn reported(indicator: &str, value: &str) -> FigureRef {
        observed(indicator, Measure::Actual, value, 1)
    }

    fn rule_figure(value: &str) -> FigureRef {
        let amount = Amount::Known(value.parse().unwrap());
        let name = name("s", "rule", Measure::Computed);
        Arc::new(Figure::new(name, amount, Unit::none(), Status::Final, Origin::Rule(None)))
    }

    fn unknown(amount: Amount) -> FigureRef {
        let name = name("s", "b", Measure::Actual);
        Arc::new(Figure::new(name, amount, million(), Status::Final, Origin::Missing))
    }

    fn calc(op: Op, operands: &[&FigureRef]) -> FigureRef {
        computed(name("s", "x", Measure::Computed), op, operands)
    }

    fn percent(indicator: &str, operands: &[&FigureRef]) -> FigureRef {
        computed(name("s", indicator, Measure::Attainment(TargetId::new("t"))), Op::Percent, operands)
    }

    fn formula(figure: &FigureRef) -> String {
        live_formula(figure, &cells).unwrap_or_default()
    }

    #[test]
    fn every_operation_has_its_formula() {
        let (a, b, c) = (reported("a", "10"), reported("b", "4"), reported("c", "3"));
        let two = rule_figure("2");
        let sum = calc(Op::Add, &[&a, &b]);
        let difference = calc(Op::Subtract, &[&a, &b]);
        let quotient = calc(Op::Divide, &[&a, &b]);
        for (figure, written) in [
            (sum.clone(), "A1+B1"),
            (calc(Op::Subtract, &[&c, &difference]), "C1-(A1-B1)"),
            (calc(Op::Subtract, &[&difference, &c]), "A1-B1-C1"),
            (calc(Op::Multiply, &[&sum, &two]), "(A1+B1)*2"),
            (calc(Op::Divide, &[&a, &quotient]), "A1/(A1/B1)"),
            (calc(Op::Multiply, &[&a, &rule_figure("-2")]), "A1*(-2)"),
            (calc(Op::Negate, &[&sum]), "-(A1+B1)"),
            (calc(Op::Sum, &[&a, &b, &difference]), "SUM(A1,B1,A1-B1)"),
            (calc(Op::Largest, &[&a, &b]), "MAX(A1,B1)"),
            (calc(Op::Smallest, &[&a, &reported("d", "7.5")]), "MIN(A1,7.5)"),
            (calc(Op::Count, &[&a, &unknown(Amount::Missing)]), "COUNT(A1)"),
            (calc(Op::Add, &[&a, &unknown(Amount::NotApplicable)]), "A1+0"),
            (calc(Op::Percent, &[&a, &b]), "A1/B1*100"),
            (calc(Op::Change, &[&a, &b]), "(A1/B1-1)*100"),
            (percent("x", &[&difference, &sum]), "(A1-B1)/(A1+B1)"),
        ] {
            assert_eq!(formula(&figure), written);
        }
    }

    #[test]
    fn percentages_are_hundredths_in_their_cells() {
        let p = percent("p", &[&reported("a", "3"), &reported("b", "4")]);
        let seventy_five = Amount::Known(Decimal::from(75));
        let pace = name("s", "x", Measure::Pace);
        let pace = Arc::new(Figure::new(pace, seventy_five, Unit::percent(), Status::Final, Origin::Missing));
        let lag = name("s", "x", Measure::Lag(TargetId::new("t")));
        assert_eq!(formula(&computed(lag, Op::Subtract, &[&pace, &p])), "0.75-P1");
        assert_eq!(formula(&calc(Op::Subtract, &[&pace, &p])), "75-P1*100");
        assert_eq!(
            formula(&computed(name("s", "x", Measure::Yoy), Op::Multiply, &[&p, &rule_figure("2")])),
            "P1*100*2/100"
        );
    }

    #[test]
    fn scales_are_converted() {
        let thousand = Unit { scale: Scale::THOUSAND, base: "đồng".into(), label: "nghìn đồng".into() };
        let (a, small) = (reported("a", "10"), reported("b", "4").rescaled(&thousand).unwrap());
        assert_eq!(formula(&small), "B1*1000");
        assert_eq!(formula(&calc(Op::Add, &[&a, &small])), "A1+B1*1000*0.001");
        assert_eq!(formula(&percent("x", &[&a, &small])), "A1/(B1*1000*0.001)");
    }

    #[test]
    fn what_rests_on_no_cell_or_is_too_much_stays_a_number() {
        let doubled = |times| (0..times).fold(reported("a", "1"), |sum, _| calc(Op::Add, &[&sum, &sum]));
        let many: Vec<FigureRef> = (0..300).map(|_| reported("a", "1")).collect();
        let two = rule_figure("2");
        for (figure, why) in [
            (calc(Op::Add, &[&two, &two]), "no cell"),
            (doubled(80), "too deep"),
            (doubled(20), "too long"),
            (calc(Op::Sum, &many.iter().collect::<Vec<_>>()), "too many arguments"),
        ] {
            assert_eq!(live_formula(&figure, &cells), None, "{why}");
        }
    }
}
