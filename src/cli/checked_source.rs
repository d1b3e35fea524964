//! Notices whether a run read other files than those that were hashed before it.
//!
//! Input: the source of a project and the hashes of its files. Output: the same files, and whether all were as hashed.
//! Not here: the hashes, what a run does with a file.
//!
//! A file may be saved, locked or out of reach for a moment after it was hashed. What such a run finds is not what the
//! hashed files say.

use crate::pipeline::FileHashes;
use crate::source::{EntryFilter, EntryType, FileError, FileState, ListError, ProjectSource, SourceEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tonghop_core::model::hash::ContentHash;

/// A source that compares what is read with the hashes.
pub(super) struct CheckedSource<'s> {
    source: &'s dyn ProjectSource,
    hashes: Option<&'s FileHashes>,
    differs: AtomicBool,
}

impl<'s> CheckedSource<'s> {
    pub(super) fn new(source: &'s dyn ProjectSource, hashes: Option<&'s FileHashes>) -> Self {
        Self { source, hashes, differs: AtomicBool::new(false) }
    }

    /// Returns whether every file was read as it was hashed.
    pub(super) fn is_as_hashed(&self) -> bool {
        !self.differs.load(Relaxed)
    }
}

impl ProjectSource for CheckedSource<'_> {
    fn entry_type(&self, path: &Path) -> Option<EntryType> {
        self.source.entry_type(path)
    }

    fn list(&self, folder: &Path, filter: EntryFilter<'_>) -> io::Result<Vec<Result<SourceEntry, ListError>>> {
        let listed = self.source.list(folder, filter);
        let is_as_hashed = match &listed {
            Ok(entries) => entries.iter().all(Result::is_ok),
            // A project need not have every folder that a run looks for.
            Err(error) => {
                error.kind() == io::ErrorKind::NotFound && !self.hashes.is_some_and(|hashes| hashes.contains(folder))
            }
        };
        if !is_as_hashed {
            self.differs.store(true, Relaxed);
        }
        listed
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let content = self.source.read(path);
        if let Some(hashes) = self.hashes
            && content.as_ref().ok().map(|bytes| ContentHash::compute(bytes)).as_ref() != hashes.get(path)
        {
            self.differs.store(true, Relaxed);
        }
        content
    }

    fn file_state(&self, path: &Path) -> Option<FileState> {
        self.source.file_state(path)
    }

    fn display_path(&self, path: &Path) -> PathBuf {
        self.source.display_path(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FolderSource;
    use std::fs;
    use std::num::NonZeroUsize;

    #[test]
    fn a_file_that_is_not_as_hashed_is_noticed() {
        let project = tempfile::tempdir().unwrap();
        let at = |name: &str| project.path().join(name);
        fs::write(at("tonghop.toml"), "x").unwrap();
        fs::create_dir(at("plugins")).unwrap();
        fs::write(at("plugins/a.lua"), "a").unwrap();
        let source = FolderSource::new(project.path());
        let hashes = FileHashes::compute(&source, NonZeroUsize::MIN).unwrap();
        let is_as_hashed = |change: &dyn Fn()| {
            let checked = CheckedSource::new(&source, Some(&hashes));
            change();
            let _ = (checked.read(Path::new("tonghop.toml")), checked.read(Path::new("plugins/a.lua")));
            checked.is_as_hashed()
        };
        assert!(is_as_hashed(&|| {}));
        assert!(!is_as_hashed(&|| fs::write(at("tonghop.toml"), "y").unwrap()), "changed");
        assert!(is_as_hashed(&|| fs::write(at("tonghop.toml"), "x").unwrap()), "as before");
        assert!(!is_as_hashed(&|| fs::remove_file(at("plugins/a.lua")).unwrap()), "out of reach");
    }

    #[test]
    fn a_folder_that_a_project_need_not_have_is_no_change() {
        let project = tempfile::tempdir().unwrap();
        fs::create_dir(project.path().join("plugins")).unwrap();
        fs::write(project.path().join("tonghop.toml"), "x").unwrap();
        let source = FolderSource::new(project.path());
        let hashes = FileHashes::compute(&source, NonZeroUsize::MIN).unwrap();
        let checked = CheckedSource::new(&source, Some(&hashes));
        assert!(checked.list(Path::new("history"), &|_, _| true).is_err());
        assert!(checked.is_as_hashed());
        fs::remove_dir(project.path().join("plugins")).unwrap();
        assert!(checked.list(Path::new("plugins"), &|_, _| true).is_err());
        assert!(!checked.is_as_hashed());
    }
}
