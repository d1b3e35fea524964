//! A project in memory: for tests, and for programs that have the files as bytes.

use super::{EntryFilter, EntryType, FileError, FileState, ListError, ProjectSource, SourceEntry};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// Files in memory by their paths; a folder exists if a file is in it.
#[derive(Clone, Debug, Default)]
pub struct MemorySource {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl MemorySource {
    /// Creates a source without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file; `path` is relative to the project, with `/` between its parts.
    pub fn insert(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        self.files.insert(path.split('/').collect(), content.into());
    }
}

impl<P: AsRef<str>, C: Into<Vec<u8>>> FromIterator<(P, C)> for MemorySource {
    fn from_iter<I: IntoIterator<Item = (P, C)>>(files: I) -> Self {
        let mut source = Self::new();
        files.into_iter().for_each(|(path, content)| source.insert(path.as_ref(), content));
        source
    }
}

impl ProjectSource for MemorySource {
    fn entry_type(&self, path: &Path) -> Option<EntryType> {
        if self.files.contains_key(path) {
            return Some(EntryType::File);
        }
        self.files.keys().any(|file| file.starts_with(path)).then_some(EntryType::Folder)
    }

    fn list(&self, folder: &Path, filter: EntryFilter<'_>) -> io::Result<Vec<Result<SourceEntry, ListError>>> {
        if self.entry_type(folder) != Some(EntryType::Folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        // Paths are ordered by their parts, so that a folder comes right before its content.
        let mut paths = BTreeSet::new();
        for file in self.files.keys().filter(|file| file.starts_with(folder)) {
            paths.extend(file.ancestors().take_while(|path| *path != folder));
        }
        let mut entries = Vec::new();
        let mut left_out: Option<&Path> = None;
        for path in paths {
            if left_out.is_some_and(|folder| path.starts_with(folder)) {
                continue;
            }
            let entry_type = if self.files.contains_key(path) { EntryType::File } else { EntryType::Folder };
            if filter(path, entry_type) {
                entries.push(Ok(SourceEntry { path: path.to_owned(), entry_type }));
            } else {
                left_out = Some(path);
            }
        }
        Ok(entries)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        let content = self.files.get(path).cloned();
        content.ok_or_else(|| FileError::Io(io::ErrorKind::NotFound.into()))
    }

    fn file_state(&self, _: &Path) -> Option<FileState> {
        None
    }
}
