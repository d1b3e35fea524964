//! The check of a workbook's container before anything in it is believed.
//!
//! In come bytes; out goes what the sheets hide, or why the bytes are refused: every XML part was read to its end, so
//! that its checksum was compared, and no part asks the reader for memory that its size does not justify. Never here:
//! cells.

use super::error::{Damage, Limit, ReadError};
use super::listing::Listing;
use super::sheet_xml;
use crate::model::cell::Concealed;
use memchr::memmem;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const MAX_PARTS: usize = 2_000;
const MAX_PART_BYTES: u64 = 256 * 1024 * 1024;
const MAX_TOTAL_BYTES: u64 = 512 * 1024 * 1024;

/// The mark of the container that old Excel files and encrypted workbooks share.
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
const ZIP: &[u8] = b"PK\x03\x04";

/// What a workbook really is, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Ods,
    Xls,
}

/// Checks that the bytes are a whole, honest container of a workbook; tells of which kind, and what its sheets hide.
///
/// An `.xls` has no checksums: nothing of it is checked here.
pub(super) fn check(bytes: &[u8]) -> Result<(Kind, Vec<Concealed>), ReadError> {
    match container(bytes)? {
        Container::Compound => Ok((Kind::Xls, Vec::new())),
        Container::Zip => check_archive(bytes),
    }
}

/// Reads every part that matters to its end.
fn check_archive(bytes: &[u8]) -> Result<(Kind, Vec<Concealed>), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged(Damage::Archive))?;
    if archive.len() > MAX_PARTS {
        return Err(ReadError::TooLarge(Limit::Parts));
    }
    // The archive keeps one of two entries with the same name; which one is anybody's guess.
    if archive.has_duplicate_names() {
        return Err(ReadError::Damaged(Damage::Archive));
    }
    let names = part_names(&archive)?;
    let mut listing = Listing::default();
    let kind = kind(&names);
    let mut total = 0;
    for (index, name) in names.iter().enumerate() {
        let is_markup = name.ends_with(".xml") || name.ends_with(".rels");
        if is_markup || (kind == Kind::Xlsb && name.ends_with(".bin")) {
            let content = part(&mut archive, index, name)?;
            total += content.len() as u64;
            if total > MAX_TOTAL_BYTES {
                return Err(ReadError::TooLarge(Limit::Total));
            }
            if is_markup {
                check_part(name, &content)?;
                listing.add(name, &content);
            }
        }
    }
    Ok((kind, listing.concealed()))
}

/// Returns a part of a container that was checked.
pub(super) fn checked_part(bytes: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let index = part_names(&archive).ok()?.iter().position(|part| part == name)?;
    part(&mut archive, index, name).ok()
}

/// Tells what is packed, by the part that only this kind has.
fn kind(names: &[String]) -> Kind {
    let has = |part: &str| names.iter().any(|name| name == part);
    match () {
        () if has("xl/workbook.bin") => Kind::Xlsb,
        () if has("content.xml") => Kind::Ods,
        () => Kind::Xlsx,
    }
}

/// What holds a workbook together.
enum Container {
    Zip,
    Compound,
}

/// Decides by the first bytes, because names lie.
fn container(bytes: &[u8]) -> Result<Container, ReadError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    match bytes {
        [] => Err(ReadError::Empty),
        _ if bytes.starts_with(ZIP) => Ok(Container::Zip),
        _ if bytes.starts_with(COMPOUND_FILE) && is_encrypted(bytes) => Err(ReadError::Password),
        _ if bytes.starts_with(COMPOUND_FILE) => Ok(Container::Compound),
        _ if text.starts_with(b"<") => Err(ReadError::Markup),
        _ => Err(ReadError::NotAWorkbook),
    }
}

/// Tells whether a compound file has the stream that holds an encrypted workbook; its name is UTF-16.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memmem::find(bytes, &name).is_some()
}

/// Returns the names of all parts in lower case, as readers look them up, each of them once.
fn part_names(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, ReadError> {
    let mut seen = BTreeSet::new();
    let mut names = Vec::with_capacity(archive.len());
    for raw in archive.file_names_raw() {
        let name = String::from_utf8_lossy(raw).to_lowercase().replace('\\', "/");
        if !seen.insert(name.clone()) {
            return Err(ReadError::Damaged(Damage::Twin(name)));
        }
        names.push(name);
    }
    Ok(names)
}

/// Reads a part to its end, where its checksum is compared.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize, name: &str) -> Result<Vec<u8>, ReadError> {
    let damaged = || ReadError::Damaged(Damage::Part(name.to_owned()));
    let mut content = Vec::new();
    let part = archive.by_index(index).map_err(|_| damaged())?;
    part.take(MAX_PART_BYTES + 1).read_to_end(&mut content).map_err(|_| damaged())?;
    if content.len() as u64 > MAX_PART_BYTES {
        return Err(ReadError::TooLarge(Limit::Part));
    }
    Ok(content)
}

/// Refuses what the reader would take wrongly without a word.
fn check_part(name: &str, content: &[u8]) -> Result<(), ReadError> {
    // A zero byte is no XML, but it is how the checks below would be blinded: UTF-16.
    let blind = memchr::memchr(0, content).is_some();
    if blind || !count_is_honest(content) || !sheet_xml::is_sound(content) {
        return Err(ReadError::Damaged(Damage::Part(name.to_owned())));
    }
    Ok(())
}

/// Tells whether the promised number of shared strings fits into the part; the reader reserves memory for it.
fn count_is_honest(content: &[u8]) -> bool {
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
