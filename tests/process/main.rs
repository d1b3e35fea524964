//! The program as a process of its own: its workers, its watch, what it keeps for the next run, and the same bytes
//! wherever and however it runs.
//!
//! Not here: what can be seen within the process of the tests (`tests/suite/`), which is quicker.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot go on ends with a panic, and no other crate uses its modules"
)]

#[path = "../shared/case.rs"]
#[allow(dead_code, reason = "these tests use a part of it")]
mod case;
#[path = "../shared/project/mod.rs"]
#[allow(dead_code, reason = "these tests use a part of it")]
mod project;

mod cache;
mod log;
mod same_bytes;
mod watch;
mod worker;
