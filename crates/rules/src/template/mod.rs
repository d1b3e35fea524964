//! Fills the sentence templates of rules with values.

mod figures;
pub(crate) mod filled;
pub(crate) mod render;
pub(crate) mod row;
pub(crate) mod wording;
