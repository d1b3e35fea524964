//! Puts the files of a run in the place of those of the last one.
//!
//! Input: the temporary files. Output: the files in place, and those that cannot be replaced. Not here: what is written
//! before the first file is replaced.

use super::records::{RecordedOutput, with_held_files};
use super::{Commit, HeldFile, is_inside_folder, new_version, temporary_path};
use crate::write::{MANIFEST, OutputFile};
use std::collections::BTreeSet;
use std::io;
use tonghop_core::model::hash::ContentHash;
use tracing::debug;

/// The number of attempts to replace a file that is in use, a tenth of a second apart.
pub(super) const MAX_RENAME_ATTEMPTS: usize = 10;

impl Commit<'_> {
    /// Replaces the files except the manifest; returns those that cannot be replaced, after several attempts.
    pub(super) fn replace_all(&self, changed: &[&OutputFile]) -> Vec<HeldFile> {
        let mut waiting: Vec<&OutputFile> = changed.iter().copied().filter(|file| file.name != MANIFEST).collect();
        let mut lost = Vec::new();
        let mut replaced = 0;
        for attempt in 0..MAX_RENAME_ATTEMPTS {
            if attempt > 0 && !waiting.is_empty() {
                self.disk.wait_for_release();
            }
            for file in std::mem::take(&mut waiting) {
                let path = self.path_of(&file.name);
                match self.disk.rename(&temporary_path(&path), &path) {
                    Ok(()) => replaced += 1,
                    Err(error) if self.disk.is_held(&error) && attempt + 1 < MAX_RENAME_ATTEMPTS => waiting.push(file),
                    Err(error) => lost.push(self.put_aside(file, &error)),
                }
            }
        }
        debug!(replaced, lost = lost.len(), "commit");
        lost
    }

    /// Keeps the new version of a file that cannot be replaced next to it.
    fn put_aside(&self, file: &OutputFile, error: &io::Error) -> HeldFile {
        let (path, new) = (self.path_of(&file.name), self.path_of(&new_version(&file.name)));
        let has_new_version = self.disk.rename(&temporary_path(&path), &new).is_ok();
        HeldFile { has_new_version, ..self.held_file(&file.name, error) }
    }

    /// Replaces the manifest, in which held files are as they were; returns whether it records all that is in place.
    pub(super) fn replace_manifest(&self, changed: &[&OutputFile], held: &[HeldFile]) -> io::Result<bool> {
        let Some(manifest) = self.files.iter().find(|file| file.name == MANIFEST) else { return Ok(held.is_empty()) };
        let path = self.path_of(MANIFEST);
        let temporary = temporary_path(&path);
        if held.is_empty() {
            if !changed.iter().any(|file| file.name == MANIFEST) {
                return Ok(true);
            }
        } else {
            self.disk.remove(&temporary)?;
            let Some(bytes) = self.manifest_with_held_files(&manifest.bytes, held) else { return Ok(false) };
            self.disk.write_new(&temporary, &bytes)?;
            self.disk.sync_files(std::slice::from_ref(&temporary))?;
        }
        self.disk.rename(&temporary, &path).map(|()| true)
    }

    /// Returns the manifest with the records of what is in place of held files, or next to them.
    fn manifest_with_held_files(&self, manifest: &[u8], held: &[HeldFile]) -> Option<Vec<u8>> {
        let names: BTreeSet<&str> = held.iter().map(|file| file.name.as_str()).collect();
        let in_place = self.previous_outputs.records().filter(|record| names.contains(record.file.as_str()));
        let aside: BTreeSet<&str> =
            held.iter().filter(|file| file.has_new_version).map(|file| file.name.as_str()).collect();
        let aside = self
            .files
            .iter()
            .filter(|file| aside.contains(file.name.as_str()))
            .map(|file| RecordedOutput { file: new_version(&file.name), sha256: ContentHash::compute(&file.bytes) });
        with_held_files(manifest, &names, in_place.chain(aside)).ok()
    }

    /// Removes what an earlier run wrote and this one does not; files that a user changed since stay. Returns those that
    /// cannot be removed.
    pub(super) fn remove_stale(&self, held: &[HeldFile]) -> Vec<HeldFile> {
        let aside = held.iter().filter(|file| file.has_new_version).map(|file| new_version(&file.name));
        let written: BTreeSet<String> = self.files.iter().map(|file| file.name.clone()).chain(aside).collect();
        let remove = |name: &str| -> io::Result<()> {
            let path = self.path_of(name);
            match self.disk.read(&path)? {
                Some(present) if self.previous_outputs.contains(name, &present) => self.disk.remove(&path),
                _ => Ok(()),
            }
        };
        let stale = self.previous_outputs.names().filter(|name| !written.contains(*name) && is_inside_folder(name));
        stale.filter_map(|name| remove(name).err().map(|error| self.held_file(name, &error))).collect()
    }
}
