//! Finds files that an earlier run rendered from the same data, so that they are not rendered again.
//!
//! Input: the folder of all outputs and the store of the project. Output: the bytes of a file that is unchanged since.
//! Not here: what a file is rendered from.

use crate::pipeline::{EarlierFiles, ResultStore};
use std::fs;
use std::path::Path;
use tonghop_core::model::hash::ContentHash;

/// The files below a folder of outputs.
pub(super) struct StoredFiles<'s> {
    store: &'s dyn ResultStore,
    out: &'s Path,
}

impl<'s> StoredFiles<'s> {
    pub(super) fn new(store: &'s dyn ResultStore, out: &'s Path) -> Self {
        Self { store, out }
    }
}

/// Returns the key of a file in the store.
fn store_key(path: &str, made_from: &ContentHash) -> ContentHash {
    ContentHash::compute(format!("{path}\n{made_from}").as_bytes())
}

impl EarlierFiles for StoredFiles<'_> {
    fn recall(&self, path: &str, made_from: &ContentHash) -> Option<Vec<u8>> {
        let stored = self.store.get(&store_key(path, made_from))?;
        let bytes = fs::read(self.out.join(path)).ok()?;
        (ContentHash::compute(&bytes).as_str().as_bytes() == stored).then_some(bytes)
    }

    fn record(&self, path: &str, made_from: &ContentHash, bytes: &[u8]) {
        self.store.put(&store_key(path, made_from), ContentHash::compute(bytes).as_str().as_bytes().to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::MemoryStore;

    #[test]
    fn a_file_is_found_while_it_and_its_data_are_the_same() {
        let out = tempfile::tempdir().unwrap();
        let store = MemoryStore::default();
        let files = StoredFiles::new(&store, out.path());
        let key = |text: &str| ContentHash::compute(text.as_bytes());
        fs::write(out.path().join("a.xlsx"), "made").unwrap();
        assert_eq!(files.recall("a.xlsx", &key("data")), None);
        files.record("a.xlsx", &key("data"), b"made");
        assert_eq!(files.recall("a.xlsx", &key("data")).as_deref(), Some(&b"made"[..]));
        assert_eq!(files.recall("a.xlsx", &key("other data")), None);
        assert_eq!(files.recall("b.xlsx", &key("data")), None);
        fs::write(out.path().join("a.xlsx"), "changed by hand").unwrap();
        assert_eq!(files.recall("a.xlsx", &key("data")), None);
    }
}
