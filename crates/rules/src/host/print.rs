//! `print`: shows values to the author of a rule, in `check` and `watch`.
//!
//! Input: values. Output: a line in the context of the rule, with its line. Not here: the report, which never has it.

use super::shown_values::describe;
use crate::api::entry::{ApiEntry, Handler};
use crate::api::signature::{ExpectedType, Params, optional};
use crate::eval::context::require_context;
use crate::eval::lua_type::LuaType;
use crate::lua::error::calling_line;
use mlua::{Lua, MultiValue, Value as LuaValue};
use tonghop_core::message::{Message, static_message};

/// The kinds of values that a description tells apart; all others are described too.
const ANY: ExpectedType =
    ExpectedType::OneOf(&[ExpectedType::Figure, ExpectedType::Text, ExpectedType::Rows, ExpectedType::TextCells]);

pub(crate) const ENTRIES: &[ApiEntry] = &[ApiEntry {
    owner: LuaType::Global,
    name: "print",
    params: Params::Variadic(optional("values", ANY)),
    returns: "",
    doc: static_message(
        "Cho người viết quy tắc xem các giá trị ở dòng này, kèm đơn vị tính và ô nguồn, khi chạy `tonghop check` hoặc `tonghop watch`. Không ghi gì vào báo cáo; xem xong thì xóa.",
        "Shows the values to the author of the rule in `tonghop check` and `tonghop watch`, with unit and source cells. Nothing is written to the report; remove it afterwards.",
    ),
    example: "print(d.total.yoy, \"hai\")",
    since: 1,
    deprecated: None,
    handler: Handler::Function(print),
}];

fn print(lua: &Lua, values: MultiValue) -> mlua::Result<LuaValue> {
    let context = require_context(lua)?;
    if let Some(rule) = calling_line(lua)
        && context.has_room_for_printed()
    {
        let described: Vec<Message> = values.iter().map(|value| describe(lua, value)).collect::<mlua::Result<_>>()?;
        context.record_printed(rule, Message::join(&described, " | "));
    }
    Ok(LuaValue::Nil)
}
