//! Problems as data: what is wrong, where, and what to do.
//!
//! Input: places and messages from the stage that found the problem. Output: [`Diagnostic`]s that any renderer can
//! print. Not here: printing, aborting, I/O.

pub mod catalogue;
mod diagnostic;
mod group;
pub mod render;

pub use crate::message::{Language, Message};
pub use catalogue::{Audience, Code, Severity};
pub use diagnostic::{Diagnostic, Diagnostics, Place};
pub use group::groups;
