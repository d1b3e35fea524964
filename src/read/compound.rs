//! The container of an `.xls`: a small file system of sectors in chains.
//!
//! In come the bytes of the file, out goes the stream that holds the workbook. Never here: what the stream says.

/// Chains end with this number or a greater one.
const END: u32 = 0xFFFF_FFFA;
const ENTRY: usize = 128;
const MINI_SECTOR: usize = 64;

/// Returns the stream of the workbook; `None` if the container is not sound.
pub(super) fn workbook_stream(file: &[u8]) -> Option<Vec<u8>> {
    let size = match u16_at(file, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    // The header fills the first sector, or what would be it.
    let sectors = file.get(size..)?;
    let table = table(file, sectors, size)?;
    let directory = chain(u32_at(file, 48)?, &table, sectors, size)?;
    let root = directory.get(..ENTRY)?;
    let entry = directory.chunks_exact(ENTRY).find(|entry| is_named(entry, "Workbook") || is_named(entry, "Book"))?;
    let (start, length) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
    let mut stream = if length < u32_at(file, 56)? as usize {
        let mini_table = numbers(&chain(u32_at(file, 60)?, &table, sectors, size)?);
        let mini_sectors = chain(u32_at(root, 116)?, &table, sectors, size)?;
        chain(start, &mini_table, &mini_sectors, MINI_SECTOR)?
    } else {
        chain(start, &table, sectors, size)?
    };
    stream.truncate(length);
    Some(stream)
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

fn is_named(entry: &[u8], name: &str) -> bool {
    let written: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    entry.starts_with(&written)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
}

/// Reads two bytes, the least first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

/// Reads four bytes, the least first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
