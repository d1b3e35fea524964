//! Keeps recognition results in the project's folder for the next run.
//!
//! Input: keys and bytes. Output: the same bytes in a later run. All entries are in one file below `.tonghop/`, because
//! a thousand small files are slower. The folder may be deleted at any time, and damaged entries are treated as misses.
//! A folder that cannot be written only disables the cache. Not here: the meaning of the bytes.

use super::shelf::Shelf;
use crate::pipeline::{Answer, ReadBooks, ReadError, Recognition, Sent, lock};
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use tonghop_core::config::Limits;
use tonghop_core::model::hash::Hash;
use tracing::{debug, warn};

/// The folder of the cache, below the project.
const FOLDER: &str = ".tonghop";
/// The file of the recognition results.
const WORKBOOKS: &str = "workbooks";
/// Keeps the folder out of version control.
const IGNORED: &str = ".gitignore";

/// A reader that caches the recognition results of another reader on disk.
pub struct OnDisk<R> {
    reader: R,
    /// Size and checksum of the program, because another version recognises workbooks differently.
    version: String,
    workbooks: Mutex<Shelf>,
}

impl<R> OnDisk<R> {
    /// Opens the cache of a project; `program` is the running executable.
    ///
    /// # Errors
    /// Returns the reader if the program cannot be read, which would leave the cache without a version, or if the cache
    /// cannot be opened.
    pub fn new(reader: R, project: &Path, program: &Path) -> Result<Self, R> {
        let Ok(bytes) = fs::read(program) else { return Err(reader) };
        let version = format!("{} {:08x}", bytes.len(), crc32fast::hash(&bytes));
        match opened(&project.join(FOLDER)) {
            Ok(workbooks) => Ok(Self { reader, version, workbooks: Mutex::new(workbooks) }),
            Err(error) => {
                warn!(%error, "nothing is kept for the next run");
                Err(reader)
            }
        }
    }

    /// Returns the key in the store, which includes the version of the program.
    fn name(&self, key: &Hash) -> Hash {
        Hash::of(format!("{} {key}", self.version).as_bytes())
    }
}

fn opened(folder: &Path) -> std::io::Result<Shelf> {
    fs::create_dir_all(folder)?;
    let ignored = folder.join(IGNORED);
    if !ignored.exists() {
        fs::write(ignored, "*\n")?;
    }
    Shelf::open(&folder.join(WORKBOOKS))
}

impl<R: ReadBooks> ReadBooks for OnDisk<R> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> Answer {
        self.reader.read(bytes, limits)
    }

    fn recognise(&self, sent: Sent<'_>, recognition: &Recognition<'_>, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        self.reader.recognise(sent, recognition, limits)
    }

    fn recall(&self, key: &Hash) -> Option<Vec<u8>> {
        lock(&self.workbooks).take(&self.name(key))
    }

    fn keep(&self, key: &Hash, made: Vec<u8>) {
        // A result that cannot be stored is computed again in the next run.
        if let Err(error) = lock(&self.workbooks).put(&self.name(key), &made) {
            debug!(%error, "not kept");
        }
    }

    fn end(&self) {
        // A file that cannot be compacted only wastes space.
        if let Err(error) = lock(&self.workbooks).tidy() {
            debug!(%error, "not tidied up");
        }
    }

    fn threads(&self) -> NonZeroUsize {
        self.reader.threads()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::InProcess;
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

        fn cache(&self) -> OnDisk<InProcess> {
            OnDisk::new(InProcess, self.0.path(), &self.program()).ok().unwrap()
        }
    }

    fn key(words: &str) -> Hash {
        Hash::of(words.as_bytes())
    }

    #[test]
    fn what_was_kept_comes_back_in_the_next_run() {
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
        fs::write(project.0.path().join(FOLDER), "a file").unwrap();
        assert!(OnDisk::new(InProcess, project.0.path(), &project.program()).is_err());
    }
}
