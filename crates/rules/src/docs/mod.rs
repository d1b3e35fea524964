//! Generates the reference page and the editor stubs of the rule API.

pub mod reference;
pub mod stubs;
