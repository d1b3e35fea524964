//! Limits of the system: a file that may not grow is reported like a full disk.

#![cfg(unix)]

use crate::case::{Case, herd};
use crate::project::files_below;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the program in a shell with a limit on the size of files, in blocks of the shell; 0 allows none.
fn run_with_limit(project: &Path, blocks: Option<u32>) -> std::process::Output {
    let limit = blocks.map_or(String::new(), |blocks| format!("ulimit -f {blocks}; "));
    let command = format!("{limit}exec \"$0\" run \"$1\" --lang en");
    Command::new("sh").args(["-c", &command, env!("CARGO_BIN_EXE_tonghop")]).arg(project).output().unwrap()
}

fn outputs(project: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = files_below(&project.join("out"));
    files.into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
}

#[test]
fn a_limit_on_the_size_of_files_is_reported_and_loses_nothing() {
    let folder = Case::base().project();
    let whole = run_with_limit(folder.path(), None);
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    let before = outputs(folder.path());
    for blocks in [0, 4] {
        fs::write(folder.path().join("workbooks/phong-a/bieu.xlsx"), herd("167", "47")).unwrap();
        let limited = run_with_limit(folder.path(), Some(blocks));
        let said = String::from_utf8_lossy(&limited.stderr);
        assert_eq!(limited.status.code(), Some(3), "{blocks}: {said}");
        assert!(said.contains("cannot be written") && said.contains("No file was written."), "{said}");
        assert!(outputs(folder.path()) == before, "{blocks}: the outputs of the last run are unchanged");
    }
    assert!(run_with_limit(folder.path(), None).status.success());
}
