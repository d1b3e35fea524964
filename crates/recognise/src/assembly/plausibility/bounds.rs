//! Finds numbers that the unit, the label or the rule of their indicator excludes.
//!
//! Input: a row of figures. Output: a warning for each number that cannot be, with the likely reading. Not here: numbers
//! that are possible by themselves.
//!
//! People, animals, cases and đồng are whole; nothing but changes, differences and balances is negative; a share of a
//! whole is at most 100. What a rule declares (`range`, `sign`, `whole`) comes before what the words say.

use super::Concern;
use super::reported::{ReportedFigure, ReportedRow, range_message};
use super::scale::has_grouped_decimals;
use rust_decimal::Decimal;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::bounds::Range;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::{Scale, Unit};
use tonghop_core::msg;
use tonghop_core::vi::{nature, unit};

/// The percentage of a plan above which a rate is a typing mistake.
const MAX_ATTAINED: Decimal = Decimal::from_parts(300, 0, 0, false, 0);
/// Twice the yearly product of the country, 10 triệu tỷ in 2023: 20,000,000,000,000,000 đồng.
const MOST_MONEY: Decimal = Decimal::from_parts(0xDF82_0000, 0x0047_0DE4, 0, false, 0);
/// A number with more decimals, in a unit with a scale word, was computed and not counted.
const MAX_TYPED_DECIMALS: u32 = 6;
/// How near a reading must be to another measure of the row.
const NEAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);
/// The factors of likely readings, the most usual mistake first.
const FACTORS: [Decimal; 4] =
    [Decimal::ONE_THOUSAND, Decimal::from_parts(1_000_000, 0, 0, false, 0), Decimal::ONE_HUNDRED, Decimal::TEN];

/// Why a number cannot be.
enum Fault {
    Fraction,
    Negative,
    Share,
    Attained,
    OutOfRange(Range),
    /// More money than the country has.
    Excessive,
}

/// Returns a warning for each figure of a row that cannot be.
pub(super) fn check_bounds<'d>(row: &ReportedRow<'d>, config: &Config) -> Vec<Concern<'d>> {
    let words = Words::of(row);
    let own_unit =
        |entry: &&ReportedFigure<'d>| entry.figure.unit.has_same_base(&row.decl.unit) || row.decl.unit.base.is_empty();
    let faulty = row.figures.iter().filter(own_unit).filter_map(|entry| {
        let fault = find_fault(entry, &words, config)?;
        Some(Concern { keys: vec![entry.key], diagnostic: diagnostic(row, entry, &fault) })
    });
    faulty.collect()
}

/// What the words of a row say of its numbers.
struct Words {
    may_be_negative: bool,
    has_fractions: bool,
    is_share: bool,
    is_attained: bool,
}

impl Words {
    /// A row below "Tăng, giảm" is a change like the row itself.
    fn of(row: &ReportedRow<'_>) -> Self {
        let (decl, unit) = (row.decl, &row.decl.unit);
        let labels: Vec<&str> = row.labels().collect();
        let is_rate = unit.base.contains(['%', '‰']);
        let (is_share, is_attained) = (nature::is_share(&decl.label), nature::is_attained_share(&decl.label));
        let is_change = labels.iter().any(|label| nature::may_be_negative(label, unit));
        Self {
            // A percentage whose label says nothing may be a growth rate.
            may_be_negative: decl.bounds.has_any_sign || is_change || is_rate && !is_share && !is_attained,
            has_fractions: labels.iter().any(|label| nature::is_mean(label))
                || decl.decimals.value.is_some_and(|d| d > 0),
            is_share: &*unit.base == "%" && is_share && !is_change,
            is_attained: &*unit.base == "%" && is_attained && !is_change,
        }
    }
}

fn find_fault(entry: &ReportedFigure<'_>, words: &Words, config: &Config) -> Option<Fault> {
    let (amount, bounds) = (entry.amount, &entry.decl.bounds);
    let heading = match &entry.key.measure {
        Measure::Custom(_) => config.measure_title(&entry.key.measure),
        _ => String::new(),
    };
    let may_be_negative = words.may_be_negative
        || bounds.range.is_some_and(|range| range.low.is_sign_negative())
        || nature::may_be_negative(&heading, &entry.figure.unit);
    if amount.is_sign_negative() && !amount.is_zero() && !may_be_negative {
        return Some(Fault::Negative);
    }
    let has_fractions = words.has_fractions || nature::is_mean(&heading);
    if bounds.is_whole.unwrap_or(!has_fractions) && is_divided(entry, bounds.is_whole) {
        return Some(Fault::Fraction);
    }
    let in_dong = || amount.abs().checked_mul(entry.figure.unit.scale.factor_to(Scale::ONE));
    if bounds.range.is_none() && unit::is_money(&entry.figure.unit) && in_dong().is_none_or(|sum| sum > MOST_MONEY) {
        return Some(Fault::Excessive);
    }
    match bounds.range {
        // Whether something happened at all is another question.
        Some(range) => (!amount.is_zero() && !range.contains(amount)).then_some(Fault::OutOfRange(range)),
        None if words.is_share && amount > Decimal::ONE_HUNDRED => Some(Fault::Share),
        None if words.is_attained && amount > MAX_ATTAINED => Some(Fault::Attained),
        None => None,
    }
}

/// Returns whether a number divides what is whole: a person, a đồng, a thousandth of "nghìn con".
fn is_divided(entry: &ReportedFigure<'_>, declared: Option<bool>) -> bool {
    let typed = entry.as_stated();
    let Some(amount) = typed.amount.known() else { return false };
    if declared == Some(true) {
        return !entry.amount.fract().is_zero();
    }
    if !nature::is_whole_unit(&typed.unit) {
        return false;
    }
    let is_scaled = typed.unit.scale != Scale::ONE;
    // A result of arithmetic in "nghìn con" or "triệu đồng" is rounded when it is printed.
    let is_computed =
        is_scaled && (tonghop_core::vi::unit::is_money(&typed.unit) || amount.normalize().scale() > MAX_TYPED_DECIMALS);
    let base = amount.checked_mul(typed.unit.scale.factor_to(Scale::ONE));
    !is_computed && base.is_some_and(|base| !base.fract().is_zero())
}

/// Returns the number that was probably meant.
fn likely_reading(row: &ReportedRow<'_>, entry: &ReportedFigure<'_>, fault: &Fault) -> Option<Decimal> {
    let amount = entry.amount;
    match fault {
        Fault::Fraction if has_grouped_decimals(amount) => {
            let whole = amount.checked_mul(Decimal::ONE_THOUSAND)?;
            let mut others = row.figures.iter().filter(|other| other.key != entry.key && entry.is_comparable(other));
            let near = |other: ReportedFigure<'_>| super::level::Level::exact(whole).is_near(other.level, NEAR);
            let has_others = others.clone().next().is_some();
            let is_sure = if has_others { others.any(|other| near(*other)) } else { amount.normalize().scale() > 1 };
            is_sure.then_some(whole)
        }
        Fault::Fraction | Fault::Excessive => None,
        Fault::Negative => Some(-amount),
        Fault::Share | Fault::Attained => {
            let reading =
                if amount > Decimal::ONE_THOUSAND { amount / Decimal::ONE_HUNDRED } else { amount / Decimal::TEN };
            (amount > MAX_ATTAINED && reading <= Decimal::ONE_HUNDRED).then_some(reading)
        }
        Fault::OutOfRange(range) => {
            let shifted = |factor: Decimal| {
                if amount.abs() > range.high.abs() { amount.checked_div(factor) } else { amount.checked_mul(factor) }
            };
            let unit = &entry.figure.unit;
            let is_divisible = unit.scale != Scale::ONE || !nature::is_whole_unit(unit);
            let is_possible =
                |reading: &Decimal| range.contains(*reading) && (is_divisible || reading.fract().is_zero());
            FACTORS.into_iter().filter_map(shifted).find(is_possible)
        }
    }
}

fn diagnostic(row: &ReportedRow<'_>, entry: &ReportedFigure<'_>, fault: &Fault) -> Diagnostic {
    let (subject, what) = (entry.subject(), describe(fault, &entry.figure.unit));
    let reading = likely_reading(row, entry, fault).map(|amount| entry.shown_as(amount));
    let message = match (reading, fault) {
        (None, _) => msg!("{subject} {what}", "{subject} {what}", subject = subject, what = what),
        (Some(reading), Fault::Fraction) => msg!(
            "{subject} {what}; có thể là {reading} gõ theo cách viết tiếng Anh",
            "{subject} {what}; possibly {reading} typed with a point that English Excel takes for the decimal sign",
            subject = subject,
            what = what,
            reading = reading
        ),
        (Some(reading), _) => msg!(
            "{subject} {what}; có thể số đúng là {reading}",
            "{subject} {what}; possibly {reading} is correct",
            subject = subject,
            what = what,
            reading = reading
        ),
    };
    let place = entry.place();
    Diagnostic::new(Code::NumberImplausible, place, message).with_hint(hint(fault))
}

fn describe(fault: &Fault, unit: &Unit) -> Message {
    match fault {
        Fault::Fraction => Message::new("không phải là số nguyên", "is not a whole number"),
        Fault::Negative => Message::new("là số âm", "is negative"),
        Fault::Share => {
            Message::new("là tỷ lệ trong tổng số mà lại trên 100%", "is a share of a whole but more than 100%")
        }
        Fault::Attained => Message::new("là tỷ lệ quá lớn", "is too large a rate"),
        Fault::Excessive => Message::new("nhiều hơn số tiền của cả nước", "is more money than the country has"),
        Fault::OutOfRange(range) => {
            let range = range_message(range.low, range.high, &unit.to_string());
            msg!("nằm ngoài khoảng thường gặp {range}", "is not in the usual range {range}", range = range)
        }
    }
}

fn hint(fault: &Fault) -> Message {
    match fault {
        Fault::Fraction => Message::new(
            "nhập lại số nguyên, không gõ dấu chấm ngăn hàng nghìn; nếu ô có công thức thì làm tròn kết quả",
            "type the whole number without a thousands separator; if the cell has a formula, round its result",
        ),
        Fault::Negative => Message::new(
            "nhập lại số không có dấu trừ; nếu số âm là đúng thì giải trình",
            "type the number without the minus sign; if it is really negative, explain it",
        ),
        Fault::Share | Fault::Attained => Message::new(
            "kiểm tra dấu phẩy thập phân và nhập lại tỷ lệ phần trăm",
            "check the decimal sign and type the percentage again",
        ),
        Fault::OutOfRange(_) | Fault::Excessive => Message::new(
            "kiểm tra số và đơn vị tính của ô này; nếu số đúng thì giải trình",
            "check the number and the unit of this cell; if the number is correct, explain it",
        ),
    }
}
