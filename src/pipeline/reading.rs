//! The workbooks of a run, read several at a time.
//!
//! In come the files that were found and who reads workbooks; out goes what became of each, in the order in which they
//! were found. Never here: how a workbook is read, a thread that reaches a result.

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

/// A file of more bytes may hold a million cells: no two of them are in memory at once.
const LARGE: usize = 4 * 1024 * 1024;

/// What turns the bytes of a workbook into its cells, and into what they mean.
pub trait ReadBooks: Sync {
    /// Reads one workbook within the limits.
    ///
    /// # Errors
    /// What is wrong with this workbook; the next one can be read all the same.
    fn read(&self, bytes: &[u8], limits: &Limits) -> Result<RawBook, ReadError>;

    /// Reads one workbook within the limits and makes of it what a run needs.
    ///
    /// # Errors
    /// As [`ReadBooks::read`].
    fn recognise(&self, sent: Sent<'_>, recognition: &Recognition<'_>, limits: &Limits) -> Result<Vec<u8>, ReadError> {
        recognition.make(sent, self.read(sent.bytes, limits)?)
    }

    /// Returns what was kept under a key, byte for byte.
    fn recall(&self, _: &Hash) -> Option<Vec<u8>> {
        None
    }

    /// Keeps something under a key, if whoever reads remembers anything.
    fn keep(&self, _: &Hash, _: Vec<u8>) {}

    /// Ends a run: nothing else is asked for.
    fn end(&self) {}

    /// Returns how many threads may work at the same time.
    fn threads(&self) -> NonZeroUsize {
        NonZeroUsize::MIN
    }
}

/// Reads in this process, where no limit of time or memory can be held.
pub struct InProcess;

impl ReadBooks for InProcess {
    fn read(&self, bytes: &[u8], _: &Limits) -> Result<RawBook, ReadError> {
        tonghop_read::workbook(bytes)
    }
}

/// What became of a workbook.
pub(super) struct Taken {
    /// The hash of its bytes, where it could be opened.
    pub hash: Option<Hash>,
    pub result: Result<Made, Box<Diagnostic>>,
}

/// Reads and recognises every workbook, or recalls what was made of it; one that cannot be read costs only itself.
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

/// Tells a workbook that takes much memory.
pub fn is_large(bytes: &[u8]) -> bool {
    bytes.len() > LARGE
}

/// Recalls what was made of a workbook with bytes of this hash.
fn recall(found: &FoundBook, hash: &Hash, reader: &dyn ReadBooks, recognition: &Recognition<'_>) -> Option<Taken> {
    let kept = reader.recall(&recognition.key(found, hash))?;
    Some(Taken { hash: Some(hash.clone()), result: Ok(Made::unpack(&kept)?) })
}

/// Reads and recognises one workbook, or recalls it; a large one `alone`.
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

/// Takes a lock; what it guards is whole even if another thread broke off.
pub fn lock<T>(guarded: &Mutex<T>) -> MutexGuard<'_, T> {
    guarded.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nobody_has_it_open() -> Words {
    Words::new(
        "kiểm tra quyền đọc tệp và thử lại khi không ai đang mở tệp",
        "check that the file may be read, and try again when nobody has it open",
    )
}
