//! The minimal work of reading workbooks: opening, inflating and tokenising.
//!
//! Input: workbooks. Output: counts of workbooks, bytes and tokens. Not here: the meaning of tokens, the program's own
//! tokenizer.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::Serialize;
use std::error::Error;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use zip::ZipArchive;

/// Why a file could not be counted.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The counts of workbooks, compressed bytes, inflated bytes and tokens.
#[derive(Default, Serialize)]
pub struct Counts {
    workbooks: u64,
    packed: u64,
    inflated: u64,
    tokens: u64,
}

/// Returns the files of a folder, sorted by name.
pub fn workbooks(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries: Result<Vec<_>, _> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut files = entries?;
    files.sort();
    Ok(files)
}

/// Counts all files, in `threads` threads.
pub fn count_all(files: &[PathBuf], threads: usize) -> Result<Counts, Failure> {
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut counts, mut content) = (Counts::default(), Vec::new());
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            counts.add_workbook(file, &mut content)?;
        }
        Ok(counts)
    };
    let parts: Vec<Result<Counts, Failure>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread ended".into()))).collect()
    });
    parts.into_iter().try_fold(Counts::default(), |sum, part| Ok(sum.sum(part?)))
}

impl Counts {
    fn add_workbook(&mut self, file: &Path, content: &mut Vec<u8>) -> Result<(), Failure> {
        let file = File::open(file)?;
        self.workbooks += 1;
        self.packed += file.metadata()?.len();
        let mut archive = ZipArchive::new(file)?;
        for index in 0..archive.len() {
            content.clear();
            archive.by_index(index)?.read_to_end(content)?;
            self.inflated += content.len() as u64;
            self.tokens += count_tokens(content)?;
        }
        Ok(())
    }

    fn sum(self, other: Self) -> Self {
        Self {
            workbooks: self.workbooks + other.workbooks,
            packed: self.packed + other.packed,
            inflated: self.inflated + other.inflated,
            tokens: self.tokens + other.tokens,
        }
    }
}

fn count_tokens(content: &[u8]) -> Result<u64, Failure> {
    let mut reader = Reader::from_reader(content);
    let mut count = 0;
    while !matches!(reader.read_event()?, Event::Eof) {
        count += 1;
    }
    Ok(count)
}
