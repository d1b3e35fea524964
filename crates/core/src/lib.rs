//! The data types and services shared by all stages.
//!
//! [`message`]: bilingual messages. [`model`]: plain data, including figures with their cells. [`vi`]: the Vietnamese
//! language, its numbers, units and spellings. [`diag`]: problems as data. [`config`]: the settings of a project.
//! [`library_text`]: texts of libraries. [`own_file`]: files that the program keeps for itself. [`parallel`]: a parallel
//! map. [`panic_text`]: the text of a panic. [`suggest`]: the closest known name. [`system_error`]: errors of the operating system in words.
//!
//! Not here: other files, workbooks, Lua, the steps of a run.

pub mod config;
pub mod diag;
pub mod library_text;
pub mod message;
pub mod model;
pub mod own_file;
pub mod panic_text;
pub mod parallel;
pub mod suggest;
pub mod system_error;
pub mod vi;

/// The name of the program, as used in file names.
pub const PROGRAM_NAME: &str = "tonghop";
