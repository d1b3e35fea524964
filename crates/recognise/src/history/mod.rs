//! Compares this run with earlier ones.
//!
//! Input: the dataset, the declarations and earlier runs. Output: last year's figures that departments left out, the
//! row changes since the last accepted run, suggested aliases, and the diagnostics of all these. Not here: files,
//! aliases that have not been accepted.

mod alias_suggestions;
mod last_year;
mod row_changes;
mod rows;

pub use last_year::{fill_last_year, last_year_figures};
pub use row_changes::{add_alias_hints, row_changes};
