//! Functions for aggregation and comparison of figures.
//!
//! Input: figures, or indicators in place of their actuals. Output: figures that keep their operands, or booleans. Not
//! here: binary floating-point arithmetic; numbers of Lua are converted on entry.

use crate::api::entry::{Call, Entry};
use crate::api::signature::{Kind, Param, Params, needed};
use crate::eval::compute::{compute, figure_of};
use crate::eval::context::{Question, need_context};
use crate::eval::owner::Owner;
use crate::eval::value::Value;
use crate::lua::error::{calling_line, fail};
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use rust_decimal::Decimal;
use tonghop_core::message::{Both, both};
use tonghop_core::model::figure::{FigureRef, Op};
use tonghop_core::model::measure::Measure;

pub(super) const API: &[Entry] = &[
    operation(
        "sum",
        both(
            "Tổng các số liệu; thiếu một số thì tổng cũng là chưa có số liệu.",
            "The sum of figures; one without data makes the sum one without data.",
        ),
        "sum(d.one, d.two)",
        |l, a| over(l, Op::Sum, a),
    ),
    operation(
        "largest",
        both("Số lớn nhất trong các số liệu.", "The largest of the figures."),
        "largest(d.one, d.two)",
        |l, a| over(l, Op::Largest, a),
    ),
    operation(
        "smallest",
        both("Số nhỏ nhất trong các số liệu.", "The smallest of the figures."),
        "smallest(d.one, d.two)",
        |l, a| over(l, Op::Smallest, a),
    ),
    operation(
        "count",
        both("Có bao nhiêu số liệu đã có.", "How many of the figures are known."),
        "count { d.one, d.two }",
        |l, a| over(l, Op::Count, a),
    ),
    comparison(
        "below",
        both(
            "Có nhỏ hơn một số liệu hoặc con số hay không; thiếu một trong hai thì là false.",
            "Whether it is below a figure or number; false where one is missing.",
        ),
        |l, t, a| compare(l, t, a, |x, y| x < y),
    ),
    comparison(
        "at_least",
        both(
            "Có lớn hơn hoặc bằng một số liệu hoặc con số hay không; thiếu một trong hai thì là false.",
            "Whether it is at least a figure or number; false where one is missing.",
        ),
        |l, t, a| compare(l, t, a, |x, y| x >= y),
    ),
    comparison(
        "equals",
        both(
            "Có bằng một số liệu hoặc con số hay không; thiếu một trong hai thì là false.",
            "Whether it equals a figure or number; false where one is missing.",
        ),
        |l, t, a| compare(l, t, a, |x, y| x == y),
    ),
];

const fn operation(
    name: &'static str,
    doc: Both,
    example: &'static str,
    run: fn(&Lua, MultiValue) -> mlua::Result<LuaValue>,
) -> Entry {
    Entry {
        owner: Owner::Global,
        name,
        params: Params::Many(needed("figures", Kind::Figure)),
        returns: "tonghop.Figure",
        doc,
        example,
        since: 1,
        deprecated: None,
        call: Call::Function(run),
    }
}

/// The parameters of comparisons.
const OTHER: &[Param] = &[needed("other", Kind::Figure)];

const fn comparison(
    name: &'static str,
    doc: Both,
    run: fn(&Lua, &Value, MultiValue) -> mlua::Result<LuaValue>,
) -> Entry {
    let example = "if d.one.actual:below(d.two) or d.one.actual:equals(1) or d.one.actual:at_least(1) then return end";
    Entry {
        owner: Owner::Figure,
        name,
        params: Params::Each(OTHER),
        returns: "boolean",
        doc,
        example,
        since: 1,
        deprecated: None,
        call: Call::Method(run),
    }
}

/// Aggregates the arguments, or the values of a single table or group of parts.
fn over(lua: &Lua, op: Op, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let figures = match arguments.front() {
        Some(LuaValue::Table(table)) if arguments.len() == 1 => listed(lua, table)?,
        Some(first) if arguments.len() == 1 => match Value::from_lua(first.clone(), lua)? {
            Value::Parts(indicator) => indicator.children().iter().map(|c| c.figure(&Measure::Actual)).collect(),
            _ => vec![figure_of(lua, first)?],
        },
        _ => arguments.iter().map(|a| figure_of(lua, a)).collect::<mlua::Result<_>>()?,
    };
    compute(lua, op, figures)?.into_lua(lua)
}

fn listed(lua: &Lua, table: &Table) -> mlua::Result<Vec<FigureRef>> {
    table.sequence_values::<LuaValue>().map(|value| figure_of(lua, &value?)).collect()
}

fn compare(
    lua: &Lua,
    this: &Value,
    arguments: MultiValue,
    holds: fn(Decimal, Decimal) -> bool,
) -> mlua::Result<LuaValue> {
    let Value::Figure(left) = this else { return Ok(LuaValue::Boolean(false)) };
    let right = figure_of(lua, &LuaValue::from_lua_multi(arguments, lua)?)?;
    let right = if right.unit.base.is_empty() {
        right
    } else {
        right.rescaled(&left.unit).map_err(|error| fail(lua, error.words()))?
    };
    let known = left.amount.known().zip(right.amount.known());
    need_context(lua)?.asked(calling_line(lua), Question::Comparison, known.is_some());
    Ok(LuaValue::Boolean(known.is_some_and(|(x, y)| holds(x, y))))
}
