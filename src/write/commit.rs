//! The files of a run put in their place: each wholly old or wholly new, and nobody's hand-made changes lost.
//!
//! In come rendered files and a folder; out go the files on disk, the manifest last, and the names under which files
//! that somebody had changed were kept. All files are written beside their place first, so that a full disk costs
//! nothing of the last run. Never here: rendering.

use super::{MANIFEST, OutputFile};
use crate::model::hash::Hash;
use crate::words::Words;
use crate::{say, told_by_words};
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use thiserror::Error;

/// Why the files could not be put in their place.
#[derive(Debug, Error)]
pub enum CommitError {
    Io { path: PathBuf, source: io::Error },
    Busy(PathBuf),
}

impl CommitError {
    /// Says why.
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
        }
    }
}

told_by_words!(CommitError);

/// A file that somebody had changed since it was written, and the name it was kept under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub name: String,
    pub kept_as: String,
}

/// The name of the file by which runs keep out of each other's way.
const LOCK: &str = ".tonghop.lock";

/// Writes all files into `folder`, making it where needed.
///
/// A file there that is not the one the last run wrote is kept beside, under a name that says so.
///
/// # Errors
/// A folder or file that cannot be written, or another run that writes there now. Files that are already replaced
/// stay so; every file is whole in any case.
pub fn commit(files: &[OutputFile], folder: &Path) -> Result<Vec<Kept>, CommitError> {
    fs::create_dir_all(folder).map_err(at(folder))?;
    let _lock = lock(folder)?;
    let mut written = Vec::with_capacity(files.len());
    for file in files {
        let path = folder.join(&file.name);
        written.push((temporary(folder, &file.bytes).map_err(at(&path))?, path));
    }
    let kept = keep_changed(files, folder)?;
    for (temporary, path) in written {
        temporary.persist(&path).map_err(|error| CommitError::Io { path: path.clone(), source: error.error })?;
    }
    sync_folder(folder).map_err(at(folder))?;
    Ok(kept)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> CommitError + use<> {
    let path = path.to_owned();
    move |source| CommitError::Io { path, source }
}

/// Holds the folder for this run as long as the returned file lives; the system lets go even if the run is killed.
fn lock(folder: &Path) -> Result<File, CommitError> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(CommitError::Busy(folder.to_owned())),
        Err(fs::TryLockError::Error(source)) => Err(at(&path)(source)),
    }
}

/// What the manifest of the last run tells of a file.
#[derive(Deserialize)]
struct Written {
    file: String,
    sha256: Hash,
}

#[derive(Deserialize)]
struct LastRun {
    outputs: Vec<Written>,
}

/// Gives every file that is not as the last run wrote it a second name, so that replacing it loses nothing.
fn keep_changed(files: &[OutputFile], folder: &Path) -> Result<Vec<Kept>, CommitError> {
    let manifest = fs::read(folder.join(MANIFEST)).unwrap_or_default();
    let last: Vec<Written> = serde_json::from_slice::<LastRun>(&manifest).map(|run| run.outputs).unwrap_or_default();
    let mut kept = Vec::new();
    for file in files.iter().filter(|file| file.name != MANIFEST) {
        let path = folder.join(&file.name);
        let present = match fs::read(&path) {
            Ok(present) => present,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(at(&path)(error)),
        };
        let hash = Hash::of(&present);
        if present == file.bytes || last.iter().any(|w| w.file == file.name && w.sha256 == hash) {
            continue;
        }
        let kept_as = free_name(folder, &file.name);
        let second = folder.join(&kept_as);
        // A second name costs nothing; where the file system has none, a copy.
        fs::hard_link(&path, &second).or_else(|_| fs::copy(&path, &second).map(drop)).map_err(at(&second))?;
        kept.push(Kept { name: file.name.clone(), kept_as });
    }
    Ok(kept)
}

/// Returns a name for a changed file that is not taken: `bao-cao (bản sửa tay 1).docx`.
fn free_name(folder: &Path, name: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (1..).map(|number| format!("{stem} (bản sửa tay {number}).{ending}"));
    numbered.into_iter().find(|candidate| !folder.join(candidate).exists()).unwrap_or_else(|| name.to_owned())
}

fn temporary(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(".tonghop-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(bytes)?;
    readable_by_all(file.as_file())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives the file the rights of an ordinary new file; temporary files begin private.
#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the new names last through a power cut, where folders can be synchronised.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with the manifest that tells of it.
    fn run(bytes: &str) -> Vec<OutputFile> {
        let manifest = format!(r#"{{"outputs": [{{"file": "a.txt", "sha256": "{}"}}]}}"#, Hash::of(bytes.as_bytes()));
        vec![
            OutputFile { name: "a.txt".into(), bytes: bytes.into() },
            OutputFile { name: MANIFEST.into(), bytes: manifest.into() },
        ]
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_are_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(commit(&run("old"), folder.path()).unwrap(), []);
        assert_eq!(commit(&run("new"), folder.path()).unwrap(), []);
        assert_eq!(fs::read_to_string(folder.path().join("a.txt")).unwrap(), "new");
        assert_eq!(names(folder.path()), [LOCK, "a.txt", MANIFEST]);
    }

    #[test]
    fn what_somebody_changed_is_kept_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        commit(&run("old"), folder.path()).unwrap();
        for (round, changed) in ["mine", "mine again"].into_iter().enumerate() {
            fs::write(&path, changed).unwrap();
            let kept_as = format!("a (bản sửa tay {}).txt", round + 1);
            let kept = commit(&run("new"), folder.path()).unwrap();
            assert_eq!(kept, [Kept { name: "a.txt".into(), kept_as: kept_as.clone() }]);
            assert_eq!(fs::read_to_string(folder.path().join(kept_as)).unwrap(), changed);
            assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        }
    }

    #[test]
    fn a_file_that_no_run_wrote_is_kept_too() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "found").unwrap();
        assert_eq!(commit(&run("new"), folder.path()).unwrap().len(), 1);
    }

    #[test]
    fn a_second_run_does_not_write_over_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let _held = lock(folder.path()).unwrap();
        assert!(matches!(commit(&run("x"), folder.path()), Err(CommitError::Busy(_))));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let error = commit(&run("x"), &folder.path().join("file/out")).unwrap_err();
        assert!(error.to_string().contains("file"), "{error}");
    }
}
