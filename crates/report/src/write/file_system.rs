//! The file-system operations that a commit needs, as a trait so that tests can make each of them fail.
//!
//! Input: paths and bytes. Output: the result of each operation. Not here: their order, decisions.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use tonghop_core::parallel::parallel_map;

/// The number of files that are synced at the same time: the threads only wait, and the disk writes what they ask for
/// together.
const SYNC_THREADS: NonZeroUsize = NonZeroUsize::new(32).unwrap();

/// A file system.
pub(super) trait FileSystem {
    /// Creates a folder and its parents if they do not exist.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Lists the names in a folder.
    fn list_names(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Reads a file; `None` if it does not exist.
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>>;
    /// Creates a new file, which [`FileSystem::sync_files`] makes durable.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Makes the content of files durable against a power cut, all together: waiting for one file after another takes
    /// seconds for a thousand.
    fn sync_files(&self, paths: &[PathBuf]) -> io::Result<()>;
    /// Creates a hard link to a file under an unused name.
    fn hard_link(&self, path: &Path, second: &Path) -> io::Result<()>;
    /// Renames a file atomically, replacing the target.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file; it is not an error if it does not exist.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes renames durable against a power cut, where folders can be synced.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Returns whether the error means that a program has the file open, as Word and Excel do on Windows.
    fn is_in_use(&self, error: &io::Error) -> bool;
    /// Waits until a program may have released a file.
    fn wait_for_release(&self);
}

/// The file system of the machine.
pub(super) struct RealFileSystem;

impl FileSystem for RealFileSystem {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn list_names(&self, folder: &Path) -> io::Result<Vec<String>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        none_if_absent(fs::read(path))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        File::create_new(path)?.write_all(bytes)
    }

    fn sync_files(&self, paths: &[PathBuf]) -> io::Result<()> {
        // Windows flushes only files that are open for writing.
        let sync = |path: &PathBuf| OpenOptions::new().write(true).open(path)?.sync_all();
        parallel_map(paths, SYNC_THREADS, &sync).into_iter().collect()
    }

    fn hard_link(&self, path: &Path, second: &Path) -> io::Result<()> {
        fs::hard_link(path, second)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        none_if_absent(fs::remove_file(path)).map(drop)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn is_in_use(&self, error: &io::Error) -> bool {
        /// Access denied, sharing violation.
        const IN_USE_CODES: [i32; 2] = [5, 32];
        cfg!(windows) && error.raw_os_error().is_some_and(|code| IN_USE_CODES.contains(&code))
    }

    fn wait_for_release(&self) {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

fn none_if_absent<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        outcome => outcome.map(Some),
    }
}
