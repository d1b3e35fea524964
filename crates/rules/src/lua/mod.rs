//! The Lua state of a rule file: script text, sandbox, errors and line coverage.

pub(crate) mod blocks;
pub(crate) mod coverage;
pub(crate) mod error;
mod format;
pub(crate) mod host_memory;
mod number_texts;
mod ordered_loops;
pub(crate) mod panic;
mod printed_values;
pub(crate) mod sandbox;
pub(crate) mod script;
pub(crate) mod time_limit;
pub(crate) mod tokens;
