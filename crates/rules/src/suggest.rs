//! The closest known name for a misspelt one, as `tonghop_core` finds it for settings too.

pub(crate) use tonghop_core::suggest::{did_you_mean, nearest};
