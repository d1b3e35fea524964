//! Tests the commit with every call to the file system failing in turn.

use super::lock::LOCK_FILE;
use super::replacement::MAX_RENAME_ATTEMPTS;
use super::*;
use std::cell::Cell;
use std::fs::{self, File};
use std::io::ErrorKind;
use tempfile::TempDir;

/// The files that are in the folder after every run, apart from its outputs.
const ALWAYS_PRESENT: [&str; 2] = [LOCK_FILE, MANIFEST];
const OUTPUT_NAMES: [&str; 3] = ["a.txt", "b.docx", "phan-hoi/a.xlsx"];

/// Returns files whose content starts with `text`, with their manifest.
fn output_files(text: &str) -> Vec<OutputFile> {
    let content = |name: &str| format!("{text} {name}").into_bytes();
    let records =
        OUTPUT_NAMES.map(|name| RecordedOutput { file: name.to_owned(), sha256: ContentHash::compute(&content(name)) });
    let manifest = serde_json::to_vec(&RecordedOutputs { outputs: records.to_vec() }).unwrap();
    let files = OUTPUT_NAMES.map(|name| OutputFile { name: name.to_owned(), bytes: content(name) });
    files.into_iter().chain([OutputFile { name: MANIFEST.to_owned(), bytes: manifest }]).collect()
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join(name)).unwrap_or_default()
}

/// Lists all files below a folder that are not expected after every run.
fn unexpected_files(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            names.extend(unexpected_files(&entry.path()).into_iter().map(|below| format!("{name}/{below}")));
        } else {
            names.push(name);
        }
    }
    names.retain(|name| !ALWAYS_PRESENT.contains(&name.as_str()) && !OUTPUT_NAMES.contains(&name.as_str()));
    names.sort();
    names
}

fn assert_on_disk(run: &[OutputFile], folder: &Path) {
    for file in run {
        assert!(bytes(folder, &file.name) == file.bytes, "{} is not of this run", file.name);
    }
}

fn committed_folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(commit(&output_files(text), folder.path()).unwrap(), []);
    folder
}

#[test]
fn files_are_replaced_and_nothing_else_is_left() {
    let folder = committed_folder("old");
    assert_eq!(commit(&output_files("new"), folder.path()).unwrap(), []);
    assert_on_disk(&output_files("new"), folder.path());
    assert_eq!(unexpected_files(folder.path()), Vec::<String>::new());
}

#[test]
fn only_files_that_changed_are_written() {
    let folder = committed_folder("old");
    let path = folder.path();
    let age = |name: &str| fs::metadata(path.join(name)).unwrap().modified().unwrap();
    // Whatever is written gets another time.
    let long_ago = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for name in OUTPUT_NAMES.iter().chain([&MANIFEST]) {
        File::options().write(true).open(path.join(name)).unwrap().set_modified(long_ago).unwrap();
    }
    let mut files = output_files("old");
    files[1].bytes = b"new".to_vec();
    assert_eq!(commit(&files, path).unwrap(), []);
    assert_eq!(OUTPUT_NAMES.map(|name| age(name) == long_ago), [true, false, true]);
    assert_on_disk(&files, path);
    assert_eq!(unexpected_files(path), Vec::<String>::new());
}

#[test]
fn manual_changes_are_kept_next_to_the_new_file() {
    let folder = committed_folder("old");
    for (round, changed) in ["mine", "mine again"].into_iter().enumerate() {
        fs::write(folder.path().join("a.txt"), changed).unwrap();
        let kept_as = format!("a (bản sửa tay {}).txt", round + 1);
        let kept = commit(&output_files("new"), folder.path()).unwrap();
        assert_eq!(kept, [Preserved { name: "a.txt".into(), preserved_as: kept_as.clone() }]);
        assert_eq!(bytes(folder.path(), &kept_as), changed.as_bytes());
        assert_on_disk(&output_files("new"), folder.path());
    }
}

#[test]
fn a_file_that_no_run_wrote_is_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "found").unwrap();
    assert_eq!(commit(&output_files("new"), folder.path()).unwrap().len(), 1);
}

#[test]
fn a_second_run_does_not_write_over_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let _held = lock_folder(folder.path()).unwrap();
    assert!(matches!(commit(&output_files("x"), folder.path()), Err(CommitError::Busy(_))));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let error = commit(&output_files("x"), &folder.path().join("file/out")).unwrap_err();
    assert!(error.to_string().contains("file"), "{error}");
}

/// How the file system fails.
#[derive(Clone, Debug, PartialEq)]
enum InjectedFault {
    /// One call fails; a file that was being written is truncated.
    Once(ErrorKind),
    /// Every call from one point on fails, as if the process had been killed.
    Permanent,
    /// This file cannot be replaced until `wait` has been called this number of times.
    InUse(PathBuf, usize),
}

/// The real file system until a call fails.
struct FaultyFileSystem {
    calls_left: Cell<usize>,
    waits: Cell<usize>,
    fault: InjectedFault,
}

impl FaultyFileSystem {
    fn after(calls: usize, fault: InjectedFault) -> Self {
        Self { calls_left: Cell::new(calls), waits: Cell::new(0), fault }
    }

    /// Makes a call; a failing one runs `instead`, which simulates what it leaves on disk.
    fn call<T>(&self, call: impl FnOnce() -> io::Result<T>, instead: impl FnOnce()) -> io::Result<T> {
        let (left, is_dead) =
            (self.calls_left.get(), self.calls_left.get() == 0 && self.fault == InjectedFault::Permanent);
        self.calls_left.set(if is_dead { 0 } else { left.wrapping_sub(1) });
        if left > 0 {
            return call();
        }
        instead();
        Err(match self.fault {
            InjectedFault::Once(kind) => kind.into(),
            _ => ErrorKind::Interrupted.into(),
        })
    }
}

impl FileSystem for FaultyFileSystem {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|| RealFileSystem.create_folder(folder), || {})
    }

    fn list_names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.call(|| RealFileSystem.list_names(folder), || {})
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        self.call(|| RealFileSystem.read(path), || {})
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = || fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        self.call(|| RealFileSystem.write_new(path, bytes), half)
    }

    fn sync_files(&self, paths: &[PathBuf]) -> io::Result<()> {
        self.call(|| RealFileSystem.sync_files(paths), || {})
    }

    fn hard_link(&self, path: &Path, second: &Path) -> io::Result<()> {
        self.call(|| RealFileSystem.hard_link(path, second), || {})
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        match &self.fault {
            InjectedFault::InUse(place, waits) if to == place && self.waits.get() < *waits => {
                Err(ErrorKind::ResourceBusy.into())
            }
            _ => self.call(|| RealFileSystem.rename(from, to), || {}),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.call(|| RealFileSystem.remove(path), || {})
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.call(|| RealFileSystem.sync_folder(folder), || {})
    }

    fn create_subfolder(&self, folder: &Path) -> io::Result<()> {
        self.call(|| RealFileSystem.create_subfolder(folder), || {})
    }

    fn is_held(&self, error: &io::Error) -> bool {
        RealFileSystem.is_held(error)
    }

    fn wait_for_release(&self) {
        self.waits.set(self.waits.get() + 1);
    }
}

/// Asserts that every file has the content of one of the runs or `other`; returns whether all are from the last run.
fn assert_not_torn(folder: &Path, runs: &[Vec<OutputFile>], other: &str) -> bool {
    let of_last = |name: &str| runs.last().unwrap().iter().any(|f| f.name == name && f.bytes == bytes(folder, name));
    for name in OUTPUT_NAMES.iter().chain([&MANIFEST]) {
        let present = bytes(folder, name);
        let known = |run: &Vec<OutputFile>| run.iter().any(|file| file.name == *name && file.bytes == present);
        // A manifest that lists held files is neither that of one run nor that of the other.
        let is_manifest = *name == MANIFEST && serde_json::from_slice::<RecordedOutputs>(&present).is_ok();
        assert!(runs.iter().any(known) || present == other.as_bytes() || is_manifest, "{name} is torn");
    }
    OUTPUT_NAMES.iter().chain([&MANIFEST]).all(|name| of_last(name))
}

#[test]
fn a_fault_at_any_call_leaves_every_file_old_or_new() {
    let runs = [output_files("old"), output_files("new")];
    for fault in [
        InjectedFault::Once(ErrorKind::StorageFull),
        InjectedFault::Once(ErrorKind::PermissionDenied),
        InjectedFault::Permanent,
    ] {
        let mut calls = 0;
        loop {
            let folder = committed_folder("old");
            let path = folder.path();
            fs::write(path.join("a.txt"), "mine").unwrap();
            let outcome = commit_on(&FaultyFileSystem::after(calls, fault.clone()), &runs[1], path);
            let all_new = assert_not_torn(path, &runs, "mine");
            assert!(outcome.is_err() || all_new, "{fault:?} at {calls}: a file is not new, and no error is returned");
            let mine = ["a.txt", "a (bản sửa tay 1).txt"].map(|name| bytes(path, name));
            assert!(mine.contains(&b"mine".to_vec()), "{fault:?} at {calls}: a hand-made change is lost");
            commit(&runs[1], path).unwrap();
            assert_on_disk(&runs[1], path);
            assert_eq!(unexpected_files(path), ["a (bản sửa tay 1).txt"], "{fault:?} at {calls}");
            calls += 1;
            if outcome.is_ok() && calls > 40 {
                break;
            }
        }
        assert!(calls < 100, "{calls} calls");
    }
}

/// Returns whether a file has the content of a run.
fn is_of_run(folder: &Path, name: &str, run: &[OutputFile]) -> bool {
    fs::read(folder.join(name)).is_ok_and(|present| run.iter().any(|file| file.name == name && file.bytes == present))
}

#[test]
fn a_fault_after_the_first_file_costs_one_file_and_is_named() {
    let new = output_files("new");
    let mut partial = 0;
    for calls in 0..100 {
        let folder = committed_folder("old");
        let path = folder.path();
        let mut files = new.clone();
        // An answer that this run no longer writes.
        files.retain(|file| !file.name.starts_with("phan-hoi"));
        let outcome = commit_on(&FaultyFileSystem::after(calls, InjectedFault::Once(ErrorKind::Other)), &files, path);
        let replaced = ["a.txt", "b.docx"].into_iter().filter(|name| is_of_run(path, name, &new)).count();
        match outcome {
            Err(error) if error.is_partial() => {
                assert!(replaced >= 1, "{calls}: {error}");
                let CommitError::FilesHeld(held) = &error else { continue };
                assert!(held.len() == 1 && held[0].failure.is_some(), "{calls}: {error}");
                assert!(error.to_string().contains(&held[0].name), "{error}");
                partial += 1;
            }
            Err(error) => assert_eq!(replaced, 0, "{calls}: {error}"),
            Ok(_) => assert_eq!(replaced, 2, "{calls}"),
        }
        assert_eq!(commit(&files, path).unwrap(), [], "{calls}");
        assert_eq!(unexpected_files(path), Vec::<String>::new(), "{calls}");
    }
    assert!(partial >= 4, "two files, the manifest and the stale answer, but {partial}");
}

#[test]
fn two_interrupted_runs_leave_nothing_that_looks_hand_made() {
    let runs = [output_files("old"), output_files("new"), output_files("newer")];
    for first in (0..40).step_by(3) {
        for second in (0..40).step_by(7) {
            let folder = committed_folder("old");
            let path = folder.path();
            let _ = commit_on(&FaultyFileSystem::after(first, InjectedFault::Permanent), &runs[1], path);
            let _ = commit_on(&FaultyFileSystem::after(second, InjectedFault::Permanent), &runs[2], path);
            assert_not_torn(path, &runs, "");
            assert_eq!(commit(&runs[2], path).unwrap(), [], "{first}, {second}");
            assert_eq!(unexpected_files(path), Vec::<String>::new(), "{first}, {second}");
        }
    }
}

#[test]
fn a_file_in_use_is_retried_and_then_written_under_another_name() {
    for (waits, is_put) in [(MAX_RENAME_ATTEMPTS - 1, true), (usize::MAX, false)] {
        let folder = committed_folder("old");
        let path = folder.path();
        let disk = FaultyFileSystem::after(usize::MAX, InjectedFault::InUse(path.join("b.docx"), waits));
        let outcome = commit_on(&disk, &output_files("new"), path);
        if is_put {
            assert_eq!(outcome.unwrap(), []);
        } else {
            let error = outcome.unwrap_err();
            assert!(error.is_partial() && error.to_string().contains("b.docx"), "{error}");
            assert_eq!(bytes(path, "b.docx"), b"old b.docx");
            assert_eq!(bytes(path, "b.docx.new"), b"new b.docx");
            assert_eq!(bytes(path, "a.txt"), b"new a.txt");
            assert_eq!(bytes(path, "phan-hoi/a.xlsx"), b"new phan-hoi/a.xlsx");
            let mut recorded = PreviousOutputs::default();
            recorded.add(&bytes(path, MANIFEST));
            let names: Vec<&str> = recorded.names().collect();
            assert_eq!(names, ["a.txt", "b.docx", "b.docx.new", "phan-hoi/a.xlsx"]);
            for name in names {
                assert!(recorded.contains(name, &bytes(path, name)), "{name} is recorded as it is in place");
            }
            assert_eq!(unexpected_files(path), ["b.docx.new"], "no journal is left");
        }
        assert_eq!(commit(&output_files("newer"), path).unwrap(), []);
        assert_on_disk(&output_files("newer"), path);
        assert_eq!(unexpected_files(path), Vec::<String>::new());
    }
}

#[test]
fn a_file_that_stays_in_use_keeps_its_new_version() {
    let folder = committed_folder("old");
    let path = folder.path();
    for round in 0..3 {
        let disk = FaultyFileSystem::after(usize::MAX, InjectedFault::InUse(path.join("b.docx"), usize::MAX));
        let error = commit_on(&disk, &output_files("new"), path).unwrap_err();
        let held = HeldFile { name: "b.docx".to_owned(), has_new_version: true, failure: None };
        assert!(matches!(&error, CommitError::FilesHeld(files) if *files == [held]), "{error:?}");
        assert_eq!(unexpected_files(path), ["b.docx.new"], "{round}");
        assert_eq!(bytes(path, "b.docx.new"), b"new b.docx");
    }
}

#[test]
fn what_is_in_the_place_of_a_file_costs_only_that_file() {
    let folder = committed_folder("old");
    let path = folder.path();
    fs::remove_file(path.join("b.docx")).unwrap();
    fs::create_dir(path.join("b.docx")).unwrap();
    for text in ["new", "newer"] {
        let error = commit(&output_files(text), path).unwrap_err();
        assert!(error.is_partial() && error.to_string().contains("b.docx"), "{error}");
        assert_eq!(bytes(path, "a.txt"), format!("{text} a.txt").as_bytes());
        assert_eq!(unexpected_files(path), Vec::<String>::new());
    }
    fs::remove_dir(path.join("b.docx")).unwrap();
    assert_eq!(commit(&output_files("newest"), path).unwrap(), []);
    assert_on_disk(&output_files("newest"), path);
}

#[test]
fn nothing_is_written_outside_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    for name in ["../x.txt", "/x.txt", "phan-hoi/../../x.txt", ".", ""] {
        let file = OutputFile { name: name.to_owned(), bytes: b"x".to_vec() };
        assert!(matches!(write_atomically(&file, &out), Err(CommitError::Io { .. })), "{name}");
        assert!(matches!(commit(&[file], &out), Err(CommitError::Io { .. })), "{name}");
    }
    assert!(!folder.path().join("x.txt").exists());
}

#[cfg(unix)]
#[test]
fn no_link_leads_outside_the_folder() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (out, other) = (folder.path().join("out"), folder.path().join("other"));
    let secret = other.join("secret");
    fs::create_dir(&other).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(&secret, "x").unwrap();
    for name in [LOCK_FILE, "a.txt", MANIFEST] {
        symlink(&secret, out.join(name)).unwrap();
    }
    symlink(&other, out.join("phan-hoi")).unwrap();
    let error = commit(&output_files("new"), &out).unwrap_err();
    assert!(error.to_string().contains("phan-hoi/a.xlsx"), "{error}");
    assert_eq!(fs::read(&secret).unwrap(), b"x");
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    assert_eq!((bytes(&out, "a.txt"), bytes(&out, "b.docx")), (b"new a.txt".to_vec(), b"new b.docx".to_vec()));
    fs::remove_file(out.join("phan-hoi")).unwrap();
    symlink(&other, folder.path().join("period")).unwrap();
    assert!(matches!(check_own_folder(&folder.path().join("period")), Err(CommitError::FolderIsLink(_))));
    assert!(check_own_folder(&out).is_ok());
    commit(&output_files("newer"), &out).unwrap();
    assert_on_disk(&output_files("newer"), &out);
}
