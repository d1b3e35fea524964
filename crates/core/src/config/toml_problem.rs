//! Says in both languages why a text is not TOML or does not fit the settings.
//!
//! Input: an error of the TOML library and the text. Output: a message with line and column. Not here: checks of the
//! settings that TOML does not know.

use crate::library_text::{captures, fill, line_and_column};
use crate::message::{Language, Message};
use crate::msg;

/// Texts of the library: the pattern, then what it means in Vietnamese and English. `*` is any text, `%` a type.
type Known = (&'static str, &'static str, &'static str);

/// What does not fit the settings.
const VALUES: &[Known] = &[
    ("invalid type: %, expected %", "chỗ này cần {1}, nhưng lại ghi {0}", "{1} is needed here, but it is {0}"),
    ("invalid value: %, expected %", "chỗ này cần {1}, nhưng lại ghi {0}", "{1} is needed here, but it is {0}"),
    ("invalid length *, expected *", "chỗ này có {0} giá trị, cần {1}", "there are {0} values here, {1} are needed"),
    (
        "unknown field `*`, expected %",
        "không có khóa \"{0}\" ở đây; dùng được: {1}",
        "there is no key \"{0}\" here; available: {1}",
    ),
    ("unknown field `*`*", "không có khóa \"{0}\" ở đây", "there is no key \"{0}\" here"),
    (
        "unknown variant `*`, expected %",
        "không có giá trị \"{0}\"; dùng được: {1}",
        "there is no value \"{0}\"; available: {1}",
    ),
    ("missing field `*`", "thiếu khóa {0}", "the key {0} is missing"),
    ("duplicate field `*`", "khóa {0} ghi hai lần", "the key {0} occurs twice"),
    ("duplicate key*", "khóa này ghi hai lần", "the key occurs twice"),
    (
        "data did not match any variant of untagged enum *",
        "giá trị này không dùng được ở đây",
        "the value cannot be used here",
    ),
];

/// What is not TOML.
const SYNTAX: &[Known] = &[
    (
        "string values must be quoted*",
        "chữ phải đặt trong dấu nháy thẳng: khóa = \"chữ\"",
        "text must be in straight quotes: key = \"text\"",
    ),
    ("key with no value*", "khóa này chưa có giá trị: viết khóa = giá trị", "the key has no value: write key = value"),
    ("missing value*", "sau dấu = chưa có giá trị", "there is no value after ="),
    ("invalid value*", "giá trị viết sai", "malformed value"),
    (
        "missing assignment between key-value pairs*",
        "thiếu dấu = giữa khóa và giá trị",
        "= is missing between key and value",
    ),
    ("extra `=`*", "thừa dấu =", "extra ="),
    (
        "unclosed array table*",
        "thiếu dấu ]] sau tên bảng: [[tên]]",
        "the name of the table has no closing ]]: [[name]]",
    ),
    ("*array*expected `]`*", "thiếu dấu ] đóng danh sách", "the list has no closing ]"),
    ("unclosed array*", "thiếu dấu ] đóng danh sách", "the list has no closing ]"),
    ("unclosed inline table*", "thiếu dấu } đóng nhóm", "the group has no closing }"),
    ("unclosed table*", "thiếu dấu ] sau tên bảng", "the name of the table has no closing ]"),
    ("missing comma*", "thiếu dấu phẩy giữa hai giá trị", "a comma is missing between two values"),
    ("extra comma*", "thừa dấu phẩy", "extra comma"),
    ("*leading zero*", "con số không bắt đầu bằng chữ số 0", "a number does not begin with 0"),
    (
        "*invalid*string*",
        "chữ chưa đóng dấu nháy, hoặc có ký tự lạ trong dấu nháy",
        "the text is not closed, or has an unexpected character",
    ),
    ("missing opening quote*", "thiếu dấu nháy mở", "the opening quote is missing"),
    (
        "invalid unquoted key*",
        "tên khóa chỉ gồm chữ không dấu, chữ số, - và _",
        "a key has letters without accents, digits, - and _ only",
    ),
    ("unquoted keys cannot be empty*", "thiếu tên khóa trước dấu =", "the key before = is missing"),
    ("invalid key-value pair*", "dòng này không có dạng khóa = giá trị", "the line is not of the form key = value"),
    ("unexpected key or value*", "dòng này còn thừa chữ sau giá trị", "there is more after the value of this line"),
    ("unexpected content*", "dòng này còn thừa chữ", "there is more on this line than expected"),
    ("*number overflowed*", "con số quá lớn", "the number is too large"),
    ("*recursion*", "lồng quá sâu", "nested too deeply"),
];

/// Types of values, as the library names them.
const TYPES: &[Known] = &[
    ("string \"*\"", "chữ \"{0}\"", "the text \"{0}\""),
    ("integer `*`", "số {0}", "the number {0}"),
    ("floating point `*`", "số {0}", "the number {0}"),
    ("boolean `*`", "{0}", "{0}"),
    ("one of *", "{0}", "{0}"),
    ("u*", "một số nguyên không âm", "a whole number, not negative"),
    ("i*", "một số nguyên", "a whole number"),
    ("f*", "một con số", "a number"),
    ("a number*", "một con số", "a number"),
    ("a boolean", "true hoặc false", "true or false"),
    ("a string", "chữ trong dấu nháy: \"…\"", "a text in quotes: \"…\""),
    ("string", "chữ", "a text"),
    ("a sequence", "danh sách [ … ]", "a list [ … ]"),
    ("sequence", "danh sách", "a list"),
    ("a map", "bảng có tên từng mục", "a table with keys"),
    ("map", "bảng", "a table"),
    ("struct *", "bảng có tên từng mục", "a table with keys"),
    ("internally tagged enum *", "bảng có tên từng mục", "a table with keys"),
    ("*datetime*", "ngày dạng năm-tháng-ngày, không có dấu nháy: 2024-09-30", "a date without quotes: 2024-09-30"),
];

/// Returns the message of an error of the TOML library about `text`, with line and column.
pub fn toml_message(error: &toml::de::Error, text: &str) -> Message {
    let place = error.span().map(|span| (span.start, line_and_column(text, span.start)));
    let problem = place.and_then(|(start, _)| foreign_sign(text, start)).unwrap_or_else(|| meaning(error.message()));
    match place {
        Some((_, (line, column))) => at_place(line, column, &with_line(&problem, text, line)),
        None => problem,
    }
}

/// The number of characters of a line that a message quotes.
const MAX_QUOTED: usize = 60;

/// Returns a message with the line that it is about.
fn with_line(message: &Message, text: &str, line: usize) -> Message {
    let written = text.lines().nth(line - 1).unwrap_or_default().trim();
    let quoted: String = written.chars().take(MAX_QUOTED).collect();
    let rest = if quoted.len() < written.len() { "…" } else { "" };
    msg!("{message}; dòng này viết: {quoted}{rest}", "{message}; the line says: {quoted}{rest}", message = *message)
}

/// Returns a message with the place in front.
pub(super) fn at_place(line: usize, column: usize, message: &Message) -> Message {
    msg!("dòng {line}, cột {column}: {message}", "line {line}, column {column}: {message}", message = *message)
}

/// Returns the message for a sign that word processors put in the place of one of TOML.
fn foreign_sign(text: &str, start: usize) -> Option<Message> {
    let rest = text.get(start..)?;
    let sign = rest.chars().find(|sign| !sign.is_ascii())?;
    let is_first = rest.starts_with(sign);
    match sign {
        '“' | '”' | '‘' | '’' | '„' if is_first => Some(Message::new(
            "dấu nháy cong không dùng được; thay bằng dấu nháy thẳng \"",
            "curly quotes cannot be used; replace them with straight quotes \"",
        )),
        '\u{a0}' | '\u{200b}' | '\u{feff}' if is_first => Some(Message::new(
            "có khoảng trắng lạ, thường do chép từ Word; xóa rồi gõ lại",
            "unusual blank, often copied from a word processor; delete it and type it again",
        )),
        _ => None,
    }
}

fn meaning(text: &str) -> Message {
    let text = text.trim();
    let known = VALUES.iter().chain(SYNTAX).find_map(|known| filled(known, text));
    // Our own readers of values write in Vietnamese, with signs that the library does not use.
    let is_own = || !text.is_ascii() && captures("*`*", text).is_none();
    known.unwrap_or_else(|| match text.split_once(" / ") {
        Some((vietnamese, english)) if !vietnamese.is_ascii() => Message::new(vietnamese, english),
        _ if is_own() => Message::verbatim(text),
        _ => msg!("không đọc được dòng này, nguyên văn tiếng Anh: \"{text}\"", "the line cannot be read: \"{text}\""),
    })
}

/// Returns what a known text means, if `text` is of its pattern.
fn filled((pattern, vietnamese, english): &Known, text: &str) -> Option<Message> {
    let kinds = pattern.chars().filter(|sign| matches!(sign, '*' | '%'));
    let parts = captures(&pattern.replace('%', "*"), text)?;
    let parts: Vec<Message> = kinds
        .zip(parts)
        .map(|(kind, part)| if kind == '%' { type_name(part) } else { Message::verbatim(part.replace('`', "")) })
        .collect();
    let in_language = |text: &str, language: Language| {
        fill(text, &parts.iter().map(|part| part.in_language(language)).collect::<Vec<_>>())
    };
    Some(Message::new(in_language(vietnamese, Language::Vietnamese), in_language(english, Language::English)))
}

fn type_name(name: &str) -> Message {
    let is_number = |pattern: &str| matches!(pattern, "u*" | "i*" | "f*");
    let fits = |pattern: &str| {
        !is_number(pattern) || name[1..].bytes().all(|sign| sign.is_ascii_digit()) || name.ends_with("size")
    };
    let found = TYPES.iter().filter(|(pattern, ..)| name.len() > 1 && fits(pattern)).find_map(|known| {
        let (pattern, vietnamese, english) = known;
        let parts = captures(pattern, name)?;
        let parts: Vec<String> = parts.iter().map(|part| part.replace('`', "")).collect();
        Some(Message::new(fill(vietnamese, &parts), fill(english, &parts)))
    });
    found.unwrap_or_else(|| Message::verbatim(name.replace('`', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> String {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        #[expect(dead_code, reason = "only the errors of reading it are of interest")]
        struct Small {
            months: u8,
            #[serde(default)]
            name: String,
            #[serde(default)]
            list: Vec<String>,
            #[serde(default)]
            share: f64,
        }
        let error = toml::from_str::<Small>(text).unwrap_err();
        toml_message(&error, text).vietnamese().to_owned()
    }

    #[test]
    fn every_mistake_is_said_in_vietnamese_with_its_place() {
        for (text, expected) in [
            ("months = \"chín\"", "dòng 1, cột 10: chỗ này cần một số nguyên không âm, nhưng lại ghi chữ \"chín\""),
            ("months = 300", "dòng 1, cột 10: chỗ này cần một số nguyên không âm, nhưng lại ghi số 300"),
            ("months = 9\nname = 5", "dòng 2, cột 8: chỗ này cần chữ trong dấu nháy: \"…\", nhưng lại ghi số 5"),
            ("months = 9\nlist = \"a\"", "dòng 2, cột 8: chỗ này cần danh sách [ … ], nhưng lại ghi chữ \"a\""),
            ("months = 9\nshare = true", "dòng 2, cột 9: chỗ này cần một con số, nhưng lại ghi true"),
            (
                "months = 9\nmonth = 8",
                "dòng 2, cột 1: không có khóa \"month\" ở đây; dùng được: months, name, list, share",
            ),
            ("name = \"a\"", "dòng 1, cột 1: thiếu khóa months"),
            ("months = 9\nname = “a”", "dòng 2, cột 8: dấu nháy cong không dùng được; thay bằng dấu nháy thẳng \""),
            ("months = 9\nname = a", "dòng 2, cột 8: chữ phải đặt trong dấu nháy thẳng: khóa = \"chữ\""),
            ("months = 9\nmonths = 8", "dòng 2, cột 1: khóa này ghi hai lần"),
            ("months 9", "dòng 1, cột 8: "),
            ("months = 9\nlist = [\"a\"", "dòng 2, cột 12: thiếu dấu ] đóng danh sách"),
            ("months = ", "dòng 1, cột "),
            ("months = 9\nname = \"a", "dòng 2, cột "),
        ] {
            let found = table(text);
            assert!(found.starts_with(expected) && !found.contains("nguyên văn"), "{text}: {found}");
        }
    }
}
