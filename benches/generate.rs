//! Generates a workload: `cargo run --release --example workload -- M target/bench/M`.
//!
//! Input: the name of a shape, and a folder that is empty or does not exist. Output: a project of this shape, with the
//! expected results in `truth.json`. Not here: the content of the workload.

#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a command for developers: it prints its results, ends with a panic where it cannot go on, and no other crate uses its modules"
)]

mod workload;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use workload::project::{self, Failure};
use workload::shape::SHAPES;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [shape, folder] = args.as_slice() else {
        eprintln!("workload SHAPE DIR, where SHAPE is one of");
        SHAPES.iter().for_each(|shape| eprintln!("  {shape}"));
        return ExitCode::from(2);
    };
    match make(shape, Path::new(folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn make(shape: &str, folder: &Path) -> Result<(), Failure> {
    let shape = shape.parse()?;
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err("the folder is not empty".into());
    }
    let truth = project::write(shape, folder)?;
    println!("{shape}, {} sectors", truth.sectors.len());
    Ok(())
}
