//! Writes new files together and never replaces existing ones.
//!
//! Input: names and contents. Output: the files, or the name of the first that already exists.

use super::ScaffoldError;
use super::error::write_error;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// Files that do not exist yet.
#[derive(Default)]
pub(super) struct NewFiles {
    files: Vec<(String, Vec<u8>)>,
}

impl NewFiles {
    /// Adds a file by its path relative to the project, with `/` as separator.
    pub(super) fn add(&mut self, name: &str, content: impl Into<Vec<u8>>) {
        self.files.push((name.to_owned(), content.into()));
    }

    /// Writes all files and returns their names; if one of them exists, none is written.
    pub(super) fn write(self, project: &Path) -> Result<Vec<String>, ScaffoldError> {
        if let Some((taken, _)) = self.files.iter().find(|(name, _)| project.join(name).exists()) {
            return Err(ScaffoldError::Exists(taken.clone()));
        }
        for (name, content) in &self.files {
            let path = project.join(name);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(write_error(folder))?;
            }
            let written = OpenOptions::new().write(true).create_new(true).open(&path);
            written.and_then(|mut file| file.write_all(content)).map_err(write_error(&path))?;
        }
        Ok(self.files.into_iter().map(|(name, _)| name).collect())
    }
}
