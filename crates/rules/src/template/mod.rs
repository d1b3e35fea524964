//! Fills the sentence templates of rules with values.

mod figures;
pub(crate) mod filled;
mod notes;
pub(crate) mod render;
pub(crate) mod row;
pub(crate) mod wording;
