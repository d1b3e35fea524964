//! The administrators' workshop: trying rules on small tables, starting new ones, seeing what a change does to every
//! figure and where a figure comes from.
//!
//! In come the folder of a project, finished runs or the files they left; out go what rules do with the tables of
//! `plugins/tests/` ([`runner`]), the files of a new sector or project ([`scaffold`]), differences ([`diff`]),
//! explanations ([`explain`]) and the events of a project that is watched ([`watch`]), each as plain data and as a
//! [`page`] to read. Never here: arguments, streams, a step of a run.

pub mod case;
pub mod compare;
pub mod coverage;
pub mod diff;
pub mod explain;
mod held;
pub mod outcome;
pub mod page;
pub mod runner;
pub mod scaffold;
mod sentences;
mod sheets;
pub mod snapshot;
mod story;
mod subject;
mod trial;
pub mod watch;
mod why;
