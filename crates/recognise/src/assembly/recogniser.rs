//! Recognises workbooks one by one, then combines them.
//!
//! Input: workbooks, each read separately in any order and on any thread, so that its cells can be dropped. Output: the
//! dataset, ordered by department and file. Not here: reading a sheet, choosing between cells.

use super::integrity;
use super::members::Members;
use super::merged::Merged;
use super::precedence::Precedence;
use super::versions;
use crate::identity::{self, DepartmentRegistry, Fingerprint};
use crate::layout::preamble::Preamble;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::last_modified::LastModified;
use tonghop_core::model::product::ProductKind;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::reading_log::ReadingLog;

/// Recognises the workbooks of a project.
pub struct Recogniser<'a> {
    pub(super) sectors: &'a [Arc<SectorDecl>],
    pub(super) config: &'a Config,
    pub(super) registry: DepartmentRegistry<'a>,
    pub(super) members: Members<'a>,
}

/// The result of recognising one workbook.
#[derive(Serialize, Deserialize)]
pub struct RecognisedWorkbook {
    department: DepartmentId,
    pub(crate) file: FilePath,
    pub(crate) last_modified: Option<LastModified>,
    fingerprint: Option<Fingerprint>,
    /// Doubts about its department or period, and problems of all its content.
    doubts: Diagnostics,
    /// Its content, or why it is not read.
    content: Result<Merged, WorkbookRejection>,
}

impl RecognisedWorkbook {
    /// Returns the department and the path of the workbook.
    pub fn department_and_file(&self) -> (&DepartmentId, &FilePath) {
        (&self.department, &self.file)
    }

    /// Adds problems that the workbook has whatever is recognised in it.
    pub fn add_problems(&mut self, problems: Diagnostics) {
        self.doubts.extend(problems);
    }

    /// Drops the reading logs, which are only needed for the feedback to the department.
    pub fn clear_logs(&mut self) {
        let receptions = self.content.iter_mut().flat_map(|found| &mut found.dataset.workbooks);
        receptions.flat_map(|reception| &mut reception.sheets).for_each(|sheet| sheet.log = ReadingLog::default());
    }

    /// Encodes it for a cache. The bytes identify neither the declarations nor the program version.
    pub fn encode(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// Decodes what `encode` wrote; `None` if the bytes are invalid.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

/// Why a workbook is not read.
#[derive(Serialize, Deserialize)]
pub(super) enum WorkbookRejection {
    /// It belongs to another department or period.
    WrongIdentity(Diagnostic),
    /// It has no content of its department.
    ForeignContent(Diagnostic),
    /// This program made it, and it is not a form.
    OwnProduct(Diagnostic),
}

impl WorkbookRejection {
    /// Returns the problem that is reported.
    pub(super) fn into_diagnostic(self) -> Diagnostic {
        match self {
            Self::WrongIdentity(problem) | Self::ForeignContent(problem) | Self::OwnProduct(problem) => problem,
        }
    }
}

/// Reports a workbook that this program made and that is no data: an answer or a result that came back.
fn own_product(book: &ReceivedWorkbook) -> Option<Diagnostic> {
    let kind = book.workbook.product.filter(|kind| !kind.is_data())?;
    let message = match kind {
        ProductKind::Consolidated => Message::new(
            "đây là bảng tổng hợp do chương trình lập, không phải số liệu của đơn vị; tệp này không được đọc",
            "this is the consolidated workbook of the program, not data of the department; it was not read",
        ),
        ProductKind::Feedback | ProductKind::Form => Message::new(
            "đây là tệp phản hồi của văn phòng, không phải số liệu của đơn vị; tệp này không được đọc",
            "this is the feedback of the office, not data of the department; it was not read",
        ),
    };
    let hint = Message::new(
        "xóa tệp này khỏi thư mục; nếu đã sửa số trong đó, hãy sửa trong tệp của đơn vị rồi gửi tệp ấy",
        "remove it from the folder; if numbers were corrected in it, correct them in the department's own file and send that",
    );
    Some(Diagnostic::new(Code::OwnProduct, Place::File(book.file.clone()), message).with_hint(hint))
}

impl<'a> Recogniser<'a> {
    /// Prepares to recognise the observations that the sectors declare.
    pub fn new(sectors: &'a [Arc<SectorDecl>], config: &'a Config) -> Self {
        let (registry, members) = (DepartmentRegistry::new(sectors, config), Members::new(config, sectors));
        Self { sectors, config, registry, members }
    }

    /// Recognises one workbook, independently of the others.
    pub fn recognise_workbook(&self, book: &ReceivedWorkbook) -> RecognisedWorkbook {
        let vocabulary = self.registry.vocabulary(&book.department);
        let (preambles, merged) = Merged::from_workbook(book, vocabulary, &self.members, &mut ());
        let mut doubts = Diagnostics::new();
        let refusal = self.rejection(book, &preambles, merged.is_empty(), &mut doubts);
        if refusal.is_none() && !merged.is_empty() {
            doubts.extend(integrity::doubt(book));
        }
        RecognisedWorkbook {
            department: book.department.clone(),
            file: book.file.clone(),
            last_modified: book.workbook.last_modified.clone(),
            fingerprint: Fingerprint::compute(&book.workbook),
            doubts,
            content: refusal.map_or(Ok(merged), Err),
        }
    }

    /// Returns why a workbook must not be read; doubts go to `doubts`.
    pub(super) fn rejection(
        &self,
        book: &ReceivedWorkbook,
        preambles: &[Preamble],
        is_empty: bool,
        doubts: &mut Diagnostics,
    ) -> Option<WorkbookRejection> {
        if let Some(problem) = own_product(book) {
            return Some(WorkbookRejection::OwnProduct(problem));
        }
        let stranger = || is_empty.then(|| identity::foreign_content(book, &self.registry)).flatten();
        identity::check_identity(book, preambles, &self.registry, doubts)
            .map(WorkbookRejection::WrongIdentity)
            .or_else(|| stranger().map(WorkbookRejection::ForeignContent))
    }

    /// Combines the workbooks, ordered by department and file.
    ///
    /// The cells that contradict each other are in the dataset, as a correction may decide between them.
    pub fn combine(&self, mut books: Vec<RecognisedWorkbook>) -> (Dataset, Diagnostics) {
        // By stem, so that a copy follows its original: "bieu.xlsx", "bieu (2).xlsx".
        let stem = |file: &FilePath| {
            file.as_str().rsplit_once('.').map_or_else(|| file.to_string(), |(stem, _)| stem.to_owned())
        };
        books.sort_by_cached_key(|book| (book.department.clone(), stem(&book.file), book.file.clone()));
        let files =
            Precedence::new(books.iter().map(|book| (&book.file, book.last_modified.as_ref())), self.config.duplicates);
        let mut diagnostics = Diagnostics::new();
        let mut foreign = Diagnostics::new();
        let mut readable = Vec::new();
        let mut firsts: BTreeMap<(DepartmentId, Fingerprint, BTreeSet<String>), FilePath> = BTreeMap::new();
        for book in books {
            diagnostics.extend(book.doubts);
            if let Err(WorkbookRejection::WrongIdentity(problem) | WorkbookRejection::OwnProduct(problem)) =
                book.content
            {
                diagnostics.push(problem);
                continue;
            }
            if let Some(fingerprint) = book.fingerprint {
                // The forms of two members can have the same cells.
                let members = book.content.as_ref().map(|found| found.members.clone()).unwrap_or_default();
                let first = firsts.entry((book.department, fingerprint, members)).or_insert_with(|| book.file.clone());
                if *first != book.file {
                    diagnostics.push(identity::repeated_workbook(&book.file, first));
                    continue;
                }
            }
            match book.content {
                Ok(found) => readable.push(found),
                Err(rejection) => foreign.push(rejection.into_diagnostic()),
            }
        }
        diagnostics.append(&mut foreign);
        let mut merged = Merged::default();
        let (used, refused) = versions::select_versions(readable, &files, &mut diagnostics);
        used.into_iter().for_each(|book| merged.merge(book));
        merged.refused = refused;
        let (dataset, problems) = merged.into_dataset(self.sectors, &files, self.config);
        diagnostics.extend(problems);
        (dataset, diagnostics)
    }
}
