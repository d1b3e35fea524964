//! The floor: reads, inflates and tokenises every workbook of a folder, and nothing else.
//!
//! In comes a folder of `.xlsx` files and one for the counts, out goes `floor.json`. Nothing that reads these files
//! without a parser of its own can be faster. Never here: the meaning of a token.

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

type Failure = Box<dyn Error + Send + Sync>;

/// What went through.
#[derive(Default, Serialize)]
struct Counts {
    workbooks: u64,
    packed: u64,
    inflated: u64,
    tokens: u64,
}

fn main() -> Result<(), Failure> {
    let words: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [folder, out] = words.as_slice() else { return Err("floor FOLDER OUT".into()) };
    let counts = count_all(&workbooks(folder)?)?;
    fs::create_dir_all(out)?;
    fs::write(out.join("floor.json"), serde_json::to_string(&counts)?)?;
    Ok(())
}

fn workbooks(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries: Result<Vec<_>, _> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut files = entries?;
    files.sort();
    Ok(files)
}

/// Counts in as many threads as there are cores.
fn count_all(files: &[PathBuf]) -> Result<Counts, Failure> {
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut counts, mut content) = (Counts::default(), Vec::new());
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            counts.add_workbook(file, &mut content)?;
        }
        Ok(counts)
    };
    let threads = thread::available_parallelism()?.get();
    let parts: Vec<Result<Counts, Failure>> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_else(|_| Err("a thread ended".into()))).collect()
    });
    parts.into_iter().try_fold(Counts::default(), |sum, part| Ok(sum.plus(part?)))
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
            self.tokens += tokens(content)?;
        }
        Ok(())
    }

    fn plus(self, other: Self) -> Self {
        Self {
            workbooks: self.workbooks + other.workbooks,
            packed: self.packed + other.packed,
            inflated: self.inflated + other.inflated,
            tokens: self.tokens + other.tokens,
        }
    }
}

fn tokens(content: &[u8]) -> Result<u64, Failure> {
    let mut reader = Reader::from_reader(content);
    let mut count = 0;
    while !matches!(reader.read_event()?, Event::Eof) {
        count += 1;
    }
    Ok(count)
}
