//! The parts of a checked `.xlsx` as archives without packing, so that the library need not unpack what the check
//! unpacked.
//!
//! In come parts as they pass the check, out go archives of them: all parts, or those without cells and texts, with
//! empty sheets in the place of the others. Never here: a part that was not checked.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// More bytes than these are not held twice: what is left out is unpacked again.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// What stands in the place of a sheet whose cells were taken.
const EMPTY_SHEET: &[u8] = b"<worksheet><sheetData/></worksheet>";

/// What a part holds, as far as its place in an archive depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Cells,
    Texts,
    Other,
}

/// The parts that passed so far.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Name, content and kind of each; without its content where there would be too much.
    all: Vec<(String, Option<Vec<u8>>, Holds)>,
    /// The bytes of the parts without cells and texts, and of all.
    bytes: (usize, usize),
    /// Whether a part has a name that cannot be read.
    is_nameless: bool,
}

impl Parts {
    /// Adds a part under the name that the container gives it, if that can be read.
    pub(crate) fn add(&mut self, name: Option<&str>, content: Vec<u8>, holds: Holds) {
        let Some(name) = name else {
            self.is_nameless = true;
            return;
        };
        let (others, all) = &mut self.bytes;
        *all = all.saturating_add(content.len());
        let held = match holds {
            Holds::Other => {
                *others = others.saturating_add(content.len());
                *others
            }
            Holds::Cells | Holds::Texts => *all,
        };
        let content = (held <= MAX_BYTES).then_some(content);
        self.all.push((name.to_owned(), content, holds));
    }

    /// Returns an archive of all parts.
    pub(crate) fn whole(&self) -> Option<Vec<u8>> {
        self.archive(|content, _| Some(content))
    }

    /// Returns an archive in which sheets are empty and texts are left out.
    pub(crate) fn outline(&self) -> Option<Vec<u8>> {
        self.archive(|content, holds| match holds {
            Holds::Cells => Some(Some(EMPTY_SHEET)),
            Holds::Texts => None,
            Holds::Other => Some(content),
        })
    }

    /// Puts together what `choose` takes of the parts; nothing where a content is missing that it takes.
    fn archive<'p>(&'p self, choose: impl Fn(Option<&'p [u8]>, Holds) -> Option<Option<&'p [u8]>>) -> Option<Vec<u8>> {
        if self.is_nameless {
            return None;
        }
        let mut zip = ZipWriter::new(Cursor::default());
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, content, holds) in &self.all {
            if let Some(chosen) = choose(content.as_deref(), *holds) {
                zip.start_file(name.as_str(), stored).ok()?;
                zip.write_all(chosen?).ok()?;
            }
        }
        Some(zip.finish().ok()?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use zip::ZipArchive;

    fn content(archive: &[u8], name: &str) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
        let mut content = Vec::new();
        archive.by_name(name).ok()?.read_to_end(&mut content).unwrap();
        Some(content)
    }

    #[test]
    fn archives_hold_the_parts() {
        let mut parts = Parts::default();
        parts.add(Some("xl/ọ.xml"), b"<a/>".to_vec(), Holds::Other);
        parts.add(Some("sheet"), vec![0; 1_000], Holds::Cells);
        parts.add(Some("texts"), b"x".to_vec(), Holds::Texts);
        let (whole, outline) = (parts.whole().unwrap(), parts.outline().unwrap());
        for (name, of_whole, of_outline) in [
            ("xl/ọ.xml", &b"<a/>"[..], Some(&b"<a/>"[..])),
            ("sheet", &[0; 1_000], Some(EMPTY_SHEET)),
            ("texts", b"x", None),
        ] {
            assert_eq!(content(&whole, name).as_deref(), Some(of_whole), "{name}");
            assert_eq!(content(&outline, name).as_deref(), of_outline, "{name}");
        }
    }

    #[test]
    fn what_is_too_much_is_in_no_archive() {
        let filled = |name: Option<&str>, holds| {
            let mut parts = Parts::default();
            parts.add(Some("a"), vec![0; MAX_BYTES], Holds::Other);
            parts.add(name, b"x".to_vec(), holds);
            (parts.whole().is_some(), parts.outline().is_some())
        };
        assert_eq!(filled(Some("b"), Holds::Other), (false, false));
        assert_eq!(filled(Some("b"), Holds::Cells), (false, true));
        let mut parts = Parts::default();
        parts.add(Some("a"), vec![0; MAX_BYTES + 1], Holds::Cells);
        parts.add(Some("b"), b"x".to_vec(), Holds::Other);
        assert_eq!((parts.whole(), parts.outline().is_some()), (None, true));
        assert_eq!(filled(None, Holds::Cells), (false, false));
    }
}
