//! The floor: reads, inflates and tokenises every workbook of a folder, and nothing else.
//!
//! In comes a folder of `.xlsx` files and one for the counts, out goes `floor.json`. Nothing that reads these files
//! without a parser of its own can be faster. Never here: how it is done.

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
    let words: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, out] = words.as_slice() else { return Err("floor FOLDER OUT".into()) };
    let threads = std::thread::available_parallelism()?.get();
    let counts = tokens::count_all(&tokens::workbooks(folder)?, threads)?;
    fs::create_dir_all(out)?;
    fs::write(out.join("floor.json"), serde_json::to_string(&counts)?)?;
    Ok(())
}
