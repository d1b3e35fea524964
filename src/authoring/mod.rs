//! For whoever writes rules: trying them on small tables, and starting new ones.
//!
//! In comes the folder of a project, out go what its rules do with the tables of `plugins/tests/`, and the files of a
//! new sector or project. This layer stands above the pipeline and calls its stages. Never here: an output of a run.

pub mod case;
pub mod compare;
pub mod coverage;
pub mod outcome;
pub mod runner;
pub mod scaffold;
mod sentences;
mod sheets;
mod subject;
