//! The type of a registry entry: a function, method or field that a rule can call or read.
//!
//! Each entry is declared once, with parameters, doc, example and version. Not here: the entries themselves.

use super::signature::Params;
use crate::eval::context::Deprecated;
use crate::eval::owner::Owner;
use crate::eval::value::Value;
use mlua::{IntoLua, Lua, MultiValue, Value as LuaValue};
use tonghop_core::message::Both;
use tonghop_core::model::figure::Figure;

/// The plain Lua value of a figure's field.
pub(crate) enum Plain {
    Number(f64),
    Flag(bool),
    Text(String),
    Nothing,
}

impl IntoLua for Plain {
    fn into_lua(self, lua: &Lua) -> mlua::Result<LuaValue> {
        match self {
            Self::Number(number) => number.into_lua(lua),
            Self::Flag(flag) => flag.into_lua(lua),
            Self::Text(text) => text.into_lua(lua),
            Self::Nothing => Ok(LuaValue::Nil),
        }
    }
}

/// The implementation of an entry.
#[derive(Clone, Copy)]
pub(crate) enum Call {
    Function(fn(&Lua, MultiValue) -> mlua::Result<LuaValue>),
    Method(fn(&Lua, &Value, MultiValue) -> mlua::Result<LuaValue>),
    /// A field that both rules and templates can read.
    Field(fn(&Value) -> Option<Value>),
    /// A field of a figure that only rules can read, as a plain Lua value.
    Plain(fn(&Figure) -> Plain),
}

/// A function, method or field that a rule can call or read.
pub(crate) struct Entry {
    pub owner: Owner,
    pub name: &'static str,
    pub params: Params,
    /// The type of the result for lua-language-server; empty if there is none.
    pub returns: &'static str,
    pub doc: Both,
    /// Lua code that runs in the `text` function of a sector with indicators `total` (parts `one`, `two`) and `rate`,
    /// and an open table `items`.
    pub example: &'static str,
    /// The API version that introduced it.
    pub since: u32,
    pub deprecated: Option<Deprecated>,
    pub call: Call,
}
