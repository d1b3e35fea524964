//! What a run works with: the files of the project, a reader of workbooks, a store of results, and threads.
//!
//! Each of the four can be replaced without the others. Not here: the options of a run.

use super::reader::{InProcessReader, WorkbookReader};
use crate::source::ProjectSource;
use std::num::NonZeroUsize;
use tonghop_core::model::hash::ContentHash;

/// Keeps results for later runs, by keys that cover everything a result depends on.
pub trait ResultStore: Sync {
    /// Returns the bytes stored under a key, unchanged; `None` if there are none.
    fn get(&self, key: &ContentHash) -> Option<Vec<u8>>;

    /// Stores bytes under a key. A store that fails to do so is only slower: the result is computed again.
    fn put(&self, key: &ContentHash, bytes: Vec<u8>);

    /// Called when a run has read all its workbooks.
    fn finish(&self) {}
}

/// Stores nothing.
pub struct NoStore;

impl ResultStore for NoStore {
    fn get(&self, _: &ContentHash) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &ContentHash, _: Vec<u8>) {}
}

/// Everything outside the program that a run uses.
#[derive(Clone, Copy)]
pub struct Environment<'e> {
    /// The files of the project.
    pub source: &'e dyn ProjectSource,
    /// Reads and recognises workbooks.
    pub reader: &'e dyn WorkbookReader,
    /// Keeps recognition results, and what the caller stores.
    pub store: &'e dyn ResultStore,
    /// How many threads may work at the same time.
    pub threads: NonZeroUsize,
}

impl<'e> Environment<'e> {
    /// Returns the environment that reads in this process, on one thread, and stores nothing.
    pub fn in_process(source: &'e dyn ProjectSource) -> Self {
        Self { source, reader: &InProcessReader, store: &NoStore, threads: NonZeroUsize::MIN }
    }
}
