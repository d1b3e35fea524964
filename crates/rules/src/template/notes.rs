//! Bounds notes inside notes, which a rule can nest without end: in a loop, or in a note that contains itself.
//!
//! Input: the spans of a note. Output: how deeply its notes are nested, and the error. Not here: filling notes.

use crate::lua::error::host_error_with_hint;
use mlua::Lua;
use tonghop_core::message::Message;
use tonghop_core::model::document::Span;
use tonghop_core::msg;

/// The maximum number of notes inside each other.
pub(super) const MAX_DEPTH: usize = 4;

/// Returns how many notes are inside each other; spans of rules have at most [`MAX_DEPTH`].
pub(super) fn depth(spans: &[Span]) -> usize {
    let depth_of = |span: &Span| match span {
        Span::Note(note) => 1 + depth(note),
        _ => 0,
    };
    spans.iter().map(depth_of).max().unwrap_or(0)
}

/// Creates the error for a note inside too many others.
pub(super) fn nesting_error(lua: &Lua, name: &str) -> mlua::Error {
    let message = msg!(
        "ghi chú \"{name}\" nằm trong quá nhiều ghi chú khác, hoặc nằm trong chính nó",
        "the note \"{name}\" is inside too many other notes, or inside itself"
    );
    let hint = Message::new(
        "viết nội dung vào một ghi chú, không đặt ghi chú trong ghi chú",
        "write the text in one note, without notes inside it",
    );
    host_error_with_hint(lua, message, Some(hint))
}
