//! Ranks the files of a department by the `[duplicates] keep` setting.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::config::DuplicatePolicy;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::last_modified::LastModified;
use tonghop_core::model::provenance::Source;

/// The precedence of files.
pub(crate) struct Precedence {
    pub keep: DuplicatePolicy,
    /// The rank and the time of the last save of each file.
    ranks: BTreeMap<FilePath, (usize, Option<LastModified>)>,
}

impl Precedence {
    /// Ranks files, which must be in the order of their names.
    pub(crate) fn new<'b>(
        files: impl Iterator<Item = (&'b FilePath, Option<&'b LastModified>)>,
        keep: DuplicatePolicy,
    ) -> Self {
        let mut ranked: Vec<_> = files.collect();
        if keep == DuplicatePolicy::Newest {
            ranked.sort_by_key(|(_, saved)| Reverse(*saved));
        }
        let files = ranked.into_iter().enumerate();
        Self { keep, ranks: files.map(|(at, (file, saved))| (file.clone(), (at, saved.cloned()))).collect() }
    }

    /// Returns the rank of a file; the lowest has precedence.
    pub(crate) fn rank(&self, file: &FilePath) -> usize {
        self.ranks.get(file).map_or(usize::MAX, |(rank, _)| *rank)
    }

    /// Returns whether neither of two cells is used: they are of two files of a department, and `keep` is `Refuse`.
    pub(crate) fn is_conflict(&self, used: &Figure, other: &Source) -> bool {
        let is_rival = |source: &Arc<Source>| source.department == other.department && source.file != other.file;
        self.keep == DuplicatePolicy::Refuse && used.sources().first().is_some_and(is_rival)
    }

    /// Returns the time of the last save of a file for messages.
    pub(crate) fn format_last_modified(&self, file: &FilePath) -> String {
        let saved = self.ranks.get(file).and_then(|(_, saved)| saved.as_ref());
        saved.map_or_else(|| "?".to_owned(), LastModified::to_string)
    }
}
