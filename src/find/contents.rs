//! Everything of a project that a run may look at.
//!
//! In comes the folder of the project, out go paths. Never here: what a file holds.

use super::{HISTORY, PLUGINS, WORKBOOKS, is_of_people};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Goes through the settings, rules, workbooks and earlier runs of a project, files and folders by name, without the
/// by-products of systems and applications.
pub(super) fn entries(project: &Path, settings: &str) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let roots = [settings, PLUGINS, WORKBOOKS, HISTORY].map(|name| project.join(name));
    roots.into_iter().filter(|root| root.exists()).flat_map(|root| {
        let shown = |entry: &DirEntry| entry.depth() == 0 || is_of_people(entry);
        WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(shown)
    })
}

/// A file or folder of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The folder of the project included.
    pub path: PathBuf,
    /// Whether it is a file; a folder otherwise.
    pub is_file: bool,
}

/// Lists what a run may look at; `None` if that is not all to be seen, or neither files nor folders.
pub fn contents(project: &Path, settings: &str) -> Option<Vec<Content>> {
    let content = |entry: walkdir::Result<DirEntry>| {
        let entry = entry.ok()?;
        let (is_file, is_folder) = (entry.file_type().is_file(), entry.file_type().is_dir());
        (is_file || is_folder).then(|| Content { path: entry.into_path(), is_file })
    };
    entries(project, settings).map(content).collect()
}
