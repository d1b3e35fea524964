//! Declares parameters of functions and keys of tables with their types, and checks values against them.
//!
//! Input: the arguments of a call or a table of a declaration. Output: the first mismatch, with parameter or key. Not
//! here: the implementation of functions.
//!
//! The reference page and the editor stubs are generated from the same declarations.

use crate::eval::owner::Owner;
use crate::eval::value::Value;
use crate::suggest::did_you_mean;
use mlua::{MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{Both, Words};
use tonghop_core::say;

/// The expected type of a parameter or key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Text,
    /// Exactly this string.
    Word(&'static str),
    /// A template, or rich text that is already filled.
    Template,
    /// A template in which `{it}` is a row.
    RowTemplate,
    /// A list of templates in which `{it}` is a row.
    RowTemplates,
    /// The arguments of a template, in addition to the members of the sector: values and further templates by name.
    Arguments,
    /// A finite number.
    Number,
    /// An integer that is not negative.
    Whole,
    Flag,
    /// A function, with its type for lua-language-server.
    Function(&'static str),
    /// An indicator, a figure or a number.
    Figure,
    /// An indicator.
    Indicator,
    /// Text written by departments.
    Words,
    /// Several values: a table of them, the parts of an indicator, or rows of an open table.
    Rows,
    /// A list of strings.
    Texts,
    /// A table with names that the rule chooses; contains the value type for lua-language-server.
    Named(&'static str),
    /// A table with the keys of this schema.
    Table(&'static Shape),
    /// A declaration; its keys are checked by the reader, which knows their lines.
    Declaration(&'static Shape),
    /// Any of several types.
    Either(&'static [Kind]),
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub name: &'static str,
    pub kind: Kind,
    pub optional: bool,
}

/// Declares a required parameter.
pub(crate) const fn needed(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, optional: false }
}

/// Declares an optional parameter.
pub(crate) const fn optional(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, optional: true }
}

/// The parameters of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Params {
    /// Positional parameters.
    Each(&'static [Param]),
    /// One or more arguments of the same type, or a table of them.
    Many(Param),
}

/// No parameters.
pub(crate) const NONE: Params = Params::Each(&[]);

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub doc: Both,
    pub needed: bool,
}

/// Declares an optional key.
pub(crate) const fn key(name: &'static str, kind: Kind, doc: Both) -> Key {
    Key { name, kind, doc, needed: false }
}

/// Declares a required key.
pub(crate) const fn must(name: &'static str, kind: Kind, doc: Both) -> Key {
    Key { name, kind, doc, needed: true }
}

/// The schema of a table: its keys and their types.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the stubs and the reference.
    pub name: &'static str,
    pub doc: Both,
    pub keys: &'static [Key],
    /// The entry at index 1, which has no key.
    pub first: Option<Key>,
    /// Whether further keys are allowed, as arguments of templates.
    pub open: bool,
}

/// A value that does not fit its declaration: the location in the value and the reason.
#[derive(Debug)]
pub struct Misfit {
    /// The key, if the mismatch is at a key of a table.
    pub key: Option<String>,
    pub message: Words,
    pub hint: Option<Words>,
}

impl Misfit {
    fn whole(message: Words) -> Self {
        Self { key: None, message, hint: None }
    }
}

impl Params {
    /// Checks the arguments of a call.
    ///
    /// # Errors
    /// Returns the first argument that is missing, of the wrong type or superfluous.
    pub(crate) fn check(&self, arguments: &MultiValue) -> Result<(), Misfit> {
        match self {
            Self::Many(param) if arguments.is_empty() => Err(missing(param)),
            // The function checks the values one by one as it reads them, as for a table of them.
            Self::Many(_) => Ok(()),
            Self::Each(params) => {
                if let Some(extra) = arguments.iter().skip(params.len()).find(|value| !value.is_nil()) {
                    let message = say!(
                        "thừa một tham số ({kind})",
                        "there is one argument too many ({kind})",
                        kind = type_of(extra)
                    );
                    return Err(Misfit::whole(message));
                }
                let nil = LuaValue::Nil;
                params.iter().enumerate().try_for_each(|(at, param)| param.check(arguments.get(at).unwrap_or(&nil)))
            }
        }
    }

    /// Returns the parameters.
    pub(crate) fn list(&self) -> &[Param] {
        match self {
            Self::Each(params) => params,
            Self::Many(param) => std::slice::from_ref(param),
        }
    }
}

fn missing(param: &Param) -> Misfit {
    Misfit::whole(say!(
        "thiếu tham số {name}: cần {kind}",
        "the argument {name} is missing: {kind} is needed",
        name = param.name,
        kind = param.kind.title()
    ))
}

impl Param {
    fn check(&self, value: &LuaValue) -> Result<(), Misfit> {
        match (value, self.kind) {
            (LuaValue::Nil, _) if self.optional => Ok(()),
            (LuaValue::Nil, _) => Err(missing(self)),
            (LuaValue::Table(table), Kind::Table(shape)) => shape.check(table),
            _ if self.kind.admits(value) => Ok(()),
            _ => Err(Misfit::whole(say!(
                "tham số {name} phải là {kind}, nhưng nhận được {given}",
                "the argument {name} must be {kind}, but this is {given}",
                name = self.name,
                kind = self.kind.title(),
                given = type_of(value)
            ))),
        }
    }
}

impl Shape {
    /// Checks the keys of a table and the types of their values; nested tables are checked by their reader.
    ///
    /// # Errors
    /// Returns a key of the wrong type, or else the first unknown key by name, or else the first missing key.
    pub fn check(&self, table: &Table) -> Result<(), Misfit> {
        let mut unknown: Vec<String> = Vec::new();
        for pair in table.pairs::<LuaValue, LuaValue>() {
            let (name, value) = pair.map_err(|error| Misfit::whole(Words::verbatim(error.to_string())))?;
            match (&name, &self.first) {
                (LuaValue::Integer(1), Some(first)) => first.check(&value)?,
                (LuaValue::String(name), _) => {
                    let name = name.to_string_lossy();
                    match self.keys.iter().find(|key| key.name == name) {
                        Some(key) => key.check(&value)?,
                        None if self.open || is_mark(&name) => {}
                        None => unknown.push(name),
                    }
                }
                _ => unknown.push(shown(&name)),
            }
        }
        if let Some(name) = unknown.into_iter().min() {
            let known: Vec<String> = self.keys.iter().map(|key| key.name.to_owned()).collect();
            let message = say!("không có mục \"{name}\" ở đây", "there is no key \"{name}\" here");
            let hint = Some(if name.starts_with('[') { named() } else { did_you_mean(&name, &known) });
            return Err(Misfit { key: Some(name), message, hint });
        }
        let absent = |key: &&Key| key.needed && table.raw_get(key.name).is_ok_and(|value: LuaValue| value.is_nil());
        match self.keys.iter().find(absent) {
            Some(Key { name, .. }) => Err(Misfit::whole(say!("thiếu mục {name}", "the key {name} is missing"))),
            None => Ok(()),
        }
    }
}

fn named() -> Words {
    Words::new(
        "mỗi giá trị ở đây cần một tên, với một dấu =: tên = giá trị",
        "each value here needs a name and one =: name = value",
    )
}

/// Returns whether the host itself set the key.
fn is_mark(name: &str) -> bool {
    name.starts_with('(')
}

impl Key {
    fn check(&self, value: &LuaValue) -> Result<(), Misfit> {
        if self.kind.admits(value) {
            return Ok(());
        }
        let message = say!(
            "mục {name} phải là {kind}, nhưng nhận được {given}",
            "the key {name} must be {kind}, but this is {given}",
            name = self.name,
            kind = self.kind.title(),
            given = type_of(value)
        );
        Err(Misfit { key: Some(self.name.to_owned()), message, hint: None })
    }
}

impl Kind {
    /// Returns whether a value is of this type.
    pub fn admits(self, value: &LuaValue) -> bool {
        match self {
            Self::Text | Self::RowTemplate => matches!(value, LuaValue::String(text) if text.to_str().is_ok()),
            Self::Word(word) => value.as_string().is_some_and(|text| text == word),
            Self::Template => Self::Text.admits(value) || matches!(value, LuaValue::UserData(_)),
            Self::Number => finite(value).is_some(),
            Self::Whole => finite(value).is_some_and(|number| number >= 0.0 && number.fract() == 0.0),
            Self::Flag => value.is_boolean(),
            Self::Function(_) => value.is_function(),
            Self::Figure => finite(value).is_some() || matches!(value, LuaValue::UserData(_)),
            Self::Indicator => is_value(value, |value| value.owner() == Owner::Indicator),
            Self::Words => is_value(value, |value| matches!(value, Value::Texts(_))),
            Self::Rows => matches!(value, LuaValue::Table(_) | LuaValue::UserData(_)),
            Self::Texts | Self::RowTemplates | Self::Named(_) | Self::Arguments => value.is_table(),
            Self::Table(_) | Self::Declaration(_) => value.is_table(),
            Self::Either(kinds) => kinds.iter().any(|kind| kind.admits(value)),
        }
    }

    /// Returns the name of the type in messages.
    pub fn title(self) -> Words {
        let (vietnamese, english) = match self {
            Self::Text => ("một chuỗi ký tự", "a string"),
            Self::Word(word) => return say!("\"{word}\"", "\"{word}\""),
            Self::Template | Self::RowTemplate => ("một mẫu câu", "a template"),
            Self::RowTemplates => ("một danh sách mẫu câu { \"…\", \"…\" }", "a list of templates { \"…\", \"…\" }"),
            Self::Number => ("một con số", "a number"),
            Self::Whole => ("một số nguyên không âm", "a whole number, not negative"),
            Self::Flag => ("true hoặc false", "true or false"),
            Self::Function(_) => ("một hàm", "a function"),
            Self::Figure => ("một chỉ tiêu, số liệu hoặc con số", "an indicator, a figure or a number"),
            Self::Indicator => ("một chỉ tiêu", "an indicator"),
            Self::Words => {
                ("phần lời của đơn vị (d.causes[i.id], r.cause)", "words of departments (d.causes[i.id], r.cause)")
            }
            Self::Rows => (
                "một danh sách, .parts của chỉ tiêu, hoặc các dòng của bảng mở",
                "a list, the .parts of an indicator, or rows of an open table",
            ),
            Self::Texts => ("một danh sách chuỗi { \"…\", \"…\" }", "a list of strings { \"…\", \"…\" }"),
            Self::Named(_) | Self::Arguments => ("một bảng { tên = … }", "a table { name = … }"),
            Self::Table(shape) | Self::Declaration(shape) => {
                return say!("một bảng {keys}", "a table {keys}", keys = shape.written());
            }
            Self::Either(kinds) => {
                let either =
                    |one: Words, other: Words| say!("{one} hoặc {other}", "{one} or {other}", one = one, other = other);
                return kinds.iter().map(|kind| kind.title()).reduce(either).unwrap_or_else(|| Words::new("", ""));
            }
        };
        Words::new(vietnamese, english)
    }
}

impl Shape {
    /// Returns the keys as in a call: `{ indicator, text = …, cause = … }`.
    pub fn written(&self) -> String {
        let first = self.first.iter().map(|key| key.name.to_owned());
        let named = self.keys.iter().take(4).map(|key| format!("{} = …", key.name));
        let more = (self.keys.len() > 4).then(|| "…".to_owned());
        format!("{{ {} }}", first.chain(named).chain(more).collect::<Vec<_>>().join(", "))
    }
}

fn finite(value: &LuaValue) -> Option<f64> {
    match value {
        LuaValue::Integer(number) => Some(*number as f64),
        LuaValue::Number(number) => Some(*number).filter(|number| number.is_finite()),
        _ => None,
    }
}

fn is_value(value: &LuaValue, fits: impl Fn(&Value) -> bool) -> bool {
    let LuaValue::UserData(data) = value else { return false };
    data.borrow::<Value>().is_ok_and(|value| fits(&value))
}

/// Returns the name of a value's type in messages.
pub(crate) fn type_of(value: &LuaValue) -> Words {
    match value {
        LuaValue::UserData(data) => data
            .borrow::<Value>()
            .map_or_else(|_| Words::new("một giá trị lạ", "a foreign value"), |v| v.owner().title()),
        LuaValue::Number(number) if !number.is_finite() => Words::verbatim(number.to_string()),
        _ => Words::verbatim(value.type_name()),
    }
}

/// Formats a key that is not a string.
fn shown(key: &LuaValue) -> String {
    match key {
        LuaValue::Integer(number) => format!("[{number}]"),
        LuaValue::Number(number) => format!("[{number}]"),
        other => format!("[{}]", other.type_name()),
    }
}
