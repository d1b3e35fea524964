//! Functions for rich text: templates, lists, concatenation.
//!
//! Input: templates with their arguments. Output: rich text whose figures keep their origin. Not here: the printing of
//! single placeholders.

use super::members::member_error;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::fields::series_figure;
use crate::api::signature::{ExpectedType, Params, optional, required};
use crate::eval::context::require_context;
use crate::eval::lua_type::LuaType;
use crate::eval::rows::RowOrSelection;
use crate::eval::value::RuleValue;
use crate::lua::error::{host_error, host_error_with_hint};
use crate::lua::host_memory::span_bytes;
use crate::template::filled::FilledTemplate;
use crate::template::render::{Renderer, reject_digits};
use crate::template::row::TemplateRow;
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{Message, static_message};
use tonghop_core::model::document::{Span, plain_text};
use tonghop_core::model::gap::GapKind;
use tonghop_core::msg;

pub(crate) const ENTRIES: &[ApiEntry] = &[
    ApiEntry {
        owner: LuaType::Global,
        name: "t",
        params: Params::Fixed(&[
            required("template", ExpectedType::Template),
            optional("arguments", ExpectedType::TemplateArguments),
        ]),
        returns: "tonghop.Text",
        doc: static_message(
            "Điền một mẫu câu và trả về đoạn chữ, để đưa vào mẫu câu khác.",
            "Fills a template and returns rich text, for use in another template.",
        ),
        example: "out:paragraph(\"{x}.\", { x = t(\"Tổng số {total}\") })",
        since: 1,
        deprecated: None,
        handler: Handler::Function(template),
    },
    ApiEntry {
        owner: LuaType::Global,
        name: "list",
        params: Params::Fixed(&[
            required("rows", ExpectedType::Rows),
            required("template", ExpectedType::RowTemplate),
            optional("separator", ExpectedType::Text),
        ]),
        returns: "tonghop.Text",
        doc: static_message(
            "Điền mẫu câu cho từng dòng, `{it}` là dòng đang viết (hoặc các tên ghi trong một dòng là bảng), rồi nối các dòng có số liệu; dấu ngăn cách là \"; \" nếu không ghi khác.",
            "Fills the template for each row, where `{it}` is the current row (or the keys of a row that is a table are used), and joins the rows that have data; the default separator is \"; \".",
        ),
        example: "out:paragraph(\"Gồm {x}.\", { x = list(d.total.parts, \"{it} {it.name}\") })",
        since: 1,
        deprecated: None,
        handler: Handler::Function(list),
    },
];

fn template(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (text, arguments) = <(LuaValue, Option<Table>)>::from_lua_multi(arguments, lua)?;
    let spans = rich_text(lua, text, arguments.as_ref())?;
    RuleValue::RichText(spans.into()).into_lua(lua)
}

fn list(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (rows, text, separator) = <(LuaValue, String, Option<String>)>::from_lua_multi(arguments, lua)?;
    let separator = reject_digits(lua, separator.unwrap_or_else(|| "; ".to_owned()))?;
    let context = require_context(lua)?;
    let mut joined = FilledTemplate::default();
    for row in template_rows(lua, rows)? {
        let renderer = Renderer::new(lua, &context, None).with_row(row);
        let mut filled = renderer.fill(&text)?;
        if filled.must_fall_away() {
            renderer.push_gap(GapKind::Row, filled, &mut joined);
            continue;
        }
        filled.mark_missing_words();
        let is_between = filled.spans.iter().any(Span::is_printed) && joined.spans.iter().any(Span::is_printed);
        if is_between {
            joined.spans.push(Span::Literal(separator.clone()));
        }
        joined.bytes += separator.len() + filled.bytes;
        context.memory.check(lua, joined.bytes)?;
        joined.spans.extend(filled.spans);
    }
    RuleValue::RichText(joined.spans.into()).into_lua(lua)
}

/// Returns the rows of a list: a table of values or of tables, the parts of an indicator, rows of an open table.
pub(crate) fn template_rows(lua: &Lua, rows: LuaValue) -> mlua::Result<Vec<TemplateRow>> {
    let values = match rows {
        LuaValue::Table(table) => return table.sequence_values().collect(),
        other => match RuleValue::from_lua(other, lua)? {
            RuleValue::Choice { items, .. } => items.to_vec(),
            RuleValue::Rows(RowOrSelection::Many(rows)) if rows.selection.len() > MAX_PRINTED_ROWS => {
                return Err(too_many_rows(lua));
            }
            RuleValue::Rows(RowOrSelection::Many(rows)) => rows.rows().map(RuleValue::Rows).collect(),
            one => group_items(lua, &one)?.unwrap_or_else(|| vec![one]),
        },
    };
    Ok(values.into_iter().map(TemplateRow::It).collect())
}

/// Returns the parts of a group, or the months of a series in the reporting period; `None` for other values.
pub(super) fn group_items(lua: &Lua, group: &RuleValue) -> mlua::Result<Option<Vec<RuleValue>>> {
    match group {
        RuleValue::Parts(parts) => Ok(Some(parts.items().into_iter().map(RuleValue::Indicator).collect())),
        RuleValue::Series(series) => {
            let item = |at| series_figure(series, at).map_err(|no| member_error(lua, group, "", no));
            series.in_period().map(item).collect::<mlua::Result<_>>().map(Some)
        }
        _ => Ok(None),
    }
}

/// The maximum number of rows of an open table that the report prints.
const MAX_PRINTED_ROWS: usize = 10_000;

fn too_many_rows(lua: &Lua) -> mlua::Error {
    let message = msg!(
        "bảng có hơn {MAX_PRINTED_ROWS} dòng, không in vào báo cáo",
        "the table has more than {MAX_PRINTED_ROWS} rows, too many to print in the report"
    );
    let hint = Message::new(
        "chọn bớt dòng bằng :lowest, :highest, :where, hoặc liệt kê vào tong-hop.xlsx bằng out:listing",
        "select fewer rows with :lowest, :highest or :where, or list them in tong-hop.xlsx with out:listing",
    );
    host_error_with_hint(lua, message, Some(hint))
}

/// Converts a Lua value into rich text: fills a template, or prints a host value.
pub(crate) fn rich_text(lua: &Lua, text: LuaValue, arguments: Option<&Table>) -> mlua::Result<Vec<Span>> {
    let context = require_context(lua)?;
    let renderer = Renderer::new(lua, &context, arguments);
    match &text {
        LuaValue::String(template) => Ok(renderer.fill(&template.to_str()?)?.spans),
        _ => renderer.value_spans(&RuleValue::from_lua(text, lua)?),
    }
}

/// Implements `tostring(value)`: the printed text, for debugging of rules.
pub(crate) fn display_text(lua: &Lua, value: &RuleValue) -> mlua::Result<String> {
    let context = require_context(lua)?;
    Ok(plain_text(&Renderer::new(lua, &context, None).value_spans(value)?))
}

/// Implements `a .. b`: rich text of both values; figures keep their origin.
pub(crate) fn concatenate(lua: &Lua, values: &[LuaValue]) -> mlua::Result<RuleValue> {
    let context = require_context(lua)?;
    let mut spans = Vec::new();
    for value in values {
        // The parts are held twice until the result is counted.
        context.memory.check(lua, 2 * span_bytes(&spans))?;
        match value {
            LuaValue::String(words) => spans.push(Span::Literal(reject_digits(lua, words.to_str()?.to_owned())?)),
            LuaValue::UserData(_) => {
                let value = RuleValue::from_lua(value.clone(), lua)?;
                spans.extend(Renderer::new(lua, &context, None).value_spans(&value)?);
            }
            other => {
                let message = msg!(
                    "không nối được {kind} vào đoạn chữ",
                    "a value of type {kind} cannot be joined to a text",
                    kind = other.type_name()
                );
                return Err(host_error(lua, message));
            }
        }
    }
    Ok(RuleValue::RichText(spans.into()))
}
