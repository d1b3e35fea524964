//! Why a file or folder of a project cannot be read.

use super::EntryType;
use std::io;
use std::path::PathBuf;
use tonghop_core::message::Message;
use tonghop_core::system_error::read_error_message;

/// An entry that cannot be listed.
#[derive(Debug)]
pub struct ListError {
    /// The path relative to the project; `None` if it is not known.
    pub path: Option<PathBuf>,
    /// The reason given by the system, in words.
    pub reason: Message,
}

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
    /// Returns the reason not to open an entry of this type; `None` for a regular file.
    pub fn for_entry_type(entry_type: EntryType) -> Option<Self> {
        match entry_type {
            EntryType::File => None,
            EntryType::Symlink => Some(Self::Symlink),
            EntryType::Folder | EntryType::Special => Some(Self::NotRegular),
        }
    }

    /// Returns the message for the user.
    pub fn message(&self) -> Message {
        match self {
            Self::Io(error) => read_error_message(error),
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
            Self::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => Message::new(
                "cấp quyền đọc tệp cho người chạy chương trình, và đóng tệp nếu đang mở",
                "give the user of the program the permission to read the file, and close it if it is open",
            ),
            Self::Io(_) => Message::new(
                "kiểm tra ổ đĩa hoặc mạng và tệp này rồi chạy lại",
                "check the disk or the network and this file, then run again",
            ),
            Self::TooLarge => Message::new("gửi lại tệp nhỏ hơn", "send a smaller file"),
        }
    }
}
