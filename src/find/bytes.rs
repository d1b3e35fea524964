//! The bytes of a file, as they stood at one moment.
//!
//! In comes a path, out go bytes, or why there are none. Never here: a time that reaches a result.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;
use tonghop_core::message::Words;

/// The largest file that is read.
const MAX_BYTES: u64 = 200 * 1024 * 1024;
/// How often a file is read that changes meanwhile.
const READS: usize = 3;

/// Why a file cannot be taken into memory.
#[derive(Debug)]
pub enum Unread {
    /// The system does not let it be read.
    System(io::Error),
    /// A folder, a device or a pipe.
    NoFile,
    /// It holds more than 200 MiB.
    TooLarge,
    /// Somebody goes on writing it.
    Unsettled,
    /// It should be a text and is no UTF-8.
    NoText,
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl Unread {
    /// Says why.
    pub fn words(&self) -> Words {
        match self {
            Self::System(error) => Words::verbatim(error.to_string()),
            Self::NoFile => Words::new("không phải là một tệp thông thường", "it is not an ordinary file"),
            Self::TooLarge => Words::new("tệp lớn hơn 200 MiB", "the file is larger than 200 MiB"),
            Self::NoText => Words::new("tệp không phải là văn bản UTF-8", "the file is no UTF-8 text"),
            Self::Unsettled => {
                Words::new("tệp đang được ghi trong khi đọc", "the file is being written while it is read")
            }
        }
    }
}

/// Reads a file into memory, again if it changed meanwhile.
///
/// # Errors
/// The file cannot be read, is no regular file, holds more than 200 MiB or does not stop changing.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    settled(|| state(path), || content(path))
}

/// Reads until nothing has changed between the two looks at the file.
fn settled<S: PartialEq>(
    mut look: impl FnMut() -> Result<S, Unread>,
    mut read: impl FnMut() -> Result<Vec<u8>, Unread>,
) -> Result<Vec<u8>, Unread> {
    for _ in 0..READS {
        let before = look()?;
        let content = read()?;
        if look()? == before {
            return Ok(content);
        }
    }
    Err(Unread::Unsettled)
}

/// Looks at what changes when somebody writes a file. Whatever is no file is refused before it is opened: opening a
/// pipe would wait for ever.
fn state(path: &Path) -> Result<(u64, Option<SystemTime>), Unread> {
    let found = fs::metadata(path)?;
    if !found.is_file() {
        return Err(Unread::NoFile);
    }
    Ok((found.len(), found.modified().ok()))
}

fn content(path: &Path) -> Result<Vec<u8>, Unread> {
    let mut content = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MAX_BYTES {
        return Err(Unread::TooLarge);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changes_is_read_again_or_refused() {
        for (looks, reads) in [(vec![1, 1], Some(1)), (vec![1, 2, 3, 3], Some(2)), (vec![1, 2, 3, 4, 5, 6], None)] {
            let (mut looks, mut count) = (looks.into_iter(), 0_u8);
            let read = || {
                count += 1;
                Ok(vec![count])
            };
            let content = settled(|| looks.next().ok_or(Unread::NoFile), read);
            assert_eq!(content.ok(), reads.map(|reads| vec![reads]));
        }
    }
}
