//! Finds the amounts that a free text states, such as a comment on a cell.
//!
//! Input: a text. Output: its amounts, each with the words around it and how it is used there. Not here: dates, numbers of
//! documents, years, list numbers and the like, which are no amounts; the comparison with a figure; units.
//!
//! What is doubtful is no amount: "3 xã" beside a number of households, "tăng 5", "cùng kỳ 220".

use super::fold::fold;
use super::number::{self, Convention, ParsedNumber};
use std::sync::LazyLock;

/// Longer texts are read up to this many bytes.
const MAX_BYTES: usize = 2_000;
/// The most amounts that are read.
const MAX_AMOUNTS: usize = 20;
/// The most words after a number that are kept.
const MAX_WORDS_AFTER: usize = 4;

/// Words before a number that make it a name, a date or a place: "quý 3", "tổ 5".
const NAMED: [&str; 43] = [
    "tháng",
    "ngày",
    "quý",
    "năm",
    "kỳ",
    "khoản",
    "điều",
    "mục",
    "biểu",
    "phụ lục",
    "lần",
    "dòng",
    "hàng",
    "cột",
    "ô",
    "trang",
    "đợt",
    "giai đoạn",
    "tổ",
    "khu",
    "thôn",
    "bản",
    "ấp",
    "khóm",
    "phường",
    "quận",
    "lớp",
    "nhóm",
    "bước",
    "mẫu",
    "phiếu",
    "tờ",
    "sheet",
    "thứ",
    "đt",
    "sđt",
    "điện thoại",
    "văn bản",
    "qđ",
    "nq",
    "bc",
    "cv",
    "stt",
];
/// Documents, whose number follows "số".
const DOCUMENTS: [&str; 12] = [
    "báo cáo",
    "công văn",
    "quyết định",
    "tờ trình",
    "thông báo",
    "văn bản",
    "kế hoạch",
    "nghị quyết",
    "nghị định",
    "thông tư",
    "biểu",
    "mẫu",
];
/// Words directly before a number that is a change, a part or a difference.
const CHANGES: [&str; 18] = [
    "tăng",
    "giảm",
    "thêm",
    "bớt",
    "tăng thêm",
    "giảm thêm",
    "giảm bớt",
    "thiếu",
    "thừa",
    "chênh",
    "lệch",
    "chênh lệch",
    "dư",
    "có",
    "gồm",
    "riêng",
    "cộng",
    "trừ",
];
/// Words of a clause whose numbers are of something else than the figure.
const OTHER_THINGS: [&str; 24] = [
    "cùng kỳ",
    "năm trước",
    "năm ngoái",
    "tháng trước",
    "quý trước",
    "kỳ trước",
    "kế hoạch",
    "kh",
    "dự toán",
    "chỉ tiêu giao",
    "trong đó",
    "bao gồm",
    "gồm",
    "kể cả",
    "ngoài ra",
    "chưa tính",
    "chưa gồm",
    "chưa kể",
    "chưa bao gồm",
    "không tính",
    "không kể",
    "so với",
    "tỷ lệ",
    "chia ra",
];
/// Words that name the right number.
const CORRECTIONS: [&str; 17] = [
    "đúng",
    "đúng là",
    "chính xác",
    "chính thức",
    "phải là",
    "thực tế",
    "lại là",
    "số mới",
    "đính chính",
    "cập nhật",
    "chốt",
    "lẽ ra",
    "sửa lại",
    "thay bằng",
    "mới đúng",
    "nhập nhầm",
    "điều chỉnh",
];
/// Words that do so directly before the number only: "thành phố" says nothing.
const RESULTS: [&str; 2] = ["thành", "sang"];
/// Words between a number and the next sentence that are no noun: "3.238 là số đúng".
const CONNECTORS: [&str; 14] =
    ["là", "mới", "theo", "chứ", "thì", "nhé", "ạ", "nha", "chưa", "không", "và", "nhưng", "đã", "do"];

/// An amount in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct FreeAmount {
    /// What the digits can mean: one number, or one by each convention.
    pub readings: Vec<ParsedNumber>,
    /// The words after it, as written: the unit and more.
    pub after: Vec<String>,
    /// How the text uses it.
    pub usage: Usage,
}

/// How a text uses an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// The text says that this is the right number.
    Correction,
    /// Nothing says more.
    Plain,
    /// It is of something else: a part, a change, another period.
    Other,
}

impl FreeAmount {
    /// Returns whether the word after it can be a noun that is no known unit: "3 buổi".
    pub fn has_noun(&self) -> bool {
        self.after.first().is_some_and(|word| !CONNECTORS.contains(&&*fold(word)))
    }
}

/// Returns the amounts of a text; `year` is that of the report.
pub fn find(text: &str, year: u16) -> Vec<FreeAmount> {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let mut amounts = Vec::new();
    for line in text.lines() {
        for clause in clauses(line) {
            find_in_clause(clause, line, year, &mut amounts);
        }
    }
    amounts.truncate(MAX_AMOUNTS);
    amounts
}

/// Splits a line at the signs that end a clause; signs between digits belong to a number.
fn clauses(line: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut start = 0;
    let bytes = line.as_bytes();
    for (at, c) in line.char_indices() {
        let is_in_number = at > 0
            && bytes[at - 1].is_ascii_digit()
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && matches!(c, '.' | ',');
        if matches!(c, '.' | ',' | ';' | '(' | ')' | '!' | '?') && !is_in_number {
            clauses.push(&line[start..at]);
            start = at + 1;
        }
    }
    clauses.push(&line[start..]);
    clauses
}

fn find_in_clause(clause: &str, line: &str, year: u16, amounts: &mut Vec<FreeAmount>) {
    let is_first = std::ptr::eq(clause.as_ptr(), line.as_ptr());
    let mut from = 0;
    let mut segment = 0;
    while let Some(start) = clause[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let end = start + number_length(&clause[start..]);
        from = token_end(clause, end);
        let is_list_number = is_first && clause[..start].trim().is_empty() && ends_list_number(line, end);
        let is_alone = from == end && !is_glued(&clause[..start]);
        if is_alone && !is_list_number {
            amounts.extend(read_amount(clause, (segment, start, end), year));
        }
        segment = from;
    }
}

/// Returns whether a number at the start of a line is followed by the sign of a list: "1. ", "2) ".
fn ends_list_number(line: &str, end: usize) -> bool {
    let rest = &line[end..];
    rest.starts_with(['.', ')']) && rest[1..].starts_with(char::is_whitespace)
}

/// Returns whether the text before a number makes it a part of something else: a date, a code.
fn is_glued(before: &str) -> bool {
    let dash = before.strip_suffix(['-', '–']);
    let before = dash.unwrap_or(before);
    let is_sign = |c: char| matches!(c, '/' | '_' | '=' | '#' | ':' | '@' | '.' | ',' | '-');
    let is_text = |c: char| c.is_alphanumeric() || is_sign(c) && (dash.is_some() || c != ':');
    before.ends_with(is_text)
}

/// Returns the length of the number at the start of a text, with groups of three digits after blanks.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits_at = |at: usize| bytes[at.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits_at(0);
    loop {
        let separator = match bytes.get(end) {
            Some(b'.' | b',' | b' ') => 1,
            _ if text[end..].starts_with('\u{a0}') => 2,
            _ => return end,
        };
        let is_blank = !matches!(bytes[end], b'.' | b',');
        let digits = digits_at(end + separator);
        if digits == 0 || is_blank && digits != 3 {
            return end;
        }
        end += separator + digits;
    }
}

/// Returns where the word with a number ends: "15" in "15/NQ-HĐND" does not end at its digits.
fn token_end(clause: &str, end: usize) -> usize {
    let rest = &clause[end..];
    let is_joined = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
    let mut letters = rest.chars();
    match letters.next() {
        Some('/' | '-' | '–' | ':' | '_') if is_joined(letters.next()) => {}
        // "5kg" is a number with its unit, "9h30" is not.
        Some(c) if c.is_alphabetic() => {
            let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            return if word.bytes().any(|b| b.is_ascii_digit()) { end + word.len() } else { end };
        }
        _ => return end,
    }
    end + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

/// Reads the number of a clause; the segment begins after the number before it.
fn read_amount(clause: &str, (segment, start, end): (usize, usize, usize), year: u16) -> Option<FreeAmount> {
    let written = &clause[start..end];
    let is_padded = written.len() > 2 && written.starts_with('0') && written.as_bytes()[1].is_ascii_digit();
    let is_year = written.len() == 4 && written.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
    if is_padded || is_year {
        return None;
    }
    let conventions = [Convention::Vietnamese, Convention::English];
    let mut readings: Vec<ParsedNumber> = conventions.iter().filter_map(|c| number::parse(written, *c)).collect();
    readings.dedup();
    let (before, whole) = (words(&clause[segment..start]), words(clause));
    if readings.is_empty() || NAMES.iter().any(|name| before.ends_with(name)) || is_document(&before) {
        return None;
    }
    let after = clause[end..].split_whitespace().take(MAX_WORDS_AFTER).map(str::to_owned).collect();
    let beside = words(&clause[segment..next_digit(clause, end)]);
    let usage = if CHANGE_WORDS.iter().any(|word| before.ends_with(word)) {
        Usage::Other
    } else if is_correction(&before, &beside) {
        Usage::Correction
    } else if OTHER_WORDS.iter().any(|word| whole.contains(word))
        || before.ends_with(" từ ")
        || names_year(clause, year)
    {
        Usage::Other
    } else {
        Usage::Plain
    };
    Some(FreeAmount { readings, after, usage })
}

fn is_correction(before: &str, beside: &str) -> bool {
    let is_named = CORRECTION_WORDS.iter().any(|word| beside.contains(word)) && !before.ends_with(" từ ");
    is_named || RESULT_WORDS.iter().any(|word| before.ends_with(word))
}

fn next_digit(clause: &str, from: usize) -> usize {
    clause[from..].find(|c: char| c.is_ascii_digit()).map_or(clause.len(), |at| from + at)
}

/// Returns whether a clause names another year than that of the report.
fn names_year(clause: &str, year: u16) -> bool {
    super::lexicon::years(clause).into_iter().any(|named| named != year)
}

fn is_document(before: &str) -> bool {
    let before = before.strip_suffix("số ").unwrap_or_default();
    DOCUMENT_WORDS.iter().any(|document| before.ends_with(document))
}

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| padded(&NAMED));
static DOCUMENT_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| padded(&DOCUMENTS));
static CHANGE_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| padded(&CHANGES));
static OTHER_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| padded(&OTHER_THINGS));
static RESULT_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| padded(&RESULTS));
static CORRECTION_WORDS: LazyLock<Vec<String>> = LazyLock::new(|| padded(&CORRECTIONS));

fn padded(phrases: &[&str]) -> Vec<String> {
    phrases.iter().map(|phrase| words(phrase)).collect()
}

/// Returns the folded words of a text, each between blanks.
fn words(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the amounts as they are compared: the first reading, the usage and the word after it.
    fn found(text: &str) -> Vec<String> {
        let show = |amount: FreeAmount| {
            let after = amount.after.first().map_or(String::new(), |word| format!(" {word}"));
            format!("{} {:?}{after}", amount.readings[0].value, amount.usage)
        };
        find(text, 2024).into_iter().map(show).collect()
    }

    #[test]
    fn amounts_are_found_with_their_use() {
        for (text, expected) in [
            ("Số đúng là 3.238", &["3238 Correction"][..]),
            ("Lan:\n3.238 mới đúng", &["3238 Correction mới"]),
            ("3.238,5 tỷ đồng", &["3238.5 Plain tỷ"]),
            ("172 000 lượt", &["172000 Plain lượt"]),
            ("Thực tế: 45ha", &["45 Correction ha"]),
            ("đã sửa từ 31 thành 32", &["31 Other thành", "32 Correction"]),
            ("- 45 hộ", &["45 Plain hộ"]),
            ("sai, phải là 45", &["45 Correction"]),
            ("theo xã 45?", &["45 Plain"]),
            ("cùng kỳ đạt 220", &["220 Other"]),
            ("Năm 2023 là 220", &["220 Other"]),
            ("Năm 2024 là 220", &["220 Plain"]),
            ("thành phố đón 220", &["220 Plain"]),
            ("KH giao 380 tỷ", &["380 Other tỷ"]),
            ("tăng 5% so với cùng kỳ", &["5 Other %"]),
            ("Gồm: xã A 100", &["100 Other"]),
            ("trong đó nữ 12 người", &["12 Other người"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_amounts() {
        for text in [
            "",
            "đã đối chiếu",
            "Nghị quyết số 15/NQ-HĐND ngày 20/9/2024",
            "Báo cáo số 125 ngày 20.9.2024",
            "số liệu 2024",
            "tháng 9, quý 3 năm 2024",
            "cùng kỳ 220",
            "1. Nguồn: xã\n2) Chi cục",
            "tổ 5, phường 3; lớp 9A; Q3; T9/2024; 9h30; 10:30",
            "đt 0912345678, sđt: 0213.3876543",
            "https://example.vn/?linkid=870924",
            "giai đoạn 2021-2025",
            "họp 2-3 lần, theo mẫu 01/VHTT",
            "Covid-19",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(text in ".*|[0-9 .,/()a-zđốớ\u{a0}-]{0,80}") {
            prop_assert!(find(&text, 2024).len() <= MAX_AMOUNTS);
        }

        #[test]
        fn a_number_alone_is_an_amount(number in "[1-9][0-9]{0,2}([.][0-9]{3}){0,2}(,[0-9])?") {
            let amounts = find(&number, 2024);
            prop_assert_eq!(amounts.len(), 1);
            prop_assert_eq!(Some(amounts[0].readings[0]), number::parse(&number, Convention::Vietnamese));
        }
    }
}
