//! Methods that filter, group and rank rows of open tables and list them in the consolidated workbook.
//!
//! Input: rows and conditions. Output: fewer rows, groups of rows, or a listing. Not here: sums, single fields.
//!
//! Each figure over a selection states its conditions; a rule therefore cannot define conditions as functions.

use super::share::read_share;
use crate::api::call_schemas;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::signature::{ExpectedType, Params, optional, required};
use crate::eval::context::{Question, require_context};
use crate::eval::lua_type::LuaType;
use crate::eval::rows::{RowOrSelection, RowSelection};
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error, host_error_with_hint};
use crate::suggest::did_you_mean;
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::message::{Message, StaticMessage, static_message};
use tonghop_core::model::id::{SectorId, TargetId};
use tonghop_core::model::judgement::JudgingLine;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::records::{Selection, SortKey};
use tonghop_core::model::sector::RowListing;
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::label::bare_label;

/// The maximum number of successive conditions of a selection.
const MAX_CONDITIONS: usize = 20;
/// The maximum number of listings of a sector.
const MAX_LISTINGS: usize = 20;

pub(super) const fn method(
    name: &'static str,
    params: Params,
    returns: &'static str,
    doc: StaticMessage,
    example: &'static str,
    run: fn(&Lua, &RuleValue, MultiValue) -> mlua::Result<LuaValue>,
) -> ApiEntry {
    let owner = LuaType::Records;
    ApiEntry { owner, name, params, returns, doc, example, since: 1, deprecated: None, handler: Handler::Method(run) }
}

pub(super) const ENTRIES: &[ApiEntry] = &[
    method(
        "where",
        Params::Fixed(&[required("field", ExpectedType::Text), required("words", ExpectedType::Text)]),
        "tonghop.Records",
        static_message(
            "Các dòng có những chữ này trong một cột; không phân biệt chữ hoa, chữ thường và khoảng trắng thừa.",
            "The rows that have this text in a field; case and extra blanks are ignored.",
        ),
        "out:paragraph(\"{x.count} dòng\", { x = d.items:where(\"field\", \"Y tế\") })",
        filter_by_field,
    ),
    method(
        "by",
        Params::Fixed(&[required("field", ExpectedType::Text)]),
        "tonghop.Records[]",
        static_message(
            "Các nhóm dòng cùng chữ trong một cột, theo thứ tự xuất hiện.",
            "The rows grouped by the text of a field, in order of first occurrence.",
        ),
        "for _, group in d.items:by(\"field\") do out:item(\"{g.title}: {g.count} dòng.\", { g = group }) end",
        group_by_field,
    ),
    method(
        "behind",
        Params::Fixed(&[required("share", ExpectedType::Number), optional("target", ExpectedType::Text)]),
        "tonghop.Records",
        static_message(
            "Các dòng có số thực hiện dưới phần này của kế hoạch (0.6 là 60%); dòng thiếu một trong hai số thì bỏ qua.",
            "The rows whose actual figure is below this share of the plan (0.6 for 60%); rows without either number are omitted.",
        ),
        "out:paragraph(\"{late.count} dòng đạt thấp.\", { late = d.items:behind(0.6) })",
        behind,
    ),
    method(
        "unjudged",
        Params::Fixed(&[optional("target", ExpectedType::Text)]),
        "tonghop.Records",
        static_message(
            "Các dòng mà `behind` không xét được vì thiếu kế hoạch hoặc số thực hiện; lý do ở `.reason` của từng dòng.",
            "The rows that `behind` cannot judge because the plan or the actual figure is missing; `.reason` of a row says why.",
        ),
        "for r in d.items:unjudged() do out:item(\"{r.label}: {r.reason}.\", { r = r }) end",
        unjudged,
    ),
    method(
        "lowest",
        RANKING_PARAMS,
        "tonghop.Records",
        static_message(
            "Các dòng có số nhỏ nhất, nhỏ trước; xếp theo `actual`, `last_year`, `target`, `attainment` hoặc một loại số liệu trong `measures`.",
            "The rows with the lowest values of a measure (`actual`, `last_year`, `target`, `attainment`, or one of `measures`), lowest first.",
        ),
        "out:paragraph(\"{x}.\", { x = list(d.items:lowest(\"attainment\", 2), \"{it.label} {it.attainment}\") })",
        |l, t, a| ranked(l, t, a, false),
    ),
    method(
        "highest",
        RANKING_PARAMS,
        "tonghop.Records",
        static_message(
            "Các dòng có số lớn nhất, lớn trước; xếp theo các số liệu như ở `lowest`.",
            "The rows with the highest values of a measure, highest first; the measures are the same as for `lowest`.",
        ),
        "out:paragraph(\"{x}.\", { x = list(d.items:highest(\"actual\", 2), \"{it.label} {it}\") })",
        |l, t, a| ranked(l, t, a, true),
    ),
    ApiEntry {
        owner: LuaType::Out,
        name: "listing",
        params: Params::Fixed(&[required("listing", ExpectedType::Table(&call_schemas::LISTING))]),
        returns: "",
        doc: static_message(
            "Liệt kê các dòng của bảng mở trên một trang riêng của biểu tổng hợp, mỗi dòng kèm ô nguồn.",
            "Lists rows of an open table on a separate sheet of the consolidated workbook, each with its source cells.",
        ),
        example: "out:listing { title = \"Chậm tiến độ\", rows = d.items:behind(0.6) }",
        since: 1,
        deprecated: None,
        handler: Handler::Method(listing),
    },
];

/// The parameters of `lowest` and `highest`.
const RANKING_PARAMS: Params =
    Params::Fixed(&[required("measure", ExpectedType::Text), required("count", ExpectedType::Integer)]);

pub(super) fn row_selection(value: &RuleValue) -> Option<&RowSelection> {
    match value {
        RuleValue::Rows(RowOrSelection::Many(rows)) => Some(rows),
        _ => None,
    }
}

/// Converts a selection of rows into a Lua value, or returns an error if the rule selects too often.
pub(super) fn selected(lua: &Lua, parent: &RowSelection, selection: Selection) -> mlua::Result<LuaValue> {
    let too_much = |message: Message| {
        let hint = Message::new(
            "chọn một lần trước vòng lặp rồi dùng lại kết quả",
            "select once before the loop and reuse the result",
        );
        Err(host_error_with_hint(lua, message, Some(hint)))
    };
    if selection.conditions.len() > MAX_CONDITIONS {
        return too_much(msg!(
            "các dòng đã qua hơn {MAX_CONDITIONS} lần chọn nối tiếp nhau",
            "more than {MAX_CONDITIONS} selections were applied to the rows in succession"
        ));
    }
    if !require_context(lua)?.try_select(selection.len()) {
        return too_much(too_many_selections());
    }
    RuleValue::Rows(RowOrSelection::Many(RowSelection { data: Arc::clone(&parent.data), selection })).into_lua(lua)
}

pub(super) fn too_many_selections() -> Message {
    Message::new("quy tắc chọn dòng quá nhiều lần", "the rule selects rows too many times")
}

fn field_index(lua: &Lua, rows: &RowSelection, name: &str) -> mlua::Result<usize> {
    let decl = &rows.selection.table.decl;
    decl.field_position(name).ok_or_else(|| {
        let known: Vec<String> = decl.field_names().map(str::to_owned).collect();
        if sort_key(lua, rows, name).is_ok() {
            return number_message(lua, name);
        }
        let message = msg!("bảng này không có cột \"{name}\"", "the table has no field \"{name}\"");
        host_error_with_hint(lua, message, Some(did_you_mean(name, &known)))
    })
}

/// Creates the error for a number in the place of words.
fn number_message(lua: &Lua, name: &str) -> mlua::Error {
    let message = msg!("\"{name}\" là cột số, không phải cột chữ", "\"{name}\" is a column of numbers, not of words");
    let hint = msg!(
        "chọn dòng theo số bằng :below(\"{name}\", …), :above, :at_least, :at_most, :without(\"{name}\"), :with",
        "select rows by a number with :below(\"{name}\", …), :above, :at_least, :at_most, :without(\"{name}\"), :with"
    );
    host_error_with_hint(lua, message, Some(hint))
}

fn filter_by_field(lua: &Lua, this: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Some(rows) = row_selection(this) else { return Ok(LuaValue::Nil) };
    let (name, words) = <(String, String)>::from_lua_multi(arguments, lua)?;
    let (field, decl) = (field_index(lua, rows, &name)?, &rows.selection.table.decl);
    // A heading is compared without its number: "I. Dự án mới".
    let text = if decl.group.as_ref() == Some(&name) { bare_label(&words) } else { &words };
    let having = rows.selection.having(field, text, &fold(text));
    let is_answered = !having.is_empty() || rows.selection.is_empty();
    require_context(lua)?.record_question(calling_line(lua), Question::Text, is_answered);
    selected(lua, rows, having)
}

fn group_by_field(lua: &Lua, this: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Some(rows) = row_selection(this) else { return Ok(LuaValue::Nil) };
    let name = String::from_lua_multi(arguments, lua)?;
    let groups = lua.create_table()?;
    // If the field is different in every row, there is one group per row; Lua's memory limit bounds their number.
    for group in rows.selection.group_by(field_index(lua, rows, &name)?) {
        groups.raw_push(selected(lua, rows, group)?)?;
    }
    Ok(LuaValue::Table(groups))
}

fn behind(lua: &Lua, this: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Some(rows) = row_selection(this) else { return Ok(LuaValue::Nil) };
    let (share, name) = <(f64, Option<String>)>::from_lua_multi(arguments, lua)?;
    let percent = read_share(lua, share)? * Decimal::ONE_HUNDRED;
    let target = target(lua, rows, name.as_deref())?;
    if let Some(rule) = calling_line(lua) {
        let (sector, table) = (rows.data.decl.id.clone(), rows.selection.table.decl.name.clone());
        let table = Some((table, target.clone()));
        require_context(lua)?.record_judging_line(JudgingLine { sector, table, rule, except: Vec::new() });
    }
    selected(lua, rows, rows.selection.below(Measure::Actual, Measure::Target(target), percent))
}

fn unjudged(lua: &Lua, this: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Some(rows) = row_selection(this) else { return Ok(LuaValue::Nil) };
    let name = Option::<String>::from_lua_multi(arguments, lua)?;
    let target = target(lua, rows, name.as_deref())?;
    selected(lua, rows, rows.selection.unjudged(Measure::Actual, Measure::Target(target)))
}

fn target(lua: &Lua, rows: &RowSelection, name: Option<&str>) -> mlua::Result<TargetId> {
    let found = RowOrSelection::Many(rows.clone()).target(name).cloned();
    found.ok_or_else(|| {
        let known: Vec<String> = rows.data.decl.targets.iter().map(ToString::to_string).collect();
        let message = match name {
            Some(name) => msg!("ngành không có kế hoạch \"{name}\"", "the sector has no plan \"{name}\""),
            None => Message::new("cần tên của kế hoạch", "the name of the plan is required"),
        };
        host_error_with_hint(lua, message, Some(did_you_mean(name.unwrap_or_default(), &known)))
    })
}

fn ranked(lua: &Lua, this: &RuleValue, arguments: MultiValue, largest: bool) -> mlua::Result<LuaValue> {
    let Some(rows) = row_selection(this) else { return Ok(LuaValue::Nil) };
    let (measure, count) = <(String, usize)>::from_lua_multi(arguments, lua)?;
    let first = first_rows(lua, rows, (&measure, count), largest)?;
    if let Some(rule) = calling_line(lua) {
        require_context(lua)?.record_tie(rule, first.len(), first.tied().len());
    }
    selected(lua, rows, first)
}

/// Returns the first rows by a measure.
pub(super) fn first_rows(
    lua: &Lua,
    rows: &RowSelection,
    (measure, count): (&str, usize),
    largest: bool,
) -> mlua::Result<Selection> {
    let by = sort_key(lua, rows, measure)?;
    rows.selection.first(count, by, largest).map_err(|error| host_error(lua, error.message()))
}

/// Returns the measure called `name`, or the percentage of two measures.
pub(super) fn sort_key(lua: &Lua, rows: &RowSelection, name: &str) -> mlua::Result<SortKey> {
    let (kind, plan) = name.split_once('.').map_or((name, None), |(kind, plan)| (kind, Some(plan)));
    Ok(match kind {
        "attainment" => SortKey::Percent(Measure::Actual, Measure::Target(target(lua, rows, plan)?)),
        "target" => SortKey::Amount(Measure::Target(target(lua, rows, plan)?)),
        _ => SortKey::Amount(find_measure(lua, rows, name)?),
    })
}

fn find_measure(lua: &Lua, rows: &RowSelection, name: &str) -> mlua::Result<Measure> {
    let measure = Measure::parse(name);
    // A target is named by `target` alone.
    let has_own_name = |measure: &Measure| measure.is_reported() && !matches!(measure, Measure::Target(_));
    if has_own_name(&measure) && rows.data.decl.has_measure(&measure) {
        return Ok(measure);
    }
    let reported = rows.data.decl.reported_measures().filter(has_own_name);
    let mut known: Vec<String> = reported.map(|measure| measure.to_string()).collect();
    known.extend(["target", "attainment"].map(str::to_owned));
    let message = msg!("không có số liệu \"{name}\"", "there is no measure \"{name}\"");
    Err(host_error_with_hint(lua, message, Some(did_you_mean(name, &known))))
}

fn listing(lua: &Lua, _: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let table = Table::from_lua_multi(arguments, lua)?;
    let title: String = table.raw_get("title")?;
    let rows = match RuleValue::from_lua(table.raw_get("rows")?, lua)? {
        RuleValue::Rows(RowOrSelection::Many(rows)) => rows,
        other => {
            let owner = other.lua_type().title();
            return Err(host_error(
                lua,
                msg!(
                    "rows phải là các dòng của một bảng, nhưng nhận được {owner}",
                    "rows must be rows of a table, but got {owner}",
                    owner = owner
                ),
            ));
        }
    };
    let nowhere = || Message::new("listing phải được gọi từ quy tắc", "listing must be called from a rule");
    let rule = calling_line(lua).ok_or_else(|| host_error(lua, nowhere()))?;
    let context = require_context(lua)?;
    let sector: SectorId = context.sector_id();
    context.memory.keep(lua, title.len() + rows.selection.memory_bytes())?;
    let listings = &mut context.output().listings;
    if listings.len() >= MAX_LISTINGS {
        let message = msg!(
            "quy tắc liệt kê quá {MAX_LISTINGS} trang tính",
            "the rule lists rows on more than {MAX_LISTINGS} sheets"
        );
        return Err(host_error(lua, message));
    }
    listings.push(RowListing { sector, title, rows: rows.selection, rule });
    Ok(LuaValue::Nil)
}
