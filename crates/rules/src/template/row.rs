//! The row of a list or table that a template is filled with.

use crate::eval::value::Value;
use mlua::{FromLua, Lua, Table, Value as LuaValue};

/// A row of a list or table.
pub(crate) enum Row {
    /// The value of `{it}`.
    It(Value),
    /// Several values by name.
    Named(Table),
}

impl FromLua for Row {
    fn from_lua(value: LuaValue, lua: &Lua) -> mlua::Result<Self> {
        match value {
            LuaValue::Table(named) => Ok(Self::Named(named)),
            one => Value::from_lua(one, lua).map(Self::It),
        }
    }
}
