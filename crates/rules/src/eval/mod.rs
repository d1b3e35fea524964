//! From observations to sentences: derived figures, the order of the sectors, templates filled.

pub(crate) mod compute;
pub(crate) mod context;
pub(crate) mod data;
pub(crate) mod derive;
pub(crate) mod owner;
pub(crate) mod rows;
pub(crate) mod value;
