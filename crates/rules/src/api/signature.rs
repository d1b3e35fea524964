//! Declares parameters of functions and keys of tables with their types, and checks values against them.
//!
//! Input: the arguments of a call or a table of a declaration. Output: the first mismatch, with parameter or key. Not
//! here: the implementation of functions.
//!
//! The reference page and the editor stubs are generated from the same declarations.

use crate::eval::held_value::HeldValue;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use crate::suggest::did_you_mean;
use mlua::{LuaString, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{Message, StaticMessage};
use tonghop_core::model::control_characters::{control_character_message, find_control_character};
use tonghop_core::model::template::MAX_TEMPLATE_BYTES;
use tonghop_core::msg;

/// The expected type of a parameter or key.
#[derive(Clone, Copy, Debug)]
pub enum ExpectedType {
    Text,
    /// Exactly this string.
    Literal(&'static str),
    /// A template, or rich text that is already filled.
    Template,
    /// A template in which `{it}` is a row.
    RowTemplate,
    /// A list of templates in which `{it}` is a row.
    RowTemplateList,
    /// The arguments of a template, in addition to the members of the sector: values and further templates by name.
    TemplateArguments,
    /// A finite number.
    Number,
    /// An integer that is not negative.
    Integer,
    Boolean,
    /// A function, with its type for lua-language-server.
    Function(&'static str),
    /// An indicator, a figure or a number.
    Figure,
    /// An indicator.
    Indicator,
    /// Text written by departments.
    TextCells,
    /// Several values: a table of them, the parts of an indicator, or rows of an open table.
    Rows,
    /// A list of strings.
    StringList,
    /// A list of two numbers, the lower one first.
    NumberPair,
    /// A table with names that the rule chooses; contains the value type for lua-language-server.
    Map(&'static str),
    /// A table with the keys of this schema.
    Table(&'static TableSchema),
    /// A declaration; its keys are checked by the reader, which knows their lines.
    Declaration(&'static TableSchema),
    /// Any of several types.
    OneOf(&'static [ExpectedType]),
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub name: &'static str,
    pub kind: ExpectedType,
    pub is_optional: bool,
}

/// Declares a required parameter.
pub(crate) const fn required(name: &'static str, kind: ExpectedType) -> Param {
    Param { name, kind, is_optional: false }
}

/// Declares an optional parameter.
pub(crate) const fn optional(name: &'static str, kind: ExpectedType) -> Param {
    Param { name, kind, is_optional: true }
}

/// The parameters of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Params {
    /// Positional parameters.
    Fixed(&'static [Param]),
    /// One or more arguments of the same type, or a table of them.
    Variadic(Param),
}

/// No parameters.
pub(crate) const NO_PARAMS: Params = Params::Fixed(&[]);

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct KeySpec {
    pub name: &'static str,
    pub kind: ExpectedType,
    pub doc: StaticMessage,
    pub is_required: bool,
}

/// Declares an optional key.
pub(crate) const fn optional_key(name: &'static str, kind: ExpectedType, doc: StaticMessage) -> KeySpec {
    KeySpec { name, kind, doc, is_required: false }
}

/// Declares a required key.
pub(crate) const fn required_key(name: &'static str, kind: ExpectedType, doc: StaticMessage) -> KeySpec {
    KeySpec { name, kind, doc, is_required: true }
}

/// The schema of a table: its keys and their types.
#[derive(Debug)]
pub struct TableSchema {
    /// Its name in the stubs and the reference.
    pub name: &'static str,
    pub doc: StaticMessage,
    pub keys: &'static [KeySpec],
    /// The entry at index 1, which has no key.
    pub positional: Option<KeySpec>,
    /// Whether further keys are allowed, as arguments of templates.
    pub allows_other_keys: bool,
}

/// A value that does not fit its declaration: the location in the value and the reason.
#[derive(Debug)]
pub struct TypeMismatch {
    /// The key, if the mismatch is at a key of a table.
    pub key: Option<String>,
    pub message: Message,
    pub hint: Option<Message>,
}

impl TypeMismatch {
    fn without_key(message: Message) -> Self {
        Self { key: None, message, hint: None }
    }
}

impl Params {
    /// Checks the arguments of a call.
    ///
    /// # Errors
    /// Returns the first argument that is missing, of the wrong type or superfluous.
    pub(crate) fn check(&self, arguments: &MultiValue) -> Result<(), TypeMismatch> {
        match self {
            Self::Variadic(param) if arguments.is_empty() => Err(missing_argument(param)),
            // The function checks the values one by one as it reads them, as for a table of them.
            Self::Variadic(_) => Ok(()),
            Self::Fixed(params) => {
                if let Some(extra) = arguments.iter().skip(params.len()).find(|value| !value.is_nil()) {
                    let message =
                        msg!("thừa một tham số ({kind})", "one argument too many ({kind})", kind = type_of(extra));
                    return Err(TypeMismatch::without_key(message));
                }
                let nil = LuaValue::Nil;
                params.iter().enumerate().try_for_each(|(at, param)| param.check(arguments.get(at).unwrap_or(&nil)))
            }
        }
    }

    /// Returns the parameters.
    pub(crate) fn as_slice(&self) -> &[Param] {
        match self {
            Self::Fixed(params) => params,
            Self::Variadic(param) => std::slice::from_ref(param),
        }
    }
}

fn missing_argument(param: &Param) -> TypeMismatch {
    TypeMismatch::without_key(msg!(
        "thiếu tham số {name}: cần {kind}",
        "missing argument {name}: expected {kind}",
        name = param.name,
        kind = param.kind.title()
    ))
}

impl Param {
    fn check(&self, value: &LuaValue) -> Result<(), TypeMismatch> {
        match (value, self.kind) {
            (LuaValue::Nil, _) if self.is_optional => Ok(()),
            (LuaValue::Nil, _) => Err(missing_argument(self)),
            (LuaValue::Table(table), ExpectedType::Table(shape)) => shape.check(table),
            _ if self.kind.accepts(value) => Ok(()),
            _ => Err(TypeMismatch::without_key(msg!(
                "tham số {name} phải là {kind}, nhưng nhận được {given}",
                "the argument {name} must be {kind}, but got {given}",
                name = self.name,
                kind = self.kind.title(),
                given = type_of(value)
            ))),
        }
    }
}

impl TableSchema {
    /// Checks the keys of a table and the types of their values; nested tables are checked by their reader.
    ///
    /// # Errors
    /// Returns a key of the wrong type, or else the first unknown key by name, or else the first missing key.
    pub fn check(&self, table: &Table) -> Result<(), TypeMismatch> {
        let mut unknown: Vec<String> = Vec::new();
        for pair in table.pairs::<LuaValue, LuaValue>() {
            let (name, value) =
                pair.map_err(|error| TypeMismatch::without_key(Message::verbatim(error.to_string())))?;
            match (&name, &self.positional) {
                (LuaValue::Integer(1), Some(first)) => first.check(&value)?,
                (LuaValue::String(name), _) => {
                    let name = name.to_string_lossy();
                    match self.keys.iter().find(|key| key.name == name) {
                        Some(key) => key.check(&value)?,
                        None if self.allows_other_keys || is_host_key(&name) => {}
                        None => unknown.push(name),
                    }
                }
                _ => unknown.push(format_key(&name)),
            }
        }
        if let Some(name) = unknown.into_iter().min() {
            let known: Vec<String> = self.keys.iter().map(|key| key.name.to_owned()).collect();
            let message = msg!("không có mục \"{name}\" ở đây", "there is no key \"{name}\" here");
            let hint = Some(if name.starts_with('[') { name_required_hint() } else { did_you_mean(&name, &known) });
            return Err(TypeMismatch { key: Some(name), message, hint });
        }
        let absent =
            |key: &&KeySpec| key.is_required && table.raw_get(key.name).is_ok_and(|value: LuaValue| value.is_nil());
        match self.keys.iter().find(absent) {
            Some(KeySpec { name, .. }) => {
                Err(TypeMismatch::without_key(msg!("thiếu mục {name}", "the key {name} is missing")))
            }
            None => Ok(()),
        }
    }
}

fn name_required_hint() -> Message {
    Message::new(
        "mỗi giá trị ở đây cần một tên, với một dấu =: tên = giá trị",
        "each value here needs a name and a single =: name = value",
    )
}

/// Returns whether the host itself set the key.
fn is_host_key(name: &str) -> bool {
    name.starts_with('(')
}

impl KeySpec {
    fn check(&self, value: &LuaValue) -> Result<(), TypeMismatch> {
        if self.kind.accepts(value) {
            return Ok(());
        }
        let message = msg!(
            "mục {name} phải là {kind}, nhưng nhận được {given}",
            "the key {name} must be {kind}, but got {given}",
            name = self.name,
            kind = self.kind.title(),
            given = type_of(value)
        );
        Err(TypeMismatch { key: Some(self.name.to_owned()), message, hint: None })
    }
}

impl ExpectedType {
    /// Returns whether a value is of this type.
    pub fn accepts(self, value: &LuaValue) -> bool {
        match self {
            Self::Text | Self::RowTemplate => {
                let is_printable = |text: &str| find_control_character(text).is_none();
                matches!(value, LuaValue::String(text) if !is_too_long(text) && text.to_str().is_ok_and(|text| is_printable(&text)))
            }
            Self::Literal(word) => value.as_string().is_some_and(|text| text == word),
            Self::Template => Self::Text.accepts(value) || matches!(value, LuaValue::UserData(_)),
            Self::Number => finite_number(value).is_some(),
            Self::Integer => finite_number(value).is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
            Self::Boolean => value.is_boolean(),
            Self::Function(_) => value.is_function(),
            Self::Figure => finite_number(value).is_some() || matches!(value, LuaValue::UserData(_)),
            Self::Indicator => is_rule_value(value, |value| value.lua_type() == LuaType::Indicator),
            Self::TextCells => is_rule_value(value, |value| matches!(value, RuleValue::TextCells(_))),
            Self::Rows => matches!(value, LuaValue::Table(_) | LuaValue::UserData(_)),
            Self::StringList | Self::NumberPair | Self::RowTemplateList | Self::Map(_) | Self::TemplateArguments => {
                value.is_table()
            }
            Self::Table(_) | Self::Declaration(_) => value.is_table(),
            Self::OneOf(kinds) => kinds.iter().any(|kind| kind.accepts(value)),
        }
    }

    /// Returns the name of the type in messages.
    pub fn title(self) -> Message {
        let (vietnamese, english) = match self {
            Self::Text => ("một chuỗi ký tự", "a string"),
            Self::Literal(word) => return msg!("\"{word}\"", "\"{word}\""),
            Self::Template | Self::RowTemplate => ("một mẫu câu", "a template"),
            Self::RowTemplateList => ("một danh sách mẫu câu { \"…\", \"…\" }", "a list of templates { \"…\", \"…\" }"),
            Self::Number => ("một con số", "a number"),
            Self::Integer => ("một số nguyên không âm", "a non-negative whole number"),
            Self::Boolean => ("true hoặc false", "true or false"),
            Self::Function(_) => ("một hàm", "a function"),
            Self::Figure => ("một chỉ tiêu, số liệu hoặc con số", "an indicator, a figure or a number"),
            Self::Indicator => ("một chỉ tiêu", "an indicator"),
            Self::TextCells => (
                "phần lời của đơn vị (d.causes[i.id], r.cause)",
                "text written by departments (d.causes[i.id], r.cause)",
            ),
            Self::Rows => (
                "một danh sách, .parts của chỉ tiêu, hoặc các dòng của bảng mở",
                "a list, the .parts of an indicator, or rows of an open table",
            ),
            Self::StringList => ("một danh sách chuỗi { \"…\", \"…\" }", "a list of strings { \"…\", \"…\" }"),
            Self::NumberPair => ("hai con số { thấp, cao }", "two numbers { low, high }"),
            Self::Map(_) | Self::TemplateArguments => ("một bảng { tên = … }", "a table { name = … }"),
            Self::Table(shape) | Self::Declaration(shape) => {
                return msg!("một bảng {keys}", "a table {keys}", keys = shape.usage());
            }
            Self::OneOf(kinds) => {
                let either = |one: Message, other: Message| {
                    msg!("{one} hoặc {other}", "{one} or {other}", one = one, other = other)
                };
                return kinds.iter().map(|kind| kind.title()).reduce(either).unwrap_or_else(|| Message::new("", ""));
            }
        };
        Message::new(vietnamese, english)
    }
}

impl TableSchema {
    /// Returns the keys as in a call: `{ indicator, text = …, cause = … }`.
    pub fn usage(&self) -> String {
        let first = self.positional.iter().map(|key| key.name.to_owned());
        let named = self.keys.iter().take(4).map(|key| format!("{} = …", key.name));
        let more = (self.keys.len() > 4).then(|| "…".to_owned());
        format!("{{ {} }}", first.chain(named).chain(more).collect::<Vec<_>>().join(", "))
    }
}

fn finite_number(value: &LuaValue) -> Option<f64> {
    match value {
        LuaValue::Integer(number) => Some(*number as f64),
        LuaValue::Number(number) => Some(*number).filter(|number| number.is_finite()),
        _ => None,
    }
}

fn is_rule_value(value: &LuaValue, fits: impl Fn(&RuleValue) -> bool) -> bool {
    let LuaValue::UserData(data) = value else { return false };
    data.borrow::<HeldValue>().is_ok_and(|held| fits(&held.value))
}

/// Returns the name of a value's type in messages.
pub(crate) fn type_of(value: &LuaValue) -> Message {
    match value {
        LuaValue::UserData(data) => data.borrow::<HeldValue>().map_or_else(
            |_| Message::new("một giá trị lạ", "a value of an unknown type"),
            |v| v.value.lua_type().title(),
        ),
        LuaValue::Number(number) if !number.is_finite() => Message::verbatim(number.to_string()),
        LuaValue::String(text) if is_too_long(text) => {
            let length = text.as_bytes().len();
            msg!("một chuỗi dài {length} byte", "a string of {length} bytes")
        }
        LuaValue::String(text) => match find_control_character(&text.to_string_lossy()) {
            Some(character) => control_character_message(character),
            None => Message::verbatim(value.type_name()),
        },
        _ => Message::verbatim(value.type_name()),
    }
}

/// Returns whether a string is longer than a template may be: no text of a report is, and the host would copy it.
fn is_too_long(text: &LuaString) -> bool {
    text.as_bytes().len() > MAX_TEMPLATE_BYTES
}

/// Formats a key that is not a string.
fn format_key(key: &LuaValue) -> String {
    match key {
        LuaValue::Integer(number) => format!("[{number}]"),
        LuaValue::Number(number) => format!("[{number}]"),
        other => format!("[{}]", other.type_name()),
    }
}
