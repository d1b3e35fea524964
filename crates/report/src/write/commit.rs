//! Commits the files of a run to disk: each file is either the old or the new version, and manual changes are
//! preserved.
//!
//! Input: rendered files and a folder. Output: the files on disk, the manifest last, and the new names of files that a
//! user had changed. All files are first written to temporary names in their folders, so that a full disk loses nothing
//! of the last run; a journal records for the next run what an interrupted run may have left. Not here: rendering.

use super::disk::{Disk, Real};
use super::{MANIFEST, OutputFile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};
use thiserror::Error;
use tonghop_core::message::{Words, counted};
use tonghop_core::model::hash::Hash;
use tonghop_core::{say, told_by_words};
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
    Partly {
        /// The number of replaced files.
        replaced: usize,
        /// The file or folder that cannot be used.
        path: PathBuf,
        /// The system error.
        source: io::Error,
    },
    /// Files that are open in another program; their new versions are next to them.
    Held(Vec<String>),
}

impl CommitError {
    /// Returns whether some files were replaced despite the error.
    pub fn is_partial(&self) -> bool {
        matches!(self, Self::Partly { .. } | Self::Held(_))
    }
}

impl CommitError {
    /// Returns the error message.
    pub fn words(&self) -> Words {
        match self {
            Self::Io { path, source } => say!(
                "không ghi được {path}: {source}",
                "{path} cannot be written: {source}",
                path = path.display(),
                source = source
            ),
            Self::Busy(folder) => say!(
                "một lần chạy khác đang ghi vào {folder}; hãy đợi nó xong rồi chạy lại",
                "another run is writing into {folder}; wait for it to end and run again",
                folder = folder.display()
            ),
            Self::Partly { replaced, path, source } => say!(
                "đã thay {replaced} tệp thì không ghi được {path}: {source}; các tệp còn lại vẫn như cũ",
                "{path} cannot be written: {source}; {count} replaced before, the others are as they were",
                replaced = replaced,
                count = counted(*replaced, "file"),
                path = path.display(),
                source = source
            ),
            Self::Held(files) => say!(
                "đang mở trong chương trình khác (Word, Excel): {files}; bản mới ở bên cạnh, có đuôi {NEW}",
                "open in another program (Word, Excel): {files}; the new version stands beside, its name ends in {NEW}",
                files = files.join(", ")
            ),
        }
    }
}

told_by_words!(CommitError);

/// A file that a user had changed since it was written, and the name under which it was preserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its path in the output folder.
    pub name: String,
    /// Its new name, a path in the same folder: `bao-cao (bản sửa tay 1).docx`.
    pub kept_as: String,
}

/// The lock file that keeps two runs from writing at the same time.
const LOCK: &str = ".tonghop.lock";
/// The journal: what a run is about to write. It is removed when all files are in place.
const JOURNAL: &str = ".tonghop.journal";
/// The prefix and suffix of temporary files.
const TEMPORARY: (&str, &str) = (".tonghop-", ".tmp");
/// The suffix of the new version of a file that is open in another program.
const NEW: &str = ".new";
/// The number of attempts to replace a file that is in use, a tenth of a second apart.
const TRIES: usize = 10;

/// Writes all files into `folder`, creating it and its subfolders if needed.
///
/// An existing file that differs from what the last run wrote is preserved under another name in the same folder.
///
/// # Errors
/// Returns an error if a folder or file cannot be written, or if another run is writing into the folder. Files that are
/// already replaced stay replaced; every file is complete in any case.
pub fn commit(files: &[OutputFile], folder: &Path) -> Result<Vec<Kept>, CommitError> {
    commit_on(&Real, files, folder)
}

fn commit_on(disk: &dyn Disk, files: &[OutputFile], folder: &Path) -> Result<Vec<Kept>, CommitError> {
    disk.make_folder(folder).map_err(at(folder))?;
    let _lock = lock(folder)?;
    let commit = Commit { disk, folder, files, ours: ours(disk, folder)? };
    commit.prepare_folders()?;
    let outcome = commit.put();
    if outcome.is_err() {
        // The next run removes what cannot be removed now.
        let _ = commit.sweep();
    }
    outcome
}

/// Writes one file into `folder`, creating the folder if needed; the file appears complete or not at all.
///
/// # Errors
/// Returns an error if a folder or file cannot be written.
pub fn place(file: &OutputFile, folder: &Path) -> Result<PathBuf, CommitError> {
    let disk = Real;
    disk.make_folder(folder).map_err(at(folder))?;
    let path = folder.join(&file.name);
    let temporary = temporary(&path);
    disk.write_new(&temporary, &file.bytes).map_err(at(&temporary))?;
    disk.rename(&temporary, &path).map_err(at(&path))?;
    disk.sync_folder(folder).map_err(at(folder))?;
    Ok(path)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> CommitError + use<> {
    let path = path.to_owned();
    move |source| CommitError::Io { path, source }
}

/// Locks the folder for this run while the returned file lives; the system releases the lock even if the run is killed.
fn lock(folder: &Path) -> Result<File, CommitError> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(CommitError::Busy(folder.to_owned())),
        Err(fs::TryLockError::Error(source)) => Err(at(&path)(source)),
    }
}

/// A file with its hash, as recorded in the manifest or the journal.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Written {
    file: String,
    sha256: Hash,
}

#[derive(Default, Serialize, Deserialize)]
struct Outputs {
    outputs: Vec<Written>,
}

/// Reads what earlier runs wrote: the last finished one, and those that were interrupted since.
fn ours(disk: &dyn Disk, folder: &Path) -> Result<Vec<Written>, CommitError> {
    let mut ours = Vec::new();
    for name in [MANIFEST, JOURNAL] {
        let path = folder.join(name);
        let content = disk.read(&path).map_err(at(&path))?.unwrap_or_default();
        ours.extend(serde_json::from_slice::<Outputs>(&content).unwrap_or_default().outputs);
    }
    Ok(ours)
}

/// A commit in progress.
struct Commit<'c> {
    disk: &'c dyn Disk,
    folder: &'c Path,
    files: &'c [OutputFile],
    /// The outputs of earlier runs.
    ours: Vec<Written>,
}

impl Commit<'_> {
    /// Creates the folders of the files and removes what an interrupted run left in them.
    fn prepare_folders(&self) -> Result<(), CommitError> {
        self.folders().iter().try_for_each(|folder| self.disk.make_folder(folder).map_err(at(folder)))?;
        self.sweep()?;
        self.files.iter().try_for_each(|file| self.remove_outdated(&file.name))
    }

    /// Removes the new version that an earlier run wrote next to a file in use.
    fn remove_outdated(&self, name: &str) -> Result<(), CommitError> {
        let path = beside(&self.place(name));
        match self.disk.read(&path).map_err(at(&path))? {
            Some(there) if self.is_ours(name, &there) => self.disk.remove(&path).map_err(at(&path)),
            _ => Ok(()),
        }
    }

    fn put(&self) -> Result<Vec<Kept>, CommitError> {
        for file in self.files {
            self.write_beside(&file.name, &file.bytes)?;
        }
        let kept = self.keep_changed()?;
        self.write_journal()?;
        self.replace()?;
        self.remove_stale()?;
        for path in self.folders() {
            let failed = |source| CommitError::Partly { replaced: self.files.len(), path: path.clone(), source };
            self.disk.sync_folder(&path).map_err(failed)?;
        }
        // Everything is in place: a journal that cannot be removed only repeats the manifest.
        let _ = self.disk.remove(&self.folder.join(JOURNAL));
        Ok(kept)
    }

    /// Returns the folders of the files.
    fn folders(&self) -> BTreeSet<PathBuf> {
        let below = self.files.iter().filter_map(|file| self.place(&file.name).parent().map(Path::to_owned));
        below.chain([self.folder.to_owned()]).collect()
    }

    fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Removes all temporary files.
    fn sweep(&self) -> Result<(), CommitError> {
        let (start, end) = TEMPORARY;
        for folder in self.folders() {
            for name in self.disk.names(&folder).map_err(at(&folder))? {
                if name.starts_with(start) && name.ends_with(end) {
                    let path = folder.join(name);
                    self.disk.remove(&path).map_err(at(&path))?;
                }
            }
        }
        Ok(())
    }

    fn write_beside(&self, name: &str, bytes: &[u8]) -> Result<(), CommitError> {
        let temporary = temporary(&self.place(name));
        self.disk.write_new(&temporary, bytes).map_err(at(&temporary))
    }

    /// Records in advance what is written, so that the next run recognises it as ours if this one is interrupted.
    fn write_journal(&self) -> Result<(), CommitError> {
        let new = self.files.iter().map(|file| Written { file: file.name.clone(), sha256: Hash::of(&file.bytes) });
        let outputs = self.ours.iter().cloned().chain(new).collect();
        let journal = self.place(JOURNAL);
        let bytes = serde_json::to_vec(&Outputs { outputs }).map_err(io::Error::from).map_err(at(&journal))?;
        self.write_beside(JOURNAL, &bytes)?;
        self.disk.rename(&temporary(&journal), &journal).map_err(at(&journal))
    }

    /// Gives every file that no run wrote a second name, so that replacing it loses nothing.
    fn keep_changed(&self) -> Result<Vec<Kept>, CommitError> {
        let mut kept = Vec::new();
        for file in self.files.iter().filter(|file| file.name != MANIFEST) {
            let path = self.place(&file.name);
            let Some(present) = self.disk.read(&path).map_err(at(&path))? else { continue };
            if present != file.bytes && !self.is_ours(&file.name, &present) {
                kept.push(Kept { name: file.name.clone(), kept_as: self.keep(&file.name, &present)? });
            }
        }
        Ok(kept)
    }

    fn is_ours(&self, name: &str, bytes: &[u8]) -> bool {
        let hash = Hash::of(bytes);
        self.ours.iter().any(|written| written.file == name && written.sha256 == hash)
    }

    /// Preserves a changed file under an unused name: `bao-cao (bản sửa tay 1).docx`.
    fn keep(&self, name: &str, present: &[u8]) -> Result<String, CommitError> {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let mut number = 1;
        loop {
            let candidate = format!("{stem} (bản sửa tay {number}).{ending}");
            let second = self.place(&candidate);
            match self.disk.read(&second).map_err(at(&second))? {
                // An interrupted run preserved it already.
                Some(there) if there == present => return Ok(candidate),
                Some(_) => number += 1,
                None if self.disk.link(&self.place(name), &second).is_ok() => return Ok(candidate),
                // Not every file system supports hard links.
                None => {
                    self.write_beside(&candidate, present)?;
                    self.disk.rename(&temporary(&second), &second).map_err(at(&second))?;
                    return Ok(candidate);
                }
            }
        }
    }

    /// Replaces the files one by one, the manifest last and only if all others were replaced.
    fn replace(&self) -> Result<(), CommitError> {
        let mut held = Vec::new();
        let is_manifest = |file: &&OutputFile| file.name == MANIFEST;
        let others = self.files.iter().filter(|file| !is_manifest(file));
        for (replaced, file) in others.chain(self.files.iter().filter(is_manifest)).enumerate() {
            if file.name == MANIFEST && !held.is_empty() {
                break;
            }
            let path = self.place(&file.name);
            let failed = |source| match replaced - held.len() {
                0 => CommitError::Io { path: path.clone(), source },
                replaced => CommitError::Partly { replaced, path: path.clone(), source },
            };
            let is_replaced = self.replace_one(&path).map_err(failed)?;
            debug!(file = file.name, is_replaced, "commit");
            if !is_replaced {
                held.push(file.name.clone());
            }
        }
        if held.is_empty() { Ok(()) } else { Err(CommitError::Held(held)) }
    }

    /// Removes what an earlier run wrote and this one does not; files that a user changed since stay.
    fn remove_stale(&self) -> Result<(), CommitError> {
        let is_stale = |written: &&Written| self.files.iter().all(|file| file.name != written.file);
        let names: BTreeSet<&str> = self.ours.iter().filter(is_stale).map(|written| written.file.as_str()).collect();
        for name in names.into_iter().filter(|name| is_below(name)) {
            let path = self.place(name);
            let failed = |source| CommitError::Partly { replaced: self.files.len(), path: path.clone(), source };
            if self.disk.read(&path).map_err(failed)?.is_some_and(|there| self.is_ours(name, &there)) {
                self.disk.remove(&path).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Moves a file into place, or next to it if the target is in use; returns whether it is in place.
    fn replace_one(&self, path: &Path) -> io::Result<bool> {
        let temporary = temporary(path);
        for _ in 0..TRIES {
            match self.disk.rename(&temporary, path) {
                Err(error) if self.disk.is_held(&error) => self.disk.wait(),
                outcome => return outcome.map(|()| true),
            }
        }
        self.disk.rename(&temporary, &beside(path)).map(|()| false)
    }
}

/// Returns whether a name from a manifest stays inside the folder; a user may have edited the manifest.
fn is_below(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Returns the temporary path of a file, in the same folder.
fn temporary(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (start, end) = TEMPORARY;
    path.with_file_name(format!("{start}{name}{end}"))
}

/// Returns the path for the new version of a file that is in use.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{name}{NEW}"))
}

#[cfg(test)]
mod tests;
