//! The type of a registry entry: a function, method or field that a rule can call or read.
//!
//! Each entry is declared once, with parameters, doc, example and version. Not here: the entries themselves.

use super::signature::Params;
use crate::eval::context::Deprecation;
use crate::eval::lua_type::LuaType;
use crate::eval::value::RuleValue;
use mlua::{IntoLua, Lua, MultiValue, Value as LuaValue};
use tonghop_core::message::StaticMessage;
use tonghop_core::model::figure::Figure;

/// The plain Lua value of a figure's field.
pub(crate) enum LuaScalar {
    Number(f64),
    Boolean(bool),
    Text(String),
    Nil,
}

impl IntoLua for LuaScalar {
    fn into_lua(self, lua: &Lua) -> mlua::Result<LuaValue> {
        match self {
            Self::Number(number) => number.into_lua(lua),
            Self::Boolean(flag) => flag.into_lua(lua),
            Self::Text(text) => text.into_lua(lua),
            Self::Nil => Ok(LuaValue::Nil),
        }
    }
}

/// The implementation of an entry.
#[derive(Clone, Copy)]
pub(crate) enum Handler {
    Function(fn(&Lua, MultiValue) -> mlua::Result<LuaValue>),
    Method(fn(&Lua, &RuleValue, MultiValue) -> mlua::Result<LuaValue>),
    /// A field that both rules and templates can read.
    Field(fn(&RuleValue) -> Option<RuleValue>),
    /// A field of a figure that only rules can read, as a plain Lua value.
    Plain(fn(&Figure) -> LuaScalar),
}

/// A function, method or field that a rule can call or read.
pub(crate) struct ApiEntry {
    pub owner: LuaType,
    pub name: &'static str,
    pub params: Params,
    /// The type of the result for lua-language-server; empty if there is none.
    pub returns: &'static str,
    pub doc: StaticMessage,
    /// Lua code that runs in the `text` function of a sector with indicators `total` (parts `one`, `two`) and `rate`,
    /// and an open table `items`.
    pub example: &'static str,
    /// The API version that introduced it.
    pub since: u32,
    pub deprecated: Option<Deprecation>,
    pub handler: Handler,
}
