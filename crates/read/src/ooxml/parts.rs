//! Collects the parts of a checked `.xlsx` into uncompressed archives, so that calamine need not inflate them again.
//!
//! Input: the parts that pass the check. Output: an archive of all parts, or one without cells and shared strings, in
//! which the sheets are empty; in each, the parts have the names by which calamine looks them up. Not here: parts that
//! were not checked.

use super::checked_part::rewritten;
use super::package::Package;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The most bytes kept in memory; without the parts beyond it an archive cannot be built, and calamine inflates again.
const MAX_KEPT_BYTES: usize = 8 * 1024 * 1024;
/// The content that replaces a sheet whose cells were extracted.
const EMPTY_SHEET: &[u8] = b"<worksheet><sheetData/></worksheet>";

/// The kind of content of a part, as far as the archives depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartContent {
    Cells,
    SharedStrings,
    Other,
}

/// The parts that have passed the check so far.
#[derive(Debug, Default)]
pub(crate) struct CheckedParts {
    /// Name, content and kind of each part; the content is missing once there is too much.
    entries: Vec<(String, Option<Vec<u8>>, PartContent)>,
    /// The total size in bytes of the parts without cells and shared strings, and of all parts.
    sizes: (usize, usize),
    /// Whether a part has a name that cannot be decoded.
    has_undecodable_name: bool,
    /// The parts that are not as in the file, in lower case, and whether comments and the like were left out.
    rewritten: BTreeMap<String, bool>,
    package: Package,
    /// Whether calamine would not find the right parts in the file.
    is_unusual: bool,
}

impl CheckedParts {
    /// Returns the parts of a package, of which none is checked; `names` are all parts in lower case.
    pub(crate) fn new(package: Package, names: &[String]) -> Self {
        let is_unusual = package.is_unusual(names);
        Self { package, is_unusual, ..Self::default() }
    }

    pub(crate) fn package(&self) -> &Package {
        &self.package
    }

    /// Adds a part; `written` is its name in the container, `None` if it cannot be decoded, and `part` in lower case.
    pub(crate) fn add(&mut self, written: Option<&str>, part: &str, content: Vec<u8>, kind: PartContent) {
        let Some(written) = written else {
            self.has_undecodable_name = true;
            return;
        };
        let Some(name) = self.package.library_name(written, part) else { return };
        let content = self.package.replaced.get(part).cloned().unwrap_or(content);
        let (others, all) = &mut self.sizes;
        *all = all.saturating_add(content.len());
        let held = match kind {
            PartContent::Other => {
                *others = others.saturating_add(content.len());
                *others
            }
            PartContent::Cells | PartContent::SharedStrings => *all,
        };
        let content = (held <= MAX_KEPT_BYTES).then_some(content);
        let name = name.to_owned();
        self.entries.push((name, content, kind));
    }

    /// Records that a part is not as in the file, and whether comments and the like were left out.
    pub(crate) fn mark_rewritten(&mut self, part: &str, is_canonical: bool) {
        self.rewritten.insert(part.to_owned(), is_canonical);
    }

    /// Returns whether the file itself must not be read instead of the checked parts.
    pub(crate) fn is_rewritten(&self) -> bool {
        self.is_unusual || !self.rewritten.is_empty()
    }

    /// Returns a copy of the checked archive with its parts as they are to be read; `None` if it cannot be written.
    pub(crate) fn rewrite_archive(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut zip = ZipWriter::new(Cursor::default());
        for index in 0..archive.len() {
            let written = archive.name_for_index(index)?.ok()?.into_owned();
            let part = written.to_lowercase().replace('\\', "/");
            let Some(name) = self.package.library_name(&written, &part) else { continue };
            let content = match (self.package.replaced.get(&part), self.rewritten.get(&part)) {
                (Some(replaced), _) => replaced.clone(),
                (None, Some(is_canonical)) => {
                    let mut content = Vec::new();
                    archive.by_index(index).ok()?.read_to_end(&mut content).ok()?;
                    rewritten(self.package.role(&part), &content, *is_canonical)?.unwrap_or(content)
                }
                (None, None) => {
                    zip.raw_copy_file_rename(archive.by_index_raw(index).ok()?, name).ok()?;
                    continue;
                }
            };
            zip.start_file(name, SimpleFileOptions::default()).ok()?;
            zip.write_all(&content).ok()?;
        }
        Some(zip.finish().ok()?.into_inner())
    }

    /// Returns an archive of all parts, or `None` if a content is missing.
    pub(crate) fn full_archive(&self) -> Option<Vec<u8>> {
        self.build_archive(|content, _| Some(content))
    }

    /// Returns an archive with empty sheets and without the shared strings, or `None` if a content is missing.
    pub(crate) fn outline_archive(&self) -> Option<Vec<u8>> {
        self.build_archive(|content, holds| match holds {
            PartContent::Cells => Some(Some(EMPTY_SHEET)),
            PartContent::SharedStrings => None,
            PartContent::Other => Some(content),
        })
    }

    /// Builds an archive of the contents that `choose` selects; `None` if a selected content is missing.
    fn build_archive<'p>(
        &'p self,
        choose: impl Fn(Option<&'p [u8]>, PartContent) -> Option<Option<&'p [u8]>>,
    ) -> Option<Vec<u8>> {
        if self.has_undecodable_name {
            return None;
        }
        let mut zip = ZipWriter::new(Cursor::default());
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, content, holds) in &self.entries {
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
        let mut parts = CheckedParts::default();
        parts.add(Some("xl/Ọ.xml"), "xl/ọ.xml", b"<a/>".to_vec(), PartContent::Other);
        parts.add(Some("sheet"), "sheet", vec![0; 1_000], PartContent::Cells);
        parts.add(Some("texts"), "texts", b"x".to_vec(), PartContent::SharedStrings);
        let (whole, outline) = (parts.full_archive().unwrap(), parts.outline_archive().unwrap());
        for (name, of_whole, of_outline) in [
            ("xl/Ọ.xml", &b"<a/>"[..], Some(&b"<a/>"[..])),
            ("sheet", &[0; 1_000], Some(EMPTY_SHEET)),
            ("texts", b"x", None),
        ] {
            assert_eq!(content(&whole, name).as_deref(), Some(of_whole), "{name}");
            assert_eq!(content(&outline, name).as_deref(), of_outline, "{name}");
        }
    }

    #[test]
    fn too_large_parts_make_no_archive() {
        let filled = |name: Option<&str>, holds| {
            let mut parts = CheckedParts::default();
            parts.add(Some("a"), "a", vec![0; MAX_KEPT_BYTES], PartContent::Other);
            parts.add(name, "b", b"x".to_vec(), holds);
            (parts.full_archive().is_some(), parts.outline_archive().is_some())
        };
        assert_eq!(filled(Some("b"), PartContent::Other), (false, false));
        assert_eq!(filled(Some("b"), PartContent::Cells), (false, true));
        let mut parts = CheckedParts::default();
        parts.add(Some("a"), "a", vec![0; MAX_KEPT_BYTES + 1], PartContent::Cells);
        parts.add(Some("b"), "b", b"x".to_vec(), PartContent::Other);
        assert_eq!((parts.full_archive(), parts.outline_archive().is_some()), (None, true));
        assert_eq!(filled(None, PartContent::Cells), (false, false));
    }
}
