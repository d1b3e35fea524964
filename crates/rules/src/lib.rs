//! Loads the administrators' Lua rule files and runs them on the consolidated figures.
//!
//! Input: the texts of the rule files and, later, the dataset. Output: declarations, then finished sectors. Not here:
//! file access, output formats, names of particular sectors.
//!
//! Each file runs in a separate Lua state ([`lua`]) and its table becomes a declaration ([`declare`]). Sectors run in
//! dependency order ([`engine`]). [`eval`] derives the figures that follow from a declaration, and [`template`] fills
//! sentences. The registry ([`host`]) holds everything that a rule can call, in the types of [`api`]. [`mod@lint`] checks
//! the code that did not run.

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
pub use declare::plugin::{Rules, load, load_with_coverage};
pub use engine::evaluate::{EvaluatedValue, Evaluation, evaluate};
pub use engine::run;
pub use lint::lint;

/// Returns the names that indicators and topics may not have because the host defines them on a sector.
pub fn reserved_names() -> std::collections::BTreeSet<&'static str> {
    host::entry_names(eval::lua_type::LuaType::Sector).chain(host::method_names()).collect()
}

/// Returns the names that fields of open tables may not have because the host defines them on a row.
pub fn reserved_fields() -> std::collections::BTreeSet<&'static str> {
    host::entry_names(eval::lua_type::LuaType::Record).chain(host::method_names()).collect()
}
