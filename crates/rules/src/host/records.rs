//! Methods that filter, group and rank rows of open tables and list them in the consolidated workbook.
//!
//! Input: rows and conditions. Output: fewer rows, groups of rows, or a listing. Not here: sums, single fields.
//!
//! Each figure over a selection states its conditions; a rule therefore cannot define conditions as functions.

use crate::api::entry::{Call, Entry};
use crate::api::shapes;
use crate::api::signature::{Kind, Params, needed, optional};
use crate::eval::context::need_context;
use crate::eval::owner::Owner;
use crate::eval::rows::{Rows, RowsRef};
use crate::eval::value::Value;
use crate::lua::error::{calling_line, fail, fail_with};
use crate::suggest::did_you_mean;
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::message::{Both, Words, both};
use tonghop_core::model::id::{SectorId, TargetId};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::decimal_from_excel;
use tonghop_core::model::records::{Key, Selection};
use tonghop_core::model::sector::Listing;
use tonghop_core::say;
use tonghop_core::vi::fold::fold;

/// The maximum number of successive conditions of a selection.
const MOST_CONDITIONS: usize = 20;
/// The maximum number of listings of a sector.
const MOST_LISTINGS: usize = 20;

const fn method(
    name: &'static str,
    params: Params,
    returns: &'static str,
    doc: Both,
    example: &'static str,
    run: fn(&Lua, &Value, MultiValue) -> mlua::Result<LuaValue>,
) -> Entry {
    let owner = Owner::Records;
    Entry { owner, name, params, returns, doc, example, since: 1, deprecated: None, call: Call::Method(run) }
}

pub(super) const API: &[Entry] = &[
    method(
        "where",
        Params::Each(&[needed("field", Kind::Text), needed("words", Kind::Text)]),
        "tonghop.Records",
        both(
            "Các dòng có những chữ này trong một cột; không phân biệt chữ hoa, chữ thường và khoảng trắng thừa.",
            "The rows of which a field holds these words; capitals and blanks make no difference.",
        ),
        "out:paragraph(\"{x.count} dòng\", { x = d.items:where(\"field\", \"Y tế\") })",
        having,
    ),
    method(
        "by",
        Params::Each(&[needed("field", Kind::Text)]),
        "tonghop.Records[]",
        both(
            "Các nhóm dòng cùng chữ trong một cột, theo thứ tự xuất hiện.",
            "The rows in groups of the same words in a field, in the order in which these first stand.",
        ),
        "for _, group in d.items:by(\"field\") do out:item(\"{g.title}: {g.count} dòng.\", { g = group }) end",
        by,
    ),
    method(
        "behind",
        Params::Each(&[needed("percent", Kind::Number), optional("target", Kind::Text)]),
        "tonghop.Records",
        both(
            "Các dòng có số thực hiện dưới bấy nhiêu phần trăm kế hoạch; dòng thiếu một trong hai số thì bỏ qua.",
            "The rows whose actual is less than so many percent of their plan; those without either are left out.",
        ),
        "out:paragraph(\"{late.count} dòng đạt thấp.\", { late = d.items:behind(60) })",
        behind,
    ),
    method(
        "lowest",
        RANKED,
        "tonghop.Records",
        both(
            "Các dòng có số nhỏ nhất, nhỏ trước; xếp theo `actual`, `last_year`, `target`, `attainment` hoặc một loại số liệu trong `measures`.",
            "The rows that have least of a measure (`actual`, `last_year`, `target`, `attainment`, or one of `measures`), the least first.",
        ),
        "out:paragraph(\"{x}.\", { x = list(d.items:lowest(\"attainment\", 2), \"{it.label} {it.attainment}\") })",
        |l, t, a| ranked(l, t, a, false),
    ),
    method(
        "highest",
        RANKED,
        "tonghop.Records",
        both(
            "Các dòng có số lớn nhất, lớn trước; xếp theo các số liệu như ở `lowest`.",
            "The rows that have most of a measure, the most first; of the measures that `lowest` takes.",
        ),
        "out:paragraph(\"{x}.\", { x = list(d.items:highest(\"actual\", 2), \"{it.label} {it}\") })",
        |l, t, a| ranked(l, t, a, true),
    ),
    Entry {
        owner: Owner::Out,
        name: "listing",
        params: Params::Each(&[needed("listing", Kind::Table(&shapes::LISTING))]),
        returns: "",
        doc: both(
            "Liệt kê các dòng của bảng mở trên một trang riêng của biểu tổng hợp, mỗi dòng kèm ô nguồn.",
            "Lists rows of an open table on a sheet of their own in the consolidated workbook, each with its cells.",
        ),
        example: "out:listing { title = \"Chậm tiến độ\", rows = d.items:behind(60) }",
        since: 1,
        deprecated: None,
        call: Call::Method(listing),
    },
];

/// The parameters of `lowest` and `highest`.
const RANKED: Params = Params::Each(&[needed("measure", Kind::Text), needed("count", Kind::Whole)]);

fn rows(value: &Value) -> Option<&RowsRef> {
    match value {
        Value::Rows(Rows::Many(rows)) => Some(rows),
        _ => None,
    }
}

/// Converts a selection of rows into a Lua value, within the limits.
fn chosen(lua: &Lua, of: &RowsRef, selection: Selection) -> mlua::Result<LuaValue> {
    let too_much = |message: Words| {
        let hint = Words::new(
            "chọn một lần trước vòng lặp rồi dùng lại kết quả",
            "choose once before the loop and use the result again",
        );
        Err(fail_with(lua, message, Some(hint)))
    };
    if selection.conditions.len() > MOST_CONDITIONS {
        return too_much(say!(
            "các dòng đã qua hơn {MOST_CONDITIONS} lần chọn nối tiếp nhau",
            "the rows were chosen by more than {MOST_CONDITIONS} conditions one after the other"
        ));
    }
    if !need_context(lua)?.may_choose(selection.len()) {
        return too_much(Words::new("quy tắc chọn dòng quá nhiều lần", "the rule chooses rows too many times"));
    }
    Value::Rows(Rows::Many(RowsRef { data: Arc::clone(&of.data), selection })).into_lua(lua)
}

fn field(lua: &Lua, rows: &RowsRef, name: &str) -> mlua::Result<usize> {
    let fields = &rows.selection.table.decl.fields;
    fields.iter().position(|field| field.name == name).ok_or_else(|| {
        let known: Vec<String> = fields.iter().map(|field| field.name.clone()).collect();
        let message = say!("bảng này không có cột \"{name}\"", "the table has no field \"{name}\"");
        fail_with(lua, message, Some(did_you_mean(name, &known)))
    })
}

fn having(lua: &Lua, this: &Value, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Some(rows) = rows(this) else { return Ok(LuaValue::Nil) };
    let (name, words) = <(String, String)>::from_lua_multi(arguments, lua)?;
    chosen(lua, rows, rows.selection.having(field(lua, rows, &name)?, &words, &fold(&words)))
}

fn by(lua: &Lua, this: &Value, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Some(rows) = rows(this) else { return Ok(LuaValue::Nil) };
    let name = String::from_lua_multi(arguments, lua)?;
    let groups = lua.create_table()?;
    // If the field is different in every row, there is one group per row; Lua's memory limit bounds their number.
    for group in rows.selection.by(field(lua, rows, &name)?) {
        groups.raw_push(chosen(lua, rows, group)?)?;
    }
    Ok(LuaValue::Table(groups))
}

fn behind(lua: &Lua, this: &Value, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let Some(rows) = rows(this) else { return Ok(LuaValue::Nil) };
    let (percent, name) = <(f64, Option<String>)>::from_lua_multi(arguments, lua)?;
    let percent = decimal_from_excel(percent)
        .ok_or_else(|| fail(lua, Words::new("behind: tỷ lệ quá lớn", "behind: the percentage is too large")))?;
    let target = target(lua, rows, name.as_deref())?;
    chosen(lua, rows, rows.selection.below(Measure::Actual, Measure::Target(target), percent))
}

fn target(lua: &Lua, rows: &RowsRef, name: Option<&str>) -> mlua::Result<TargetId> {
    let found = Rows::Many(rows.clone()).target(name).cloned();
    found.ok_or_else(|| {
        let known: Vec<String> = rows.data.decl.targets.iter().map(ToString::to_string).collect();
        let message = match name {
            Some(name) => say!("ngành không có kế hoạch \"{name}\"", "the sector has no plan \"{name}\""),
            None => Words::new("cần tên của kế hoạch", "the name of the plan is needed"),
        };
        fail_with(lua, message, Some(did_you_mean(name.unwrap_or_default(), &known)))
    })
}

fn ranked(lua: &Lua, this: &Value, arguments: MultiValue, largest: bool) -> mlua::Result<LuaValue> {
    let Some(rows) = rows(this) else { return Ok(LuaValue::Nil) };
    let (measure, count) = <(String, usize)>::from_lua_multi(arguments, lua)?;
    let by = match measure.as_str() {
        "attainment" => Key::Percent(Measure::Actual, Measure::Target(target(lua, rows, None)?)),
        "target" => Key::Amount(Measure::Target(target(lua, rows, None)?)),
        name => Key::Amount(amount(lua, rows, name)?),
    };
    let first = rows.selection.first(count, by, largest).map_err(|error| fail(lua, error.words()))?;
    chosen(lua, rows, first)
}

fn amount(lua: &Lua, rows: &RowsRef, name: &str) -> mlua::Result<Measure> {
    let measures = &rows.data.decl.measures;
    match name {
        "actual" => Ok(Measure::Actual),
        "last_year" => Ok(Measure::LastYear),
        _ => measures.iter().find(|own| own.as_str() == name).cloned().map(Measure::Other).ok_or_else(|| {
            let mut known: Vec<String> = measures.iter().map(ToString::to_string).collect();
            known.extend(["actual", "last_year", "target", "attainment"].map(str::to_owned));
            let message = say!("không có số liệu \"{name}\"", "there is no measure \"{name}\"");
            fail_with(lua, message, Some(did_you_mean(name, &known)))
        }),
    }
}

fn listing(lua: &Lua, _: &Value, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let table = Table::from_lua_multi(arguments, lua)?;
    let title: String = table.raw_get("title")?;
    let rows = match Value::from_lua(table.raw_get("rows")?, lua)? {
        Value::Rows(Rows::Many(rows)) => rows,
        other => {
            let owner = other.owner().title();
            return Err(fail(
                lua,
                say!(
                    "rows phải là các dòng của một bảng, nhưng nhận được {owner}",
                    "rows must be rows of a table, but this is {owner}",
                    owner = owner
                ),
            ));
        }
    };
    let nowhere = || Words::new("listing phải được gọi từ quy tắc", "listing must be called by a rule");
    let rule = calling_line(lua).ok_or_else(|| fail(lua, nowhere()))?;
    let context = need_context(lua)?;
    let sector: SectorId = context.sector_id();
    let listings = &mut context.output().listings;
    if listings.len() >= MOST_LISTINGS {
        let message = say!(
            "quy tắc liệt kê quá {MOST_LISTINGS} trang tính",
            "the rule lists rows on more than {MOST_LISTINGS} sheets"
        );
        return Err(fail(lua, message));
    }
    listings.push(Listing { sector, title, rows: rows.selection, rule });
    Ok(LuaValue::Nil)
}
