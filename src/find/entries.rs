//! Lists every file and folder of a project that a run may read.

use super::{HISTORY, PLUGINS, WORKBOOKS, is_user_entry};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Walks the settings, rules, workbooks and earlier runs of a project, sorted by name, without the by-products of
/// systems and applications.
pub(super) fn walk_project(project: &Path, settings: &str) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let roots = [settings, PLUGINS, WORKBOOKS, HISTORY].map(|name| project.join(name));
    roots.into_iter().filter(|root| root.exists()).flat_map(|root| {
        let shown = |entry: &DirEntry| entry.depth() == 0 || is_user_entry(entry);
        WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(shown)
    })
}

/// A file or folder of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectEntry {
    /// The path, including the folder of the project.
    pub path: PathBuf,
    /// Whether it is a file rather than a folder.
    pub is_file: bool,
}

/// Lists the entries; `None` if one cannot be read or is neither a file nor a folder.
pub fn project_entries(project: &Path, settings: &str) -> Option<Vec<ProjectEntry>> {
    let content = |entry: walkdir::Result<DirEntry>| {
        let entry = entry.ok()?;
        let (is_file, is_folder) = (entry.file_type().is_file(), entry.file_type().is_dir());
        (is_file || is_folder).then(|| ProjectEntry { path: entry.into_path(), is_file })
    };
    walk_project(project, settings).map(content).collect()
}
