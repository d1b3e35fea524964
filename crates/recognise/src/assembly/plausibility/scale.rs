//! Finds numbers that are off the other measures of their row by a factor: 10, 100, 1,000 or 1,000,000.
//!
//! Input: a row of figures in the unit of its indicator. Output: a warning for each figure that is off. Not here: totals
//! and parts (`sums`), figures that are only very large (`beyond`).
//!
//! A wrong unit shows in a thousand or a million, and two other measures that agree within a wide tolerance are enough.
//! A factor of 10 or 100 is a digit or a decimal sign; since a year can bring as much, the others must agree closely.
//! One other measure alone is evidence only if it is clear: money or a scale word a thousand times too large, a
//! percentage typed as a fraction, the same digits, or decimals of a number in English notation. A plan of 3,000 trees of
//! which 3 are planted is no mistake. Zeros and missing figures are not evidence.

use super::Concern;
use super::level::Deviation;
use super::reported::{ReportedFigure, ReportedRow, number_message};
use rust_decimal::Decimal;
use tonghop_core::config::ScaleCheck;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::{Scale, Unit};
use tonghop_core::msg;
use tonghop_core::vi::unit;

/// The factors by which a figure in a wrong unit is off.
pub(super) const UNIT_FACTORS: [Decimal; 2] = [Decimal::ONE_THOUSAND, Decimal::from_parts(1_000_000, 0, 0, false, 0)];
/// The factors by which a figure with a digit or a decimal sign too many is off, with the tolerance for two others that
/// agree: half of a factor of 10 apart would be as near to 1 as to 10.
pub(super) const DIGIT_FACTORS: [(Decimal, Decimal); 2] = [
    (Decimal::ONE_HUNDRED, Decimal::from_parts(2, 0, 0, false, 0)),
    (Decimal::TEN, Decimal::from_parts(16, 0, 0, false, 1)),
];
/// How near to each other two figures must be, to be evidence against a third that is off by 10 or 100.
const MAX_SPREAD: Decimal = Decimal::TWO;
const SCALES: [Scale; 4] = [Scale::ONE, Scale::THOUSAND, Scale::MILLION, Scale::BILLION];
/// A smaller whole number is taken for a count that has just begun, not for a figure that is too small.
const MIN_SUSPICIOUS_COUNT: Decimal = Decimal::TEN;
/// Fewer digits than this are often the same by chance.
const MIN_SAME_DIGITS: usize = 3;

/// The tolerances of the settings as exact numbers.
pub(super) struct Tolerances {
    pub pair: Decimal,
    pub single: Decimal,
    pub sum: Decimal,
}

impl Tolerances {
    pub(super) fn new(check: &ScaleCheck) -> Self {
        // The settings are validated to be small numbers, so the conversion does not fail.
        let exact = |factor: f64| Decimal::try_from(factor).unwrap_or(Decimal::ONE);
        Self { pair: exact(check.tolerance), single: exact(check.tolerance_alone), sum: exact(check.tolerance_sum) }
    }
}

/// What probably happened to a number that is off by a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Unit,
    Digit,
    Fraction,
    EnglishNotation,
}

/// A value that a figure is compared with.
pub(super) struct ComparedValue {
    pub text: Message,
    pub places: Vec<Place>,
}

/// A figure that is off by a factor, with the evidence.
pub(super) struct ScaleSuspicion<'d> {
    pub entry: ReportedFigure<'d>,
    pub deviation: Deviation,
    pub cause: Cause,
    pub compared: Vec<ComparedValue>,
    /// The right number, if it follows from others and not only from the factor.
    pub likely: Option<Decimal>,
}

/// Returns a warning for each figure that is off the others of its row.
pub(super) fn check_row<'d>(row: &ReportedRow<'d>, check: &ScaleCheck) -> Vec<Concern<'d>> {
    let tolerances = Tolerances::new(check);
    let known: Vec<ReportedFigure<'d>> = row.figures.iter().filter(|entry| !entry.amount.is_zero()).copied().collect();
    let is_change = row.is_change();
    let suspicions = known.iter().filter_map(|entry| {
        let others: Vec<ReportedFigure<'d>> =
            known.iter().filter(|other| !entry.is_same_kind(other) && entry.is_comparable(other)).copied().collect();
        let comparison = Comparison { entry: *entry, others, tolerances: &tolerances };
        let (deviation, cause, agreeing) = comparison
            .find_notation()
            .or_else(|| comparison.find_unit())
            .or_else(|| comparison.find_digit().filter(|_| !is_change))?;
        let compared = agreeing.iter().map(|other| ComparedValue::from_figure(other, entry)).collect();
        Some(ScaleSuspicion { entry: *entry, deviation, cause, compared, likely: None }.concern())
    });
    suspicions.collect()
}

/// A figure and the others of its row that are not of its kind.
struct Comparison<'d, 't> {
    entry: ReportedFigure<'d>,
    others: Vec<ReportedFigure<'d>>,
    tolerances: &'t Tolerances,
}

type Found<'d> = (Deviation, Cause, Vec<ReportedFigure<'d>>);

impl<'d> Comparison<'d, '_> {
    /// Finds a number in English notation that was read as a decimal: 7.679 beside a plan of 10,800.
    fn find_notation(&self) -> Option<Found<'d>> {
        let off = Deviation::TooSmall(Decimal::ONE_THOUSAND);
        let is_whole = |other: &ReportedFigure<'_>| other.amount.fract().is_zero();
        let fits = has_grouped_decimals(self.entry.amount)
            && !self.entry.figure.unit.is_rate()
            && self.others.iter().all(is_whole)
            && self.all_agree(off, self.tolerances.single);
        fits.then(|| (off, Cause::EnglishNotation, self.others.clone()))
    }

    /// Finds a factor of a thousand or a million: two kinds of measures agree, or one is clear.
    fn find_unit(&self) -> Option<Found<'d>> {
        let [thousand, million] = UNIT_FACTORS;
        let deviations = [
            Deviation::TooLarge(thousand),
            Deviation::TooLarge(million),
            Deviation::TooSmall(thousand),
            Deviation::TooSmall(million),
        ];
        let (off, agreeing) = deviations.into_iter().find_map(|off| {
            let pair = self.agreeing(off, self.tolerances.pair);
            let single = self.agreeing(off, self.tolerances.single);
            // A plan far above the actual figure may be a slow start: not evidence by itself.
            let is_clear = matches!(off, Deviation::TooLarge(_))
                && self.entry.key.measure == Measure::Actual
                && has_scale(&self.entry.figure.unit)
                && single.len() == self.others.len();
            match kinds(&pair) {
                2.. => Some((off, pair)),
                1 if is_clear && kinds(&single) == 1 => Some((off, single)),
                _ => None,
            }
        })?;
        Some((off, Cause::Unit, agreeing))
    }

    /// Finds a factor of 10 or 100, for which the others must agree closely, or be clear.
    fn find_digit(&self) -> Option<Found<'d>> {
        if matches!(self.entry.key.measure, Measure::Custom(_)) {
            return None;
        }
        let others: Vec<ReportedFigure<'d>> =
            self.others.iter().filter(|other| !matches!(other.key.measure, Measure::Custom(_))).copied().collect();
        let close = Comparison { entry: self.entry, others, tolerances: self.tolerances };
        let directions = DIGIT_FACTORS.into_iter().flat_map(|(factor, tolerance)| {
            [(Deviation::TooLarge(factor), tolerance), (Deviation::TooSmall(factor), tolerance)]
        });
        let agrees = |(off, tolerance): (Deviation, Decimal)| {
            let tolerance = tolerance.min(self.tolerances.pair);
            let is_clear = close.is_fraction(off) || close.has_same_digits(off);
            let agree = close.all_agree(off, tolerance) && (is_clear || kinds(&close.others) > 1 && close.is_close());
            agree.then_some((off, if close.is_fraction(off) { Cause::Fraction } else { Cause::Digit }))
        };
        let (off, cause) = directions.into_iter().find_map(agrees)?;
        Some((off, cause, close.others))
    }

    fn agreeing(&self, off: Deviation, tolerance: Decimal) -> Vec<ReportedFigure<'d>> {
        let agrees = |other: &&ReportedFigure<'_>| {
            !is_small_count(&self.entry, other, off) && self.entry.level.is_off(other.level, off, tolerance)
        };
        self.others.iter().filter(agrees).copied().collect()
    }

    fn all_agree(&self, off: Deviation, tolerance: Decimal) -> bool {
        !self.others.is_empty() && self.agreeing(off, tolerance).len() == self.others.len()
    }

    /// Returns whether the others are near each other.
    fn is_close(&self) -> bool {
        self.others.iter().all(|one| self.others.iter().all(|other| one.level.is_near(other.level, MAX_SPREAD)))
    }

    /// Returns whether a percentage was typed as a fraction of one, or multiplied by 100 twice.
    fn is_fraction(&self, off: Deviation) -> bool {
        let amount = self.entry.amount.abs();
        let fits = match off {
            Deviation::TooSmall(_) => amount <= Decimal::ONE,
            Deviation::TooLarge(_) => amount > Decimal::ONE_HUNDRED,
        };
        fits && off.factor() == Decimal::ONE_HUNDRED && &*self.entry.figure.unit.base == "%"
    }

    /// Returns whether the actual number has the digits of another one, shifted.
    fn has_same_digits(&self, off: Deviation) -> bool {
        let digits = |amount: Decimal| amount.abs().normalize().mantissa().to_string().trim_end_matches('0').to_owned();
        let own = digits(self.entry.amount);
        self.entry.key.measure == Measure::Actual
            && own.len() >= MIN_SAME_DIGITS
            && self
                .others
                .iter()
                .any(|other| digits(other.amount) == own && off.corrected(self.entry.amount) == Some(other.amount))
    }
}

/// Returns the number of kinds of measures; all plans are one.
fn kinds(entries: &[ReportedFigure<'_>]) -> usize {
    let is_plan = |entry: &&ReportedFigure<'_>| matches!(entry.key.measure, Measure::Target(_));
    entries.iter().filter(|entry| !is_plan(entry)).count() + usize::from(entries.iter().any(|entry| is_plan(&entry)))
}

/// Returns whether a number can be the thousands of a larger one, split at its point: 7.679 and 18.05, not 0.5 or 7.
pub(super) fn has_grouped_decimals(amount: Decimal) -> bool {
    let (amount, thousand) = (amount.abs().normalize(), Decimal::ONE_THOUSAND);
    (1..=3).contains(&amount.scale()) && amount >= Decimal::ONE && amount < thousand
}

/// Returns whether the smaller of two numbers is a count that has just begun; by a digit, it may also be the other one.
fn is_small_count(entry: &ReportedFigure<'_>, other: &ReportedFigure<'_>, off: Deviation) -> bool {
    let is_small = |amount: Decimal| amount.abs() < MIN_SUSPICIOUS_COUNT && amount.fract().is_zero();
    match off {
        Deviation::TooSmall(_) => is_small(entry.amount),
        Deviation::TooLarge(factor) => factor <= Decimal::ONE_HUNDRED && is_small(other.amount),
    }
}

/// Returns whether `amount` is off `other` by a deviation, as in sums, where both are exact.
pub(super) fn is_exactly_off(amount: Decimal, other: Decimal, off: Deviation, tolerance: Decimal) -> bool {
    use super::level::Level;
    let small = match off {
        Deviation::TooSmall(_) => amount,
        Deviation::TooLarge(_) => other,
    };
    let is_count = small.abs() < MIN_SUSPICIOUS_COUNT
        && small.fract().is_zero()
        && (matches!(off, Deviation::TooSmall(_)) || off.factor() <= Decimal::ONE_HUNDRED);
    !is_count && Level::exact(amount).is_off(Level::exact(other), off, tolerance)
}

/// Returns whether the scale of a unit is easily mistaken: that of money and of units with a scale word.
fn has_scale(unit: &Unit) -> bool {
    unit.scale != Scale::ONE || unit.base.starts_with("đồng")
}

impl Cause {
    /// Returns the usual cause of a factor.
    pub(super) fn of(off: Deviation) -> Self {
        if UNIT_FACTORS.contains(&off.factor()) { Self::Unit } else { Self::Digit }
    }
}

impl ComparedValue {
    pub(super) fn from_figure(entry: &ReportedFigure<'_>, doubtful: &ReportedFigure<'_>) -> Self {
        Self { text: entry.compared_with(doubtful), places: entry.places(&[]) }
    }

    /// A measure of the total that a part belongs to.
    pub(super) fn of_total(entry: &ReportedFigure<'_>, part: &ReportedFigure<'_>) -> Self {
        let (label, compared) = (&entry.decl.label, entry.compared_with(part));
        let text = msg!("\"{label}\" {compared}", "\"{label}\" {compared}", compared = compared);
        Self { text, places: entry.places(&[]) }
    }
}

impl<'d> ScaleSuspicion<'d> {
    pub(super) fn concern(self) -> Concern<'d> {
        let others = Message::join(&self.compared.iter().map(|c| c.text.clone()).collect::<Vec<_>>(), ", ");
        let (subject, guess) = (self.entry.subject(), self.guess());
        let factor = number_message(self.deviation.factor());
        let message = match self.deviation {
            Deviation::TooLarge(_) => msg!(
                "{subject}, gấp khoảng {factor} lần {others}; {guess}",
                "{subject}, about {factor} times {others}; {guess}",
                subject = subject,
                factor = factor,
                others = others,
                guess = guess
            ),
            Deviation::TooSmall(_) => msg!(
                "{subject}, chỉ bằng khoảng một phần {factor} của {others}; {guess}",
                "{subject}, only about 1/{factor} of {others}; {guess}",
                subject = subject,
                factor = factor,
                others = others,
                guess = guess
            ),
        };
        let compared = self.compared.iter().flat_map(|comparable| comparable.places.clone());
        let mut places = self.entry.places(&[]).into_iter().chain(compared);
        let first = places.next().unwrap_or(Place::Project);
        let diagnostic = places
            .fold(Diagnostic::new(Code::ScaleSuspected, first, message), Diagnostic::with_place)
            .with_hint(self.hint());
        Concern { keys: vec![self.entry.key], diagnostic }
    }

    /// Returns what probably happened.
    fn guess(&self) -> Message {
        let corrected = self
            .likely
            .or_else(|| self.deviation.corrected(self.entry.amount))
            .map(|amount| self.entry.shown_as(amount));
        match (self.cause, corrected) {
            (Cause::Unit, _) | (_, None) => {
                Message::new("có thể nhập sai đơn vị tính", "possibly entered in the wrong unit")
            }
            (Cause::Digit, Some(number)) => msg!(
                "có thể thừa, thiếu chữ số và số đúng là {number}",
                "possibly a digit too many or too few, and {number} is correct",
                number = number
            ),
            (Cause::Fraction, Some(number)) => {
                msg!("có thể số đúng là {number}", "possibly {number} is correct", number = number)
            }
            (Cause::EnglishNotation, Some(number)) => msg!(
                "có thể là {number} gõ theo cách viết tiếng Anh",
                "possibly {number} typed with a point that English Excel takes for the decimal sign",
                number = number
            ),
        }
    }

    /// Returns the hint, with the unit in which the figure may have been entered.
    fn hint(&self) -> Message {
        if self.cause != Cause::Unit {
            return Message::new(
                "kiểm tra chữ số và dấu thập phân của ô này; nếu số đúng thì giải trình",
                "check the digits and the decimal sign of this cell; if the number is correct, explain it",
            );
        }
        let unit = &self.entry.figure.unit;
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
