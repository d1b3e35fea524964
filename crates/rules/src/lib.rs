//! The rules: administrators' Lua files, run on figures.
//!
//! Input: the texts of the rule files and, later, the dataset. Output: declarations, then finished sectors.
//!
//! Each file has a Lua state of its own ([`lua`]); its table becomes a declaration ([`declare`]); sectors run in the order
//! in which they need each other ([`engine`]); what follows from a declaration is derived in [`eval`], sentences are filled
//! in [`template`], and all that a rule can call is in the registry ([`host`]), declared in the terms of [`api`]. [`lint`]
//! looks at what did not run. Not here: a file that is opened, an output format, the name of a sector.

mod api;
mod declare;
mod diagnose;
mod docs;
mod engine;
mod eval;
mod host;
mod lint;
mod lua;
mod suggest;
mod template;
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
