//! Turns the results of sectors into files: consolidates, composes and writes them.
//!
//! Input: the outcome of the rules ([`tonghop_core::model::report::RuleResults`]), the settings, what was received. Output:
//! the [`consolidate`]d report, the questions that departments answered ([`explanations`]), the document with its traces ([`compose`]), the places where something is missing ([`gaps`]), the bytes of every output and the files on
//! disk ([`write`](mod@write)). Not here: reading the departments' workbooks, running rules.

pub mod compose;
pub mod consolidate;
pub mod explanations;
pub mod gaps;
pub mod write;
