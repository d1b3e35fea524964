//! Reads the workbooks of a run, several at a time.
//!
//! Input: the files that were found and a [`WorkbookReader`]. Output: the outcome for each file, in the same order;
//! the number of threads does not affect it. Not here: how a workbook is read.

use super::Progress;
use super::contents::Contents;
use super::recognition::{Made, Recognition, Sent};
use crate::find::{self, FoundBook};
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tonghop_core::config::Limits;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::message::Words;
use tonghop_core::model::book::RawBook;
use tonghop_core::model::hash::Hash;
use tonghop_core::parallel::in_parallel;
use tonghop_core::say;
use tonghop_read::ReadError;
use tracing::debug;

/// Files above this size in bytes may hold a million cells; only one of them is in memory at a time.
const LARGE: usize = 4 * 1024 * 1024;

/// Reads and recognises workbooks, and optionally caches the results.
pub trait ReadBooks: Sync {
    /// Reads one workbook within the limits.
    ///
    /// # Errors
    /// A problem of this workbook only; the reader can go on with the next one.
    fn read(&self, bytes: &[u8], limits: &Limits) -> Result<RawBook, ReadError>;

    /// Reads one workbook within the limits and returns the encoded recognition result.
    ///
    /// # Errors
    /// As [`WorkbookReader::read`].
    fn recognise(&self, sent: Sent<'_>, recognition: &Recognition<'_>, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        recognition.make(sent, self.read(sent.bytes, limits)?)
    }

    /// Returns the bytes stored under a key, unchanged.
    fn recall(&self, _: &Hash) -> Option<Vec<u8>> {
        None
    }

    /// Stores bytes under a key, if this reader has a cache.
    fn keep(&self, _: &Hash, _: Vec<u8>) {}

    /// Called when a run has read all its workbooks.
    fn end(&self) {}

    /// Returns how many threads may work at the same time.
    fn threads(&self) -> NonZeroUsize {
        NonZeroUsize::MIN
    }
}

/// Reads in this process, which cannot enforce the limits of time and memory.
pub struct InProcess;

impl ReadBooks for InProcess {
    fn read(&self, bytes: &[u8], _: &Limits) -> Result<RawBook, ReadError> {
        tonghop_read::workbook(bytes)
    }
}

/// The outcome of reading a workbook.
pub(super) struct Taken {
    /// The hash of its bytes; `None` if it could not be opened.
    pub hash: Option<Hash>,
    pub result: Result<Made, Box<Diagnostic>>,
}

/// Reads and recognises every workbook, or takes the cached result; a failure affects only its own workbook.
pub(super) fn read_all(
    found: &[FoundBook],
    reader: &dyn ReadBooks,
    limits: &Limits,
    progress: &dyn Progress,
    recognition: &Recognition<'_>,
    contents: Option<&Contents>,
) -> Vec<Taken> {
    let alone = Mutex::new(());
    progress.begin(found.len());
    let taken = in_parallel(found, reader.threads(), &|one: &FoundBook| {
        let taken = contents
            .and_then(|contents| recall(one, contents.hash(&one.path)?, reader, recognition))
            .unwrap_or_else(|| take(one, reader, limits, &alone, recognition));
        progress.read(&one.file);
        taken
    });
    progress.end();
    taken
}

/// Returns whether a workbook may need much memory.
pub fn is_large(bytes: &[u8]) -> bool {
    bytes.len() > LARGE
}

/// Returns the cached result for a workbook with this hash.
fn recall(found: &FoundBook, hash: &Hash, reader: &dyn ReadBooks, recognition: &Recognition<'_>) -> Option<Taken> {
    let kept = reader.recall(&recognition.key(found, hash))?;
    Some(Taken { hash: Some(hash.clone()), result: Ok(Made::unpack(&kept)?) })
}

/// Reads and recognises one workbook, or takes the cached result; large workbooks are read one at a time.
fn take(
    found: &FoundBook,
    reader: &dyn ReadBooks,
    limits: &Limits,
    alone: &Mutex<()>,
    recognition: &Recognition<'_>,
) -> Taken {
    let lost = |reason: Words, hint: Words| {
        let message = say!("không đọc được tệp này: {reason}", "this file cannot be read: {reason}", reason = reason);
        Box::new(Diagnostic::new(Code::WorkbookUnreadable, Place::File(found.file.clone()), message).hint(hint))
    };
    let bytes = match find::bytes(&found.path) {
        Ok(bytes) => bytes,
        Err(error) => return Taken { hash: None, result: Err(lost(error.words(), nobody_has_it_open())) },
    };
    let hash = Hash::of(&bytes);
    if let Some(taken) = recall(found, &hash, reader, recognition) {
        debug!(file = %found.file, "recalled");
        return taken;
    }
    debug!(file = %found.file, bytes = bytes.len(), "read");
    let _alone = is_large(&bytes).then(|| lock(alone));
    let sent = Sent { department: &found.department, file: &found.file, bytes: &bytes };
    let result = reader.recognise(sent, recognition, limits).and_then(|made| {
        let unpacked = Made::unpack(&made).ok_or(ReadError::Crash)?;
        reader.keep(&recognition.key(found, &hash), made);
        Ok(unpacked)
    });
    let lost = |error: ReadError| {
        debug!(file = %found.file, ?error, "lost");
        lost(error.words(), error.hint())
    };
    Taken { hash: Some(hash), result: result.map_err(lost) }
}

/// Acquires a lock, ignoring poisoning: the guarded data is never left inconsistent.
pub fn lock<T>(guarded: &Mutex<T>) -> MutexGuard<'_, T> {
    guarded.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nobody_has_it_open() -> Words {
    Words::new(
        "kiểm tra quyền đọc tệp và thử lại khi không ai đang mở tệp",
        "check that the file may be read, and try again when nobody has it open",
    )
}
