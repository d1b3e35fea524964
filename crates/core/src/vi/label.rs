//! Parses the labels of rows into their parts.
//!
//! Input: a label as typed or as declared. Output: its numbering, group word, words, unit and marks; the forms in which
//! labels are compared. Not here: the indicator of a label, totals (`lexicon::is_total`).
//!
//! Declared labels and labels in workbooks are read by the same functions, so that a declared label is always found.

use super::fold::{clean, fold, is_letter};
use super::numbering::{Numbering, NumberingRank, split_numbering};
use super::syllable::is_syllable;
use super::unit;
use crate::model::quantity::Scale;

/// Characters without meaning at the end of a label.
const TRAILING: [char; 4] = [':', ';', '.', ' '];
/// Words that introduce a part of the row above, with the signs that must follow; in lower case.
const OF_WHICH: [(&str, &[char]); 11] = [
    ("trong đó", &[':', ',', ' ', '-', '–']),
    ("of which", &[':', ',', ' ', '-', '–']),
    ("tr.đó", &[':', ',', ' ', '-', '–']),
    ("tr. đó", &[':', ',', ' ', '-', '–']),
    ("t.đó", &[':', ',', ' ', '-', '–']),
    ("tđó", &[':', ',', ' ', '-', '–']),
    ("tđ", &[':', ',']),
    ("chia ra", &[':', ',', '-', '–']),
    ("bao gồm", &[':', ',', '-', '–']),
    ("gồm", &[':', ',', '-', '–']),
    ("in which", &[':', ',']),
];
/// Words after a comma at the end of a label that introduce its parts, folded.
const INTRODUCTIONS: [&str; 4] = ["gồm", "bao gồm", "trong đó", "cụ thể"];
/// Longer texts are none of them; folding is expensive.
const MAX_INTRODUCTION_BYTES: usize = 24;
/// Words that begin the title of a breakdown; they stay a part of the label.
const BREAKDOWNS: [&str; 2] = ["phân theo", "chia theo"];
/// Digits that only occur as raised marks.
const RAISED_DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
/// Words before a raised digit that make it a square or a cube.
const LENGTHS: [&str; 6] = ["m", "km", "cm", "dm", "mm", "hm"];
/// The fewest letters of a word before a digit that can be a note mark; names of groups such as "B1" are shorter.
const MIN_MARKED_LETTERS: usize = 3;

/// The parts of a row label; all texts are as typed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct RowLabel<'t> {
    /// Its numberings, the outermost first: "8 1.3.Ngô" has two.
    pub numberings: Vec<Numbering<'t>>,
    /// The group word: "Trong đó", "Chia ra", "Phân theo".
    pub group: Option<&'t str>,
    /// The label itself; empty if there is only a group word.
    pub words: &'t str,
    /// The unit in brackets or after a dash.
    pub unit: Option<&'t str>,
    /// Marks of notes and formulas after the label, from left to right: "(*)", "¹", "(1.1+1.2)".
    pub marks: Vec<&'t str>,
}

/// How much is taken off a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// Only what a sign shows not to belong to the label.
    Certain,
    /// Also what may be a part of it: a number without a sign, a digit at its end.
    Loose,
}

impl<'t> RowLabel<'t> {
    /// Parses a clean label; `is_unit` decides whether a text in brackets is a unit.
    pub fn parse(text: &'t str, is_unit: impl Fn(&str) -> bool) -> Self {
        Self::parse_with(text, Strictness::Loose, &is_unit)
    }

    fn parse_with(text: &'t str, strictness: Strictness, is_unit: &dyn Fn(&str) -> bool) -> Self {
        let mut label = Self::default();
        let rest = label.take_start(text.trim(), strictness);
        label.take_end(rest, strictness, is_unit);
        label
    }

    /// Takes numberings and group words off the start.
    fn take_start(&mut self, text: &'t str, strictness: Strictness) -> &'t str {
        let mut rest = text;
        loop {
            if let Some((numbering, after)) =
                split_numbering(rest).filter(|(n, _)| n.is_certain || strictness == Strictness::Loose)
            {
                self.numberings.push(numbering);
                rest = after;
            } else if let Some((group, after)) = split_group(rest) {
                self.group = Some(group);
                rest = after;
            } else {
                break;
            }
        }
        // After a number, a dash is only a sign.
        if self.numberings.iter().any(|n| n.value().is_some()) {
            self.numberings.retain(|n| n.value().is_some());
        }
        if self.group.is_none() {
            self.group = BREAKDOWNS.iter().find_map(|words| Some(split_words(rest, words)?.0));
        }
        rest
    }

    /// Takes marks, formulas and the unit off the end; the rest are the words.
    fn take_end(&mut self, text: &'t str, strictness: Strictness, is_unit: &dyn Fn(&str) -> bool) {
        let mut rest = without_introduction(text.trim_end_matches(TRAILING));
        loop {
            if let Some((before, mark)) = split_formula(rest).or_else(|| split_mark(rest, strictness)) {
                self.marks.insert(0, mark);
                rest = before.trim_end_matches(TRAILING);
            } else if let Some((before, unit)) = split_unit(rest, is_unit).filter(|_| self.unit.is_none()) {
                self.unit = Some(unit);
                rest = before.trim_end_matches(TRAILING);
            } else {
                break;
            }
        }
        self.words = rest;
        // "(*) Nghìn chiếc, triệu USD" states the units of the rows with this mark.
        let note = rest.strip_prefix('(').and_then(|inside| inside.split_once(')')).filter(|(mark, _)| is_mark(mark));
        let units = note.map(|(_, units)| units.trim()).filter(|units| units.split([',', ';']).all(is_unit));
        self.unit = self.unit.or(units);
    }

    /// Returns the rank of the row by its innermost numbering that a sign shows.
    pub fn rank(&self) -> Option<NumberingRank> {
        self.numberings.iter().rev().find(|numbering| numbering.is_certain).map(|numbering| numbering.rank)
    }

    /// Returns whether the label is the title of a breakdown, or only introduces a list: "Phân theo ngành", "Chia ra:".
    pub fn is_group(&self) -> bool {
        self.group.is_some() && (self.words.is_empty() || split_group(self.words).is_none() && self.breaks_down())
    }

    fn breaks_down(&self) -> bool {
        BREAKDOWNS.iter().any(|words| split_words(self.words, words).is_some())
    }
}

/// Folds the label of a row: removes its numbering, a leading "trong đó", marks of notes and final punctuation.
///
/// A number that belongs to the text is kept ("13/19 tiêu chí", "4 tháng"), and so is a unit in brackets. A label that
/// consists only of numbering is kept.
pub fn fold_label(text: &str) -> String {
    fold_with(text, Strictness::Certain)
}

/// Folds the label of a row like [`fold_label`], and also removes what may or may not belong to it: a number without a
/// sign ("3 Thu nội địa"), a digit at its end ("Hộ nghèo1").
pub fn fold_label_loosely(text: &str) -> String {
    fold_with(text, Strictness::Loose)
}

fn fold_with(text: &str, strictness: Strictness) -> String {
    let clean = clean(text);
    let mut words = fold(RowLabel::parse_with(&clean, strictness, &|_| false).words);
    if !words.is_empty() {
        // Whether a name is in quotes is a matter of taste; quotes alone repeat the label above.
        if words.contains(char::is_alphanumeric) {
            words.retain(|c| !matches!(c, '"' | '\'' | '‘' | '’'));
        }
        return words;
    }
    let folded = fold(&clean);
    let bare = folded.trim_end_matches(TRAILING);
    if bare.is_empty() { folded } else { bare.to_owned() }
}

/// Returns a label without a word at its end that introduces the rows below: "Chương trình, gồm:".
fn without_introduction(text: &str) -> &str {
    let is_introduction =
        |last: &str| last.len() <= MAX_INTRODUCTION_BYTES && INTRODUCTIONS.contains(&&*fold(last.trim()));
    let introduced = text.rsplit_once(',').filter(|(_, last)| is_introduction(last));
    introduced.map_or(text, |(before, _)| before.trim_end_matches(TRAILING))
}

/// Returns the rank that the numbering before a label gives to its row.
pub fn label_rank(text: &str) -> Option<NumberingRank> {
    let mut label = RowLabel::default();
    label.take_start(text.trim(), Strictness::Certain);
    label.rank()
}

/// Returns the label as typed without numbering, marks and final punctuation; the unit stays.
pub fn bare_label(clean: &str) -> &str {
    let label = RowLabel::parse_with(clean, Strictness::Certain, &|_| false);
    if label.words.is_empty() { clean } else { label.words }
}

/// Splits the unit from the end of a label: in brackets "Diện tích (ha)" or after a dash "Cơ cấu - %".
///
/// Brackets that contain no unit according to `is_unit` belong to the label.
pub fn split_unit(text: &str, is_unit: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    let text = text.trim_end();
    if let Some((before, inner)) = split_brackets(text) {
        return is_unit(inner).then_some((before, inner.trim()));
    }
    let (before, after) =
        text.rsplit_once(" - ").or_else(|| text.rsplit_once(" – ")).or_else(|| text.rsplit_once('-'))?;
    let is_apart = before.len() + after.len() + 1 < text.len();
    let unit = unit::parse(after);
    let is_rate = matches!(&*unit.base, "%" | "‰");
    let is_clear = is_rate || is_apart && (unit.scale != Scale::ONE || unit::is_measured(&unit));
    (is_clear && is_unit(after)).then(|| (before.trim_end(), after.trim()))
}

/// Splits the last pair of brackets from a text that ends with it, with their content.
fn split_brackets(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_suffix(')')?;
    let mut depth = 1;
    for (at, c) in inside.char_indices().rev() {
        depth = match c {
            ')' => depth + 1,
            '(' => depth - 1,
            _ => depth,
        };
        if depth == 0 {
            let before = inside[..at].trim_end();
            return (!before.is_empty()).then_some((before, &inside[at + 1..]));
        }
    }
    None
}

/// Splits a leading group word with its sign: "Trong đó:", "TĐ:", "Chia ra:".
fn split_group(text: &str) -> Option<(&str, &str)> {
    OF_WHICH.iter().find_map(|(words, signs)| {
        let (group, rest) = split_words(text, words)?;
        let spaced = rest.trim_start();
        let follows = rest.is_empty() && signs.len() > 2 || rest.starts_with(*signs) || spaced.starts_with([':', ',']);
        follows.then(|| (group, spaced.trim_start_matches([':', ',', ' ', '-', '–'])))
    })
}

/// Splits words in lower case from the start of a text in any case.
fn split_words<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    let mut rest = text.char_indices();
    for wanted in words.chars() {
        let (_, found) = rest.next()?;
        if !found.to_lowercase().eq([wanted]) {
            return None;
        }
    }
    let (group, after) = text.split_at(rest.offset());
    (!after.starts_with(is_letter)).then_some((group, after))
}

/// Splits the mark of a note from the end: "(*)", "**", "(1)", "[1]", "¹", "1)".
fn split_mark(text: &str, strictness: Strictness) -> Option<(&str, &str)> {
    let split = |before: &str| Some(text.split_at(before.trim_end().len())).map(|(b, mark)| (b, mark.trim_start()));
    if let Some((before, inner)) = split_brackets(text).filter(|(_, inner)| is_mark(inner)) {
        let at = text.len() - inner.len() - 2;
        return Some((before, &text[at..]));
    }
    if let Some((before, inner)) = text.strip_suffix(']').and_then(|inside| inside.rsplit_once('[')) {
        return is_mark(inner).then(|| split(before)).flatten();
    }
    let stars = text.trim_end_matches('*');
    let raised = text.trim_end_matches(RAISED_DIGITS);
    let closed = || text.strip_suffix(')').map(|before| before.trim_end_matches(|c: char| c.is_ascii_digit()));
    if stars.len() < text.len() {
        split(stars)
    } else if raised.len() < text.len() {
        let word = raised.rsplit(|c: char| !is_letter(c)).next().unwrap_or_default();
        if LENGTHS.contains(&word.to_lowercase().as_str()) { None } else { split(raised) }
    } else if let Some(before) = closed() {
        // A closing bracket without an opening one: "Số hộ 1)".
        let digits = text.len() - before.len() - 1;
        let is_open = text.matches('(').count() < text.matches(')').count();
        if is_open && (1..=2).contains(&digits) { split(before) } else { None }
    } else if strictness == Strictness::Loose {
        split(split_glued_digit(text)?)
    } else {
        None
    }
}

/// Returns whether the content of brackets is a note mark: stars, one or two digits, or one small letter.
fn is_mark(inner: &str) -> bool {
    let inner = inner.trim();
    let is_star = !inner.is_empty() && inner.bytes().all(|b| b == b'*');
    let is_number = (1..=2).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    is_star || is_number || inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_lowercase())
}

/// Returns the text before a digit that is glued to a word: "Số hộ nghèo1", where the digit was raised.
fn split_glued_digit(text: &str) -> Option<&str> {
    let before = text.strip_suffix(|c: char| c.is_ascii_digit())?;
    let word = before.rsplit(|c: char| !is_letter(c)).next()?;
    let is_word = word.chars().count() >= MIN_MARKED_LETTERS && is_syllable(word);
    is_word.then_some(before)
}

/// Splits a formula from the end: "= (1)+(2)", "(1.1+1.2)", "(=(1)+(2))".
fn split_formula(text: &str) -> Option<(&str, &str)> {
    if let Some((before, inner)) = split_brackets(text).filter(|(_, inner)| is_formula(inner)) {
        let at = text.len() - inner.len() - 2;
        return Some((before, &text[at..]));
    }
    let at = text.find('=').filter(|at| *at > 0)?;
    let (before, formula) = text.split_at(at);
    (is_formula(formula) && before.ends_with(' ')).then(|| (before.trim_end(), formula))
}

/// Returns whether a text is a formula over numbers of rows: "(1.1)+(1.2)", "=3-4", "[(I)/(II)]x100".
///
/// "15-19" is a range and "2010 = 100" a base, not a formula.
fn is_formula(text: &str) -> bool {
    let is_sign = |c: char| "+-–*/x×=()[]:,. ".contains(c);
    let mut terms = text.split(is_sign).filter(|term| !term.is_empty());
    let first_is_row = terms.clone().next().is_some_and(is_row_number);
    let sum = text.contains(['+', '=', '×', 'x', '[']) || text.contains('(') && text.contains(['-', '–', '/', '*']);
    first_is_row && sum && terms.all(|term| is_row_number(term) || term == "100" || term == "1000")
}

/// Returns whether a term of a formula is the number of a row: "1", "3a", "II", "A".
fn is_row_number(term: &str) -> bool {
    let letters = term.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = term.len() - letters.len();
    let is_roman = letters.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    digits <= 2 && (letters.chars().count() <= 1 && letters.chars().all(is_letter) || digits == 0 && is_roman)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The parts of a label as text: numberings, group word, words, unit, marks.
    fn parts(text: &str) -> [String; 5] {
        let label = RowLabel::parse(text, unit::is_usual);
        let numberings: Vec<&str> = label.numberings.iter().map(|numbering| numbering.text).collect();
        let texts = [label.group.unwrap_or_default(), label.words, label.unit.unwrap_or_default()].map(str::to_owned);
        let [group, words, unit] = texts;
        [numberings.join("; "), group, words, unit, label.marks.concat()]
    }

    #[test]
    fn labels_have_parts() {
        // Columns: the label, its numberings, group word, words, unit, marks.
        let table = include_str!("label/tests.txt");
        let (mut rows, mut wrong) = (0, Vec::new());
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('|').collect();
            let [text, expected @ ..] = columns.as_slice() else { panic!("{line}") };
            let found = parts(text);
            if found.as_slice() != expected {
                wrong.push(format!("{text}: {found:?}"));
            }
            rows += 1;
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(rows > 100, "{rows}");
    }

    #[test]
    fn labels_lose_their_numbering_only() {
        for (text, expected) in [
            ("1. Trồng trọt", "trồng trọt"),
            ("5.1 Trồng trọt", "trồng trọt"),
            ("1.2.Củ năng", "củ năng"),
            ("E. SẢN XUẤT", "sản xuất"),
            ("IV. Thu ngân sách:", "thu ngân sách"),
            ("(1) Lúa", "lúa"),
            ("Ô tô (*):", "ô tô"),
            ("(*)", "(*)"),
            ("a) Lúa ;", "lúa"),
            ("Chương trình nghệ thuật, gồm:", "chương trình nghệ thuật"),
            ("Hộ nghèo, trong đó", "hộ nghèo"),
            ("Danh hiệu “Lao động tiên tiến”", "danh hiệu lao động tiên tiến"),
            ("Mô hình 'Xanh, sạch'", "mô hình xanh,sạch"),
            ("đ) Dân tộc", "dân tộc"),
            ("- Diện tích", "diện tích"),
            ("•  Bò", "bò"),
            ("Trong đó: - Thu nội địa", "thu nội địa"),
            ("Trong đó thu nội địa", "thu nội địa"),
            ("13/19 tiêu chí", "13/19 tiêu chí"),
            ("4 tháng", "4 tháng"),
            ("5 Không 3 Sạch", "5 không 3 sạch"),
            ("1.000 con", "1.000 con"),
            ("1.5kg", "1.5kg"),
            ("30a", "30a"),
            ("2024. Tổng", "2024. tổng"),
            ("Diện tích (ha)", "diện tích(ha)"),
            ("Xã A", "xã a"),
            ("Hộ nghèo1", "hộ nghèo1"),
            ("I", "i"),
            ("1.", "1"),
            ("-", "-"),
            (".", "."),
            ("", ""),
            ("Trong đó", "trong đó"),
        ] {
            assert_eq!(fold_label(text), expected, "{text}");
        }
        for (text, expected) in
            [("3 Thu nội địa", "thu nội địa"), ("Hộ nghèo1", "hộ nghèo"), ("Sản phẩm B1", "sản phẩm b1")]
        {
            assert_eq!(fold_label_loosely(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_may_carry_a_rank() {
        for (text, expected) in [
            ("E. SẢN XUẤT", Some(NumberingRank::Capital)),
            ("I- Tiền mặt", Some(NumberingRank::Roman)),
            ("1.2.Củ năng", Some(NumberingRank::Number(2))),
            ("8 1.3.Ngô", Some(NumberingRank::Number(2))),
            ("1.2 - Thẻ", Some(NumberingRank::Number(2))),
            ("a, Vốn đầu tư", Some(NumberingRank::Letter)),
            ("  - Diện tích", Some(NumberingRank::Dash)),
            ("+ Trồng trọt", Some(NumberingRank::Plus)),
            ("3 Thu nội địa", None),
            ("13/19 tiêu chí", None),
            ("1.300 hộ", None),
            ("Thu", None),
        ] {
            assert_eq!(label_rank(text), expected, "{text}");
        }
    }

    #[test]
    fn groups_introduce_rows() {
        for (text, is_group) in [
            ("Chia ra:", true),
            ("Trong đó", true),
            ("Phân theo ngành", true),
            ("A. Chia theo khu vực", true),
            ("Trong đó: Nữ", false),
            ("Phân bón", false),
        ] {
            assert_eq!(RowLabel::parse(text, |_| false).is_group(), is_group, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in ".*|([0-9]{1,3}|[IVXa-eA-E])?[-./,)( ]{0,3}[0-9a-z.()=+*¹ ]*") {
            let label = RowLabel::parse(&text, unit::is_usual);
            prop_assert!(text.contains(label.words));
            fold_label(&text);
            fold_label_loosely(&text);
        }
    }
}
