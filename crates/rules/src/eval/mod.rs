//! From observations to sentences: derived figures, the order of the sectors, templates filled.

pub(crate) mod compute;
pub(crate) mod derive;
pub(crate) mod engine;
pub(crate) mod filled;
pub(crate) mod render;
pub(crate) mod rows;
pub(crate) mod value;
pub(crate) mod wording;
