//! Detects changes in a project by the size and modification time of every file.
//!
//! Input: the source of the project. Output: states that can only be compared. Times never affect a result; they only
//! decide when to run again. Not here: the content of files.

use super::entries::list_project;
use crate::source::{FileState, ProjectSource, SourceEntry};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The state of every file of a project at one moment; folders have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileStates(BTreeMap<PathBuf, Option<FileState>>);

impl FileStates {
    /// Returns the number of files and folders.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Returns the states of the settings, rules, workbooks and earlier runs of a project. Missing or unreadable entries
/// and the by-products of systems and applications are left out.
pub fn file_states(source: &dyn ProjectSource, settings: &str) -> FileStates {
    let entries = list_project(source, settings).into_iter().flatten();
    // The time of a folder changes with each lock file in it; its files have their own entries.
    let state = |entry: &SourceEntry| {
        if entry.is_folder() { None } else { source.file_state(&entry.path) }
    };
    FileStates(entries.map(|entry| (entry.path.clone(), state(&entry))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FolderSource;
    use std::fs;

    #[test]
    fn saves_are_noticed_and_locks_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let look = || file_states(&FolderSource::new(folder.path()), "tonghop.toml");
        assert_eq!(look(), FileStates::default());
        let mut last = look();
        let mut changed = |expected: bool, what: &str| {
            let now = look();
            assert_eq!(now != last, expected, "{what}");
            last = now;
        };
        fs::create_dir_all(at("workbooks/a")).unwrap();
        fs::create_dir_all(at("history")).unwrap();
        fs::create_dir_all(at("plugins")).unwrap();
        changed(true, "new folders");
        for (file, seen) in [
            ("tonghop.toml", true),
            ("workbooks/a/b.xlsx", true),
            ("history/2023-09-thang.xlsx", true),
            ("workbooks/a/~$b.xlsx", false),
            ("workbooks/a/.~lock.b.xlsx#", false),
            ("workbooks/Thumbs.db", false),
            ("workbooks/a/A1B2C3D4", false),
            ("workbooks/a/b.xlsx.tmp", false),
            ("plugins/desktop.ini", false),
            ("history/Thumbs.db", false),
            ("out.txt", false),
        ] {
            fs::write(at(file), file).unwrap();
            changed(seen, file);
        }
        fs::write(at("workbooks/a/b.xlsx"), "longer than it was").unwrap();
        changed(true, "saved again");
        fs::remove_dir_all(at("workbooks")).unwrap();
        changed(true, "a folder that is gone");
    }
}
