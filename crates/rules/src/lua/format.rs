//! `string.format` that refuses a number which its directive would change.
//!
//! Input: the arguments of `string.format`. Output: its text, or an error at the line. Not here: the formatting.
//!
//! Luau casts the number of `%d` to a 64-bit integer: 1e300 becomes -9223372036854775808 and 1.5 becomes 1.

use super::error::host_error_with_hint;
use mlua::{Function, Lua, MultiValue, Value as LuaValue};
use tonghop_core::message::Message;
use tonghop_core::msg;

/// Every integer up to this one is exact as a number of Lua.
const MAX_EXACT_INTEGER: f64 = 9_007_199_254_740_992.0;

/// Calls `format` if each directive for integers gets an exact integer.
pub(super) fn format_checked(lua: &Lua, format: &Function, arguments: MultiValue) -> mlua::Result<LuaValue> {
    if let Some(LuaValue::String(pattern)) = arguments.front() {
        let directives = directives(&pattern.as_bytes());
        for (directive, argument) in directives.into_iter().zip(arguments.iter().skip(1)) {
            if argument.is_userdata() && directive.is_ascii_alphabetic() && b"diouxXceEfgG".contains(&directive) {
                return Err(figure_error(lua, directive));
            }
            if directive.is_ascii_alphabetic() && b"diouxXc".contains(&directive) {
                check_integer(lua, directive, argument)?;
            }
        }
    }
    format.call(arguments)
}

/// Returns the letter of each directive that takes an argument.
fn directives(pattern: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    let mut rest = pattern.iter().copied();
    while let Some(sign) = rest.next() {
        if sign == b'%' {
            let is_modifier = |sign: &u8| b"-+ #.0123456789".contains(sign);
            found.extend(rest.find(|sign| !is_modifier(sign)).filter(|letter| *letter != b'%'));
        }
    }
    found
}

fn figure_error(lua: &Lua, directive: u8) -> mlua::Error {
    let message = msg!(
        "string.format: %{letter} cần một con số của Lua, không in được số liệu",
        "string.format: %{letter} needs a number of Lua; it prints no figures",
        letter = char::from(directive)
    );
    let hint = Message::new(
        "in số liệu bằng mẫu câu: out:paragraph(\"… {x} …\", { x = … })",
        "print figures with a template: out:paragraph(\"… {x} …\", { x = … })",
    );
    host_error_with_hint(lua, message, Some(hint))
}

fn check_integer(lua: &Lua, directive: u8, argument: &LuaValue) -> mlua::Result<()> {
    let number = match argument {
        LuaValue::Number(number) => *number,
        LuaValue::String(text) => match text.to_str().ok().and_then(|text| text.trim().parse().ok()) {
            Some(number) => number,
            None => return Ok(()),
        },
        _ => return Ok(()),
    };
    if number.fract() == 0.0 && number.abs() <= MAX_EXACT_INTEGER {
        return Ok(());
    }
    let message = msg!(
        "string.format: %{letter} cần một số nguyên, nhưng nhận được {number}",
        "string.format: %{letter} needs a whole number, but got {number}",
        letter = char::from(directive),
        number = format!("{number:e}")
    );
    let hint = Message::new(
        "làm tròn trước bằng math.floor, hoặc dùng %f; số liệu thì in bằng mẫu câu",
        "round it with math.floor first, or use %f; print figures with a template",
    );
    Err(host_error_with_hint(lua, message, Some(hint)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(call: &str) -> Result<String, String> {
        let lua = Lua::new();
        let original: Function = lua.load("return string.format").eval().unwrap();
        let checked = lua.create_function(move |lua, arguments| format_checked(lua, &original, arguments)).unwrap();
        lua.globals().set("f", checked).unwrap();
        lua.load(format!("return f({call})")).eval::<String>().map_err(|error| error.to_string())
    }

    #[test]
    fn whole_numbers_and_other_directives_are_as_before() {
        for (call, printed) in [
            ("'%d', 12", "12"),
            ("'%05d|%-4d|%x', 12, -3, 255", "00012|-3  |ff"),
            ("'%d', '7'", "7"),
            ("'%.2f %s %%d %g', 1.5, 'x', 1e300", "1.50 x %d 1e+300"),
            ("'%d', 9007199254740992", "9007199254740992"),
            ("'%s', 1.5", "1.5"),
            ("'%*', true", "true"),
        ] {
            assert_eq!(format(call).as_deref(), Ok(printed), "{call}");
        }
    }

    #[test]
    fn a_number_that_would_change_is_refused() {
        for call in
            ["'%d', 1e300", "'%d', 1.5", "'%i', 0/0", "'%u', 1/0", "'%s %d', 'a', -1e19", "'%x', 0.1", "'%d', '1e300'"]
        {
            let error = format(call).unwrap_err();
            assert!(error.contains("cần một số nguyên"), "{call}: {error}");
        }
        assert!(format("'%d', {}").is_err() && format("'%d'").is_err(), "as before");
    }
}
