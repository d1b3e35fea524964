//! Translates messages of the Lua interpreter into messages that an administrator can act on.
//!
//! Input: a message of the interpreter. Output: its cause and a hint. Not here: line numbers, and errors of host
//! functions, which already have messages.

use crate::eval::lua_type::LuaType;
use crate::host;
use tonghop_core::diag::Message;
use tonghop_core::msg;

/// The translation of an interpreter message: a text it contains, its meaning, a hint.
struct Translation(&'static str, Bilingual, Bilingual);

/// Vietnamese, then English.
type Bilingual = (&'static str, &'static str);

const fn translation(pattern: &'static str, meaning: Bilingual, hint: Bilingual) -> Translation {
    Translation(pattern, meaning, hint)
}

/// The known messages, in the order in which they are tried.
const TRANSLATIONS: [Translation; 15] = [
    translation(
        "attempt to index nil",
        ("đọc một trường của giá trị không có (nil)", "a field of a missing value (nil) is read"),
        (
            "kiểm tra chính tả của tên đứng trước dấu chấm; chỉ tiêu của ngành viết là d.<tên>",
            "check the name before the dot; an indicator of the sector is written d.<name>",
        ),
    ),
    translation(
        "attempt to index HeldValue",
        ("không gán được vào số liệu", "figures cannot be assigned to"),
        (
            "số liệu chỉ để đọc; viết local x = … để giữ kết quả",
            "figures are read-only; write local x = … to keep a result",
        ),
    ),
    translation(
        "attempt to compare",
        ("so sánh hai giá trị không cùng kiểu", "two values of different types are compared"),
        (
            "dùng a:below(b), a:at_least(b), hoặc so sánh a.value với một con số",
            "use a:below(b), a:at_least(b), or compare a.value with a number",
        ),
    ),
    translation(
        "attempt to perform arithmetic",
        ("tính với một giá trị không phải là số liệu", "arithmetic is performed on a value that is not a figure"),
        ("kiểm tra từng tên trong phép tính ở dòng này", "check each name in the calculation on this line"),
    ),
    translation(
        "attempt to concatenate",
        ("nối chữ với một giá trị không phải là chữ", "text is concatenated with a value that is not text"),
        (
            "đặt giá trị vào mẫu câu bằng {tên}, không nối bằng ..",
            "insert the value into the template as {name} instead of joining it with ..",
        ),
    ),
    translation(
        "Expected ',' after",
        ("thiếu dấu phẩy giữa hai mục", "missing comma between two entries"),
        (
            "thêm dấu phẩy sau mục đứng ngay trước, hoặc đóng dấu nháy còn mở",
            "add a comma after the previous entry, or close the open quote",
        ),
    ),
    translation(
        "did you mean '\"'",
        ("dấu nháy cong không dùng được trong tệp quy tắc", "curly quotes cannot be used in a rule file"),
        ("thay “ ” bằng dấu nháy thẳng \"", "replace “ ” with straight quotes \""),
    ),
    translation(
        "Unicode character",
        ("có ký tự lạ ngoài dấu nháy", "unexpected character outside quotes"),
        ("xóa ký tự này rồi gõ lại bằng bàn phím", "delete this character and type it again"),
    ),
    translation(
        "Malformed string",
        ("dấu nháy chưa đóng", "unclosed quote"),
        ("thêm dấu nháy ở cuối chuỗi của dòng này", "add the closing quote at the end of the string on this line"),
    ),
    translation(
        "got <eof>",
        ("tệp kết thúc khi còn thiếu dấu đóng", "the file ends before every block and bracket is closed"),
        (
            "thêm end, ), hoặc } còn thiếu; mỗi function, if, for kết thúc bằng một end",
            "add the missing end, ) or }; each function, if and for ends with one end",
        ),
    ),
    translation(
        "got '='",
        ("dấu = đứng không đúng chỗ", "unexpected ="),
        (
            "mục có tên thì viết trong ngoặc nhọn: sector { tên = … }; so sánh thì viết ==",
            "write named entries in braces: sector { name = … }; write a comparison as ==",
        ),
    ),
    translation(
        "parsing method name",
        ("dấu : đứng không đúng chỗ", "unexpected :"),
        ("đặt giá trị cho một mục bằng dấu =: tên = giá trị", "write an entry with =: name = value"),
    ),
    translation(
        "got '//'",
        ("chú thích viết bằng // không dùng được", "// does not begin a comment"),
        ("bắt đầu chú thích bằng --", "begin comments with --"),
    ),
    translation(
        "(to close",
        ("thiếu dấu đóng hoặc end", "missing closing bracket or end"),
        (
            "thêm end, ) hoặc } mà thông báo nêu, ở trước dòng này",
            "add the end, ) or } that the message names, before this line",
        ),
    ),
    translation(
        "Expected identifier",
        ("thừa một dấu hoặc thiếu một giá trị", "extra symbol or missing value"),
        (
            "bỏ dấu thừa, hoặc thêm giá trị, end hay } còn thiếu ở dòng này và dòng trên",
            "remove the extra symbol, or add the missing value, end or } on this line or the line above",
        ),
    ),
];

/// Returns the meaning and the hint of an interpreter message, or `None` if it is not a known one.
pub(crate) fn translate(message: &str) -> Option<(Message, Message)> {
    let (meaning, hint) = if message.contains("attempt to call a nil value") {
        let functions = host::entry_names(LuaType::Global).collect::<Vec<_>>().join(", ");
        let hint = msg!(
            "kiểm tra chính tả của tên hàm; chương trình có: {functions}",
            "check the spelling of the function name; the program has: {functions}"
        );
        (Message::new("gọi một hàm không có", "a function that does not exist is called"), hint)
    } else {
        let Translation(_, means, hint) =
            TRANSLATIONS.iter().find(|Translation(known_by, ..)| message.contains(known_by))?;
        (Message::new(means.0, means.1), Message::new(hint.0, hint.1))
    };
    Some((msg!("{means} ({message})", "{means} ({message})", means = meaning), hint))
}
