//! What a run makes of each workbook: what it was recognised as, and the cells that its department is shown again.
//!
//! In comes a workbook as read, out go both, or the same from bytes that an earlier run kept; their name changes with
//! the workbook, the declarations and the settings. Never here: where bytes are kept.

use super::reading::Make;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::find::FoundBook;
use crate::model::cell::ReceivedBook;
use crate::model::dataset::Dataset;
use crate::model::hash::Hash;
use crate::model::id::{DepartmentId, FilePath};
use crate::model::indicator::SectorDecl;
use crate::read::{pack, unpack};
use crate::recognise::{Recognised, Recogniser};
use crate::write;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Recognises the workbooks of a run.
pub(super) struct Recognition<'a> {
    recogniser: Recogniser<'a>,
    config: &'a Config,
    /// What a workbook's meaning depends on beside itself.
    asked: Hash,
}

/// What is kept of a workbook.
#[derive(Serialize, Deserialize)]
struct Kept<'k> {
    #[serde(borrow)]
    recognised: &'k [u8],
    #[serde(borrow)]
    shown: &'k [u8],
}

impl<'a> Recognition<'a> {
    pub fn new(sectors: &'a [Arc<SectorDecl>], config: &'a Config) -> Self {
        // Declarations and settings as they are written out for whoever debugs: every field of every one of them.
        let asked = Hash::of(format!("{sectors:?}{config:?}").as_bytes());
        Self { recogniser: Recogniser::new(sectors, config), config, asked }
    }

    /// Puts what the workbooks gave together.
    pub fn together(&self, books: Vec<Recognised>) -> (Dataset, Diagnostics) {
        self.recogniser.together(books)
    }
}

impl Make for Recognition<'_> {
    type Made = (Recognised, ReceivedBook);

    fn make(&self, book: ReceivedBook) -> Self::Made {
        (self.recogniser.read(&book), write::shown_again(book, self.config))
    }

    fn key(&self, found: &FoundBook, bytes: &Hash) -> Hash {
        let FoundBook { department, file, .. } = found;
        Hash::of(format!("{asked}\n{department}\n{file}\n{bytes}", asked = self.asked).as_bytes())
    }

    fn pack(&self, (recognised, book): &Self::Made) -> Option<Vec<u8>> {
        let (recognised, shown) = (recognised.pack()?, pack(&Ok(book.book.clone())));
        postcard::to_allocvec(&Kept { recognised: &recognised, shown: &shown }).ok()
    }

    fn unpack(&self, bytes: &[u8]) -> Option<Self::Made> {
        let kept: Kept<'_> = postcard::from_bytes(bytes).ok()?;
        let (recognised, book) = (Recognised::unpack(kept.recognised)?, unpack(kept.shown)?.ok()?);
        let (department, file) = recognised.of();
        let (department, file): (DepartmentId, FilePath) = (department.clone(), file.clone());
        Some((recognised, ReceivedBook { department, file, book }))
    }
}
