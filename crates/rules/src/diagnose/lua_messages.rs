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
        ("đọc một trường của giá trị không có (nil)", "a field of a value that is not there (nil) is read"),
        (
            "kiểm tra chính tả của tên đứng trước dấu chấm; chỉ tiêu của ngành viết là d.<tên>",
            "check the name before the dot; an indicator of the sector is written d.<name>",
        ),
    ),
    translation(
        "attempt to index RuleValue",
        ("không gán được vào số liệu", "figures cannot be assigned to"),
        ("số liệu chỉ để đọc; viết local x = … để giữ kết quả", "figures are read-only; write local x = …"),
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
        ("tính với một giá trị không phải là số liệu", "something that is no figure is computed with"),
        ("kiểm tra từng tên trong phép tính ở dòng này", "check each name of the computation at this line"),
    ),
    translation(
        "attempt to concatenate",
        ("nối chữ với một giá trị không phải là chữ", "words are joined to something that is none"),
        (
            "đặt giá trị vào mẫu câu bằng {tên}, không nối bằng ..",
            "put the value into the template as {name} rather than by ..",
        ),
    ),
    translation(
        "Expected ',' after",
        ("thiếu dấu phẩy giữa hai mục", "there is no comma between two entries"),
        (
            "thêm dấu phẩy sau mục đứng ngay trước, hoặc đóng dấu nháy còn mở",
            "add a comma behind the entry just before, or close an open quote",
        ),
    ),
    translation(
        "did you mean '\"'",
        ("dấu nháy cong không dùng được trong tệp quy tắc", "curly quotes mean nothing in a rule file"),
        ("thay “ ” bằng dấu nháy thẳng \"", "replace “ ” by straight quotes \""),
    ),
    translation(
        "Unicode character",
        ("có ký tự lạ ngoài dấu nháy", "there is a strange character outside quotes"),
        ("xóa ký tự này rồi gõ lại bằng bàn phím", "delete this character and type it anew"),
    ),
    translation(
        "Malformed string",
        ("dấu nháy chưa đóng", "a quote is never closed"),
        ("thêm dấu nháy ở cuối chuỗi của dòng này", "add the quote at the end of the string at this line"),
    ),
    translation(
        "got <eof>",
        ("tệp kết thúc khi còn thiếu dấu đóng", "the file ends before everything is closed"),
        (
            "thêm end, ), hoặc } còn thiếu; mỗi function, if, for kết thúc bằng một end",
            "add the end, ) or } that is missing; each function, if, for ends with one end",
        ),
    ),
    translation(
        "got '='",
        ("dấu = đứng không đúng chỗ", "this is no place for ="),
        (
            "mục có tên thì viết trong ngoặc nhọn: sector { tên = … }; so sánh thì viết ==",
            "named entries stand in braces: sector { name = … }; a comparison is written ==",
        ),
    ),
    translation(
        "parsing method name",
        ("dấu : đứng không đúng chỗ", "this is no place for :"),
        ("đặt giá trị cho một mục bằng dấu =: tên = giá trị", "an entry is written with =: name = value"),
    ),
    translation(
        "got '//'",
        ("chú thích viết bằng // không dùng được", "// does not begin a comment"),
        ("bắt đầu chú thích bằng --", "begin comments with --"),
    ),
    translation(
        "(to close",
        ("thiếu dấu đóng hoặc end", "something is never closed"),
        (
            "thêm end, ) hoặc } mà thông báo nêu, ở trước dòng này",
            "add the end, ) or } that the message names, before this line",
        ),
    ),
    translation(
        "Expected identifier",
        ("thừa một dấu hoặc thiếu một giá trị", "there is a sign too many, or a value is missing"),
        (
            "bỏ dấu thừa, hoặc thêm giá trị, end hay } còn thiếu ở dòng này và dòng trên",
            "drop the sign, or add the value, end or } that is missing at this line or above",
        ),
    ),
];

/// Returns the meaning and the hint of an interpreter message, or `None` if it is not a known one.
pub(crate) fn translate(message: &str) -> Option<(Message, Message)> {
    let (means, hint) = if message.contains("attempt to call a nil value") {
        let functions = host::entry_names(LuaType::Global).collect::<Vec<_>>().join(", ");
        let hint = msg!(
            "kiểm tra chính tả của tên hàm; chương trình có: {functions}",
            "check the name of the function; the program has: {functions}"
        );
        (Message::new("gọi một hàm không có", "a function that is not there is called"), hint)
    } else {
        let Translation(_, means, hint) =
            TRANSLATIONS.iter().find(|Translation(known_by, ..)| message.contains(known_by))?;
        (Message::new(means.0, means.1), Message::new(hint.0, hint.1))
    };
    Some((msg!("{means} ({message})", "{means} ({message})", means = means), hint))
}
