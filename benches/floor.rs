//! The floor of all comparisons: inflates and tokenises every workbook of a folder, and does nothing else.
//!
//! Input: a folder of `.xlsx` files and an output folder. Output: the counts in `floor.json`. A program that reads
//! these files with the usual libraries cannot be faster.

#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a command for developers: it prints its results, ends with a panic where it cannot go on, and no other crate uses its modules"
)]

mod tokens;

use std::fs;
use std::path::PathBuf;
use tokens::Failure;

fn main() -> Result<(), Failure> {
    let args: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, out] = args.as_slice() else { return Err("floor FOLDER OUT".into()) };
    let threads = std::thread::available_parallelism()?.get();
    let counts = tokens::count_all(&tokens::workbooks(folder)?, threads)?;
    fs::create_dir_all(out)?;
    fs::write(out.join("floor.json"), serde_json::to_string(&counts)?)?;
    Ok(())
}
