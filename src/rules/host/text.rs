//! Wording: templates, lists of them, and joining.
//!
//! In come templates with their arguments, out goes rich text whose figures keep their origin. Never here: how one
//! placeholder is printed.

use crate::model::document::{Span, plain};
use crate::rules::context::need_context;
use crate::rules::entry::{Call, Entry};
use crate::rules::error::fail;
use crate::rules::render::{Renderer, words_without_digits};
use crate::rules::signature::{Kind, Params, needed, optional};
use crate::rules::value::{Owner, Value};
use crate::say;
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};

/// What templates are filled from, beside the sector: values and further templates by name.
pub const ARGUMENTS: Kind = Kind::Named("any");

pub const API: &[Entry] = &[
    Entry {
        owner: Owner::Global,
        name: "t",
        params: Params::Each(&[needed("template", Kind::Template), optional("arguments", ARGUMENTS)]),
        returns: "tonghop.Text",
        doc: "Fills a template and returns rich text, to be used inside another template.",
        example: "out:paragraph(\"{x}.\", { x = t(\"Tổng số {total}\") })",
        since: 1,
        deprecated: None,
        call: Call::Function(template),
    },
    Entry {
        owner: Owner::Global,
        name: "list",
        params: Params::Each(&[
            needed("rows", Kind::Rows),
            needed("template", Kind::Text),
            optional("separator", Kind::Text),
        ]),
        returns: "tonghop.Text",
        doc: "Fills the template once a row, the row being `{it}`, and joins what has data; the separator is \"; \" unless given.",
        example: "out:paragraph(\"Gồm {x}.\", { x = list(d.total.parts, \"{it} {it.name}\") })",
        since: 1,
        deprecated: None,
        call: Call::Function(list),
    },
];

fn template(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (text, arguments) = <(LuaValue, Option<Table>)>::from_lua_multi(arguments, lua)?;
    let spans = rich(lua, text, arguments.as_ref())?;
    Value::Rich(spans.into()).into_lua(lua)
}

fn list(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (rows, text, separator) = <(LuaValue, String, Option<String>)>::from_lua_multi(arguments, lua)?;
    let separator = words_without_digits(lua, separator.unwrap_or_else(|| "; ".to_owned()))?;
    let context = need_context(lua)?;
    let mut spans: Vec<Span> = Vec::new();
    for row in listed(lua, rows)? {
        let filled = Renderer::new(lua, &context, None).with_row(row).fill(&text)?;
        if filled.missing || filled.spans.is_empty() {
            continue;
        }
        if !spans.is_empty() {
            spans.push(Span::Words(separator.clone()));
        }
        spans.extend(filled.spans);
    }
    Value::Rich(spans.into()).into_lua(lua)
}

/// Reads the rows of a list: a table of values, or the parts of an indicator.
pub fn listed(lua: &Lua, rows: LuaValue) -> mlua::Result<Vec<Value>> {
    match rows {
        LuaValue::Table(table) => table.sequence_values().collect(),
        other => match Value::from_lua(other, lua)? {
            Value::Parts(indicator) => Ok(indicator.children().into_iter().map(Value::Indicator).collect()),
            one => Ok(vec![one]),
        },
    }
}

/// Reads rich text that a rule handed over: a template, or text that is rich already.
pub fn rich(lua: &Lua, text: LuaValue, arguments: Option<&Table>) -> mlua::Result<Vec<Span>> {
    let context = need_context(lua)?;
    let renderer = Renderer::new(lua, &context, arguments);
    match &text {
        LuaValue::String(template) => Ok(renderer.fill(&template.to_str()?)?.spans),
        _ => renderer.value(&Value::from_lua(text, lua)?),
    }
}

/// `tostring(value)`: what it prints, for the eyes of whoever writes the rule.
pub fn shown(lua: &Lua, value: &Value) -> mlua::Result<String> {
    let context = need_context(lua)?;
    Ok(plain(&Renderer::new(lua, &context, None).value(value)?))
}

/// `a .. b`: rich text of both; figures keep their origin.
pub fn joined(lua: &Lua, values: &[LuaValue]) -> mlua::Result<Value> {
    let context = need_context(lua)?;
    let mut spans = Vec::new();
    for value in values {
        match value {
            LuaValue::String(words) => spans.push(Span::Words(words_without_digits(lua, words.to_str()?.to_owned())?)),
            LuaValue::UserData(_) => {
                let value = Value::from_lua(value.clone(), lua)?;
                spans.extend(Renderer::new(lua, &context, None).value(&value)?);
            }
            other => {
                let message = say!(
                    "không nối được {kind} vào đoạn chữ",
                    "a value of type {kind} cannot be joined to a text",
                    kind = other.type_name()
                );
                return Err(fail(lua, message));
            }
        }
    }
    Ok(Value::Rich(spans.into()))
}
