//! Functions for aggregation and comparison of figures.
//!
//! Input: figures, or indicators in place of their actuals. Output: figures that keep their operands, or booleans. Not
//! here: binary floating-point arithmetic; numbers of Lua are converted on entry.

use crate::api::entry::{ApiEntry, Handler};
use crate::api::signature::{ExpectedType, Param, Params, required};
use crate::eval::compute::{compute, figure_of};
use crate::eval::context::{Question, require_context};
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error};
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use rust_decimal::Decimal;
use tonghop_core::message::{StaticMessage, static_message};
use tonghop_core::model::figure::{FigureRef, Op};
use tonghop_core::model::measure::Measure;

pub(super) const ENTRIES: &[ApiEntry] = &[
    aggregation(
        "sum",
        static_message(
            "Tổng các số liệu; thiếu một số thì tổng cũng là chưa có số liệu.",
            "The sum of the figures; if one of them has no data, the sum has no data.",
        ),
        "sum(d.one, d.two)",
        |l, a| aggregate(l, Op::Sum, a),
    ),
    aggregation(
        "largest",
        static_message("Số lớn nhất trong các số liệu.", "The largest of the figures."),
        "largest(d.one, d.two)",
        |l, a| aggregate(l, Op::Largest, a),
    ),
    aggregation(
        "smallest",
        static_message("Số nhỏ nhất trong các số liệu.", "The smallest of the figures."),
        "smallest(d.one, d.two)",
        |l, a| aggregate(l, Op::Smallest, a),
    ),
    aggregation(
        "count",
        static_message(
            "Có bao nhiêu số liệu đã có; không phát sinh là đã có.",
            "The number of figures that have data; \"không phát sinh\" is data.",
        ),
        "count { d.one, d.two }",
        |l, a| aggregate(l, Op::Count, a),
    ),
    comparison(
        "below",
        static_message(
            "Có nhỏ hơn một số liệu hoặc con số hay không; không phát sinh là 0, thiếu một trong hai thì là false.",
            "Whether it is below a figure or number; \"không phát sinh\" is zero; false if either is missing.",
        ),
        |l, t, a| compare(l, t, a, |x, y| x < y),
    ),
    comparison(
        "at_least",
        static_message(
            "Có lớn hơn hoặc bằng một số liệu hoặc con số hay không; không phát sinh là 0, thiếu một trong hai thì là false.",
            "Whether it is at least a figure or number; \"không phát sinh\" is zero; false if either is missing.",
        ),
        |l, t, a| compare(l, t, a, |x, y| x >= y),
    ),
    comparison(
        "equals",
        static_message(
            "Có bằng một số liệu hoặc con số hay không; không phát sinh là 0, thiếu một trong hai thì là false.",
            "Whether it equals a figure or number; \"không phát sinh\" is zero; false if either is missing.",
        ),
        |l, t, a| compare(l, t, a, |x, y| x == y),
    ),
];

const fn aggregation(
    name: &'static str,
    doc: StaticMessage,
    example: &'static str,
    run: fn(&Lua, MultiValue) -> mlua::Result<LuaValue>,
) -> ApiEntry {
    ApiEntry {
        owner: LuaType::Global,
        name,
        params: Params::Variadic(required("figures", ExpectedType::Figure)),
        returns: "tonghop.Figure",
        doc,
        example,
        since: 1,
        deprecated: None,
        handler: Handler::Function(run),
    }
}

/// The parameters of comparisons.
const COMPARISON_PARAMS: &[Param] = &[required("other", ExpectedType::Figure)];

const fn comparison(
    name: &'static str,
    doc: StaticMessage,
    run: fn(&Lua, &RuleValue, MultiValue) -> mlua::Result<LuaValue>,
) -> ApiEntry {
    let example = "if d.one.actual:below(d.two) or d.one.actual:equals(1) or d.one.actual:at_least(1) then return end";
    ApiEntry {
        owner: LuaType::Figure,
        name,
        params: Params::Fixed(COMPARISON_PARAMS),
        returns: "boolean",
        doc,
        example,
        since: 1,
        deprecated: None,
        handler: Handler::Method(run),
    }
}

/// Aggregates the arguments, or the values of a single table or group of parts.
fn aggregate(lua: &Lua, op: Op, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let figures = match arguments.front() {
        Some(LuaValue::Table(table)) if arguments.len() == 1 => figures_of_table(lua, table)?,
        Some(first) if arguments.len() == 1 => match RuleValue::from_lua(first.clone(), lua)? {
            RuleValue::Parts(indicator) => indicator.children().iter().map(|c| c.figure(&Measure::Actual)).collect(),
            _ => vec![figure_of(lua, first)?],
        },
        _ => arguments.iter().map(|a| figure_of(lua, a)).collect::<mlua::Result<_>>()?,
    };
    compute(lua, op, figures)?.into_lua(lua)
}

fn figures_of_table(lua: &Lua, table: &Table) -> mlua::Result<Vec<FigureRef>> {
    table.sequence_values::<LuaValue>().map(|value| figure_of(lua, &value?)).collect()
}

fn compare(
    lua: &Lua,
    this: &RuleValue,
    arguments: MultiValue,
    holds: fn(Decimal, Decimal) -> bool,
) -> mlua::Result<LuaValue> {
    let RuleValue::Figure(left) = this else { return Ok(LuaValue::Boolean(false)) };
    let right = figure_of(lua, &LuaValue::from_lua_multi(arguments, lua)?)?;
    let right = if right.unit.is_unnamed() {
        right
    } else {
        right.rescaled(&left.unit).map_err(|error| host_error(lua, error.message()))?
    };
    let both = left.amount.counted().zip(right.amount.counted());
    require_context(lua)?.record_question(calling_line(lua), Question::Comparison, both.is_some());
    Ok(LuaValue::Boolean(both.is_some_and(|(x, y)| holds(x, y))))
}
