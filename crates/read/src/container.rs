//! Checks the container of a workbook before anything in it is trusted.
//!
//! Input: the bytes of the file. Output: [`CheckedContainer`], with what the check extracted on the way, or why the
//! file is rejected. Every XML part is read to its end, so that its checksum is compared, and no part can make calamine
//! reserve memory that its size does not justify. Not here: values of cells.

use super::error::{Damage, Limit, ReadError};
use crate::ods_content::{self, OdsContent};
use crate::ooxml::layout::PartLayout;
use crate::ooxml::namespaces::Namespaces;
use crate::ooxml::package::{PACKAGE_LINKS, Package, PartRole};
use crate::ooxml::parts::{CheckedParts, PartContent};
use crate::ooxml::sheet_parts::SheetParts;
use crate::ooxml::sheet_validator::StyleUsage;
use crate::ooxml::{canonical, checked_part, markup};
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

/// The part with the cells of an `.ods`.
const ODS_CONTENT: &str = "content.xml";
/// The part with which an `.ods` begins.
const ODS_MIMETYPE: &str = "mimetype";
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
    /// The parts of an `.xlsx` or `.xlsb`.
    pub parts: CheckedParts,
    /// The content of an `.ods`, as it is to be read.
    pub content: Option<OdsContent>,
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
            content: None,
        }),
        ContainerFormat::Zip => check_archive(bytes),
    }
}

/// Reads every relevant part of the archive to its end and checks it.
fn check_archive(bytes: &[u8]) -> Result<CheckedContainer, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged(Damage::Archive))?;
    let names = check_entries(&mut archive)?;
    let (format, package) = detect_format(&mut archive, &names)?;
    let mut container = CheckedContainer {
        format,
        layouts: Vec::new(),
        shared_strings: Some(Vec::new()),
        parts: CheckedParts::new(package, &names),
        content: None,
    };
    let (mut sheet_parts, mut styles, mut total) = (SheetParts::default(), StyleUsage::default(), 0);
    for (index, name) in names.iter().enumerate().filter(|(_, name)| is_checked(format, name)) {
        let content = read_part(&mut archive, index, name)?;
        total += content.len() as u64;
        if total > MAX_TOTAL_BYTES {
            return Err(ReadError::TooLarge(Limit::Total));
        }
        if is_markup(name) && is_read(format, name) && !is_plausible_string_count(&content) {
            return Err(ReadError::Damaged(Damage::Part(name.clone())));
        }
        let written = archive.name_for_index(index).and_then(Result::ok);
        match format {
            WorkbookFormat::Xlsx => {
                styles.add(container.check_xlsx_part(name, written.as_deref(), content, &mut sheet_parts)?);
            }
            WorkbookFormat::Ods if name == ODS_CONTENT => {
                container.content = Some(ods_content::check(content).map_err(ReadError::Damaged)?);
            }
            WorkbookFormat::Xlsb if is_markup(name) && is_read(format, name) => {
                markup::check_well_formed(name, &content).map_err(ReadError::Damaged)?;
            }
            _ => {}
        }
    }
    if !styles.is_consistent() {
        return Err(ReadError::Damaged(Damage::UndefinedStyle));
    }
    sheet_parts.read_comments(|part| {
        let content = read_part_named(&mut archive, &names, part).ok().filter(|_| is_checked(format, part))?;
        canonical::rewrite(&content, Namespaces::unchecked())
    });
    container.layouts = sheet_parts.into_layouts(container.parts.package());
    Ok(container)
}

impl CheckedContainer {
    /// Checks a part of an `.xlsx` and keeps what it holds; `written` is its name in the archive.
    fn check_xlsx_part(
        &mut self,
        name: &str,
        written: Option<&str>,
        content: Vec<u8>,
        sheet_parts: &mut SheetParts,
    ) -> Result<StyleUsage, ReadError> {
        if !is_read(self.format, name) {
            self.parts.add(written, name, content, PartContent::Other);
            return Ok(StyleUsage::default());
        }
        let role = self.parts.package().role(name);
        let mut part = checked_part::check(name, role, content).map_err(ReadError::Damaged)?;
        if part.is_rewritten {
            self.parts.mark_rewritten(name, part.is_canonical);
        }
        let kind = match role {
            PartRole::SharedStrings => PartContent::SharedStrings,
            PartRole::Sheet if part.layout.positions.count > 0 => PartContent::Cells,
            _ => PartContent::Other,
        };
        if role == PartRole::SharedStrings {
            self.shared_strings = part.layout.shared_strings.take();
        }
        sheet_parts.add(name, role, &part.content, part.layout).map_err(ReadError::Damaged)?;
        self.parts.add(written, name, part.content, kind);
        Ok(part.styles)
    }
}

/// Checks the directory of the archive before any part is opened, and returns the names of the parts.
fn check_entries(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, ReadError> {
    if archive.len() > MAX_PARTS {
        return Err(ReadError::TooLarge(Limit::Parts));
    }
    // Of two entries with the same name the archive keeps only one; which one is undefined.
    if archive.has_duplicate_names() {
        return Err(ReadError::Damaged(Damage::DoubleEntry));
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
    let names = part_names(&archive).ok()?;
    read_part_named(&mut archive, &names, name).ok()
}

/// Reads a part by its name in lower case; `names` are those of all parts.
fn read_part_named(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    names: &[String],
    name: &str,
) -> Result<Vec<u8>, ReadError> {
    let missing = || ReadError::Damaged(Damage::MissingPart(name.to_owned()));
    let index = names.iter().position(|part| part == name).ok_or_else(missing)?;
    read_part(archive, index, name)
}

/// Returns the format of the archive and the parts that its relationships lead to; an `.ods` has none.
fn detect_format(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    names: &[String],
) -> Result<(WorkbookFormat, Package), ReadError> {
    let has = |part: &str| names.iter().any(|name| name == part);
    if has(ODS_CONTENT) && (has(ODS_MIMETYPE) || !has(PACKAGE_LINKS)) {
        return Ok((WorkbookFormat::Ods, Package::default()));
    }
    // Documents of Word and the like are packages too.
    let has_usual_names = names.iter().any(|name| name.starts_with("xl/") || name.ends_with("workbook.xml"));
    match Package::find(names, |part| read_part_named(archive, names, part)) {
        Ok(package) if package.sheets.is_empty() && !has_usual_names => Err(ReadError::NotAWorkbook),
        Ok(package) if package.is_binary => Ok((WorkbookFormat::Xlsb, package)),
        Ok(package) => Ok((WorkbookFormat::Xlsx, package)),
        Err(_) if !has_usual_names => Err(ReadError::NotAWorkbook),
        Err(error) => Err(error),
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

/// Returns whether calamine may read the markup of the part.
fn is_read(format: WorkbookFormat, name: &str) -> bool {
    match format {
        WorkbookFormat::Ods => name == ODS_CONTENT,
        _ => !UNCHECKED_FOLDERS.iter().any(|folder| name.starts_with(folder)),
    }
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
