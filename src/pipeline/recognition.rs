//! Recognises workbooks and encodes the results as bytes.
//!
//! Input: workbooks as read, and the [`RecognitionContext`]. Output: for each workbook the recognised data and the
//! cells for its feedback, as bytes that can be sent between processes and cached between runs.
//! Not here: which process does the work, where the bytes are kept.

use crate::find::WorkbookFile;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::raw_workbook::{RawWorkbook, ReceivedWorkbook};
use tonghop_read::{ReadError, decode, encode};
use tonghop_recognise::{RecognisedWorkbook, Recogniser, remove_control_characters};
use tonghop_report::write;

/// What recognition depends on besides the workbook: the settings and the declarations.
pub struct RecognitionContext {
    bytes: Vec<u8>,
    hash: ContentHash,
    config: Arc<Config>,
    sectors: Vec<Arc<SectorDecl>>,
}

impl RecognitionContext {
    /// Creates a context; `settings` is the text that `config` was parsed from.
    pub(super) fn new(settings: &str, config: Arc<Config>, sectors: Vec<Arc<SectorDecl>>) -> Self {
        // Serialising into memory does not fail; an empty result would fail to decode and no workbook could be read.
        let packed = postcard::to_allocvec(&(settings, &sectors)).unwrap_or_default();
        Self { hash: ContentHash::compute(&packed), bytes: packed, config, sectors }
    }

    /// Returns the encoded context; the encoding has no version number.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Decodes a context; `None` if the bytes are not valid.
    pub fn decode(packed: Vec<u8>) -> Option<Self> {
        let (settings, sectors): (&str, Vec<Arc<SectorDecl>>) = postcard::from_bytes(&packed).ok()?;
        let config = Arc::new(Config::parse(settings).ok()?);
        Some(Self { hash: ContentHash::compute(&packed), bytes: packed, config, sectors })
    }

    /// Returns the hash of the encoded context.
    pub fn hash(&self) -> &ContentHash {
        &self.hash
    }

    /// Creates a recogniser for this context.
    pub fn recognition(&self) -> Recognition<'_> {
        Recognition { recogniser: Recogniser::new(&self.sectors, &self.config), context: self }
    }
}

/// A workbook to recognise.
#[derive(Clone, Copy)]
pub struct Request<'s> {
    /// The department whose folder the file is in.
    pub department: &'s DepartmentId,
    /// The path in the project, used to name its cells.
    pub file: &'s FilePath,
    /// The content of the file.
    pub bytes: &'s [u8],
}

/// Recognises workbooks in a [`RecognitionContext`].
pub struct Recognition<'t> {
    pub(super) recogniser: Recogniser<'t>,
    /// The context of the recognition.
    pub context: &'t RecognitionContext,
}

impl Recognition<'_> {
    /// Recognises a workbook and returns the encoded result.
    ///
    /// # Errors
    /// Returns [`ReadError::WorkerCrash`] if the result cannot be encoded.
    pub fn recognise(&self, request: Request<'_>, book: RawWorkbook) -> Result<Vec<u8>, ReadError> {
        let mut book =
            ReceivedWorkbook { department: request.department.clone(), file: request.file.clone(), workbook: book };
        let removed = remove_control_characters(&mut book);
        let mut recognised = self.recogniser.recognise_workbook(&book);
        recognised.add_problems(removed);
        if !write::is_feedback_enabled(&self.context.config) {
            recognised.clear_logs();
        }
        let recognised = recognised.encode().ok_or(ReadError::WorkerCrash)?;
        let feedback_cells = encode(&Ok(write::trim_for_feedback(book, &self.context.config).workbook));
        let length = (recognised.len() as u64).to_le_bytes();
        Ok([&length[..], &recognised, &feedback_cells].concat())
    }

    /// Returns the cache key of the result for a workbook with this hash; it covers everything the result depends on.
    pub(super) fn cache_key(&self, found: &WorkbookFile, hash: &ContentHash) -> ContentHash {
        let WorkbookFile { department, file, .. } = found;
        ContentHash::compute(format!("{terms}\n{department}\n{file}\n{hash}", terms = self.context.hash).as_bytes())
    }
}

/// The recognition result of a workbook.
pub(super) struct RecognisedFile {
    pub recognised: RecognisedWorkbook,
    /// The cells that the feedback to its department shows.
    pub feedback_cells: ReceivedWorkbook,
}

impl RecognisedFile {
    /// Decodes the output of [`Recognition::recognise`]; `None` if the bytes are incomplete.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (recognised, shown) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (recognised, book) = (RecognisedWorkbook::decode(recognised)?, decode(shown)?.ok()?);
        let (department, file) = recognised.department_and_file();
        let feedback_cells = ReceivedWorkbook { department: department.clone(), file: file.clone(), workbook: book };
        Some(Self { recognised, feedback_cells })
    }
}
