//! Whether a workbook is what its folder and the settings say: of this department, of this period, and not a copy.
//!
//! In come the workbooks as received; out go those to be read, with a problem for each that contradicts itself. A form
//! is asked for what it says above its tables ([`opening`]): its sender ([`sender`]) and its period ([`period`]); what
//! its rows are tells whose it is where nothing else does. A workbook of another department or period is not read at
//! all: its figures would be right in themselves and wrong in the report. Never here: the values of cells.

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

/// How many indicators and topics of another department make a workbook its.
const CLEAR: usize = 3;

/// What every department may report, and what departments are called.
pub(super) struct Registry<'a> {
    headings: Headings,
    config: &'a Config,
    names: Names<'a>,
    /// The sectors that each department reports to, by their places.
    asked: BTreeMap<&'a DepartmentId, Vec<usize>>,
    /// Departments that report the same share an index.
    indexes: BTreeMap<Share<'a>, Index<'a>>,
    nothing: Index<'a>,
}

/// What departments have in common that share an index: their sectors, and labels that were accepted for one of them.
type Share<'a> = (Vec<usize>, Option<&'a DepartmentId>);

impl<'a> Registry<'a> {
    pub(crate) fn new(sectors: &'a [Arc<SectorDecl>], config: &'a Config) -> Self {
        let mut asked: BTreeMap<&DepartmentId, Vec<usize>> = BTreeMap::new();
        for (at, sector) in sectors.iter().enumerate() {
            for department in &sector.departments {
                let of_department = asked.entry(department).or_default();
                // A sector may name a department twice.
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

    /// Returns what a department may report.
    pub(crate) fn index(&self, department: &DepartmentId) -> &Index<'a> {
        let Some((department, asked)) = self.asked.get_key_value(department) else { return &self.nothing };
        let own = self.indexes.get(&(asked.clone(), Some(*department)));
        own.or_else(|| self.indexes.get(&(asked.clone(), None))).unwrap_or(&self.nothing)
    }

    /// Counts the indicators and topics of a department for which the beginning of a workbook has something.
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

/// Tells why a workbook is not to be read, by what its sheets say before their data.
pub(super) fn refused(
    book: &ReceivedBook,
    openings: &[Opening],
    registry: &Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    sent_by_other(book, openings, registry, diagnostics)
        .or_else(|| of_other_period(&book.file, openings, registry.config, diagnostics))
}

/// Refuses a workbook that names another department and has nothing more of its own; one that has is doubtful.
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

/// Refuses a workbook that states another period only; lines that state another beside this one are doubtful.
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

/// What the cells of a workbook come down to: equal for those that say the same, whatever their sheets are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Fingerprint(u64, usize);

impl Fingerprint {
    /// Takes the fingerprint of a workbook; one without cells has none.
    pub(crate) fn of(book: &RawBook) -> Option<Self> {
        // Its keys are fixed, so that it is the same in every run.
        let mut hasher = DefaultHasher::new();
        let mut count = 0;
        for sheet in &book.sheets {
            count += sheet.cells.len();
            sheet.cells.len().hash(&mut hasher);
            for (place, cell) in sheet.cells.iter() {
                // A place and a number are each given in one piece: that is most of the cost.
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

/// Tells that a workbook says the same as one that is read.
pub(super) fn copied(file: &FilePath, first: &FilePath) -> Diagnostic {
    let message = say!(
        "nội dung giống hệt tệp {first}; chỉ đọc tệp {first}",
        "the content is the same as that of {first}; only {first} is read",
    );
    Diagnostic::new(Code::WorkbookRepeated, Place::File(file.clone()), message)
        .also(Place::File(first.clone()))
        .hint(Words::new("xóa một trong hai tệp", "delete one of the two files"))
}

/// Tells whose indicators a workbook holds that gave its own department nothing.
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

/// Finds the departments for which a workbook has most, if it has enough, and how much.
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
