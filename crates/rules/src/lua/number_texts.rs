//! Refuses `tonumber` of a value of the host, which would be nil in silence.
//!
//! Input: a Lua state. Output: `tonumber` for texts and numbers. Not here: the number of a figure.

use super::error::host_error_with_hint;
use mlua::{Function, Lua, MultiValue, Value as LuaValue};
use tonghop_core::message::Message;

/// The functions that Luau would inline, so that the replacement is never called.
pub(super) const REPLACED_BUILTINS: [&str; 1] = ["tonumber"];

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

#[cfg(test)]
mod tests {
    use super::super::script::Script;
    use super::*;
    use tonghop_core::model::id::FilePath;

    struct Held;
    impl mlua::UserData for Held {}

    #[test]
    fn texts_are_converted_and_values_of_the_host_refused() {
        let lua = Lua::new();
        install(&lua).unwrap();
        lua.globals().set("figure", lua.create_userdata(Held).unwrap()).unwrap();
        let run = |text: &str| Script { file: FilePath::new("plugins/a.lua"), text: text.to_owned() }.run::<bool>(&lua);
        assert!(
            run("return tonumber(\"8.5\") == 8.5 and tonumber(\"x\") == nil and tonumber(\"10\", 2) == 2").unwrap()
        );
        assert!(run("return tonumber(figure) == 5").unwrap_err().to_string().contains("tonumber"));
    }
}
