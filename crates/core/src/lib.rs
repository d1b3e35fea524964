//! The data types and services shared by all stages.
//!
//! [`message`]: bilingual messages. [`model`]: plain data, including figures with their cells. [`vi`]: the Vietnamese
//! language, its numbers, units and spellings. [`diag`]: problems as data. [`config`]: the settings of a project.
//! [`parallel`]: a parallel map.
//!
//! Not here: files, workbooks, Lua, the steps of a run.

pub mod config;
pub mod diag;
pub mod message;
pub mod model;
pub mod parallel;
pub mod vi;

/// The name of the program, as used in file names.
pub const PROGRAM_NAME: &str = "tonghop";
