//! Finds figures that were probably entered in another scale: đồng where the form asks for triệu đồng.
//!
//! Input: the dataset, each figure in the unit of its indicator. Output: a diagnostic for each figure that is off by a
//! factor of about a thousand or a million. Not here: changing a figure.
//!
//! A figure is compared with the other measures of its row, with the sum of its parts, and with its total less the
//! other parts. In a row two comparisons must agree, or a single one must be very clear: a plan of 3,000 trees of which
//! 3 are planted is not a mistake. Zeros and missing figures are not evidence.

use rust_decimal::Decimal;
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::config::{Config, ScaleCheck};
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Language, Message, Place};
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::{Amount, Scale, Unit};
use tonghop_core::msg;
use tonghop_core::vi::format::{number, quantity};
use tonghop_core::vi::unit;

/// The factors by which a figure in a wrong scale is off.
const FACTORS: [Decimal; 2] = [Decimal::ONE_THOUSAND, Decimal::from_parts(1_000_000, 0, 0, false, 0)];
const SCALES: [Scale; 4] = [Scale::ONE, Scale::THOUSAND, Scale::MILLION, Scale::BILLION];
/// A smaller whole number is taken for a count that has just begun, not for a figure that is too small.
const MIN_SUSPICIOUS_COUNT: Decimal = Decimal::TEN;

/// Returns a diagnostic for each figure whose scale is suspected.
pub fn check_scales(dataset: &Dataset, sectors: &[Arc<SectorDecl>], config: &Config) -> Diagnostics {
    let thresholds = Thresholds::new(&config.scale);
    let mut found: Vec<ScaleSuspicion<'_>> = Vec::new();
    for sector in sectors {
        for decl in &sector.indicators {
            let row = row_figures(dataset, sector, decl);
            found.extend((0..row.len()).filter_map(|at| check_row(&row, at, &thresholds)));
        }
    }
    // One diagnostic per figure, even if it is off in its row and in sums.
    let mut reported: BTreeSet<&ObservationKey> = found.iter().map(|suspicion| suspicion.key).collect();
    let of_sums = sectors.iter().flat_map(|sector| check_sums(dataset, sector, &thresholds));
    found.extend(of_sums.filter(|suspicion| reported.insert(suspicion.key)));
    found.iter().map(|suspicion| suspicion.diagnostic(config)).collect()
}

/// The tolerances of the settings as exact numbers.
struct Thresholds {
    pair: Decimal,
    single: Decimal,
    sum: Decimal,
}

impl Thresholds {
    fn new(check: &ScaleCheck) -> Self {
        // The settings are validated to be small numbers, so the conversion does not fail.
        let exact = |factor: f64| Decimal::try_from(factor).unwrap_or(Decimal::ONE);
        Self { pair: exact(check.tolerance), single: exact(check.tolerance_alone), sum: exact(check.tolerance_sum) }
    }
}

/// A figure that is not zero, with its key and declaration.
#[derive(Clone, Copy)]
struct ScaledFigure<'d> {
    key: &'d ObservationKey,
    decl: &'d IndicatorDecl,
    figure: &'d Figure,
    amount: Decimal,
}

/// The direction and the factor by which a figure is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deviation {
    TooLarge(Decimal),
    TooSmall(Decimal),
}

/// A value that a figure is compared with.
struct ComparedValue {
    name: ComparedName,
    amount: Message,
    sources: Vec<Arc<Source>>,
}

/// What a compared value is: a measure, which the settings name, or a result.
enum ComparedName {
    Measure(Measure),
    Computed(Message),
}

struct ScaleSuspicion<'d> {
    key: &'d ObservationKey,
    decl: &'d IndicatorDecl,
    figure: &'d Figure,
    amount: Decimal,
    deviation: Deviation,
    compared: Vec<ComparedValue>,
}

/// Returns the figures of an indicator that are known and not zero.
fn row_figures<'d>(dataset: &'d Dataset, sector: &'d SectorDecl, decl: &'d IndicatorDecl) -> Vec<ScaledFigure<'d>> {
    let first = ObservationKey { sector: sector.id.clone(), indicator: decl.id.clone(), measure: Measure::Actual };
    let of_row =
        dataset.observations.range(first..).take_while(|(key, _)| key.sector == sector.id && key.indicator == decl.id);
    let known =
        of_row.filter_map(|(key, figure)| Some(ScaledFigure { key, decl, figure, amount: figure.amount.known()? }));
    known.filter(|entry| !entry.amount.is_zero()).collect()
}

/// Compares a figure with the other measures of its row.
fn check_row<'d>(row: &[ScaledFigure<'d>], at: usize, thresholds: &Thresholds) -> Option<ScaleSuspicion<'d>> {
    let entry = row[at];
    let others: Vec<&ScaledFigure<'d>> =
        row.iter().filter(|other| !is_same_kind(&other.key.measure, &entry.key.measure)).collect();
    let kinds = |entries: &[&ScaledFigure<'d>]| {
        let plans = entries.iter().any(|e| matches!(e.key.measure, Measure::Target(_)));
        entries.iter().filter(|e| !matches!(e.key.measure, Measure::Target(_))).count() + usize::from(plans)
    };
    let agreeing = |off: Deviation, tolerance| -> Vec<&ScaledFigure<'d>> {
        others.iter().filter(|other| is_off(entry.amount, other.amount, off, tolerance)).copied().collect()
    };
    let (deviation, compared) = deviations().into_iter().find_map(|off| {
        let pair = agreeing(off, thresholds.pair);
        let single = agreeing(off, thresholds.single);
        // A plan far above the actual figure may be a slow start: not evidence by itself.
        let clear = matches!(off, Deviation::TooLarge(_)) && entry.key.measure == Measure::Actual;
        let clear = clear && has_scale(&entry.figure.unit) && single.len() == others.len();
        match kinds(&pair) {
            2.. => Some((off, pair)),
            1 if clear && kinds(&single) == 1 => Some((off, single)),
            _ => None,
        }
    })?;
    let compared = compared.into_iter().map(|other| ComparedValue::from_measure(other)).collect();
    Some(ScaleSuspicion {
        key: entry.key,
        decl: entry.decl,
        figure: entry.figure,
        amount: entry.amount,
        deviation,
        compared,
    })
}

/// Compares totals with the sum of their parts, and each part with the total minus the other parts.
fn check_sums<'d>(dataset: &'d Dataset, sector: &'d SectorDecl, thresholds: &Thresholds) -> Vec<ScaleSuspicion<'d>> {
    let mut found = Vec::new();
    for decl in sector.indicators.iter().filter(|decl| decl.adds_up()) {
        let parts: Vec<&IndicatorDecl> = sector.related_children(&decl.id, ParentRelation::Part).collect();
        for total in row_figures(dataset, sector, decl) {
            if let Some(parts) = all_parts(dataset, sector, &parts, &total.key.measure) {
                found.extend(check_sum(total, &parts, thresholds));
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
) -> Option<Vec<ScaledFigure<'d>>> {
    let mut known = Vec::new();
    for decl in parts {
        let key = ObservationKey { sector: sector.id.clone(), indicator: decl.id.clone(), measure: measure.clone() };
        let (key, figure) = dataset.observations.get_key_value(&key)?;
        match figure.amount {
            Amount::Missing => return None,
            Amount::Known(amount) if !amount.is_zero() => known.push(ScaledFigure { key, decl, figure, amount }),
            Amount::Known(_) | Amount::NotApplicable => {}
        }
    }
    (known.len() > 1).then_some(known)
}

fn check_sum<'d>(
    total: ScaledFigure<'d>,
    parts: &[ScaledFigure<'d>],
    thresholds: &Thresholds,
) -> Option<ScaleSuspicion<'d>> {
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.amount))?;
    let cells = || parts.iter().flat_map(|part| part.figure.sources()).collect::<Vec<_>>();
    let find_deviation = |entry: ScaledFigure<'d>, other| {
        deviations().into_iter().find(|off| is_off(entry.amount, other, *off, thresholds.sum))
    };
    let suspect = |entry: ScaledFigure<'d>, off, compared| ScaleSuspicion {
        key: entry.key,
        decl: entry.decl,
        figure: entry.figure,
        amount: entry.amount,
        deviation: off,
        compared: vec![compared],
    };
    if let Some(found) = find_deviation(total, sum) {
        return Some(suspect(total, found, ComparedValue::from_sum(sum, &total, cells())));
    }
    parts.iter().find_map(|part| {
        let left = total.amount.checked_sub(sum)?.checked_add(part.amount)?;
        let found = find_deviation(*part, left)?;
        Some(suspect(*part, found, ComparedValue::from_rest(left, &total, total.figure.sources())))
    })
}

/// Returns the deviations that are checked.
fn deviations() -> [Deviation; 4] {
    let [thousand, million] = FACTORS;
    [
        Deviation::TooLarge(thousand),
        Deviation::TooLarge(million),
        Deviation::TooSmall(thousand),
        Deviation::TooSmall(million),
    ]
}

/// Returns whether `amount` is off `other` by this deviation, within the tolerance.
fn is_off(amount: Decimal, other: Decimal, off: Deviation, tolerance: Decimal) -> bool {
    let (factor, larger, smaller) = match off {
        Deviation::TooLarge(factor) => (factor, amount, other),
        Deviation::TooSmall(factor) => (factor, other, amount),
    };
    let is_count =
        matches!(off, Deviation::TooSmall(_)) && amount.abs() < MIN_SUSPICIOUS_COUNT && amount.fract().is_zero();
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
fn format_number(amount: Decimal) -> Message {
    Message::new(number(amount, None), amount.normalize().to_string())
}

fn format_with_unit(amount: Decimal, unit: &Unit) -> Message {
    let with_unit = |language| quantity(format_number(amount).in_language(language), &unit.to_string());
    Message::new(with_unit(Language::Vietnamese), with_unit(Language::English))
}

impl ComparedValue {
    fn from_measure(entry: &ScaledFigure<'_>) -> Self {
        let amount = format_with_unit(entry.amount, &entry.figure.unit);
        Self { name: ComparedName::Measure(entry.key.measure.clone()), amount, sources: entry.figure.sources() }
    }

    fn from_sum(sum: Decimal, total: &ScaledFigure<'_>, sources: Vec<Arc<Source>>) -> Self {
        let name = ComparedName::Computed(Message::new("tổng các phần", "the sum of the parts"));
        Self { name, amount: format_with_unit(sum, &total.figure.unit), sources }
    }

    fn from_rest(left: Decimal, total: &ScaledFigure<'_>, sources: Vec<Arc<Source>>) -> Self {
        let name = Message::new("tổng trừ các phần còn lại", "the total minus the other parts");
        Self { name: ComparedName::Computed(name), amount: format_with_unit(left, &total.figure.unit), sources }
    }

    fn message(&self, config: &Config) -> Message {
        let cells = self.sources.iter().map(|source| source.cell.to_string()).collect::<Vec<_>>().join(", ");
        let name = match &self.name {
            ComparedName::Measure(measure) => config.measure_message(measure),
            ComparedName::Computed(words) => words.clone(),
        };
        msg!("{name} {amount} ({cells})", "{name} {amount} ({cells})", name = name, amount = self.amount)
    }
}

impl ScaleSuspicion<'_> {
    fn diagnostic(&self, config: &Config) -> Diagnostic {
        let others = Message::join(&self.compared.iter().map(|c| c.message(config)).collect::<Vec<_>>(), ", ");
        let measure = config.measure_message(&self.key.measure);
        let label = &self.decl.label;
        let message = match self.deviation {
            Deviation::TooLarge(factor) => msg!(
                "\"{label}\" ({measure}): {amount}, gấp khoảng {factor} lần {others}; có thể nhập sai đơn vị tính",
                "\"{label}\" ({measure}): {amount}, about {factor} times {others}; possibly entered in the wrong unit",
                measure = measure,
                amount = format_with_unit(self.amount, &self.figure.unit),
                factor = format_number(factor),
                others = others
            ),
            Deviation::TooSmall(factor) => msg!(
                "\"{label}\" ({measure}): {amount}, chỉ bằng khoảng một phần {factor} của {others}; có thể nhập sai đơn vị tính",
                "\"{label}\" ({measure}): {amount}, only about 1/{factor} of {others}; possibly entered in the wrong unit",
                measure = measure,
                amount = format_with_unit(self.amount, &self.figure.unit),
                factor = format_number(factor),
                others = others
            ),
        };
        let sources = self.figure.sources();
        let compared = self.compared.iter().flat_map(|comparable| &comparable.sources);
        let mut places = sources.iter().chain(compared).map(|source| Place::from_source(source));
        let first = places.next().unwrap_or(Place::Project);
        places
            .fold(Diagnostic::new(Code::ScaleSuspected, first, message), Diagnostic::with_place)
            .with_hint(self.hint())
    }

    /// Returns the hint, with the unit in which the figure may have been entered.
    fn hint(&self) -> Message {
        let unit = &self.figure.unit;
        let entered = SCALES.into_iter().find(|scale| match self.deviation {
            Deviation::TooLarge(factor) => unit.scale.factor_to(*scale) == factor,
            Deviation::TooSmall(factor) => scale.factor_to(unit.scale) == factor,
        });
        match entered.map(|scale| unit::with_scale(unit, scale)) {
            Some(entered) => msg!(
                "nếu ô này nhập theo {entered} thì đổi sang {unit}, hoặc ghi đơn vị tính là {entered}; nếu số đúng thì giải trình",
                "if this cell was entered in \"{entered}\", convert it to \"{unit}\" or write \"{entered}\" as its unit; if the number is correct, explain it",
            ),
            None => Message::new(
                "kiểm tra số và đơn vị tính của ô này; nếu số đúng thì giải trình",
                "check the number and the unit of this cell; if the number is correct, explain it",
            ),
        }
    }
}
