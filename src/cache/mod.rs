//! Keeps what was read and recognised from workbooks, by the hash of their bytes: in memory and on disk.
//!
//! Timestamps and file names do not matter. Not here: how a workbook is read.

mod disk;
mod log_store;

pub use disk::DiskStore;

use crate::pipeline::{ReadError, ReadResult, Recognition, Request, ResultStore, WorkbookReader};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tonghop_core::config::Limits;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::parallel::lock;

/// Values by key, of which those not used since the last eviction are dropped.
struct RecentlyUsed<V>(BTreeMap<ContentHash, (V, bool)>);

impl<V: Clone> RecentlyUsed<V> {
    fn get(&mut self, key: &ContentHash) -> Option<V> {
        let (value, is_used) = self.0.get_mut(key)?;
        *is_used = true;
        Some(value.clone())
    }

    fn insert(&mut self, key: ContentHash, value: V) {
        self.0.insert(key, (value, true));
    }

    fn evict_unused(&mut self) {
        self.0.retain(|_, (_, is_used)| std::mem::take(is_used));
    }
}

impl<V> Default for RecentlyUsed<V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// A reader that keeps the workbooks read by another reader in memory; a change of the limits drops them.
pub struct CachingReader<R> {
    reader: R,
    workbooks: Mutex<(Limits, RecentlyUsed<ReadResult>)>,
}

impl<R: WorkbookReader> CachingReader<R> {
    /// Creates a reader with an empty cache.
    pub fn new(reader: R) -> Self {
        Self { reader, workbooks: Mutex::default() }
    }

    /// Drops the workbooks that were not used since the last call.
    pub fn evict_unused(&mut self) {
        self.workbooks.get_mut().unwrap_or_else(PoisonError::into_inner).1.evict_unused();
    }
}

impl<R: WorkbookReader> WorkbookReader for CachingReader<R> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> ReadResult {
        let hash = ContentHash::compute(bytes);
        {
            let (known_limits, workbooks) = &mut *lock(&self.workbooks);
            if known_limits != limits {
                (*known_limits, *workbooks) = (*limits, RecentlyUsed::default());
            }
            if let Some(result) = workbooks.get(&hash) {
                return result;
            }
        }
        let result = self.reader.read(bytes, limits);
        // A worker that could not start says nothing about the workbook.
        if result != Err(ReadError::WorkerNotStarted) {
            lock(&self.workbooks).1.insert(hash, result.clone());
        }
        result
    }
}

/// Keeps results in memory.
#[derive(Default)]
pub struct MemoryStore(Mutex<RecentlyUsed<Vec<u8>>>);

impl MemoryStore {
    /// Drops the results that were not used since the last call.
    pub fn evict_unused(&mut self) {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).evict_unused();
    }
}

impl ResultStore for MemoryStore {
    fn get(&self, key: &ContentHash) -> Option<Vec<u8>> {
        lock(&self.0).get(key)
    }

    fn put(&self, key: &ContentHash, bytes: Vec<u8>) {
        lock(&self.0).insert(key.clone(), bytes);
    }
}

impl<R: WorkbookReader + ?Sized> WorkbookReader for Box<R> {
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
        let mut cache = CachingReader::new(Counting::default());
        let usual = Limits::default();
        let tight = Limits { read_seconds: 1.0, ..usual };
        let read = |cache: &mut CachingReader<Counting>, bytes: &[u8], limits, expected, why: &str| {
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
