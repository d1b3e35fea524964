//! Checks the container of a workbook before anything in it is trusted.
//!
//! Input: the bytes of the file. Output: [`CheckedContainer`], with what the check extracted on the way, or why the
//! file is rejected. Every XML part is read to its end, so that its checksum is compared, and no part can make calamine
//! reserve memory that its size does not justify. Not here: values of cells.

use super::error::{Damage, Limit, ReadError};
use crate::ooxml::layout::PartLayout;
use crate::ooxml::markup;
use crate::ooxml::parts::{CheckedParts, PartContent};
use crate::ooxml::raised;
use crate::ooxml::raw_tags::{attribute, local_name, tags};
use crate::ooxml::sheet_parts::SheetParts;
use crate::ooxml::sheet_validator::{self, StyleUsage};
use memchr::memmem;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::sync::Arc;
use zip::{CompressionMethod, ZipArchive};

const MAX_PARTS: usize = 2_000;
const MAX_PART_BYTES: u64 = 256 * 1024 * 1024;
/// The most bytes reserved on the strength of the size that a part declares.
const MAX_RESERVED_BYTES: u64 = 1024 * 1024;
const MAX_TOTAL_BYTES: u64 = 512 * 1024 * 1024;

/// The relationships of the package.
const PACKAGE_RELS: &str = "_rels/.rels";
/// The part with the shared strings, in lower case.
const SHARED_STRINGS: &str = "xl/sharedstrings.xml";
const WORKBOOK_RELS: &str = "xl/_rels/workbook.";
/// Folders whose parts belong to no sheet, or are not always XML even in valid files; their content is not checked.
const UNCHECKED_FOLDERS: [&str; 4] = ["customxml/", "docprops/", "__macosx/", "xl/externallinks/"];

/// The magic number of compound files: old Excel files and encrypted workbooks.
const COMPOUND_MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// The real format of a workbook, whatever its file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WorkbookFormat {
    Xlsx,
    Xlsb,
    Ods,
    Xls,
}

/// The result of a successful check.
pub(super) struct CheckedContainer {
    pub format: WorkbookFormat,
    /// The layout of each sheet of an `.xlsx`; `None` if the sheet's part is not found.
    pub layouts: Vec<Option<PartLayout>>,
    /// The shared strings of an `.xlsx` (empty if it has none); `None` if one of them must be read by calamine.
    pub shared_strings: Option<Vec<Arc<str>>>,
    /// The parts of an `.xlsx`.
    pub parts: CheckedParts,
}

/// Checks that the bytes are a complete and valid container of a workbook.
///
/// An `.xls` has no checksums: its structure is checked where its stream is read.
pub(super) fn check(bytes: &[u8]) -> Result<CheckedContainer, ReadError> {
    match detect_container(bytes)? {
        ContainerFormat::Compound => Ok(CheckedContainer {
            format: WorkbookFormat::Xls,
            layouts: Vec::new(),
            shared_strings: None,
            parts: CheckedParts::default(),
        }),
        ContainerFormat::Zip => check_archive(bytes),
    }
}

/// Reads every relevant part of the archive to its end and checks it.
fn check_archive(bytes: &[u8]) -> Result<CheckedContainer, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged(Damage::Archive))?;
    let names = check_entries(&mut archive)?;
    let format = detect_format(&names).ok_or(ReadError::NotAWorkbook)?;
    let (mut sheet_parts, mut styles, mut total) = (SheetParts::default(), StyleUsage::default(), 0);
    let (mut parts, mut shared_strings) = (CheckedParts::default(), Some(Vec::new()));
    for (index, name) in names.iter().enumerate().filter(|(_, name)| is_checked(format, name)) {
        let mut content = read_part(&mut archive, index, name)?;
        if let Some(raised) = raised::raise_marks(&content).filter(|_| raised::has_texts(name)) {
            content = raised;
            parts.mark_rewritten();
        }
        total += content.len() as u64;
        if total > MAX_TOTAL_BYTES {
            return Err(ReadError::TooLarge(Limit::Total));
        }
        let mut part_kind = PartContent::Other;
        if is_markup(name) {
            let (style_usage, mut layout) = check_part(format, name, &content)?;
            styles.add(style_usage);
            check_relationships(format, &names, name, &content)?;
            if name == SHARED_STRINGS {
                (shared_strings, part_kind) = (layout.shared_strings.take(), PartContent::SharedStrings);
            } else if layout.positions.count > 0 {
                part_kind = PartContent::Cells;
            }
            sheet_parts.add(name, &content, layout).map_err(ReadError::Damaged)?;
        }
        if format == WorkbookFormat::Xlsx {
            parts.add(archive.name_for_index(index).and_then(Result::ok).as_deref(), content, part_kind);
        }
    }
    if !styles.is_consistent() {
        return Err(ReadError::Damaged(Damage::UndefinedStyle));
    }
    sheet_parts.read_comments(|part| {
        let index = names.iter().position(|name| name == part)?;
        read_part(&mut archive, index, part).ok().filter(|_| is_checked(format, part))
    });
    Ok(CheckedContainer { format, layouts: sheet_parts.into_layouts(), shared_strings, parts })
}

/// Checks the directory of the archive before any part is opened, and returns the names of the parts.
fn check_entries(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, ReadError> {
    if archive.len() > MAX_PARTS {
        return Err(ReadError::TooLarge(Limit::Parts));
    }
    // Of two entries with the same name the archive keeps only one; which one is undefined.
    if archive.has_duplicate_names() {
        return Err(ReadError::Damaged(Damage::Archive));
    }
    if archive.has_overlapping_entries().unwrap_or(true) {
        return Err(ReadError::Damaged(Damage::OverlappingParts));
    }
    part_names(archive)
}

fn is_markup(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// Returns whether calamine may read the part; pictures and the like are ignored.
fn is_checked(format: WorkbookFormat, name: &str) -> bool {
    is_markup(name) || (format == WorkbookFormat::Xlsb && name.ends_with(".bin"))
}

/// Returns the content of a part of a checked container; `name` is in lower case.
pub(super) fn read_checked_part(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let index = part_names(&archive).ok()?.iter().position(|part| part == name)?;
    read_part(&mut archive, index, name).ok()
}

/// Returns the format of the archive, recognised by parts that only this format has.
fn detect_format(names: &[String]) -> Option<WorkbookFormat> {
    let has = |part: &str| names.iter().any(|name| name == part);
    let is_sheets = |name: &String| name.starts_with("xl/") || name.ends_with("workbook.xml");
    match () {
        () if has("xl/workbook.bin") => Some(WorkbookFormat::Xlsb),
        () if has("content.xml") => Some(WorkbookFormat::Ods),
        () => names.iter().any(is_sheets).then_some(WorkbookFormat::Xlsx),
    }
}

/// The container format of a workbook.
enum ContainerFormat {
    Zip,
    Compound,
}

/// Detects the container format from the first bytes, because file names are not reliable.
fn detect_container(bytes: &[u8]) -> Result<ContainerFormat, ReadError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    match bytes {
        [] => Err(ReadError::Empty),
        _ if bytes.starts_with(ZIP_MAGIC) => Ok(ContainerFormat::Zip),
        _ if bytes.starts_with(COMPOUND_MAGIC) => Ok(ContainerFormat::Compound),
        _ if text.starts_with(b"<") => Err(ReadError::Markup),
        _ => Err(ReadError::NotAWorkbook),
    }
}

/// Returns the names of all parts in lower case, as readers look them up; duplicates are an error.
fn part_names(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, ReadError> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(archive.len());
    for raw in archive.file_names_raw() {
        let name = String::from_utf8_lossy(raw).to_lowercase().replace('\\', "/");
        if !seen.insert(name.clone()) {
            return Err(ReadError::Damaged(Damage::DuplicateName(name)));
        }
        names.push(name);
    }
    Ok(names)
}

/// Reads a part to its end, so that its checksum is compared.
fn read_part(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, name: &str) -> Result<Vec<u8>, ReadError> {
    let damaged = || ReadError::Damaged(Damage::Part(name.to_owned()));
    let entry = archive.by_index_raw(index).map_err(|_| damaged())?;
    match entry.compression() {
        _ if entry.encrypted() => return Err(ReadError::Password),
        CompressionMethod::Stored | CompressionMethod::Deflated => drop(entry),
        _ => return Err(ReadError::Damaged(Damage::CompressionMethod(name.to_owned()))),
    }
    let part = archive.by_index(index).map_err(|_| damaged())?;
    let mut content = Vec::with_capacity(part.size().min(MAX_RESERVED_BYTES) as usize);
    part.take(MAX_PART_BYTES + 1).read_to_end(&mut content).map_err(|_| damaged())?;
    if content.len() as u64 > MAX_PART_BYTES {
        return Err(ReadError::TooLarge(Limit::Part));
    }
    Ok(content)
}

/// Rejects a part that calamine would silently misread; returns the part's use of styles and its layout.
fn check_part(format: WorkbookFormat, name: &str, content: &[u8]) -> Result<(StyleUsage, PartLayout), ReadError> {
    let is_read = match format {
        WorkbookFormat::Ods => name == "content.xml",
        _ => !UNCHECKED_FOLDERS.iter().any(|folder| name.starts_with(folder)),
    };
    if !is_read {
        return Ok(Default::default());
    }
    if !is_plausible_string_count(content) {
        return Err(ReadError::Damaged(Damage::Part(name.to_owned())));
    }
    let checked = match format {
        WorkbookFormat::Xlsx => sheet_validator::check(name, content),
        _ => markup::check_well_formed(name, content).map(|()| Default::default()),
    };
    checked.map_err(ReadError::Damaged)
}

/// Rejects relationships whose target is missing or is not checked.
fn check_relationships(format: WorkbookFormat, names: &[String], name: &str, content: &[u8]) -> Result<(), ReadError> {
    const CHECKED_TYPES: [&str; 2] = ["/worksheet", "/officeDocument"];
    if name != PACKAGE_RELS && !name.starts_with(WORKBOOK_RELS) {
        return Ok(());
    }
    for (_, tag) in tags(content).filter(|(_, tag)| local_name(tag) == b"Relationship") {
        let written = |name| attribute(tag, name).map(|value| String::from_utf8_lossy(value).into_owned());
        let (Some(link_type), Some(target)) = (written(b"Type"), written(b"Target")) else { continue };
        let target = target.trim_start_matches('/').to_lowercase();
        let is_there = names.iter().any(|name| *name == target || name.ends_with(&format!("/{target}")));
        if CHECKED_TYPES.iter().any(|read| link_type.ends_with(read)) && !(is_there && is_checked(format, &target)) {
            return Err(ReadError::Damaged(Damage::MissingPart(target)));
        }
    }
    Ok(())
}

/// Returns whether the declared number of shared strings is plausible for the size of the part; calamine reserves
/// memory for it.
fn is_plausible_string_count(content: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    memmem::find_iter(content, NAME).all(|at| {
        let rest = content[at + NAME.len()..].trim_ascii_start();
        let value = rest.strip_prefix(b"=").unwrap_or_default().trim_ascii_start();
        let digits = value.get(1..).unwrap_or_default();
        let end = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
        let written = std::str::from_utf8(&digits[..end]).unwrap_or_default();
        written.is_empty() || written.parse::<usize>().is_ok_and(|count| count <= content.len())
    })
}
