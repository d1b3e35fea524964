//! Parses units of measure as written in workbooks and reports.
//!
//! Input: the text of a unit. Output: the unit with its scale word separated. Not here: conversion of amounts.

use super::fold::{clean, fold, is_letter_or_digit, without_diacritics};
use crate::model::quantity::{Scale, Unit};

const DONG: &str = "đồng";

/// Scale words, longer spellings first.
const SCALES: [(&str, Scale); 12] = [
    ("1.000.000.000", Scale::BILLION),
    ("1.000.000", Scale::MILLION),
    ("1000000", Scale::MILLION),
    ("1.000", Scale::THOUSAND),
    ("1000", Scale::THOUSAND),
    ("nghìn", Scale::THOUSAND),
    ("ngàn", Scale::THOUSAND),
    ("ng.", Scale::THOUSAND),
    ("triệu", Scale::MILLION),
    ("tr", Scale::MILLION),
    ("tỷ", Scale::BILLION),
    ("tỉ", Scale::BILLION),
];

/// Spellings of money, folded.
const MONEY_SPELLINGS: [&str; 11] = [
    "đồng",
    "đ",
    "đ.",
    "d",
    "vnđ",
    "vnd",
    "vn đồng",
    "việt nam đồng",
    "đồng việt nam",
    "đồng(vnd)",
    "đồng việt nam(vnd)",
];

/// Other spellings of units, folded, with the spelling that is kept.
const UNIT_SPELLINGS: [(&str, &str); 15] = [
    ("dn", "doanh nghiệp"),
    ("hk", "hành khách"),
    ("hk.km", "hành khách.km"),
    ("phần trăm", "%"),
    ("tỷ lệ %", "%"),
    ("tỷ lệ(%)", "%"),
    ("hecta", "ha"),
    ("héc ta", "ha"),
    ("héc-ta", "ha"),
    ("mét", "m"),
    ("mét vuông", "m2"),
    ("mét khối", "m3"),
    ("ky lô mét", "km"),
    ("ky lô gam", "kg"),
    ("gam", "g"),
];

/// Words that keep their capitals.
const SYMBOLS: [&str; 12] = ["kWh", "MWh", "kW", "MW", "OCOP", "USD", "GCN", "CHQS", "HTX", "UBND", "DN", "THPT"];

/// Units of quantities that are measured, not counted; folded.
const MEASURED_BASES: [&str; 27] = [
    "đồng", "usd", "%", "‰", "ha", "m", "m2", "m3", "km", "km2", "cm", "mm", "kg", "g", "tạ", "tấn", "tấn.km", "yến",
    "kwh", "mwh", "kw", "mw", "lít", "giờ", "phút", "giây", "lần",
];

/// Units of things that are counted; folded.
const COUNTED_BASES: [&str; 44] = [
    "người",
    "hộ",
    "khẩu",
    "nhân khẩu",
    "lao động",
    "con",
    "cái",
    "chiếc",
    "bộ",
    "quả",
    "cây",
    "trường",
    "lớp",
    "phòng",
    "học sinh",
    "sinh viên",
    "giáo viên",
    "doanh nghiệp",
    "hợp tác xã",
    "htx",
    "cơ sở",
    "xã",
    "phường",
    "thôn",
    "bản",
    "tổ",
    "vụ",
    "đơn",
    "hồ sơ",
    "văn bản",
    "cuộc",
    "buổi",
    "lượt",
    "giường",
    "dự án",
    "công trình",
    "mô hình",
    "thuê bao",
    "cờ",
    "tuổi",
    "năm",
    "ngày",
    "hành khách",
    "hành khách.km",
];

/// Scale words of bilingual forms, in lower case.
const ENGLISH_SCALES: [&str; 8] = ["thous.", "thousand", "mill.", "mil.", "million", "bill.", "bil.", "billion"];

/// Labels of a unit above a table, before a colon.
const UNIT_LABELS: [&str; 3] = ["đvt", "đơn vị tính", "đơn vị"];

/// Parses a unit; an unknown unit keeps its text and has no scale.
pub fn parse(text: &str) -> Unit {
    let written = normalise(text);
    if written.is_empty() {
        return Unit::none();
    }
    let (head, tail) = written.find('/').map_or((written.as_str(), ""), |at| written.split_at(at));
    let (scale, base) =
        split_scale(head.trim()).unwrap_or_else(|| (Scale::ONE, normalise_base(head.trim(), Scale::ONE)));
    let label = format!("{}{}", restore_symbols(&base), restore_symbols(tail));
    Unit { scale, base: fold(&format!("{base}{tail}")).into(), label: format!("{}{label}", scale.word()).into() }
}

/// Returns the short form used in notes: "trđ" for triệu đồng, else the label.
pub fn short_label(unit: &Unit) -> String {
    unit.label.strip_prefix("triệu đồng").map_or_else(|| unit.label.to_string(), |rest| format!("trđ{rest}"))
}

/// Returns the unit in which a proportion changes: điểm phần trăm, điểm phần nghìn.
pub fn points_label(unit: &Unit) -> Option<&'static str> {
    match &*unit.base {
        "%" => Some("điểm phần trăm"),
        "‰" => Some("điểm phần nghìn"),
        _ => None,
    }
}

/// Returns the unit with another scale word: "đồng" for "triệu đồng".
pub fn with_scale(unit: &Unit, scale: Scale) -> Unit {
    let bare = unit.label.strip_prefix(unit.scale.word()).unwrap_or(&unit.label);
    Unit { scale, base: unit.base.clone(), label: format!("{}{bare}", scale.word()).into() }
}

/// Returns whether amounts are counts, whose numbers below ten are padded ("03 vụ").
pub fn is_count(unit: &Unit) -> bool {
    let counted = |word: &str| !MEASURED_BASES.contains(&word);
    !unit.base.is_empty() && unit.scale == Scale::ONE && unit.base.split('/').all(counted)
}

/// Returns whether amounts are measured quantities, independent of the indicator: tonnes, hectares, money, percent.
pub fn is_measured(unit: &Unit) -> bool {
    unit.base.split('/').next().is_some_and(|base| MEASURED_BASES.contains(&base))
}

/// Returns whether a text is a unit that forms use, without knowing the units of a project: "Nghìn lớp", "lượt xe",
/// "Số nam/100 nữ".
pub fn is_usual(text: &str) -> bool {
    let unit = parse(text);
    let is_ratio = || unit.base.contains("/100 ") || unit.base.contains("/1000 ") || unit.base.contains("/1.000 ");
    let is_english = || unit.base.split_once(' ').is_some_and(|(scale, _)| ENGLISH_SCALES.contains(&scale));
    let is_counted = || COUNTED_BASES.contains(&&*fold(&unit.base)) || unit.base.starts_with("lượt ");
    !unit.base.is_empty()
        && (unit.scale != Scale::ONE || is_measured(&unit) || is_counted() || is_ratio() || is_english())
}

/// Returns whether two units are one word with other marks, of which at most one is usual: "tân" for "tấn".
pub fn is_misspelling(one: &Unit, other: &Unit) -> bool {
    let bare = |unit: &Unit| without_diacritics(&unit.base);
    let are_usual = is_usual(&one.label) && is_usual(&other.label);
    !one.base.is_empty() && one.base != other.base && !are_usual && bare(one) == bare(other)
}

/// Returns the usual unit of which a unit is a misspelling, if it is one of a single word.
pub fn usual_spelling(unit: &Unit) -> Option<&'static str> {
    let usual = MEASURED_BASES.iter().chain(&COUNTED_BASES).copied();
    let mut same = usual.filter(|base| base.chars().count() > 1 && is_misspelling(unit, &parse(base)));
    // "xa" may be "xã", or another word; where several fit, none is meant.
    same.next().filter(|_| same.next().is_none())
}

/// Returns whether a unit is a unit of money.
pub fn is_money(unit: &Unit) -> bool {
    matches!(&*unit.base, DONG | "usd")
}

/// Returns the text of a unit in lower case, without label, outer brackets and superscript digits.
fn normalise(text: &str) -> String {
    let lower = clean(text).to_lowercase().replace('²', "2").replace('³', "3");
    let inner = lower.strip_prefix('(').and_then(|words| words.strip_suffix(')')).unwrap_or(&lower);
    let introduced = inner.split_once(':').filter(|(words, _)| UNIT_LABELS.contains(&words.trim()));
    clean(introduced.map_or(inner, |(_, unit)| unit)).into_owned()
}

/// Separates the scale word; `None` without a leading scale word, or with two ("nghìn tỷ đồng").
fn split_scale(text: &str) -> Option<(Scale, String)> {
    let (scale, rest) = strip_scale(text)?;
    strip_scale(rest).is_none().then(|| (scale, normalise_base(rest, scale)))
}

/// Parses a leading scale word and returns the rest; a numeral must be followed by something.
fn strip_scale(text: &str) -> Option<(Scale, &str)> {
    SCALES.iter().find_map(|(word, scale)| {
        let after = text.strip_prefix(word)?;
        let rest = after.trim_start_matches([' ', '.']);
        let numeral = word.starts_with('1');
        let apart = after.len() > rest.len() || word.ends_with('.') || after.is_empty() && !numeral;
        let joined = MONEY_SPELLINGS.contains(&rest) || numeral && rest.starts_with(char::is_alphabetic);
        let valid = (apart || joined) && !rest.starts_with(|c: char| c.is_ascii_digit());
        valid.then_some((*scale, rest))
    })
}

/// Returns the base in the kept spelling. A scale word alone means money.
fn normalise_base(text: &str, scale: Scale) -> String {
    let folded = fold(text);
    let money = MONEY_SPELLINGS.contains(&folded.as_str()) && (scale != Scale::ONE || folded != "d");
    if money || (folded.is_empty() && scale != Scale::ONE) {
        return DONG.to_owned();
    }
    UNIT_SPELLINGS.iter().find(|(spelling, _)| *spelling == folded).map_or(text, |(_, kept)| kept).to_owned()
}

/// Restores the capitals of known symbols.
fn restore_symbols(text: &str) -> String {
    let symbol = |word: &str| SYMBOLS.iter().find(|symbol| symbol.eq_ignore_ascii_case(word)).copied();
    text.split_inclusive(|c: char| !is_letter_or_digit(c))
        .map(|part| {
            let word = part.trim_end_matches(|c: char| !is_letter_or_digit(c));
            symbol(word).map_or_else(|| part.to_owned(), |symbol| format!("{symbol}{}", &part[word.len()..]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tables_are_folded() {
        let spellings = UNIT_SPELLINGS.iter().map(|(spelling, _)| spelling);
        for text in MONEY_SPELLINGS.iter().chain(spellings).chain(&MEASURED_BASES).chain(&COUNTED_BASES) {
            assert_eq!(fold(text), *text);
        }
    }

    #[test]
    fn units_are_read() {
        for (text, scale, base, label) in [
            ("Triệu đồng", Scale::MILLION, "đồng", "triệu đồng"),
            ("Tr. đồng", Scale::MILLION, "đồng", "triệu đồng"),
            ("tr.đ", Scale::MILLION, "đồng", "triệu đồng"),
            ("Trđ", Scale::MILLION, "đồng", "triệu đồng"),
            ("trd", Scale::MILLION, "đồng", "triệu đồng"),
            ("tr đ", Scale::MILLION, "đồng", "triệu đồng"),
            ("Triệu VND", Scale::MILLION, "đồng", "triệu đồng"),
            ("1.000.000 đồng", Scale::MILLION, "đồng", "triệu đồng"),
            ("1.000.000.000 đồng", Scale::BILLION, "đồng", "tỷ đồng"),
            ("triệu", Scale::MILLION, "đồng", "triệu đồng"),
            ("Tỷ VND", Scale::BILLION, "đồng", "tỷ đồng"),
            ("tỉ đồng", Scale::BILLION, "đồng", "tỷ đồng"),
            ("Nghìn đồng", Scale::THOUSAND, "đồng", "nghìn đồng"),
            ("1.000 đ", Scale::THOUSAND, "đồng", "nghìn đồng"),
            ("1000đ", Scale::THOUSAND, "đồng", "nghìn đồng"),
            ("VNĐ", Scale::ONE, "đồng", "đồng"),
            ("đ", Scale::ONE, "đồng", "đồng"),
            ("Đơn vị tính : Đồng Việt Nam (VND)", Scale::ONE, "đồng", "đồng"),
            ("(ĐVT: Triệu đồng)", Scale::MILLION, "đồng", "triệu đồng"),
            ("(Tỷ đồng)", Scale::BILLION, "đồng", "tỷ đồng"),
            ("Triệu đồng/ha", Scale::MILLION, "đồng/ha", "triệu đồng/ha"),
            ("Nghìn tấn", Scale::THOUSAND, "tấn", "nghìn tấn"),
            ("1000 con", Scale::THOUSAND, "con", "nghìn con"),
            ("1.000 m³", Scale::THOUSAND, "m3", "nghìn m3"),
            ("Tr.kwh", Scale::MILLION, "kwh", "triệu kWh"),
            ("Triệu USD", Scale::MILLION, "usd", "triệu USD"),
            ("Trường", Scale::ONE, "trường", "trường"),
            ("trẻ em", Scale::ONE, "trẻ em", "trẻ em"),
            ("999 cái", Scale::ONE, "999 cái", "999 cái"),
            ("1000", Scale::ONE, "1000", "1000"),
            ("1.000.000", Scale::ONE, "1.000.000", "1.000.000"),
            ("Nghìn tỷ đồng", Scale::ONE, "nghìn tỷ đồng", "nghìn tỷ đồng"),
            ("Tạ/Ha", Scale::ONE, "tạ/ha", "tạ/ha"),
            ("Phần trăm", Scale::ONE, "%", "%"),
            ("(%)", Scale::ONE, "%", "%"),
            ("Ki lô mét", Scale::ONE, "km", "km"),
            ("HA", Scale::ONE, "ha", "ha"),
            ("m²", Scale::ONE, "m2", "m2"),
            ("Lượt  khách", Scale::ONE, "lượt khách", "lượt khách"),
            ("Ban CHQS", Scale::ONE, "ban chqs", "ban CHQS"),
            ("Sản phẩm OCOP", Scale::ONE, "sản phẩm ocop", "sản phẩm OCOP"),
            ("Tổ dân phố, bản", Scale::ONE, "tổ dân phố,bản", "tổ dân phố, bản"),
            ("  ", Scale::ONE, "", ""),
        ] {
            let unit = parse(text);
            assert_eq!((unit.scale, &*unit.base, &*unit.label), (scale, base, label), "{text}");
        }
    }

    #[test]
    fn notes_shorten_money_only() {
        for (text, expected) in
            [("triệu đồng", "trđ"), ("trđ/ha", "trđ/ha"), ("tỷ", "tỷ đồng"), ("nghìn đồng", "nghìn đồng"), ("ha", "ha")]
        {
            assert_eq!(short_label(&parse(text)), expected);
        }
    }

    #[test]
    fn the_scale_word_of_a_unit_can_be_another() {
        for (text, scale, expected) in [
            ("triệu đồng", Scale::ONE, "đồng"),
            ("triệu đồng/ha", Scale::THOUSAND, "nghìn đồng/ha"),
            ("kWh", Scale::MILLION, "triệu kWh"),
        ] {
            assert_eq!(with_scale(&parse(text), scale), parse(expected));
        }
    }

    #[test]
    fn the_usual_unit_of_a_misspelt_one_is_found() {
        for (written, usual) in
            [("tân", Some("tấn")), ("tan", Some("tấn")), ("hô", Some("hộ")), ("tấn", None), ("ngôi", None), ("", None)]
        {
            assert_eq!(usual_spelling(&parse(written)), usual, "{written}");
        }
    }

    #[test]
    fn a_misspelt_unit_has_the_letters_of_the_usual_one() {
        for (one, other, expected) in [
            ("tân", "tấn", true),
            ("luợt khách", "lượt khách", true),
            ("bản", "bán", true),
            ("tấn", "tấn", false),
            ("tạ", "tấn", false),
            ("vụ", "vù vù", false),
            ("hộ", "ha", false),
            ("", "ha", false),
        ] {
            assert_eq!(is_misspelling(&parse(one), &parse(other)), expected, "{one}, {other}");
        }
    }

    #[test]
    fn things_are_counted_and_stuff_is_measured() {
        for text in ["vụ", "Hộ", "mô hình", "người", "thôn/bản", "sản phẩm OCOP"] {
            assert!(is_count(&parse(text)), "{text}");
        }
        for text in ["trđ", "đồng", "%", "ha", "m²", "tạ/ha", "tấn", "kWh", "phút", "", "người/km2", "nghìn người"]
        {
            assert!(!is_count(&parse(text)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_label_reads_as_its_unit(text in ".*|(tr|tỷ|1000|nghìn)?[ .]?(đồng|đ|ha|con|kwh)?(/ha)?") {
            let unit = parse(&text);
            if unit.scale != Scale::ONE {
                prop_assert_eq!(parse(&unit.label), unit);
            }
        }
    }
}
