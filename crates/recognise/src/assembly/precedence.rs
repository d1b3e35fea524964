//! Ranks the files of a department by the `[duplicates]` setting.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use tonghop_core::config::{DepartmentPolicy, DuplicatePolicy, DuplicateSettings};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::last_modified::LastModified;

/// The precedence of files.
pub(crate) struct Precedence {
    settings: DuplicateSettings,
    /// The place and the time of the last save of each file.
    places: BTreeMap<FilePath, (usize, Option<LastModified>)>,
}

impl Precedence {
    /// Ranks files, which must be in the order of their names.
    pub(crate) fn new<'b>(
        files: impl Iterator<Item = (&'b FilePath, Option<&'b LastModified>)>,
        settings: DuplicateSettings,
    ) -> Self {
        let mut ranked: Vec<_> = files.collect();
        if settings.keep == DuplicatePolicy::Newest {
            ranked.sort_by_key(|(_, saved)| Reverse(*saved));
        }
        let files = ranked.into_iter().enumerate();
        Self { settings, places: files.map(|(at, (file, saved))| (file.clone(), (at, saved.cloned()))).collect() }
    }

    /// Returns the rank of a file; the lowest has precedence. If the settings choose no file, all have the same rank.
    pub(crate) fn rank(&self, file: &FilePath) -> usize {
        if self.refuses() { 0 } else { self.place(file) }
    }

    /// Returns the place of a file in an order that is the same for every run.
    pub(crate) fn place(&self, file: &FilePath) -> usize {
        self.places.get(file).map_or(usize::MAX, |(place, _)| *place)
    }

    /// Returns whether the settings choose no file of a department.
    pub(crate) fn refuses(&self) -> bool {
        self.settings.keep == DuplicatePolicy::Refuse
    }

    /// Returns whether the first department that a sector lists has precedence.
    pub(crate) fn keeps_first_department(&self) -> bool {
        self.settings.departments == DepartmentPolicy::First
    }

    /// Returns the time of the last save of a file for messages.
    pub(crate) fn format_last_modified(&self, file: &FilePath) -> String {
        let saved = self.places.get(file).and_then(|(_, saved)| saved.as_ref());
        saved.map_or_else(|| "?".to_owned(), LastModified::to_string)
    }
}
