//! The row of a list or table that a template is filled with.

use crate::eval::value::RuleValue;
use mlua::{FromLua, Lua, Table, Value as LuaValue};

/// A row of a list or table.
#[derive(Clone)]
pub(crate) enum TemplateRow {
    /// The value of `{it}`.
    It(RuleValue),
    /// Several values by name.
    Named(Table),
}

impl FromLua for TemplateRow {
    fn from_lua(value: LuaValue, lua: &Lua) -> mlua::Result<Self> {
        match value {
            LuaValue::Table(named) => Ok(Self::Named(named)),
            one => RuleValue::from_lua(one, lua).map(Self::It),
        }
    }
}
