//! Describes values of rules for the author: what they are, with unit and source cells.
//!
//! Input: a value of Lua. Output: a message of bounded length. Not here: how the report prints a value.

use super::text::{display_text, group_items};
use crate::eval::data::IndicatorRef;
use crate::eval::rows::RowOrSelection;
use crate::eval::value::RuleValue;
use mlua::{FromLua, Lua, Table, Value as LuaValue};
use tonghop_core::message::Message;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::{Source, TextCell};
use tonghop_core::msg;
use tonghop_core::vi::format::figure_message;

/// The most items of a list, and the most cells of a figure, that a description names.
const MAX_ITEMS: usize = 8;
const MAX_CELLS: usize = 3;
/// The most characters of a text.
const MAX_CHARS: usize = 200;
/// How deep tables in tables are described.
const MAX_DEPTH: usize = 2;

/// Describes a value in one line.
pub(crate) fn describe(lua: &Lua, value: &LuaValue) -> mlua::Result<Message> {
    describe_at(lua, value, MAX_DEPTH)
}

fn describe_at(lua: &Lua, value: &LuaValue, depth: usize) -> mlua::Result<Message> {
    Ok(match value {
        LuaValue::Nil => Message::new("không có (nil)", "nothing (nil)"),
        LuaValue::Boolean(flag) => Message::verbatim(flag.to_string()),
        LuaValue::Integer(number) => Message::verbatim(number.to_string()),
        LuaValue::Number(number) => Message::verbatim(number.to_string()),
        LuaValue::String(text) => quoted(&text.to_string_lossy()),
        LuaValue::Table(table) => describe_table(lua, table, depth)?,
        LuaValue::UserData(_) => describe_rule_value(lua, &RuleValue::from_lua(value.clone(), lua)?)?,
        other => Message::verbatim(other.type_name()),
    })
}

/// Describes a value of the program.
pub(crate) fn describe_rule_value(lua: &Lua, value: &RuleValue) -> mlua::Result<Message> {
    Ok(match value {
        RuleValue::Figure(figure) => describe_figure(figure),
        RuleValue::Indicator(indicator) => describe_indicator(indicator),
        RuleValue::Parts(indicator) => {
            let names = indicator.items().into_iter().map(|child| child.decl().id.to_string());
            list(names.map(Message::verbatim).collect())
        }
        RuleValue::TextCells(cells) | RuleValue::NameCells(cells) if cells.is_empty() => {
            Message::new("chưa có phần lời", "no text")
        }
        RuleValue::TextCells(cells) | RuleValue::NameCells(cells) => list(cells.iter().map(describe_cell).collect()),
        RuleValue::NarrativeCell(cell, _) => describe_cell(cell),
        RuleValue::Rows(RowOrSelection::Many(rows)) => {
            let (count, table) = (rows.selection.len(), &rows.selection.table.decl.name);
            let shown = rows.rows().take(MAX_ITEMS).map(|row| describe_row(&row)).collect();
            msg!(
                "{count} dòng của bảng {table}: {shown}",
                "{count} rows of the table {table}: {shown}",
                count = count,
                table = table,
                shown = list_of(shown, count)
            )
        }
        RuleValue::Rows(row) => describe_row(row),
        RuleValue::AllSectors(_) | RuleValue::Sector(_) => {
            let names = value.project_members();
            let count = names.len();
            let shown = names.into_iter().take(MAX_ITEMS).map(Message::verbatim).collect();
            msg!(
                "{kind}, có {names}",
                "{kind} with {names}",
                kind = value.lua_type().title(),
                names = list_of(shown, count)
            )
        }
        RuleValue::ByTarget(..) | RuleValue::RowsByTarget(..) => {
            let members = value.project_members();
            let figures = members.iter().filter_map(|name| value.project_member(name)?.as_figure().ok()?);
            list(figures.map(|figure| describe_figure(&figure)).collect())
        }
        RuleValue::Wording(words) => quoted(words),
        RuleValue::RichText(_) => quoted(&display_text(lua, value)?),
        RuleValue::Series(_) => {
            let items = group_items(lua, value)?.unwrap_or_default();
            let count = items.len();
            let shown = items.iter().take(MAX_ITEMS).map(|item| describe_rule_value(lua, item));
            list_of(shown.collect::<mlua::Result<_>>()?, count)
        }
        other => match other.as_figure() {
            Ok(Some(figure)) => describe_figure(&figure),
            _ => other.lua_type().title(),
        },
    })
}

/// Describes a figure: its name, its value and the cells that it comes from.
fn describe_figure(figure: &Figure) -> Message {
    let value = figure_message(figure);
    let named = match figure.name.measure {
        Measure::Computed => value,
        _ => msg!("{name} = {value}", "{name} = {value}", name = figure.name, value = value),
    };
    let sources = figure.sources();
    let cells: Vec<String> = sources.iter().take(MAX_CELLS).map(|source| cell(source)).collect();
    match (sources.len(), sources.len().saturating_sub(MAX_CELLS)) {
        (0, _) => named,
        (_, 0) => msg!("{named}; ô nguồn: {cells}", "{named}; from {cells}", named = named, cells = cells.join(", ")),
        (_, more) => msg!(
            "{named}; ô nguồn: {cells} và {more} ô khác",
            "{named}; from {cells} and {more} more",
            named = named,
            cells = cells.join(", "),
            more = more
        ),
    }
}

fn cell(source: &Source) -> String {
    source.to_string()
}

/// Describes an indicator by its figures.
fn describe_indicator(indicator: &IndicatorRef) -> Message {
    let decl = indicator.decl();
    let figures = indicator.data.rows.iter().filter(|row| row.indicator == decl.id).flat_map(|row| &row.figures);
    let known = figures.filter(|figure| figure.has_data() || figure.name.measure == Measure::Actual);
    let shown: Vec<Message> = known.map(|figure| describe_figure(figure)).collect();
    let count = shown.len();
    msg!("\"{label}\": {figures}", "\"{label}\": {figures}", label = decl.label, figures = list_of(shown, count))
}

fn describe_row(row: &RowOrSelection) -> Message {
    let fields = row.table().decl.fields.iter().filter_map(|field| row.field_cell(&field.name));
    list(fields.map(|cell| describe_cell(&cell)).collect())
}

fn describe_cell(text: &TextCell) -> Message {
    let words = quoted(&text.text);
    msg!("{words} ({cell})", "{words} ({cell})", words = words, cell = cell(&text.source))
}

fn describe_table(lua: &Lua, table: &Table, depth: usize) -> mlua::Result<Message> {
    let mut entries: Vec<(String, LuaValue)> = Vec::new();
    for pair in table.pairs::<LuaValue, LuaValue>() {
        let (key, value) = pair?;
        let key = match &key {
            LuaValue::String(name) => name.to_string_lossy(),
            LuaValue::Integer(number) => format!("[{number:08}]"),
            other => other.type_name().to_owned(),
        };
        entries.push((key, value));
    }
    // The order of a table is not that of the file.
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    let count = entries.len();
    let mut shown = Vec::new();
    for (key, value) in entries.iter().take(MAX_ITEMS) {
        let value = match depth {
            0 => Message::verbatim("…"),
            _ => describe_at(lua, value, depth - 1)?,
        };
        let is_position = key.starts_with('[');
        shown.push(if is_position {
            value
        } else {
            msg!("{key} = {value}", "{key} = {value}", key = key, value = value)
        });
    }
    let shown = list_of(shown, count);
    Ok(msg!("{{ {shown} }}", "{{ {shown} }}", shown = shown))
}

fn quoted(text: &str) -> Message {
    let short: String = text.chars().take(MAX_CHARS).collect();
    let rest = if short.len() < text.len() { "…" } else { "" };
    msg!("\"{short}{rest}\"", "\"{short}{rest}\"")
}

fn list(items: Vec<Message>) -> Message {
    let count = items.len();
    list_of(items, count)
}

/// Joins the first of `count` items.
fn list_of(mut items: Vec<Message>, count: usize) -> Message {
    items.truncate(MAX_ITEMS);
    let more = count - items.len();
    let joined = Message::join(&items, "; ");
    match more {
        0 => joined,
        more => msg!("{joined}; … và {more} giá trị khác", "{joined}; … and {more} more", joined = joined, more = more),
    }
}
