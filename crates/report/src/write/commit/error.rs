//! The reasons why the files of a run could not be committed.
//!
//! Input: the reason. Output: a message for the user. Not here: the commit.

use std::io;
use std::path::PathBuf;
use thiserror::Error;
use tonghop_core::message::Message;
use tonghop_core::system_error::write_error_message;
use tonghop_core::{display_as_message, msg};

/// The suffix of the new version of a file that cannot be replaced.
pub(super) const NEW: &str = ".new";
/// The number of files that a message names; the others are counted.
const NAMED_FILES: usize = 5;

/// The reason why the files could not be committed.
#[derive(Debug, Error)]
pub enum CommitError {
    /// A file or folder cannot be used; no output was replaced.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system error.
        source: io::Error,
    },
    /// The folder of the outputs is a link, so that the files would be elsewhere.
    FolderIsLink(PathBuf),
    /// Another run is writing into this folder.
    Busy(PathBuf),
    /// All files are in place, but a power cut could bring back the old ones.
    NotSynced {
        /// The folder of the files.
        path: PathBuf,
        /// The system error.
        source: io::Error,
    },
    /// Files that cannot be replaced or removed; all others are in place.
    FilesHeld(Vec<HeldFile>),
}

/// A file that could not be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFile {
    /// Its path in the output folder.
    pub name: String,
    /// Whether its new version is next to it.
    pub has_new_version: bool,
    /// The reason given by the system; `None` if a program holds the file or it may not be written.
    pub failure: Option<Message>,
}

impl CommitError {
    /// Returns whether some files were replaced despite the error.
    pub fn is_partial(&self) -> bool {
        matches!(self, Self::NotSynced { .. } | Self::FilesHeld(_))
    }

    /// Returns the error message.
    pub fn message(&self) -> Message {
        match self {
            Self::Io { path, source } => msg!(
                "không ghi được {path}: {source}",
                "{path} cannot be written: {source}",
                path = path.display(),
                source = write_error_message(source)
            ),
            Self::Busy(folder) => msg!(
                "một lần chạy khác đang ghi vào {folder}; hãy đợi nó xong rồi chạy lại",
                "another run is writing to {folder}; wait for it to finish, then run again",
                folder = folder.display()
            ),
            Self::FolderIsLink(folder) => msg!(
                "{folder} là liên kết chứ không phải là thư mục; hãy xóa liên kết, hoặc chọn thư mục khác bằng --out",
                "{folder} is a link, not a folder; remove the link, or choose another folder with --out",
                folder = folder.display()
            ),
            Self::NotSynced { path, source } => msg!(
                "mọi tệp đã được thay, nhưng ổ đĩa chưa xác nhận thư mục {path}: {source}; hãy kiểm tra ổ đĩa rồi chạy lại",
                "all files were replaced, but the disk did not confirm the folder {path}: {source}; check the disk, then run again",
                path = path.display(),
                source = write_error_message(source)
            ),
            Self::FilesHeld(files) => held_message(files),
        }
    }
}

fn held_message(files: &[HeldFile]) -> Message {
    let (failed, held): (Vec<&HeldFile>, Vec<&HeldFile>) = files.iter().partition(|file| file.failure.is_some());
    let mut parts = Vec::new();
    if !held.is_empty() {
        parts.push(msg!(
            "không thay được vì đang mở trong chương trình khác (Word, Excel) hoặc không cho ghi: {list}; hãy đóng tệp hoặc cho phép ghi",
            "cannot be replaced, because it is open in another program (Word, Excel) or may not be written: {list}; close it or allow writing",
            list = list_message(&held)
        ));
    }
    if let Some(failure) = failed.iter().find_map(|file| file.failure.as_ref()) {
        parts.push(msg!(
            "không thay được {list}: {failure}; hãy kiểm tra ổ đĩa rồi chạy lại",
            "cannot be replaced: {list}: {failure}; check the disk, then run again",
            list = list_message(&failed),
            failure = *failure
        ));
    }
    Message::join(&parts, "; ")
}

/// Returns the names of files, and where their new versions are.
fn list_message(files: &[&HeldFile]) -> Message {
    let names: Vec<&str> = files.iter().take(NAMED_FILES).map(|file| file.name.as_str()).collect();
    let names = names.join(", ");
    let list = match files.len().saturating_sub(NAMED_FILES) {
        0 => msg!("{names}", "{names}"),
        more => msg!("{names} và {more} tệp khác", "{names} and {more} more"),
    };
    if files.iter().any(|file| file.has_new_version) {
        let new =
            msg!("; bản mới ở bên cạnh, có đuôi {NEW}", "; the new version is next to it, with a name ending in {NEW}");
        list.concat(&new)
    } else {
        list
    }
}

display_as_message!(CommitError);
