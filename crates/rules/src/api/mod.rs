//! Declarations of the functions, methods and fields of the rule API, with parameters, docs and examples.

pub(crate) mod call_schemas;
pub(crate) mod entry;
pub(crate) mod fields;
pub(crate) mod schemas;
pub(crate) mod signature;
pub(crate) mod usage;
