//! Parses the number that an explanation is about, and compares it with the present one.
//!
//! Input: the field of a line, such as "170", "96.011,5 triệu đồng", "-" or "170 so với 168". Output: the number, and the
//! one that it was compared with. Not here: where the present number is.

use rust_decimal::Decimal;
use tonghop_core::model::quantity::{Amount, Unit, round_half_up};
use tonghop_core::vi::number::{Blank, Convention, parse, parse_blank};
use tonghop_core::vi::{typed_number, unit};

/// The words between the number and the one it is compared with, as messages about contradictions write them.
pub(super) const COMPARED_WITH: &str = " so với ";

/// The number that an explanation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatedNumber {
    amount: Amount,
    /// `None` if the number is written without a unit: it has that of the figure.
    unit: Option<Unit>,
    /// The number it was compared with, if the line names it.
    pub compared: Option<Decimal>,
}

/// The present number of a cell or a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PresentNumber {
    pub amount: Amount,
    pub unit: Unit,
    /// The printed decimals; `None` if all are printed.
    pub decimals: Option<u32>,
}

impl StatedNumber {
    /// Parses a field; `None` if it is not a number, or not two.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (own, compared) = match text.split_once(COMPARED_WITH) {
            Some((own, other)) => (own, Some(parse_quantity(other)?.0)),
            None => (text, None),
        };
        if let Some(Blank::NotApplicable) = parse_blank(own).filter(|_| !own.trim().is_empty()) {
            return Some(Self { amount: Amount::NotApplicable, unit: None, compared });
        }
        let (value, unit) = parse_quantity(own)?;
        Some(Self { amount: Amount::Known(value), unit, compared })
    }

    /// Returns the number and its unit, without the one it was compared with.
    pub(super) fn into_parts(self) -> (Amount, Unit) {
        (self.amount, self.unit.unwrap_or_else(Unit::none))
    }

    /// Returns whether the present number is the stated one, exactly or as it is printed.
    pub(super) fn is_equal(&self, present: &PresentNumber) -> bool {
        match (self.amount, present.amount) {
            (Amount::Known(stated), Amount::Known(now)) => self.in_unit(stated, &present.unit).is_some_and(|stated| {
                stated == now || present.decimals.is_some_and(|d| stated == round_half_up(now, d))
            }),
            (Amount::NotApplicable, Amount::NotApplicable) => true,
            _ => false,
        }
    }

    /// Converts the stated number to the unit of the present one; `None` if the units do not compare.
    fn in_unit(&self, stated: Decimal, unit: &Unit) -> Option<Decimal> {
        match &self.unit {
            None => Some(stated),
            Some(own) if own.has_same_base(unit) => stated.checked_mul(own.scale.factor_to(unit.scale)),
            Some(_) => None,
        }
    }
}

/// Parses a number in Vietnamese notation, with or without its unit.
fn parse_quantity(text: &str) -> Option<(Decimal, Option<Unit>)> {
    let typed = typed_number::split(text)?;
    let number = parse(&typed.number, Convention::Vietnamese)?;
    Some((number.value, (!typed.unit.is_empty()).then(|| unit::parse(typed.unit))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tonghop_core::vi::format;

    fn present(amount: Amount, unit: &str, decimals: Option<u32>) -> PresentNumber {
        PresentNumber { amount, unit: unit::parse(unit), decimals }
    }

    #[test]
    fn a_number_is_that_of_the_figure_or_another_one() {
        let known = |text: &str| Amount::Known(text.parse().unwrap());
        for (written, now, unit, decimals, same) in [
            ("170", known("170"), "con", None, true),
            ("170 con", known("170"), "con", None, true),
            ("171", known("170"), "con", None, false),
            ("96.011,5", known("96011.5"), "triệu đồng", None, true),
            ("96.011.500 nghìn đồng", known("96011.5"), "triệu đồng", None, true),
            ("96.011,5 con", known("96011.5"), "triệu đồng", None, false),
            ("72,3%", known("72.2953"), "%", Some(1), true),
            ("72,3", known("72.2953"), "%", None, false),
            ("72", known("72.2953"), "%", Some(1), false),
            ("-", Amount::NotApplicable, "ha", None, true),
            ("không phát sinh", Amount::NotApplicable, "ha", None, true),
            ("0", Amount::NotApplicable, "ha", None, false),
            ("-", known("0"), "ha", None, false),
            ("0", known("0"), "ha", None, true),
            ("0", Amount::Missing, "ha", None, false),
        ] {
            let stated = StatedNumber::parse(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!(stated.is_equal(&present(now, unit, decimals)), same, "{written} {now:?}");
        }
    }

    #[test]
    fn the_compared_number_may_be_named() {
        let compared = |text: &str| StatedNumber::parse(text).and_then(|stated| stated.compared);
        assert_eq!(compared("170 con so với 168 con"), Some(168.into()));
        assert_eq!(compared("170"), None);
        for text in ["", "nhiều", "170 so với nhiều", "170/168", "so với 168", "chưa có"] {
            assert_eq!(StatedNumber::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn only_the_same_number_is_equal(one in -1_000_000_i64..1_000_000, other in -1_000_000_i64..1_000_000) {
            let stated = StatedNumber::parse(&format::number(one.into(), None)).unwrap();
            prop_assert_eq!(stated.is_equal(&present(Amount::Known(other.into()), "ha", Some(0))), one == other);
        }
    }
}
