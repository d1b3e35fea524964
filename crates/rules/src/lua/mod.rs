//! The Lua state of a rule file: its sandbox, its errors, how values of the host appear in it.

pub(crate) mod coverage;
pub(crate) mod error;
pub(crate) mod sandbox;
pub(crate) mod script;
