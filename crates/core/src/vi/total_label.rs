//! Parses the labels of total and subtotal rows: "Tổng cộng", "Cộng phường A", "CỘNG (I+II)".
//!
//! Input: the label of a row. Output: which rows its words say that it adds up. Not here: whether a row whose label may
//! be a name is a total, which its numbers decide ("Tổng kho xăng dầu", "Cộng đồng dân cư").

use super::fold::{fold, is_letter};
use super::label::RowLabel;
use super::lexicon;

/// What the label of a total row says that it adds up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TotalScope {
    /// Nothing more: all rows, or those next to it.
    Bare,
    /// The rows or groups with these numbers, in capitals: `I`, `2`.
    Numbered(Vec<String>),
    /// Rows of this name, folded; or the label is a name that only begins like that of a total.
    Named(String),
    /// The result of a formula that is not a sum.
    Formula,
}

/// Words at the beginning of the label of a total, folded; the longest first.
const BEGINNINGS: [&str; 4] = ["tổng cộng", "tổng số", "tổng", "cộng"];
/// Words between the beginning and the name, folded.
const CONNECTIONS: [&str; 4] = ["của ", "cho ", "các ", "riêng "];
/// Words before the number of a group, folded.
const GROUP_WORDS: [&str; 6] = ["mục ", "nhóm ", "phần ", "khoản ", "dòng ", "điểm "];
/// The most characters of the number of a row.
const MAX_NUMBER_CHARS: usize = 5;

/// Parses the label of a total row; `None` for any other label.
pub fn parse_total(text: &str) -> Option<TotalScope> {
    // Fast path: folding is expensive, and few labels have such a syllable.
    if !has_syllable_of_total(text) {
        return None;
    }
    if lexicon::is_total(text) {
        let label = RowLabel::parse(text, |_| false);
        let formula = label.marks.iter().find(|mark| mark.contains(['+', '=', '/', '-']));
        return Some(formula.map_or(TotalScope::Bare, |formula| parse_formula(formula)));
    }
    let words = fold(RowLabel::parse(text, |_| false).words);
    let rest = BEGINNINGS.iter().find_map(|beginning| words.strip_prefix(beginning))?;
    if rest.starts_with(|c: char| is_letter(c) || c.is_ascii_digit()) {
        return None;
    }
    let is_sign = |c: char| !is_letter(c) && !c.is_ascii_digit();
    let mut name = rest.trim_matches(is_sign);
    while let Some(after) = CONNECTIONS.iter().find_map(|word| name.strip_prefix(word)) {
        name = after.trim_start_matches(is_sign);
    }
    let group = GROUP_WORDS.iter().find_map(|word| name.strip_prefix(word));
    let numbers = parse_numbers(group.unwrap_or(name)).filter(|numbers| group.is_some() || numbers.len() > 1);
    Some(match numbers {
        Some(_) if has_other_sign(name) => TotalScope::Formula,
        Some(numbers) => TotalScope::Numbered(numbers),
        None => TotalScope::Named(name.to_owned()),
    })
}

/// Returns whether a text has the syllables "tổng", "cộng", "toàn" or "cả", or one with the same vowel.
fn has_syllable_of_total(text: &str) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let is_found = match letter {
            'ổ' | 'Ổ' | 'ộ' | 'Ộ' | 'à' | 'À' => matches!(next, 'n' | 'N'),
            'ả' | 'Ả' => next == ' ',
            _ => false,
        };
        if is_found {
            return true;
        }
    }
    false
}

/// Returns whether a formula is not only a sum.
fn has_other_sign(formula: &str) -> bool {
    formula.contains(['-', '–', '*', '/', '×'])
}

/// Parses a formula over the numbers of rows: "(I+II)", "= (1) + (2)".
fn parse_formula(formula: &str) -> TotalScope {
    match parse_numbers(&fold(formula)).filter(|_| !has_other_sign(formula)) {
        Some(numbers) => TotalScope::Numbered(numbers),
        None => TotalScope::Formula,
    }
}

/// Parses numbers of rows in a list or a sum: "i+ii", "1, 2 và 3".
fn parse_numbers(text: &str) -> Option<Vec<String>> {
    let text = text.replace(" và ", "+");
    let tokens = text.split(|c: char| !is_letter(c) && !c.is_ascii_digit() && c != '.').filter(|one| !one.is_empty());
    let numbers: Option<Vec<String>> = tokens.map(|token| is_number(token).then(|| token.to_uppercase())).collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

/// Returns whether a folded word can be the number of a row: digits and dots, a Roman numeral or one letter.
fn is_number(word: &str) -> bool {
    let is_single = word.chars().count() == 1;
    let is_roman = word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let is_digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    word.len() <= MAX_NUMBER_CHARS && (is_single || is_roman || is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn labels_of_totals_say_what_they_add_up() {
        let numbered =
            |numbers: &[&str]| Some(TotalScope::Numbered(numbers.iter().map(|number| (*number).to_owned()).collect()));
        let named = |name: &str| Some(TotalScope::Named(name.to_owned()));
        for (text, expected) in [
            ("Tổng cộng", Some(TotalScope::Bare)),
            ("TỔNG SỐ:", Some(TotalScope::Bare)),
            ("Cộng", Some(TotalScope::Bare)),
            ("Toàn xã", Some(TotalScope::Bare)),
            ("CỘNG (I+II)", numbered(&["I", "II"])),
            ("Tổng cộng (I + II + III)", numbered(&["I", "II", "III"])),
            ("Cộng (1+2+3)", numbered(&["1", "2", "3"])),
            ("Tổng = (1)+(2)", numbered(&["1", "2"])),
            ("Tổng cộng A + B", numbered(&["A", "B"])),
            ("Cộng mục I", numbered(&["I"])),
            ("Cộng nhóm II và III", numbered(&["II", "III"])),
            ("Tổng (1-2)", Some(TotalScope::Formula)),
            ("Tổng số phường Đông", named("phường đông")),
            ("Cộng phường A", named("phường a")),
            ("Cộng: Ban Quản lý", named("ban quản lý")),
            ("Tổng cộng của xã Nà Mường", named("xã nà mường")),
            ("Cộng (phường A)", named("phường a")),
            ("Tổng kho xăng dầu", named("kho xăng dầu")),
            ("Cộng đồng dân cư", named("đồng dân cư")),
            ("Tổng diện tích", named("diện tích")),
            ("Cộng A", named("a")),
            ("Hộ nghèo", None),
            ("Xã Cộng Hòa", None),
            ("Cống thoát nước", None),
            ("Rộng", None),
            ("", None),
        ] {
            assert_eq!(parse_total(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".*|(Tổng|Cộng|TỔNG CỘNG)[ (:=+]{0,3}[0-9IVXa-z+ ,()-]*") {
            parse_total(&text);
        }
    }
}
