//! Generates workbooks for benchmarks, deterministically and together with the expected results.
//!
//! Input: a [`Shape`]. Output: a project in which every department sends one form of this shape ([`project::write`]),
//! and the [`truth::Truth`] about its figures, which is computed from the generated values, not read from the files.
//! Not here: reading workbooks, clocks, anything that differs between two runs.

pub mod book;
pub mod form;
pub mod project;
mod random;
pub mod shape;
pub mod truth;
mod words;

pub use shape::Shape;
