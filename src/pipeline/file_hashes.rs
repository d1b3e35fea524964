//! Hashes the files of a project, so that a run over the same files need not be repeated.
//!
//! Input: the source of a project. Output: the hash of each file that a run may read, and one key for all of them.
//! Not here: the meaning of a file, timestamps.

use super::SETTINGS_FILE;
use crate::find;
use crate::source::ProjectSource;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::parallel::parallel_map;
use tonghop_report::write::OutputOptions;

/// The paths of a project; files have a hash, folders have none.
pub struct FileHashes(BTreeMap<PathBuf, Option<ContentHash>>);

impl FileHashes {
    /// Hashes every file that a run may read, on several threads; `None` if one cannot be read.
    pub fn compute(source: &dyn ProjectSource, threads: NonZeroUsize) -> Option<Self> {
        let found = find::project_entries(source, SETTINGS_FILE)?;
        let hashed = parallel_map(&found, threads, &|entry| {
            let hash =
                if entry.is_folder() { None } else { Some(ContentHash::compute(&source.read(&entry.path).ok()?)) };
            Some((entry.path.clone(), hash))
        });
        hashed.into_iter().collect::<Option<_>>().map(Self)
    }

    /// Returns the hash of a file; `None` for a folder or an unknown path.
    pub fn get(&self, path: &Path) -> Option<&ContentHash> {
        self.0.get(path)?.as_ref()
    }

    /// Returns whether the project has this file or folder.
    pub fn contains(&self, path: &Path) -> bool {
        self.0.contains_key(path)
    }

    /// Returns the cache key of a run with these options; it changes with any input of the run except the program.
    pub fn run_key(&self, options: OutputOptions) -> ContentHash {
        ContentHash::compute(format!("{options:?}\n{:?}", self.0).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FolderSource;
    use std::fs;
    use tempfile::tempdir;

    #[test]
    fn whatever_changes_has_another_name() {
        let project = tempdir().unwrap();
        let at = |name: &str| project.path().join(name);
        let name = || {
            FileHashes::compute(&FolderSource::new(project.path()), NonZeroUsize::MIN)
                .unwrap()
                .run_key(OutputOptions::default())
        };
        fs::create_dir_all(at("workbooks/a")).unwrap();
        fs::write(at("tonghop.toml"), "x").unwrap();
        let mut last = name();
        for (what, change) in [
            ("a workbook", &(|| fs::write(at("workbooks/a/b.xlsx"), "x").unwrap()) as &dyn Fn()),
            ("another byte", &|| fs::write(at("workbooks/a/b.xlsx"), "y").unwrap()),
            ("another name", &|| fs::rename(at("workbooks/a/b.xlsx"), at("workbooks/a/c.xlsx")).unwrap()),
            ("a folder", &|| fs::create_dir(at("workbooks/b")).unwrap()),
            ("a rule", &|| {
                fs::create_dir(at("plugins")).unwrap();
                fs::write(at("plugins/a.lua"), "").unwrap();
            }),
            ("an earlier run", &|| {
                fs::create_dir(at("history")).unwrap();
                fs::write(at("history/2023-09-thang.xlsx"), "").unwrap();
            }),
            ("the settings", &|| fs::write(at("tonghop.toml"), "y").unwrap()),
        ] {
            assert_eq!(name(), last, "nothing");
            change();
            assert_ne!(name(), last, "{what}");
            last = name();
        }
        for by_product in ["workbooks/a/~$b.xlsx", "workbooks/a/A1B2C3D4", "workbooks/Thumbs.db", "plugins/desktop.ini"]
        {
            fs::write(at(by_product), "").unwrap();
        }
        fs::create_dir(at("out")).unwrap();
        assert_eq!(name(), last, "by-products and outputs");
        assert_ne!(
            FileHashes::compute(&FolderSource::new(project.path()), NonZeroUsize::MIN)
                .unwrap()
                .run_key(OutputOptions { sources: true }),
            last
        );
    }
}
