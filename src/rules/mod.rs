//! The rules: administrators' Lua files, run on figures.
//!
//! In come the texts of the rule files and, later, the dataset; out go declarations, then finished sectors. Each
//! file has a Lua state of its own ([`sandbox`]), its table becomes a declaration ([`declaration`]), sectors run in
//! the order in which they need each other ([`engine`]), and all that a rule can call is in the registry ([`host`]).
//! Never here: a file that is opened, an output format, the name of a sector.

mod binding;
mod compute;
mod context;
mod declaration;
mod derive;
mod engine;
mod entry;
mod error;
mod fields;
mod filled;
pub mod host;
mod plugin;
pub mod reference;
mod render;
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

pub use engine::run;
pub use plugin::{Rules, load};
pub use script::Script;
