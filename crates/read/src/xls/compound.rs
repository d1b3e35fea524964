//! The container of an `.xls`: a small file system of sectors in chains.
//!
//! In come the bytes of the file, out goes the stream that holds the workbook, or why the container is refused: chains
//! that lead out of the file or round in circles, an encrypted workbook, or no workbook at all. Never here: what the
//! stream says.

use crate::error::{Damage, ReadError};
use memchr::memmem;

/// Chains end with this number or a greater one.
const END: u32 = 0xFFFF_FFFA;
const ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;
/// Streams that are smaller stand in sectors of their own size.
const MINI_STREAM: u32 = 4096;
/// The stream that holds an encrypted workbook.
const ENCRYPTED: &str = "EncryptedPackage";
/// The streams that hold a workbook, the newer format first.
const WORKBOOKS: [&str; 2] = ["Workbook", "Book"];

/// Returns the stream of the workbook.
///
/// # Errors
/// Why the container is refused.
pub(crate) fn workbook_stream(file: &[u8]) -> Result<Vec<u8>, ReadError> {
    let Some(container) = Compound::open(file) else {
        // Of a file that was cut short, this much can still be told.
        let is_encrypted = memmem::find(file, &utf16(ENCRYPTED)).is_some();
        return Err(if is_encrypted { ReadError::Password } else { ReadError::Damaged(Damage::Chains) });
    };
    if container.entry(ENCRYPTED).is_some() {
        return Err(ReadError::Password);
    }
    let entry = WORKBOOKS.iter().find_map(|name| container.entry(name)).ok_or(ReadError::NotAWorkbook)?;
    container.stream(entry).ok_or(ReadError::Damaged(Damage::Chains))
}

/// A container whose own chains are sound.
struct Compound<'f> {
    sectors: &'f [u8],
    size: usize,
    table: Vec<u32>,
    directory: Vec<u8>,
    mini_table: Vec<u32>,
    mini_sectors: Vec<u8>,
}

impl<'f> Compound<'f> {
    fn open(file: &'f [u8]) -> Option<Self> {
        let size = match u16_at(file, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        // The header fills the first sector, or what would be it.
        let sectors = file.get(size..)?;
        let table = table(file, sectors, size)?;
        let directory = chain(u32_at(file, 48)?, &table, sectors, size)?;
        let (mut mini_table, mut mini_sectors) = (Vec::new(), Vec::new());
        if u32_at(file, 64)? > 0 {
            mini_table = numbers(&chain(u32_at(file, 60)?, &table, sectors, size)?);
            mini_sectors = chain(u32_at(&directory, 116)?, &table, sectors, size)?;
        }
        Some(Self { sectors, size, table, directory, mini_table, mini_sectors })
    }

    /// Finds a stream by its name, in which case does not matter.
    fn entry(&self, name: &str) -> Option<&[u8]> {
        let wanted: Vec<u8> = [utf16(name), vec![0; 2]].concat();
        let mut entries = self.directory.chunks_exact(ENTRY);
        entries.find(|entry| entry[..wanted.len()].eq_ignore_ascii_case(&wanted))
    }

    /// Returns the stream of an entry, as long as the entry says.
    fn stream(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)?);
        let mut stream = if length < MINI_STREAM {
            chain(start, &self.mini_table, &self.mini_sectors, MINI_SECTOR)?
        } else {
            chain(start, &self.table, self.sectors, self.size)?
        };
        let length = usize::try_from(length).ok().filter(|length| *length <= stream.len())?;
        stream.truncate(length);
        Some(stream)
    }
}

/// Puts the table of all chains together: 109 of its sectors stand in the header, the others in a chain of their own.
fn table(file: &[u8], sectors: &[u8], size: usize) -> Option<Vec<u32>> {
    let mut places = numbers(file.get(76..512)?);
    let mut next = u32_at(file, 68)?;
    while next < END {
        let mut more = numbers(sector(sectors, next, size)?);
        next = more.pop()?;
        places.append(&mut more);
        if places.len() > file.len() {
            return None;
        }
    }
    let used = places.into_iter().filter(|place| *place < END);
    let parts: Option<Vec<_>> = used.map(|place| sector(sectors, place, size).map(numbers)).collect();
    Some(parts?.concat())
}

/// Follows a chain of sectors to its end.
fn chain(start: u32, table: &[u32], sectors: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let mut next = start;
    while next < END {
        stream.extend_from_slice(sector(sectors, next, size)?);
        // A chain that is longer than everything goes round in circles.
        if stream.len() > sectors.len() + size {
            return None;
        }
        next = *table.get(next as usize)?;
    }
    Some(stream)
}

/// Returns a sector; the last one of a file may be cut short.
fn sector(sectors: &[u8], number: u32, size: usize) -> Option<&[u8]> {
    let start = (number as usize).checked_mul(size)?;
    let rest = sectors.get(start..).filter(|rest| !rest.is_empty())?;
    Some(&rest[..size.min(rest.len())])
}

fn utf16(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

/// Reads two bytes, the least first.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Reads four bytes, the least first.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
