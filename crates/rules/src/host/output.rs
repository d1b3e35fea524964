//! The methods of `out`: paragraphs, items, tables, shortfalls.
//!
//! Input: templates and indicators. Output: content and shortfalls, collected in the context. Not here: the position in
//! the document.

use super::{data, text};
use crate::api::call_schemas;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::signature::{ExpectedType, Params, optional, required};
use crate::eval::context::require_context;
use crate::eval::data::IndicatorRef;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error, host_error_with_hint};
use crate::lua::host_memory::{element_bytes, span_bytes};
use crate::suggest::did_you_mean;
use crate::template::render::{Renderer, reject_digits};
use mlua::{FromLua, FromLuaMulti, Lua, MultiValue, Table, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::message::{Message, static_message};
use tonghop_core::model::document::{DocumentTable, Paragraph, ParagraphStyle, Span};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::sector::{PassageItem, Shortfall, ShortfallIndicator, TargetComparison};
use tonghop_core::msg;

pub(super) const ENTRIES: &[ApiEntry] = &[
    ApiEntry {
        owner: LuaType::Out,
        name: "paragraph",
        params: Params::Fixed(&[
            required("template", ExpectedType::Template),
            optional("arguments", ExpectedType::TemplateArguments),
        ]),
        returns: "",
        doc: static_message(
            "Viết một đoạn văn; đoạn trống thì bỏ qua.",
            "Writes a paragraph; an empty paragraph is omitted.",
        ),
        example: "out:paragraph(\"Tổng số {total.reached} {total}{^n}.\", { n = \"Gồm {one}.\" })",
        since: 1,
        deprecated: None,
        handler: Handler::Method(|lua, _, arguments| paragraph(lua, ParagraphStyle::Body, arguments)),
    },
    ApiEntry {
        owner: LuaType::Out,
        name: "item",
        params: Params::Fixed(&[
            required("template", ExpectedType::Template),
            optional("arguments", ExpectedType::TemplateArguments),
        ]),
        returns: "",
        doc: static_message(
            "Viết một dòng của danh sách, in sau dấu gạch đầu dòng.",
            "Writes a list item, printed after a dash.",
        ),
        example: "out:item(\"Loại thứ nhất: {one}.\")",
        since: 1,
        deprecated: None,
        handler: Handler::Method(|lua, _, arguments| paragraph(lua, ParagraphStyle::Item, arguments)),
    },
    ApiEntry {
        owner: LuaType::Out,
        name: "table",
        params: Params::Fixed(&[required("table", ExpectedType::Table(&call_schemas::TABLE))]),
        returns: "",
        doc: static_message(
            "Viết một bảng: mỗi giá trị của `rows` một dòng, mỗi mẫu câu của `cells` một ô, `{it}` là dòng đang viết (hoặc các tên ghi trong một dòng là bảng); `appendix = true` đặt bảng thành phụ lục trên trang riêng.",
            "Writes a table: one row for each value of `rows`, one cell for each template of `cells`; `{it}` is the current row (or the keys of a row that is a table are used); `appendix = true` makes the table an appendix on separate pages.",
        ),
        example: "out:table { title = \"Các thành phần\", columns = { \"Tên\", \"Số\" }, rows = d.total.parts, cells = { \"{it.label}\", \"{it}\" } }",
        since: 1,
        deprecated: None,
        handler: Handler::Method(table),
    },
    ApiEntry {
        owner: LuaType::Out,
        name: "shortfall",
        params: Params::Fixed(&[required("shortfall", ExpectedType::Table(&call_schemas::SHORTFALL))]),
        returns: "",
        doc: static_message(
            "Ghi một tồn tại, hạn chế: một chỉ tiêu đạt thấp, hoặc (không có chỉ tiêu) một khó khăn bằng lời.",
            "Reports a shortfall: an indicator that is behind, or (without an indicator) a difficulty in words.",
        ),
        example: "out:shortfall { d.total, text = \"Tổng số còn thấp[ (đạt {total.attainment})].\" }",
        since: 1,
        deprecated: None,
        handler: Handler::Method(shortfall),
    },
];

fn paragraph(lua: &Lua, style: ParagraphStyle, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (template, arguments) = <(LuaValue, Option<Table>)>::from_lua_multi(arguments, lua)?;
    let spans = text::rich_text(lua, template, arguments.as_ref())?;
    let context = require_context(lua)?;
    if !is_blank(&spans) {
        context.memory.keep(lua, element_bytes::<PassageItem>() + span_bytes(&spans))?;
        context.output().content.push(PassageItem::Paragraph(Paragraph { style, spans }));
    } else if spans.iter().any(|span| !span.is_printed()) {
        context.memory.keep(lua, element_bytes::<PassageItem>() + span_bytes(&spans))?;
        let gaps = spans.into_iter().filter(|span| !span.is_printed()).collect();
        context.output().content.push(PassageItem::Omitted(gaps));
    }
    Ok(LuaValue::Nil)
}

/// The maximum number of columns of a table in Word.
const MAX_COLUMNS: usize = 63;

fn table(lua: &Lua, _: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let wrong = || {
        let message = Message::new(
            "table cần một bảng: out:table { title = \"…\", columns = { … }, rows = …, cells = { … } }",
            "table needs a table: out:table { title = \"…\", columns = { … }, rows = …, cells = { … } }",
        );
        host_error(lua, message)
    };
    let table = Table::from_lua_multi(arguments, lua).map_err(|_| wrong())?;
    let list = |key: &str| -> mlua::Result<Vec<String>> {
        let list = table.raw_get::<Option<Table>>(key)?.ok_or_else(wrong)?;
        list.sequence_values().collect()
    };
    let (columns, cells) = (list("columns")?, list("cells")?);
    if columns.is_empty() || columns.len() != cells.len() {
        let message = Message::new(
            "table: columns và cells phải có cùng số cột, ít nhất một cột",
            "table: columns and cells must have the same number of columns, at least one",
        );
        return Err(host_error(lua, message));
    }
    if columns.len() > MAX_COLUMNS {
        let message = msg!(
            "table: bảng có {count} cột, quá {MAX_COLUMNS} cột là số cột nhiều nhất của Word",
            "table: the table has {count} columns, more than {MAX_COLUMNS}, the most that Word has",
            count = columns.len()
        );
        return Err(host_error(lua, message));
    }
    let context = require_context(lua)?;
    context.memory.keep(lua, element_bytes::<PassageItem>() + columns.iter().map(String::len).sum::<usize>())?;
    let columns = columns.into_iter().map(|title| reject_digits(lua, title)).collect::<mlua::Result<_>>()?;
    let mut rows = Vec::new();
    for row in text::template_rows(lua, table.raw_get("rows")?)? {
        let renderer = Renderer::new(lua, &context, Some(&table)).with_row(row);
        let row = cells.iter().map(|cell| Ok(renderer.fill(cell)?.spans)).collect::<mlua::Result<Vec<_>>>()?;
        let cell_bytes = |spans: &Vec<Span>| element_bytes::<Vec<Span>>() + span_bytes(spans);
        context.memory.keep(lua, element_bytes::<Vec<Vec<Span>>>() + row.iter().map(cell_bytes).sum::<usize>())?;
        rows.push(row);
    }
    let title = match table.raw_get::<LuaValue>("title")? {
        LuaValue::Nil => Vec::new(),
        title => text::rich_text(lua, title, Some(&table))?,
    };
    context.memory.keep(lua, span_bytes(&title))?;
    let appendix = table.raw_get::<Option<bool>>("appendix")?.unwrap_or(false);
    context.output().content.push(PassageItem::Table(DocumentTable { title, columns, rows, is_appendix: appendix }));
    Ok(LuaValue::Nil)
}

fn is_blank(spans: &[Span]) -> bool {
    spans.iter().all(|s| s.text().trim_matches([' ', '.', ',', ';']).is_empty() && !matches!(s, Span::Note(_)))
}

fn shortfall(lua: &Lua, _: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let form = || {
        Message::new(
            "shortfall cần một bảng: out:shortfall { chi_tieu, text = \"…\" }",
            "shortfall needs a table: out:shortfall { indicator, text = \"…\" }",
        )
    };
    let nowhere = || Message::new("shortfall phải được gọi từ quy tắc", "shortfall must be called from a rule");
    let table = Table::from_lua_multi(arguments, lua).map_err(|_| host_error(lua, form()))?;
    let context = require_context(lua)?;
    let rule = calling_line(lua).ok_or_else(|| host_error(lua, nowhere()))?;
    let indicator = match table.raw_get::<LuaValue>(1)? {
        LuaValue::Nil => None,
        value => Some(data::indicator_of(lua, value)?),
    };
    let statement = statement(lua, &table, indicator.as_ref())?;
    let causes = match table.raw_get::<LuaValue>("cause")? {
        LuaValue::Nil => Vec::new(),
        value => text_cells(lua, value)?,
    };
    let indicator = indicator.map(|i| short_indicator(lua, &i)).transpose()?;
    let found = Shortfall { sector: context.sector_id(), indicator, statement, causes, rule };
    context.memory.keep(lua, element_bytes::<Shortfall>() + span_bytes(&found.statement.spans))?;
    context.output().shortfalls.push(found);
    Ok(LuaValue::Nil)
}

/// Fills the sentence of a shortfall, or the default sentence.
fn statement(lua: &Lua, table: &Table, indicator: Option<&IndicatorRef>) -> mlua::Result<Paragraph> {
    let spans = match (table.raw_get::<LuaValue>("text")?, indicator) {
        (LuaValue::Nil, None) => {
            let message = Message::new(
                "shortfall không có chỉ tiêu và cũng không có text",
                "shortfall has neither an indicator nor a text",
            );
            let hint = Message::new(
                "ghi text = \"…\" hoặc đặt chỉ tiêu ở vị trí đầu",
                "write text = \"…\", or put an indicator first",
            );
            return Err(host_error_with_hint(lua, message, Some(hint)));
        }
        (LuaValue::Nil, Some(indicator)) => {
            let row = lua.create_table()?;
            row.raw_set("it", RuleValue::Indicator(indicator.clone()))?;
            // A proportion is set against its whole plan, not against an even pace.
            let against = if indicator.is_proportion() { "kế hoạch" } else { "tiến độ" };
            let template = lua.create_string(format!("{{it.label}} đạt thấp so với {against}."))?;
            text::rich_text(lua, LuaValue::String(template), Some(&row))?
        }
        (template, _) => text::rich_text(lua, template, Some(table))?,
    };
    Ok(Paragraph { style: ParagraphStyle::Item, spans })
}

/// Converts a Lua value into text cells of departments.
fn text_cells(lua: &Lua, value: LuaValue) -> mlua::Result<Vec<TextCell>> {
    match RuleValue::from_lua(value, lua)? {
        RuleValue::TextCells(texts) => Ok(texts.to_vec()),
        other => {
            let message = msg!(
                "cause phải là phần lời của đơn vị, nhưng nhận được {owner}",
                "cause must be text written by departments, but got {owner}",
                owner = other.lua_type().title()
            );
            Err(host_error_with_hint(lua, message, Some(did_you_mean("causes", &["d.causes[i.id]".to_owned()]))))
        }
    }
}

/// Collects the figures of an indicator that is a shortfall.
fn short_indicator(lua: &Lua, indicator: &IndicatorRef) -> mlua::Result<ShortfallIndicator> {
    let decl = indicator.decl();
    let pace = Arc::clone(&indicator.data.pace);
    let mut against = Vec::new();
    for target in &indicator.data.decl.targets {
        let attainment = indicator.figure(&Measure::Attainment(target.clone()));
        if !attainment.is_known() {
            continue;
        }
        let lag = Measure::Lag(target.clone());
        let lag = if indicator.is_proportion() { Ok(indicator.figure(&lag)) } else { indicator.computed_figure(lag) };
        let lag = lag.map_err(|error| host_error(lua, error.message()))?;
        against.push(TargetComparison {
            id: target.clone(),
            target: indicator.figure(&Measure::Target(target.clone())),
            attainment,
            lag,
        });
    }
    let actual = indicator.figure(&Measure::Actual);
    Ok(ShortfallIndicator { id: decl.id.clone(), label: decl.label.clone(), actual, pace, targets: against })
}
