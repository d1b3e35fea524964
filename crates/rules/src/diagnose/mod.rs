//! Converts errors of Lua and of host functions into diagnostics with file, line and cause.

mod blocks;
mod faulty_code;
mod lua_messages;
mod ways_out;

pub(crate) use faulty_code::RuleTexts;

use crate::lua::error::{HostError, LimitExceeded, RuleLimit};
use faulty_code::FaultyCode;
use tonghop_core::diag::{Code, Diagnostic, Language, Message, Place};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;

/// Converts a Lua error into a diagnostic of the rule file.
///
/// The place is `last_line`, or else line 1 of the file, if the error has no line.
pub(crate) fn diagnose(
    error: &mlua::Error,
    texts: &RuleTexts<'_>,
    code: Code,
    last_line: Option<RuleLine>,
) -> Diagnostic {
    let mut diagnostic = to_diagnostic(error, texts, code, last_line);
    diagnostic.hint.get_or_insert_with(|| {
        Message::new("sửa dòng này của tệp quy tắc rồi chạy lại", "correct this line of the rule file and run again")
    });
    diagnostic
}

fn to_diagnostic(error: &mlua::Error, texts: &RuleTexts<'_>, code: Code, last_line: Option<RuleLine>) -> Diagnostic {
    let root = root_cause(error);
    let first_line = RuleLine { file: texts.file.clone(), line: 1 };
    let foreign = |words: &str| {
        let place = Place::Rule(last_line.clone().unwrap_or_else(|| first_line.clone()));
        let (message, hint) = lua_messages::translate(&truncate(&without_addresses(words)));
        Diagnostic { hint, ..Diagnostic::new(code, place, message) }
    };
    match root {
        mlua::Error::ExternalError(cause) => match cause.downcast_ref::<HostError>() {
            Some(host) => {
                let rule = host.rule.clone().or(last_line).unwrap_or(first_line);
                let diagnostic = Diagnostic::new(code, Place::Rule(rule), shortened(&host.message));
                Diagnostic { hint: host.hint.as_ref().map(shortened), ..diagnostic }
            }
            None => match cause.downcast_ref::<LimitExceeded>() {
                Some(LimitExceeded { limit: reached, rule }) => {
                    limit_diagnostic(*reached, rule.clone().or(last_line).unwrap_or(first_line))
                }
                None => foreign(&cause.to_string()),
            },
        },
        mlua::Error::MemoryError(_) => limit_diagnostic(RuleLimit::Memory, last_line.unwrap_or(first_line)),
        mlua::Error::RuntimeError(message) if message.contains("not enough memory") => limit_diagnostic(
            RuleLimit::Memory,
            split_message(message, texts.file).0.or(last_line).unwrap_or(first_line),
        ),
        mlua::Error::SyntaxError { message, .. } => {
            let (rule, words) = split_message(message, texts.file);
            syntax_diagnostic(&words, texts, code, rule.or(last_line).unwrap_or(first_line))
        }
        mlua::Error::RuntimeError(message) => {
            let (rule, words) = split_message(message, texts.file);
            runtime_diagnostic(&words, texts, code, rule.or(last_line).unwrap_or(first_line))
        }
        other => foreign(&other.to_string()),
    }
}

/// Explains a message of the parser, with the column and the block that is not closed.
fn syntax_diagnostic(words: &str, texts: &RuleTexts<'_>, code: Code, rule: RuleLine) -> Diagnostic {
    let faulty = texts.at(&rule);
    let (mut message, mut hint) = lua_messages::translate(words);
    let mut opening = None;
    let ends = words.contains("<eof>");
    let is_about_blocks = ends || words.contains("(to close") || words.contains("when parsing expression");
    if is_about_blocks && let Some(block) = blocks::open_block(&faulty) {
        let blocks::OpenBlock { word, line } = &block;
        let close = block.closing_word();
        message = msg!(
            "thiếu {close}: {word} mở ở dòng {line} chưa được đóng",
            "{close} is missing: {word} of line {line} is not closed"
        );
        hint = Some(msg!("thêm {close} cho {word} ở dòng {line}", "add {close} for {word} of line {line}"));
        opening = (*line != rule.line).then(|| Place::Rule(RuleLine { file: rule.file.clone(), line: *line }));
    }
    let message = with_column(message, if ends { None } else { faulty.syntax_column(words) });
    let diagnostic = Diagnostic::new(code, Place::Rule(rule), message);
    Diagnostic { hint, places: diagnostic.places.into_iter().chain(opening).collect(), ..diagnostic }
}

/// Explains a message of running code with the names of its line.
fn runtime_diagnostic(words: &str, texts: &RuleTexts<'_>, code: Code, rule: RuleLine) -> Diagnostic {
    let faulty = texts.at(&rule);
    let (message, hint) = if is_own_error(words, &faulty) {
        (msg!("quy tắc báo lỗi: {words}", "the rule reports an error: {words}"), None)
    } else {
        lua_messages::translate(words)
    };
    let found = ways_out::find(words, &faulty);
    let message = match found.cause {
        Some(cause) => {
            let english = format!("{} ({words})", cause.in_language(Language::English));
            Message::new(cause.vietnamese(), english)
        }
        None => message,
    };
    let diagnostic = Diagnostic::new(code, Place::Rule(rule), with_column(message, found.column));
    Diagnostic { hint: found.hint.or(hint), ..diagnostic }
}

/// Returns whether the rule itself raised the error, so that the words are its author's.
fn is_own_error(words: &str, code: &FaultyCode<'_>) -> bool {
    ["error", "assert"].iter().any(|name| code.mentions(name)) && words != "assertion failed!"
}

fn with_column(message: Message, column: Option<usize>) -> Message {
    match column {
        Some(column) => msg!("{message} (cột {column})", "{message} (column {column})", message = message),
        None => message,
    }
}

fn limit_diagnostic(limit: RuleLimit, rule: RuleLine) -> Diagnostic {
    let (what, key) = match limit {
        RuleLimit::FileTime => {
            (Message::new("quá thời gian cho phép", "exceeded its time limit"), "limits.plugin_seconds")
        }
        RuleLimit::TotalTime => (
            Message::new(
                "chạy khi thời gian của tất cả các quy tắc đã hết",
                "ran after the time limit for all rules had expired",
            ),
            "limits.rules_seconds",
        ),
        RuleLimit::Memory => {
            (Message::new("dùng quá bộ nhớ cho phép", "exceeded its memory limit"), "limits.plugin_memory_mib")
        }
    };
    let message = msg!("quy tắc {what} và đã bị dừng", "the rule {what} and was stopped", what = what);
    Diagnostic::new(Code::RuleLimit, Place::Rule(rule), message).with_hint(msg!(
        "kiểm tra vòng lặp ở dòng này; giới hạn là {key} trong tonghop.toml",
        "check the loops on this line; the limit is {key} in tonghop.toml"
    ))
}

fn root_cause(error: &mlua::Error) -> &mlua::Error {
    match error {
        mlua::Error::CallbackError { cause, .. } | mlua::Error::BadArgument { cause, .. } => root_cause(cause),
        mlua::Error::WithContext { cause, .. } => root_cause(cause),
        _ => error,
    }
}

/// The maximum length of a reported message, in characters.
const MAX_MESSAGE_CHARS: usize = 300;

/// The maximum length of a message of a host function, which may list names.
const MAX_HOST_MESSAGE_CHARS: usize = 3_000;

/// Truncates a message about names and values that a rule made, in each language.
fn shortened(message: &Message) -> Message {
    let cut = |language| truncate_to(message.in_language(language), MAX_HOST_MESSAGE_CHARS);
    Message::new(cut(Language::Vietnamese), cut(Language::English))
}

/// Removes addresses of memory, which differ between two runs: `table: 0x000055d0` becomes `table`.
fn without_addresses(text: &str) -> String {
    /// What an address begins with, after the name of a type.
    const START: &str = ": 0x";
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, after)) = rest.split_once(START) {
        kept.push_str(before);
        let digits = after.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(after.len());
        if digits < MIN_ADDRESS_DIGITS {
            kept.push_str(START);
            rest = after;
        } else {
            rest = &after[digits..];
        }
    }
    kept.push_str(rest);
    kept
}

/// The minimum number of digits of an address.
const MIN_ADDRESS_DIGITS: usize = 8;

/// Truncates a message that is too long to read.
fn truncate(text: &str) -> String {
    truncate_to(text, MAX_MESSAGE_CHARS)
}

fn truncate_to(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Splits `plugins/a.lua:12: message` and drops the traceback and addresses.
fn split_message(message: &str, file: &FilePath) -> (Option<RuleLine>, String) {
    let message = without_addresses(message.split("\nstack traceback").next().unwrap_or(message));
    let message = message.as_str();
    let split = message.split_once(".lua:").and_then(|(stem, rest)| {
        let (line, words) = rest.split_once(':')?;
        let file = if stem.contains(char::is_whitespace) { file.clone() } else { FilePath::new(format!("{stem}.lua")) };
        Some((RuleLine { file, line: line.parse().ok()? }, truncate(words.trim())))
    });
    match split {
        Some((rule, words)) => (Some(rule), words),
        None => (None, truncate(message.trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lua_messages_are_split_at_their_line() {
        let file = FilePath::new("plugins/b.lua");
        let (rule, words) = split_message("plugins/a.lua:12: attempt to index nil\nstack traceback:\n[C] x", &file);
        assert_eq!(rule.unwrap().to_string(), "plugins/a.lua:12");
        assert_eq!(words, "attempt to index nil");
        assert_eq!(split_message("no line at all", &file), (None, "no line at all".to_owned()));
    }

    #[test]
    fn no_address_is_reported() {
        for (message, words) in [
            ("table: 0x000055578d656320", "table"),
            ("x (function: 0x55578d656320) y: 0x12", "x (function) y: 0x12"),
            ("đ: 0x", "đ: 0x"),
        ] {
            assert_eq!(without_addresses(message), words);
        }
    }
}
