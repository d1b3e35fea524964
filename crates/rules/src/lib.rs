//! The rules: administrators' Lua files, run on figures.
//!
//! In come the texts of the rule files and, later, the dataset; out go declarations, then finished sectors. Each
//! file has a Lua state of its own ([`sandbox`]), its table becomes a declaration ([`declaration`]), sectors run in
//! the order in which they need each other ([`engine`]), and all that a rule can call is in the registry ([`host`]).
//! Never here: a file that is opened, an output format, the name of a sector.

pub(crate) mod api;
mod declare;
pub(crate) mod diagnose;
pub(crate) mod docs;
pub(crate) mod engine;
pub(crate) mod eval;
pub mod host;
mod lint;
pub(crate) mod lua;
pub(crate) mod suggest;
pub(crate) mod template;
#[cfg(test)]
mod tests;

pub use crate::docs::{reference, stubs};
pub use crate::lua::coverage::Coverage;
pub use crate::lua::script::Script;
pub use declare::plugin::{Rules, load, load_counting};
pub use engine::run;
pub use lint::inspect;

/// Lists the names that no indicator and no topic may have: what the host offers beside them.
pub fn reserved_names() -> std::collections::BTreeSet<&'static str> {
    host::names(eval::owner::Owner::Sector).chain(host::method_names()).collect()
}

/// Lists the names that no field of an open table may have: what the host offers of a row.
pub fn reserved_fields() -> std::collections::BTreeSet<&'static str> {
    host::names(eval::owner::Owner::Record).chain(host::method_names()).collect()
}
