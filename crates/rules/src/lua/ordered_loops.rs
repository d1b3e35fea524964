//! Refuses loops over tables whose order differs between two runs: those with tables, functions or figures as keys.
//!
//! Input: a Lua state, and the text of a rule file. Output: `pairs`, `next` and `for … in` check the keys of a table
//! before they visit it. Not here: tables whose keys are strings and numbers, which have the same order in every run.
//!
//! Lua orders such keys by their addresses in memory. A loop over a table itself calls no function, so the check is added
//! to the text, on the same line.

use super::error::host_error_with_hint;
use super::printed_values::with_line;
use super::tokens::{LuaToken, tokenize};
use mlua::{Function, Lua, MultiValue, Table, Value as LuaValue};
use std::borrow::Cow;
use tonghop_core::message::Message;
use tonghop_core::msg;

/// The name of the function that checks what a loop visits; a rule has no reason to call it.
const CHECK: &str = "__checked";

/// Returns functions with the checks, given those of Lua: `pairs`, `next`, `table.foreach` and [`CHECK`].
const CHECKED_FUNCTIONS: &str = r#"
local pairs, next, foreach, getmetatable, rawget, type, refuse = ...
local unordered = { table = true, ["function"] = true, userdata = true, thread = true }
local function check(visited)
    if type(visited) ~= "table" then return end
    local keys, found = 0, false
    for key in next, visited do
        keys += 1
        found = found or unordered[type(key)]
        if found and keys > 1 then refuse() end
    end
end
local function iterates_itself(visited)
    local meta = getmetatable(visited)
    return type(meta) == "table" and rawget(meta, "__iter") ~= nil
end
return {
    pairs = function(visited)
        check(visited)
        return pairs(visited)
    end,
    next = function(visited, key)
        local following, value = next(visited, key)
        if unordered[type(following)] then check(visited) end
        return following, value
    end,
    foreach = function(visited, visit)
        check(visited)
        return foreach(visited, visit)
    end,
    checked = function(visited, ...)
        if not iterates_itself(visited) then check(visited) end
        return visited, ...
    end,
}
"#;

/// What the check of a table raises; the function that the rule called adds its line.
#[derive(Debug)]
struct UnorderedKeys;

impl std::fmt::Display for UnorderedKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("unordered keys")
    }
}

impl std::error::Error for UnorderedKeys {}

/// Replaces the functions that visit tables.
///
/// # Errors
/// Returns an error if the state does not have these functions.
pub(super) fn install(lua: &Lua) -> mlua::Result<()> {
    let globals = lua.globals();
    let library: Table = globals.get("table")?;
    let refuse = lua.create_function(|_, ()| -> mlua::Result<()> { Err(mlua::Error::external(UnorderedKeys)) })?;
    let original = |name: &str| globals.get::<Function>(name);
    let functions: Table = lua.load(CHECKED_FUNCTIONS).set_name("=loops").call((
        original("pairs")?,
        original("next")?,
        library.get::<Function>("foreach")?,
        original("getmetatable")?,
        original("rawget")?,
        original("type")?,
        refuse,
    ))?;
    for (table, name, checked) in [
        (&globals, "pairs", functions.get("pairs")?),
        (&globals, "ipairs", original("ipairs")?),
        (&globals, "next", functions.get("next")?),
        (&library, "foreach", functions.get("foreach")?),
        (&globals, CHECK, functions.get("checked")?),
    ] {
        let function: Function = checked;
        let at_line = move |lua: &Lua, values: MultiValue| {
            if name != CHECK && matches!(values.front(), Some(LuaValue::UserData(_))) {
                return Err(host_value_error(lua, name));
            }
            function.call::<MultiValue>(values).map_err(|error| {
                let is_refused = error.chain().any(|cause| cause.is::<UnorderedKeys>());
                if is_refused { unordered_error(lua) } else { with_line(lua, error) }
            })
        };
        table.raw_set(name, lua.create_function(at_line)?)?;
    }
    Ok(())
}

/// Creates the error for a value of the host, which loops visit without a function.
fn host_value_error(lua: &Lua, function: &str) -> mlua::Error {
    let message = msg!(
        "{function} chỉ duyệt bảng của Lua, không duyệt giá trị của chương trình",
        "{function} visits tables of Lua, not values of the program"
    );
    let hint = msg!(
        "bỏ {function}: for p in d.x.parts do …, for dong in d.bang do …",
        "leave out {function}: for p in d.x.parts do …, for row in d.table do …"
    );
    host_error_with_hint(lua, message, Some(hint))
}

fn unordered_error(lua: &Lua) -> mlua::Error {
    let message = Message::new(
        "bảng này có khóa là bảng, hàm hoặc số liệu nên mỗi lần chạy các dòng đi theo một thứ tự khác",
        "the table has tables, functions or figures as keys, so that its order differs in every run",
    );
    let hint = Message::new(
        "dùng chuỗi làm khóa (ví dụ i.id), hoặc giữ các giá trị trong một danh sách và duyệt bằng ipairs",
        "use strings as keys (for example i.id), or keep the values in a list and visit it with ipairs",
    );
    host_error_with_hint(lua, message, Some(hint))
}

/// Adds the check to every loop over values of a rule file, without moving a line.
pub(super) fn with_checked_loops(text: &str) -> Cow<'_, str> {
    let tokens = tokenize(text);
    let loops: Vec<[usize; 2]> = (0..tokens.len()).filter_map(|at| visited_values(&tokens, at)).collect();
    if loops.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut checked = String::with_capacity(text.len() + loops.len() * (CHECK.len() + 2));
    let mut written = 0;
    for [start, end] in loops {
        checked.extend([&text[written..start], CHECK, "(", &text[start..end], ")"]);
        written = end;
    }
    checked.push_str(&text[written..]);
    Cow::Owned(checked)
}

/// Returns where the values begin and end that the loop at a token visits; `None` if no loop is there, or one that needs
/// no check.
fn visited_values(tokens: &[LuaToken], at: usize) -> Option<[usize; 2]> {
    /// Words that no list of values has outside of a function, which is not looked into.
    const OTHER_STATEMENTS: [&str; 11] =
        ["for", "function", "end", "local", "return", "then", "while", "repeat", "until", "break", "in"];
    let has_name = |token: &LuaToken, name: &str| token.name() == Some(name);
    if !has_name(tokens.get(at)?, "for") {
        return None;
    }
    let head =
        tokens[at..].iter().position(|token| has_name(token, "in") || token.is_sign('=') || has_name(token, "do"))?;
    let (word, values) = tokens[at + head..].split_first()?;
    if !has_name(word, "in") {
        return None;
    }
    let length = values
        .iter()
        .position(|token| has_name(token, "do") || token.name().is_some_and(|name| OTHER_STATEMENTS.contains(&name)))?;
    let is_complete = has_name(&values[length], "do");
    let (first, last) = (values.first()?, values[..length].last()?);
    // These visit no table, or check it themselves; a wrapped `pairs` would be slower.
    let is_checked = ["pairs", "ipairs"].iter().any(|name| has_name(first, name)) && values.get(1)?.is_sign('(');
    (is_complete && !is_checked).then_some([first.start, last.end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::error::HostError;

    #[test]
    fn the_check_is_added_to_loops_over_values() {
        for (text, checked) in [
            ("for k in t do end", "for k in __checked(t) do end"),
            ("for k, v in d.x.parts do f() end", "for k, v in __checked(d.x.parts) do f() end"),
            ("for a in f(1), 2\ndo end", "for a in __checked(f(1), 2)\ndo end"),
            ("for a in x do for b in a do end end", "for a in __checked(x) do for b in __checked(a) do end end"),
        ] {
            assert_eq!(with_checked_loops(text), checked);
        }
        for text in [
            "for k, v in pairs(t) do end",
            "for i, v in ipairs(t) do end",
            "for i = 1, 3 do end",
            "-- for k in t do",
            "x = 'for k in t do'",
            "for k in t local x = 1",
            "for k in do end",
            "for k in t",
            "for",
            "for k in (function() return t end)() do end",
        ] {
            assert_eq!(with_checked_loops(text), text);
        }
    }

    /// Runs a rule text in a state with the checks.
    fn run(text: &str) -> Result<String, String> {
        let lua = Lua::new();
        install(&lua).unwrap();
        lua.sandbox(true).unwrap();
        lua.load(&*with_checked_loops(text))
            .set_name("=plugins/a.lua")
            .eval::<String>()
            .map_err(|error| error.to_string())
    }

    #[test]
    fn tables_with_a_fixed_order_are_visited_as_before() {
        for (text, expected) in [
            ("local s = '' for k, v in { 'a', 'b', x = 'c' } do s ..= k .. v end return s", "1a2bxc"),
            ("local s = '' for k, v in pairs({ 'a', x = 'c' }) do s ..= k .. v end return s", "1axc"),
            ("local s = '' for k, v in next, { 'a' } do s ..= k .. v end return s", "1a"),
            ("local s = '' for c in ('a b'):gmatch('%a') do s ..= c end return s", "ab"),
            ("local s = '' for k in { [{}] = 1 } do s ..= type(k) end return s", "table"),
            ("return tostring(next({}))", "nil"),
            (
                "local t = setmetatable({ [{}] = 1, [print] = 2 }, { __iter = function() return next, { 'a' } end }) \
                 local s = '' for k, v in t do s ..= v end return s",
                "a",
            ),
        ] {
            assert_eq!(run(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn tables_ordered_by_addresses_are_refused() {
        for text in [
            "for k in { [{}] = 1, [{}] = 2 } do end",
            "for k in pairs({ [{}] = 1, x = 2 }) do end",
            "for k in next, { [print] = 1, [type] = 2 } do end",
            "return next({ [print] = 1, [type] = 2 })",
            "table.foreach({ [print] = 1, [{}] = 2 }, function() end)",
        ] {
            assert!(run(text).unwrap_err().contains("thứ tự khác"), "{text}");
        }
    }

    #[test]
    fn the_line_of_the_loop_is_named() {
        let lua = Lua::new();
        install(&lua).unwrap();
        lua.sandbox(true).unwrap();
        for text in
            ["local t = { [{}] = 1, [{}] = 2 }\nfor k in t do end", "\nfor k in pairs({ [{}] = 1, x = 2 }) do end"]
        {
            let chunk = lua.load(with_checked_loops(text).into_owned()).set_name("=plugins/a.lua");
            let error = chunk.exec().unwrap_err();
            let rule = error.chain().find_map(|cause| cause.downcast_ref::<HostError>()?.rule.clone());
            assert_eq!(rule.map(|rule| rule.to_string()).as_deref(), Some("plugins/a.lua:2"), "{text}");
        }
    }
}
