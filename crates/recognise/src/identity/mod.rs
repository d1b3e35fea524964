//! Checks that a workbook belongs to its department and to the reporting period, and is not a copy.
//!
//! Input: the workbooks as received. Output: why a workbook must not be read, and diagnostics for doubtful ones. Not
//! here: the values of cells.
//!
//! The lines above the tables name the sender ([`sender`]) and the period ([`period`]); if they name no sender, the
//! matched indicators decide. A workbook of another department or period is not read at all: its figures would be
//! plausible, but wrong in this report.

mod period;
mod sender;

use crate::layout::heading::Headings;
use crate::layout::opening::{Opening, beginning};
use crate::matching::index::Index;
use crate::sheet;
use period::{Said, Verdict};
use sender::Names;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::book::{RawBook, ReceivedBook};
use tonghop_core::model::cell::RawValue;
use tonghop_core::model::id::{DepartmentId, FilePath, SectorId};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::say;

/// The number of matched indicators and topics from which a workbook is attributed to another department.
const CLEAR: usize = 3;

/// The index and the name of each department.
pub(super) struct Registry<'a> {
    headings: Headings,
    config: &'a Config,
    names: Names<'a>,
    /// The sectors that each department reports to, as indexes.
    asked: BTreeMap<&'a DepartmentId, Vec<usize>>,
    /// One index for all departments that report the same.
    indexes: BTreeMap<Share<'a>, Index<'a>>,
    nothing: Index<'a>,
}

/// The key of an index: the sectors, and the department if labels were accepted for it alone.
type Share<'a> = (Vec<usize>, Option<&'a DepartmentId>);

impl<'a> Registry<'a> {
    pub(crate) fn new(sectors: &'a [Arc<SectorDecl>], config: &'a Config) -> Self {
        let mut asked: BTreeMap<&DepartmentId, Vec<usize>> = BTreeMap::new();
        for (at, sector) in sectors.iter().enumerate() {
            for department in &sector.departments {
                let of_department = asked.entry(department).or_default();
                // A sector can list a department twice.
                if of_department.last() != Some(&at) {
                    of_department.push(at);
                }
            }
        }
        let (headings, names) = (Headings::new(config, sectors), Names::new(config));
        let nothing = Index::new(None, &[]);
        let mut registry = Self { headings, config, names, asked, indexes: BTreeMap::new(), nothing };
        registry.index_all(sectors);
        registry
    }

    fn index_all(&mut self, sectors: &'a [Arc<SectorDecl>]) {
        let labels = sectors.iter().flat_map(|sector| &sector.indicators).flat_map(|indicator| &indicator.accepted);
        let own: BTreeSet<&DepartmentId> = labels.filter_map(|label| label.department.as_ref()).collect();
        for (department, asked) in &mut self.asked {
            let only = own.get(*department).copied();
            self.indexes.entry((asked.clone(), only)).or_insert_with(|| {
                let sectors: Vec<&SectorDecl> = asked.iter().map(|at| &*sectors[*at]).collect();
                Index::new(only, &sectors)
            });
        }
    }

    pub(crate) fn headings(&self) -> &Headings {
        &self.headings
    }

    /// Returns the index of a department, an empty one if it reports nothing.
    pub(crate) fn index(&self, department: &DepartmentId) -> &Index<'a> {
        let Some((department, asked)) = self.asked.get_key_value(department) else { return &self.nothing };
        let own = self.indexes.get(&(asked.clone(), Some(*department)));
        own.or_else(|| self.indexes.get(&(asked.clone(), None))).unwrap_or(&self.nothing)
    }

    /// Counts the indicators, topics and open tables of a department that the truncated workbook has data for.
    fn matches(&self, beginning: &ReceivedBook, department: &DepartmentId) -> usize {
        let index = self.index(department);
        let mut found: BTreeSet<(SectorId, String)> = BTreeSet::new();
        for part in &beginning.book.sheets {
            let (_, harvest) = sheet::read(beginning, part, index, &self.headings);
            found.extend(harvest.offers.into_iter().map(|o| (o.key.sector, o.key.indicator.to_string())));
            found.extend(harvest.narrative.into_iter().map(|(topic, _)| topic));
            found.extend(harvest.records.into_iter().map(|batch| (batch.sector, batch.name.to_string())));
        }
        found.len()
    }

    fn name(&self, department: &DepartmentId) -> String {
        self.config.department(department.as_str()).map_or_else(|| department.to_string(), |d| d.name.clone())
    }
}

/// Returns why a workbook must not be read, judging by the preambles of its sheets; doubts go to `diagnostics`.
pub(super) fn refused(
    book: &ReceivedBook,
    openings: &[Opening],
    registry: &Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    sent_by_other(book, openings, registry, diagnostics)
        .or_else(|| of_other_period(&book.file, openings, registry.config, diagnostics))
}

/// Rejects a workbook that names another department, unless it matches its own department better; then it is doubtful.
fn sent_by_other(
    book: &ReceivedBook,
    openings: &[Opening],
    registry: &Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    let named = registry.names.other(openings, &book.department)?;
    let (own, theirs) = (&book.department, &named.department.id);
    let beginning = beginning(book);
    let refused = registry.matches(&beginning, theirs) >= registry.matches(&beginning, own);
    let (sender, folder) = (&named.department.name, registry.name(own));
    let said = &named.said.words;
    if refused {
        let message = say!(
            "biểu ghi đơn vị gửi là \"{said}\" nhưng tệp nằm trong thư mục của {folder}; tệp này không được đọc",
            "the form says that it is from \"{said}\", but the file stands in the folder of {folder}; this file is not read",
        );
        return Some(named.said.problem(Code::DepartmentMismatch, &book.file, message).hint(say!(
            "chuyển tệp sang thư mục workbooks/{theirs} nếu là biểu của {sender}; nếu là biểu của {folder} thì ghi \"Đơn vị báo cáo: {folder}\" ở đầu biểu",
            "move the file to workbooks/{theirs} if it is from {sender}; if it is from {folder}, write \"Đơn vị báo cáo: {folder}\" at the top of the form",
        )));
    }
    let message = say!(
        "biểu ghi đơn vị gửi là \"{said}\" nhưng các dòng là chỉ tiêu của {folder}; vẫn đọc là biểu của {folder}",
        "the form says that it is from \"{said}\", but its rows are indicators of {folder}; it is read as from {folder}",
    );
    diagnostics.push(named.said.problem(Code::IdentityDoubtful, &book.file, message).hint(say!(
        "sửa tên đơn vị ở đầu biểu thành {folder}, hoặc kiểm tra lại tệp có đúng của {folder} không",
        "put the name of {folder} at the top of the form, or check whether the file is from {folder}",
    )));
    None
}

/// Rejects a workbook that states only another period; lines that contradict the stated period are doubtful.
fn of_other_period(
    file: &FilePath,
    openings: &[Opening],
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    let period = config.setting("period.name").unwrap_or_default();
    match period::judge(openings, config.period) {
        Verdict::Ours => None,
        Verdict::Other(said) => {
            let message = say!(
                "biểu ghi \"{words}\", không phải kỳ báo cáo {period}; tệp này không được đọc",
                "the form says \"{words}\", which is not the reporting period \"{period}\"; this file is not read",
                words = said.words.trim(),
            );
            Some(said.problem(Code::PeriodMismatch, file, message).hint(say!(
                "gửi biểu của {period}; nếu số liệu đúng là của kỳ này thì sửa dòng được nêu, nếu là số liệu cùng kỳ thì ghi rõ \"cùng kỳ\" trong tiêu đề",
                "send the form of \"{period}\"; if the figures are of this period, mend the line, if they are last year's for comparison, say \"cùng kỳ\" in the heading",
            )))
        }
        Verdict::Doubtful(lines) => {
            diagnostics.extend(lines.iter().map(|said| doubtful(said, file, &period)));
            None
        }
    }
}

fn doubtful(said: &Said, file: &FilePath, period: &str) -> Diagnostic {
    let message = say!(
        "dòng này ghi \"{words}\" trong khi tệp là của kỳ báo cáo {period}; vẫn đọc là số liệu của {period}",
        "this line says \"{words}\" although the file is of the reporting period \"{period}\"; it is read as of \"{period}\"",
        words = said.words.trim(),
    );
    said.problem(Code::IdentityDoubtful, file, message).hint(say!(
        "sửa dòng này nếu trang là của {period}; nếu trang còn số liệu kỳ trước thì nhập lại hoặc xóa trang",
        "mend this line if the sheet is of \"{period}\"; if the sheet still has figures of an earlier period, enter them anew or delete the sheet",
    ))
}

/// A hash of the cells of a workbook and their number; the names of the sheets do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Fingerprint(u64, usize);

impl Fingerprint {
    /// Computes the fingerprint of a workbook; `None` if it has no cells.
    pub(crate) fn of(book: &RawBook) -> Option<Self> {
        // The default keys are fixed, so fingerprints are stable across runs.
        let mut hasher = DefaultHasher::new();
        let mut count = 0;
        for sheet in &book.sheets {
            count += sheet.cells.len();
            sheet.cells.len().hash(&mut hasher);
            for (place, cell) in sheet.cells.iter() {
                // One write per cell ref and per number: writes are most of the cost.
                hasher.write_u64(u64::from(place.row) << u32::BITS | u64::from(place.col));
                match &cell.value {
                    RawValue::Number(number) | RawValue::Date(number) => hasher.write(&number.normalize().serialize()),
                    RawValue::Text(text) | RawValue::Error(text) => text.hash(&mut hasher),
                    RawValue::Bool(_) | RawValue::Unevaluated => cell.as_typed().hash(&mut hasher),
                }
            }
        }
        (count > 0).then(|| Self(hasher.finish(), count))
    }
}

/// Returns the diagnostic of a workbook with the same content as `first`.
pub(super) fn copied(file: &FilePath, first: &FilePath) -> Diagnostic {
    let message = say!(
        "nội dung giống hệt tệp {first}; chỉ đọc tệp {first}",
        "the content is the same as that of {first}; only {first} is read",
    );
    Diagnostic::new(Code::WorkbookRepeated, Place::File(file.clone()), message)
        .also(Place::File(first.clone()))
        .hint(Words::new("xóa một trong hai tệp", "delete one of the two files"))
}

/// Returns the diagnostic of a workbook without own content that matches the indicators of other departments.
pub(super) fn stranger(book: &ReceivedBook, registry: &Registry<'_>) -> Option<Diagnostic> {
    let (count, owners) = owners(&beginning(book), registry);
    let (first, folder) = (owners.first()?, registry.name(&book.department));
    let names: Vec<String> = owners.iter().map(|owner| registry.name(owner)).collect();
    let message = say!(
        "tệp không có chỉ tiêu nào của {folder} nhưng có {count} chỉ tiêu, nội dung của {owner}; tệp này không được đọc",
        "the file has no indicator of {folder} but {count} indicators and topics of {owner}; this file is not read",
        owner = names.join(", "),
    );
    let hint = say!("chuyển tệp sang thư mục workbooks/{first}", "move the file to workbooks/{first}");
    Some(Diagnostic::new(Code::DepartmentMismatch, Place::File(book.file.clone()), message).hint(hint))
}

/// Returns the highest number of matches, and the departments that reach it; none below the minimum.
fn owners(beginning: &ReceivedBook, registry: &Registry<'_>) -> (usize, Vec<DepartmentId>) {
    let own = registry.asked.get(&beginning.department);
    let mut counts: BTreeMap<&Vec<usize>, usize> = BTreeMap::new();
    let mut found: Vec<(usize, DepartmentId)> = Vec::new();
    for department in &registry.config.departments {
        let Some(asked) = registry.asked.get(&department.id).filter(|asked| Some(*asked) != own) else { continue };
        let count = *counts.entry(asked).or_insert_with(|| registry.matches(beginning, &department.id));
        found.push((count, department.id.clone()));
    }
    let most = found.iter().map(|(count, _)| *count).max().unwrap_or_default().max(CLEAR);
    (most, found.into_iter().filter(|(count, _)| *count == most).map(|(_, department)| department).collect())
}

impl Said {
    fn problem(&self, code: Code, file: &FilePath, message: Words) -> Diagnostic {
        Diagnostic::new(code, Place::Cell(file.clone(), self.sheet.clone(), self.cell), message)
    }
}
