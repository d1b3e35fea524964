//! Prints Lua values without addresses of memory, which differ between two runs.
//!
//! Input: a Lua state. Output: `tostring`, `string.format` and interpolated strings print a table, function or thread
//! that has no text of its own by the name of its type. Not here: values of the host, which have texts.

use super::error::{LimitExceeded, RuleLimit, calling_line};
use mlua::{Function, Lua, MultiValue, Table, Value as LuaValue};

/// Replaces the functions that print values.
///
/// # Errors
/// Returns an error if the state does not have these functions.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let globals = lua.globals();
    let print: Function = globals.get("tostring")?;
    let print_without_address = move |lua: &Lua, mut values: MultiValue| {
        values.iter_mut().take(1).try_for_each(|value| replace_address(lua, value))?;
        print.call::<MultiValue>(values).map_err(|error| with_line(lua, error))
    };
    globals.raw_set("tostring", lua.create_function(print_without_address)?)?;
    let string: Table = globals.get("string")?;
    let format: Function = string.get("format")?;
    let format_without_address = move |lua: &Lua, mut values: MultiValue| {
        let printed = match values.front() {
            Some(LuaValue::String(pattern)) => printed_arguments(&pattern.as_bytes()),
            _ => Vec::new(),
        };
        for place in printed {
            values.get_mut(place).map_or(Ok(()), |value| replace_address(lua, value))?;
        }
        format.call::<MultiValue>(values).map_err(|error| with_line(lua, error))
    };
    // Interpolated strings call this function too.
    string.raw_set("format", lua.create_function(format_without_address)?)
}

/// Adds the line of the rule to an error of the library, which knows only the line that called it directly.
pub(super) fn with_line(lua: &Lua, error: mlua::Error) -> mlua::Error {
    let has_line = |message: &str| message.split("\nstack traceback").next().is_some_and(|text| text.contains(".lua:"));
    match (error, calling_line(lua)) {
        (mlua::Error::RuntimeError(message), Some(rule)) if !has_line(&message) => {
            mlua::Error::RuntimeError(format!("{rule}: {message}"))
        }
        (mlua::Error::MemoryError(_), rule @ Some(_)) => {
            mlua::Error::external(LimitExceeded { limit: RuleLimit::Memory, rule })
        }
        (error, _) => error,
    }
}

/// Replaces a value that would be printed as an address by the name of its type.
fn replace_address(lua: &Lua, value: &mut LuaValue) -> mlua::Result<()> {
    let has_address = match value {
        LuaValue::Table(table) => match table.metatable() {
            Some(own) => own.raw_get::<LuaValue>("__tostring")?.is_nil(),
            None => true,
        },
        LuaValue::Function(_) | LuaValue::Thread(_) | LuaValue::LightUserData(_) => true,
        _ => false,
    };
    if has_address {
        *value = LuaValue::String(lua.create_string(value.type_name())?);
    }
    Ok(())
}

/// Returns the places of the arguments of `string.format` that are printed as text (`%s`, `%*`); the pattern is at 0.
fn printed_arguments(pattern: &[u8]) -> Vec<usize> {
    let (mut places, mut place) = (Vec::new(), 0);
    let mut signs = pattern.iter();
    while signs.any(|sign| *sign == b'%') {
        match signs.by_ref().find(|sign| !matches!(sign, b'-' | b'+' | b' ' | b'#' | b'.' | b'0'..=b'9')) {
            Some(b'%') | None => continue,
            Some(b's' | b'*') => places.push(place + 1),
            Some(_) => {}
        }
        place += 1;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_is_printed() {
        let lua = Lua::new();
        install(&lua).unwrap();
        lua.sandbox(true).unwrap();
        for (code, expected) in [
            ("tostring({})", "table"),
            ("tostring(print)", "function"),
            ("tostring(coroutine.create(function() end))", "thread"),
            ("string.format('%s', {})", "table"),
            ("('%d%% %5.2f %s %*'):format(1, 2, {}, tostring)", "1%  2.00 table function"),
            ("`{ {} } and {tostring}`", "table and function"),
            ("tostring(setmetatable({}, { __tostring = function() return 'own' end }))", "own"),
            ("`{setmetatable({}, { __tostring = function() return 'own' end })}`", "own"),
            ("tostring(setmetatable({}, { __index = {} }))", "table"),
            ("tostring(nil) .. tostring(1.5) .. tostring(true) .. tostring('x')", "nil1.5truex"),
            ("tostring(pcall(string.format, '%d', {}))", "false"),
            ("tostring(select(2, pcall(tostring)) ~= nil)", "true"),
        ] {
            assert_eq!(lua.load(code).eval::<String>().unwrap(), expected, "{code}");
        }
    }
}
