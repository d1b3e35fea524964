//! Lists every file and folder of a project that a run may read.

use super::{HISTORY, PLUGINS, WORKBOOKS, list_user_entries};
use crate::source::{EntryType, ListError, ProjectSource, SourceEntry};
use std::path::Path;
use tonghop_core::system_error::read_error_message;

/// Lists the settings, rules, workbooks and earlier runs of a project, sorted by name, without the by-products of
/// systems and applications.
pub(super) fn list_project(source: &dyn ProjectSource, settings: &str) -> Vec<Result<SourceEntry, ListError>> {
    let mut all = Vec::new();
    for root in [settings, PLUGINS, WORKBOOKS, HISTORY] {
        let path = Path::new(root);
        match (list_user_entries(source, path), source.entry_type(path)) {
            // A link in place of the folder is followed.
            (Ok(entries), _) => {
                all.push(Ok(SourceEntry { path: path.to_owned(), entry_type: EntryType::Folder }));
                all.extend(entries);
            }
            (Err(error), Some(EntryType::Folder)) => {
                all.push(Err(ListError { path: Some(path.to_owned()), reason: read_error_message(&error) }));
            }
            (Err(_), Some(entry_type)) => all.push(Ok(SourceEntry { path: path.to_owned(), entry_type })),
            (Err(_), None) => {}
        }
    }
    all
}

/// Lists the entries; `None` if one cannot be listed or is neither a file nor a folder.
pub fn project_entries(source: &dyn ProjectSource, settings: &str) -> Option<Vec<SourceEntry>> {
    let is_usual = |entry: &SourceEntry| matches!(entry.entry_type, EntryType::File | EntryType::Folder);
    list_project(source, settings).into_iter().map(|entry| entry.ok().filter(is_usual)).collect()
}
