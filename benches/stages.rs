//! Measures the time of a run stage by stage: `cargo bench --bench stages -- M`.
//!
//! Input: the name of a shape. Output: a table of median times, also as multiples of the floor. As a test, it times
//! nothing and only checks that the stages produce the files of a whole run, as `tests/suite/benches.rs` does. Not
//! here: time limits.

#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a command for developers: it prints its results, ends with a panic where it cannot go on, and no other crate uses its modules"
)]

mod steps;
mod tokens;
mod workload;

use std::time::Duration;
use steps::{FLOOR, PARTS, Watch, assert_same, stage_by_stage, whole_run};
use tempfile::TempDir;
use tokens::Failure;

/// The number of timed rounds, after one that warms up and does not count.
const ROUNDS: usize = 5;

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    // Cargo passes `--bench` for a benchmark, but not for a test.
    let is_timed = args.iter().any(|word| word == "--bench");
    let shape =
        args.iter().find(|word| !word.starts_with('-')).map_or(if is_timed { "S" } else { "XS" }, String::as_str);
    let shape = shape.parse()?;
    let folder = TempDir::new()?;
    workload::project::write(shape, folder.path())?;
    let expected = whole_run(folder.path())?;
    let mut watch = Watch::default();
    for _ in 0..if is_timed { ROUNDS + 1 } else { 1 } {
        assert_same(&expected, &stage_by_stage(folder.path(), &mut watch)?);
    }
    println!("{shape}: the stages give the files of a whole run");
    if is_timed {
        print(&watch);
    }
    Ok(())
}

/// Prints the median times of all rounds but the first.
fn print(watch: &Watch) {
    let medians: Vec<(&str, f64)> = watch.stages.iter().map(|(name, times)| (*name, median(&times[1..]))).collect();
    let floor = medians.iter().find(|(name, _)| *name == FLOOR).map_or(1.0, |(_, time)| *time);
    let is_stage = |name: &str| name != FLOOR && !PARTS.contains(&name);
    let sum: f64 = medians.iter().filter(|(name, _)| is_stage(name)).map(|(_, time)| time).sum();
    println!("\n| stage | ms | share % | × floor |\n|---|--:|--:|--:|");
    for (name, time) in medians.into_iter().chain([("sum", sum)]) {
        println!("| {name} | {:.1} | {:.1} | {:.2} |", time * 1e3, time / sum * 100.0, time / floor);
    }
}

fn median(times: &[Duration]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort();
    sorted.get(sorted.len() / 2).map_or(0.0, Duration::as_secs_f64)
}
