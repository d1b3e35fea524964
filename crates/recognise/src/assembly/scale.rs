//! Finds figures that were probably entered in another scale: đồng where the form asks for triệu đồng.
//!
//! Input: the dataset, each figure in the unit of its indicator. Output: a diagnostic for each figure that is off by a
//! factor of about a thousand or a million. Not here: changing a figure.
//!
//! A figure is compared with the other measures of its row, with the sum of its parts, and with its total less the
//! other parts. In a row two comparisons must agree, or a single one must be very clear: a plan of 3,000 trees of which
//! 3 are planted is not a mistake. Zeros and missing figures are not evidence.

use super::gather::named;
use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::config::ScaleCheck;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Language, Place, Words};
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::indicator::{IndicatorDecl, Relation, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::{Amount, Scale, Unit};
use tonghop_core::say;
use tonghop_core::vi::format::{number, quantity};
use tonghop_core::vi::unit;

/// The factors by which a figure in a wrong scale is off.
const FACTORS: [Decimal; 2] = [Decimal::ONE_THOUSAND, Decimal::from_parts(1_000_000, 0, 0, false, 0)];
const SCALES: [Scale; 4] = [Scale::ONE, Scale::THOUSAND, Scale::MILLION, Scale::BILLION];
/// A smaller whole number is taken for a count that has just begun, not for a figure that is too small.
const COUNT: Decimal = Decimal::TEN;

/// Returns a diagnostic for each figure whose scale is suspected.
pub fn suspects(dataset: &Dataset, sectors: &[Arc<SectorDecl>], check: &ScaleCheck) -> Diagnostics {
    let thresholds = Thresholds::new(check);
    let mut found: Vec<Suspicion<'_>> = Vec::new();
    for sector in sectors {
        for decl in &sector.indicators {
            let row = row(dataset, sector, decl);
            found.extend((0..row.len()).filter_map(|at| in_row(&row, at, &thresholds)));
        }
    }
    // One diagnostic per figure, even if it is off in its row and in sums.
    let mut seen: BTreeSet<&ObservationKey> = found.iter().map(|suspicion| suspicion.key).collect();
    let of_sums = sectors.iter().flat_map(|sector| in_sums(dataset, sector, &thresholds));
    found.extend(of_sums.filter(|suspicion| seen.insert(suspicion.key)));
    found.iter().map(Suspicion::told).collect()
}

/// The tolerances of the settings as exact numbers.
struct Thresholds {
    agreeing: Decimal,
    alone: Decimal,
    sum: Decimal,
}

impl Thresholds {
    fn new(check: &ScaleCheck) -> Self {
        // The settings are validated to be small numbers, so the conversion does not fail.
        let exact = |factor: f64| Decimal::try_from(factor).unwrap_or(Decimal::ONE);
        Self { agreeing: exact(check.tolerance), alone: exact(check.tolerance_alone), sum: exact(check.tolerance_sum) }
    }
}

/// A figure that is not zero, with its key and declaration.
#[derive(Clone, Copy)]
struct Entry<'d> {
    key: &'d ObservationKey,
    decl: &'d IndicatorDecl,
    figure: &'d Figure,
    amount: Decimal,
}

/// The direction and the factor by which a figure is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Off {
    TooLarge(Decimal),
    TooSmall(Decimal),
}

/// A value that a figure is compared with.
struct Comparable {
    words: Words,
    sources: Vec<Arc<Source>>,
}

struct Suspicion<'d> {
    key: &'d ObservationKey,
    decl: &'d IndicatorDecl,
    figure: &'d Figure,
    amount: Decimal,
    off: Off,
    compared: Vec<Comparable>,
}

/// Returns the figures of an indicator that are known and not zero.
fn row<'d>(dataset: &'d Dataset, sector: &'d SectorDecl, decl: &'d IndicatorDecl) -> Vec<Entry<'d>> {
    let first = ObservationKey { sector: sector.id.clone(), indicator: decl.id.clone(), measure: Measure::Actual };
    let of_row =
        dataset.observations.range(first..).take_while(|(key, _)| key.sector == sector.id && key.indicator == decl.id);
    let known = of_row.filter_map(|(key, figure)| Some(Entry { key, decl, figure, amount: figure.amount.known()? }));
    known.filter(|entry| !entry.amount.is_zero()).collect()
}

/// Compares a figure with the other measures of its row.
fn in_row<'d>(row: &[Entry<'d>], at: usize, thresholds: &Thresholds) -> Option<Suspicion<'d>> {
    let entry = row[at];
    let others: Vec<&Entry<'d>> =
        row.iter().filter(|other| !is_same_kind(&other.key.measure, &entry.key.measure)).collect();
    let kinds = |entries: &[&Entry<'d>]| {
        let plans = entries.iter().any(|e| matches!(e.key.measure, Measure::Target(_)));
        entries.iter().filter(|e| !matches!(e.key.measure, Measure::Target(_))).count() + usize::from(plans)
    };
    let agreeing = |off: Off, tolerance| -> Vec<&Entry<'d>> {
        others.iter().filter(|other| is_off(entry.amount, other.amount, off, tolerance)).copied().collect()
    };
    let (off, compared) = ways().into_iter().find_map(|off| {
        let two = agreeing(off, thresholds.agreeing);
        let one = agreeing(off, thresholds.alone);
        // A plan far above the actual figure may be a slow start: not evidence by itself.
        let clear = matches!(off, Off::TooLarge(_)) && entry.key.measure == Measure::Actual;
        let clear = clear && has_scale(&entry.figure.unit) && one.len() == others.len();
        match kinds(&two) {
            2.. => Some((off, two)),
            1 if clear && kinds(&one) == 1 => Some((off, one)),
            _ => None,
        }
    })?;
    let compared = compared.into_iter().map(|other| Comparable::measure(other)).collect();
    Some(Suspicion { key: entry.key, decl: entry.decl, figure: entry.figure, amount: entry.amount, off, compared })
}

/// Compares totals with the sum of their parts, and each part with the total less the other parts.
fn in_sums<'d>(dataset: &'d Dataset, sector: &'d SectorDecl, thresholds: &Thresholds) -> Vec<Suspicion<'d>> {
    let mut found = Vec::new();
    for decl in &sector.indicators {
        let is_part =
            |child: &&IndicatorDecl| child.parent.as_ref().is_some_and(|parent| parent.relation == Relation::Part);
        let parts: Vec<&IndicatorDecl> = sector.children(&decl.id).filter(is_part).collect();
        for total in row(dataset, sector, decl) {
            if let Some(parts) = all_parts(dataset, sector, &parts, &total.key.measure) {
                found.extend(in_sum(total, &parts, thresholds));
            }
        }
    }
    found
}

/// Returns the parts of a total that are not zero; `None` if one is missing or fewer than two are left.
fn all_parts<'d>(
    dataset: &'d Dataset,
    sector: &'d SectorDecl,
    parts: &[&'d IndicatorDecl],
    measure: &Measure,
) -> Option<Vec<Entry<'d>>> {
    let mut known = Vec::new();
    for decl in parts {
        let key = ObservationKey { sector: sector.id.clone(), indicator: decl.id.clone(), measure: measure.clone() };
        let (key, figure) = dataset.observations.get_key_value(&key)?;
        match figure.amount {
            Amount::Missing => return None,
            Amount::Known(amount) if !amount.is_zero() => known.push(Entry { key, decl, figure, amount }),
            Amount::Known(_) | Amount::NotApplicable => {}
        }
    }
    (known.len() > 1).then_some(known)
}

fn in_sum<'d>(total: Entry<'d>, parts: &[Entry<'d>], thresholds: &Thresholds) -> Option<Suspicion<'d>> {
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.amount))?;
    let cells = || parts.iter().flat_map(|part| part.figure.sources()).collect::<Vec<_>>();
    let off =
        |entry: Entry<'d>, other| ways().into_iter().find(|off| is_off(entry.amount, other, *off, thresholds.sum));
    let suspect = |entry: Entry<'d>, off, compared| Suspicion {
        key: entry.key,
        decl: entry.decl,
        figure: entry.figure,
        amount: entry.amount,
        off,
        compared: vec![compared],
    };
    if let Some(found) = off(total, sum) {
        return Some(suspect(total, found, Comparable::sum(sum, &total, cells())));
    }
    parts.iter().find_map(|part| {
        let left = total.amount.checked_sub(sum)?.checked_add(part.amount)?;
        let found = off(*part, left)?;
        Some(suspect(*part, found, Comparable::rest(left, &total, total.figure.sources())))
    })
}

/// Returns the deviations that are checked.
fn ways() -> [Off; 4] {
    let [thousand, million] = FACTORS;
    [Off::TooLarge(thousand), Off::TooLarge(million), Off::TooSmall(thousand), Off::TooSmall(million)]
}

/// Returns whether `amount` is off `other` by this deviation, within the tolerance.
fn is_off(amount: Decimal, other: Decimal, off: Off, tolerance: Decimal) -> bool {
    let (factor, larger, smaller) = match off {
        Off::TooLarge(factor) => (factor, amount, other),
        Off::TooSmall(factor) => (factor, other, amount),
    };
    let is_count = matches!(off, Off::TooSmall(_)) && amount.abs() < COUNT && amount.fract().is_zero();
    let times = if smaller.is_zero() { None } else { larger.checked_div(smaller) };
    !is_count && times.is_some_and(|times| factor / tolerance <= times && times <= factor * tolerance)
}

/// Returns whether two measures count as one piece of evidence: all plans do.
fn is_same_kind(one: &Measure, other: &Measure) -> bool {
    one == other || matches!((one, other), (Measure::Target(_), Measure::Target(_)))
}

/// Returns whether the scale of a unit is easily mistaken: that of money and of units with a scale word.
fn has_scale(unit: &Unit) -> bool {
    unit.scale != Scale::ONE || unit.base.starts_with("đồng")
}

/// Formats a number in each language; the English text has no thousands separators.
fn plain(amount: Decimal) -> Words {
    Words::new(number(amount, None), amount.normalize().to_string())
}

fn written(amount: Decimal, unit: &Unit) -> Words {
    let with_unit = |language| quantity(plain(amount).in_language(language), &unit.to_string());
    Words::new(with_unit(Language::Vietnamese), with_unit(Language::English))
}

impl Comparable {
    fn measure(entry: &Entry<'_>) -> Self {
        let amount = written(entry.amount, &entry.figure.unit);
        Self::new(&named(&entry.key.measure), &amount, entry.figure.sources())
    }

    fn sum(sum: Decimal, total: &Entry<'_>, sources: Vec<Arc<Source>>) -> Self {
        let name = Words::new("tổng các phần", "the sum of the parts");
        Self::new(&name, &written(sum, &total.figure.unit), sources)
    }

    fn rest(left: Decimal, total: &Entry<'_>, sources: Vec<Arc<Source>>) -> Self {
        let name = Words::new("tổng trừ các phần còn lại", "the total less the other parts");
        Self::new(&name, &written(left, &total.figure.unit), sources)
    }

    fn new(name: &Words, amount: &Words, sources: Vec<Arc<Source>>) -> Self {
        let cells = sources.iter().map(|source| source.cell.to_string()).collect::<Vec<_>>().join(", ");
        Self {
            words: say!("{name} {amount} ({cells})", "{name} {amount} ({cells})", name = *name, amount = *amount),
            sources,
        }
    }
}

impl Suspicion<'_> {
    fn told(&self) -> Diagnostic {
        let others = Words::joined(&self.compared.iter().map(|c| c.words.clone()).collect::<Vec<_>>(), ", ");
        let label = &self.decl.label;
        let message = match self.off {
            Off::TooLarge(factor) => say!(
                "\"{label}\" ({measure}): {amount}, gấp khoảng {factor} lần {others}; có thể nhập sai đơn vị tính",
                "\"{label}\" ({measure}): {amount}, about {factor} times {others}; perhaps entered in another scale",
                measure = named(&self.key.measure),
                amount = written(self.amount, &self.figure.unit),
                factor = plain(factor),
                others = others
            ),
            Off::TooSmall(factor) => say!(
                "\"{label}\" ({measure}): {amount}, chỉ bằng khoảng một phần {factor} của {others}; có thể nhập sai đơn vị tính",
                "\"{label}\" ({measure}): {amount}, about one {factor}th of {others}; perhaps entered in another scale",
                measure = named(&self.key.measure),
                amount = written(self.amount, &self.figure.unit),
                factor = plain(factor),
                others = others
            ),
        };
        let sources = self.figure.sources();
        let compared = self.compared.iter().flat_map(|comparable| &comparable.sources);
        let mut places = sources.iter().chain(compared).map(|source| Place::of(source));
        let first = places.next().unwrap_or(Place::Project);
        places.fold(Diagnostic::new(Code::ScaleSuspected, first, message), Diagnostic::also).hint(self.hint())
    }

    /// Returns the hint, with the unit in which the figure may have been entered.
    fn hint(&self) -> Words {
        let unit = &self.figure.unit;
        let entered = SCALES.into_iter().find(|scale| match self.off {
            Off::TooLarge(factor) => unit.scale.factor_to(*scale) == factor,
            Off::TooSmall(factor) => scale.factor_to(unit.scale) == factor,
        });
        match entered.map(|scale| unit::with_scale(unit, scale)) {
            Some(entered) => say!(
                "nếu ô này nhập theo {entered} thì đổi sang {unit}, hoặc ghi đơn vị tính là {entered}; nếu số đúng thì không phải làm gì",
                "if this cell was entered in \"{entered}\", put it into \"{unit}\", or write \"{entered}\" as its unit; if it is right, leave it",
            ),
            None => Words::new(
                "kiểm tra số và đơn vị tính của ô này; nếu số đúng thì không phải làm gì",
                "check the number and the unit of this cell; if it is right, leave it",
            ),
        }
    }
}
