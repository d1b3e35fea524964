//! Reads the cell of a value column as people see it: with its number format, its unit and its marks.
//!
//! Input: a cell, the number convention of its sheet and the unit that is expected there. Output: the number on the
//! screen, the unit that the cell itself states, and what was done to the stored content. Not here: the unit of the
//! heading or the row, indicators, messages.

use super::value::{self, AmountError, CellAmount};
use rust_decimal::Decimal;
use tonghop_core::model::cell::{RawCell, RawValue};
use tonghop_core::model::measure::Qualifier;
use tonghop_core::model::number_format::{DisplayScale, NumberFormat};
use tonghop_core::model::quantity::{MAX_AMOUNT, Scale, Unit, round_half_up};
use tonghop_core::vi::nature;
use tonghop_core::vi::number::{self, Convention};
use tonghop_core::vi::typed_number;
use tonghop_core::vi::unit;

/// Abbreviations of scales in number formats, in lower case; they count only with a format that scales.
const FORMAT_SCALES: [(&str, Scale); 4] =
    [("k", Scale::THOUSAND), ("m", Scale::MILLION), ("b", Scale::BILLION), ("bn", Scale::BILLION)];

/// The most characters of a number in a cell with the format General, its decimal point included.
const GENERAL_CHARS: u32 = 11;

/// The content of a cell of a value column, as it is displayed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CellReading {
    /// The amount, in the unit that the cell states, else in that of its heading or row.
    pub amount: CellAmount,
    /// The unit that the cell states, in its text or in its number format; its base may be another than expected.
    pub stated: Option<Unit>,
    /// The word before the number.
    pub qualifier: Option<Qualifier>,
    /// Whether the cell says that its number is an estimate.
    pub is_estimate: bool,
    /// The marks of notes that were taken off.
    pub marks: String,
    /// What the number format does to the stored number, if it displays another one.
    pub scaling: Option<Scaling>,
}

/// How a number format changes a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scaling {
    /// A percent sign: the cell holds the hundredth part.
    Percent,
    /// Commas after the digits: the cell holds so many times a thousand of what it shows.
    Thousands(u32),
}

impl CellReading {
    fn new(amount: CellAmount) -> Self {
        Self { amount, stated: None, qualifier: None, is_estimate: false, marks: String::new(), scaling: None }
    }
}

/// Reads a cell; `expected` is the unit that the form asks for, without a base if it asks for none.
pub(crate) fn read_cell(cell: &RawCell, convention: Option<Convention>, expected: &Unit) -> CellReading {
    let mut reading = read_any(cell, convention, expected);
    if let CellAmount::Number(number) | CellAmount::TextNumber(number) = reading.amount
        && number.abs() > MAX_AMOUNT
    {
        reading.amount = CellAmount::Unreadable(AmountError::TooLarge);
    }
    reading
}

/// Reads a cell with a number of any size.
fn read_any(cell: &RawCell, convention: Option<Convention>, expected: &Unit) -> CellReading {
    match &cell.value {
        RawValue::Number(stored) => displayed(cell, *stored, expected),
        RawValue::Text(text) => match value::parse_amount(cell, convention) {
            CellAmount::Unreadable(AmountError::AmbiguousSeparator) => {
                CellReading::new(parse_number(text, convention, expected))
            }
            CellAmount::Unreadable(AmountError::NotANumber) => typed(text, convention, expected)
                .unwrap_or_else(|| CellReading::new(CellAmount::Unreadable(AmountError::NotANumber))),
            amount => CellReading::new(amount),
        },
        _ => CellReading::new(value::parse_amount(cell, convention)),
    }
}

/// Returns whether a cell contains a number, alone or with what people write around it.
///
/// A number in brackets may be that of a column: it does not show that a row has amounts.
pub(crate) fn holds_number(cell: &RawCell) -> bool {
    let is_typed = |text: &str| !text.trim_start().starts_with('(') && typed_number::split(text).is_some();
    value::is_number(cell) || cell.text().is_some_and(is_typed)
}

/// Reads a number through its number format.
fn displayed(cell: &RawCell, stored: Decimal, expected: &Unit) -> CellReading {
    let plain = CellReading::new(CellAmount::Number(stored));
    let Some(code) = cell.number_format.as_deref().filter(|code| NumberFormat::may_change(code)) else { return plain };
    let Some(format) = NumberFormat::parse(code) else { return plain };
    let Some(scale) = format.display(stored) else { return plain };
    let is_percent = scale.percents > 0;
    if is_percent && &*expected.base != "%" {
        // A percent format of a count or of money is a slip of the format; its words say nothing either.
        return plain;
    }
    let Some(number) = scale.scale(stored) else { return plain };
    let scaling = match scale {
        DisplayScale { percents: 1.., .. } => Some(Scaling::Percent),
        DisplayScale { thousands: 1.., .. } => Some(Scaling::Thousands(scale.thousands)),
        _ => None,
    };
    let stated = if is_percent { None } else { format_unit(&scale, expected) };
    CellReading { amount: CellAmount::Number(number), stated, scaling, ..plain }
}

/// Returns how many decimals of the number of a cell are seen in the sheet, if its format rounds it; never so few that it
/// is seen as zero.
pub(crate) fn seen_decimals(cell: &RawCell, number: Decimal) -> Option<u32> {
    // Fast path: nothing is rounded off a whole number.
    if number.fract().is_zero() {
        return None;
    }
    let RawValue::Number(stored) = cell.value else { return None };
    let format = cell.number_format.as_deref().and_then(NumberFormat::parse);
    let of_format = format.and_then(|format| {
        // Of a number that is no percentage, a percent format shows two decimals more.
        let percents = format.display(stored).map_or(0, |scale| scale.percents);
        Some(format.decimals(stored)? + 2 * percents)
    });
    let decimals = of_format.unwrap_or_else(|| most_decimals(number));
    (decimals < number.normalize().scale() && !round_half_up(number, decimals).is_zero()).then_some(decimals)
}

/// Returns how many decimals of a number fit into a cell with the format General, as wide as it shows any.
fn most_decimals(number: Decimal) -> u32 {
    let whole_digits = number.trunc().abs().to_string().len();
    GENERAL_CHARS.saturating_sub(1 + u32::try_from(whole_digits).unwrap_or(GENERAL_CHARS))
}

/// Returns the unit that the words of a number format name: one that fits, or another unit that forms use.
fn format_unit(scale: &DisplayScale<'_>, expected: &Unit) -> Option<Unit> {
    let lower = scale.words.to_lowercase();
    let abbreviated = FORMAT_SCALES.iter().find(|(short, _)| *short == lower).filter(|_| scale.thousands > 0);
    if let Some((_, scale)) = abbreviated {
        return (!expected.base.is_empty()).then(|| unit::with_scale(expected, *scale));
    }
    stated_unit(scale.words, expected)
}

/// Reads a text with a number and what people write around it; `None` if it is not one number.
fn typed(text: &str, convention: Option<Convention>, expected: &Unit) -> Option<CellReading> {
    let typed = typed_number::split(text)?;
    let stated = match typed.unit {
        "" => None,
        words => Some(stated_unit(words, expected)?),
    };
    let amount = parse_number(&typed.number, convention, expected);
    Some(CellReading {
        stated,
        qualifier: typed.qualifier,
        is_estimate: typed.is_estimate,
        marks: typed.marks,
        ..CellReading::new(amount)
    })
}

/// Parses the text of a number; where only the separator is unclear, things that are counted have no fractions: "1.250"
/// persons are not 1,25.
fn parse_number(text: &str, convention: Option<Convention>, expected: &Unit) -> CellAmount {
    let amount = value::parse_number(text, convention);
    let is_of_things = expected.scale == Scale::ONE && !unit::is_money(expected) && nature::is_whole_unit(expected);
    if amount != CellAmount::Unreadable(AmountError::AmbiguousSeparator) || convention.is_some() || !is_of_things {
        return amount;
    }
    let readings = [Convention::Vietnamese, Convention::English].map(|convention| number::parse(text, convention));
    let mut whole = readings.into_iter().flatten().filter(|reading| reading.decimals == 0);
    whole.next().map_or(amount, |reading| CellAmount::TextNumber(reading.value))
}

/// Returns the unit that the words next to a number state; `None` if they are not a unit.
///
/// A scale word alone is that of the expected unit: "1,5 triệu" of a number of visitors.
fn stated_unit(words: &str, expected: &Unit) -> Option<Unit> {
    let words = words.replace('₫', "đồng");
    let stated = unit::parse(&words);
    let is_bare_scale = stated.scale != Scale::ONE && unit::parse(&format!("{words} đồng")) == stated;
    if is_bare_scale && !expected.base.is_empty() {
        let is_rate = matches!(&*expected.base, "%" | "‰");
        return (!is_rate).then(|| unit::with_scale(expected, stated.scale));
    }
    let fits = stated.has_same_base(expected) && !stated.base.is_empty();
    if !fits && is_start_of(&stated.base, &expected.base) {
        return Some(unit::with_scale(expected, stated.scale));
    }
    (fits || unit::is_usual(&words)).then_some(stated)
}

/// Returns whether a unit leaves out the last words of another: "lượt" of "lượt khách".
fn is_start_of(short: &str, long: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| !short.is_empty() && rest.starts_with(' '))
}

/// Returns the texts of numbers without what is written around them, as evidence of the convention of a sheet.
pub(crate) fn detect_convention<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Convention> {
    let bare = texts.into_iter().filter_map(typed_number::split).map(|typed| typed.number);
    let bare: Vec<_> = bare.collect();
    number::detect_convention(bare.iter().map(|number| &**number))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIETNAMESE: Option<Convention> = Some(Convention::Vietnamese);

    fn number(written: &str) -> Decimal {
        written.parse().unwrap()
    }

    fn text_cell(text: &str) -> RawCell {
        RawCell { value: RawValue::Text(text.into()), formula: None, number_format: None }
    }

    fn formatted(stored: &str, code: &str, expected: &str) -> (Decimal, Option<Unit>, Option<Scaling>) {
        let value = RawValue::Number(number(stored));
        let cell = RawCell { value, formula: None, number_format: Some(code.into()) };
        let reading = read_cell(&cell, None, &unit::parse(expected));
        let CellAmount::Number(shown) = reading.amount else { panic!("{code}") };
        (shown, reading.stated, reading.scaling)
    }

    #[test]
    fn decimals_are_those_of_the_screen() {
        for (stored, code, shown, expected) in [
            ("12.345", "0.0", "12.345", Some(1)),
            ("12.345", "#,##0", "12.345", Some(0)),
            ("1250600", "#,##0.0,,", "1.2506", Some(1)),
            ("12.5", "0.00", "12.5", None),
            ("12.345", "General", "12.345", None),
            ("0.333333333333333", "General", "0.333333333333333", Some(9)),
            ("1234.56789012345", "General", "1234.56789012345", Some(6)),
            ("12", "0.0", "12", None),
            ("0.04", "0.0", "0.04", None),
            ("1185.5", "0%", "1185.5", None),
            ("0.98257", "0.0%", "0.98257", Some(3)),
        ] {
            let value = RawValue::Number(number(stored));
            let cell = RawCell { value, formula: None, number_format: Some(code.into()) };
            assert_eq!(seen_decimals(&cell, number(shown)), expected, "{stored} {code}");
        }
        assert_eq!(seen_decimals(&text_cell("12,345"), number("12.345")), None);
    }

    #[test]
    fn numbers_are_read_as_the_screen_shows_them() {
        for (stored, code, expected, shown, stated, scaling) in [
            ("700000000", "#,##0,", "nghìn đồng", "700000", None, Some(Scaling::Thousands(1))),
            ("1250000", "#,##0.0,,", "triệu đồng", "1.25", None, Some(Scaling::Thousands(2))),
            ("0.075", "0.0%", "%", "7.5", None, Some(Scaling::Percent)),
            ("0.49", "0.00", "%", "0.49", None, None),
            ("96.5", "0.0\"%\"", "%", "96.5", Some("%"), None),
            ("96.5", "0.0\\%", "%", "96.5", Some("%"), None),
            ("700000", "#,##0\" nghìn đồng\"", "triệu đồng", "700000", Some("nghìn đồng"), None),
            ("2500000", "#,##0.0,,\"M\"", "đồng", "2.5", Some("triệu đồng"), Some(Scaling::Thousands(2))),
            ("2500000", "#,##0.0,,\"tr\"", "tỷ đồng", "2.5", Some("triệu đồng"), Some(Scaling::Thousands(2))),
            ("5000", "#,##0 [$₫-42A]", "triệu đồng", "5000", None, None),
            ("5000", "#,##0\" đồng\"", "triệu đồng", "5000", Some("đồng"), None),
            ("3", "0\" hộ\"", "người", "3", Some("hộ"), None),
            ("3", "0\" (ước)\"", "hộ", "3", None, None),
            ("3", "\"Số: \"0", "hộ", "3", None, None),
            ("2.5", "0%", "người", "2.5", None, None),
            ("2.5", "0.0\"M\"", "người", "2.5", Some("m"), None),
        ] {
            let stated = stated.map(unit::parse);
            assert_eq!(formatted(stored, code, expected), (number(shown), stated, scaling), "{code} {expected}");
        }
    }

    #[test]
    fn units_in_the_text_are_kept_if_they_can_be_units() {
        for (text, expected, amount, stated) in [
            ("1.234 tấn", "tấn", "1234", Some("tấn")),
            ("12,5 %", "%", "12.5", Some("%")),
            ("250 hộ", "hộ", "250", Some("hộ")),
            ("15 tỷ", "triệu đồng", "15", Some("tỷ đồng")),
            ("15 tỷ đồng", "triệu đồng", "15", Some("tỷ đồng")),
            ("1,5 triệu", "lượt khách", "1.5", Some("triệu lượt khách")),
            ("250 người", "hộ", "250", Some("người")),
            ("40.000 m²", "m2", "40000", Some("m2")),
            ("12 sản phẩm", "sản phẩm", "12", Some("sản phẩm")),
            ("(1.234)", "tấn", "-1234", None),
            ("- 12,5", "%", "-12.5", None),
            ("5.000 ₫", "đồng", "5000", Some("đồng")),
            ("172.000 lượt", "lượt khách", "172000", Some("lượt khách")),
            ("172 nghìn lượt", "lượt khách", "172", Some("nghìn lượt khách")),
        ] {
            let reading = read_cell(&text_cell(text), VIETNAMESE, &unit::parse(expected));
            let read = (reading.amount, reading.stated);
            assert_eq!(read, (CellAmount::TextNumber(number(amount)), stated.map(unit::parse)), "{text}");
        }
        for (text, expected) in [
            ("15 tỷ", "%"),
            ("250 hộ nghèo", "hộ"),
            ("250 abc", "hộ"),
            ("23/28", "xã"),
            ("5-7", "ngày"),
            ("khoảng 130?", "con"),
            ("tăng 15", "hộ"),
            ("Số hộ: 15", "hộ"),
            ("ước", "hộ"),
            ("<100", "hộ"),
        ] {
            let reading = read_cell(&text_cell(text), VIETNAMESE, &unit::parse(expected));
            assert_eq!(reading, CellReading::new(CellAmount::Unreadable(AmountError::NotANumber)), "{text}");
        }
    }

    #[test]
    fn marks_qualifiers_and_estimates_are_taken_off() {
        let read = |text: &str| read_cell(&text_cell(text), VIETNAMESE, &unit::parse("hộ"));
        for (text, amount, marks) in
            [("1250 (1)", "1250", "(1)"), ("77*", "77", "*"), ("1234¹", "1234", "¹"), ("15²", "15", "²")]
        {
            let reading = read(text);
            assert_eq!((reading.amount, &*reading.marks), (CellAmount::TextNumber(number(amount)), marks), "{text}");
        }
        assert_eq!(read("trên 172.000").qualifier, Some(Qualifier::Above));
        assert_eq!(read("≈ 1.234").qualifier, Some(Qualifier::About));
        assert_eq!(read(">100").qualifier, Some(Qualifier::Above));
        assert!(!read("thực hiện 300").is_estimate);
        for text in ["300 (ước)", "ước 300", "Ước đạt: 300", "ước khoảng 300"] {
            let reading = read(text);
            assert!(reading.is_estimate && reading.amount == CellAmount::TextNumber(number("300")), "{text}");
        }
        assert_eq!(read("ước khoảng 300").qualifier, Some(Qualifier::About));
    }

    #[test]
    fn things_that_are_counted_have_no_fractions() {
        let unclear = CellAmount::Unreadable(AmountError::AmbiguousSeparator);
        let thousand = CellAmount::TextNumber(number("1250"));
        for (text, expected, amount) in [
            ("1.250", "người", &thousand),
            ("1,250 hộ", "hộ", &thousand),
            ("1.250⁽²⁾", "học sinh", &thousand),
            ("1.250", "ha", &unclear),
            ("1.250", "nghìn người", &unclear),
            ("1.250", "tuổi", &unclear),
            ("1.250", "điểm", &unclear),
            ("1.250", "", &unclear),
        ] {
            let reading = read_cell(&text_cell(text), None, &unit::parse(expected));
            assert_eq!(&reading.amount, amount, "{text} {expected}");
        }
        let english = read_cell(&text_cell("1.250"), Some(Convention::English), &unit::parse("người"));
        assert_eq!(english.amount, CellAmount::TextNumber(number("1.25")));
    }

    #[test]
    fn numbers_with_units_show_the_convention() {
        for (texts, expected) in [
            (&["1.234 tấn", "12,5 %"][..], Some(Convention::Vietnamese)),
            (&["1,234.5 ha", "x"], Some(Convention::English)),
            (&["1.234 tấn", "250 hộ"], None),
        ] {
            assert_eq!(detect_convention(texts.iter().copied()), expected, "{texts:?}");
        }
    }
}
