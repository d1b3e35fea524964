//! Reads the text of a panic.
//!
//! Input: what a caught panic carries. Output: its text. Not here: catching panics, and what is reported about them.

use std::any::Any;

/// Returns the text of a panic; `panic` if it carries something else.
pub fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("panic")
}
