//! Caches the messages of the last run, to show them again if nothing changed.
//!
//! Input: the hashes of the project's files. Output: the messages of the last run with the same inputs, if its output
//! files are unchanged. Not here: the meaning of a file, timestamps.

use super::summary::Summary;
use crate::pipeline::{Contents, Options, ReadBooks, Run};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use tonghop_core::diag::{Code, Diagnostics};
use tonghop_core::model::hash::Hash;

/// Problems that a repeated run may not have, because the machine was busy or short of memory.
const FLEETING: [Code; 3] = [Code::WorkbookUnreadable, Code::HistoryUnusable, Code::RuleLimit];

/// The messages and the output files of a run.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    pub diagnostics: Diagnostics,
    pub summary: Summary,
    /// The name of the folder below the outputs.
    period: String,
    files: Vec<(String, Hash)>,
}

/// Looks up and stores the run for the current inputs.
pub(super) struct Last<'r> {
    reader: &'r dyn ReadBooks,
    /// The key of all inputs of the run; `None` if they could not be hashed.
    name: Option<Hash>,
}

impl<'r> Last<'r> {
    pub(super) fn new(reader: &'r dyn ReadBooks, contents: Option<&Contents>, options: Options) -> Self {
        Self { reader, name: contents.map(|contents| contents.name(options)) }
    }

    /// Returns the last run with the same inputs and its folder, if every output file is unchanged.
    pub(super) fn told(&self, out: &Path) -> Option<(Told, PathBuf)> {
        let told: Told = postcard::from_bytes(&self.reader.recall(self.name.as_ref()?)?).ok()?;
        let folder = out.join(&told.period);
        let stands =
            |(name, hash): &(String, Hash)| fs::read(folder.join(name)).is_ok_and(|bytes| Hash::of(&bytes) == *hash);
        told.files.iter().all(stands).then_some((told, folder))
    }

    /// Stores a run whose files are written, unless a repeated run may have fewer problems.
    pub(super) fn keep(&self, run: &Run, summary: &Summary) {
        if run.diagnostics.iter().any(|problem| FLEETING.contains(&problem.code)) {
            return;
        }
        let files = run.files.iter().map(|file| (file.name.clone(), Hash::of(&file.bytes))).collect();
        let told =
            Told { diagnostics: run.diagnostics.clone(), summary: summary.clone(), period: run.period.clone(), files };
        if let (Some(name), Ok(told)) = (&self.name, postcard::to_allocvec(&told)) {
            self.reader.keep(name, told);
        }
    }
}
