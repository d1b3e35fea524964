//! What functions take and what tables hold: parameters and keys with their types, declared once.
//!
//! In come the arguments of a call or the table of a declaration; out goes what is wrong with them, naming function and
//! parameter, or key. The reference page and the stubs for editors are made from the same declarations. Never here: what
//! a function does.

use crate::eval::owner::Owner;
use crate::eval::value::Value;
use crate::suggest::did_you_mean;
use mlua::{MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{Both, Words};
use tonghop_core::say;

/// The type of a parameter or key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Text,
    /// Just this word.
    Word(&'static str),
    /// A template, or rich text that is filled already.
    Template,
    /// A template in which a row is `{it}`.
    RowTemplate,
    /// A list of such templates.
    RowTemplates,
    /// What templates are filled from, beside the sector: values and further templates by name.
    Arguments,
    /// A finite number.
    Number,
    /// A whole number, at least nothing.
    Whole,
    Flag,
    /// A function, with its type as editors know it.
    Function(&'static str),
    /// An indicator, a figure or a number.
    Figure,
    /// An indicator.
    Indicator,
    /// Words of departments.
    Words,
    /// Several values: a table of them, the parts of an indicator, or rows of an open table.
    Rows,
    /// A list of texts.
    Texts,
    /// A table by names that the rule chooses; what the names hold, as editors know it.
    Named(&'static str),
    /// A table of these keys.
    Table(&'static Shape),
    /// A declaration: its keys are checked where it is read, which knows their lines.
    Declaration(&'static Shape),
    /// One of several.
    Either(&'static [Kind]),
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub name: &'static str,
    pub kind: Kind,
    pub optional: bool,
}

/// Declares a parameter that must be given.
pub(crate) const fn needed(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, optional: false }
}

/// Declares a parameter that may be left out.
pub(crate) const fn optional(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, optional: true }
}

/// What a function takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Params {
    /// One after the other.
    Each(&'static [Param]),
    /// Any number of one kind, one at least, or a table of them.
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

/// Declares a key that may be left out.
pub(crate) const fn key(name: &'static str, kind: Kind, doc: Both) -> Key {
    Key { name, kind, doc, needed: false }
}

/// Declares a key that must be there.
pub(crate) const fn must(name: &'static str, kind: Kind, doc: Both) -> Key {
    Key { name, kind, doc, needed: true }
}

/// The keys of a table.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the stubs and the reference.
    pub name: &'static str,
    pub doc: Both,
    pub keys: &'static [Key],
    /// What stands in it without a name, first.
    pub first: Option<Key>,
    /// Whether names that the rule chooses may stand beside, as arguments of templates.
    pub open: bool,
}

/// What is wrong with a value: where in it, and why.
#[derive(Debug)]
pub struct Misfit {
    /// The key, where the value is a table.
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
    /// The first that is missing, of a wrong type, or too many.
    pub(crate) fn check(&self, arguments: &MultiValue) -> Result<(), Misfit> {
        match self {
            Self::Many(param) if arguments.is_empty() => Err(missing(param)),
            // What they hold is checked one by one, as a table of a million is.
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

    /// Lists the parameters.
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
    /// Checks the keys of a table and what they hold; deeper tables are checked by whoever reads them.
    ///
    /// # Errors
    /// The first key, by name, that is unknown, missing or of a wrong type.
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

/// Tells the marks that the host itself puts into tables.
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
    /// Tells whether a value is of this kind.
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

    /// Returns what messages call it.
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
    /// Writes the keys as a call shows them: `{ indicator, text = …, cause = … }`.
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

/// Returns the name of a value's type, as rules know it.
pub(crate) fn type_of(value: &LuaValue) -> Words {
    match value {
        LuaValue::UserData(data) => data
            .borrow::<Value>()
            .map_or_else(|_| Words::new("một giá trị lạ", "a foreign value"), |v| v.owner().title()),
        LuaValue::Number(number) if !number.is_finite() => Words::verbatim(number.to_string()),
        _ => Words::verbatim(value.type_name()),
    }
}

/// Writes a key that is no name.
fn shown(key: &LuaValue) -> String {
    match key {
        LuaValue::Integer(number) => format!("[{number}]"),
        LuaValue::Number(number) => format!("[{number}]"),
        other => format!("[{}]", other.type_name()),
    }
}
