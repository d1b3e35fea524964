//! Reads the container of an `.xls`, a compound file: a small file system of chained sectors.
//!
//! Input: the bytes of the file. Output: the stream of the workbook, or an error: a chain that leads out of the file or
//! into a cycle, an encrypted workbook, no workbook. Not here: the content of the stream.

use crate::error::{Damage, ReadError};
use memchr::memmem;

/// A sector number that ends a chain, as do all greater ones.
const END_OF_CHAIN: u32 = 0xFFFF_FFFA;
const ENTRY_LEN: usize = 128;
const LARGE_SECTOR_LEN: usize = 4096;
const MINI_SECTOR_LEN: usize = 64;
/// Smaller streams are stored in mini sectors; the length is in bytes.
const MINI_STREAM_CUTOFF: u32 = 4096;
/// The name of the stream of the document properties.
const PROPERTIES_STREAM: &str = "\u{5}DocumentSummaryInformation";
/// The name of the stream of an encrypted workbook.
const ENCRYPTED_STREAM: &str = "EncryptedPackage";
/// The bytes that calamine drops from the start of a name, so that it would find another entry than this check.
const BYTE_ORDER_MARKS: [&[u8]; 3] = [b"\xFF\xFE", b"\xFE\xFF", b"\xEF\xBB\xBF"];
/// The names of the stream of a workbook, the newer format first.
const WORKBOOK_STREAMS: [&str; 2] = ["Workbook", "Book"];

/// Returns the stream of the workbook.
///
/// # Errors
/// Returns an error if the container is damaged or encrypted, or has no workbook.
pub(crate) fn workbook_stream(file: &[u8]) -> Result<Vec<u8>, ReadError> {
    let Some(container) = CompoundFile::open(file) else {
        // Even in a truncated file, encryption can be recognised by the name of its stream.
        let is_encrypted = memmem::find(file, &utf16(ENCRYPTED_STREAM)).is_some();
        return Err(if is_encrypted { ReadError::Password } else { ReadError::Damaged(Damage::SectorChains) });
    };
    if container.find_entry(ENCRYPTED_STREAM).is_some() {
        return Err(ReadError::Password);
    }
    let entry = WORKBOOK_STREAMS.iter().find_map(|name| container.find_entry(name)).ok_or(ReadError::NotAWorkbook)?;
    container.read_stream(entry).ok_or(ReadError::Damaged(Damage::SectorChains))
}

/// Returns the stream with the document properties that users and programs add.
pub(crate) fn properties_stream(file: &[u8]) -> Option<Vec<u8>> {
    let container = CompoundFile::open(file)?;
    container.read_stream(container.find_entry(PROPERTIES_STREAM)?)
}

/// A compound file with valid chains for its tables and directory.
struct CompoundFile<'f> {
    sectors: &'f [u8],
    sector_len: usize,
    allocation_table: Vec<u32>,
    directory: Vec<u8>,
    mini_table: Vec<u32>,
    mini_sectors: Vec<u8>,
}

impl<'f> CompoundFile<'f> {
    fn open(file: &'f [u8]) -> Option<Self> {
        let size = match u16_at(file, 30)? {
            9 => 512,
            12 => LARGE_SECTOR_LEN,
            _ => return None,
        };
        // The header takes the space of the first sector.
        let sectors = file.get(size..)?;
        let table = read_allocation_table(file, sectors, size)?;
        let directory = read_chain(u32_at(file, 48)?, &table, sectors, size)?;
        let has_mark = |entry: &[u8]| BYTE_ORDER_MARKS.iter().any(|mark| entry.starts_with(mark));
        if directory.chunks_exact(ENTRY_LEN).any(has_mark) {
            return None;
        }
        let (mut mini_table, mut mini_sectors) = (Vec::new(), Vec::new());
        if u32_at(file, 64)? > 0 {
            mini_table = read_u32s(&read_chain(u32_at(file, 60)?, &table, sectors, size)?);
            mini_sectors = read_chain(u32_at(&directory, 116)?, &table, sectors, size)?;
        }
        Some(Self { sectors, sector_len: size, allocation_table: table, directory, mini_table, mini_sectors })
    }

    /// Returns the directory entry of a stream; the case of its name is ignored.
    fn find_entry(&self, name: &str) -> Option<&[u8]> {
        let wanted: Vec<u8> = [utf16(name), vec![0; 2]].concat();
        let mut entries = self.directory.chunks_exact(ENTRY_LEN);
        entries.find(|entry| entry[..wanted.len()].eq_ignore_ascii_case(&wanted))
    }

    /// Returns the stream of a directory entry, with the length that the entry states.
    fn read_stream(&self, entry: &[u8]) -> Option<Vec<u8>> {
        let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)?);
        // With large sectors the length has 64 bits, of which a file of this size needs 32.
        if self.sector_len == LARGE_SECTOR_LEN && u32_at(entry, 124)? != 0 {
            return None;
        }
        let mut stream = if length < MINI_STREAM_CUTOFF {
            read_chain(start, &self.mini_table, &self.mini_sectors, MINI_SECTOR_LEN)?
        } else {
            read_chain(start, &self.allocation_table, self.sectors, self.sector_len)?
        };
        let length = usize::try_from(length).ok().filter(|length| *length <= stream.len())?;
        stream.truncate(length);
        Some(stream)
    }
}

/// Reads the sector allocation table: the numbers of its first 109 sectors are in the header, the others in a chain.
fn read_allocation_table(file: &[u8], sectors: &[u8], size: usize) -> Option<Vec<u32>> {
    let mut table_sectors = read_u32s(file.get(76..512)?);
    let mut next = u32_at(file, 68)?;
    while next < END_OF_CHAIN {
        let mut more = read_u32s(sector(sectors, next, size)?);
        next = more.pop()?;
        table_sectors.append(&mut more);
        if table_sectors.len() > file.len() {
            return None;
        }
    }
    let used: Vec<u32> = table_sectors.into_iter().filter(|place| *place < END_OF_CHAIN).collect();
    // A table with more sectors than the file names some of them many times, which would take much memory.
    if used.len() > sectors.len() / size + 1 {
        return None;
    }
    let parts: Option<Vec<_>> = used.into_iter().map(|place| sector(sectors, place, size).map(read_u32s)).collect();
    Some(parts?.concat())
}

/// Reads a chain of sectors to its end; `None` if it leaves the file or has a cycle.
fn read_chain(start: u32, table: &[u32], sectors: &[u8], size: usize) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let mut next = start;
    while next < END_OF_CHAIN {
        stream.extend_from_slice(sector(sectors, next, size)?);
        // A chain that is longer than all sectors together has a cycle.
        if stream.len() > sectors.len() + size {
            return None;
        }
        next = *table.get(next as usize)?;
    }
    Some(stream)
}

/// Returns a sector; the last one of a file may be shorter.
fn sector(sectors: &[u8], number: u32, size: usize) -> Option<&[u8]> {
    let start = (number as usize).checked_mul(size)?;
    let rest = sectors.get(start..).filter(|rest| !rest.is_empty())?;
    Some(&rest[..size.min(rest.len())])
}

fn utf16(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn read_u32s(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

/// Reads two bytes in little-endian order.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Reads four bytes in little-endian order.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stream of the workbook in the files of these tests.
    const STREAM: [u8; 4096] = [7; 4096];

    /// Builds a compound file: sector 0 is the allocation table, 1 the directory, the others the stream.
    fn file(size: usize, name: &str) -> Vec<u8> {
        let stream_sectors = STREAM.len() / size;
        let mut header = vec![0; size];
        let mut put = |at: usize, number: u32| header[at..at + 4].copy_from_slice(&number.to_le_bytes());
        put(30, if size == LARGE_SECTOR_LEN { 12 } else { 9 });
        put(48, 1);
        put(68, u32::MAX);
        (0..109).for_each(|at| put(76 + 4 * at, if at == 0 { 0 } else { u32::MAX }));
        let next = |at: usize| if at < 2 || at == stream_sectors + 1 { u32::MAX - 1 } else { at as u32 + 1 };
        let table: Vec<u8> = (0..size / 4).flat_map(|at| next(at).to_le_bytes()).collect();
        let mut directory = vec![0; size];
        directory[ENTRY_LEN..ENTRY_LEN + 2 * name.encode_utf16().count()].copy_from_slice(&utf16(name));
        directory[ENTRY_LEN + 116..ENTRY_LEN + 120].copy_from_slice(&2_u32.to_le_bytes());
        directory[ENTRY_LEN + 120..ENTRY_LEN + 124].copy_from_slice(&(STREAM.len() as u32).to_le_bytes());
        [header, table, directory, STREAM.to_vec()].concat()
    }

    fn damaged() -> Result<Vec<u8>, ReadError> {
        Err(ReadError::Damaged(Damage::SectorChains))
    }

    #[test]
    fn the_stream_is_found_by_its_name() {
        for size in [512, LARGE_SECTOR_LEN] {
            assert_eq!(workbook_stream(&file(size, "Workbook")), Ok(STREAM.to_vec()), "{size}");
            assert_eq!(workbook_stream(&file(size, "BOOK")), Ok(STREAM.to_vec()), "{size}");
            assert_eq!(workbook_stream(&file(size, "Other")), Err(ReadError::NotAWorkbook), "{size}");
        }
    }

    #[test]
    fn names_that_another_reader_takes_for_the_workbook_are_refused() {
        for mark in ["\u{feff}", "\u{fffe}", "\u{bbef}\u{bf}"] {
            assert_eq!(workbook_stream(&file(512, &format!("{mark}Workbook"))), damaged(), "{mark:?}");
        }
    }

    #[test]
    fn a_length_beyond_32_bits_is_refused() {
        for (size, expected) in [(512, Ok(STREAM.to_vec())), (LARGE_SECTOR_LEN, damaged())] {
            let mut file = file(size, "Workbook");
            // The directory is sector 1, after the header and the table.
            file[2 * size + ENTRY_LEN + 124] = 1;
            assert_eq!(workbook_stream(&file), expected, "{size}");
        }
    }

    #[test]
    fn a_table_that_names_a_sector_again_and_again_is_refused() {
        let mut file = file(512, "Workbook");
        let sectors = file.len() / 512 - 1;
        for (named, expected) in [(sectors, Ok(STREAM.to_vec())), (109, damaged())] {
            (0..named).for_each(|at| file[76 + 4 * at..80 + 4 * at].fill(0));
            assert_eq!(workbook_stream(&file), expected, "{named}");
        }
    }
}
