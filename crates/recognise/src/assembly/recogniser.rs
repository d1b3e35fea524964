//! Recognises workbooks one by one, then combines them.
//!
//! Input: workbooks, each read separately in any order and on any thread, so that its cells can be dropped. Output: the
//! dataset, ordered by department and file. Not here: reading a sheet, choosing between cells.

use super::gather::Gathering;
use super::precedence::Precedence;
use super::versions;
use crate::identity::{self, Fingerprint, Registry};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Diagnostic, Diagnostics};
use tonghop_core::model::book::ReceivedBook;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::reading::ReadingLog;
use tonghop_core::model::saved::Saved;

/// Recognises the workbooks of a project.
pub struct Recogniser<'a> {
    sectors: &'a [Arc<SectorDecl>],
    config: &'a Config,
    registry: Registry<'a>,
}

/// The result of recognising one workbook.
#[derive(Serialize, Deserialize)]
pub struct Recognised {
    department: DepartmentId,
    pub(crate) file: FilePath,
    pub(crate) saved: Option<Saved>,
    fingerprint: Option<Fingerprint>,
    /// Doubts about its department or period.
    doubts: Diagnostics,
    /// Its content, or why it is not read.
    given: Result<Gathering, Refusal>,
}

impl Recognised {
    /// Returns the department and the path of the workbook.
    pub fn of(&self) -> (&DepartmentId, &FilePath) {
        (&self.department, &self.file)
    }

    /// Drops the reading logs, which are only needed for the feedback to the department.
    pub fn forget_log(&mut self) {
        let receptions = self.given.iter_mut().flat_map(|found| &mut found.dataset.receptions);
        receptions.flat_map(|reception| &mut reception.sheets).for_each(|sheet| sheet.log = ReadingLog::default());
    }

    /// Encodes it for a cache. The bytes identify neither the declarations nor the program version.
    pub fn pack(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// Decodes what `encode` wrote; `None` if the bytes are invalid.
    pub fn unpack(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

/// Why a workbook is not read.
#[derive(Serialize, Deserialize)]
enum Refusal {
    /// It belongs to another department or period.
    Identity(Diagnostic),
    /// It has no content of its department.
    Stranger(Diagnostic),
}

impl<'a> Recogniser<'a> {
    /// Prepares to recognise the observations that the sectors declare.
    pub fn new(sectors: &'a [Arc<SectorDecl>], config: &'a Config) -> Self {
        Self { sectors, config, registry: Registry::new(sectors, config) }
    }

    /// Recognises one workbook, independently of the others.
    pub fn read(&self, book: &ReceivedBook) -> Recognised {
        let index = self.registry.index(&book.department);
        let (openings, found) = Gathering::of(book, index, self.registry.headings());
        let mut doubts = Diagnostics::new();
        let stranger = || found.is_empty().then(|| identity::stranger(book, &self.registry)).flatten();
        let refusal = identity::refused(book, &openings, &self.registry, &mut doubts)
            .map(Refusal::Identity)
            .or_else(|| stranger().map(Refusal::Stranger));
        Recognised {
            department: book.department.clone(),
            file: book.file.clone(),
            saved: book.book.saved.clone(),
            fingerprint: Fingerprint::of(&book.book),
            doubts,
            given: refusal.map_or(Ok(found), Err),
        }
    }

    /// Combines the workbooks, ordered by department and file.
    pub fn together(&self, mut books: Vec<Recognised>) -> (Dataset, Diagnostics) {
        // By stem, so that a copy follows its original: "bieu.xlsx", "bieu (2).xlsx".
        let stem = |file: &FilePath| {
            file.as_str().rsplit_once('.').map_or_else(|| file.to_string(), |(stem, _)| stem.to_owned())
        };
        books.sort_by_cached_key(|book| (book.department.clone(), stem(&book.file), book.file.clone()));
        let files =
            Precedence::new(books.iter().map(|book| (&book.file, book.saved.as_ref())), self.config.duplicates.keep);
        let mut diagnostics = Diagnostics::new();
        let mut problems = Diagnostics::new();
        let mut gathered = Vec::new();
        let mut firsts: BTreeMap<(DepartmentId, Fingerprint), FilePath> = BTreeMap::new();
        for book in books {
            diagnostics.extend(book.doubts);
            if let Err(Refusal::Identity(problem)) = book.given {
                diagnostics.push(problem);
                continue;
            }
            if let Some(fingerprint) = book.fingerprint {
                let first = firsts.entry((book.department, fingerprint)).or_insert_with(|| book.file.clone());
                if *first != book.file {
                    diagnostics.push(identity::copied(&book.file, first));
                    continue;
                }
            }
            match book.given {
                Ok(found) => gathered.push(found),
                Err(Refusal::Stranger(problem) | Refusal::Identity(problem)) => problems.push(problem),
            }
        }
        diagnostics.append(&mut problems);
        let mut all = Gathering::default();
        versions::standing(gathered, &files, &mut diagnostics).into_iter().for_each(|one| all.absorb(one));
        let (dataset, problems) = all.finish(self.sectors, &files);
        diagnostics.extend(problems);
        (dataset, diagnostics)
    }
}
