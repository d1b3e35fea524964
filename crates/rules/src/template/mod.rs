//! TODO

pub(crate) mod filled;
pub(crate) mod render;
pub(crate) mod row;
pub(crate) mod wording;
