//! From the results of sectors to files: consolidated, composed, written.
//!
//! Input: what rules gave ([`tonghop_core::model::report::Outcome`]), settings, what was received. Output: the
//! [`consolidate`]d report, the document with its traces ([`compose`]), the bytes of every output and the files on disk
//! ([`write`](mod@write)). Not here: workbooks as departments sent them are never read, no rule runs.

pub mod compose;
pub mod consolidate;
pub mod write;
