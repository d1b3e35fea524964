//! Recognises workbooks and encodes the results as bytes.
//!
//! Input: workbooks as read, and the [`RecognitionContext`]. Output: for each workbook the recognised data and the
//! cells for its feedback, as bytes that can be sent between processes and cached between runs.
//! Not here: which process does the work, where the bytes are kept.

use crate::find::FoundBook;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::model::book::{RawBook, ReceivedBook};
use tonghop_core::model::hash::Hash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_read::{ReadError, pack, unpack};
use tonghop_recognise::{Recognised, Recogniser};
use tonghop_report::write;

/// What recognition depends on besides the workbook: the settings and the declarations.
pub struct Terms {
    packed: Vec<u8>,
    hash: Hash,
    config: Arc<Config>,
    sectors: Vec<Arc<SectorDecl>>,
}

impl Terms {
    /// Creates a context; `settings` is the text that `config` was parsed from.
    pub(super) fn new(settings: &str, config: Arc<Config>, sectors: Vec<Arc<SectorDecl>>) -> Self {
        // Serialising into memory does not fail; an empty result would fail to decode and no workbook could be read.
        let packed = postcard::to_allocvec(&(settings, &sectors)).unwrap_or_default();
        Self { hash: Hash::of(&packed), packed, config, sectors }
    }

    /// Returns the encoded context; the encoding has no version number.
    pub fn packed(&self) -> &[u8] {
        &self.packed
    }

    /// Decodes a context; `None` if the bytes are not valid.
    pub fn unpack(packed: Vec<u8>) -> Option<Self> {
        let (settings, sectors): (&str, Vec<Arc<SectorDecl>>) = postcard::from_bytes(&packed).ok()?;
        let config = Arc::new(Config::parse(settings).ok()?);
        Some(Self { hash: Hash::of(&packed), packed, config, sectors })
    }

    /// Returns the hash of the encoded context.
    pub fn hash(&self) -> &Hash {
        &self.hash
    }

    /// Creates a recogniser for this context.
    pub fn recognition(&self) -> Recognition<'_> {
        Recognition { recogniser: Recogniser::new(&self.sectors, &self.config), terms: self }
    }
}

/// A workbook to recognise.
#[derive(Clone, Copy)]
pub struct Sent<'s> {
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
    pub terms: &'t Terms,
}

impl Recognition<'_> {
    /// Recognises a workbook and returns the encoded result.
    ///
    /// # Errors
    /// [`ReadError::Crash`] if the result cannot be encoded.
    pub fn make(&self, sent: Sent<'_>, book: RawBook) -> Result<Vec<u8>, ReadError> {
        let book = ReceivedBook { department: sent.department.clone(), file: sent.file.clone(), book };
        let mut recognised = self.recogniser.read(&book);
        if !write::answers_anybody(&self.terms.config) {
            recognised.forget_log();
        }
        let recognised = recognised.pack().ok_or(ReadError::Crash)?;
        let shown = pack(&Ok(write::shown_again(book, &self.terms.config).book));
        let length = (recognised.len() as u64).to_le_bytes();
        Ok([&length[..], &recognised, &shown].concat())
    }

    /// Returns the cache key of the result for a workbook with this hash; it covers everything the result depends on.
    pub(super) fn key(&self, found: &FoundBook, hash: &Hash) -> Hash {
        let FoundBook { department, file, .. } = found;
        Hash::of(format!("{terms}\n{department}\n{file}\n{hash}", terms = self.terms.hash).as_bytes())
    }
}

/// The recognition result of a workbook.
pub(super) struct Made {
    pub recognised: Recognised,
    /// The cells that the feedback to its department shows.
    pub shown: ReceivedBook,
}

impl Made {
    /// Decodes the output of [`Recognition::recognise`]; `None` if the bytes are incomplete.
    pub(super) fn unpack(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (recognised, shown) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (recognised, book) = (Recognised::unpack(recognised)?, unpack(shown)?.ok()?);
        let (department, file) = recognised.of();
        let shown = ReceivedBook { department: department.clone(), file: file.clone(), book };
        Some(Self { recognised, shown })
    }
}
