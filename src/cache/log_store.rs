//! An append-only key–value file.
//!
//! Reads verify a checksum (CRC-32); a torn or concurrent write is treated as a miss. Only the process that holds the
//! file lock writes.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::own_file::{keep_private, open_without_links};

/// The length of a key in bytes, as hexadecimal digits.
const KEY_LEN: usize = 64;
/// The length of an entry's header: the key, the length of the content, and the checksum of both and the content.
const HEADER_LEN: usize = KEY_LEN + 8 + 4;

/// An open key–value file.
pub(super) struct LogStore {
    path: PathBuf,
    file: File,
    /// Whether this process holds the lock and may write.
    is_writer: bool,
    /// The entries by key; their order is never used.
    entries: HashMap<ContentHash, LogEntry>,
    /// The offset after the last complete entry.
    end: u64,
}

/// The position of an entry's content in the file.
#[derive(Clone, Copy)]
struct LogEntry {
    start: u64,
    length: u64,
    checksum: u32,
    /// Whether this run read or wrote it.
    is_used: bool,
}

impl LogStore {
    /// Opens the file, and creates it if it is missing.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let file = open_without_links(path, keep_private(options.read(true).write(true).create(true).truncate(false)))?;
        let is_ours = file.try_lock().is_ok();
        let mut shelf = Self { path: path.to_owned(), file, is_writer: is_ours, entries: HashMap::new(), end: 0 };
        shelf.scan()?;
        Ok(shelf)
    }

    /// Reads the headers up to the end of the file or the first invalid entry.
    fn scan(&mut self) -> io::Result<()> {
        let size = self.file.metadata()?.len();
        let mut from = BufReader::with_capacity(HEADER_LEN, &self.file);
        let mut head = [0; HEADER_LEN];
        while self.end + (HEADER_LEN as u64) <= size {
            from.read_exact(&mut head)?;
            let Some((name, length, checksum)) = parse_header(&head) else { break };
            let start = self.end + HEADER_LEN as u64;
            let Some(end) = start.checked_add(length).filter(|end| *end <= size) else { break };
            self.entries.insert(name, LogEntry { start, length, checksum, is_used: false });
            from.seek(SeekFrom::Start(end))?;
            self.end = end;
        }
        Ok(())
    }

    /// Returns the content of a key if its checksum is correct.
    pub(super) fn get(&mut self, name: &ContentHash) -> Option<Vec<u8>> {
        let place = self.entries.get_mut(name)?;
        let content = read_content(&mut self.file, *place).ok()?;
        let is_whole = checksum(name, &content) == place.checksum;
        place.is_used = is_whole;
        is_whole.then_some(content)
    }

    /// Appends an entry; does nothing without the lock.
    pub(super) fn insert(&mut self, name: &ContentHash, content: &[u8]) -> io::Result<()> {
        if !self.is_writer {
            return Ok(());
        }
        let (length, checksum) = (content.len() as u64, checksum(name, content));
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&header(name, length, checksum))?;
        self.file.write_all(content)?;
        let start = self.end + HEADER_LEN as u64;
        self.end = start + length;
        self.entries.insert(name.clone(), LogEntry { start, length, checksum, is_used: true });
        Ok(())
    }

    /// Drops the entries this run did not use, if they are more than half of the file, and cuts off invalid data.
    pub(super) fn compact(&mut self) -> io::Result<()> {
        if !self.is_writer {
            return Ok(());
        }
        let needed = self.entries.values().filter(|place| place.is_used);
        let needed: u64 = needed.map(|place| place.length + HEADER_LEN as u64).sum();
        if needed < self.end / 2 {
            return self.rewrite_used();
        }
        self.file.set_len(self.end)
    }

    /// Writes the used entries to a new file and replaces this one by it.
    fn rewrite_used(&mut self) -> io::Result<()> {
        let new_path = self.path.with_extension("new");
        // What a run that was killed left here.
        let _ = fs::remove_file(&new_path);
        let mut to = keep_private(OpenOptions::new().write(true).create_new(true)).open(&new_path)?;
        let mut needed: Vec<(&ContentHash, &LogEntry)> =
            self.entries.iter().filter(|(_, place)| place.is_used).collect();
        needed.sort_by_key(|(_, place)| place.start);
        for (name, place) in needed {
            to.write_all(&header(name, place.length, place.checksum))?;
            to.write_all(&read_content(&mut self.file, *place)?)?;
        }
        fs::rename(new_path, &self.path)
    }
}

fn read_content(file: &mut File, place: LogEntry) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(place.start))?;
    let mut content = Vec::new();
    file.take(place.length).read_to_end(&mut content)?;
    Ok(content)
}

fn checksum(name: &ContentHash, content: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(name.as_str().as_bytes());
    hasher.update(&(content.len() as u64).to_le_bytes());
    hasher.update(content);
    hasher.finalize()
}

fn header(name: &ContentHash, length: u64, checksum: u32) -> Vec<u8> {
    [name.as_str().as_bytes(), &length.to_le_bytes(), &checksum.to_le_bytes()].concat()
}

fn parse_header(head: &[u8; HEADER_LEN]) -> Option<(ContentHash, u64, u32)> {
    let (name, rest) = head.split_at(KEY_LEN);
    let (length, checksum) = rest.split_first_chunk()?;
    let checksum: &[u8; 4] = checksum.first_chunk()?;
    let name = ContentHash::parse(std::str::from_utf8(name).ok()?)?;
    Some((name, u64::from_le_bytes(*length), u32::from_le_bytes(*checksum)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn key(text: &str) -> ContentHash {
        ContentHash::compute(text.as_bytes())
    }

    /// A store with these contents, each under its own hash.
    fn store_with(folder: &TempDir, contents: &[&str]) -> PathBuf {
        let path = folder.path().join("shelf");
        let mut shelf = LogStore::open(&path).unwrap();
        for content in contents {
            shelf.insert(&key(content), content.as_bytes()).unwrap();
        }
        path
    }

    fn intact(path: &Path, contents: &[&str]) -> Vec<bool> {
        let mut shelf = LogStore::open(path).unwrap();
        let mut kept = |content: &&str| shelf.get(&key(content)).map(|bytes| bytes == content.as_bytes());
        contents.iter().map(|content| kept(content).unwrap_or(false)).collect()
    }

    #[test]
    fn contents_come_back_in_any_order() {
        let folder = TempDir::new().unwrap();
        let path = store_with(&folder, &["a", "", "b"]);
        assert_eq!(intact(&path, &["b", "a", "c", ""]), [true, true, false, true]);
    }

    #[test]
    fn damaged_entries_are_misses() {
        let folder = TempDir::new().unwrap();
        let path = store_with(&folder, &["first", "second"]);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for flip in [1, 0x80] {
                let mut damaged = whole.clone();
                damaged[at] ^= flip;
                fs::write(&path, &damaged).unwrap();
                let kept = intact(&path, &["first", "second"]);
                assert!(kept != [true, true], "byte {at}");
                assert!(kept[0] || at < HEADER_LEN + "first".len(), "byte {at} is of the second");
            }
            fs::write(&path, &whole[..at]).unwrap();
            assert!(!intact(&path, &["second"])[0], "cut at {at}");
            let mut shelf = LogStore::open(&path).unwrap();
            shelf.insert(&key("third"), b"third").unwrap();
            shelf.compact().unwrap();
            drop(shelf);
            assert!(intact(&path, &["third"])[0], "after a cut at {at}");
        }
    }

    #[test]
    fn unused_entries_are_compacted() {
        let folder = TempDir::new().unwrap();
        let path = store_with(&folder, &["a", "b", "c"]);
        for (needed, left) in [(&["a", "b"][..], [true, true, true]), (&["b"], [false, true, false])] {
            let mut shelf = LogStore::open(&path).unwrap();
            needed.iter().for_each(|content| drop(shelf.get(&key(content)).unwrap()));
            shelf.compact().unwrap();
            drop(shelf);
            assert_eq!(intact(&path, &["a", "b", "c"]), left);
        }
    }

    #[test]
    fn a_second_run_reads_and_does_not_write() {
        let folder = TempDir::new().unwrap();
        let path = store_with(&folder, &["a"]);
        let mut first = LogStore::open(&path).unwrap();
        let mut second = LogStore::open(&path).unwrap();
        second.insert(&key("b"), b"b").unwrap();
        second.compact().unwrap();
        assert!(second.get(&key("a")).is_some() && second.get(&key("b")).is_none());
        first.insert(&key("c"), b"c").unwrap();
        assert!(second.get(&key("a")).is_some());
        drop((first, second));
        assert_eq!(intact(&path, &["a", "b", "c"]), [true, false, true]);
    }
}
