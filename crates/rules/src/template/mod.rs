//! Fills the sentence templates of rules with values.

pub(crate) mod filled;
mod notes;
pub(crate) mod render;
pub(crate) mod row;
pub(crate) mod wording;
