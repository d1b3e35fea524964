//! Caches the messages of the last run, to show them again if nothing changed.
//!
//! Input: the hashes of the project's files. Output: the messages of the last run with the same inputs, if its output
//! files are unchanged. Not here: the meaning of a file, timestamps.

use super::summary::Summary;
use crate::pipeline::{FileHashes, OutputOptions, ResultStore, Run};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::hash::ContentHash;

/// The messages and the output files of a run.
#[derive(Serialize, Deserialize)]
pub(super) struct CachedRun {
    pub diagnostics: Diagnostics,
    pub summary: Summary,
    /// The name of the folder below the outputs.
    period: String,
    files: Vec<(String, ContentHash)>,
}

/// Looks up and stores the run for the current inputs.
pub(super) struct RunCache<'r> {
    store: &'r dyn ResultStore,
    /// The key of all inputs of the run; `None` if they could not be hashed.
    key: Option<ContentHash>,
}

impl<'r> RunCache<'r> {
    pub(super) fn new(store: &'r dyn ResultStore, hashes: Option<&FileHashes>, options: OutputOptions) -> Self {
        Self { store, key: hashes.map(|contents| contents.run_key(options)) }
    }

    /// Returns the last run with the same inputs and its folder, if every output file is unchanged.
    pub(super) fn lookup(&self, out: &Path) -> Option<(CachedRun, PathBuf)> {
        let cached: CachedRun = postcard::from_bytes(&self.store.get(self.key.as_ref()?)?).ok()?;
        let folder = out.join(&cached.period);
        let is_unchanged = |(name, hash): &(String, ContentHash)| {
            fs::read(folder.join(name)).is_ok_and(|bytes| ContentHash::compute(&bytes) == *hash)
        };
        cached.files.iter().all(is_unchanged).then_some((cached, folder))
    }

    /// Stores a run whose files are written, unless a repeated run may have fewer problems.
    pub(super) fn store(&self, run: &Run, summary: &Summary) {
        if run.diagnostics.iter().any(|problem| problem.code.is_transient()) {
            return;
        }
        let files = run.files.iter().map(|file| (file.name.clone(), ContentHash::compute(&file.bytes))).collect();
        let cached = CachedRun {
            diagnostics: run.diagnostics.clone(),
            summary: summary.clone(),
            period: run.period.clone(),
            files,
        };
        if let (Some(key), Ok(bytes)) = (&self.key, postcard::to_allocvec(&cached)) {
            self.store.put(key, bytes);
        }
    }
}
