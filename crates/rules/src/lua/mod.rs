//! The Lua state of a rule file: script text, sandbox, errors and line coverage.

pub(crate) mod coverage;
pub(crate) mod error;
pub(crate) mod host_memory;
pub(crate) mod sandbox;
pub(crate) mod script;
