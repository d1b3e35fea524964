//! Compares output with reviewed files under `tests/golden/`, or rewrites them if `UPDATE_GOLDEN=1`.
//!
//! Input: the current output. A difference fails with its file and line. Not here: how the output is produced.

use crate::project::{files_below, repository};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Compares every file with its reviewed one; reviewed files that are no longer written fail too.
pub fn folder(name: &str, actual: &BTreeMap<String, Vec<u8>>) {
    let folder = golden().join(name);
    if asked_to_update() {
        let _ = fs::remove_dir_all(&folder);
        for (part, bytes) in actual {
            write(&folder.join(part), bytes);
        }
    }
    for (part, bytes) in actual {
        compare(&folder.join(part), bytes);
    }
    let kept: BTreeSet<PathBuf> = files_below(&folder).into_iter().collect();
    let made: BTreeSet<PathBuf> = actual.keys().map(|part| folder.join(part)).collect();
    assert_eq!(kept.difference(&made).collect::<Vec<_>>(), Vec::<&PathBuf>::new(), "no run makes these files");
}

/// Compares one text with its reviewed file.
pub fn file(name: &str, actual: &str) {
    let path = golden().join(name);
    if asked_to_update() {
        write(&path, actual.as_bytes());
    }
    compare(&path, actual.as_bytes());
}

fn golden() -> PathBuf {
    repository().join("tests").join("golden")
}

#[allow(clippy::disallowed_methods, reason = "a switch of the tests; the program does not see it")]
fn asked_to_update() -> bool {
    std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1")
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn compare(path: &Path, actual: &[u8]) {
    let Ok(expected) = fs::read(path) else { panic!("{}: not there; UPDATE_GOLDEN=1 writes it", path.display()) };
    if expected == actual {
        return;
    }
    let (expected, actual) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(actual));
    let (mut wanted, mut got) = (expected.split('\n'), actual.split('\n'));
    for number in 1.. {
        match (wanted.next(), got.next()) {
            (wanted, got) if wanted != got => panic!(
                "{}:{number}\n  reviewed: {}\n  now:      {}\n(UPDATE_GOLDEN=1 accepts all differences)",
                path.display(),
                wanted.unwrap_or("(the end)"),
                got.unwrap_or("(the end)"),
            ),
            (None, _) => unreachable!("different bytes have a different line"),
            _ => {}
        }
    }
}
