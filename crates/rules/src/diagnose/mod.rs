//! Converts errors of Lua and of host functions into diagnostics with file, line and cause.

pub(crate) mod machine;

use crate::lua::error::{Expired, HostError, Limit};
use tonghop_core::diag::{Code, Diagnostic, Place, Words};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::say;

/// Converts a Lua error into a diagnostic of the rule file.
///
/// The place is `last_line`, or else line 1 of `file`, if the error has no line.
pub(crate) fn diagnose(error: &mlua::Error, file: &FilePath, broken: Code, last_line: Option<RuleLine>) -> Diagnostic {
    let mut diagnostic = named(error, file, broken, last_line);
    diagnostic.hint.get_or_insert_with(|| {
        Words::new("sửa dòng này của tệp quy tắc rồi chạy lại", "mend this line of the rule file and run again")
    });
    diagnostic
}

fn named(error: &mlua::Error, file: &FilePath, broken: Code, last_line: Option<RuleLine>) -> Diagnostic {
    let root = root(error);
    let first_line = RuleLine { file: file.clone(), line: 1 };
    match root {
        mlua::Error::ExternalError(cause) => match cause.downcast_ref::<HostError>() {
            Some(host) => {
                let rule = host.rule.clone().or(last_line).unwrap_or(first_line);
                let diagnostic = Diagnostic::new(broken, Place::Rule(rule), host.message.clone());
                Diagnostic { hint: host.hint.clone(), ..diagnostic }
            }
            None => match cause.downcast_ref::<Expired>() {
                Some(Expired { limit: reached, rule }) => {
                    limit(*reached, rule.clone().or(last_line).unwrap_or(first_line))
                }
                None => Diagnostic::new(
                    broken,
                    Place::Rule(last_line.unwrap_or(first_line)),
                    Words::verbatim(cause.to_string()),
                ),
            },
        },
        mlua::Error::MemoryError(_) => limit(Limit::Memory, last_line.unwrap_or(first_line)),
        mlua::Error::RuntimeError(message) if message.contains("not enough memory") => {
            limit(Limit::Memory, message_line(message, file).0.or(last_line).unwrap_or(first_line))
        }
        mlua::Error::SyntaxError { message, .. } | mlua::Error::RuntimeError(message) => {
            let (rule, words) = message_line(message, file);
            let place = Place::Rule(rule.or(last_line).unwrap_or(first_line));
            match machine::means(&words) {
                Some((means, hint)) => Diagnostic::new(broken, place, means).hint(hint),
                None => Diagnostic::new(broken, place, Words::verbatim(words)),
            }
        }
        other => {
            Diagnostic::new(broken, Place::Rule(last_line.unwrap_or(first_line)), Words::verbatim(other.to_string()))
        }
    }
}

fn limit(limit: Limit, rule: RuleLine) -> Diagnostic {
    let (what, key) = match limit {
        Limit::Time => (Words::new("quá thời gian cho phép", "took longer than it may"), "limits.plugin_seconds"),
        Limit::Overall => (
            Words::new("chạy khi thời gian của tất cả các quy tắc đã hết", "ran when the time of all rules was over"),
            "limits.rules_seconds",
        ),
        Limit::Memory => {
            (Words::new("dùng quá bộ nhớ cho phép", "used more memory than it may"), "limits.plugin_memory_mib")
        }
    };
    let message = say!("quy tắc {what} và đã bị dừng", "the rule {what} and was stopped", what = what);
    Diagnostic::new(Code::RuleLimit, Place::Rule(rule), message).hint(say!(
        "kiểm tra vòng lặp ở dòng này; giới hạn là {key} trong tonghop.toml",
        "check the loops at this line; the limit is {key} in tonghop.toml"
    ))
}

fn root(error: &mlua::Error) -> &mlua::Error {
    match error {
        mlua::Error::CallbackError { cause, .. } | mlua::Error::BadArgument { cause, .. } => root(cause),
        mlua::Error::WithContext { cause, .. } => root(cause),
        _ => error,
    }
}

/// The maximum length of a reported message, in characters.
const LONGEST: usize = 300;

/// Truncates a message that is too long to read.
fn shortened(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

/// Splits `plugins/a.lua:12: message` and drops the traceback.
fn message_line(message: &str, file: &FilePath) -> (Option<RuleLine>, String) {
    let message = message.split("\nstack traceback").next().unwrap_or(message);
    let split = message.split_once(".lua:").and_then(|(stem, rest)| {
        let (line, words) = rest.split_once(':')?;
        let file = if stem.contains(char::is_whitespace) { file.clone() } else { FilePath::new(format!("{stem}.lua")) };
        Some((RuleLine { file, line: line.parse().ok()? }, shortened(words.trim())))
    });
    match split {
        Some((rule, words)) => (Some(rule), words),
        None => (None, shortened(message.trim())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lua_messages_give_up_their_line() {
        let file = FilePath::new("plugins/b.lua");
        let (rule, words) = message_line("plugins/a.lua:12: attempt to index nil\nstack traceback:\n[C] x", &file);
        assert_eq!(rule.unwrap().to_string(), "plugins/a.lua:12");
        assert_eq!(words, "attempt to index nil");
        assert_eq!(message_line("no line at all", &file), (None, "no line at all".to_owned()));
    }
}
