//! Arithmetic of rules on figures; results keep their operands and the calling rule line.
//!
//! Input: values of rules. Output: figures. Not here: figures derived from a declaration alone.

use super::context::{Question, context};
use super::held_value::HeldValue;
use super::value::RuleValue;
use crate::lua::error::{calling_line, host_error};
use crate::lua::host_memory::FIGURE_BYTES;
use mlua::{Lua, Value as LuaValue};
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::{Figure, FigureRef, Op, Origin};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::quantity::{Amount, Unit, decimal_from_excel};
use tonghop_core::msg;

/// Returns the figure of a Lua value: a figure, an indicator, or a number written in the rule.
pub(crate) fn figure_of(lua: &Lua, value: &LuaValue) -> mlua::Result<FigureRef> {
    if let LuaValue::UserData(data) = value
        && let Some(figure) =
            data.borrow::<HeldValue>()?.value.as_figure().map_err(|error| host_error(lua, error.message()))?
    {
        return Ok(figure);
    }
    let number = match value {
        LuaValue::Integer(number) => Some(Decimal::from(*number)),
        LuaValue::Number(number) => decimal_from_excel(*number),
        _ => None,
    };
    match number {
        Some(number) => Ok(Arc::new(literal_figure(lua, number))),
        None => {
            let message = msg!(
                "cần một chỉ tiêu, số liệu hoặc con số, nhưng nhận được {kind}",
                "expected an indicator, a figure or a number, but got {kind}",
                kind = value.type_name()
            );
            Err(host_error(lua, message))
        }
    }
}

/// Creates the figure of a number written in a rule.
fn literal_figure(lua: &Lua, number: Decimal) -> Figure {
    let origin = Origin::Rule(calling_line(lua));
    Figure::new(computed_name(lua), Amount::Known(number), Unit::none(), Status::Final, origin)
}

/// Returns the name of a computed figure; a template that prints it replaces the indicator with its path.
pub(crate) fn computed_name(lua: &Lua) -> FigureName {
    let sector = context(lua).map_or_else(|| SectorId::new("rule"), |c| c.sector_id());
    FigureName { sector, indicator: IndicatorId::new("computed"), measure: Measure::Computed }
}

/// Computes a figure from operands.
pub(crate) type Arithmetic<'a> = &'a dyn Fn(Op, Vec<FigureRef>) -> Result<Figure, ArithmeticError>;

/// Applies an operation to figures for the calling rule.
pub(crate) fn compute(lua: &Lua, op: Op, operands: Vec<FigureRef>) -> mlua::Result<RuleValue> {
    if op == Op::Divide
        && operands.get(1).is_some_and(|divisor| divisor.amount.known().is_some_and(|n| n.is_zero()))
        && let Some(context) = context(lua)
    {
        context.record_question(calling_line(lua), Question::ZeroDivision, false);
    }
    compute_figure(lua, op, operands).map(RuleValue::Figure)
}

/// Applies an operation to figures for the calling rule and returns the figure.
pub(crate) fn compute_figure(lua: &Lua, op: Op, operands: Vec<FigureRef>) -> mlua::Result<FigureRef> {
    let operands = match op {
        Op::Multiply | Op::Divide | Op::Count => operands,
        _ => adopt_units(operands),
    };
    keep_operands(lua, &operands)?;
    let figure = Figure::compute(computed_name(lua), op, operands, calling_line(lua));
    figure.map(Arc::new).map_err(|error| host_error(lua, error.message()))
}

/// Counts a figure with its operands against the memory of the rule: later figures refer to their operands, so none is
/// free before the end of the rule.
pub(crate) fn keep_operands(lua: &Lua, operands: &[FigureRef]) -> mlua::Result<()> {
    let Some(context) = context(lua) else { return Ok(()) };
    context.memory.keep(lua, FIGURE_BYTES + std::mem::size_of_val(operands))
}

/// Gives a plain number of a rule the unit of the figures that it is added to or compared with.
fn adopt_units(operands: Vec<FigureRef>) -> Vec<FigureRef> {
    let unit = operands.iter().find(|o| !matches!(o.origin, Origin::Rule(_))).map(|o| o.unit.clone());
    let Some(unit) = unit else { return operands };
    let adopt = |o: FigureRef| match o.origin {
        Origin::Rule(_) => Arc::new((*o).clone().with_unit(unit.clone())),
        _ => o,
    };
    operands.into_iter().map(adopt).collect()
}
