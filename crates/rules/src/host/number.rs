//! Functions for aggregation and comparison of figures.
//!
//! Input: figures, or indicators in place of their actuals. Output: figures that keep their operands, or booleans. Not
//! here: binary floating-point arithmetic; numbers of Lua are converted on entry.

use super::members::member_error;
use super::text::group_items;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::fields::lookup_member;
use crate::api::signature::{ExpectedType, Param, Params, optional, required};
use crate::eval::compute::{compute, computed_name, figure_of, keep_operands};
use crate::eval::context::{Question, require_context};
use crate::eval::lua_type::LuaType;
use crate::eval::mean;
use crate::eval::rows::RowOrSelection;
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error, host_error_with_hint};
use mlua::{FromLua, FromLuaMulti, IntoLua, Lua, MultiValue, Value as LuaValue};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::message::{Message, StaticMessage, static_message};
use tonghop_core::model::figure::{Figure, FigureRef, Op};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::Unit;
use tonghop_core::msg;
use tonghop_core::vi::label::fold_label;
use tonghop_core::vi::unit::is_count;

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
        "count",
        static_message(
            "Có bao nhiêu số liệu đã có; không phát sinh là đã có.",
            "The number of figures that have data; \"không phát sinh\" is data.",
        ),
        "count { d.one, d.two }",
        |l, a| aggregate(l, Op::Count, a),
    ),
    ApiEntry {
        owner: LuaType::Global,
        name: "percent",
        params: Params::Fixed(&[required("part", ExpectedType::Figure), required("whole", ExpectedType::Figure)]),
        returns: "tonghop.Figure",
        doc: static_message(
            "Số thứ nhất bằng bao nhiêu phần trăm số thứ hai, in kèm dấu % và số lẻ theo `percent_decimals`.",
            "The first figure in percent of the second, printed with % and the decimals of `percent_decimals`.",
        ),
        example: "out:paragraph(\"Chiếm {x}.\", { x = percent(d.one, d.total) })",
        since: 1,
        deprecated: None,
        handler: Handler::Function(percent),
    },
    ApiEntry {
        owner: LuaType::Global,
        name: "weighted_mean",
        params: Params::Fixed(&[
            required("values", ExpectedType::Rows),
            required("weights", ExpectedType::OneOf(&[ExpectedType::Rows, ExpectedType::Text])),
            optional("of", ExpectedType::Text),
        ]),
        returns: "tonghop.Figure",
        doc: static_message(
            "Bình quân có trọng số: hai danh sách (hoặc `parts` của hai chỉ tiêu, ghép theo tên), hay một nhóm `parts`, dòng kèm tên hai loại số liệu: `weighted_mean(d.items, \"attainment\", \"target\")`. Trọng số 0 thì không tính, thiếu một số thì chưa có số liệu.",
            "The weighted mean: of two lists (or the `parts` of two indicators, matched by label), or of one group of `parts` or rows with the names of two measures: `weighted_mean(d.items, \"attainment\", \"target\")`. A value with weight 0 does not count; without a figure there is no mean.",
        ),
        example: "local mean = weighted_mean({ d.one, d.two }, { d.rate, 2 * d.rate })",
        since: 1,
        deprecated: None,
        handler: Handler::Function(weighted_mean),
    },
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

pub(super) const fn aggregation(
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

/// A figure with the value that it is of; a number of the rule is of none.
pub(super) type Operand = (Option<RuleValue>, FigureRef);

fn aggregate(lua: &Lua, op: Op, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let figures = operands(lua, arguments, None)?.into_iter().map(|(_, figure)| figure).collect();
    compute(lua, op, figures)?.into_lua(lua)
}

/// Returns the arguments, or the values of a single table or group of parts, with their figures of a measure.
pub(super) fn operands(lua: &Lua, arguments: MultiValue, measure: Option<&str>) -> mlua::Result<Vec<Operand>> {
    let values: Vec<LuaValue> = match arguments.front() {
        Some(LuaValue::Table(table)) if arguments.len() == 1 => table.sequence_values().collect::<mlua::Result<_>>()?,
        Some(group @ LuaValue::UserData(_)) if arguments.len() == 1 => {
            if let Some(items) = group_items(lua, &RuleValue::from_lua(group.clone(), lua)?)? {
                return items.into_iter().map(|item| operand(lua, item, measure)).collect();
            }
            vec![group.clone()]
        }
        _ => arguments.into_iter().collect(),
    };
    let value = |value: LuaValue| match &value {
        LuaValue::UserData(_) => operand(lua, RuleValue::from_lua(value, lua)?, measure),
        _ => Ok((None, figure_of(lua, &value)?)),
    };
    values.into_iter().map(value).collect()
}

fn operand(lua: &Lua, item: RuleValue, measure: Option<&str>) -> mlua::Result<Operand> {
    let figure = figure_of_member(lua, &item, measure)?;
    Ok((Some(item), figure))
}

/// Returns the figure of a value: that of a measure, if one is named.
pub(super) fn figure_of_member(lua: &Lua, item: &RuleValue, measure: Option<&str>) -> mlua::Result<FigureRef> {
    let value = match measure {
        Some(name) => lookup_member(item, name).map_err(|no| member_error(lua, item, name, no))?,
        None => item.clone(),
    };
    figure_of(lua, &value.into_lua(lua)?)
}

fn percent(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (part, whole) = <(LuaValue, LuaValue)>::from_lua_multi(arguments, lua)?;
    let (part, mut whole) = (figure_of(lua, &part)?, figure_of(lua, &whole)?);
    // Counts are of one kind, whatever they are called: children among people.
    if is_count(&part.unit) && is_count(&whole.unit) {
        whole = Arc::new(Figure::clone(&whole).with_unit(part.unit.clone()));
    }
    compute(lua, Op::Percent, vec![part, whole])?.into_lua(lua)
}

/// The most values of a mean: all of them are kept as its operands.
const MAX_MEAN_VALUES: usize = 1_000;

fn weighted_mean(lua: &Lua, arguments: MultiValue) -> mlua::Result<LuaValue> {
    let (values, weights, of) = <(LuaValue, LuaValue, Option<String>)>::from_lua_multi(arguments, lua)?;
    let pairs = match (&weights, of) {
        (LuaValue::String(measure), Some(weight)) => pairs_of_items(lua, values, (&*measure.to_str()?, &weight))?,
        (LuaValue::String(_), None) => {
            let message = Message::new(
                "weighted_mean: thiếu tên loại số liệu làm trọng số",
                "weighted_mean: the name of the measure that is the weight is missing",
            );
            return Err(host_error(lua, message));
        }
        _ => pairs_of_lists(lua, values, weights)?,
    };
    if pairs.len() > MAX_MEAN_VALUES {
        let message = msg!(
            "weighted_mean: hơn {MAX_MEAN_VALUES} số, quá nhiều để giữ nguồn của từng số",
            "weighted_mean: more than {MAX_MEAN_VALUES} values, too many to keep the source of each"
        );
        return Err(host_error(lua, message));
    }
    let unit = pairs.first().map_or_else(Unit::none, |(value, _)| value.unit.clone());
    let (name, line) = (computed_name(lua), calling_line(lua));
    pairs.iter().try_for_each(|(value, weight)| keep_operands(lua, &[value.clone(), weight.clone()]))?;
    let compute = |op, operands| Figure::compute(name.clone(), op, operands, line.clone());
    let mean = mean::weighted_mean(&pairs, &unit, &compute).map_err(|error| host_error(lua, error.message()))?;
    let mean = mean.unwrap_or_else(|| Figure::missing(name.clone(), unit));
    RuleValue::Figure(Arc::new(mean)).into_lua(lua)
}

/// Returns two measures of each item of a group.
fn pairs_of_items(
    lua: &Lua,
    group: LuaValue,
    (value, weight): (&str, &str),
) -> mlua::Result<Vec<(FigureRef, FigureRef)>> {
    let items: Vec<RuleValue> = match &group {
        LuaValue::UserData(_) => match RuleValue::from_lua(group.clone(), lua)? {
            RuleValue::Rows(RowOrSelection::Many(rows)) => {
                rows.rows().take(MAX_MEAN_VALUES + 1).map(RuleValue::Rows).collect()
            }
            _ => operands(lua, MultiValue::from_vec(vec![group]), None)?.into_iter().filter_map(|(i, _)| i).collect(),
        },
        _ => operands(lua, MultiValue::from_vec(vec![group]), None)?.into_iter().filter_map(|(item, _)| item).collect(),
    };
    let pair =
        |item: RuleValue| Ok((figure_of_member(lua, &item, Some(value))?, figure_of_member(lua, &item, Some(weight))?));
    items.into_iter().map(pair).collect()
}

/// Returns the values of two lists in pairs: by label for parts, else by position.
fn pairs_of_lists(lua: &Lua, values: LuaValue, weights: LuaValue) -> mlua::Result<Vec<(FigureRef, FigureRef)>> {
    let operands = |list| operands(lua, MultiValue::from_vec(vec![list]), None);
    let (values, weights) = (operands(values)?, operands(weights)?);
    if values.len() != weights.len() {
        let message = msg!(
            "weighted_mean: có {values} số nhưng {weights} trọng số",
            "weighted_mean: there are {values} values, but {weights} weights",
            values = values.len(),
            weights = weights.len()
        );
        return Err(host_error(lua, message));
    }
    let label = |(item, _): &Operand| match item {
        Some(RuleValue::Indicator(item)) if item.decl().parent.is_some() => Some(fold_label(&item.decl().label)),
        _ => None,
    };
    let labels: Vec<Option<String>> = weights.iter().map(label).collect();
    let all_labelled = labels.iter().all(Option::is_some) && values.iter().all(|value| label(value).is_some());
    let weight = |at: usize, value: &Operand| {
        let by_label = || labels.iter().position(|of_weight| *of_weight == label(value));
        let found = if all_labelled { by_label() } else { Some(at) };
        let missing = || {
            let name = value.0.as_ref().map(|item| lookup_member(item, "label")).and_then(Result::ok);
            let name = match &name {
                Some(RuleValue::Wording(label)) => label,
                _ => "",
            };
            host_error(
                lua,
                msg!("weighted_mean: \"{name}\" không có trọng số", "weighted_mean: \"{name}\" has no weight"),
            )
        };
        found.map(|at| Arc::clone(&weights[at].1)).ok_or_else(missing)
    };
    values.iter().enumerate().map(|(at, value)| Ok((Arc::clone(&value.1), weight(at, value)?))).collect()
}

/// Returns whether a percentage of a plan is compared with a number of a rule up to 1, the whole plan as a share.
fn is_share_for_percentage(left: &Figure, right: &Figure) -> bool {
    let is_share = right.amount.known().is_some_and(|number| Decimal::ZERO < number && number <= Decimal::ONE);
    matches!(left.name.measure, Measure::Attainment(_)) && right.unit.base.is_empty() && is_share
}

fn compare(
    lua: &Lua,
    this: &RuleValue,
    arguments: MultiValue,
    holds: fn(Decimal, Decimal) -> bool,
) -> mlua::Result<LuaValue> {
    let Some(left) = this.own_figure() else { return Ok(LuaValue::Boolean(false)) };
    let right = figure_of(lua, &LuaValue::from_lua_multi(arguments, lua)?)?;
    let right = if right.unit.is_unnamed() {
        right
    } else {
        right.rescaled(&left.unit).map_err(|error| host_error(lua, error.message()))?
    };
    if is_share_for_percentage(left, &right) {
        let message = Message::new(
            "mức đạt kế hoạch tính bằng phần trăm, không phải phần của 1",
            "attainment is a percentage, not a share of 1",
        );
        let hint = Message::new("tám phần mười kế hoạch viết là 80", "write eight tenths of the plan as 80");
        return Err(host_error_with_hint(lua, message, Some(hint)));
    }
    let both = left.amount.counted().zip(right.amount.counted());
    require_context(lua)?.record_question(calling_line(lua), Question::Comparison, both.is_some());
    Ok(LuaValue::Boolean(both.is_some_and(|(x, y)| holds(x, y))))
}
