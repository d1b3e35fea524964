//! Locks the folder of the outputs against other runs.
//!
//! Input: the folder. Output: the lock. Not here: what is written in the folder.

use super::error::CommitError;
use std::fs::{self, File, OpenOptions};
use std::path::Path;
use tonghop_core::own_file::open_without_links;

/// The lock file that keeps two runs from writing at the same time.
pub(super) const LOCK_FILE: &str = ".tonghop.lock";

/// Locks the folder for this run while the returned file lives; the system releases the lock even if the run is killed.
pub(super) fn lock_folder(folder: &Path) -> Result<File, CommitError> {
    let path = folder.join(LOCK_FILE);
    let failed = |source| CommitError::Io { path: path.clone(), source };
    // Outputs replace a link in their place as well; whatever it leads to is not ours.
    if fs::symlink_metadata(&path).is_ok_and(|there| there.file_type().is_symlink()) {
        fs::remove_file(&path).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    let file =
        open_without_links(&path, options.read(true).write(true).create(true).truncate(false)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(CommitError::Busy(folder.to_owned())),
        Err(fs::TryLockError::Error(source)) => Err(failed(source)),
    }
}
