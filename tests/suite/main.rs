//! Tests the program as a user runs it, but in the test process: the files of a project in, streams and files out.
//!
//! Each concern is a module; the unchanged project of the repository is run once for all of them. Not here: tests that
//! need a separate process (`tests/process/`), and unit tests, which are next to the code.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot go on ends with a panic, and no other crate uses its modules"
)]

// Shared helpers.
#[path = "../shared/case.rs"]
mod case;
mod checked;
mod expected;
mod observed;
#[path = "../shared/project/mod.rs"]
mod project;

// Workbooks of departments.
mod broken;
mod corrections;
mod damaged;
mod drift;
mod encoding;
mod eval;
mod feedback;
mod formats;
mod forms;
mod headings;
mod identity;
mod members;
mod one_cell;
mod one_loss;
mod precedence;
mod read;
mod records;
mod series;
mod source;
mod states;

// Rules and settings of administrators.
mod guide;
mod hostile;
mod reference;
mod rule_tests;
mod scaffold;
mod wrong_rules;

// The report.
mod docx;
mod figures;
mod findings;
mod golden;
mod losses;
mod unjudged;
mod wording;

// Messages and commands.
mod command_line;
mod diagnostics;
mod diff;
mod explain;
mod explanations;
mod language;

// The repository.
mod architecture;
mod benches;
