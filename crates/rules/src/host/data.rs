//! Methods that iterate over data: indicators behind the pace, difficulties, shortfalls.
//!
//! Input: values of rules. Output: Lua iterators. Not here: single fields, arithmetic, wording.

use super::share::read_share;
use crate::api::call_schemas;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::fields::lookup_member;
use crate::api::signature::{ExpectedType, NO_PARAMS, Params, optional, required};
use crate::eval::context::{Question, require_context};
use crate::eval::data::IndicatorRef;
use crate::eval::lua_type::LuaType;
use crate::eval::value::{RuleValue, lua_iterator};
use crate::lua::error::{calling_line, host_error, host_error_with_hint};
use crate::suggest::did_you_mean;
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::message::{Message, static_message};
use tonghop_core::model::judgement::JudgingLine;
use tonghop_core::model::measure::Measure;
use tonghop_core::msg;

pub(super) const ENTRIES: &[ApiEntry] = &[
    ApiEntry {
        owner: LuaType::Sector,
        name: "behind",
        params: Params::Fixed(&[
            required("share", ExpectedType::Number),
            optional("options", ExpectedType::Table(&call_schemas::BEHIND)),
        ]),
        returns: "fun(): tonghop.Indicator",
        doc: static_message(
            "Lần lượt các chỉ tiêu chính có tỷ lệ đạt một kế hoạch nào đó thấp hơn `share` lần nhịp độ chia đều trong năm.",
            "Iterates over the headline indicators whose attainment of any plan is below `share` times an even pace over the year.",
        ),
        example: "for i in d:behind(0.8, { except = { \"rate\" } }) do local l = i.label end",
        since: 1,
        deprecated: None,
        handler: Handler::Method(behind),
    },
    ApiEntry {
        owner: LuaType::Sector,
        name: "unjudged",
        params: Params::Fixed(&[optional("options", ExpectedType::Table(&call_schemas::BEHIND))]),
        returns: "fun(): tonghop.Indicator",
        doc: static_message(
            "Lần lượt các chỉ tiêu chính chưa xét được so với kế hoạch; lý do ở `.reason`.",
            "Iterates over the headline indicators that cannot be judged against their plans; `.reason` says why.",
        ),
        example: "for i in d:unjudged() do out:item(\"{i.label}: {i.reason}.\", { i = i }) end",
        since: 1,
        deprecated: None,
        handler: Handler::Method(unjudged),
    },
    ApiEntry {
        owner: LuaType::Sector,
        name: "difficulties",
        params: NO_PARAMS,
        returns: "fun(): tonghop.Remark",
        doc: static_message(
            "Lần lượt các khó khăn, vướng mắc mà đơn vị ghi không kèm chỉ tiêu.",
            "Iterates over the difficulties that departments wrote without naming an indicator.",
        ),
        example: "for r in d:difficulties() do local c = r.cause end",
        since: 1,
        deprecated: None,
        handler: Handler::Method(difficulties),
    },
    ApiEntry {
        owner: LuaType::Report,
        name: "shortfalls",
        params: NO_PARAMS,
        returns: "fun(): tonghop.Shortfall",
        doc: static_message(
            "Lần lượt các tồn tại, hạn chế của mọi ngành, theo thứ tự đề mục.",
            "Iterates over the shortfalls of all sectors, in the order of the outline.",
        ),
        example: "local _ = nil",
        since: 1,
        deprecated: None,
        handler: Handler::Method(shortfalls),
    },
];

fn behind(lua: &Lua, this: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let RuleValue::Sector(data) = this else { return Ok(LuaValue::Nil) };
    let (share, options) = <(f64, Option<Table>)>::from_lua_multi(arguments, lua).map_err(|_| {
        let message = Message::new(
            "behind cần một tỷ lệ, ví dụ d:behind(0.8, { except = { \"ten_chi_tieu\" } })",
            "behind needs a share, for example d:behind(0.8, { except = { \"indicator\" } })",
        );
        host_error(lua, message)
    })?;
    let share = read_share(lua, share)?;
    let except = exceptions(lua, this, options.as_ref())?;
    let pace = data.pace.amount.known().unwrap_or_default();
    let threshold = |i: &IndicatorRef| {
        // A proportion does not grow over the year: its plan holds at any time.
        let expected = if i.is_proportion() { Decimal::ONE_HUNDRED } else { pace };
        expected.checked_mul(share).unwrap_or_default()
    };
    let reached = |i: &IndicatorRef| -> Vec<Decimal> {
        let attainments = data.decl.targets.iter().map(|t| i.figure(&Measure::Attainment(t.clone())));
        attainments.filter_map(|f| f.amount.known()).collect()
    };
    let headline = (0..data.decl.indicators.len())
        .map(|index| IndicatorRef { data: Arc::clone(data), index })
        .filter(|i| i.decl().depth == 0 && !except.iter().any(|e| e == i.decl().id.as_str()));
    let judged: Vec<(IndicatorRef, Vec<Decimal>)> =
        headline.map(|i| (i.clone(), reached(&i))).filter(|(_, reached)| !reached.is_empty()).collect();
    let (context, rule) = (require_context(lua)?, calling_line(lua));
    context.record_question(rule.clone(), Question::Threshold, !judged.is_empty());
    if let Some(rule) = rule {
        context.record_judging_line(JudgingLine { sector: data.decl.id.clone(), table: None, rule, except });
    }
    let late = judged.into_iter().filter(|(i, reached)| reached.iter().any(|part| *part < threshold(i)));
    let late: Vec<RuleValue> = late.map(|(indicator, _)| RuleValue::Indicator(indicator)).collect();
    lua_iterator(lua, late.into_iter())?.into_lua(lua)
}

fn unjudged(lua: &Lua, this: &RuleValue, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let RuleValue::Sector(data) = this else { return Ok(LuaValue::Nil) };
    let except = exceptions(lua, this, Option::<Table>::from_lua_multi(arguments, lua)?.as_ref())?;
    let is_listed = |i: &IndicatorRef| {
        let id = &i.decl().id;
        data.unjudged.iter().any(|unjudged| unjudged.indicator == *id) && !except.iter().any(|e| e == id.as_str())
    };
    let all = (0..data.decl.indicators.len()).map(|index| IndicatorRef { data: Arc::clone(data), index });
    let found: Vec<RuleValue> = all.filter(is_listed).map(RuleValue::Indicator).collect();
    lua_iterator(lua, found.into_iter())?.into_lua(lua)
}

/// Reads `except`; names that the sector does not have are an error.
fn exceptions(lua: &Lua, sector: &RuleValue, options: Option<&Table>) -> mlua::Result<Vec<String>> {
    let list = options.map(|options| options.raw_get::<Option<Table>>("except")).transpose()?.flatten();
    let Some(list) = list else { return Ok(Vec::new()) };
    let names: Vec<String> = list.sequence_values().collect::<mlua::Result<_>>()?;
    for name in &names {
        if let Err(no) = lookup_member(sector, name) {
            let message = msg!("except: không có chỉ tiêu \"{name}\"", "except: there is no indicator \"{name}\"");
            return Err(host_error_with_hint(lua, message, Some(did_you_mean(name, &no.known_names()))));
        }
    }
    Ok(names)
}

fn difficulties(lua: &Lua, this: &RuleValue, _: MultiValue) -> mlua::Result<LuaValue> {
    let RuleValue::Sector(data) = this else { return Ok(LuaValue::Nil) };
    let general = data.remarks.iter().enumerate().filter(|(_, r)| r.indicator.is_none());
    let found: Vec<RuleValue> = general.map(|(index, _)| RuleValue::Remark(Arc::clone(data), index)).collect();
    lua_iterator(lua, found.into_iter())?.into_lua(lua)
}

fn shortfalls(lua: &Lua, this: &RuleValue, _: MultiValue) -> mlua::Result<LuaValue> {
    let RuleValue::AllSectors(all) = this else { return Ok(LuaValue::Nil) };
    require_context(lua)?.output().uses_shortfalls = true;
    lua_iterator(lua, all.shortfalls.clone().into_iter().map(RuleValue::Shortfall))?.into_lua(lua)
}

/// Converts a Lua value into an indicator.
pub(super) fn indicator_of(lua: &Lua, value: LuaValue) -> mlua::Result<IndicatorRef> {
    match RuleValue::from_lua(value, lua)? {
        RuleValue::Indicator(indicator) => Ok(indicator),
        other => {
            let message = msg!(
                "cần một chỉ tiêu, nhưng nhận được {owner}",
                "expected an indicator, but got {owner}",
                owner = other.lua_type().title()
            );
            Err(host_error(lua, message))
        }
    }
}
