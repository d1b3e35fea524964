//! Compares this run with earlier ones.
//!
//! Input: the dataset, the declarations and earlier runs. Output: last year's figures that departments left out, the
//! row changes since the last accepted run, suggested aliases, and the diagnostics of all these. Not here: files,
//! aliases that have not been accepted.

mod drift;
mod last_year;
mod near;
mod rows;

pub use drift::{drift, propose};
pub use last_year::{fill, last_year};
