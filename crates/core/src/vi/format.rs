//! Formats numbers in Vietnamese notation.
//!
//! Input: an exact number, or a figure. Output: the text of the number, with "." between thousands and "," before
//! decimals; the number of decimals of the figure.

use crate::message::Message;
use crate::model::figure::{Figure, Origin};
use crate::model::measure::Status;
use crate::model::quantity::{Amount, Unit, round_half_up};
use crate::msg;
use rust_decimal::Decimal;

/// Printed for a figure without data.
pub const NO_DATA: &str = "chưa có số liệu";
/// Printed where the words of a department are missing beside figures that are known.
pub const NO_WORDS: &str = "chưa có phần lời";
/// Printed where the text of a rule would be, if the rule failed.
pub const RULE_FAILED: &str = "chưa lập được nội dung (quy tắc đang lỗi)";
/// Printed where the text of a sector would be, if no rule declares it.
pub const NO_RULE: &str = "chưa lập được nội dung (chưa có quy tắc)";
/// Printed for a figure whose rule failed.
pub const FIGURE_FAILED: &str = "chưa tính được (quy tắc đang lỗi)";
/// Printed for a figure that no rule declares.
pub const FIGURE_WITHOUT_RULE: &str = "chưa tính được (chưa có quy tắc)";
/// Printed for a figure of what did not happen.
pub const NOT_APPLICABLE: &str = "không phát sinh";

/// Symbols that directly follow their number.
const UNSPACED_SYMBOLS: [&str; 13] = ["%", "‰", "ha", "m", "m2", "m3", "m²", "m³", "km", "km2", "kg", "g", "cm"];

/// Formats a number, rounded half up to `decimals` places, or with its own decimals.
///
/// Requested decimals are printed even if they are zeros. A number that rounds to zero has no sign.
pub fn number(value: Decimal, decimals: Option<u32>) -> String {
    // A width beyond 65,535 would panic; a number has no more decimals than these.
    let decimals = decimals.map(|decimals| decimals.min(Decimal::MAX_SCALE));
    let rounded = decimals.map_or(value, |decimals| round_half_up(value, decimals)).normalize();
    let written = rounded.abs().to_string();
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let width = decimals.map_or(0, |decimals| decimals as usize);
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
    let comma = if fraction.is_empty() && width == 0 { "" } else { "," };
    format!("{sign}{}{comma}{fraction:0<width$}", group_thousands(whole))
}

/// Formats an amount: its number with the unit, or the words for a state without a number.
pub fn amount(amount: Amount, unit: &Unit, decimals: Option<u32>) -> String {
    match amount {
        Amount::Known(value) => quantity(&number(value, decimals), &unit.to_string()),
        Amount::NotApplicable => NOT_APPLICABLE.to_owned(),
        Amount::Missing => NO_DATA.to_owned(),
    }
}

/// Returns the words for a figure without data: why there is none, if a rule is the reason.
pub fn without_data(figure: &Figure) -> &'static str {
    match figure.lost_origin() {
        Some(Origin::Lost(Some(_))) => FIGURE_FAILED,
        Some(_) => FIGURE_WITHOUT_RULE,
        None => NO_DATA,
    }
}

/// Returns the number of printed decimals of a figure; `None` keeps those of its number.
///
/// Uses [`declared_decimals`], increased by [`decimals_of_percent`] for small percentages: 0,1% instead of 0%.
pub fn decimals(figure: &Figure, requested: Option<u32>, percent_decimals: u32) -> Option<u32> {
    let decimals = declared_decimals(figure, requested, percent_decimals)?;
    let percent = figure.amount.known().filter(|_| is_percent(figure));
    Some(percent.map_or(decimals, |value| decimals_of_percent(value, decimals)))
}

/// Returns the requested decimals, else those of the indicator, else `percent_decimals` for a percentage, else those that
/// a quotient needs.
pub fn declared_decimals(figure: &Figure, requested: Option<u32>, percent_decimals: u32) -> Option<u32> {
    let declared = requested.or(figure.print.decimals).or(is_percent(figure).then_some(percent_decimals));
    declared.or_else(|| decimals_of_quotient(figure))
}

/// The decimals of the number of a division, which has no last digit of its own, and the digits of one below 1.
const QUOTIENT_DECIMALS: u32 = 2;
const QUOTIENT_DIGITS: u32 = 3;

/// Returns the decimals of a number that was divided, if it has more than these.
fn decimals_of_quotient(figure: &Figure) -> Option<u32> {
    let value = figure.amount.known().filter(|_| figure.is_quotient())?.normalize();
    let zeros = if value.is_zero() { 0 } else { value.scale().saturating_sub(digits(value)) };
    let decimals = if value.abs() < Decimal::ONE { zeros + QUOTIENT_DIGITS } else { QUOTIENT_DECIMALS };
    (value.scale() > decimals).then_some(decimals)
}

/// Returns the number of digits of a number without its separator: 3 for 0.0125.
fn digits(value: Decimal) -> u32 {
    value.mantissa().unsigned_abs().checked_ilog10().map_or(0, |last| last + 1)
}

fn is_percent(figure: &Figure) -> bool {
    &*figure.unit.base == "%"
}

/// The maximum number of decimals of a small percentage, unless more are declared.
pub const SMALL_PERCENT_DECIMALS: u32 = 4;

/// Returns the smallest number of decimals, at least `least`, with which a nonzero percentage does not print as 0.
pub fn decimals_of_percent(value: Decimal, least: u32) -> u32 {
    let shows = |decimals: &u32| value.is_zero() || !round_half_up(value, *decimals).is_zero();
    (least..=SMALL_PERCENT_DECIMALS).find(shows).unwrap_or(least)
}

/// Formats a count: like [`number`], but with a zero before the digits 1 to 9 ("03").
pub fn padded(value: Decimal, decimals: Option<u32>) -> String {
    let printed = number(value, decimals);
    match printed.as_bytes() {
        [b'1'..=b'9'] => format!("0{printed}"),
        _ => printed,
    }
}

/// Formats a number with its unit: symbols follow directly ("964ha", "65%"), words after a blank ("03 vụ").
pub fn quantity(number: &str, unit: &str) -> String {
    match unit {
        "" => number.to_owned(),
        symbol if UNSPACED_SYMBOLS.contains(&symbol) => format!("{number}{symbol}"),
        words => format!("{number} {words}"),
    }
}

/// Inserts "." between the thousands of a digit string.
fn group_thousands(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// Formats a number with a decimal comma and without grouping, so that a group cannot be mistaken for decimals.
pub fn ungrouped(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}

/// Formats an exact number for a message: with a decimal comma in Vietnamese, a decimal point in English.
pub fn exact_message(value: Decimal) -> Message {
    Message::new(ungrouped(value), value.normalize().to_string())
}

/// Formats a quantity for a message: as in documents in Vietnamese, with a decimal point in English.
pub fn quantity_message(value: Decimal, unit: &str) -> Message {
    Message::new(quantity(&number(value, None), unit), quantity(&value.normalize().to_string(), unit))
}

/// The maximum number of decimals of a figure in a message.
const SHOWN_DECIMALS: u32 = 4;

/// Formats the value of a figure: `3.314 tỷ đồng`.
pub fn figure_message(figure: &Figure) -> Message {
    let Amount::Known(number) = figure.amount else {
        return match figure.amount {
            Amount::NotApplicable => Message::new("không phát sinh", "not applicable"),
            _ => Message::new("chưa có số liệu", "no data"),
        };
    };
    let quantity = quantity_message(round_half_up(number, SHOWN_DECIMALS), &figure.unit.to_string());
    match figure.status {
        Status::Final => quantity,
        Status::Estimate => msg!("{quantity} (ước)", "{quantity} (estimate)", quantity = quantity),
    }
}

/// Formats an amount for a message: in Vietnamese as in the report, in English as an exact number.
pub fn amount_message(amount: Amount, unit: &Unit) -> Message {
    let (vietnamese, english) = match amount {
        Amount::Known(value) => {
            let blank = if unit.label.is_empty() || &*unit.label == "%" { "" } else { " " };
            let exact = value.normalize();
            return Message::new(quantity(&number(value, None), &unit.label), format!("{exact}{blank}{unit}"));
        }
        Amount::NotApplicable => (NOT_APPLICABLE, "not applicable"),
        Amount::Missing => (NO_DATA, "no data"),
    };
    Message::new(vietnamese, english)
}

/// Capitalises the first letter of a name that is written for the middle of a sentence.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::{Op, Origin};
    use crate::model::id::{IndicatorId, SectorId};
    use crate::model::measure::{FigureName, Measure, PrintFormat, Status};
    use crate::model::quantity::Amount;
    use crate::vi::number::{Convention, parse};
    use crate::vi::unit;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_printed() {
        for (value, decimals, expected) in [
            ("3314", None, "3.314"),
            ("248.60", None, "248,6"),
            ("2643.25", None, "2.643,25"),
            ("2953363871", None, "2.953.363.871"),
            ("91.9", Some(2), "91,90"),
            ("65.65", Some(1), "65,7"),
            ("74.5", Some(0), "75"),
            ("999.95", Some(1), "1.000,0"),
            ("8", Some(1), "8,0"),
            ("-1234.5", None, "-1.234,5"),
            ("-0.04", Some(1), "0,0"),
            ("-0.4", Some(0), "0"),
            ("0", None, "0"),
            ("100", None, "100"),
            ("79228162514264337593543950335", None, "79.228.162.514.264.337.593.543.950.335"),
        ] {
            assert_eq!(number(value.parse().unwrap(), decimals), expected, "{value}");
        }
    }

    #[test]
    fn any_number_of_decimals_is_printed_with_those_that_a_number_can_have() {
        for decimals in [28, 29, 65_536, u32::MAX] {
            for value in [Decimal::ONE, Decimal::MAX, Decimal::MIN, Decimal::new(1, 28)] {
                assert_eq!(number(value, Some(decimals)), number(value, Some(28)));
                assert_eq!(padded(value, Some(decimals)), number(value, Some(28)));
            }
        }
    }

    #[test]
    fn quotients_have_few_decimals() {
        let name =
            FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure: Measure::Computed };
        let figure = |value: &str| {
            let amount = Amount::Known(value.parse().unwrap());
            std::sync::Arc::new(Figure::new(name.clone(), amount, Unit::none(), Status::Final, Origin::Missing))
        };
        for (left, right, expected) in [
            ("1000", "7", "142,86"),
            ("10", "4", "2,5"),
            ("9", "3", "3"),
            ("1", "3", "0,333"),
            ("1", "700", "0,00143"),
            ("-5", "7", "-0,714"),
            ("0", "7", "0"),
        ] {
            let quotient = Figure::compute(name.clone(), Op::Divide, vec![figure(left), figure(right)], None).unwrap();
            let doubled = Figure::compute(name.clone(), Op::Add, vec![quotient.clone().into(), figure("0")], None);
            for result in [quotient, doubled.unwrap()] {
                assert_eq!(number(result.amount.known().unwrap(), decimals(&result, None, 1)), expected);
            }
        }
    }

    #[test]
    fn decimals_are_those_asked_for_then_of_the_indicator_then_of_the_project() {
        for (value, unit, asked, own, expected) in [
            ("42.15", "%", None, None, Some(0)),
            ("42.15", "%", None, Some(1), Some(1)),
            ("42.15", "%", Some(2), Some(1), Some(2)),
            ("42.15", "ha", None, None, None),
            ("0.004", "ha", None, Some(1), Some(1)),
            ("0.05", "%", None, None, Some(1)),
            ("-0.05", "%", None, None, Some(1)),
            ("0.049", "%", None, None, Some(2)),
            ("0.5", "%", None, None, Some(0)),
            ("0.00005", "%", None, None, Some(4)),
            ("0.00004", "%", None, None, Some(0)),
            ("0.00004", "%", Some(6), None, Some(6)),
            ("0", "%", None, None, Some(0)),
        ] {
            let name =
                FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure: Measure::Share };
            let amount = Amount::Known(value.parse().unwrap());
            let figure = Figure::new(name, amount, unit::parse(unit), Status::Final, Origin::Missing);
            let figure = figure.with_print(PrintFormat { decimals: own, padded: None });
            assert_eq!(decimals(&figure, asked, 0), expected, "{value} {unit} {asked:?} {own:?}");
        }
    }

    #[test]
    fn counts_below_ten_are_padded() {
        for (value, decimals, expected) in [
            ("3", None, "03"),
            ("3.0", None, "03"),
            ("0", None, "0"),
            ("10", None, "10"),
            ("3", Some(1), "3,0"),
            ("3.5", None, "3,5"),
            ("9.6", Some(0), "10"),
            ("-3", None, "-3"),
        ] {
            assert_eq!(padded(value.parse().unwrap(), decimals), expected, "{value}");
        }
    }

    #[test]
    fn symbols_are_glued_and_words_are_not() {
        for (number, unit, expected) in [
            ("964", "ha", "964ha"),
            ("5.722,5", "m2", "5.722,5m2"),
            ("65,6", "%", "65,6%"),
            ("03", "vụ", "03 vụ"),
            ("17", "tấn", "17 tấn"),
            ("5", "triệu đồng", "5 triệu đồng"),
            ("5", "", "5"),
        ] {
            assert_eq!(quantity(number, unit), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(digits in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..=6) {
            let value = Decimal::new(digits, scale);
            let reading = parse(&number(value, None), Convention::Vietnamese).unwrap();
            prop_assert_eq!(reading.value, value);
            prop_assert_eq!(reading.decimals, value.normalize().scale());
            let reading = parse(&number(value, Some(scale)), Convention::Vietnamese).unwrap();
            prop_assert_eq!((reading.value, reading.decimals), (value, scale));
        }

        #[test]
        fn padded_counts_read_back(count in 0_i64..1000) {
            let printed = padded(Decimal::from(count), None);
            prop_assert_eq!(parse(&printed, Convention::Vietnamese).unwrap().value, Decimal::from(count));
        }
    }
}
