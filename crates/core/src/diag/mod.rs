//! Problems as data: what is wrong, where, and what to do.
//!
//! In come places and the words of the stage that saw the problem; out go [`Diagnostic`]s that any drawing can print.
//! Never here: printing, stopping, the outside world.

pub mod catalogue;
mod diagnostic;
mod group;
pub mod render;

pub use crate::message::{Language, Words};
pub use catalogue::{Code, Severity};
pub use diagnostic::{Diagnostic, Diagnostics, Place};
pub use group::groups;
