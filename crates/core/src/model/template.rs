//! The parser of templates: text with placeholders, clauses, notes, fixed text and settings.
//!
//! Input: the text of a template. Output: its segments, or an error. Not here: the values of placeholders.

use crate::message::{Both, Words, both};
use crate::{say, told_by_words};
use std::str::CharIndices;
use thiserror::Error;

/// A parsed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// In text order.
    pub pieces: Vec<Piece>,
}

/// A segment of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Literal text; contains no digits.
    Words(String),
    /// `{name}`: a value, with its unit unless an option removes it.
    Value(Placeholder),
    /// `{a/b}`: numerator and denominator.
    Fraction(Placeholder, Placeholder),
    /// `{=…}`: fixed text, including digits.
    Fixed(String),
    /// `{@key}`: a dotted key of `tonghop.toml`.
    Setting(String),
    /// `{^name}`: the name of a note among the template's arguments.
    Note(String),
    /// `[…]`: omitted if a value in it is missing.
    Clause(Vec<Piece>),
}

/// A path with its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The names separated by dots: `total`, `attainment`, `annual`.
    pub path: Vec<String>,
    /// The option names in order, each with the value after `=`.
    pub options: Vec<(String, Option<String>)>,
}

impl Placeholder {
    /// Returns whether an option without a value is present.
    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|(name, _)| name == option)
    }

    /// Returns the value of an option.
    pub fn option(&self, option: &str) -> Option<&str> {
        self.options.iter().find(|(name, _)| name == option).and_then(|(_, value)| value.as_deref())
    }

    /// Returns the path as written, joined with dots.
    pub fn written(&self) -> String {
        self.path.join(".")
    }
}

/// A syntax form of templates.
pub struct Form {
    /// The form with placeholder names.
    pub written: &'static str,
    /// What the form prints.
    pub means: Both,
    /// A template in this form, for a sector with indicators `total` (parts `one`, `two`) and `rate`.
    pub example: &'static str,
}

const fn form(written: &'static str, means: Both, example: &'static str) -> Form {
    Form { written, means, example }
}

/// All forms, as listed in the reference; a test runs each example.
pub const FORMS: [Form; 8] = [
    form(
        "{name}",
        both(
            "một giá trị kèm đơn vị tính: một chỉ tiêu (số thực hiện), một chủ đề của phần lời, một giá trị đưa vào",
            "a value with its unit: an indicator (its actual), a topic of the narrative, an argument",
        ),
        "{total}",
    ),
    form(
        "{name.measure.target}",
        both("số liệu hoặc trường khác của nó", "another figure or field of it"),
        "{total.attainment.annual}",
    ),
    form("{name|option}", both("giá trị đó, in theo cách khác", "the value, printed another way"), "{total|bare}"),
    form("{a/b}", both("phân số: hai giá trị, một đơn vị tính", "a fraction: both values, one unit"), "{one/two}"),
    form(
        "{=Nghị quyết 01}",
        both(
            "câu chữ cố định, chỗ duy nhất được viết chữ số; `{=[}` in chính dấu đó",
            "fixed wording, the only place for digits; `{=[}` is the sign itself",
        ),
        "{=Nghị quyết 01}",
    ),
    form("{@period.year}", both("một mục của `tonghop.toml`", "a key of `tonghop.toml`"), "{@period.year}"),
    form(
        "{^name}",
        both(
            "ghi chú cuối trang: dấu đặt ở đây, nội dung ghi trong các giá trị đưa vào",
            "a note: its mark here, its text among the arguments",
        ),
        "{total}{^n}",
    ),
    form(
        "[, đạt {x.attainment} kế hoạch]",
        both("vế câu tự bỏ đi khi một giá trị trong đó chưa có", "a clause that goes when a value in it is missing"),
        "{total}[, đạt {total.attainment}]",
    ),
];

/// The options of a placeholder, with their descriptions.
pub const OPTIONS: [(&str, Both); 6] = [
    (
        "short",
        both(
            "đơn vị viết tắt (trđ); với tăng, giảm thì bỏ \"so với cùng kỳ …\"",
            "a short unit (trđ); of a change, without \"so với cùng kỳ …\"",
        ),
    ),
    ("bare", both("không kèm đơn vị; lời thì bỏ dấu chấm cuối", "without the unit; words without their full stop")),
    ("zero=words", both("in các chữ này khi số liệu bằng không", "these words where the figure is zero")),
    ("missing=words", both("in các chữ này khi chưa có số liệu", "these words where there is no figure")),
    ("decimals=n", both("in bấy nhiêu chữ số thập phân", "this many decimals")),
    (
        "padded=yes",
        both(
            "thêm số không trước số dưới mười; `no`: không thêm",
            "with a zero before numbers below ten; `no`: without",
        ),
    ),
];

/// Returns the names of the options.
fn option_names() -> impl Iterator<Item = &'static str> {
    OPTIONS.iter().map(|(written, _)| written.split('=').next().unwrap_or(written))
}

/// The reason why a template is invalid.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TemplateError {
    /// A digit outside `{…}`.
    StrayDigit(char),
    /// The bracket, `{` or `[`, is not closed.
    Unclosed(char),
    /// The bracket, `}` or `]`, is not opened.
    Unopened(char),
    /// Empty braces.
    Empty,
    /// A name that is empty or contains characters other than letters, digits, `_` and `-`.
    BadName(String),
    /// An unknown option (not one of [`OPTIONS`]), by its name.
    BadOption(String),
}

impl TemplateError {
    /// Returns the reason as a message.
    pub fn words(&self) -> Words {
        match self {
            Self::StrayDigit(digit) => say!(
                "chữ số \"{digit}\" nằm ngoài dấu ngoặc nhọn; số liệu phải lấy từ biểu, còn câu chữ cố định thì viết trong {{=…}}",
                "the digit \"{digit}\" stands outside braces; figures must come from workbooks, and fixed wording is written in {{=…}}"
            ),
            Self::Unclosed(sign) => say!("thiếu dấu đóng \"{sign}\"", "\"{sign}\" is never closed"),
            Self::Unopened(sign) => say!("thừa dấu đóng \"{sign}\"", "\"{sign}\" closes nothing"),
            Self::Empty => Words::new("dấu ngoặc nhọn trống {}", "the braces {} are empty"),
            Self::BadName(name) => say!("tên \"{name}\" không hợp lệ", "\"{name}\" is not a valid name"),
            Self::BadOption(option) => say!(
                "không có tùy chọn \"|{option}\"; các tùy chọn là: {list}",
                "there is no option \"|{option}\"; the options are: {list}",
                list = option_names().collect::<Vec<_>>().join(", ")
            ),
        }
    }
}

impl TemplateError {
    /// Returns how to fix the template.
    pub fn hint(&self) -> Words {
        match self {
            Self::StrayDigit(_) => Words::new(
                "đưa số liệu vào bằng {tên_chỉ_tiêu}; số của văn bản, tên gọi thì viết {=…}",
                "put figures in as {indicator}; write numbers of documents and names as {=…}",
            ),
            Self::Unclosed('[') => Words::new("thêm \"]\" ở cuối vế câu", "add \"]\" at the end of the clause"),
            Self::Unclosed(_) => Words::new("thêm \"}\" sau tên", "add \"}\" behind the name"),
            Self::Unopened(_) => Words::new(
                "xóa dấu thừa; muốn in chính dấu đó thì viết trong {=…}",
                "delete the sign; to print the sign itself, write it in {=…}",
            ),
            Self::Empty => Words::new("viết tên vào giữa hai dấu ngoặc", "write a name between the braces"),
            Self::BadName(_) => Words::new(
                "tên chỉ gồm chữ cái không dấu, chữ số và \"_\"; câu chữ cố định thì viết {=…}",
                "names hold letters without accents, digits and \"_\"; fixed wording is written {=…}",
            ),
            Self::BadOption(_) => Words::new("sửa tên sau dấu \"|\"", "mend the name behind \"|\""),
        }
    }
}

told_by_words!(TemplateError);

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    /// A digit outside `{…}`, an unclosed or unopened bracket, an empty or misspelt placeholder.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut signs = text.char_indices();
        let pieces = pieces(text, &mut signs, false)?;
        Ok(Self { pieces })
    }
}

fn pieces(text: &str, signs: &mut CharIndices<'_>, inside: bool) -> Result<Vec<Piece>, TemplateError> {
    let mut found = Vec::new();
    let mut words = String::new();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '{' => {
                flush(&mut words, &mut found);
                found.push(braces(text, at + 1, signs)?);
            }
            '[' => {
                flush(&mut words, &mut found);
                found.push(Piece::Clause(pieces(text, signs, true)?));
            }
            ']' if inside => {
                flush(&mut words, &mut found);
                return Ok(found);
            }
            '}' | ']' => return Err(TemplateError::Unopened(sign)),
            _ if sign.is_numeric() => return Err(TemplateError::StrayDigit(sign)),
            _ => words.push(sign),
        }
    }
    if inside {
        return Err(TemplateError::Unclosed('['));
    }
    flush(&mut words, &mut found);
    Ok(found)
}

fn flush(words: &mut String, found: &mut Vec<Piece>) {
    if !words.is_empty() {
        found.push(Piece::Words(std::mem::take(words)));
    }
}

/// Parses the text after `{`, up to the next `}`.
fn braces(text: &str, start: usize, signs: &mut CharIndices<'_>) -> Result<Piece, TemplateError> {
    let end = signs.find(|(_, sign)| *sign == '}').ok_or(TemplateError::Unclosed('{'))?.0;
    let inner = &text[start..end];
    if inner.trim().is_empty() {
        return Err(TemplateError::Empty);
    }
    if let Some(fixed) = inner.strip_prefix('=') {
        return Ok(Piece::Fixed(fixed.to_owned()));
    }
    if let Some(key) = inner.strip_prefix('@') {
        return path(key).map(|path| Piece::Setting(path.join(".")));
    }
    if let Some(note) = inner.strip_prefix('^') {
        return name(note).map(Piece::Note);
    }
    let (value, options) = inner.split_once('|').map_or((inner, None), |(value, options)| (value, Some(options)));
    let options = options.map_or_else(|| Ok(Vec::new()), parse_options)?;
    let placeholder = |written: &str| path(written).map(|path| Placeholder { path, options: options.clone() });
    match value.split_once('/') {
        Some((above, below)) => Ok(Piece::Fraction(placeholder(above)?, placeholder(below)?)),
        None => Ok(Piece::Value(placeholder(value)?)),
    }
}

fn parse_options(written: &str) -> Result<Vec<(String, Option<String>)>, TemplateError> {
    written
        .split('|')
        .map(|option| {
            let (name, value) = option.split_once('=').map_or((option, None), |(n, v)| (n, Some(v.to_owned())));
            if option_names().any(|option| option == name.trim()) {
                Ok((name.trim().to_owned(), value))
            } else {
                Err(TemplateError::BadOption(name.trim().to_owned()))
            }
        })
        .collect()
}

fn path(written: &str) -> Result<Vec<String>, TemplateError> {
    written.trim().split('.').map(name).collect()
}

/// Checks a name: ASCII letters, digits and `_` as in Lua, and `-` for settings keys.
fn name(written: &str) -> Result<String, TemplateError> {
    let valid = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !written.is_empty() && written.chars().all(valid) {
        Ok(written.to_owned())
    } else {
        Err(TemplateError::BadName(written.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str) -> Piece {
        Piece::Value(Placeholder { path: path.split('.').map(str::to_owned).collect(), options: vec![] })
    }

    #[test]
    fn every_form_is_read() {
        let template =
            Template::parse("Thu {a}[, đạt {a.attainment.province}]{^n} theo {=NQ 01} năm {@period.year}[ [x]]");
        let expected = vec![
            Piece::Words("Thu ".into()),
            value("a"),
            Piece::Clause(vec![Piece::Words(", đạt ".into()), value("a.attainment.province")]),
            Piece::Note("n".into()),
            Piece::Words(" theo ".into()),
            Piece::Fixed("NQ 01".into()),
            Piece::Words(" năm ".into()),
            Piece::Setting("period.year".into()),
            Piece::Clause(vec![Piece::Words(" ".into()), Piece::Clause(vec![Piece::Words("x".into())])]),
        ];
        assert_eq!(template.unwrap().pieces, expected);
    }

    #[test]
    fn fractions_share_their_options() {
        let Piece::Fraction(above, below) = &Template::parse("{a.actual/a.target.annual|short}").unwrap().pieces[0]
        else {
            panic!("not a fraction");
        };
        assert!(above.has("short") && below.has("short"));
        assert_eq!((above.written().as_str(), below.written().as_str()), ("a.actual", "a.target.annual"));
    }

    #[test]
    fn mistakes_are_named() {
        for (text, error) in [
            ("đạt 5 vụ", TemplateError::StrayDigit('5')),
            ("diện tích m²", TemplateError::StrayDigit('²')),
            ("{a", TemplateError::Unclosed('{')),
            ("[a", TemplateError::Unclosed('[')),
            ("a]", TemplateError::Unopened(']')),
            ("{}", TemplateError::Empty),
            ("{số}", TemplateError::BadName("số".into())),
            ("{a|sort}", TemplateError::BadOption("sort".into())),
        ] {
            assert_eq!(Template::parse(text), Err(error), "{text}");
        }
    }
}
