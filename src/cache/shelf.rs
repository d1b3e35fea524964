//! An append-only key–value file.
//!
//! Reads verify a checksum (CRC-32); a torn or concurrent write is treated as a miss. Only the process that holds the
//! file lock writes.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tonghop_core::model::hash::Hash;

/// The length of a key in bytes, as hexadecimal digits.
const NAME: usize = 64;
/// The length of an entry's header: the key, the length of the content, and the checksum of both and the content.
const HEAD: usize = NAME + 8 + 4;

/// An open key–value file.
pub(super) struct Shelf {
    path: PathBuf,
    file: File,
    /// Whether this process holds the lock and may write.
    is_ours: bool,
    /// The entries by key; their order is never used.
    places: HashMap<Hash, Place>,
    /// The offset after the last complete entry.
    end: u64,
}

/// The position of an entry's content in the file.
#[derive(Clone, Copy)]
struct Place {
    start: u64,
    length: u64,
    checksum: u32,
    /// Whether this run read or wrote it.
    is_needed: bool,
}

impl Shelf {
    /// Opens the file, and creates it if it is missing.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let is_ours = file.try_lock().is_ok();
        let mut shelf = Self { path: path.to_owned(), file, is_ours, places: HashMap::new(), end: 0 };
        shelf.list()?;
        Ok(shelf)
    }

    /// Reads the headers up to the end of the file or the first invalid entry.
    fn list(&mut self) -> io::Result<()> {
        let size = self.file.metadata()?.len();
        let mut from = BufReader::with_capacity(HEAD, &self.file);
        let mut head = [0; HEAD];
        while self.end + (HEAD as u64) <= size {
            from.read_exact(&mut head)?;
            let Some((name, length, checksum)) = parsed(&head) else { break };
            let start = self.end + HEAD as u64;
            let Some(end) = start.checked_add(length).filter(|end| *end <= size) else { break };
            self.places.insert(name, Place { start, length, checksum, is_needed: false });
            from.seek(SeekFrom::Start(end))?;
            self.end = end;
        }
        Ok(())
    }

    /// Returns the content of a key if its checksum is correct.
    pub(super) fn take(&mut self, name: &Hash) -> Option<Vec<u8>> {
        let place = self.places.get_mut(name)?;
        let content = content(&mut self.file, *place).ok()?;
        let is_whole = checksum(name, &content) == place.checksum;
        place.is_needed = is_whole;
        is_whole.then_some(content)
    }

    /// Appends an entry; does nothing without the lock.
    pub(super) fn put(&mut self, name: &Hash, content: &[u8]) -> io::Result<()> {
        if !self.is_ours {
            return Ok(());
        }
        let (length, checksum) = (content.len() as u64, checksum(name, content));
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&head(name, length, checksum))?;
        self.file.write_all(content)?;
        let start = self.end + HEAD as u64;
        self.end = start + length;
        self.places.insert(name.clone(), Place { start, length, checksum, is_needed: true });
        Ok(())
    }

    /// Drops the entries this run did not use, if they are more than half of the file, and cuts off invalid data.
    pub(super) fn tidy(&mut self) -> io::Result<()> {
        if !self.is_ours {
            return Ok(());
        }
        let needed = self.places.values().filter(|place| place.is_needed);
        let needed: u64 = needed.map(|place| place.length + HEAD as u64).sum();
        if needed < self.end / 2 {
            return self.copy_needed();
        }
        self.file.set_len(self.end)
    }

    /// Writes the used entries to a new file and replaces this one by it.
    fn copy_needed(&mut self) -> io::Result<()> {
        let beside = self.path.with_extension("new");
        let mut to = File::create(&beside)?;
        let mut needed: Vec<(&Hash, &Place)> = self.places.iter().filter(|(_, place)| place.is_needed).collect();
        needed.sort_by_key(|(_, place)| place.start);
        for (name, place) in needed {
            to.write_all(&head(name, place.length, place.checksum))?;
            to.write_all(&content(&mut self.file, *place)?)?;
        }
        fs::rename(beside, &self.path)
    }
}

fn content(file: &mut File, place: Place) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(place.start))?;
    let mut content = Vec::new();
    file.take(place.length).read_to_end(&mut content)?;
    Ok(content)
}

fn checksum(name: &Hash, content: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(name.as_str().as_bytes());
    hasher.update(&(content.len() as u64).to_le_bytes());
    hasher.update(content);
    hasher.finalize()
}

fn head(name: &Hash, length: u64, checksum: u32) -> Vec<u8> {
    [name.as_str().as_bytes(), &length.to_le_bytes(), &checksum.to_le_bytes()].concat()
}

fn parsed(head: &[u8; HEAD]) -> Option<(Hash, u64, u32)> {
    let (name, rest) = head.split_at(NAME);
    let (length, checksum) = rest.split_first_chunk()?;
    let checksum: &[u8; 4] = checksum.first_chunk()?;
    let name = Hash::parse(std::str::from_utf8(name).ok()?)?;
    Some((name, u64::from_le_bytes(*length), u32::from_le_bytes(*checksum)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn name(words: &str) -> Hash {
        Hash::of(words.as_bytes())
    }

    /// A store with these contents, each under its own hash.
    fn filled(folder: &TempDir, contents: &[&str]) -> PathBuf {
        let path = folder.path().join("shelf");
        let mut shelf = Shelf::open(&path).unwrap();
        for content in contents {
            shelf.put(&name(content), content.as_bytes()).unwrap();
        }
        path
    }

    fn kept(path: &Path, contents: &[&str]) -> Vec<bool> {
        let mut shelf = Shelf::open(path).unwrap();
        let mut kept = |content: &&str| shelf.take(&name(content)).map(|bytes| bytes == content.as_bytes());
        contents.iter().map(|content| kept(content).unwrap_or(false)).collect()
    }

    #[test]
    fn contents_come_back_in_any_order() {
        let folder = TempDir::new().unwrap();
        let path = filled(&folder, &["a", "", "b"]);
        assert_eq!(kept(&path, &["b", "a", "c", ""]), [true, true, false, true]);
    }

    #[test]
    fn whatever_is_damaged_counts_as_nothing_and_is_written_again() {
        let folder = TempDir::new().unwrap();
        let path = filled(&folder, &["first", "second"]);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for flip in [1, 0x80] {
                let mut damaged = whole.clone();
                damaged[at] ^= flip;
                fs::write(&path, &damaged).unwrap();
                let kept = kept(&path, &["first", "second"]);
                assert!(kept != [true, true], "byte {at}");
                assert!(kept[0] || at < HEAD + "first".len(), "byte {at} is of the second");
            }
            fs::write(&path, &whole[..at]).unwrap();
            assert!(!kept(&path, &["second"])[0], "cut at {at}");
            let mut shelf = Shelf::open(&path).unwrap();
            shelf.put(&name("third"), b"third").unwrap();
            shelf.tidy().unwrap();
            drop(shelf);
            assert!(kept(&path, &["third"])[0], "after a cut at {at}");
        }
    }

    #[test]
    fn what_is_not_needed_goes_once_it_is_more_than_half() {
        let folder = TempDir::new().unwrap();
        let path = filled(&folder, &["a", "b", "c"]);
        for (needed, left) in [(&["a", "b"][..], [true, true, true]), (&["b"], [false, true, false])] {
            let mut shelf = Shelf::open(&path).unwrap();
            needed.iter().for_each(|content| drop(shelf.take(&name(content)).unwrap()));
            shelf.tidy().unwrap();
            drop(shelf);
            assert_eq!(kept(&path, &["a", "b", "c"]), left);
        }
    }

    #[test]
    fn a_second_run_reads_and_does_not_write() {
        let folder = TempDir::new().unwrap();
        let path = filled(&folder, &["a"]);
        let mut first = Shelf::open(&path).unwrap();
        let mut second = Shelf::open(&path).unwrap();
        second.put(&name("b"), b"b").unwrap();
        second.tidy().unwrap();
        assert!(second.take(&name("a")).is_some() && second.take(&name("b")).is_none());
        first.put(&name("c"), b"c").unwrap();
        assert!(second.take(&name("a")).is_some());
        drop((first, second));
        assert_eq!(kept(&path, &["a", "b", "c"]), [true, false, true]);
    }
}
