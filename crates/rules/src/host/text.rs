//! Functions for rich text: templates, lists, concatenation.
//!
//! Input: templates with their arguments. Output: rich text whose figures keep their origin. Not here: the printing of
//! single placeholders.

use crate::api::entry::{Call, Entry};
use crate::api::signature::{Kind, Params, needed, optional};
use crate::eval::context::need_context;
use crate::eval::owner::Owner;
use crate::eval::rows::Rows;
use crate::eval::value::Value;
use crate::lua::error::{fail, fail_with};
use crate::template::render::{Renderer, words_without_digits};
use crate::template::row::Row;
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{Words, both};
use tonghop_core::model::document::{Span, plain};
use tonghop_core::say;

pub(crate) const API: &[Entry] = &[
    Entry {
        owner: Owner::Global,
        name: "t",
        params: Params::Each(&[needed("template", Kind::Template), optional("arguments", Kind::Arguments)]),
        returns: "tonghop.Text",
        doc: both(
            "Điền một mẫu câu và trả về đoạn chữ, để đưa vào mẫu câu khác.",
            "Fills a template and returns rich text, to be used inside another template.",
        ),
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
            needed("template", Kind::RowTemplate),
            optional("separator", Kind::Text),
        ]),
        returns: "tonghop.Text",
        doc: both(
            "Điền mẫu câu cho từng dòng, `{it}` là dòng đang viết (hoặc các tên ghi trong một dòng là bảng), rồi nối các dòng có số liệu; dấu ngăn cách là \"; \" nếu không ghi khác.",
            "Fills the template once a row, the row being `{it}` (or the names of a row that is a table), and joins what has data; the separator is \"; \" unless given.",
        ),
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

/// Returns the rows of a list: a table of values or of tables, the parts of an indicator, rows of an open table.
pub(crate) fn listed(lua: &Lua, rows: LuaValue) -> mlua::Result<Vec<Row>> {
    let values = match rows {
        LuaValue::Table(table) => return table.sequence_values().collect(),
        other => match Value::from_lua(other, lua)? {
            Value::Parts(indicator) => indicator.children().into_iter().map(Value::Indicator).collect(),
            Value::Rows(Rows::Many(rows)) if rows.selection.len() > MOST_ROWS => return Err(too_many(lua)),
            Value::Rows(Rows::Many(rows)) => rows.each().map(Value::Rows).collect(),
            one => vec![one],
        },
    };
    Ok(values.into_iter().map(Row::It).collect())
}

/// The maximum number of rows of an open table that the report prints.
const MOST_ROWS: usize = 10_000;

fn too_many(lua: &Lua) -> mlua::Error {
    let message = say!(
        "bảng có hơn {MOST_ROWS} dòng, không in vào báo cáo",
        "there are more than {MOST_ROWS} rows, too many to print in the report"
    );
    let hint = Words::new(
        "chọn bớt dòng bằng :lowest, :highest, :where, hoặc liệt kê vào tong-hop.xlsx bằng out:listing",
        "choose fewer by :lowest, :highest or :where, or list them in tong-hop.xlsx by out:listing",
    );
    fail_with(lua, message, Some(hint))
}

/// Converts a Lua value into rich text: fills a template, or prints a host value.
pub(crate) fn rich(lua: &Lua, text: LuaValue, arguments: Option<&Table>) -> mlua::Result<Vec<Span>> {
    let context = need_context(lua)?;
    let renderer = Renderer::new(lua, &context, arguments);
    match &text {
        LuaValue::String(template) => Ok(renderer.fill(&template.to_str()?)?.spans),
        _ => renderer.value(&Value::from_lua(text, lua)?),
    }
}

/// Implements `tostring(value)`: the printed text, for debugging of rules.
pub(crate) fn shown(lua: &Lua, value: &Value) -> mlua::Result<String> {
    let context = need_context(lua)?;
    Ok(plain(&Renderer::new(lua, &context, None).value(value)?))
}

/// Implements `a .. b`: rich text of both values; figures keep their origin.
pub(crate) fn joined(lua: &Lua, values: &[LuaValue]) -> mlua::Result<Value> {
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
