//! Keeps recognition results in the project's folder for the next run.
//!
//! Input: keys and bytes. Output: the same bytes in a later run. All entries are in one file below `.tonghop/`, because
//! a thousand small files are slower. The folder may be deleted at any time, and damaged entries are treated as misses.
//! A folder that cannot be written only disables the cache. Not here: the meaning of the bytes.

use super::log_store::LogStore;
use crate::pipeline::ResultStore;
use std::path::Path;
use std::sync::Mutex;
use std::{fs, io};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::parallel::lock;
use tracing::debug;

/// The folder of the cache, below the project.
const CACHE_FOLDER: &str = ".tonghop";
/// The file of the recognition results.
const STORE_FILE: &str = "workbooks";
/// Keeps the folder out of version control.
const GITIGNORE: &str = ".gitignore";

/// Keeps results in the folder of a project.
pub struct DiskStore {
    /// Size and checksum of the program, because another version recognises workbooks differently.
    version: String,
    results: Mutex<LogStore>,
}

impl DiskStore {
    /// Opens the store of a project; `program` is the running executable.
    ///
    /// # Errors
    /// Returns an error if the program cannot be read, which would leave the results without a version, or if the store
    /// cannot be opened.
    pub fn open(project: &Path, program: &Path) -> io::Result<Self> {
        let bytes = fs::read(program)?;
        let version = format!("{} {:08x}", bytes.len(), crc32fast::hash(&bytes));
        Ok(Self { version, results: Mutex::new(open_store(&project.join(CACHE_FOLDER))?) })
    }

    /// Returns the key in the store, which includes the version of the program.
    fn store_key(&self, key: &ContentHash) -> ContentHash {
        ContentHash::compute(format!("{} {key}", self.version).as_bytes())
    }
}

fn open_store(folder: &Path) -> io::Result<LogStore> {
    fs::create_dir_all(folder)?;
    let ignored = folder.join(GITIGNORE);
    if !ignored.exists() {
        fs::write(ignored, "*\n")?;
    }
    LogStore::open(&folder.join(STORE_FILE))
}

impl ResultStore for DiskStore {
    fn get(&self, key: &ContentHash) -> Option<Vec<u8>> {
        lock(&self.results).get(&self.store_key(key))
    }

    fn put(&self, key: &ContentHash, bytes: Vec<u8>) {
        if let Err(error) = lock(&self.results).insert(&self.store_key(key), &bytes) {
            debug!(%error, "not stored");
        }
    }

    fn finish(&self) {
        // A file that cannot be compacted only wastes space.
        if let Err(error) = lock(&self.results).compact() {
            debug!(%error, "not compacted");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use tempfile::TempDir;

    struct Project(TempDir);

    impl Project {
        fn new() -> Self {
            let project = Self(TempDir::new().unwrap());
            fs::write(project.program(), "program").unwrap();
            project
        }

        fn program(&self) -> PathBuf {
            self.0.path().join("program")
        }

        fn store(&self) -> DiskStore {
            DiskStore::open(self.0.path(), &self.program()).unwrap()
        }
    }

    fn key(text: &str) -> ContentHash {
        ContentHash::compute(text.as_bytes())
    }

    #[test]
    fn results_are_found_in_the_next_run() {
        let project = Project::new();
        assert_eq!(project.store().get(&key("a")), None);
        project.store().put(&key("a"), b"made".to_vec());
        assert_eq!(project.store().get(&key("a")).as_deref(), Some(&b"made"[..]));
        assert_eq!(project.store().get(&key("b")), None, "another key");
        fs::write(project.program(), "another program").unwrap();
        assert_eq!(project.store().get(&key("a")), None, "another program");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_not_an_error() {
        let project = Project::new();
        fs::write(project.0.path().join(CACHE_FOLDER), "a file").unwrap();
        assert!(DiskStore::open(project.0.path(), &project.program()).is_err());
    }
}
