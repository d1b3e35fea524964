//! The reasons why the files of a run could not be committed.
//!
//! Input: the reason. Output: a message for the user. Not here: the commit.

use std::io;
use std::path::PathBuf;
use thiserror::Error;
use tonghop_core::message::{Message, pluralise};
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
    /// Another run is writing into this folder.
    Busy(PathBuf),
    /// Some files have been replaced already.
    Partial {
        /// The number of replaced files.
        replaced: usize,
        /// The file or folder that cannot be used.
        path: PathBuf,
        /// The system error.
        source: io::Error,
    },
    /// Files that a program holds open or that may not be written; all others are in place.
    FilesHeld(Vec<HeldFile>),
}

/// A file that could not be replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFile {
    /// Its path in the output folder.
    pub name: String,
    /// Whether its new version is next to it.
    pub has_new_version: bool,
}

impl CommitError {
    /// Returns whether some files were replaced despite the error.
    pub fn is_partial(&self) -> bool {
        matches!(self, Self::Partial { .. } | Self::FilesHeld(_))
    }

    /// Returns the error message.
    pub fn message(&self) -> Message {
        match self {
            Self::Io { path, source } => msg!(
                "không ghi được {path}: {source}",
                "{path} cannot be written: {source}",
                path = path.display(),
                source = source
            ),
            Self::Busy(folder) => msg!(
                "một lần chạy khác đang ghi vào {folder}; hãy đợi nó xong rồi chạy lại",
                "another run is writing to {folder}; wait for it to finish, then run again",
                folder = folder.display()
            ),
            Self::Partial { replaced, path, source } => msg!(
                "đã thay {replaced} tệp thì không ghi được {path}: {source}; các tệp còn lại vẫn như cũ",
                "{path} cannot be written: {source}; {count} already replaced, the others are unchanged",
                replaced = replaced,
                count = pluralise(*replaced, "file"),
                path = path.display(),
                source = source
            ),
            Self::FilesHeld(files) => held_message(files),
        }
    }
}

fn held_message(files: &[HeldFile]) -> Message {
    let names: Vec<&str> = files.iter().take(NAMED_FILES).map(|file| file.name.as_str()).collect();
    let names = names.join(", ");
    let list = match files.len().saturating_sub(NAMED_FILES) {
        0 => msg!("{names}", "{names}"),
        more => msg!("{names} và {more} tệp khác", "{names} and {more} more"),
    };
    let new = if files.iter().any(|file| file.has_new_version) {
        msg!("; bản mới ở bên cạnh, có đuôi {NEW}", "; the new version is next to it, with a name ending in {NEW}")
    } else {
        Message::new("", "")
    };
    msg!(
        "không thay được vì đang mở trong chương trình khác (Word, Excel) hoặc không cho ghi: {list}{new}; hãy đóng tệp hoặc cho phép ghi",
        "cannot be replaced, because it is open in another program (Word, Excel) or may not be written: {list}{new}; close it or allow writing",
        list = list,
        new = new
    )
}

display_as_message!(CommitError);
