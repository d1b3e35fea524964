//! Tools for the authors of rules: testing rules on small tables, creating sectors and projects, comparing runs and
//! explaining figures.
//!
//! Input: the folder of a project, finished runs or the files they wrote. Output: the results of the tests in
//! `plugins/tests/` ([`runner`]), the files of a new sector or project ([`scaffold`]), differences ([`diff`]),
//! explanations ([`explain`]) and the events of a watched project ([`watch`]), as plain data and as text
//! ([`text_page`]). Not here: arguments, streams, the stages of a run.

pub mod case;
mod case_run;
mod change_reason;
pub mod compare;
pub mod coverage;
pub mod diff;
mod difference_text;
pub mod explain;
mod figure_state;
pub mod outcome;
pub mod runner;
pub mod scaffold;
mod sentences;
mod sheets;
pub mod snapshot;
mod subject;
pub mod text_page;
pub mod watch;
