//! The program as a user runs it, in this process: the files of a project in, what a run says and writes out.
//!
//! A concern is a module; the project of the repository, unchanged, is run once for all of them. Not here: what starts
//! the program as a process of its own (`tests/process/`), and a part of the program alone, which is tested beside it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot go on ends with a panic, and no other crate uses its modules"
)]

// What several modules use.
#[path = "../shared/case.rs"]
mod case;
mod checked;
mod expected;
mod observed;
#[path = "../shared/project/mod.rs"]
mod project;

// What departments send.
mod broken;
mod corrections;
mod damaged;
mod drift;
mod encoding;
mod feedback;
mod formats;
mod forms;
mod identity;
mod one_cell;
mod precedence;
mod records;

// What administrators write.
mod guide;
mod hostile;
mod reference;
mod rule_tests;
mod scaffold;
mod wrong_rules;

// What the report says.
mod docx;
mod figures;
mod findings;
mod golden;
mod wording;

// What the program says.
mod command_line;
mod diagnostics;
mod diff;
mod explain;
mod language;

// What the repository holds.
mod architecture;
mod benches;
