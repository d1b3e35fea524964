//! The units of products and quotients.
//!
//! Input: the units of two operands, and a number of a rule that turns a percentage into a fraction. Output: the unit of
//! the result. Not here: amounts, sums (see [`super::arithmetic`]).
//!
//! A unit of several factors has a base, which says what fits it, but no label: it is printed without unit, unless the
//! indicator declares one.

use crate::model::quantity::{Scale, Unit};
use std::sync::Arc;

/// Separates the factors of a product.
const TIMES: char = '·';
/// Separates the factors from those they are divided by.
const PER: char = '/';

/// The factors of a unit above and below the line; each with its label without scale word.
#[derive(Clone, Default)]
struct Factors {
    above: Vec<Factor>,
    below: Vec<Factor>,
}

#[derive(Clone, Eq)]
struct Factor {
    base: String,
    label: String,
}

impl PartialEq for Factor {
    fn eq(&self, other: &Self) -> bool {
        self.base == other.base
    }
}

/// Returns the unit of a product: tạ/ha × ha is tạ.
pub(super) fn product(left: &Unit, right: &Unit) -> Unit {
    if left.base.is_empty() || right.base.is_empty() {
        return if left.base.is_empty() { right.clone() } else { left.clone() };
    }
    let (one, other) = (Factors::of(left), Factors::of(right));
    let scale = left.scale.times(right.scale);
    one.combined(other).unit(scale)
}

/// Returns the unit of a quotient: none for amounts of the same kind, which are converted to one scale.
pub(super) fn quotient(left: &Unit, right: &Unit) -> Unit {
    if left.has_same_base(right) {
        return Unit::none();
    }
    if right.base.is_empty() {
        return left.clone();
    }
    let (one, Factors { above, below }) = (Factors::of(left), Factors::of(right));
    one.combined(Factors { above: below, below: above }).unit(left.scale.per(right.scale))
}

/// Returns the unit of a proportion divided by `divisor`, the number of which it is a part: 100 makes a fraction of a
/// percentage; other units and numbers change nothing.
pub(super) fn divided_by_number(unit: &Unit, divisor: rust_decimal::Decimal) -> Unit {
    let whole = if divisor == rust_decimal::Decimal::ONE_HUNDRED {
        "%"
    } else if divisor == rust_decimal::Decimal::ONE_THOUSAND {
        "‰"
    } else {
        return unit.clone();
    };
    let mut factors = Factors::of(unit);
    let Some(at) = factors.above.iter().position(|factor| factor.base == whole) else { return unit.clone() };
    factors.above.remove(at);
    factors.unit(Some(unit.scale))
}

impl Factors {
    fn of(unit: &Unit) -> Self {
        let (above, below) = halves(&unit.base);
        let (label_above, label_below) = halves(unit.label.strip_prefix(unit.scale.word()).unwrap_or(&unit.label));
        Self { above: factors(above, label_above), below: factors(below, label_below) }
    }

    /// Multiplies by other factors; those on both sides of the line cancel out.
    fn combined(mut self, other: Self) -> Self {
        self.above.extend(other.above);
        self.below.extend(other.below);
        let Self { above, mut below } = self;
        let left_over = above.into_iter().filter(|factor| {
            let cancelled = below.iter().position(|divisor| divisor == factor);
            cancelled.map(|at| below.remove(at)).is_none()
        });
        let above = left_over.collect();
        Self { above, below }
    }

    /// Returns the unit at a scale; none if the scale has no word.
    fn unit(mut self, scale: Option<Scale>) -> Unit {
        let Some(scale) = scale else { return Unit::none() };
        // The order of operands does not matter: ha·người is người·ha.
        self.above.sort_by(|one, other| one.base.cmp(&other.base));
        self.below.sort_by(|one, other| one.base.cmp(&other.base));
        let joined = |factors: &[Factor]| {
            let bases: Vec<&str> = factors.iter().map(|factor| factor.base.as_str()).collect();
            bases.join(&TIMES.to_string())
        };
        let base = match self.below.as_slice() {
            [] => joined(&self.above),
            below => format!("{}{PER}{}", joined(&self.above), joined(below)),
        };
        let label: Arc<str> = match (self.above.as_slice(), self.below.as_slice()) {
            ([only], []) => format!("{}{}", scale.word(), only.label).into(),
            _ => "".into(),
        };
        Unit { scale, base: base.into(), label }
    }
}

fn halves(text: &str) -> (&str, &str) {
    text.split_once(PER).unwrap_or((text, ""))
}

/// Returns the factors of one side of a unit; without a label of its own, a factor has its base as label.
fn factors(bases: &str, labels: &str) -> Vec<Factor> {
    let (bases, labels): (Vec<&str>, Vec<&str>) = (bases.split(TIMES).collect(), labels.split(TIMES).collect());
    let named = bases.len() == labels.len() && !labels.contains(&"");
    let factor = |(at, base): (usize, &&str)| Factor {
        base: (*base).to_owned(),
        label: (if named { labels[at] } else { base }).to_owned(),
    };
    bases.iter().enumerate().filter(|(_, base)| !base.is_empty()).map(factor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a unit as workbooks write it.
    fn parse(label: &str) -> Unit {
        let scales = [("tỷ ", Scale::BILLION), ("triệu ", Scale::MILLION), ("nghìn ", Scale::THOUSAND)];
        let scaled = scales.iter().find_map(|(word, scale)| Some((*scale, label.strip_prefix(word)?)));
        let (scale, base) = scaled.unwrap_or((Scale::ONE, label));
        Unit { scale, base: base.into(), label: label.into() }
    }

    fn shown(unit: &Unit) -> String {
        format!("{}|{}", unit.base, unit.label)
    }

    #[test]
    fn factors_cancel_out() {
        for (left, right, of_product, of_quotient) in [
            ("tạ/ha", "ha", "tạ|tạ", "tạ/ha·ha|"),
            ("tạ", "ha", "ha·tạ|", "tạ/ha|"),
            ("tấn", "tấn", "tấn·tấn|", "|"),
            ("người", "%", "%·người|", "người/%|"),
            ("đồng/người", "người", "đồng|đồng", "đồng/người·người|"),
            ("triệu đồng/người", "người", "đồng|triệu đồng", "đồng/người·người|"),
            ("", "ha", "ha|ha", "/ha|"),
        ] {
            let (left, right) = (parse(left), parse(right));
            assert_eq!(shown(&product(&left, &right)), of_product, "{left} × {right}");
            assert_eq!(shown(&quotient(&left, &right)), of_quotient, "{left} : {right}");
        }
    }

    #[test]
    fn scales_are_kept_where_they_have_a_word() {
        let income = quotient(&parse("tỷ đồng"), &parse("nghìn người"));
        assert_eq!((income.scale, &*income.base), (Scale::MILLION, "đồng/người"));
        assert!(income.has_same_base(&parse("triệu đồng/người")));
        assert_eq!(quotient(&parse("người"), &parse("tỷ đồng")), Unit::none());
    }

    #[test]
    fn a_percentage_of_something_is_something() {
        let product = product(&parse("triệu đồng"), &parse("%"));
        assert_eq!(divided_by_number(&product, rust_decimal::Decimal::ONE_HUNDRED), parse("triệu đồng"));
        assert_eq!(divided_by_number(&parse("%"), rust_decimal::Decimal::ONE_HUNDRED), Unit::none());
        assert_eq!(divided_by_number(&parse("ha"), rust_decimal::Decimal::ONE_HUNDRED), parse("ha"));
        assert_eq!(divided_by_number(&parse("%"), rust_decimal::Decimal::ONE_THOUSAND), parse("%"));
    }
}
