//! Builds the departments' workbooks from their text sources.
//!
//! Input: every `examples/workbooks/<department>/<name>.txt`. Output: `workbooks/<department>/<name>.xlsx` of the
//! project, written only if its bytes change. Not here: removing files, parsing existing workbooks.
//!
//! With `--check` nothing is written: the program lists the files that differ from their sources and, if there are any,
//! exits with status 1.

#![allow(
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a command for developers: it prints its results, ends with a panic where it cannot go on, and no other crate uses its modules"
)]

mod sheet_text;

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let (check, root) = parse_arguments(std::env::args().skip(1))?;
    let sources = root.join("examples").join("workbooks");
    let targets = root.join("workbooks");
    let mut stale = 0;
    for source in text_files(&sources)? {
        let target = targets.join(source.strip_prefix(&sources)?).with_extension("xlsx");
        let bytes = build_file(&source)?;
        if is_current(&target, &bytes)? {
            continue;
        }
        stale += 1;
        if check {
            println!("stale: {}", target.display());
        } else {
            write_file(&target, &bytes)?;
            println!("written: {}", target.display());
        }
    }
    Ok(ExitCode::from(u8::from(check && stale > 0)))
}

/// Parses `[--check] [PROJECT]`; the default project is the one of the repository.
fn parse_arguments(args: impl Iterator<Item = String>) -> Result<(bool, PathBuf), Box<dyn Error>> {
    let (mut check, mut root) = (false, PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    for word in args {
        match word.as_str() {
            "--check" => check = true,
            unknown if unknown.starts_with('-') => return Err(format!("unknown argument {unknown:?}").into()),
            folder => root = PathBuf::from(folder),
        }
    }
    Ok((check, root))
}

fn build_file(source: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let name = source.display();
    let text = fs::read_to_string(source).map_err(|error| format!("{name}: {error}"))?;
    let book = sheet_text::parse(&text).map_err(|error| format!("{name}:{error}"))?;
    Ok(sheet_text::build(&book).map_err(|error| format!("{name}: {error}"))?)
}

/// Returns the `.txt` files in the folders below `root`, sorted by path.
fn text_files(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folder_entries(root)? {
        if folder.is_dir() {
            files.extend(folder_entries(&folder)?);
        }
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    Ok(files)
}

fn folder_entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect()
}

fn is_current(target: &Path, bytes: &[u8]) -> io::Result<bool> {
    match fs::read(target) {
        Ok(present) => Ok(present == bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn write_file(target: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(target, bytes)
}
