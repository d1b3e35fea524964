//! Matches the labels of a row to the indicator that they name.

pub(crate) mod aliases;
pub(crate) mod candidate;
pub(crate) mod index;
pub(crate) mod nearest;
pub(crate) mod similarity;
pub(crate) mod vocabulary;
