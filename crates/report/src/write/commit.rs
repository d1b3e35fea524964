//! Commits the files of a run to disk: each file is either the old or the new version, and manual changes are
//! preserved.
//!
//! Input: rendered files and a folder. Output: the files on disk, the manifest last, and the new names of files that a
//! user had changed. All files are first written to temporary names in their folders, so that a full disk loses nothing
//! of the last run; a journal records for the next run what an interrupted run may have left. A file that would not
//! change is not written, and all that are written are synced together. Not here: rendering.

use super::file_system::{FileSystem, RealFileSystem};
use super::{MANIFEST, OutputFile};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};
use thiserror::Error;
use tonghop_core::message::{Message, pluralise};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::{display_as_message, msg};
use tracing::debug;

/// The reason why the files could not be committed.
#[derive(Debug, Error)]
pub enum CommitError {
    /// A file or folder cannot be used; no output was replaced.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system error.
        source: io::Error,
    },
    /// Another run is writing into this folder.
    Busy(PathBuf),
    /// Some files have been replaced already.
    Partial {
        /// The number of replaced files.
        replaced: usize,
        /// The file or folder that cannot be used.
        path: PathBuf,
        /// The system error.
        source: io::Error,
    },
    /// Files that are open in another program; their new versions are next to them.
    FilesInUse(Vec<String>),
}

impl CommitError {
    /// Returns whether some files were replaced despite the error.
    pub fn is_partial(&self) -> bool {
        matches!(self, Self::Partial { .. } | Self::FilesInUse(_))
    }
}

impl CommitError {
    /// Returns the error message.
    pub fn message(&self) -> Message {
        match self {
            Self::Io { path, source } => msg!(
                "không ghi được {path}: {source}",
                "{path} cannot be written: {source}",
                path = path.display(),
                source = source
            ),
            Self::Busy(folder) => msg!(
                "một lần chạy khác đang ghi vào {folder}; hãy đợi nó xong rồi chạy lại",
                "another run is writing to {folder}; wait for it to finish, then run again",
                folder = folder.display()
            ),
            Self::Partial { replaced, path, source } => msg!(
                "đã thay {replaced} tệp thì không ghi được {path}: {source}; các tệp còn lại vẫn như cũ",
                "{path} cannot be written: {source}; {count} already replaced, the others are unchanged",
                replaced = replaced,
                count = pluralise(*replaced, "file"),
                path = path.display(),
                source = source
            ),
            Self::FilesInUse(files) => msg!(
                "đang mở trong chương trình khác (Word, Excel): {files}; bản mới ở bên cạnh, có đuôi {NEW}",
                "open in another program (Word, Excel): {files}; the new version is next to it, with a name ending in {NEW}",
                files = files.join(", ")
            ),
        }
    }
}

display_as_message!(CommitError);

/// A file that a user had changed since it was written, and the name under which it was preserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preserved {
    /// Its path in the output folder.
    pub name: String,
    /// Its new name, a path in the same folder: `bao-cao (bản sửa tay 1).docx`.
    pub preserved_as: String,
}

/// The lock file that keeps two runs from writing at the same time.
const LOCK_FILE: &str = ".tonghop.lock";
/// The journal: what a run is about to write. It is removed when all files are in place.
const JOURNAL_FILE: &str = ".tonghop.journal";
/// The prefix and suffix of temporary files.
const TEMPORARY_AFFIXES: (&str, &str) = (".tonghop-", ".tmp");
/// The suffix of the new version of a file that is open in another program.
const NEW: &str = ".new";
/// The number of attempts to replace a file that is in use, a tenth of a second apart.
const MAX_RENAME_ATTEMPTS: usize = 10;

/// Writes all files into `folder`, creating it and its subfolders if needed.
///
/// An existing file that differs from what the last run wrote is preserved under another name in the same folder.
///
/// # Errors
/// Returns an error if a folder or file cannot be written, or if another run is writing into the folder. Files that are
/// already replaced stay replaced; every file is complete in any case.
pub fn commit(files: &[OutputFile], folder: &Path) -> Result<Vec<Preserved>, CommitError> {
    commit_on(&RealFileSystem, files, folder)
}

fn commit_on(disk: &dyn FileSystem, files: &[OutputFile], folder: &Path) -> Result<Vec<Preserved>, CommitError> {
    disk.create_folder(folder).map_err(io_error_at(folder))?;
    let _lock = lock_folder(folder)?;
    let commit = Commit { disk, folder, files, previous_outputs: read_previous_outputs(disk, folder)? };
    commit.prepare_folders()?;
    let outcome = commit.run();
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
    disk.create_folder(folder).map_err(io_error_at(folder))?;
    let path = folder.join(&file.name);
    let temporary = temporary_path(&path);
    disk.write_new(&temporary, &file.bytes).map_err(io_error_at(&temporary))?;
    disk.sync_files(std::slice::from_ref(&temporary)).map_err(io_error_at(&temporary))?;
    disk.rename(&temporary, &path).map_err(io_error_at(&path))?;
    disk.sync_folder(folder).map_err(io_error_at(folder))?;
    Ok(path)
}

fn io_error_at(path: &Path) -> impl FnOnce(io::Error) -> CommitError + use<> {
    let path = path.to_owned();
    move |source| CommitError::Io { path, source }
}

/// Locks the folder for this run while the returned file lives; the system releases the lock even if the run is killed.
fn lock_folder(folder: &Path) -> Result<File, CommitError> {
    let path = folder.join(LOCK_FILE);
    let file = File::create(&path).map_err(io_error_at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(CommitError::Busy(folder.to_owned())),
        Err(fs::TryLockError::Error(source)) => Err(io_error_at(&path)(source)),
    }
}

/// A file with its hash, as recorded in the manifest or the journal.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct RecordedOutput {
    file: String,
    sha256: ContentHash,
}

#[derive(Default, Serialize, Deserialize)]
struct RecordedOutputs {
    outputs: Vec<RecordedOutput>,
}

/// The hashes of what earlier runs wrote, by file.
type PreviousOutputs = BTreeMap<String, BTreeSet<ContentHash>>;

/// Reads what earlier runs wrote: the last finished one, and those that were interrupted since.
fn read_previous_outputs(disk: &dyn FileSystem, folder: &Path) -> Result<PreviousOutputs, CommitError> {
    let mut outputs = PreviousOutputs::new();
    for name in [MANIFEST, JOURNAL_FILE] {
        let path = folder.join(name);
        let content = disk.read(&path).map_err(io_error_at(&path))?.unwrap_or_default();
        for RecordedOutput { file, sha256 } in
            serde_json::from_slice::<RecordedOutputs>(&content).unwrap_or_default().outputs
        {
            outputs.entry(file).or_default().insert(sha256);
        }
    }
    Ok(outputs)
}

/// A commit in progress.
struct Commit<'c> {
    disk: &'c dyn FileSystem,
    folder: &'c Path,
    files: &'c [OutputFile],
    previous_outputs: PreviousOutputs,
}

impl Commit<'_> {
    /// Creates the folders of the files and removes what an interrupted run left in them.
    fn prepare_folders(&self) -> Result<(), CommitError> {
        self.folders().iter().try_for_each(|folder| self.disk.create_folder(folder).map_err(io_error_at(folder)))?;
        self.remove_temporaries()?;
        self.files.iter().try_for_each(|file| self.remove_pending_version(&file.name))
    }

    /// Removes the new version that an earlier run wrote next to a file in use.
    fn remove_pending_version(&self, name: &str) -> Result<(), CommitError> {
        let path = new_version_path(&self.path_of(name));
        match self.disk.read(&path).map_err(io_error_at(&path))? {
            Some(there) if self.is_previous_output(name, &there) => self.disk.remove(&path).map_err(io_error_at(&path)),
            _ => Ok(()),
        }
    }

    fn run(&self) -> Result<Vec<Preserved>, CommitError> {
        let (changed, preserved) = self.prepare_files()?;
        if !changed.is_empty() {
            self.write_journal(&changed)?;
            self.replace_all(&changed)?;
        }
        self.remove_stale()?;
        for path in self.folders() {
            let failed = |source| CommitError::Partial { replaced: changed.len(), path: path.clone(), source };
            self.disk.sync_folder(&path).map_err(failed)?;
        }
        // Everything is in place: a journal that cannot be removed only repeats the manifest.
        let _ = self.disk.remove(&self.folder.join(JOURNAL_FILE));
        Ok(preserved)
    }

    /// Writes a temporary file for every file that differs from the one in place, and preserves what a user changed.
    fn prepare_files(&self) -> Result<(Vec<&OutputFile>, Vec<Preserved>), CommitError> {
        let (mut changed, mut edited) = (Vec::new(), Vec::new());
        for file in self.files {
            let path = self.path_of(&file.name);
            let present = self.disk.read(&path).map_err(io_error_at(&path))?;
            if present.as_ref() == Some(&file.bytes) {
                continue;
            }
            self.write_temporary(&file.name, &file.bytes)?;
            changed.push(file);
            let is_edited = |present: &Vec<u8>| file.name != MANIFEST && !self.is_previous_output(&file.name, present);
            edited.extend(present.filter(is_edited).map(|present| (file.name.as_str(), present)));
        }
        let preserve = |(name, present): (&str, Vec<u8>)| {
            Ok(Preserved { name: name.to_owned(), preserved_as: self.preserve(name, &present)? })
        };
        let preserved = edited.into_iter().map(preserve).collect::<Result<_, CommitError>>()?;
        Ok((changed, preserved))
    }

    /// Returns the folders of the files.
    fn folders(&self) -> BTreeSet<PathBuf> {
        let below = self.files.iter().filter_map(|file| self.path_of(&file.name).parent().map(Path::to_owned));
        below.chain([self.folder.to_owned()]).collect()
    }

    fn path_of(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Removes all temporary files.
    fn remove_temporaries(&self) -> Result<(), CommitError> {
        let (start, end) = TEMPORARY_AFFIXES;
        for folder in self.folders() {
            for name in self.disk.list_names(&folder).map_err(io_error_at(&folder))? {
                if name.starts_with(start) && name.ends_with(end) {
                    let path = folder.join(name);
                    self.disk.remove(&path).map_err(io_error_at(&path))?;
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
        let previous =
            self.previous_outputs.iter().flat_map(|(file, hashes)| hashes.iter().map(move |hash| (file, hash)));
        let previous = previous.map(|(file, hash)| RecordedOutput { file: file.clone(), sha256: hash.clone() });
        let new = self
            .files
            .iter()
            .map(|file| RecordedOutput { file: file.name.clone(), sha256: ContentHash::compute(&file.bytes) });
        let outputs = previous.chain(new).collect();
        let journal = self.path_of(JOURNAL_FILE);
        let bytes =
            serde_json::to_vec(&RecordedOutputs { outputs }).map_err(io::Error::from).map_err(io_error_at(&journal))?;
        self.write_temporary(JOURNAL_FILE, &bytes)?;
        let names = changed.iter().map(|file| file.name.as_str()).chain([JOURNAL_FILE]);
        let temporaries: Vec<PathBuf> = names.map(|name| temporary_path(&self.path_of(name))).collect();
        self.disk.sync_files(&temporaries).map_err(io_error_at(self.folder))?;
        self.disk.rename(&temporary_path(&journal), &journal).map_err(io_error_at(&journal))
    }

    fn is_previous_output(&self, name: &str, bytes: &[u8]) -> bool {
        let hash = || ContentHash::compute(bytes);
        self.previous_outputs.get(name).is_some_and(|hashes| hashes.contains(&hash()))
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

    /// Replaces the files one by one, the manifest last and only if all others were replaced.
    fn replace_all(&self, changed: &[&OutputFile]) -> Result<(), CommitError> {
        let mut in_use = Vec::new();
        let (manifest, others): (Vec<&OutputFile>, Vec<&OutputFile>) =
            changed.iter().partition(|file| file.name == MANIFEST);
        for (replaced, file) in others.into_iter().chain(manifest).enumerate() {
            if file.name == MANIFEST && !in_use.is_empty() {
                break;
            }
            let path = self.path_of(&file.name);
            let failed = |source| match replaced - in_use.len() {
                0 => CommitError::Io { path: path.clone(), source },
                replaced => CommitError::Partial { replaced, path: path.clone(), source },
            };
            let is_replaced = self.replace_file(&path).map_err(failed)?;
            debug!(file = file.name, is_replaced, "commit");
            if !is_replaced {
                in_use.push(file.name.clone());
            }
        }
        if in_use.is_empty() { Ok(()) } else { Err(CommitError::FilesInUse(in_use)) }
    }

    /// Removes what an earlier run wrote and this one does not; files that a user changed since stay.
    fn remove_stale(&self) -> Result<(), CommitError> {
        let written: BTreeSet<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
        let names = self.previous_outputs.keys().map(String::as_str);
        for name in names.filter(|name| !written.contains(name) && is_inside_folder(name)) {
            let path = self.path_of(name);
            let failed = |source| CommitError::Partial { replaced: self.files.len(), path: path.clone(), source };
            if self.disk.read(&path).map_err(failed)?.is_some_and(|there| self.is_previous_output(name, &there)) {
                self.disk.remove(&path).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Moves a file into place, or next to it if the target is in use; returns whether it is in place.
    fn replace_file(&self, path: &Path) -> io::Result<bool> {
        let temporary = temporary_path(path);
        for _ in 0..MAX_RENAME_ATTEMPTS {
            match self.disk.rename(&temporary, path) {
                Err(error) if self.disk.is_in_use(&error) => self.disk.wait_for_release(),
                outcome => return outcome.map(|()| true),
            }
        }
        self.disk.rename(&temporary, &new_version_path(path)).map(|()| false)
    }
}

/// Returns whether a name from a manifest stays inside the folder; a user may have edited the manifest.
fn is_inside_folder(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Returns the temporary path of a file, in the same folder.
fn temporary_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (start, end) = TEMPORARY_AFFIXES;
    path.with_file_name(format!("{start}{name}{end}"))
}

/// Returns the path for the new version of a file that is in use.
fn new_version_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{name}{NEW}"))
}

#[cfg(test)]
mod tests;
