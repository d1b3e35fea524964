//! TODO

pub mod reference;
pub mod stubs;
