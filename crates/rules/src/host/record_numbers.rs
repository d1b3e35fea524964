//! Methods that select rows of open tables by their numbers.
//!
//! Input: rows, a measure and a limit. Output: fewer rows. Not here: selection by words and rank (see
//! [`super::records`]).

use super::records::{method, row_selection, selected, sort_key};
use crate::api::entry::ApiEntry;
use crate::api::signature::{ExpectedType, Params, required};
use crate::eval::compute::{figure_of, keep_operands};
use crate::eval::context::{Question, require_context};
use crate::eval::rows::RowSelection;
use crate::eval::value::RuleValue;
use crate::lua::error::{calling_line, host_error_with_hint};
use mlua::{FromLuaMulti, Lua, MultiValue, Value as LuaValue};
use rust_decimal::Decimal;
use tonghop_core::message::{Message, StaticMessage, static_message};
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::records::{Limit, LimitAmount, Relation, SortKey};
use tonghop_core::msg;

pub(super) const ENTRIES: &[ApiEntry] = &[
    comparing(
        "below",
        static_message(
            "Các dòng có số liệu (`actual`, `target`, `attainment`…) nhỏ hơn một con số, số liệu, giá trị ở `settings`, hoặc loại số liệu khác của dòng; dòng thiếu một trong hai số thì bỏ qua, \"-\" là 0.",
            "The rows whose figure (`actual`, `target`, `attainment`, …) is below a number, a figure, a value of `settings`, or another measure of the row; rows without either are omitted, \"-\" is zero.",
        ),
        "out:paragraph(\"{x.count} dòng\", { x = d.items:below(\"attainment\", 60) })",
        |l, t, a| compared(l, t, a, Relation::Below),
    ),
    comparing(
        "at_most",
        static_message("Như `below`, kể cả bằng.", "Like `below`, or equal."),
        "out:paragraph(\"{x.count} dòng\", { x = d.items:at_most(\"actual\", d.one) })",
        |l, t, a| compared(l, t, a, Relation::AtMost),
    ),
    comparing(
        "above",
        static_message(
            "Các dòng có số liệu lớn hơn, như `below`.",
            "The rows whose figure is above it; otherwise like `below`.",
        ),
        "out:paragraph(\"{x.count} dòng\", { x = d.items:above(\"actual\", \"last_year\") })",
        |l, t, a| compared(l, t, a, Relation::Above),
    ),
    comparing(
        "at_least",
        static_message("Như `above`, kể cả bằng.", "Like `above`, or equal."),
        "out:paragraph(\"{x.count} dòng\", { x = d.items:at_least(\"attainment\", 100) })",
        |l, t, a| compared(l, t, a, Relation::AtLeast),
    ),
    method(
        "without",
        MEASURE_PARAMS,
        "tonghop.Records",
        static_message(
            "Các dòng chưa có loại số liệu này (ô trống); \"-\" là có.",
            "The rows without this measure (an empty cell); \"-\" is a number.",
        ),
        "out:paragraph(\"{x.count} dòng chưa có số\", { x = d.items:without(\"actual\") })",
        |l, t, a| with_data(l, t, a, false),
    ),
    method(
        "with",
        MEASURE_PARAMS,
        "tonghop.Records",
        static_message("Các dòng đã có loại số liệu này.", "The rows with this measure."),
        "out:paragraph(\"{x.count} dòng có số\", { x = d.items:with(\"actual\") })",
        |l, t, a| with_data(l, t, a, true),
    ),
];

const fn comparing(
    name: &'static str,
    doc: StaticMessage,
    example: &'static str,
    run: fn(&Lua, &RuleValue, MultiValue) -> mlua::Result<LuaValue>,
) -> ApiEntry {
    method(name, COMPARING_PARAMS, "tonghop.Records", doc, example, run)
}

/// The parameters of `without` and `with`.
const MEASURE_PARAMS: Params = Params::Fixed(&[required("measure", ExpectedType::Text)]);
/// The parameters of comparisons.
const COMPARING_PARAMS: Params = Params::Fixed(&[
    required("measure", ExpectedType::Text),
    required("limit", ExpectedType::OneOf(&[ExpectedType::Figure, ExpectedType::Text])),
]);

/// Returns a measure that rows have in a column.
fn reported_measure(lua: &Lua, rows: &RowSelection, name: &str) -> mlua::Result<Measure> {
    match sort_key(lua, rows, name)? {
        SortKey::Amount(measure) => Ok(measure),
        SortKey::Percent(..) => {
            let message = msg!("{name} không phải là một cột số", "{name} is no column of numbers");
            let hint = Message::new(
                "dùng actual, target, last_year hoặc một loại số liệu trong measures",
                "use actual, target, last_year or one of measures",
            );
            Err(host_error_with_hint(lua, message, Some(hint)))
        }
    }
}

fn with_data(lua: &Lua, this: &RuleValue, arguments: MultiValue, has_data: bool) -> mlua::Result<LuaValue> {
    let Some(rows) = row_selection(this) else { return Ok(LuaValue::Nil) };
    let name = String::from_lua_multi(arguments, lua)?;
    let measure = reported_measure(lua, rows, &name)?;
    selected(lua, rows, rows.selection.with_data(measure, has_data))
}

fn compared(lua: &Lua, this: &RuleValue, arguments: MultiValue, relation: Relation) -> mlua::Result<LuaValue> {
    let Some(rows) = row_selection(this) else { return Ok(LuaValue::Nil) };
    let (name, limit) = <(String, LuaValue)>::from_lua_multi(arguments, lua)?;
    let by = sort_key(lua, rows, &name)?;
    let limit = match &limit {
        LuaValue::String(other) => Limit::Measure(reported_measure(lua, rows, &other.to_str()?)?),
        other => Limit::Amount(limit_amount(lua, percentage_limit(lua, &by, figure_of(lua, other)?)?)?),
    };
    let chosen = rows.selection.compared(by, relation, limit).map_err(|error| limit_error(lua, &error))?;
    selected(lua, rows, chosen)
}

/// Returns a figure as a limit, which keeps the cells and settings of the figure.
fn limit_amount(lua: &Lua, figure: FigureRef) -> mlua::Result<LimitAmount> {
    require_context(lua)?.record_question(calling_line(lua), Question::Comparison, figure.has_data());
    let (sources, settings, aggregates) = (figure.sources(), figure.settings(), figure.aggregates());
    keep_operands(lua, std::slice::from_ref(&figure))?;
    Ok(LimitAmount { amount: figure.amount, unit: figure.unit.clone(), sources, settings, aggregates })
}

/// The largest number that is probably a share where a percentage is compared.
const MAX_SHARE: Decimal = Decimal::TWO;

/// Returns a limit; refuses a share where a percentage is compared, as 0.6 for 60.
fn percentage_limit(lua: &Lua, by: &SortKey, limit: FigureRef) -> mlua::Result<FigureRef> {
    let is_percentage = matches!(by, SortKey::Percent(..));
    let number = limit.amount.known().filter(|_| is_percentage && limit.unit.is_unnamed());
    let Some(share) = number.filter(|number| *number > Decimal::ZERO && *number <= MAX_SHARE) else {
        return Ok(limit);
    };
    let percent = (share * Decimal::ONE_HUNDRED).normalize();
    let message = msg!(
        "attainment tính bằng phần trăm, nhưng mức là {share}",
        "attainment is in percent, but the limit is {share}"
    );
    let hint = msg!("{percent}% viết là {percent}", "write {percent}% as {percent}");
    Err(host_error_with_hint(lua, message, Some(hint)))
}

fn limit_error(lua: &Lua, error: &ArithmeticError) -> mlua::Error {
    let hint = Message::new(
        "ghi mức kèm đơn vị tính ở [settings]: muc = { value = 5, unit = \"tỷ đồng\" }, rồi dùng settings.muc",
        "give the limit a unit in [settings]: limit = { value = 5, unit = \"tỷ đồng\" }, and use settings.limit",
    );
    host_error_with_hint(lua, error.message(), Some(hint))
}
