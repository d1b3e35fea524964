//! Reads files into memory and retries while they change.
//!
//! Input: a path. Output: the bytes, or the reason why the file cannot be read. Modification times are only compared;
//! they never affect a result.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;
use tonghop_core::message::Message;

/// The largest file that is read.
const MAX_BYTES: u64 = 200 * 1024 * 1024;
/// How often a file that changes while it is read is read again.
const MAX_READS: usize = 3;

/// Why a file cannot be read.
#[derive(Debug)]
pub enum FileError {
    /// The operating system reports an error.
    Io(io::Error),
    /// A link: its target may be outside the project and may change.
    Symlink,
    /// A folder, a device or a pipe.
    NotRegular,
    /// The file is larger than 200 MiB.
    TooLarge,
    /// The file keeps changing while it is read.
    ChangedWhileRead,
    /// The file should be text and is not UTF-8.
    NotUtf8,
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl FileError {
    /// Returns the reason not to open a file of this type; `None` for a regular file.
    pub fn for_file_type(kind: FileType) -> Option<Self> {
        match (kind.is_symlink(), kind.is_file()) {
            (true, _) => Some(Self::Symlink),
            (_, false) => Some(Self::NotRegular),
            _ => None,
        }
    }

    /// Returns the message for the user.
    pub fn message(&self) -> Message {
        match self {
            Self::Io(error) => Message::verbatim(error.to_string()),
            Self::Symlink => Message::new("đây là liên kết chứ không phải là tệp", "it is a link, not a file"),
            Self::NotRegular => Message::new("không phải là một tệp thông thường", "it is not an ordinary file"),
            Self::TooLarge => Message::new("tệp lớn hơn 200 MiB", "the file is larger than 200 MiB"),
            Self::NotUtf8 => Message::new("tệp không phải là văn bản UTF-8", "the file is not UTF-8 text"),
            Self::ChangedWhileRead => {
                Message::new("tệp đang được ghi trong khi đọc", "the file is being written while it is read")
            }
        }
    }

    /// Returns what the user can do about it.
    pub fn hint(&self) -> Message {
        match self {
            Self::Symlink => Message::new(
                "chép chính tệp hoặc thư mục đó vào đây thay cho liên kết",
                "replace the link with the file or folder itself",
            ),
            Self::NotRegular => Message::new("xóa nó và chép tệp vào đây", "remove it and put the file here"),
            Self::NotUtf8 => Message::new("lưu lại tệp với bảng mã UTF-8", "save the file again in UTF-8"),
            Self::ChangedWhileRead => {
                Message::new("chạy lại khi tệp đã được lưu xong", "run again after the file has been saved")
            }
            Self::Io(_) | Self::TooLarge => {
                Message::new("kiểm tra quyền đọc tệp", "check the permission to read the file")
            }
        }
    }
}

/// Reads a file named on the command line, following links.
///
/// # Errors
/// As [`read_file`], except for links.
pub fn read_file_following_links(path: &Path) -> Result<Vec<u8>, FileError> {
    read_file(&fs::canonicalize(path)?)
}

/// Reads a file into memory; reads it again if it changed meanwhile.
///
/// # Errors
/// The file cannot be read, is a link or not a regular file, is larger than 200 MiB or keeps changing.
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
fn file_state(path: &Path) -> Result<(u64, Option<SystemTime>), FileError> {
    let found = fs::symlink_metadata(path)?;
    FileError::for_file_type(found.file_type()).map_or_else(|| Ok((found.len(), found.modified().ok())), Err)
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
