//! The parser of templates: text with placeholders, clauses, notes, fixed text and settings.
//!
//! Input: the text of a template. Output: its segments, or an error. Not here: the values of placeholders.

use super::measure::MAX_DECIMALS;
use crate::message::{Message, StaticMessage, static_message};
use crate::model::control_characters::{control_character_message, find_control_character};
use crate::{display_as_message, msg};
use std::borrow::Cow;
use std::str::CharIndices;
use thiserror::Error;

/// The maximum number of clauses around a placeholder; also bounds the recursion over the segments of a template.
pub const MAX_CLAUSE_DEPTH: usize = 16;

/// A parsed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// In text order.
    pub segments: Vec<Segment>,
}

/// A segment of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Literal text; contains no digits.
    Literal(String),
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
    /// `{?name}`: a value that must have data; prints nothing.
    Condition(Placeholder),
    /// `[…]`: omitted if a value in it is missing.
    Clause(Vec<Segment>),
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
    pub fn has_option(&self, option: &str) -> bool {
        self.options.iter().any(|(name, _)| name == option)
    }

    /// Returns the value of an option.
    pub fn option_value(&self, option: &str) -> Option<&str> {
        self.options.iter().find(|(name, _)| name == option).and_then(|(_, value)| value.as_deref())
    }

    /// Returns the requested number of decimals, at most [`MAX_DECIMALS`].
    pub fn decimals(&self) -> Option<u32> {
        parse_decimals(self.option_value("decimals"))
    }

    /// Returns the path as written, joined with dots.
    pub fn dotted_path(&self) -> String {
        self.path.join(".")
    }
}

/// A syntax form of templates.
pub struct SyntaxForm {
    /// The form with placeholder names.
    pub syntax: &'static str,
    /// What the form prints.
    pub description: StaticMessage,
    /// A template in this form, for a sector with indicators `total` (parts `one`, `two`) and `rate`.
    pub example: &'static str,
}

const fn syntax_form(syntax: &'static str, description: StaticMessage, example: &'static str) -> SyntaxForm {
    SyntaxForm { syntax, description, example }
}

/// All forms, as listed in the reference; a test runs each example.
pub const SYNTAX_FORMS: [SyntaxForm; 9] = [
    syntax_form(
        "{name}",
        static_message(
            "một giá trị kèm đơn vị tính: một chỉ tiêu (số thực hiện), một chủ đề của phần lời, một giá trị đưa vào",
            "a value with its unit: an indicator (its actual figure), a narrative topic or an argument",
        ),
        "{total}",
    ),
    syntax_form(
        "{name.measure.target}",
        static_message("số liệu hoặc trường khác của nó", "another figure or field of that value"),
        "{total.attainment.annual}",
    ),
    syntax_form(
        "{name|option}",
        static_message("giá trị đó, in theo cách khác", "the value, printed in another way"),
        "{total|bare}",
    ),
    syntax_form(
        "{a/b}",
        static_message("phân số: hai giá trị, một đơn vị tính", "a fraction: two values with one unit"),
        "{one/two}",
    ),
    syntax_form(
        "{=Nghị quyết 01}",
        static_message(
            "câu chữ cố định, chỗ duy nhất được viết chữ số; `{=[}` in chính dấu đó",
            "fixed wording, the only place where digits may be written; `{=[}` prints the bracket itself",
        ),
        "{=Nghị quyết 01}",
    ),
    syntax_form(
        "{@period.year}",
        static_message("một mục của `tonghop.toml`", "a key of `tonghop.toml`"),
        "{@period.year}",
    ),
    syntax_form(
        "{^name}",
        static_message(
            "ghi chú cuối trang: dấu đặt ở đây, nội dung ghi trong các giá trị đưa vào",
            "a footnote: the mark goes here, the text is one of the arguments",
        ),
        "{total}{^n}",
    ),
    syntax_form(
        "[, đạt {x.attainment} kế hoạch]",
        static_message(
            "vế câu tự bỏ đi khi một giá trị trong đó chưa có",
            "a clause that is omitted if a value in it is missing",
        ),
        "{total}[, đạt {total.attainment}]",
    ),
    syntax_form(
        "[{?x} câu chữ]",
        static_message(
            "điều kiện: không in gì; vế câu bỏ đi cùng với giá trị này khi giá trị chưa có",
            "a condition: prints nothing; the clause is omitted together with this value if it is missing",
        ),
        "{total}.[{?rate} Tỷ lệ trên chưa gồm loại khác.]",
    ),
];

/// The options of a placeholder, with their descriptions.
pub const OPTIONS: [(&str, StaticMessage); 6] = [
    (
        "short",
        static_message(
            "đơn vị viết tắt (trđ); với tăng, giảm thì bỏ \"so với cùng kỳ …\"",
            "abbreviate the unit (trđ); for a change, omit \"so với cùng kỳ …\"",
        ),
    ),
    (
        "bare",
        static_message(
            "không kèm đơn vị; lời thì bỏ dấu chấm cuối",
            "omit the unit; for text, omit the final full stop",
        ),
    ),
    ("zero=words", static_message("in các chữ này khi số liệu bằng không", "print these words if the figure is zero")),
    ("missing=words", static_message("in các chữ này khi chưa có số liệu", "print these words if there is no figure")),
    ("decimals=n", static_message("in bấy nhiêu chữ số thập phân", "print this many decimals")),
    (
        "padded=yes",
        static_message(
            "thêm số không trước số dưới mười; `no`: không thêm",
            "print a zero before numbers below ten; `no`: do not",
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
    EmptyBraces,
    /// A name that is empty or contains characters other than letters, digits, `_` and `-`.
    InvalidName(String),
    /// An unknown option (not one of [`OPTIONS`]), by its name.
    UnknownOption(String),
    /// An option, as written, whose value is missing, out of range or not expected, with how it is written.
    InvalidOption(String, StaticMessage),
    /// More than [`MAX_CLAUSE_DEPTH`] clauses inside each other.
    TooDeep,
    /// A control character, which is not printed but can change the text around it.
    ControlCharacter(char),
    /// More than [`MAX_TEMPLATE_BYTES`], given here.
    TooLong(usize),
}

/// The maximum length of a template in bytes: a report has no such paragraph, and parsing takes a multiple of it in memory.
pub const MAX_TEMPLATE_BYTES: usize = 256 * 1024;

impl TemplateError {
    /// Returns the reason as a message.
    pub fn message(&self) -> Message {
        match self {
            Self::StrayDigit(digit) => msg!(
                "chữ số \"{digit}\" nằm ngoài dấu ngoặc nhọn; số liệu phải lấy từ biểu, còn câu chữ cố định thì viết trong {{=…}}",
                "the digit \"{digit}\" is outside braces; figures must come from workbooks, and fixed wording is written as {{=…}}"
            ),
            Self::Unclosed(sign) => msg!("thiếu dấu đóng \"{sign}\"", "unclosed \"{sign}\""),
            Self::Unopened(sign) => msg!("thừa dấu đóng \"{sign}\"", "unmatched \"{sign}\""),
            Self::ControlCharacter(character) => control_character_message(*character),
            Self::TooLong(bytes) => msg!(
                "mẫu câu dài {bytes} byte, quá {MAX_TEMPLATE_BYTES} byte",
                "the template has {bytes} bytes, more than {MAX_TEMPLATE_BYTES}"
            ),
            Self::EmptyBraces => Message::new("dấu ngoặc nhọn trống {}", "the braces {} are empty"),
            Self::InvalidName(name) => msg!("tên \"{name}\" không hợp lệ", "\"{name}\" is not a valid name"),
            Self::UnknownOption(option) => msg!(
                "không có tùy chọn \"|{option}\"; các tùy chọn là: {list}",
                "there is no option \"|{option}\"; the options are: {list}",
                list = option_names().collect::<Vec<_>>().join(", ")
            ),
            Self::InvalidOption(written, expected) => msg!(
                "tùy chọn \"|{written}\" không dùng được: {expected}",
                "the option \"|{written}\" cannot be used: {expected}",
                written = shortened(written),
                expected = Message::from(*expected)
            ),
            Self::TooDeep => msg!(
                "các vế câu […] lồng nhau quá {MAX_CLAUSE_DEPTH} cấp",
                "the clauses […] are nested more than {MAX_CLAUSE_DEPTH} levels deep"
            ),
        }
    }
}

impl TemplateError {
    /// Returns how to fix the template.
    pub fn hint(&self) -> Message {
        match self {
            Self::StrayDigit(_) => Message::new(
                "đưa số liệu vào bằng {tên_chỉ_tiêu}; số của văn bản, tên gọi thì viết {=…}",
                "insert figures as {indicator}; write document numbers and numbers in names as {=…}",
            ),
            Self::Unclosed('[') => Message::new("thêm \"]\" ở cuối vế câu", "add \"]\" at the end of the clause"),
            Self::Unclosed(_) => Message::new("thêm \"}\" sau tên", "add \"}\" after the name"),
            Self::Unopened(_) => Message::new(
                "xóa dấu thừa; muốn in chính dấu đó thì viết trong {=…}",
                "delete the extra bracket; to print the bracket itself, write it in {=…}",
            ),
            Self::EmptyBraces => Message::new("viết tên vào giữa hai dấu ngoặc", "write a name between the braces"),
            Self::InvalidName(_) => Message::new(
                "tên chỉ gồm chữ cái không dấu, chữ số và \"_\"; câu chữ cố định thì viết {=…}",
                "use only letters without accents, digits and \"_\" in names; write fixed wording as {=…}",
            ),
            Self::ControlCharacter(_) => Message::new("bỏ ký tự đó khỏi chuỗi", "remove it from the string"),
            Self::UnknownOption(_) => Message::new("sửa tên sau dấu \"|\"", "correct the name after \"|\""),
            Self::InvalidOption(..) => Message::new("sửa giá trị sau dấu \"|\"", "correct the value after \"|\""),
            Self::TooLong(_) => Message::new("viết thành nhiều đoạn", "write several paragraphs"),
            Self::TooDeep => Message::new(
                "bỏ bớt dấu ngoặc vuông, hoặc viết thành nhiều câu",
                "remove square brackets, or write several sentences",
            ),
        }
    }
}

display_as_message!(TemplateError);

impl Template {
    /// Parses a template. A line break in it, with the blanks around it, is a space: a template is one line of the
    /// report, however the rule file breaks it.
    ///
    /// # Errors
    /// Returns an error if a digit is outside `{…}`, a bracket is unclosed or unopened, clauses are nested too deeply, or
    /// a placeholder is empty, misspelt or has an option that cannot be used.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.len() > MAX_TEMPLATE_BYTES {
            return Err(TemplateError::TooLong(text.len()));
        }
        if let Some(character) = find_control_character(text) {
            return Err(TemplateError::ControlCharacter(character));
        }
        let text = &*in_one_line(text);
        let mut signs = text.char_indices();
        let pieces = parse_segments(text, &mut signs, 0)?;
        Ok(Self { segments: pieces })
    }
}

/// Replaces line breaks and the blanks around them by a space.
fn in_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r']) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(['\n', '\r']).map(|line| line.trim_matches([' ', '\t']));
    Cow::Owned(lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

/// Parses the text of a clause, or of the template at depth 0.
fn parse_segments(text: &str, signs: &mut CharIndices<'_>, depth: usize) -> Result<Vec<Segment>, TemplateError> {
    if depth > MAX_CLAUSE_DEPTH {
        return Err(TemplateError::TooDeep);
    }
    let mut segments = Vec::new();
    let mut words = String::new();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '{' => {
                push_literal(&mut words, &mut segments);
                segments.push(parse_braces(text, at + 1, signs)?);
            }
            '[' => {
                push_literal(&mut words, &mut segments);
                segments.push(Segment::Clause(parse_segments(text, signs, depth + 1)?));
            }
            ']' if depth > 0 => {
                push_literal(&mut words, &mut segments);
                return Ok(segments);
            }
            '}' | ']' => return Err(TemplateError::Unopened(sign)),
            _ if sign.is_numeric() => return Err(TemplateError::StrayDigit(sign)),
            _ => words.push(sign),
        }
    }
    if depth > 0 {
        return Err(TemplateError::Unclosed('['));
    }
    push_literal(&mut words, &mut segments);
    Ok(segments)
}

fn push_literal(literal: &mut String, segments: &mut Vec<Segment>) {
    if !literal.is_empty() {
        segments.push(Segment::Literal(std::mem::take(literal)));
    }
}

/// Parses the text after `{`, up to the next `}`.
fn parse_braces(text: &str, start: usize, signs: &mut CharIndices<'_>) -> Result<Segment, TemplateError> {
    let end = signs.find(|(_, sign)| *sign == '}').ok_or(TemplateError::Unclosed('{'))?.0;
    let inner = &text[start..end];
    if inner.trim().is_empty() {
        return Err(TemplateError::EmptyBraces);
    }
    if let Some(fixed) = inner.strip_prefix('=') {
        return Ok(Segment::Fixed(fixed.to_owned()));
    }
    if let Some(key) = inner.strip_prefix('@') {
        return parse_path(key).map(|path| Segment::Setting(path.join(".")));
    }
    if let Some(condition) = inner.strip_prefix('?') {
        let path = parse_path(condition)?;
        return Ok(Segment::Condition(Placeholder { path, options: Vec::new() }));
    }
    if let Some(note) = inner.strip_prefix('^') {
        return parse_name(note).map(Segment::Note);
    }
    let (value, options) = inner.split_once('|').map_or((inner, None), |(value, options)| (value, Some(options)));
    let options = options.map_or_else(|| Ok(Vec::new()), parse_options)?;
    let placeholder = |written: &str| parse_path(written).map(|path| Placeholder { path, options: options.clone() });
    match value.split_once('/') {
        Some((above, below)) => Ok(Segment::Fraction(placeholder(above)?, placeholder(below)?)),
        None => Ok(Segment::Value(placeholder(value)?)),
    }
}

fn parse_options(written: &str) -> Result<Vec<(String, Option<String>)>, TemplateError> {
    written
        .split('|')
        .map(|option| {
            let (name, value) = option.split_once('=').map_or((option, None), |(n, v)| (n, Some(v.to_owned())));
            if !option_names().any(|option| option == name.trim()) {
                return Err(TemplateError::UnknownOption(name.trim().to_owned()));
            }
            check_option(name.trim(), value.as_deref())
                .map_err(|expected| TemplateError::InvalidOption(option.trim().to_owned(), expected))?;
            Ok((name.trim().to_owned(), value))
        })
        .collect()
}

/// Checks the value of a known option; returns how the option is written if it has another one.
fn check_option(name: &str, value: Option<&str>) -> Result<(), StaticMessage> {
    let (is_usable, expected) = match name {
        "decimals" => (
            parse_decimals(value).is_some(),
            static_message(
                "viết decimals=n với n là một số từ 0 đến 9",
                "write decimals=n, where n is a number from 0 to 9",
            ),
        ),
        "padded" => (
            value.is_some_and(|word| matches!(word.trim(), "yes" | "no")),
            static_message("viết padded=yes hoặc padded=no", "write padded=yes or padded=no"),
        ),
        "zero" | "missing" => {
            (value.is_some(), static_message("viết các chữ cần in sau dấu =", "write the words to print after ="))
        }
        _ => (value.is_none(), static_message("tùy chọn này không có giá trị", "this option has no value")),
    };
    if is_usable { Ok(()) } else { Err(expected) }
}

fn parse_decimals(value: Option<&str>) -> Option<u32> {
    value?.trim().parse().ok().filter(|decimals| *decimals <= MAX_DECIMALS)
}

/// Returns the beginning of a text that a message quotes.
fn shortened(text: &str) -> String {
    const MAX_QUOTED: usize = 40;
    match text.char_indices().nth(MAX_QUOTED) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn parse_path(written: &str) -> Result<Vec<String>, TemplateError> {
    written.trim().split('.').map(parse_name).collect()
}

/// Checks a name: ASCII letters, digits and `_` as in Lua, and `-` for settings keys.
fn parse_name(written: &str) -> Result<String, TemplateError> {
    let valid = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !written.is_empty() && written.chars().all(valid) {
        Ok(written.to_owned())
    } else {
        Err(TemplateError::InvalidName(written.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str) -> Segment {
        Segment::Value(Placeholder { path: path.split('.').map(str::to_owned).collect(), options: vec![] })
    }

    fn condition(path: &str) -> Segment {
        Segment::Condition(Placeholder { path: vec![path.to_owned()], options: vec![] })
    }

    #[test]
    fn every_form_is_read() {
        let template =
            Template::parse("Thu {a}[, đạt {a.attainment.province}]{^n} theo {=NQ 01} năm {@period.year}[ [{?a}x]]");
        let expected = vec![
            Segment::Literal("Thu ".into()),
            value("a"),
            Segment::Clause(vec![Segment::Literal(", đạt ".into()), value("a.attainment.province")]),
            Segment::Note("n".into()),
            Segment::Literal(" theo ".into()),
            Segment::Fixed("NQ 01".into()),
            Segment::Literal(" năm ".into()),
            Segment::Setting("period.year".into()),
            Segment::Clause(vec![
                Segment::Literal(" ".into()),
                Segment::Clause(vec![condition("a"), Segment::Literal("x".into())]),
            ]),
        ];
        assert_eq!(template.unwrap().segments, expected);
    }

    #[test]
    fn a_template_is_one_line() {
        let fixed = |text: &str| Segment::Fixed(text.to_owned());
        for (text, expected) in [
            ("{=a\n# b}", vec![fixed("a # b")]),
            ("{=a \r\n\t b}", vec![fixed("a b")]),
            ("a\n  b {x}\n", vec![Segment::Literal("a b ".into()), value("x")]),
            (" a ", vec![Segment::Literal(" a ".into())]),
        ] {
            assert_eq!(Template::parse(text).unwrap().segments, expected, "{text:?}");
        }
    }

    #[test]
    fn fractions_share_their_options() {
        let Segment::Fraction(above, below) = &Template::parse("{a.actual/a.target.annual|short}").unwrap().segments[0]
        else {
            panic!("not a fraction");
        };
        assert!(above.has_option("short") && below.has_option("short"));
        assert_eq!((above.dotted_path().as_str(), below.dotted_path().as_str()), ("a.actual", "a.target.annual"));
    }

    #[test]
    fn mistakes_are_named() {
        for (text, error) in [
            ("đạt 5 vụ", TemplateError::StrayDigit('5')),
            ("diện tích m²", TemplateError::StrayDigit('²')),
            ("{a", TemplateError::Unclosed('{')),
            ("[a", TemplateError::Unclosed('[')),
            ("a]", TemplateError::Unopened(']')),
            ("{}", TemplateError::EmptyBraces),
            ("{số}", TemplateError::InvalidName("số".into())),
            ("{a|sort}", TemplateError::UnknownOption("sort".into())),
            ("a\u{202e}b", TemplateError::ControlCharacter('\u{202e}')),
            ("{=a\u{1b}b}", TemplateError::ControlCharacter('\u{1b}')),
        ] {
            assert_eq!(Template::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn values_of_options_are_checked() {
        for usable in
            ["decimals=0", "decimals=9", "decimals= 2 ", "padded=yes", "padded=no", "zero=chưa có", "missing="]
        {
            assert!(Template::parse(&format!("{{a|{usable}}}")).is_ok(), "{usable}");
        }
        for wrong in [
            "decimals=10",
            "decimals=70000",
            "decimals=999999999",
            "decimals=99999999999999999999",
            "decimals=-1",
            "decimals=1.5",
            "decimals=",
            "decimals",
            "padded=maybe",
            "padded",
            "zero",
            "missing",
            "short=yes",
            "bare=1",
        ] {
            let error = Template::parse(&format!("{{a|short|{wrong}}}")).unwrap_err();
            assert!(matches!(&error, TemplateError::InvalidOption(written, _) if written == wrong), "{wrong}: {error}");
            assert!(error.to_string().contains(wrong), "{error}");
        }
    }

    #[test]
    fn nesting_has_a_bound() {
        let nested = |depth: usize| Template::parse(&format!("{}{{a}}{}", "[".repeat(depth), "]".repeat(depth)));
        assert!(nested(MAX_CLAUSE_DEPTH).is_ok());
        for depth in [MAX_CLAUSE_DEPTH + 1, 100_000] {
            assert_eq!(nested(depth), Err(TemplateError::TooDeep));
        }
        assert_eq!(Template::parse(&"[".repeat(200_000)), Err(TemplateError::TooDeep));
    }

    #[test]
    fn a_template_has_a_maximum_length() {
        let template = |length: usize| Template::parse(&"a".repeat(length));
        assert!(template(MAX_TEMPLATE_BYTES).is_ok());
        assert_eq!(template(MAX_TEMPLATE_BYTES + 1), Err(TemplateError::TooLong(MAX_TEMPLATE_BYTES + 1)));
    }
}
