//! Numbers as Vietnamese documents print them.
//!
//! In comes an exact number, out goes its text: "." between thousands, "," before decimals. Never here: which
//! number, and how many decimals it deserves.

use crate::message::Words;
use crate::model::quantity::round_half_up;
use rust_decimal::Decimal;

/// Symbols that stand directly behind their number.
const GLUED: [&str; 13] = ["%", "‰", "ha", "m", "m2", "m3", "m²", "m³", "km", "km2", "kg", "g", "cm"];

/// Prints a number, rounded half up to `decimals`, or with the decimals that it has.
///
/// Asked-for decimals are kept even where they are zeros. A number that rounds to zero has no sign.
pub fn number(value: Decimal, decimals: Option<u32>) -> String {
    let rounded = decimals.map_or(value, |decimals| round_half_up(value, decimals)).normalize();
    let written = rounded.abs().to_string();
    let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
    let width = decimals.map_or(0, |decimals| decimals as usize);
    let sign = if rounded.is_sign_negative() && !rounded.is_zero() { "-" } else { "" };
    let comma = if fraction.is_empty() && width == 0 { "" } else { "," };
    format!("{sign}{}{comma}{fraction:0<width$}", grouped(whole))
}

/// Prints a count: like [`number`], with a zero before the digits 1 to 9 ("03").
pub fn padded(value: Decimal, decimals: Option<u32>) -> String {
    let printed = number(value, decimals);
    match printed.as_bytes() {
        [b'1'..=b'9'] => format!("0{printed}"),
        _ => printed,
    }
}

/// Puts the unit behind its number: symbols directly ("964ha", "65%"), words after a blank ("03 vụ").
pub fn quantity(number: &str, unit: &str) -> String {
    match unit {
        "" => number.to_owned(),
        symbol if GLUED.contains(&symbol) => format!("{number}{symbol}"),
        words => format!("{number} {words}"),
    }
}

/// Puts a full stop between the thousands of a row of digits.
fn grouped(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    grouped
}

/// Prints a number with a decimal comma and no grouping, so that nobody takes a group for decimals.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}

/// Names an exact number in a message: with a decimal comma in Vietnamese, a decimal point in English.
pub fn exact(value: Decimal) -> Words {
    Words::new(plain(value), value.normalize().to_string())
}

/// Names a quantity in a message: as documents print it in Vietnamese, with a decimal point in English.
pub fn named(value: Decimal, unit: &str) -> Words {
    Words::new(quantity(&number(value, None), unit), quantity(&value.normalize().to_string(), unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vi::number::{Convention, read};
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
        ] {
            assert_eq!(number(value.parse().unwrap(), decimals), expected, "{value}");
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
            let reading = read(&number(value, None), Convention::Vietnamese).unwrap();
            prop_assert_eq!(reading.value, value);
            prop_assert_eq!(reading.decimals, value.normalize().scale());
            let reading = read(&number(value, Some(scale)), Convention::Vietnamese).unwrap();
            prop_assert_eq!((reading.value, reading.decimals), (value, scale));
        }

        #[test]
        fn padded_counts_read_back(count in 0_i64..1000) {
            let printed = padded(Decimal::from(count), None);
            prop_assert_eq!(read(&printed, Convention::Vietnamese).unwrap().value, Decimal::from(count));
        }
    }
}
