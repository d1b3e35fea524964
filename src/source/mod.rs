//! Where the files of a project come from: a folder ([`FolderSource`]) or memory ([`MemorySource`]).
//!
//! Input: paths relative to the project. Output: listings, file types and bytes. Another source (an archive, an object
//! store) is another implementation of [`ProjectSource`]. Not here: which files a run reads (`find`), writing.

mod error;
mod folder;
mod memory;

pub use error::{FileError, ListError};
pub use folder::{FolderSource, read_file, read_file_following_links};
pub use memory::MemorySource;

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The type of an entry; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryType {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, whatever its target.
    Symlink,
    /// A pipe, a device, a socket.
    Special,
}

/// A file or folder of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// The path relative to the project.
    pub path: PathBuf,
    /// Its type.
    pub entry_type: EntryType,
}

impl SourceEntry {
    /// Returns the name, with replacement characters for what is not Unicode.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Returns whether it is a folder.
    pub fn is_folder(&self) -> bool {
        self.entry_type == EntryType::Folder
    }
}

/// The size and modification time of a file; can only be compared, and never affects a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    size: u64,
    modified: Option<SystemTime>,
}

/// Decides by path and type whether an entry is listed; the content of a folder that is not listed is left out too.
pub type EntryFilter<'f> = &'f dyn Fn(&Path, EntryType) -> bool;

/// The files of a project, for reading. All paths are relative to the project.
pub trait ProjectSource: Sync {
    /// Returns the type of an entry, or `None` if there is none.
    fn entry_type(&self, path: &Path) -> Option<EntryType>;

    /// Lists the entries below a folder at any depth, sorted by name at every level, each folder before its content.
    ///
    /// # Errors
    /// Returns an error if the folder does not exist or cannot be listed. Entries inside it that cannot be listed are
    /// errors in the list.
    fn list(&self, folder: &Path, filter: EntryFilter<'_>) -> io::Result<Vec<Result<SourceEntry, ListError>>>;

    /// Reads a file.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, is a link or not a regular file, is larger than 200 MiB or keeps
    /// changing.
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError>;

    /// Returns the state of a file, which shows a change without reading the file; `None` if it has none.
    fn file_state(&self, path: &Path) -> Option<FileState>;

    /// Returns the path as shown in messages.
    fn display_path(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}
