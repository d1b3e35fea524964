//! Converts errors of Lua and of host functions into diagnostics with file, line and cause.

pub(crate) mod lua_messages;

use crate::lua::error::{HostError, LimitExceeded, RuleLimit};
use tonghop_core::diag::{Code, Diagnostic, Language, Message, Place};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;

/// Converts a Lua error into a diagnostic of the rule file.
///
/// The place is `last_line`, or else line 1 of `file`, if the error has no line.
pub(crate) fn diagnose(error: &mlua::Error, file: &FilePath, code: Code, last_line: Option<RuleLine>) -> Diagnostic {
    let mut diagnostic = to_diagnostic(error, file, code, last_line);
    diagnostic.hint.get_or_insert_with(|| {
        Message::new("sửa dòng này của tệp quy tắc rồi chạy lại", "correct this line of the rule file and run again")
    });
    diagnostic
}

fn to_diagnostic(error: &mlua::Error, file: &FilePath, code: Code, last_line: Option<RuleLine>) -> Diagnostic {
    let root = root_cause(error);
    let first_line = RuleLine { file: file.clone(), line: 1 };
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
                None => Diagnostic::new(
                    code,
                    Place::Rule(last_line.unwrap_or(first_line)),
                    Message::verbatim(truncate(&without_addresses(&cause.to_string()))),
                ),
            },
        },
        mlua::Error::MemoryError(_) => limit_diagnostic(RuleLimit::Memory, last_line.unwrap_or(first_line)),
        mlua::Error::RuntimeError(message) if message.contains("not enough memory") => {
            limit_diagnostic(RuleLimit::Memory, split_message(message, file).0.or(last_line).unwrap_or(first_line))
        }
        mlua::Error::SyntaxError { message, .. } | mlua::Error::RuntimeError(message) => {
            let (rule, words) = split_message(message, file);
            let place = Place::Rule(rule.or(last_line).unwrap_or(first_line));
            match lua_messages::translate(&words) {
                Some((means, hint)) => Diagnostic::new(code, place, means).with_hint(hint),
                None => Diagnostic::new(code, place, Message::verbatim(words)),
            }
        }
        other => Diagnostic::new(
            code,
            Place::Rule(last_line.unwrap_or(first_line)),
            Message::verbatim(truncate(&without_addresses(&other.to_string()))),
        ),
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
