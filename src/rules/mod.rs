//! The rules: administrators' Lua files, run on figures.
//!
//! In come the texts of the rule files and, later, the dataset; out go declarations, then finished sectors. Each
//! file has a Lua state of its own ([`sandbox`]), its table becomes a declaration ([`declaration`]), sectors run in
//! the order in which they need each other ([`engine`]), and all that a rule can call is in the registry ([`host`]).
//! Never here: a file that is opened, an output format, the name of a sector.

mod binding;
mod compute;
mod context;
mod coverage;
mod declaration;
mod derive;
mod elsewhere;
mod engine;
mod entry;
mod error;
mod fields;
mod filled;
pub mod host;
mod inspect;
mod machine;
mod plugin;
pub mod reference;
mod render;
mod rows;
mod sandbox;
mod script;
mod shapes;
mod signature;
mod source;
pub mod stubs;
mod value;
mod wording;

#[cfg(test)]
mod tests;

pub use coverage::Coverage;
pub use engine::run;
pub use inspect::inspect;
pub use plugin::{Rules, load, load_counting};
pub use script::Script;

/// Lists the names that no indicator and no topic may have: what the host offers beside them.
pub fn reserved_names() -> std::collections::BTreeSet<&'static str> {
    host::names(value::Owner::Sector).chain(host::method_names()).collect()
}

/// Lists the names that no field of an open table may have: what the host offers of a row.
pub fn reserved_fields() -> std::collections::BTreeSet<&'static str> {
    host::names(value::Owner::Record).chain(host::method_names()).collect()
}
