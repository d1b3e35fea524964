//! What a run makes of each workbook: what it was recognised as, and the cells that its department is shown again.
//!
//! In come workbooks as read and the [`Terms`] on which they are recognised; out goes what was made of each as bytes,
//! which can be sent from one process to another and kept from one run to the next, and what such bytes hold. Never
//! here: which process this is, where bytes are kept.

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

/// What the meaning of a workbook depends on beside itself: the settings and the declarations.
pub struct Terms {
    packed: Vec<u8>,
    hash: Hash,
    config: Arc<Config>,
    sectors: Vec<Arc<SectorDecl>>,
}

impl Terms {
    /// Puts terms together; `settings` is the text of which `config` was made.
    pub(super) fn new(settings: &str, config: Arc<Config>, sectors: Vec<Arc<SectorDecl>>) -> Self {
        // A list in memory takes everything; if it did not, nobody could read a workbook on these terms.
        let packed = postcard::to_allocvec(&(settings, &sectors)).unwrap_or_default();
        Self { hash: Hash::of(&packed), packed, config, sectors }
    }

    /// Returns the terms as bytes, which say nothing of the version that made them.
    pub fn packed(&self) -> &[u8] {
        &self.packed
    }

    /// Returns the terms that were packed.
    pub fn unpack(packed: Vec<u8>) -> Option<Self> {
        let (settings, sectors): (&str, Vec<Arc<SectorDecl>>) = postcard::from_bytes(&packed).ok()?;
        let config = Arc::new(Config::parse(settings).ok()?);
        Some(Self { hash: Hash::of(&packed), packed, config, sectors })
    }

    /// Names the terms: others have another name.
    pub fn hash(&self) -> &Hash {
        &self.hash
    }

    /// Prepares to recognise workbooks.
    pub fn recognition(&self) -> Recognition<'_> {
        Recognition { recogniser: Recogniser::new(&self.sectors, &self.config), terms: self }
    }
}

/// The bytes of a workbook, and whose it is.
#[derive(Clone, Copy)]
pub struct Sent<'s> {
    /// The one whose folder it is in.
    pub department: &'s DepartmentId,
    /// Its path in the project, by which its cells are named.
    pub file: &'s FilePath,
    /// The whole file.
    pub bytes: &'s [u8],
}

/// Recognises workbooks.
pub struct Recognition<'t> {
    pub(super) recogniser: Recogniser<'t>,
    /// The terms on which they are recognised.
    pub terms: &'t Terms,
}

impl Recognition<'_> {
    /// Makes of a workbook what a run needs of it, as bytes.
    ///
    /// # Errors
    /// [`ReadError::Crash`] if it cannot be told in bytes.
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

    /// Names what is made of a workbook with bytes of this hash: another name whatever it depends on changes.
    pub(super) fn key(&self, found: &FoundBook, hash: &Hash) -> Hash {
        let FoundBook { department, file, .. } = found;
        Hash::of(format!("{terms}\n{department}\n{file}\n{hash}", terms = self.terms.hash).as_bytes())
    }
}

/// What was made of a workbook.
pub(super) struct Made {
    pub recognised: Recognised,
    /// The cells that its department is shown again.
    pub shown: ReceivedBook,
}

impl Made {
    /// Reads what [`Recognition::make`] wrote; `None` where the bytes are not whole.
    pub(super) fn unpack(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (recognised, shown) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (recognised, book) = (Recognised::unpack(recognised)?, unpack(shown)?.ok()?);
        let (department, file) = recognised.of();
        let shown = ReceivedBook { department: department.clone(), file: file.clone(), book };
        Some(Self { recognised, shown })
    }
}
