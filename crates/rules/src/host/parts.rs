//! Methods that choose among the parts and members of an indicator.
//!
//! Input: parts and their names. Output: fewer parts. Not here: their sums (see [`super::number`]).

use crate::api::entry::{ApiEntry, Handler};
use crate::api::signature::{ExpectedType, Params, required};
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use crate::lua::error::host_error_with_hint;
use crate::suggest::did_you_mean;
use mlua::{FromLuaMulti, IntoLua, Lua, MultiValue, Table, Value as LuaValue};
use tonghop_core::message::{StaticMessage, static_message};
use tonghop_core::msg;

pub(super) const ENTRIES: &[ApiEntry] = &[
    choosing(
        "only",
        static_message(
            "Chỉ các thành phần có mã hoặc tên này, ví dụ một số phường.",
            "Only the parts with these names or labels, for example some wards.",
        ),
        "local some = sum(d.total.parts:only { \"one\", \"Hai\" })",
        |l, t, a| choose(l, t, a, true),
    ),
    choosing(
        "except",
        static_message(
            "Các thành phần, trừ những thành phần có mã hoặc tên này.",
            "The parts, except those with these names or labels.",
        ),
        "local others = sum(d.total.parts:except { \"Hai\" })",
        |l, t, a| choose(l, t, a, false),
    ),
];

const fn choosing(
    name: &'static str,
    doc: StaticMessage,
    example: &'static str,
    run: fn(&Lua, &RuleValue, MultiValue) -> mlua::Result<LuaValue>,
) -> ApiEntry {
    ApiEntry {
        owner: LuaType::Parts,
        name,
        params: CHOOSING_PARAMS,
        returns: "tonghop.Parts",
        doc,
        example,
        since: 1,
        deprecated: None,
        handler: Handler::Method(run),
    }
}

const CHOOSING_PARAMS: Params = Params::Fixed(&[required("names", ExpectedType::StringList)]);

fn choose(lua: &Lua, this: &RuleValue, arguments: MultiValue, keeps: bool) -> mlua::Result<LuaValue> {
    let RuleValue::Parts(parts) = this else { return Ok(LuaValue::Nil) };
    let names: Vec<String> = Table::from_lua_multi(arguments, lua)?.sequence_values().collect::<mlua::Result<_>>()?;
    let chosen = parts.named(&names, keeps).map_err(|name| {
        let message = msg!("không có thành phần \"{name}\"", "there is no part \"{name}\"");
        host_error_with_hint(lua, message, Some(did_you_mean(name, &parts.names())))
    })?;
    RuleValue::Parts(chosen).into_lua(lua)
}
