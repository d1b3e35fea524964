//! The hints of interpreter messages that depend on the names of the line: what to write instead.
//!
//! Input: a message and the code of its line. Output: the names that the message is about, and a hint. Not here: the
//! meaning of messages.

use super::faulty_code::FaultyCode;
use crate::eval::lua_type::LuaType;
use crate::host;
use crate::suggest::{did_you_mean, nearest};
use tonghop_core::diag::Message;
use tonghop_core::library_text::captures;
use tonghop_core::msg;

/// What a message is about, in the words of the line.
pub(super) struct WayOut {
    /// The cause, if the line says it better than the message.
    pub cause: Option<Message>,
    pub hint: Option<Message>,
    /// The column of the name.
    pub column: Option<usize>,
}

/// The parts of Lua that rules do not have: the names, and what to write instead.
struct Absent(&'static [&'static str], (&'static str, &'static str));

const ABSENT: [Absent; 5] = [
    Absent(
        &["os", "time", "date", "clock"],
        (
            "quy tắc không xem đồng hồ; năm và tháng của kỳ báo cáo viết trong mẫu câu: {@period.year}, {@period.months}, {@period.last_year}",
            "rules have no clock; write the year and months of the period in a template: {@period.year}, {@period.months}, {@period.last_year}",
        ),
    ),
    Absent(
        &["require", "dofile", "loadfile", "loadstring", "load", "import", "package"],
        (
            "dùng chung mã bằng use: local chung = use(\"chung\") đọc plugins/lib/chung.lua",
            "share code with use: local shared = use(\"shared\") reads plugins/lib/shared.lua",
        ),
    ),
    Absent(
        &["io", "file", "debug"],
        (
            "quy tắc không đọc, ghi tệp; số liệu lấy từ biểu (d.<tên>) và từ [settings] của tonghop.toml (settings.<tên>)",
            "rules read and write no files; figures come from workbooks (d.<name>) and from [settings] of tonghop.toml (settings.<name>)",
        ),
    ),
    Absent(
        &["printf", "echo", "console", "log", "dump", "inspect"],
        (
            "xem một giá trị bằng print(…) khi chạy tonghop check, hoặc bằng lệnh tonghop eval",
            "look at a value with print(…) in tonghop check, or with the command tonghop eval",
        ),
    ),
    Absent(&["len", "size", "length"], ("đếm bằng count { … }", "count with count { … }")),
];

/// The global functions of Lua that rules have.
const LUA_GLOBALS: [&str; 18] = [
    "assert",
    "bit32",
    "error",
    "getmetatable",
    "ipairs",
    "math",
    "next",
    "pairs",
    "pcall",
    "rawequal",
    "rawget",
    "rawset",
    "select",
    "setmetatable",
    "string",
    "table",
    "tonumber",
    "tostring",
];

/// Returns what the names of the line say about a message.
pub(super) fn find(message: &str, code: &FaultyCode<'_>) -> WayOut {
    let none = WayOut { cause: None, hint: None, column: None };
    if message == "attempt to call a nil value" {
        return called_nil(code).unwrap_or(none);
    }
    if let Some([of, name]) = captures("attempt to index * with '*'", message).as_deref() {
        return indexed(of, name, code).unwrap_or(none);
    }
    match captures("*invalid argument #* to '*' (* expected, got HeldValue)", message).as_deref() {
        Some([_, _, "format", _]) => WayOut { hint: Some(format_hint()), ..none },
        Some(_) => WayOut { hint: Some(figure_hint()), ..none },
        None => none,
    }
}

/// Returns the function of the line that does not exist, if only one can be it.
fn called_nil(code: &FaultyCode<'_>) -> Option<WayOut> {
    let known: Vec<String> = host::entry_names(LuaType::Global).chain(LUA_GLOBALS).map(str::to_owned).collect();
    let root = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
    let is_given = |name: &str| {
        let mut uses = code.tokens.iter().zip(code.tokens.iter().skip(1));
        uses.any(|(word, next)| matches!(word.name(), Some("local" | "function" | "for")) && next.name() == Some(name))
    };
    let unknown = |path: &str| !known.contains(&path.to_owned()) && !is_given(&root(path));
    let called = code.called_paths();
    let [(path, token)] = called.iter().filter(|(path, _)| unknown(path)).collect::<Vec<_>>()[..] else { return None };
    let name = root(path);
    let hint = absent_hint(&name).or_else(|| absent_hint(path.rsplit('.').next()?));
    let hint = hint.unwrap_or_else(|| match nearest(&name.to_lowercase(), known.iter().map(String::as_str)) {
        Some(found) => msg!(
            "kiểm tra chính tả của tên hàm: có phải là \"{found}\"?",
            "check the spelling of the function name: did you mean \"{found}\"?"
        ),
        None => msg!(
            "kiểm tra chính tả của tên hàm; chương trình có: {functions}",
            "check the spelling of the function name; the program has: {functions}",
            functions = host::entry_names(LuaType::Global).collect::<Vec<_>>().join(", ")
        ),
    });
    let cause =
        msg!("gọi một hàm không có: \"{path}\"", "a function that does not exist is called: \"{path}\"", path = path);
    Some(WayOut { cause: Some(cause), hint: Some(hint), column: Some(code.column(token)) })
}

/// Returns the name in front of the field `name`, which has no value.
fn indexed(of: &str, name: &str, code: &FaultyCode<'_>) -> Option<WayOut> {
    if of == "HeldValue" {
        let message = Message::new("không gán được vào số liệu", "figures cannot be assigned to");
        let hint = Message::new(
            "số liệu chỉ để đọc; viết local x = … để giữ kết quả",
            "figures are read-only; write local x = … to keep a result",
        );
        return Some(WayOut { cause: Some(message), hint: Some(hint), column: None });
    }
    let (path, token) = code.path_before(name)?;
    let column = Some(code.column(token));
    if of != "nil" {
        return Some(WayOut { cause: None, hint: None, column });
    }
    let cause = msg!(
        "đọc một trường của giá trị không có (nil): \"{name}\" của \"{path}\"",
        "a field of a missing value (nil) is read: \"{name}\" of \"{path}\""
    );
    let root = path.split('.').next().unwrap_or_default();
    let known: Vec<String> = host::entry_names(LuaType::Global).map(str::to_owned).collect();
    let hint = absent_hint(root)
        .or_else(|| (nearest(root, ["settings"]).is_some()).then(|| did_you_mean(root, &["settings".to_owned()])));
    let hint = hint.or_else(|| {
        known
            .contains(&root.to_owned())
            .then(|| msg!("\"{root}\" là một hàm: viết {root}(…)", "\"{root}\" is a function: write {root}(…)"))
    });
    Some(WayOut { cause: Some(cause), hint, column })
}

fn absent_hint(name: &str) -> Option<Message> {
    let Absent(_, (vietnamese, english)) = ABSENT.iter().find(|Absent(names, _)| names.contains(&name))?;
    Some(Message::new(*vietnamese, *english))
}

fn format_hint() -> Message {
    Message::new(
        "in số liệu bằng mẫu câu: out:paragraph(\"… {x} …\", { x = … }), không dùng string.format",
        "print figures with a template: out:paragraph(\"… {x} …\", { x = … }), not with string.format",
    )
}

fn figure_hint() -> Message {
    Message::new(
        "hàm này của Lua không nhận số liệu; tính bằng + - * /, sum, so sánh bằng :below, in bằng mẫu câu",
        "this function of Lua takes no figures; calculate with + - * / and sum, compare with :below, print with a template",
    )
}

#[cfg(test)]
mod tests {
    use super::super::faulty_code::code;
    use super::*;

    #[test]
    fn the_names_of_a_line_say_what_to_write_instead() {
        for (line, message, cause, hint) in [
            ("Sector { id = 1 }", "attempt to call a nil value", "\"Sector\"", "\"sector\"?"),
            ("local a = require('b')", "attempt to call a nil value", "\"require\"", "use("),
            ("local x = os.date('%Y')", "attempt to index nil with 'date'", "\"date\" của \"os\"", "{@period.year}"),
            ("f(io.open('x'))", "attempt to index nil with 'open'", "\"open\" của \"io\"", "settings."),
            ("local x = d.a + summ(d.b)", "attempt to call a nil value", "\"summ\"", "\"sum\"?"),
        ] {
            let found = find(message, &code(line, 1));
            assert!(found.cause.map_or(cause.is_empty(), |text| text.vietnamese().contains(cause)), "{line}");
            let hint_text = found.hint.unwrap();
            assert!(hint_text.vietnamese().contains(hint), "{line}: {}", hint_text.vietnamese());
        }
    }

    #[test]
    fn where_several_names_can_be_it_none_is_named() {
        let found = find("attempt to call a nil value", &code("foo(1) bar(2)", 1));
        assert!(found.cause.is_none() && found.hint.is_none());
    }
}
