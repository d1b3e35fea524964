//! Turns a panic of the program, which is a bug, into an error of the rule that called it.
//!
//! Input: work for a rule. Output: its result, or an error at the calling line. Not here: limits on time and memory.
//!
//! Without this, one bug in one function of the host would cost the report of every department.

use super::error::host_error_with_hint;
use mlua::Lua;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tonghop_core::message::Message;
use tonghop_core::msg;
use tonghop_core::panic_text::panic_text;

/// Runs `work`; a panic becomes an error at the rule line that is running.
///
/// # Errors
/// Returns the error of `work`, or one that says what went wrong.
pub(crate) fn catch_panic<T>(lua: &Lua, work: impl FnOnce() -> mlua::Result<T>) -> mlua::Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let (message, hint) = bug_message(panic.as_ref());
        Err(host_error_with_hint(lua, message, Some(hint)))
    })
}

/// Returns what is said about a panic, and what to do.
pub(crate) fn bug_message(panic: &(dyn Any + Send)) -> (Message, Message) {
    let message = msg!(
        "chương trình gặp lỗi của chính nó ở đây: {text}",
        "the program has a bug that occurs here: {text}",
        text = panic_text(panic)
    );
    let hint = Message::new(
        "gửi tệp quy tắc và thông báo này cho người làm chương trình; tạm thời viết dòng này theo cách khác",
        "send the rule file and this message to the developers; until then, write this line in another way",
    );
    (message, hint)
}
