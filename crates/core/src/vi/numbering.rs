//! Parses the numbering of rows: in a cell of its own (STT), or before a label.
//!
//! Input: the text of a cell. Output: the numbering as typed, its rank and its value, and the text after it. Not here:
//! the other parts of a label, the hierarchy that follows from ranks.

use super::fold::is_letter;
use super::syllable::is_syllable;

/// The depth of a kind of numbering; the smallest is the outermost.
///
/// Forms use the kinds in this order and skip those they do not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberingRank {
    /// A, B, C
    Capital,
    /// I, II, III
    Roman,
    /// 1 at depth 1, 1.1 at depth 2
    Number(usize),
    /// a), b)
    Letter,
    /// A dash or a dot.
    Dash,
    /// A plus sign.
    Plus,
    /// A star.
    Star,
    /// No numbering.
    Plain,
}

/// The numbering of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbering<'t> {
    /// The numbering as typed, with its signs: "IV -", "(1)".
    pub text: &'t str,
    /// Its depth.
    pub rank: NumberingRank,
    /// Whether a sign shows that it is numbering: "3. Thu" does, "3 Thu" does not.
    pub is_certain: bool,
    /// The numbering without its signs; empty for a bullet.
    core: &'t str,
}

impl Numbering<'_> {
    /// Returns the value: Roman steps as numbers ("I.2.a" is "1.2.a"); `None` for a bullet.
    pub fn value(&self) -> Option<String> {
        // A single "i" is the letter.
        let step = |step: &str| match roman_value(step) {
            Some(number) if step.len() > 1 || step.starts_with(char::is_uppercase) => number.to_string(),
            _ => step.to_owned(),
        };
        (!self.core.is_empty()).then(|| self.core.split('.').map(step).collect::<Vec<_>>().join("."))
    }
}

/// Bullets of list items, with their rank.
const BULLETS: [(&str, NumberingRank); 4] = [
    ("-‐‑‒–—―−", NumberingRank::Dash),
    ("•·▪●○►", NumberingRank::Dash),
    ("+", NumberingRank::Plus),
    ("*", NumberingRank::Star),
];
/// Dashes between a numbering and its label.
const DASHES: [char; 4] = ['-', '–', '—', '−'];
/// Words before a number that only number a part of a form, in lower case.
const PART_WORDS: [&str; 3] = ["mục", "phần", "chương"];
/// Letters that number rows: those before "o", without the vowels that only occur in words.
const ENUMERATORS: &str = "abcdđeghiklmn";
/// The most characters of an STT cell.
const MAX_ORDER_CHARS: usize = 16;

/// Returns the rank of an STT cell; `None` if it contains no numbering.
pub fn parse_order_cell(text: &str) -> Option<NumberingRank> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_ORDER_CHARS {
        return None;
    }
    let is_short = text.chars().count() <= 2;
    if let Some(bullet) = parse_bullet(text).filter(|_| is_short) {
        return Some(bullet.rank);
    }
    let bare = text.trim_start_matches('(').trim_end_matches(['.', ')', ' ', ':', ',', '/', ';']);
    let bare = bare.trim_end_matches(DASHES).trim_end();
    let is_count = bare.len() <= 3 && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
    if is_count {
        return Some(NumberingRank::Number(1));
    }
    (core_len(bare) == Some(bare.len())).then(|| core_rank(bare))
}

/// Separates the numbering at the start of a text from the rest, which is not empty; `None` if there is none.
///
/// A number that belongs to the text is no numbering: "13/19 tiêu chí", "1.300 hộ", "4 tháng", "3G".
pub fn split_numbering(text: &str) -> Option<(Numbering<'_>, &str)> {
    let text = text.trim_start();
    let (numbering, rest) = parse_bullet(text)
        .map(|bullet| (bullet, &text[bullet.text.len()..]))
        .or_else(|| split_bracketed(text))
        .or_else(|| split_part(text))
        .or_else(|| split_enumerator(text))?;
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some((numbering, rest))
}

fn parse_bullet(text: &str) -> Option<Numbering<'_>> {
    let first = text.chars().next()?;
    let (_, rank) = BULLETS.iter().find(|(signs, _)| signs.contains(first))?;
    Some(Numbering { text: &text[..first.len_utf8()], rank: *rank, is_certain: true, core: "" })
}

/// Splits "(1)", "(a)" or "(iv)".
fn split_bracketed(text: &str) -> Option<(Numbering<'_>, &str)> {
    let (core, rest) = text.strip_prefix('(')?.split_once(')')?;
    let core = core.trim();
    (core_len(core) == Some(core.len())).then(|| certain(text, rest, core)).filter(|_| !core.is_empty())
}

/// Splits "Mục 2:" or "PHẦN I.".
fn split_part(text: &str) -> Option<(Numbering<'_>, &str)> {
    let (word, after) = text.split_once(' ')?;
    let core = &after[..core_len(after)?];
    let rest = after[core.len()..].trim_start();
    let rest = rest.strip_prefix(['.', ':', ')', '/']).or_else(|| rest.strip_prefix(DASHES))?;
    let is_part = PART_WORDS.contains(&word.to_lowercase().as_str()) && !rest.starts_with(|c: char| c.is_ascii_digit());
    is_part.then(|| certain(text, rest, core))
}

fn certain<'t>(text: &'t str, rest: &str, core: &'t str) -> (Numbering<'t>, &'t str) {
    let (before, rest) = text.split_at(text.len() - rest.len());
    (Numbering { text: before.trim_end(), rank: core_rank(core), is_certain: true, core }, rest)
}

/// Splits "1.", "1.2.", "a)", "iv.", "I-", "A/", "a,", "1/", "3a." and, if a blank follows, "5.1" and "3".
fn split_enumerator(text: &str) -> Option<(Numbering<'_>, &str)> {
    let (core, after) = text.split_at(core_len(text)?);
    let is_dotted = core.contains('.');
    if let Some(rest) = sign_rest(core, after) {
        return Some(certain(text, rest, core));
    }
    let rest = after.strip_prefix(' ').filter(|_| is_usual(core)).map(str::trim_start)?;
    // After "1.2", a dash is the bullet of the item.
    let is_item = is_dotted && rest.starts_with(|c: char| BULLETS.iter().any(|(signs, _)| signs.contains(c)));
    let is_before_item = begins_with_sign(rest);
    let begins = rest.starts_with(|c: char| c.is_uppercase() || is_opening_quote(c)) || is_before_item;
    let is_certain = is_dotted && (begins || is_item) || is_before_item;
    (is_certain || is_dotted && rest.starts_with(is_letter) || begins && may_be_bare(core, rest))
        .then(|| (Numbering { text: core, rank: core_rank(core), is_certain, core }, rest))
}

/// Returns whether a text starts with numbering that a sign shows: the order of a row before the number of its item.
fn begins_with_sign(text: &str) -> bool {
    let sign = |len: usize| sign_rest(&text[..len], &text[len..]).is_some();
    core_len(text).is_some_and(sign)
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '“' | '"' | '\'' | '‘')
}

/// Returns whether a number or letter without any sign can be numbering: not in "XI MĂNG", where it is a word.
fn may_be_bare(core: &str, rest: &str) -> bool {
    // No word has "ii".
    let is_word = core.len() > 1 && core.chars().all(is_letter) && !core.contains("II") && is_syllable(core);
    let is_shouted = !rest.contains(char::is_lowercase);
    !(is_word && is_shouted)
}

/// Returns the text after the sign that ends a numbering, if there is one.
fn sign_rest<'t>(core: &str, after: &'t str) -> Option<&'t str> {
    let is_single_letter = core.chars().all(is_letter);
    let spaced = after.trim_start();
    let is_apart = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    let words = |rest: &&str| !rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && !is_list(rest);
    if let Some(rest) = after.strip_prefix(')') {
        return Some(rest);
    }
    if let Some(rest) = after.strip_prefix('.') {
        // "S.lượng" abbreviates a word, and so does "T.Ư".
        let is_glued = is_single_letter && !is_apart(rest) && !starts_with_capitalised_word(rest);
        return Some(rest).filter(|rest| !is_glued && !rest.starts_with(|c: char| c.is_ascii_digit()));
    }
    if !is_usual(core) {
        return None;
    }
    if let Some(rest) = after.strip_prefix([',', '/', ':']) {
        let is_clear = is_apart(rest) || after.starts_with('/') && starts_with_capitalised_word(rest);
        return Some(rest).filter(words).filter(|rest| is_clear && !rest.trim().is_empty());
    }
    // "1.2 - Thẻ" is the number 1.2 with a bullet.
    let rest = spaced.strip_prefix(DASHES)?;
    let is_clear =
        is_apart(rest) || spaced.len() == after.len() && !is_single_letter && starts_with_capitalised_word(rest);
    let is_bullet = spaced.len() < after.len() && core.contains('.');
    Some(rest).filter(words).filter(|rest| is_clear && !is_bullet && !rest.trim().is_empty())
}

/// Returns whether a text goes on a list of numbers or letters: ", B: tổng" after "A", ", III" after "II".
fn is_list(rest: &str) -> bool {
    let rest = rest.trim_start();
    core_len(rest).is_some_and(|len| rest[len..].trim_start().starts_with([',', ':', '/', '-', '–']))
}

fn starts_with_capitalised_word(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(is_letter)
}

/// Returns the length of the numbering at the start, without signs: steps separated by dots, each a number of one or
/// two digits, a letter or a Roman numeral ("3a", "I.2.a"). Three digits after a dot are a thousand.
fn core_len(text: &str) -> Option<usize> {
    let mut length = step_len(text)?;
    while let Some(more) = text[length..].strip_prefix('.').and_then(later_step_len) {
        length += 1 + more;
    }
    let rest = &text[length..];
    let is_longer_number = rest.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
    (!is_longer_number && !rest.starts_with(|c: char| is_letter(c) || c.is_ascii_digit())).then_some(length)
}

fn step_len(text: &str) -> Option<usize> {
    let run = text.find(|c| !is_letter(c)).unwrap_or(text.len());
    if run == 0 {
        return number_len(text);
    }
    let word = &text[..run];
    (roman_value(word).is_some() || word.chars().count() == 1).then_some(run)
}

/// Returns whether the first step numbers rows without a bracket or a dot after it: no other letter does.
fn is_usual(core: &str) -> bool {
    let first = core.split('.').next().unwrap_or_default();
    !first.starts_with(is_letter) || roman_value(first).is_some() || ENUMERATORS.contains(&first.to_lowercase())
}

/// Returns the length of a step after a dot: a number, a small letter, or a Roman numeral of several letters.
fn later_step_len(text: &str) -> Option<usize> {
    let run = text.find(|c| !is_letter(c)).unwrap_or(text.len());
    let word = &text[..run];
    let is_letter_step = word.chars().count() == 1 && word.starts_with(char::is_lowercase);
    let is_roman = word.len() > 1 && word.starts_with(char::is_uppercase) && roman_value(word).is_some();
    if run == 0 { number_len(text) } else { (is_letter_step || is_roman).then_some(run) }
}

/// Returns the length of one or two digits, and of the small letter directly after them.
fn number_len(text: &str) -> Option<usize> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut after = text[digits..].chars();
    let letter = after.next().filter(|c| c.is_lowercase() && ENUMERATORS.contains(*c));
    let is_word = after.next().is_some_and(|c| is_letter(c) || c.is_ascii_digit());
    (1..=2).contains(&digits).then(|| digits + letter.filter(|_| !is_word).map_or(0, char::len_utf8))
}

fn core_rank(core: &str) -> NumberingRank {
    let steps: Vec<&str> = core.split('.').collect();
    let numbers = steps.iter().filter(|step| step.starts_with(|c: char| c.is_ascii_digit())).count();
    match steps.as_slice() {
        // "I.1", "A.2": the prefix does not count as a step.
        [first, .., last] if numbers > 0 && !first.starts_with(|c: char| c.is_ascii_digit()) => {
            if last.starts_with(is_letter) { NumberingRank::Letter } else { NumberingRank::Number(numbers) }
        }
        _ if numbers > 0 => NumberingRank::Number(steps.len()),
        [.., last] if last.starts_with(char::is_lowercase) => NumberingRank::Letter,
        [.., last] if roman_value(last).is_some() => NumberingRank::Roman,
        _ => NumberingRank::Capital,
    }
}

/// Returns the value of a Roman numeral below 40, in capitals or in small letters.
fn roman_value(word: &str) -> Option<u32> {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let is_small = word.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    if !is_small && !word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) {
        return None;
    }
    let capitals = word.to_ascii_uppercase();
    let tens = capitals.bytes().take_while(|b| *b == b'X').count();
    let ones = UNITS.iter().position(|unit| *unit == &capitals[tens..]).filter(|ones| tens <= 3 && tens + ones > 0)?;
    u32::try_from(tens * 10 + ones).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberingRank::{Capital, Dash, Letter, Number, Plus, Roman, Star};

    #[test]
    fn order_cells_have_their_rank() {
        for (text, expected) in [
            ("A", Some(Capital)),
            ("II.", Some(Roman)),
            ("IV-", Some(Roman)),
            ("XIX", Some(Roman)),
            ("1", Some(Number(1))),
            ("120", Some(Number(1))),
            ("1/", Some(Number(1))),
            ("(2)", Some(Number(1))),
            ("1.2.", Some(Number(2))),
            ("I.1", Some(Number(1))),
            ("I.2.a", Some(Letter)),
            ("3a", Some(Number(1))),
            ("b)", Some(Letter)),
            ("đ", Some(Letter)),
            ("-", Some(Dash)),
            ("+", Some(Plus)),
            ("*", Some(Star)),
            ("o", Some(Letter)),
            ("Tổng số", None),
            ("1.234,5", None),
            ("2024", None),
            ("", None),
        ] {
            assert_eq!(parse_order_cell(text), expected, "{text}");
        }
    }

    #[test]
    fn numbering_has_a_rank_and_a_value() {
        for (text, typed, rank, value, rest) in [
            ("E. SẢN XUẤT", "E.", Capital, Some("E"), "SẢN XUẤT"),
            ("1.2.Củ năng", "1.2.", Number(2), Some("1.2"), "Củ năng"),
            ("IX. Thu khác", "IX.", Roman, Some("9"), "Thu khác"),
            ("XIV - Chi khác", "XIV -", Roman, Some("14"), "Chi khác"),
            ("II.3.b Thu phí", "II.3.b", Letter, Some("2.3.b"), "Thu phí"),
            ("a) Vốn đầu tư", "a)", Letter, Some("a"), "Vốn đầu tư"),
            ("i) Vốn vay", "i)", Letter, Some("i"), "Vốn vay"),
            ("  – Diện tích", "–", Dash, None, "Diện tích"),
            ("+ Trồng trọt", "+", Plus, None, "Trồng trọt"),
            ("Phần II: Chi", "Phần II:", Roman, Some("2"), "Chi"),
        ] {
            let (numbering, after) = split_numbering(text).unwrap();
            let found = (numbering.text, numbering.rank, numbering.value(), after);
            assert_eq!(found, (typed, rank, value.map(str::to_owned), rest), "{text}");
        }
    }

    #[test]
    fn roman_numerals_are_written_one_way() {
        for (word, value) in [
            ("I", Some(1)),
            ("iv", Some(4)),
            ("IX", Some(9)),
            ("XIX", Some(19)),
            ("XXIV", Some(24)),
            ("XXXIX", Some(39)),
        ] {
            assert_eq!(roman_value(word), value, "{word}");
        }
        for word in ["", "IIII", "VV", "Vi", "IXI", "XXXX", "C"] {
            assert_eq!(roman_value(word), None, "{word}");
        }
    }
}
