//! What one thing is that a rule can call or read: an entry of the registry.
//!
//! In comes nothing; out go the types by which every function, method and field is declared once, with parameters,
//! doc, example and version. Never here: an entry itself.

use super::signature::Params;
use crate::eval::context::Deprecated;
use crate::eval::owner::Owner;
use crate::eval::value::Value;
use mlua::{IntoLua, Lua, MultiValue, Value as LuaValue};
use tonghop_core::message::Both;
use tonghop_core::model::figure::Figure;

/// A field of a figure that is a plain Lua value.
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

/// How an entry is carried out.
#[derive(Clone, Copy)]
pub(crate) enum Call {
    Function(fn(&Lua, MultiValue) -> mlua::Result<LuaValue>),
    Method(fn(&Lua, &Value, MultiValue) -> mlua::Result<LuaValue>),
    /// A field that rules and templates read alike.
    Field(fn(&Value) -> Option<Value>),
    /// A field of a figure that is a plain Lua value.
    Plain(fn(&Figure) -> Plain),
}

/// One thing that a rule can call or read.
pub(crate) struct Entry {
    pub owner: Owner,
    pub name: &'static str,
    pub params: Params,
    /// What comes back, as editors know it; empty where nothing does.
    pub returns: &'static str,
    pub doc: Both,
    /// Lua that runs in the `text` function of a sector with indicators `total` (parts `one`, `two`) and `rate`, and an
    /// open table `items`.
    pub example: &'static str,
    /// The API version that brought it.
    pub since: u32,
    pub deprecated: Option<Deprecated>,
    pub call: Call,
}
