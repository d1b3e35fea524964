//! Workbooks for measuring: as many and as long as wanted, always the same bytes, with the sums that must come out.
//!
//! In comes a [`Shape`]; out goes a project whose departments all sent the same long form ([`project::write`]), and
//! beside it the [`truth::Truth`] about its figures, known from making them and not from reading them. Never here: a
//! workbook that is read, a clock, a place that another run of it could not have.

pub mod book;
pub mod form;
pub mod project;
mod random;
pub mod shape;
pub mod truth;
mod words;

pub use shape::Shape;
