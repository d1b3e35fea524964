//! A container without its packing, so that the library need not unpack again what the check unpacked.
//!
//! In come the parts of a container as they pass the check, out goes an archive of the same parts, none of them packed,
//! unless they are too much to hold twice. Never here: a part that was not checked.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Larger workbooks are unpacked again: their time goes elsewhere, and their memory would double.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The parts that passed so far; none if they cannot be put together.
pub(super) struct Unpacked {
    parts: Option<ZipWriter<Cursor<Vec<u8>>>>,
    left: usize,
}

impl Unpacked {
    pub fn new() -> Self {
        Self { parts: Some(ZipWriter::new(Cursor::default())), left: MAX_BYTES }
    }

    /// Adds a part under the name that the container gives it, if that can be read.
    pub fn add(&mut self, name: Option<&str>, content: &[u8]) {
        let added = self.left.checked_sub(content.len()).and_then(|left| {
            self.left = left;
            let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            let mut parts = self.parts.take()?;
            parts.start_file(name?, stored).ok()?;
            parts.write_all(content).ok()?;
            Some(parts)
        });
        self.parts = added;
    }

    /// Returns the archive.
    pub fn whole(self) -> Option<Vec<u8>> {
        Some(self.parts?.finish().ok()?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use zip::ZipArchive;

    #[test]
    fn parts_come_out_as_they_went_in() {
        let mut unpacked = Unpacked::new();
        unpacked.add(Some("xl/ọ.xml"), b"<a/>");
        unpacked.add(Some("b"), &[0; 1_000]);
        let mut archive = ZipArchive::new(Cursor::new(unpacked.whole().unwrap())).unwrap();
        for (name, expected) in [("xl/ọ.xml", &b"<a/>"[..]), ("b", &[0; 1_000])] {
            let mut content = Vec::new();
            archive.by_name(name).unwrap().read_to_end(&mut content).unwrap();
            assert_eq!(content, expected);
        }
    }

    #[test]
    fn what_cannot_be_put_together_is_left_packed() {
        for (name, content) in [(Some("b"), &b"x"[..]), (None, b""), (Some("a"), b"")] {
            let mut unpacked = Unpacked::new();
            unpacked.add(Some("a"), &vec![0; MAX_BYTES]);
            unpacked.add(name, content);
            unpacked.add(Some("c"), b"");
            assert_eq!(unpacked.whole(), None, "{name:?}");
        }
    }
}
