//! Caches what was read and recognised from workbooks, keyed by the hash of their bytes.
//!
//! Input: the bytes of workbooks. Output: cached results, or those of the wrapped reader; [`MemoryCache`] keeps them in
//! memory, [`DiskCache`] on disk. Timestamps and file names do not matter. Not here: how a workbook is read.

mod disk;
mod log_store;

pub use disk::DiskCache;

use crate::pipeline::{ReadError, ReadResult, Recognition, Request, WorkbookReader, lock};
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use tonghop_core::config::Limits;
use tonghop_core::model::hash::ContentHash;

/// A reader that caches the results of another reader in memory.
///
/// [`MemoryCache::evict_unused`] drops entries that were not used since its last call; a change of the limits drops
/// all workbooks that were read.
pub struct MemoryCache<R> {
    reader: R,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    limits: Limits,
    /// Results of reading by the hash of the bytes, with whether they were used recently.
    results: BTreeMap<ContentHash, (ReadResult, bool)>,
    /// Recognition results by key, with whether they were used recently.
    recognised: BTreeMap<ContentHash, (Vec<u8>, bool)>,
}

impl<R: WorkbookReader> MemoryCache<R> {
    /// Creates an empty cache for `reader`.
    pub fn new(reader: R) -> Self {
        Self { reader, memory: Mutex::default() }
    }

    /// Drops the entries that were not used since the last call.
    pub fn evict_unused(&mut self) {
        let memory = self.memory.get_mut().unwrap_or_else(PoisonError::into_inner);
        memory.results.retain(|_, (_, asked)| std::mem::take(asked));
        memory.recognised.retain(|_, (_, asked)| std::mem::take(asked));
    }
}

impl Memory {
    /// Returns the cached result for these bytes under these limits.
    fn get(&mut self, hash: &ContentHash, limits: &Limits) -> Option<ReadResult> {
        if *limits != self.limits {
            self.results.clear();
            self.limits = *limits;
        }
        let (result, asked) = self.results.get_mut(hash)?;
        *asked = true;
        Some(result.clone())
    }
}

impl<R: WorkbookReader> WorkbookReader for MemoryCache<R> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> ReadResult {
        let hash = ContentHash::compute(bytes);
        if let Some(result) = lock(&self.memory).get(&hash, limits) {
            return result;
        }
        let result = self.reader.read(bytes, limits);
        // A worker that could not start says nothing about the workbook.
        if result != Err(ReadError::WorkerNotStarted) {
            lock(&self.memory).results.insert(hash, (result.clone(), true));
        }
        result
    }

    fn recall(&self, key: &ContentHash) -> Option<Vec<u8>> {
        let mut memory = lock(&self.memory);
        let (made, asked) = memory.recognised.get_mut(key)?;
        *asked = true;
        Some(made.clone())
    }

    fn keep(&self, key: &ContentHash, made: Vec<u8>) {
        lock(&self.memory).recognised.insert(key.clone(), (made, true));
    }

    fn threads(&self) -> NonZeroUsize {
        self.reader.threads()
    }
}

impl WorkbookReader for Box<dyn WorkbookReader> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> ReadResult {
        (**self).read(bytes, limits)
    }

    fn recognise(
        &self,
        request: Request<'_>,
        recognition: &Recognition<'_>,
        limits: &Limits,
    ) -> Result<Vec<u8>, ReadError> {
        (**self).recognise(request, recognition, limits)
    }

    fn recall(&self, key: &ContentHash) -> Option<Vec<u8>> {
        (**self).recall(key)
    }

    fn keep(&self, key: &ContentHash, made: Vec<u8>) {
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
    use tonghop_core::model::raw_workbook::RawWorkbook;

    /// Counts the calls of `read`.
    #[derive(Default)]
    struct Counting(AtomicUsize);

    impl WorkbookReader for Counting {
        fn read(&self, bytes: &[u8], _: &Limits) -> ReadResult {
            self.0.fetch_add(1, Relaxed);
            match bytes {
                b"lost" => Err(ReadError::WorkerNotStarted),
                b"bad" => Err(ReadError::Empty),
                _ => Ok(RawWorkbook::default()),
            }
        }
    }

    #[test]
    fn the_same_bytes_are_read_once() {
        let mut cache = MemoryCache::new(Counting::default());
        let usual = Limits::default();
        let tight = Limits { read_seconds: 1.0, ..usual };
        let read = |cache: &mut MemoryCache<Counting>, bytes: &[u8], limits, expected, why: &str| {
            let _ = cache.read(bytes, limits);
            assert_eq!(cache.reader.0.load(Relaxed), expected, "{why}");
        };
        read(&mut cache, b"a", &usual, 1, "first");
        read(&mut cache, b"a", &usual, 1, "remembered");
        read(&mut cache, b"bad", &usual, 2, "an error");
        read(&mut cache, b"bad", &usual, 2, "is remembered too");
        read(&mut cache, b"lost", &usual, 3, "but not that nothing was tried");
        read(&mut cache, b"lost", &usual, 4, "so it is tried again");
        cache.evict_unused();
        read(&mut cache, b"a", &usual, 4, "asked for before");
        cache.evict_unused();
        read(&mut cache, b"bad", &usual, 5, "not asked for since");
        read(&mut cache, b"a", &tight, 6, "other limits");
    }
}
