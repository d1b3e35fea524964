//! One file in which many things stand one after the other, each under a name.
//!
//! In come names with bytes, out go the same bytes as long as they are as they were written. One run at a time adds to
//! the file; what another one reads meanwhile is whole or counts as nothing. Never here: what a name stands for.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tonghop_core::model::hash::Hash;

/// The letters of a name.
const NAME: usize = 64;
/// Before each content stand its name, its length and the checksum of both and of itself.
const HEAD: usize = NAME + 8 + 4;

/// A file of named contents.
pub(super) struct Shelf {
    path: PathBuf,
    file: File,
    /// Whether this run may write: no other does.
    is_ours: bool,
    /// What stands there, by name; nobody asks for their order.
    places: HashMap<Hash, Place>,
    /// Behind the last content that is whole.
    end: u64,
}

/// Where a content stands.
#[derive(Clone, Copy)]
struct Place {
    start: u64,
    length: u64,
    checksum: u32,
    /// Whether this run asked for it or wrote it.
    is_needed: bool,
}

impl Shelf {
    /// Opens the file, which need not be there yet.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let is_ours = file.try_lock().is_ok();
        let mut shelf = Self { path: path.to_owned(), file, is_ours, places: HashMap::new(), end: 0 };
        shelf.list()?;
        Ok(shelf)
    }

    /// Notes what stands in the file, up to its end or to what is no content.
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

    /// Returns what stands under a name, if it is whole.
    pub(super) fn take(&mut self, name: &Hash) -> Option<Vec<u8>> {
        let place = self.places.get_mut(name)?;
        let content = content(&mut self.file, *place).ok()?;
        let is_whole = checksum(name, &content) == place.checksum;
        place.is_needed = is_whole;
        is_whole.then_some(content)
    }

    /// Adds a content under a name.
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

    /// Leaves only what this run needed, once that is less than half of the file; cuts off what is no content.
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

    /// Writes what this run needed into a new file, which takes the place of this one.
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

    /// A shelf with these contents, each under itself as its name.
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
