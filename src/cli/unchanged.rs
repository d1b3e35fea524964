//! A run over a project in which nothing changed since the last one: told again, not made again.
//!
//! In comes what the project holds now, out goes what the last run over the same told, as long as its files stand as it
//! wrote them. Never here: what a file means; a time.

use super::summary::Summary;
use crate::pipeline::{Contents, Options, ReadBooks, Run};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use tonghop_core::diag::{Code, Diagnostics};
use tonghop_core::model::hash::Hash;

/// Losses that another run over the same may not have: the machine was busy, or the memory short.
const FLEETING: [Code; 3] = [Code::WorkbookUnreadable, Code::HistoryUnusable, Code::RuleLimit];

/// What a run told, and what it wrote.
#[derive(Serialize, Deserialize)]
pub(super) struct Told {
    pub diagnostics: Diagnostics,
    pub summary: Summary,
    /// The folder below the outputs.
    period: String,
    files: Vec<(String, Hash)>,
}

/// Where the last run over the same is looked for.
pub(super) struct Last<'r> {
    reader: &'r dyn ReadBooks,
    /// The name of everything that the run depends on; none where that cannot be told.
    name: Option<Hash>,
}

impl<'r> Last<'r> {
    pub(super) fn new(reader: &'r dyn ReadBooks, contents: Option<&Contents>, options: Options) -> Self {
        Self { reader, name: contents.map(|contents| contents.name(options)) }
    }

    /// Returns what the last run over the same told, and its folder, if every file stands there as it was written.
    pub(super) fn told(&self, out: &Path) -> Option<(Told, PathBuf)> {
        let told: Told = postcard::from_bytes(&self.reader.recall(self.name.as_ref()?)?).ok()?;
        let folder = out.join(&told.period);
        let stands =
            |(name, hash): &(String, Hash)| fs::read(folder.join(name)).is_ok_and(|bytes| Hash::of(&bytes) == *hash);
        told.files.iter().all(stands).then_some((told, folder))
    }

    /// Keeps what a run told that was written, unless the next one may do better.
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
