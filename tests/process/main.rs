//! Tests the program as a separate process: its workers, its watch mode, its caches, and reproducible output.
//!
//! Not here: what can be tested within the test process (`tests/suite/`), which is faster.

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
mod limits;
mod log;
mod same_bytes;
mod watch;
mod worker;
