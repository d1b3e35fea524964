//! Functions that find the largest and the smallest figure, with the names of what has it.
//!
//! Input: figures, indicators, parts or rows of an open table. Output: the figure, which keeps all that it was compared
//! with, and the indicators or rows that have it. Not here: the first rows of a table (see [`super::records`]).

use super::number::{aggregation, figure_of_member, operands};
use crate::api::entry::ApiEntry;
use crate::eval::compute::compute_figure;
use crate::eval::context::require_context;
use crate::eval::rows::{RowOrSelection, RowSelection};
use crate::eval::value::RuleValue;
use crate::lua::error::host_error;
use mlua::{FromLua, IntoLua, Lua, LuaString, MultiValue, Value as LuaValue};
use std::sync::Arc;
use tonghop_core::message::static_message;
use tonghop_core::model::figure::{FigureRef, Op};
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::records::Selection;

pub(super) const ENTRIES: &[ApiEntry] = &[
    aggregation(
        "largest",
        static_message(
            "Số lớn nhất; cho chỉ tiêu, `parts` hay bảng mở thì `.label` là tên của nơi có số đó (bằng nhau thì đủ các tên), ghi thêm tên loại số liệu để so loại đó. Thiếu một số thì chưa có số liệu; dòng của bảng mở thiếu số thì bỏ qua.",
            "The largest figure; of indicators, `parts` or an open table, `.label` names what has it (all of them if several are equal), and a last argument names another measure to compare. If a figure has no data, neither has the result; rows of an open table without data are omitted.",
        ),
        "local most = largest(d.total.parts) out:paragraph(\"Nhiều nhất: {most.label} ({most}).\", { most = most })",
        |l, a| choose(l, Op::Largest, a),
    ),
    aggregation(
        "smallest",
        static_message("Số nhỏ nhất, như `largest`.", "The smallest figure; otherwise like `largest`."),
        "local least = smallest(d.items, \"attainment\") out:paragraph(\"{least.label}: {least}.\", { least = least })",
        |l, a| choose(l, Op::Smallest, a),
    ),
];

/// The most rows with one equal number that are named.
const MAX_EQUAL_ROWS: usize = 200;

fn choose(lua: &Lua, op: Op, mut arguments: MultiValue) -> mlua::Result<LuaValue> {
    let measure = take_measure(&mut arguments)?;
    if let [only] = arguments.iter().collect::<Vec<_>>().as_slice()
        && let LuaValue::UserData(_) = only
        && let RuleValue::Rows(RowOrSelection::Many(rows)) = RuleValue::from_lua((*only).clone(), lua)?
    {
        return of_rows(lua, &rows, measure.as_deref(), op == Op::Largest)?.into_lua(lua);
    }
    let operands = operands(lua, arguments, measure.as_deref())?;
    let figures: Vec<FigureRef> = operands.iter().map(|(_, figure)| Arc::clone(figure)).collect();
    let figure = compute_figure(lua, op, figures)?;
    let has_it =
        |own: &FigureRef| own.rescaled(&figure.unit).is_ok_and(|own| own.amount.counted() == figure.amount.counted());
    let items = operands.into_iter().filter(|(_, own)| figure.has_data() && has_it(own));
    let items = items.filter_map(|(item, _)| item).collect();
    RuleValue::Choice { figure, items }.into_lua(lua)
}

/// Removes the name of a measure after the figures and returns it.
fn take_measure(arguments: &mut MultiValue) -> mlua::Result<Option<String>> {
    match arguments.back() {
        Some(LuaValue::String(name)) => {
            let name: LuaString = name.clone();
            arguments.pop_back();
            Ok(Some(name.to_str()?.to_owned()))
        }
        _ => Ok(None),
    }
}

/// Returns the first row of a table by a measure, with the rows that have the same number.
fn of_rows(lua: &Lua, rows: &RowSelection, measure: Option<&str>, largest: bool) -> mlua::Result<RuleValue> {
    let measure = measure.unwrap_or("actual");
    let first = |count| super::records::first_rows(lua, rows, (measure, count), largest);
    let (one, several) = (first(1)?, first(MAX_EQUAL_ROWS)?);
    if !require_context(lua)?.try_select(rows.selection.len() * 2) {
        return Err(host_error(lua, super::records::too_many_selections()));
    }
    let select = |selection: Selection| RowSelection { data: Arc::clone(&rows.data), selection };
    let figure = figure_of_member(lua, &RuleValue::Rows(RowOrSelection::Many(select(one))), Some(measure))?;
    let mut items = Vec::new();
    for row in select(several).rows().map(RuleValue::Rows) {
        let own = figure_of_member(lua, &row, Some(measure))?;
        let is_equal = own.rescaled(&figure.unit).is_ok_and(|own| own.amount.counted() == figure.amount.counted());
        if figure.amount != Amount::Missing && is_equal {
            items.push(row);
        }
    }
    Ok(RuleValue::Choice { figure, items: items.into() })
}
