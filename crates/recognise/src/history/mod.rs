//! This run beside earlier ones: last year's figures that departments left out, and what became of the rows.
//!
//! In come the dataset, the declarations and earlier runs; out go figures of last year ([`last_year`], [`fill`]), the
//! [`Drift`](tonghop_core::model::drift::Drift) of the rows with proposed aliases ([`drift()`], [`near`]) and what clerks
//! should know of both. Never here: files, an alias that nobody accepted.

mod drift;
mod last_year;
mod near;
mod rows;

pub use drift::{drift, propose};
pub use last_year::{fill, last_year};
