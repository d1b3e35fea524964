//! What was made of workbooks, kept in the folder of the project for the next run.
//!
//! In come keys with bytes, out go the same bytes, in whichever run: each in a file of its own below `.tonghop/`, named
//! by the key and by the program that wrote it. The folder may be deleted at any time, and a file that is not as it was
//! written counts as none. Never here: what the bytes mean; a folder that cannot be written is no error.

use crate::config::Limits;
use crate::model::hash::Hash;
use crate::pipeline::{Answer, ReadBooks, lock};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Where things are kept, below the project.
const FOLDER: &str = ".tonghop";
/// Keeps the folder out of whatever the project is kept in.
const IGNORED: &str = ".gitignore";
/// How many bytes the checksum before the content takes.
const CHECKSUM: usize = 4;

/// Reads through another reader and keeps what is made of workbooks on disk.
pub struct OnDisk<R> {
    reader: R,
    folder: PathBuf,
    /// Size and checksum of the program: another one makes other things of a workbook.
    version: String,
    /// The names of the files that this run asked for.
    asked: Mutex<BTreeSet<String>>,
}

impl<R> OnDisk<R> {
    /// Prepares to keep things for a project; `program` is the executable that runs.
    ///
    /// `None` where the program cannot be read, so that nothing would say what made the bytes.
    pub fn new(reader: R, project: &Path, program: &Path) -> Result<Self, R> {
        let Ok(bytes) = fs::read(program) else { return Err(reader) };
        let (folder, version) = (project.join(FOLDER), format!("{} {:08x}", bytes.len(), crc32fast::hash(&bytes)));
        Ok(Self { reader, folder, version, asked: Mutex::default() })
    }

    /// Deletes what this run did not ask for, so that there is never more than one run needs.
    pub fn forget(&self) {
        let asked = lock(&self.asked);
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_needed = name.to_str().is_some_and(|name| name == IGNORED || asked.contains(name));
            if !is_needed {
                // Another run may have deleted it already.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Names the file of a key, and notes that it was asked for.
    fn name(&self, key: &Hash) -> String {
        let name = Hash::of(format!("{} {key}", self.version).as_bytes()).to_string();
        lock(&self.asked).insert(name.clone());
        name
    }

    fn write(&self, name: &str, content: &[u8]) -> std::io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let ignored = self.folder.join(IGNORED);
        if !ignored.exists() {
            fs::write(ignored, "*\n")?;
        }
        // Another run may write the same file, and whoever reads must see the whole of one.
        let beside = self.folder.join(format!("{name}.{}", std::process::id()));
        let mut file = fs::File::create(&beside)?;
        file.write_all(&crc32fast::hash(content).to_le_bytes())?;
        file.write_all(content)?;
        drop(file);
        fs::rename(beside, self.folder.join(name))
    }
}

/// Returns the content of a kept file, if it is whole.
fn whole(bytes: &[u8]) -> Option<&[u8]> {
    let (checksum, content) = bytes.split_at_checked(CHECKSUM)?;
    (crc32fast::hash(content).to_le_bytes() == checksum).then_some(content)
}

impl<R: ReadBooks> ReadBooks for OnDisk<R> {
    fn read(&self, bytes: &[u8], limits: &Limits) -> Answer {
        self.reader.read(bytes, limits)
    }

    fn recall(&self, key: &Hash) -> Option<Vec<u8>> {
        let bytes = fs::read(self.folder.join(self.name(key))).ok()?;
        whole(&bytes).map(<[u8]>::to_vec)
    }

    fn keep(&self, key: &Hash, pack: &dyn Fn() -> Option<Vec<u8>>) {
        if let Some(content) = pack() {
            // What cannot be kept is made again.
            let _ = self.write(&self.name(key), &content);
        }
    }

    fn end(&self) {
        self.forget();
    }

    fn threads(&self) -> NonZeroUsize {
        self.reader.threads()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::cell::RawBook;
    use crate::pipeline::InProcess;
    use tempfile::TempDir;

    struct Project(TempDir);

    impl Project {
        fn new() -> Self {
            let project = Self(TempDir::new().unwrap());
            fs::write(project.program(), "program").unwrap();
            project
        }

        fn program(&self) -> PathBuf {
            self.0.path().join("program")
        }

        fn cache(&self) -> OnDisk<InProcess> {
            OnDisk::new(InProcess, self.0.path(), &self.program()).ok().unwrap()
        }

        fn files(&self) -> Vec<PathBuf> {
            let folder = fs::read_dir(self.0.path().join(FOLDER)).unwrap();
            let files = folder.map(|entry| entry.unwrap().path());
            files.filter(|path| path.file_name().unwrap() != IGNORED).collect()
        }
    }

    fn key(words: &str) -> Hash {
        Hash::of(words.as_bytes())
    }

    #[test]
    fn what_was_kept_comes_back_in_the_next_run() {
        let project = Project::new();
        assert_eq!(project.cache().recall(&key("a")), None);
        project.cache().keep(&key("a"), &|| Some(b"made".to_vec()));
        assert_eq!(project.cache().recall(&key("a")).as_deref(), Some(&b"made"[..]));
        assert_eq!(project.cache().recall(&key("b")), None, "another key");
        fs::write(project.program(), "another program").unwrap();
        assert_eq!(project.cache().recall(&key("a")), None, "another program");
        assert!(project.cache().read(b"", &Limits::default()).is_err_and(|_| RawBook::default().sheets.is_empty()));
    }

    #[test]
    fn damaged_files_count_as_none_and_are_replaced() {
        let project = Project::new();
        let cache = project.cache();
        cache.keep(&key("a"), &|| Some(b"made".to_vec()));
        let [file] = &project.files()[..] else { panic!("one file") };
        let whole = fs::read(file).unwrap();
        for damaged in [&whole[..whole.len() - 1], &whole[..3], b"", &[&whole[..6], b"x"].concat()] {
            fs::write(file, damaged).unwrap();
            assert_eq!(cache.recall(&key("a")), None);
        }
        cache.keep(&key("a"), &|| Some(b"made".to_vec()));
        assert!(cache.recall(&key("a")).is_some());
    }

    #[test]
    fn what_a_run_does_not_ask_for_goes() {
        let project = Project::new();
        for words in ["a", "b"] {
            project.cache().keep(&key(words), &|| Some(Vec::new()));
        }
        let next = project.cache();
        assert!(next.recall(&key("b")).is_some());
        next.forget();
        assert_eq!((project.files().len(), project.cache().recall(&key("a"))), (1, None));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_error() {
        let project = Project::new();
        fs::write(project.0.path().join(FOLDER), "a file").unwrap();
        let cache = project.cache();
        cache.keep(&key("a"), &|| Some(Vec::new()));
        cache.forget();
        assert_eq!(cache.recall(&key("a")), None);
    }
}
