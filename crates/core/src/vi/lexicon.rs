//! A lexicon of the words in and around a table: totals, the status of a number, the lines below it.
//!
//! Input: the text of a cell. Output: its meaning. Not here: column headings (`vi::heading`).

use super::fold::fold;
use super::label::fold_label;
use super::terms::TOTALS;
use crate::model::measure::Qualifier;

/// Returns the years in a text: runs of four digits from 1900 to 2099.
pub fn years(text: &str) -> Vec<u16> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(parse_year).collect()
}

/// Parses a year written as four digits, from 1900 to 2099.
pub(super) fn parse_year(word: &str) -> Option<u16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

/// Parses the status of a row's number: `true` for an estimate, `false` for an actual value.
///
/// Ignores a qualifier or a remark after the status: "Ước, khoảng" and "Ước (chưa chốt)" are estimates.
pub fn parse_estimate_status(text: &str) -> Option<bool> {
    let folded = fold(text);
    let status = folded.split([',', ';', '(']).next().unwrap_or_default();
    match status.trim_end_matches(['.', '…', '!', ' ']) {
        "ước" | "ước thực hiện" | "ước tính" | "ước đạt" | "số ước" | "số liệu ước" | "sơ bộ" => {
            Some(true)
        }
        "chính thức" | "số chính thức" | "số liệu chính thức" | "thực hiện" | "thực tế" => {
            Some(false)
        }
        _ => None,
    }
}

/// Words of a status cell that qualify the number of the row, folded.
const QUALIFIERS: [(&str, Qualifier); 4] = [
    ("trên", Qualifier::Above),
    ("hơn", Qualifier::MoreThan),
    ("gần", Qualifier::Nearly),
    ("khoảng", Qualifier::About),
];

/// Signs of qualifiers.
const QUALIFIER_SIGNS: [(&str, Qualifier); 4] =
    [("~", Qualifier::About), ("≈", Qualifier::About), (">", Qualifier::Above), ("≥", Qualifier::Above)];

/// Parses the qualifier in a status cell or before a number: "Trên", "Ước, khoảng", "≈".
pub fn parse_qualifier(text: &str) -> Option<Qualifier> {
    if let Some((_, qualifier)) = QUALIFIER_SIGNS.iter().find(|(sign, _)| *sign == text.trim()) {
        return Some(*qualifier);
    }
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphabetic());
    words.find_map(|word| QUALIFIERS.iter().find(|(spelling, _)| *spelling == word).map(|(_, qualifier)| *qualifier))
}

/// Returns the word printed for a qualifier.
pub fn qualifier_word(qualifier: Qualifier) -> &'static str {
    QUALIFIERS.iter().find(|(_, listed)| *listed == qualifier).map_or("", |(word, _)| word)
}

/// Further labels of rows and column groups that contain totals, folded.
const TOTALS_IN_MONEY: [&str; 3] = ["tổng trị giá", "tổng giá trị", "tổng kim ngạch"];

/// The maximum number of words of such a label, including its numbering and "trong đó".
const MAX_WORDS_OF_TOTAL: usize = 7;

/// Returns whether a label or a column group is that of a total.
pub fn is_total(text: &str) -> bool {
    // Fast path: most labels are longer, and folding is expensive.
    text.split_ascii_whitespace().nth(MAX_WORDS_OF_TOTAL).is_none() && {
        let label = fold_label(text);
        TOTALS.iter().chain(&TOTALS_IN_MONEY).any(|total| *total == label)
    }
}

/// Distinguishes the two columns of trade: `true` for the value in money, `false` for the quantity.
pub fn is_trade_value(heading: &str) -> Option<bool> {
    let folded = fold(heading);
    match folded.split('(').next().unwrap_or_default() {
        "trị giá" | "giá trị" | "kim ngạch" => Some(true),
        "lượng" | "số lượng" | "khối lượng" => Some(false),
        _ => None,
    }
}

/// Words at the beginning of a line under a table, folded.
const CLOSING_PREFIXES: [&str; 19] = [
    "ghi chú:",
    "nguồn:",
    "nguồn số liệu:",
    "chú thích:",
    "chú ý:",
    "lưu ý:",
    "nơi nhận",
    "người lập",
    "người kiểm tra",
    "thủ trưởng",
    "kế toán trưởng",
    "ký tên",
    "(ký,",
    "(ký tên",
    "(ký ghi",
    "tm.",
    "kt.",
    "tl.",
    "t/m",
];

/// Complete lines under a table, folded.
const CLOSING_LINES: [&str; 8] = [
    "ghi chú",
    "giám đốc",
    "trưởng phòng",
    "chủ tịch",
    "phó chủ tịch",
    "lãnh đạo đơn vị",
    "lãnh đạo phòng",
    "xác nhận",
];

/// Returns whether a text is a line under a table: a note, a source, a signature, a place with its date.
pub fn is_closing_note(text: &str) -> bool {
    let folded = fold(text).replace(" :", ":");
    CLOSING_PREFIXES.iter().any(|words| folded.starts_with(words))
        || CLOSING_LINES.contains(&folded.as_str())
        || is_place_and_date(&folded)
}

/// Matches "…, ngày … tháng … năm …", filled in or not, and "…, ngày 20/9/2024".
fn is_place_and_date(folded: &str) -> bool {
    folded.split_once("ngày").is_some_and(|(place, date)| {
        let dated = date.contains("năm") || date.contains('/');
        let digits = date.replacen("tháng", "", 1).replacen("năm", "", 1);
        let open = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '…' | '_' | '/'));
        (place.is_empty() || place.ends_with(',')) && dated && open
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lexicon_is_folded() {
        let lines = CLOSING_PREFIXES.iter().chain(&CLOSING_LINES).chain(&TOTALS).chain(&TOTALS_IN_MONEY);
        for text in lines {
            assert_eq!(fold(text), *text);
        }
    }

    #[test]
    fn the_status_of_a_row_is_read() {
        for (text, expected) in
            [("Ước", Some(true)), ("ước thực hiện", Some(true)), ("Chính thức", Some(false)), ("", None), ("?", None)]
        {
            assert_eq!(parse_estimate_status(text), expected, "{text}");
        }
    }

    #[test]
    fn closing_lines_are_recognised() {
        for text in [
            "Ghi chú: số liệu ước",
            "Nguồn : Chi cục Thống kê",
            "Người lập biểu",
            "THỦ TRƯỞNG ĐƠN VỊ",
            "Lai Châu, ngày 20 tháng 9 năm 2024",
            "…, ngày … tháng … năm …",
            "Ngày .... tháng .... năm 2024",
            "(Ký, ghi rõ họ tên)",
            "Lai Châu, ngày 20/9/2024",
            "KT. TRƯỞNG PHÒNG",
        ] {
            assert!(is_closing_note(text), "{text}");
        }
        for text in [
            "Nguồn vốn",
            "Nguồn thu",
            "Ngày 15",
            "Tổ chức ngày hội trong tháng 9 năm 2024",
            "Ban hành ngày 20 tháng 9 năm 2024",
            "",
        ] {
            assert!(!is_closing_note(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".*") {
            is_trade_value(&text);
            parse_estimate_status(&text);
            is_closing_note(&text);
        }
    }
}
