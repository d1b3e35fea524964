//! Translates messages of the Lua interpreter into messages that an administrator can act on.
//!
//! Input: a message of the interpreter. Output: its cause and a hint. Not here: line numbers, hints that depend on the
//! names of the line ([`super::ways_out`]), and errors of host functions, which already have messages.

use tonghop_core::diag::{Language, Message};
use tonghop_core::library_text::{captures, fill};
use tonghop_core::msg;

/// The translation of an interpreter message: its pattern, its meaning, a hint.
///
/// In the pattern, `*` is any text and `%` the name of a type; `{0}`, `{1}`, … in the meaning are these parts.
struct Translation(&'static str, Bilingual, Bilingual);

/// Vietnamese, then English.
type Bilingual = (&'static str, &'static str);

const CLOSE: Bilingual =
    ("thêm {0} trước dòng này, đúng chỗ khối kết thúc", "add {0} before this line, where the block ends");
const TOO_COMPLEX: Bilingual = (
    "chia thành nhiều hàm nhỏ, hoặc chuyển phần dùng chung vào plugins/lib",
    "split it into smaller functions, or move shared code into plugins/lib",
);
const PRINT: Bilingual = (
    "kiểm tra từng tên trong phép tính ở dòng này; print(…) cho xem một giá trị khi chạy tonghop check",
    "check each name in the calculation on this line; print(…) shows a value in tonghop check",
);

/// The known messages of the parser, in the order in which they are tried.
const SYNTAX: &[Translation] = &[
    Translation(
        "Expected 'then' when parsing *, got *",
        ("thiếu then sau điều kiện của if", "then is missing after the condition of if"),
        ("viết: if điều kiện then … end", "write: if condition then … end"),
    ),
    Translation(
        "Expected 'do' when parsing *, got *",
        ("thiếu do ở đầu vòng lặp", "do is missing at the start of the loop"),
        ("viết: for p in d.<chỉ tiêu>.parts do … end", "write: for p in d.<indicator>.parts do … end"),
    ),
    Translation(
        "Expected ',' after *",
        ("thiếu dấu phẩy giữa hai mục", "missing comma between two entries"),
        (
            "thêm dấu phẩy sau mục đứng ngay trước, hoặc đóng dấu nháy còn mở",
            "add a comma after the previous entry, or close the open quote",
        ),
    ),
    Translation(
        "*id you mean '\"'*",
        ("dấu nháy cong không dùng được trong tệp quy tắc", "curly quotes cannot be used in a rule file"),
        ("thay “ ” bằng dấu nháy thẳng \"", "replace “ ” with straight quotes \""),
    ),
    Translation(
        "*Unicode character*",
        ("có ký tự lạ ngoài dấu nháy", "unexpected character outside quotes"),
        ("xóa ký tự này rồi gõ lại bằng bàn phím", "delete this character and type it again"),
    ),
    Translation(
        "Unexpected '*'; did you mean '*'?",
        ("dấu {0} không dùng được trong quy tắc", "the sign {0} does not exist in rules"),
        ("viết {1}", "write {1}"),
    ),
    Translation(
        "*alformed string*",
        ("dấu nháy chưa đóng", "unclosed quote"),
        ("thêm dấu nháy ở cuối chuỗi của dòng này", "add the closing quote at the end of the string on this line"),
    ),
    Translation(
        "*nfinished comment*",
        ("chú thích --[[ chưa đóng", "unclosed comment --[["),
        ("thêm ]] ở cuối chú thích", "add ]] at the end of the comment"),
    ),
    Translation(
        "*interpolated string*",
        ("chuỗi trong dấu ` ` viết sai", "malformed string in ` `"),
        (
            "viết mẫu câu trong dấu nháy thẳng \" \"; tên trong { } do chương trình điền",
            "write templates in straight quotes \" \"; the program fills in names in { }",
        ),
    ),
    Translation(
        "*malformed escape sequence*",
        ("dấu \\ trong chuỗi viết sai", "malformed \\ in a string"),
        ("viết \\\\ cho một dấu \\, \\n cho xuống dòng", "write \\\\ for one \\, and \\n for a new line"),
    ),
    Translation(
        "Malformed number",
        ("con số viết sai", "malformed number"),
        (
            "viết phần thập phân sau dấu chấm (0.8); tên không bắt đầu bằng chữ số",
            "write decimals with a point (0.8); a name does not begin with a digit",
        ),
    ),
    Translation(
        "*got '='*",
        ("dấu = đứng không đúng chỗ", "unexpected ="),
        (
            "mục có tên thì viết trong ngoặc nhọn: sector { tên = … }; so sánh thì viết ==",
            "write named entries in braces: sector { name = … }; write a comparison as ==",
        ),
    ),
    Translation(
        "*parsing method name*",
        ("dấu : đứng không đúng chỗ", "unexpected :"),
        ("đặt giá trị cho một mục bằng dấu =: tên = giá trị", "write an entry with =: name = value"),
    ),
    Translation(
        "*got '//'*",
        ("chú thích viết bằng // không dùng được", "// does not begin a comment"),
        ("bắt đầu chú thích bằng --", "begin comments with --"),
    ),
    Translation(
        "Expected * (to close * at line *), got <eof>*",
        (
            "tệp kết thúc khi còn thiếu dấu đóng: thiếu {0} cho {1} mở ở dòng {2}",
            "the file ends before every block and bracket is closed: {0} is missing for {1} of line {2}",
        ),
        (
            "thêm end, ), hoặc } còn thiếu; mỗi function, if, for kết thúc bằng một end",
            "add the missing end, ) or }; each function, if and for ends with one end",
        ),
    ),
    Translation(
        "Expected * (to close * at line *), got *",
        ("thiếu {0}: {1} mở ở dòng {2} chưa được đóng", "{0} is missing: {1} of line {2} is not closed"),
        CLOSE,
    ),
    Translation(
        "Expected * (to close * at column *), got *",
        ("thiếu {0}: {1} ở cột {2} chưa được đóng", "{0} is missing: {1} in column {2} is not closed"),
        ("thêm {0} ở dòng này", "add {0} on this line"),
    ),
    Translation(
        "*got <eof>*",
        ("tệp kết thúc khi còn thiếu dấu đóng", "the file ends before every block and bracket is closed"),
        (
            "thêm end, ), hoặc } còn thiếu; mỗi function, if, for kết thúc bằng một end",
            "add the missing end, ) or }; each function, if and for ends with one end",
        ),
    ),
    Translation(
        "Incomplete statement: *",
        (
            "dòng này chưa thành một lệnh: thiếu phép gán hoặc dấu ngoặc của lời gọi hàm",
            "this line is no statement: an assignment or the brackets of a call are missing",
        ),
        (
            "gán vào một tên (local x = …), gọi hàm bằng ( ), hoặc xóa dòng này",
            "assign it to a name (local x = …), call the function with ( ), or delete the line",
        ),
    ),
    Translation(
        "Ambiguous syntax: *",
        (
            "dấu ( ở đầu dòng được hiểu là lời gọi của dòng trên",
            "the ( at the start of the line is read as a call of the line above",
        ),
        ("viết liền với dòng trên, hoặc thêm dấu ; ở cuối dòng trên", "join the lines, or end the line above with ;"),
    ),
    Translation(
        "Assigned expression must be *",
        ("không gán được vào biểu thức này", "this expression cannot be assigned to"),
        ("gán vào một tên: local x = …", "assign to a name: local x = …"),
    ),
    Translation(
        "* statement must be inside a loop",
        ("{0} chỉ dùng được trong vòng lặp", "{0} can be used only in a loop"),
        ("xóa dòng này, hoặc dùng return để kết thúc hàm", "delete this line, or end the function with return"),
    ),
    Translation(
        "Cannot use '...' outside of *",
        ("dấu ... không dùng được ở đây", "... cannot be used here"),
        ("viết đủ tên của giá trị", "write the name of the value"),
    ),
    Translation(
        "Exceeded *",
        ("tệp quy tắc lồng quá sâu hoặc quá dài", "the rule file is nested too deeply or too long"),
        TOO_COMPLEX,
    ),
    Translation("Out of *", ("hàm này có quá nhiều tên", "this function has too many names"), TOO_COMPLEX),
    Translation(
        "*xpected identifier when parsing *, got *",
        ("thừa một dấu hoặc thiếu một giá trị", "extra symbol or missing value"),
        (
            "bỏ dấu thừa, hoặc thêm giá trị, end hay } còn thiếu ở dòng này và dòng trên",
            "remove the extra symbol, or add the missing value, end or } on this line or the line above",
        ),
    ),
    Translation(
        "Expected expression after ',' *",
        ("thừa dấu phẩy hoặc thiếu một giá trị sau dấu phẩy", "extra comma, or no value after the comma"),
        ("bỏ dấu phẩy cuối cùng trong ngoặc", "remove the last comma in the brackets"),
    ),
    Translation(
        "Expected * when parsing *, got *",
        ("chỗ này cần {0} nhưng lại gặp {2}", "{0} is needed here, but {2} was found"),
        ("sửa dòng này và xem cả dòng trên", "correct this line, and look at the line above"),
    ),
    Translation(
        "Expected *, got *",
        ("chỗ này cần {0} nhưng lại gặp {1}", "{0} is needed here, but {1} was found"),
        ("sửa dòng này và xem cả dòng trên", "correct this line, and look at the line above"),
    ),
];

/// The known messages of running code.
const RUNNING: &[Translation] = &[
    Translation(
        "attempt to index % with '*'",
        ("đọc \"{1}\" của {0}", "\"{1}\" of {0} is read"),
        (
            "kiểm tra chính tả của tên đứng trước dấu chấm; chỉ tiêu của ngành viết là d.<tên>",
            "check the name before the dot; an indicator of the sector is written d.<name>",
        ),
    ),
    Translation(
        "attempt to index % with %",
        ("đọc một phần tử của {0}", "an element of {0} is read"),
        ("kiểm tra chính tả của tên đứng trước dấu ngoặc vuông", "check the spelling of the name before the bracket"),
    ),
    Translation(
        "attempt to call missing method '*' of %",
        ("{1} không có hàm \"{0}\"", "{1} has no function \"{0}\""),
        ("kiểm tra chính tả của tên hàm", "check the spelling of the function name"),
    ),
    Translation(
        "attempt to call a nil value",
        ("gọi một hàm không có", "a function that does not exist is called"),
        ("kiểm tra chính tả của tên hàm", "check the spelling of the function name"),
    ),
    Translation(
        "attempt to call a % value",
        ("gọi {0} như một hàm", "{0} is called like a function"),
        ("bỏ dấu ngoặc sau tên, hoặc kiểm tra tên hàm", "remove the brackets after the name, or check the function"),
    ),
    Translation(
        "attempt to compare % * %",
        ("so sánh hai giá trị không cùng kiểu: {0} {1} {2}", "two values of different types are compared: {0} {1} {2}"),
        (
            "dùng a:below(b), a:at_least(b), hoặc so sánh a.value với một con số",
            "use a:below(b), a:at_least(b), or compare a.value with a number",
        ),
    ),
    Translation(
        "attempt to perform arithmetic (*) on % and %",
        (
            "tính với một giá trị không phải là số liệu: {1} và {2}",
            "arithmetic on a value that is not a figure: {1} and {2}",
        ),
        PRINT,
    ),
    Translation(
        "attempt to perform arithmetic (*) on %",
        ("tính với một giá trị không phải là số liệu: {1}", "arithmetic on a value that is not a figure: {1}"),
        PRINT,
    ),
    Translation(
        "attempt to concatenate % with %",
        (
            "nối chữ với một giá trị không phải là chữ: {0} và {1}",
            "text is joined with a value that is not text: {0} and {1}",
        ),
        (
            "đặt giá trị vào mẫu câu bằng {tên}, không nối bằng ..",
            "insert the value into the template as {name} instead of joining it with ..",
        ),
    ),
    Translation(
        "attempt to get length of a % value",
        ("dấu # không đếm được {0}", "# does not count {0}"),
        (
            "đếm bằng count { … }, hoặc duyệt: for p in d.<chỉ tiêu>.parts do … end",
            "count with count { … }, or visit each: for p in d.<indicator>.parts do … end",
        ),
    ),
    Translation(
        "attempt to iterate over a % value",
        ("for không duyệt được {0}", "for does not visit {0}"),
        (
            "duyệt các chỉ tiêu con: for p in d.<chỉ tiêu>.parts do … end",
            "visit the parts: for p in d.<indicator>.parts do … end",
        ),
    ),
    Translation(
        "invalid 'for' * (number expected, got %)",
        ("vòng lặp for cần con số, nhưng nhận được {1}", "the loop needs a number, but got {1}"),
        (
            "duyệt các chỉ tiêu con: for p in d.<chỉ tiêu>.parts do … end",
            "visit the parts: for p in d.<indicator>.parts do … end",
        ),
    ),
    Translation(
        "invalid argument #* to '*' (% expected, got %)",
        ("{1}: tham số thứ {0} phải là {2}, nhưng nhận được {3}", "{1}: argument {0} must be {2}, but got {3}"),
        ("kiểm tra giá trị đưa vào hàm ở dòng này", "check the value that this line passes to the function"),
    ),
    Translation(
        "invalid argument #* to '*' (*)",
        ("{1}: tham số thứ {0} không dùng được", "{1}: argument {0} cannot be used"),
        ("kiểm tra giá trị đưa vào hàm ở dòng này", "check the value that this line passes to the function"),
    ),
    Translation(
        "missing argument #* to '*' (% expected)",
        ("{1}: thiếu tham số thứ {0}, cần {2}", "{1}: argument {0} is missing; {2} is needed"),
        ("thêm giá trị còn thiếu vào lời gọi hàm ở dòng này", "add the missing value to the call on this line"),
    ),
    Translation(
        "missing argument #*",
        ("lời gọi hàm thiếu tham số", "an argument of the call is missing"),
        ("thêm giá trị còn thiếu vào lời gọi hàm ở dòng này", "add the missing value to the call on this line"),
    ),
    Translation(
        "attempt to modify a readonly table",
        ("không gán được vào bảng của chương trình", "a table of the program cannot be changed"),
        ("giữ kết quả trong tên riêng: local x = …", "keep the result in a name of its own: local x = …"),
    ),
    Translation(
        "*stack overflow*",
        ("hàm gọi chính nó quá nhiều lần", "a function calls itself too many times"),
        ("bỏ lời gọi chính nó, dùng vòng lặp for thay thế", "remove the call of itself; use a loop with for instead"),
    ),
    Translation(
        "table index is *",
        ("khóa của bảng là {0}", "the key of a table is {0}"),
        ("kiểm tra giá trị trong ngoặc vuông ở dòng này", "check the value in the brackets on this line"),
    ),
    Translation(
        "assertion failed!",
        ("điều kiện của assert không đúng", "the condition of assert does not hold"),
        ("print(…) cho xem giá trị khi chạy tonghop check", "print(…) shows the values in tonghop check"),
    ),
];

/// Returns the meaning and the hint of an interpreter message; an unknown message is quoted as the interpreter's own.
pub(super) fn translate(message: &str) -> (Message, Option<Message>) {
    match SYNTAX.iter().chain(RUNNING).find_map(|known| Some((known, parts_of(known.0, message)?))) {
        Some((Translation(_, meaning, hint), parts)) => {
            let english = format!("{} ({message})", in_language(meaning.1, &parts, Language::English));
            let meaning = Message::new(in_language(meaning.0, &parts, Language::Vietnamese), english);
            (meaning, Some(filled(hint, &parts)))
        }
        None => (
            msg!(
                "Luau không chạy được dòng này, nguyên văn tiếng Anh của Luau: \"{message}\"",
                "Luau cannot run this line and says: \"{message}\""
            ),
            None,
        ),
    }
}

fn filled(text: &Bilingual, parts: &[Message]) -> Message {
    Message::new(in_language(text.0, parts, Language::Vietnamese), in_language(text.1, parts, Language::English))
}

fn in_language(text: &str, parts: &[Message], language: Language) -> String {
    let parts: Vec<&str> = parts.iter().map(|part| part.in_language(language)).collect();
    fill(text, &parts)
}

/// Returns the parts of a message that fits a pattern, with types and signs in words.
fn parts_of(pattern: &str, message: &str) -> Option<Vec<Message>> {
    let kinds = pattern.chars().filter(|sign| matches!(sign, '*' | '%'));
    let parts = captures(&pattern.replace('%', "*"), message)?;
    let in_words = |(kind, part): (char, &str)| if kind == '%' { type_name(part) } else { sign_name(part) };
    Some(kinds.zip(parts).map(in_words).collect())
}

/// Returns the name of a type of Lua.
fn type_name(name: &str) -> Message {
    match name.trim_start_matches("a ") {
        "nil" | "nil value" | "no value" => Message::new("giá trị không có (nil)", "a missing value (nil)"),
        "number" => Message::new("con số", "a number"),
        "string" => Message::new("chuỗi ký tự", "a text"),
        "table" => Message::new("bảng", "a table"),
        "function" => Message::new("hàm", "a function"),
        "boolean" => Message::new("giá trị đúng/sai", "a truth value"),
        "thread" => Message::new("coroutine", "a coroutine"),
        "HeldValue" | "userdata" => Message::new(
            "giá trị của chương trình (số liệu, chỉ tiêu …)",
            "a value of the program (figure, indicator …)",
        ),
        other => Message::verbatim(other),
    }
}

/// Returns a sign as it is written, without the quotes of the interpreter.
fn sign_name(sign: &str) -> Message {
    match sign {
        "<eof>" => Message::new("hết tệp", "the end of the file"),
        "identifier" => Message::new("một tên", "a name"),
        "expression" => Message::new("một giá trị", "a value"),
        other => Message::verbatim(other.trim_matches('\'')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_messages_have_no_english_words_in_vietnamese() {
        for (message, meaning) in [
            ("Unexpected '!='; did you mean '~='?", "dấu != không dùng được trong quy tắc"),
            ("Expected 'then' when parsing if statement, got 'x'", "thiếu then sau điều kiện của if"),
            (
                "Expected 'end' (to close 'function' at line 3), got '}'; did you forget to close 'then' at line 4?",
                "thiếu end: function mở ở dòng 3 chưa được đóng",
            ),
            ("Expected ')' (to close '(' at column 4), got 'x'", "thiếu ): ( ở cột 4 chưa được đóng"),
            ("attempt to index nil with 'time'", "đọc \"time\" của giá trị không có (nil)"),
            (
                "invalid argument #2 to 'format' (number expected, got table)",
                "format: tham số thứ 2 phải là con số, nhưng nhận được bảng",
            ),
            (
                "attempt to perform arithmetic (add) on nil and number",
                "tính với một giá trị không phải là số liệu: giá trị không có (nil) và con số",
            ),
        ] {
            let (found, hint) = translate(message);
            assert_eq!(found.vietnamese(), meaning);
            assert!(found.in_language(Language::English).ends_with(&format!("({message})")));
            assert!(hint.is_some());
        }
    }

    #[test]
    fn an_unknown_message_is_quoted() {
        let (found, hint) = translate("something new");
        assert!(found.vietnamese().contains("nguyên văn") && found.vietnamese().contains("\"something new\""));
        assert!(hint.is_none());
    }
}
