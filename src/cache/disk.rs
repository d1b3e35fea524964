//! Keeps recognition results in the project's folder for the next run.
//!
//! Input: keys and bytes. Output: the same bytes in a later run. All entries are in one file below `.tonghop/`, because
//! a thousand small files are slower. The folder may be deleted at any time, and damaged entries are treated as misses.
//! A folder that cannot be written only disables the cache. Not here: the meaning of the bytes.

use super::log_store::LogStore;
use crate::pipeline::{ReadError, ReadResult, Recognition, Request, WorkbookReader, lock};
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use tonghop_core::config::Limits;
use tonghop_core::model::hash::ContentHash;
use tracing::{debug, warn};

/// The folder of the cache, below the project.
const CACHE_FOLDER: &str = ".tonghop";
/// The file of the recognition results.
const STORE_FILE: &str = "workbooks";
/// Keeps the folder out of version control.
const GITIGNORE: &str = ".gitignore";

/// A reader that caches the recognition results of another reader on disk.
pub struct DiskCache<R> {
    reader: R,
    /// Size and checksum of the program, because another version recognises workbooks differently.
    version: String,
    workbooks: Mutex<LogStore>,
}

impl<R> DiskCache<R> {
    /// Opens the cache of a project; `program` is the running executable.
    ///
    /// # Errors
    /// Returns the reader if the program cannot be read, which would leave the cache without a version, or if the cache
    /// cannot be opened.
    pub fn new(reader: R, project: &Path, program: &Path) -> Result<Self, R> {
        let Ok(bytes) = fs::read(program) else { return Err(reader) };
        let version = format!("{} {:08x}", bytes.len(), crc32fast::hash(&bytes));
        match open_store(&project.join(CACHE_FOLDER)) {
            Ok(workbooks) => Ok(Self { reader, version, workbooks: Mutex::new(workbooks) }),
            Err(error) => {
                warn!(%error, "the cache cannot be opened, so nothing is kept for the next run");
                Err(reader)
            }
        }
    }

    /// Returns the key in the store, which includes the version of the program.
    fn store_key(&self, key: &ContentHash) -> ContentHash {
        ContentHash::compute(format!("{} {key}", self.version).as_bytes())
    }
}

fn open_store(folder: &Path) -> std::io::Result<LogStore> {
    fs::create_dir_all(folder)?;
    let ignored = folder.join(GITIGNORE);
    if !ignored.exists() {
        fs::write(ignored, "*\n")?;
    }
    LogStore::open(&folder.join(STORE_FILE))
}

impl<R: WorkbookReader> WorkbookReader for DiskCache<R> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> ReadResult {
        self.reader.read(bytes, limits)
    }

    fn recognise(
        &self,
        request: Request<'_>,
        recognition: &Recognition<'_>,
        limits: &Limits,
    ) -> Result<Vec<u8>, ReadError> {
        self.reader.recognise(request, recognition, limits)
    }

    fn recall(&self, key: &ContentHash) -> Option<Vec<u8>> {
        lock(&self.workbooks).get(&self.store_key(key))
    }

    fn keep(&self, key: &ContentHash, made: Vec<u8>) {
        // A result that cannot be stored is computed again in the next run.
        if let Err(error) = lock(&self.workbooks).insert(&self.store_key(key), &made) {
            debug!(%error, "not stored");
        }
    }

    fn end(&self) {
        // A file that cannot be compacted only wastes space.
        if let Err(error) = lock(&self.workbooks).compact() {
            debug!(%error, "not compacted");
        }
    }

    fn threads(&self) -> NonZeroUsize {
        self.reader.threads()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::InProcessReader;
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

        fn cache(&self) -> DiskCache<InProcessReader> {
            DiskCache::new(InProcessReader, self.0.path(), &self.program()).ok().unwrap()
        }
    }

    fn key(words: &str) -> ContentHash {
        ContentHash::compute(words.as_bytes())
    }

    #[test]
    fn results_are_found_in_the_next_run() {
        let project = Project::new();
        assert_eq!(project.cache().recall(&key("a")), None);
        project.cache().keep(&key("a"), b"made".to_vec());
        assert_eq!(project.cache().recall(&key("a")).as_deref(), Some(&b"made"[..]));
        assert_eq!(project.cache().recall(&key("b")), None, "another key");
        fs::write(project.program(), "another program").unwrap();
        assert_eq!(project.cache().recall(&key("a")), None, "another program");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_error() {
        let project = Project::new();
        fs::write(project.0.path().join(CACHE_FOLDER), "a file").unwrap();
        assert!(DiskCache::new(InProcessReader, project.0.path(), &project.program()).is_err());
    }
}
