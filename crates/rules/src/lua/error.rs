//! Errors raised in rules, with the line they occurred on.
//!
//! Not here: the conversion into diagnostics.

use mlua::Lua;
use tonghop_core::diag::Message;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::msg;

/// An error that a host function reports to the rule that called it.
#[derive(Clone, Debug)]
pub(crate) struct HostError {
    pub message: Message,
    pub hint: Option<Message>,
    pub rule: Option<RuleLine>,
}

impl std::fmt::Display for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.message.vietnamese())
    }
}

impl std::error::Error for HostError {}

/// Creates the error of a host function, located at the rule line that called it.
pub(crate) fn host_error(lua: &Lua, message: Message) -> mlua::Error {
    host_error_with_hint(lua, message, None)
}

/// Creates an error at a line of a rule, with a hint on how to fix it.
pub(crate) fn host_error_at(rule: RuleLine, message: Message, hint: Message) -> mlua::Error {
    mlua::Error::external(HostError { message, hint: Some(hint), rule: Some(rule) })
}

/// Creates the error of a host function with a hint on how to fix it.
pub(crate) fn host_error_with_hint(lua: &Lua, message: Message, hint: Option<Message>) -> mlua::Error {
    mlua::Error::external(HostError { message, hint, rule: calling_line(lua) })
}

/// Returns the message and the hint for a key that the settings do not have.
pub(crate) fn unknown_setting(key: &str) -> (Message, Message) {
    let hint = Message::new(
        "kiểm tra chính tả: viết đủ đường dẫn của khóa, ví dụ {@period.year}, {@period.name}",
        "check the spelling; write the full path of the key, for example {@period.year}, {@period.name}",
    );
    (msg!("tonghop.toml không có khóa \"{key}\"", "tonghop.toml has no key \"{key}\""), hint)
}

/// Returns the rule line that called the running host function.
///
/// Skips frames of the host and of the binding, which have no line in a rule file.
pub(crate) fn calling_line(lua: &Lua) -> Option<RuleLine> {
    (0..4).find_map(|level| {
        lua.inspect_stack(level, |frame| {
            let line = frame.current_line().and_then(|line| u32::try_from(line).ok())?;
            let file = frame.source().short_src.filter(|file| file.ends_with(".lua"))?.into_owned();
            Some(RuleLine { file: FilePath::new(file), line })
        })
        .flatten()
    })
}

/// The limit that stopped a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleLimit {
    /// The time limit of one rule file.
    FileTime,
    /// The time limit of all rule files together.
    TotalTime,
    Memory,
}

/// The error with which the watchdog stops a rule, with the line it was on.
#[derive(Clone, Debug)]
pub(crate) struct LimitExceeded {
    pub limit: RuleLimit,
    pub rule: Option<RuleLine>,
}

impl std::fmt::Display for LimitExceeded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("quá thời gian")
    }
}

impl std::error::Error for LimitExceeded {}
