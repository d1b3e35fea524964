//! A host value in Lua, counted against the memory limit of the rule file while Lua holds it.
//!
//! Input: a value of the host, or of Lua. Output: the other one. Not here: what Lua can do with it (see [`crate::host::binding`]).

use super::context::context;
use super::rows::RowOrSelection;
use super::value::RuleValue;
use crate::lua::error::host_error;
use crate::lua::host_memory::{FIGURE_BYTES, MemoryCharge, span_bytes};
use mlua::{FromLua, IntoLua, Lua, Value as LuaValue};
use std::mem::{size_of, size_of_val};
use tonghop_core::msg;

/// A value as Lua holds it.
pub(crate) struct HeldValue {
    pub(crate) value: RuleValue,
    _charge: Option<MemoryCharge>,
}

impl IntoLua for RuleValue {
    fn into_lua(self, lua: &Lua) -> mlua::Result<LuaValue> {
        let charge = context(lua).map(|context| context.memory.charge(lua, self.host_bytes())).transpose()?;
        lua.create_userdata(HeldValue { value: self, _charge: charge }).map(LuaValue::UserData)
    }
}

impl FromLua for RuleValue {
    fn from_lua(value: LuaValue, lua: &Lua) -> mlua::Result<Self> {
        match &value {
            LuaValue::UserData(data) => Ok(data.borrow::<HeldValue>()?.value.clone()),
            other => {
                let message = msg!(
                    "cần một giá trị của chương trình, nhưng nhận được {kind}",
                    "expected a value of the program, but got {kind}",
                    kind = other.type_name()
                );
                Err(host_error(lua, message))
            }
        }
    }
}

impl RuleValue {
    /// Returns the memory in bytes that the host needs for this value alone.
    fn host_bytes(&self) -> usize {
        let own = match self {
            Self::Wording(words) => words.len(),
            Self::TextCells(cells) | Self::NameCells(cells) => size_of_val(&**cells),
            Self::Rows(RowOrSelection::Many(rows)) => rows.selection.memory_bytes(),
            Self::RichText(spans) => span_bytes(spans),
            Self::Parts(parts) => parts.memory_bytes(),
            Self::Figure(_) | Self::SeriesFigure { .. } => FIGURE_BYTES,
            Self::Choice { items, .. } => FIGURE_BYTES + size_of_val(&**items),
            _ => 0,
        };
        size_of::<Self>() + own
    }
}
