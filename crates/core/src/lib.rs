//! The words that all stages share.
//!
//! [`message`]: what people read, in each language. [`model`]: plain data, figures with their cells. [`vi`]: the
//! Vietnamese language, its numbers, units and spellings. [`diag`]: problems as data. [`config`]: the settings of a
//! project. [`parallel`]: the same work on many items. Not here: files, workbooks, Lua, a step of a run.

pub mod config;
pub mod diag;
pub mod message;
pub mod model;
pub mod parallel;
pub mod vi;

/// The name of the program, as its files carry it.
pub const PROGRAM: &str = "tonghop";
