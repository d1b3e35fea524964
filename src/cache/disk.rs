//! Keeps recognition results in the project's folder for the next run.
//!
//! Input: keys and bytes. Output: the same bytes in a later run. All entries are in one file below `.tonghop/`, because
//! a thousand small files are slower. The folder may be deleted at any time, and damaged entries are treated as misses.
//! A folder that cannot be written only disables the cache. The folder is readable by its owner alone, since it holds
//! the departments' figures and a later run trusts it. Not here: the meaning of the bytes.

use super::log_store::LogStore;
use crate::pipeline::ResultStore;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::own_file::{create_private_folder, keep_private, open_without_links};
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
    create_private_folder(folder)?;
    match open_without_links(&folder.join(GITIGNORE), keep_private(File::options().write(true).create_new(true))) {
        Ok(mut ignored) => ignored.write_all(b"*\n")?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
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

    #[cfg(unix)]
    #[test]
    fn the_folder_is_for_its_owner_and_no_link_leads_elsewhere() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let project = Project::new();
        drop(project.store());
        let folder = project.0.path().join(CACHE_FOLDER);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join(STORE_FILE))), (0o700, 0o600));
        let secret = project.0.path().join("secret");
        fs::write(&secret, "x").unwrap();
        fs::remove_file(folder.join(STORE_FILE)).unwrap();
        symlink(&secret, folder.join(STORE_FILE)).unwrap();
        assert!(DiskStore::open(project.0.path(), &project.program()).is_err());
        fs::remove_dir_all(&folder).unwrap();
        symlink(project.0.path(), &folder).unwrap();
        assert!(DiskStore::open(project.0.path(), &project.program()).is_err());
        assert_eq!(fs::read(&secret).unwrap(), b"x");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_not_an_error() {
        let project = Project::new();
        fs::write(project.0.path().join(CACHE_FOLDER), "a file").unwrap();
        assert!(DiskStore::open(project.0.path(), &project.program()).is_err());
    }
}
