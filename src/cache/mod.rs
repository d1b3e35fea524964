//! Caches what was read and recognised from workbooks, keyed by the hash of their bytes.
//!
//! Input: the bytes of workbooks. Output: cached results, or those of the wrapped reader; [`MemoryCache`] keeps them in
//! memory, [`DiskCache`] on disk. Timestamps and file names do not matter. Not here: how a workbook is read.

mod disk;
mod shelf;

pub use disk::OnDisk;

use crate::pipeline::{Answer, ReadBooks, ReadError, Recognition, Sent, lock};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use tonghop_core::config::Limits;
use tonghop_core::model::hash::Hash;

/// A reader that caches the results of another reader in memory.
///
/// [`MemoryCache::evict_unused`] drops entries that were not used since its last call; a change of the limits drops
/// all workbooks that were read.
pub struct Remembering<R> {
    reader: R,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    limits: Limits,
    /// Results of reading by the hash of the bytes, with whether they were used recently.
    answers: BTreeMap<Hash, (Answer, bool)>,
    /// Recognition results by key, with whether they were used recently.
    made: BTreeMap<Hash, (Vec<u8>, bool)>,
}

impl<R: ReadBooks> Remembering<R> {
    /// Creates an empty cache for `reader`.
    pub fn new(reader: R) -> Self {
        Self { reader, memory: Mutex::default() }
    }

    /// Drops the entries that were not used since the last call.
    pub fn forget(&mut self) {
        let memory = self.memory.get_mut().unwrap_or_else(PoisonError::into_inner);
        memory.answers.retain(|_, (_, asked)| std::mem::take(asked));
        memory.made.retain(|_, (_, asked)| std::mem::take(asked));
    }
}

impl Memory {
    /// Returns the cached result for these bytes under these limits.
    fn recalled(&mut self, hash: &Hash, limits: &Limits) -> Option<Answer> {
        if *limits != self.limits {
            self.answers.clear();
            self.limits = *limits;
        }
        let (answer, asked) = self.answers.get_mut(hash)?;
        *asked = true;
        Some(answer.clone())
    }
}

impl<R: ReadBooks> ReadBooks for Remembering<R> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> Answer {
        let hash = Hash::of(bytes);
        if let Some(answer) = lock(&self.memory).recalled(&hash, limits) {
            return answer;
        }
        let answer = self.reader.read(bytes, limits);
        // A worker that could not start says nothing about the workbook.
        if answer != Err(ReadError::NoWorker) {
            lock(&self.memory).answers.insert(hash, (answer.clone(), true));
        }
        answer
    }

    fn recall(&self, key: &Hash) -> Option<Vec<u8>> {
        let mut memory = lock(&self.memory);
        let (made, asked) = memory.made.get_mut(key)?;
        *asked = true;
        Some(made.clone())
    }

    fn keep(&self, key: &Hash, made: Vec<u8>) {
        lock(&self.memory).made.insert(key.clone(), (made, true));
    }

    fn threads(&self) -> NonZeroUsize {
        self.reader.threads()
    }
}

impl ReadBooks for Box<dyn ReadBooks> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> Answer {
        (**self).read(bytes, limits)
    }

    fn recognise(&self, sent: Sent<'_>, recognition: &Recognition<'_>, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        (**self).recognise(sent, recognition, limits)
    }

    fn recall(&self, key: &Hash) -> Option<Vec<u8>> {
        (**self).recall(key)
    }

    fn keep(&self, key: &Hash, made: Vec<u8>) {
        (**self).keep(key, made);
    }

    fn end(&self) {
        (**self).end();
    }

    fn threads(&self) -> NonZeroUsize {
        (**self).threads()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
    use tonghop_core::model::book::RawBook;

    /// Counts the calls of `read`.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl ReadBooks for Counting {
        fn read(&self, bytes: &[u8], _: &Limits) -> Answer {
            self.0.fetch_add(1, Relaxed);
            match bytes {
                b"lost" => Err(ReadError::NoWorker),
                b"bad" => Err(ReadError::Empty),
                _ => Ok(RawBook::default()),
            }
        }
    }

    #[test]
    fn the_same_bytes_are_read_once_while_they_are_asked_for() {
        let mut cache = Remembering::new(Counting::default());
        let usual = Limits::default();
        let tight = Limits { read_seconds: 1.0, ..usual };
        let read = |cache: &mut Remembering<Counting>, bytes: &[u8], limits, expected, why: &str| {
            let _ = cache.read(bytes, limits);
            assert_eq!(cache.reader.0.load(Relaxed), expected, "{why}");
        };
        read(&mut cache, b"a", &usual, 1, "first");
        read(&mut cache, b"a", &usual, 1, "remembered");
        read(&mut cache, b"bad", &usual, 2, "an error");
        read(&mut cache, b"bad", &usual, 2, "is remembered too");
        read(&mut cache, b"lost", &usual, 3, "but not that nothing was tried");
        read(&mut cache, b"lost", &usual, 4, "so it is tried again");
        cache.forget();
        read(&mut cache, b"a", &usual, 4, "asked for before");
        cache.forget();
        read(&mut cache, b"bad", &usual, 5, "not asked for since");
        read(&mut cache, b"a", &tight, 6, "other limits");
    }
}
