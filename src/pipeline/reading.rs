//! Reads the workbooks of a run, several at a time.
//!
//! Input: the files that were found and an [`Environment`]. Output: the outcome for each file, in the same order;
//! the number of threads does not affect it. Not here: how a workbook is read.

use super::Progress;
use super::environment::{Environment, ResultStore};
use super::file_hashes::FileHashes;
use super::recognition::{RecognisedFile, Recognition, Request};
use crate::find::WorkbookFile;
use std::sync::Mutex;
use tonghop_core::config::Limits;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Message;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::msg;
use tonghop_core::parallel::{lock, parallel_map};
use tonghop_read::ReadError;
use tonghop_report::write::InputHashes;
use tracing::debug;

/// Files above this size in bytes may hold a million cells; only one of them is in memory at a time.
const LARGE_FILE_BYTES: usize = 4 * 1024 * 1024;

/// The outcome of reading a workbook.
pub(super) struct ReadOutcome {
    /// The hash of its bytes; `None` if it could not be opened.
    pub hash: Option<ContentHash>,
    pub result: Result<RecognisedFile, Box<Diagnostic>>,
}

/// Reads and recognises every workbook, or takes the cached result; a failure affects only its own workbook.
pub(super) fn read_all(
    found: &[WorkbookFile],
    environment: &Environment<'_>,
    limits: &Limits,
    progress: &dyn Progress,
    recognition: &Recognition<'_>,
    hashes: Option<&FileHashes>,
) -> Vec<ReadOutcome> {
    let large_file_lock = Mutex::new(());
    progress.reading_started(found.len());
    let outcomes = parallel_map(found, environment.threads, &|book: &WorkbookFile| {
        let outcome = hashes
            .and_then(|contents| recall_outcome(book, contents.get(&book.path)?, environment.store, recognition))
            .unwrap_or_else(|| read_workbook(book, environment, limits, &large_file_lock, recognition));
        progress.workbook_read(&book.file);
        outcome
    });
    progress.reading_finished();
    outcomes
}

/// Collects the recognised workbooks, the hash of each file, and the problems of those that could not be read.
pub(super) fn collect_recognised(
    found: &[WorkbookFile],
    outcomes: Vec<ReadOutcome>,
    inputs: &mut InputHashes,
    diagnostics: &mut Diagnostics,
) -> Vec<RecognisedFile> {
    let mut books = Vec::with_capacity(outcomes.len());
    for (file, ReadOutcome { hash, result }) in found.iter().zip(outcomes) {
        inputs.workbooks.extend(hash.map(|hash| (file.department.clone(), file.file.clone(), hash)));
        match result {
            Ok(book) => books.push(book),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    books
}

/// Returns whether a workbook may need much memory.
pub fn is_large(bytes: &[u8]) -> bool {
    bytes.len() > LARGE_FILE_BYTES
}

/// Returns the cached result for a workbook with this hash.
fn recall_outcome(
    found: &WorkbookFile,
    hash: &ContentHash,
    store: &dyn ResultStore,
    recognition: &Recognition<'_>,
) -> Option<ReadOutcome> {
    let kept = store.get(&recognition.cache_key(found, hash))?;
    Some(ReadOutcome { hash: Some(hash.clone()), result: Ok(RecognisedFile::decode(&kept)?) })
}

/// Reads and recognises one workbook, or takes the cached result; large workbooks are read one at a time.
fn read_workbook(
    found: &WorkbookFile,
    &Environment { source, reader, store, .. }: &Environment<'_>,
    limits: &Limits,
    large_file_lock: &Mutex<()>,
    recognition: &Recognition<'_>,
) -> ReadOutcome {
    let unreadable = |reason: Message, hint: Message| {
        let message = msg!("không đọc được tệp này: {reason}", "this file cannot be read: {reason}", reason = reason);
        Box::new(Diagnostic::new(Code::WorkbookUnreadable, Place::File(found.file.clone()), message).with_hint(hint))
    };
    let bytes = match source.read(&found.path) {
        Ok(bytes) => bytes,
        Err(error) => return ReadOutcome { hash: None, result: Err(unreadable(error.message(), close_file_hint())) },
    };
    let hash = ContentHash::compute(&bytes);
    if let Some(outcome) = recall_outcome(found, &hash, store, recognition) {
        debug!(file = %found.file, "recalled");
        return outcome;
    }
    debug!(file = %found.file, bytes = bytes.len(), "read");
    let _alone = is_large(&bytes).then(|| lock(large_file_lock));
    let request = Request { department: &found.department, file: &found.file, bytes: &bytes };
    let result = reader.recognise(request, recognition, limits).and_then(|made| {
        let unpacked = RecognisedFile::decode(&made).ok_or(ReadError::WorkerCrash)?;
        store.put(&recognition.cache_key(found, &hash), made);
        Ok(unpacked)
    });
    let unreadable_with = |error: ReadError| {
        debug!(file = %found.file, ?error, "lost");
        unreadable(error.message(), error.hint())
    };
    ReadOutcome { hash: Some(hash), result: result.map_err(unreadable_with) }
}

fn close_file_hint() -> Message {
    Message::new(
        "kiểm tra quyền đọc tệp và thử lại khi không ai đang mở tệp",
        "check the permission to read the file, and try again when no one has it open",
    )
}
