//! Commits the files of a run to disk: each file is either the old or the new version, and manual changes are
//! preserved.
//!
//! Input: rendered files and a folder. Output: the files on disk, the manifest last, and the new names of files that a
//! user had changed. All files are first written to temporary names in their folders, so that a full disk loses nothing
//! of the last run; a journal records for the next run what an interrupted run may have left. A file that would not
//! change is not written, and all that are written are synced together. A file that a program holds open or that may not
//! be written costs only itself, and once the first file is replaced, so does every other fault. Nothing is written
//! outside the folder. Not here: rendering.

mod error;
mod lock;
mod records;
mod replacement;

pub use error::{CommitError, HeldFile};

use super::file_system::{FileSystem, RealFileSystem};
use super::{MANIFEST, OutputFile};
use error::NEW;
use lock::lock_folder;
use records::{PreviousOutputs, RecordedOutput, RecordedOutputs};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::system_error::write_error_message;

/// A file that a user had changed since it was written, and the name under which it was preserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preserved {
    /// Its path in the output folder.
    pub name: String,
    /// Its new name, a path in the same folder: `bao-cao (bản sửa tay 1).docx`.
    pub preserved_as: String,
}

/// The journal: what a run is about to write. It is removed when all files are in place.
const JOURNAL_FILE: &str = ".tonghop.journal";
/// The prefix and suffix of temporary files.
const TEMPORARY_AFFIXES: (&str, &str) = (".tonghop-", ".tmp");

/// Writes all files into `folder`, creating it and its subfolders if needed.
///
/// An existing file that differs from what the last run wrote is preserved under another name in the same folder.
///
/// # Errors
/// Returns an error if a folder or file cannot be written, or if another run is writing into the folder. Files that are
/// already replaced stay replaced; every file is complete in any case. Files that cannot be replaced are in the error,
/// and all others are in place.
pub fn commit(files: &[OutputFile], folder: &Path) -> Result<Vec<Preserved>, CommitError> {
    commit_on(&RealFileSystem, files, folder)
}

fn commit_on(disk: &dyn FileSystem, files: &[OutputFile], folder: &Path) -> Result<Vec<Preserved>, CommitError> {
    files.iter().try_for_each(|file| check_inside_folder(file, folder))?;
    disk.create_folder(folder).map_err(io_error_at(folder))?;
    let _lock = lock_folder(folder)?;
    let commit = Commit { disk, folder, files, previous_outputs: read_previous_outputs(disk, folder)? };
    let outcome = commit.prepare_folders().and_then(|refused| commit.run(&refused));
    if outcome.is_err() {
        // The next run removes what cannot be removed now.
        let _ = commit.remove_temporaries();
    }
    outcome
}

/// Writes one file into `folder`, creating the folder if needed; the file appears complete or not at all.
///
/// # Errors
/// Returns an error if a folder or file cannot be written.
pub fn write_atomically(file: &OutputFile, folder: &Path) -> Result<PathBuf, CommitError> {
    let disk = RealFileSystem;
    check_inside_folder(file, folder)?;
    disk.create_folder(folder).map_err(io_error_at(folder))?;
    let path = folder.join(&file.name);
    let temporary = temporary_path(&path);
    disk.write_new(&temporary, &file.bytes).map_err(io_error_at(&temporary))?;
    disk.sync_files(std::slice::from_ref(&temporary)).map_err(io_error_at(&temporary))?;
    disk.rename(&temporary, &path).map_err(io_error_at(&path))?;
    disk.sync_folder(folder).map_err(io_error_at(folder))?;
    Ok(path)
}

/// Checks that the folder of the outputs is no link: whatever it leads to is outside the folder of the user's choice.
///
/// # Errors
/// Returns an error if it is.
pub fn check_own_folder(folder: &Path) -> Result<(), CommitError> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.file_type().is_symlink() => Err(CommitError::FolderIsLink(folder.to_owned())),
        _ => Ok(()),
    }
}

fn io_error_at(path: &Path) -> impl FnOnce(io::Error) -> CommitError + use<> {
    let path = path.to_owned();
    move |source| CommitError::Io { path, source }
}

/// Reads what earlier runs wrote: the last finished one, and those that were interrupted since.
fn read_previous_outputs(disk: &dyn FileSystem, folder: &Path) -> Result<PreviousOutputs, CommitError> {
    let mut outputs = PreviousOutputs::default();
    for name in [MANIFEST, JOURNAL_FILE] {
        let path = folder.join(name);
        match disk.read(&path) {
            // A folder records nothing, and is named when the file is to be put in its place.
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => {}
            content => outputs.add(&content.map_err(io_error_at(&path))?.unwrap_or_default()),
        }
    }
    Ok(outputs)
}

/// The files of a run before any is replaced.
#[derive(Default)]
struct Prepared<'f> {
    /// Those that differ from what is in place; each has a temporary file.
    changed: Vec<&'f OutputFile>,
    preserved: Vec<Preserved>,
    /// Those that cannot be replaced.
    held: Vec<HeldFile>,
}

impl Prepared<'_> {
    fn hold(&mut self, name: &str) {
        self.held.push(HeldFile { name: name.to_owned(), has_new_version: false, failure: None });
    }
}

/// What was found in the place of a file.
enum Preparation {
    Unchanged,
    Changed,
    /// What a user wrote there.
    Edited(Vec<u8>),
}

/// A commit in progress.
struct Commit<'c> {
    disk: &'c dyn FileSystem,
    folder: &'c Path,
    files: &'c [OutputFile],
    previous_outputs: PreviousOutputs,
}

impl Commit<'_> {
    /// Creates the folders of the files and removes what an interrupted run left in them; returns those that cannot be
    /// used.
    fn prepare_folders(&self) -> Result<BTreeSet<PathBuf>, CommitError> {
        let mut refused = BTreeSet::new();
        for folder in self.folders().into_iter().filter(|folder| folder != self.folder) {
            if self.unless_held(self.disk.create_subfolder(&folder).map_err(io_error_at(&folder)))?.is_none() {
                refused.insert(folder);
            }
        }
        self.remove_temporaries()?;
        Ok(refused)
    }

    /// Writes the files, except those in `refused` folders.
    fn run(&self, refused: &BTreeSet<PathBuf>) -> Result<Vec<Preserved>, CommitError> {
        let Prepared { changed, preserved, mut held } = self.prepare_files(refused)?;
        if !changed.is_empty() {
            self.write_journal(&changed)?;
        }
        held.extend(self.replace_all(&changed));
        held.extend(self.remove_stale(&held));
        let is_recorded = self.replace_manifest(&changed, &held).unwrap_or_else(|error| {
            held.retain(|file| file.name != MANIFEST);
            held.push(self.held_file(MANIFEST, &error));
            false
        });
        let not_synced = self.sync_folders();
        if is_recorded && not_synced.is_none() {
            // Everything is in place: a journal that cannot be removed only repeats the manifest.
            let _ = self.disk.remove(&self.folder.join(JOURNAL_FILE));
        }
        match not_synced {
            _ if !held.is_empty() => Err(CommitError::FilesHeld(held)),
            Some(error) => Err(error),
            None => Ok(preserved),
        }
    }

    /// Makes the renames durable; returns the first folder that could not be synced.
    fn sync_folders(&self) -> Option<CommitError> {
        let failures = self.folders().into_iter().filter_map(|path| match self.disk.sync_folder(&path) {
            Err(error) if !self.disk.is_held(&error) => Some(CommitError::NotSynced { path, source: error }),
            _ => None,
        });
        // All folders are synced, also after one that could not be.
        failures.collect::<Vec<_>>().into_iter().next()
    }

    /// Returns a file that could not be replaced because of an error.
    fn held_file(&self, name: &str, error: &io::Error) -> HeldFile {
        let failure = (!self.disk.is_held(error)).then(|| write_error_message(error));
        HeldFile { name: name.to_owned(), has_new_version: false, failure }
    }

    /// Returns `None` in place of an error that means that a file or folder is held.
    fn unless_held<T>(&self, outcome: Result<T, CommitError>) -> Result<Option<T>, CommitError> {
        match outcome {
            Err(CommitError::Io { source, .. }) if self.disk.is_held(&source) => Ok(None),
            outcome => outcome.map(Some),
        }
    }

    /// Writes a temporary file for every file that differs from the one in place, and preserves what a user changed.
    fn prepare_files(&self, refused: &BTreeSet<PathBuf>) -> Result<Prepared<'_>, CommitError> {
        let mut prepared = Prepared::default();
        let mut edited = Vec::new();
        for file in self.files {
            if self.path_of(&file.name).parent().is_some_and(|folder| refused.contains(folder)) {
                prepared.hold(&file.name);
                continue;
            }
            match self.unless_held(self.prepare_file(file))? {
                None => prepared.hold(&file.name),
                Some(Preparation::Unchanged) => {}
                Some(Preparation::Changed) => prepared.changed.push(file),
                Some(Preparation::Edited(present)) => edited.push((file, present)),
            }
        }
        for (file, present) in edited {
            match self.unless_held(self.preserve(&file.name, &present))? {
                Some(preserved_as) => {
                    prepared.preserved.push(Preserved { name: file.name.clone(), preserved_as });
                    prepared.changed.push(file);
                }
                None => prepared.hold(&file.name),
            }
        }
        Ok(prepared)
    }

    fn prepare_file(&self, file: &OutputFile) -> Result<Preparation, CommitError> {
        let path = self.path_of(&file.name);
        let present = self.disk.read(&path).map_err(io_error_at(&path))?;
        if present.as_ref() == Some(&file.bytes) {
            return Ok(Preparation::Unchanged);
        }
        self.write_temporary(&file.name, &file.bytes)?;
        let is_edited =
            |present: &Vec<u8>| file.name != MANIFEST && !self.previous_outputs.contains(&file.name, present);
        Ok(present.filter(is_edited).map_or(Preparation::Changed, Preparation::Edited))
    }

    /// Returns the folders of the files.
    fn folders(&self) -> BTreeSet<PathBuf> {
        let below = self.files.iter().filter_map(|file| self.path_of(&file.name).parent().map(Path::to_owned));
        below.chain([self.folder.to_owned()]).collect()
    }

    fn path_of(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Removes all temporary files, except those in folders that may not be written.
    fn remove_temporaries(&self) -> Result<(), CommitError> {
        let (start, end) = TEMPORARY_AFFIXES;
        for folder in self.folders() {
            let names = self.unless_held(self.disk.list_names(&folder).map_err(io_error_at(&folder)))?;
            for name in names.unwrap_or_default() {
                if name.starts_with(start) && name.ends_with(end) {
                    let path = folder.join(name);
                    self.unless_held(self.disk.remove(&path).map_err(io_error_at(&path)))?;
                }
            }
        }
        Ok(())
    }

    fn write_temporary(&self, name: &str, bytes: &[u8]) -> Result<(), CommitError> {
        let temporary = temporary_path(&self.path_of(name));
        self.disk.write_new(&temporary, bytes).map_err(io_error_at(&temporary))
    }

    /// Syncs the temporary files, and records in advance what is written, so that the next run recognises it as ours if
    /// this one is interrupted.
    fn write_journal(&self, changed: &[&OutputFile]) -> Result<(), CommitError> {
        let record = |file: &&OutputFile| {
            let sha256 = ContentHash::compute(&file.bytes);
            let names = [file.name.clone(), new_version(&file.name)];
            names.map(|file| RecordedOutput { file, sha256: sha256.clone() })
        };
        let outputs = self.previous_outputs.records().chain(changed.iter().flat_map(record)).collect();
        let journal = self.path_of(JOURNAL_FILE);
        let bytes =
            serde_json::to_vec(&RecordedOutputs { outputs }).map_err(io::Error::from).map_err(io_error_at(&journal))?;
        self.write_temporary(JOURNAL_FILE, &bytes)?;
        let names = changed.iter().map(|file| file.name.as_str()).chain([JOURNAL_FILE]);
        let temporaries: Vec<PathBuf> = names.map(|name| temporary_path(&self.path_of(name))).collect();
        self.disk.sync_files(&temporaries).map_err(io_error_at(self.folder))?;
        self.disk.rename(&temporary_path(&journal), &journal).map_err(io_error_at(&journal))
    }

    /// Preserves a changed file under an unused name: `bao-cao (bản sửa tay 1).docx`.
    fn preserve(&self, name: &str, present: &[u8]) -> Result<String, CommitError> {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut number = 1;
        loop {
            let candidate = format!("{stem} (bản sửa tay {number}).{ending}");
            let second = self.path_of(&candidate);
            match self.disk.read(&second).map_err(io_error_at(&second))? {
                // An interrupted run preserved it already.
                Some(there) if there == present => return Ok(candidate),
                Some(_) => number += 1,
                None if self.disk.hard_link(&self.path_of(name), &second).is_ok() => return Ok(candidate),
                // Not every file system supports hard links.
                None => {
                    self.write_temporary(&candidate, present)?;
                    let temporary = temporary_path(&second);
                    self.disk.sync_files(std::slice::from_ref(&temporary)).map_err(io_error_at(&temporary))?;
                    self.disk.rename(&temporary, &second).map_err(io_error_at(&second))?;
                    return Ok(candidate);
                }
            }
        }
    }
}

/// Checks that a file is written inside the folder.
fn check_inside_folder(file: &OutputFile, folder: &Path) -> Result<(), CommitError> {
    if is_inside_folder(&file.name) {
        return Ok(());
    }
    Err(io_error_at(&folder.join(&file.name))(io::ErrorKind::InvalidInput.into()))
}

/// Returns whether a name from a manifest stays inside the folder; a user may have edited the manifest.
fn is_inside_folder(name: &str) -> bool {
    let mut parts = Path::new(name).components().peekable();
    parts.peek().is_some() && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Returns the temporary path of a file, in the same folder.
fn temporary_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (start, end) = TEMPORARY_AFFIXES;
    path.with_file_name(format!("{start}{name}{end}"))
}

/// Returns the name for the new version of a file that is held.
fn new_version(name: &str) -> String {
    format!("{name}{NEW}")
}

#[cfg(test)]
mod tests;
