//! A project in a folder of the file system.
//!
//! Input: paths. Output: listings, and the bytes of files, which are read again while they change. Modification times
//! are only compared; they never affect a result.

use super::{EntryFilter, EntryType, FileError, FileState, ListError, ProjectSource, SourceEntry};
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use tonghop_core::message::Message;
use tonghop_core::system_error::read_error_message;
use walkdir::{DirEntry, WalkDir};

/// The largest file that is read.
const MAX_BYTES: u64 = 200 * 1024 * 1024;
/// How often a file that changes while it is read is read again.
const MAX_READS: usize = 3;

/// The files below a folder.
#[derive(Clone, Debug)]
pub struct FolderSource {
    root: PathBuf,
}

impl FolderSource {
    /// Creates the source of the project in a folder, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn relative(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    fn entry(&self, entry: DirEntry) -> SourceEntry {
        SourceEntry { entry_type: entry.file_type().into(), path: self.relative(entry.path()) }
    }
}

impl ProjectSource for FolderSource {
    fn entry_type(&self, path: &Path) -> Option<EntryType> {
        fs::symlink_metadata(self.root.join(path)).ok().map(|found| found.file_type().into())
    }

    fn list(&self, folder: &Path, filter: EntryFilter<'_>) -> io::Result<Vec<Result<SourceEntry, ListError>>> {
        let root = self.root.join(folder);
        fs::read_dir(&root)?;
        let walk = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|entry| filter(&self.relative(entry.path()), entry.file_type().into()));
        let list_error = |error: walkdir::Error| ListError {
            path: error.path().map(|path| self.relative(path)),
            reason: error
                .io_error()
                .map_or_else(|| Message::new("các liên kết nối vòng", "its links form a circle"), read_error_message),
        };
        Ok(walk.map(|entry| entry.map(|entry| self.entry(entry)).map_err(list_error)).collect())
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        read_file(&self.root.join(path))
    }

    fn file_state(&self, path: &Path) -> Option<FileState> {
        file_state(&self.root.join(path)).ok()
    }

    fn display_path(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }
}

impl From<FileType> for EntryType {
    fn from(file_type: FileType) -> Self {
        match (file_type.is_symlink(), file_type.is_file(), file_type.is_dir()) {
            (true, ..) => Self::Symlink,
            (_, true, _) => Self::File,
            (_, _, true) => Self::Folder,
            _ => Self::Special,
        }
    }
}

/// Reads a file named on the command line, following links.
///
/// # Errors
/// Returns the errors of [`read_file`], except the one for links.
pub fn read_file_following_links(path: &Path) -> Result<Vec<u8>, FileError> {
    read_file(&fs::canonicalize(path)?)
}

/// Reads a file into memory; reads it again if it changed meanwhile.
///
/// # Errors
/// Returns an error if the file cannot be read, is a link or not a regular file, is larger than 200 MiB or keeps
/// changing.
pub fn read_file(path: &Path) -> Result<Vec<u8>, FileError> {
    read_until_stable(|| file_state(path), || read_limited(path))
}

/// Reads until the state of the file is the same before and after reading.
fn read_until_stable<S: PartialEq>(
    mut look: impl FnMut() -> Result<S, FileError>,
    mut read: impl FnMut() -> Result<Vec<u8>, FileError>,
) -> Result<Vec<u8>, FileError> {
    for _ in 0..MAX_READS {
        let before = look()?;
        let content = read()?;
        if look()? == before {
            return Ok(content);
        }
    }
    Err(FileError::ChangedWhileRead)
}

/// Returns the size and modification time of a file. Rejects everything that is not a regular file before it is
/// opened, because opening a pipe would block forever.
fn file_state(path: &Path) -> Result<FileState, FileError> {
    let found = fs::symlink_metadata(path)?;
    let state = FileState { size: found.len(), modified: found.modified().ok() };
    FileError::for_entry_type(found.file_type().into()).map_or(Ok(state), Err)
}

fn read_limited(path: &Path) -> Result<Vec<u8>, FileError> {
    let mut content = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_are_followed_from_the_command_line_only() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "x").unwrap();
        std::os::unix::fs::symlink("a", at("b")).unwrap();
        std::os::unix::fs::symlink("nowhere", at("c")).unwrap();
        assert!(
            matches!(read_file(&at("b")), Err(FileError::Symlink))
                && matches!(read_file(&at("c")), Err(FileError::Symlink))
        );
        assert_eq!(read_file_following_links(&at("b")).unwrap(), b"x");
        assert!(matches!(read_file_following_links(&at("c")), Err(FileError::Io(_))));
        assert!(matches!(read_file_following_links(folder.path()), Err(FileError::NotRegular)));
    }

    #[test]
    fn a_file_that_changes_is_read_again_or_refused() {
        for (looks, reads) in [(vec![1, 1], Some(1)), (vec![1, 2, 3, 3], Some(2)), (vec![1, 2, 3, 4, 5, 6], None)] {
            let (mut looks, mut count) = (looks.into_iter(), 0_u8);
            let read = || {
                count += 1;
                Ok(vec![count])
            };
            let content = read_until_stable(|| looks.next().ok_or(FileError::NotRegular), read);
            assert_eq!(content.ok(), reads.map(|reads| vec![reads]));
        }
    }
}
