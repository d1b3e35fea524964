//! Fills the sentence templates of rules with values.

pub(crate) mod filled;
pub(crate) mod render;
pub(crate) mod row;
pub(crate) mod wording;
