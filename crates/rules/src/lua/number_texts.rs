//! Refuses `tonumber` of a value of the host, which would be nil in silence.
//!
//! Input: a Lua state. Output: `tonumber` for texts and numbers. Not here: the number of a figure.

use super::error::host_error_with_hint;
use mlua::{Function, Lua, MultiValue, Value as LuaValue};
use tonghop_core::message::Message;

/// Replaces `tonumber`.
///
/// # Errors
/// Returns an error if the state does not have the function.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let convert: Function = lua.globals().get("tonumber")?;
    let convert_text = move |lua: &Lua, values: MultiValue| match values.front() {
        Some(LuaValue::UserData(_)) => {
            let message = Message::new(
                "tonumber chỉ đổi được đoạn chữ của Lua thành số",
                "tonumber converts only texts of Lua to numbers",
            );
            let hint =
                Message::new("con số của một số liệu: d.x.actual.value", "the number of a figure: d.x.actual.value");
            Err(host_error_with_hint(lua, message, Some(hint)))
        }
        _ => convert.call::<MultiValue>(values),
    };
    lua.globals().raw_set("tonumber", lua.create_function(convert_text)?)
}
