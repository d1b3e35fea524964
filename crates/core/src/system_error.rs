//! Says in words why the operating system refused to read or write something.
//!
//! Input: an error of the system. Output: the reason, without its number. Not here: which file it is about, what to do.

use crate::message::Message;
use crate::msg;
use std::io;

/// Returns why something cannot be read.
pub fn read_error_message(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Message::new("không có quyền đọc", "the permission to read it is missing"),
        _ => system_error_message(error),
    }
}

/// Returns why something cannot be written.
pub fn write_error_message(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Message::new("không có quyền ghi", "the permission to write it is missing"),
        io::ErrorKind::FileTooLarge => {
            Message::new("vượt quá cỡ tệp được phép ghi", "it is larger than the files that may be written")
        }
        _ => system_error_message(error),
    }
}

fn system_error_message(error: &io::Error) -> Message {
    use io::ErrorKind::{
        InvalidFilename, IsADirectory, NotADirectory, NotFound, ReadOnlyFilesystem, StorageFull, TimedOut,
    };
    match error.kind() {
        NotFound => Message::new("không tìm thấy", "it is not there"),
        IsADirectory => Message::new("đây là thư mục", "it is a folder"),
        NotADirectory => Message::new("đường dẫn đi qua một tệp", "its path goes through a file"),
        InvalidFilename => Message::new("tên quá dài hoặc không hợp lệ", "its name is too long or not valid"),
        ReadOnlyFilesystem => Message::new("ổ đĩa không cho ghi", "the disk cannot be written"),
        StorageFull => Message::new("ổ đĩa đã đầy", "the disk is full"),
        TimedOut => Message::new("ổ đĩa hoặc mạng không trả lời", "the disk or the network does not answer"),
        _ => {
            let text = error.to_string();
            let words = text.split_once(" (os error").map_or(text.as_str(), |(words, _)| words);
            msg!("hệ thống báo lỗi: {words}", "the system reports: {words}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Language;

    #[test]
    fn errors_of_the_system_are_words() {
        for code in 1..=40 {
            let error = io::Error::from_raw_os_error(code);
            for message in [read_error_message(&error), write_error_message(&error)] {
                for language in [Language::Vietnamese, Language::English] {
                    let text = message.in_language(language).to_owned();
                    assert!(!text.contains("os error") && !text.is_empty(), "{code}: {text}");
                }
            }
        }
    }
}
