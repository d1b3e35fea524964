//! Whether a workbook is what its folder and the settings say: of this department, of this period, and not a copy.
//!
//! In come the workbooks as received; out go those to be read, with a problem for each that contradicts itself. A form
//! is asked for what it says above its tables ([`opening`]): its sender ([`sender`]) and its period ([`period`]); what
//! its rows are tells whose it is where nothing else does. A workbook of another department or period is not read at
//! all: its figures would be right in themselves and wrong in the report. Never here: the values of cells.

mod opening;
mod period;
mod sender;

use super::ReceivedBook;
use super::heading::Headings;
use super::index::Index;
use super::sheet;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use crate::model::cell::{CellRef, RawCell, RawSheet};
use crate::model::id::{DepartmentId, FilePath, SectorId};
use crate::model::indicator::SectorDecl;
use crate::say;
use opening::{Opening, beginning, openings};
use period::{Said, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many indicators and topics of another department make a workbook its.
const CLEAR: usize = 3;

/// What every department may report; departments of the same sectors share an index.
pub(super) struct Registry<'a> {
    sectors: &'a [Arc<SectorDecl>],
    pub headings: &'a Headings,
    config: &'a Config,
    indexes: BTreeMap<Vec<&'a SectorId>, Index<'a>>,
}

impl<'a> Registry<'a> {
    pub fn new(sectors: &'a [Arc<SectorDecl>], headings: &'a Headings, config: &'a Config) -> Self {
        Self { sectors, headings, config, indexes: BTreeMap::new() }
    }

    /// Returns what a department may report.
    pub fn index(&mut self, department: &DepartmentId) -> &Index<'a> {
        let sectors = self.sectors;
        self.indexes.entry(self.asked(department)).or_insert_with(|| Index::new(department, sectors))
    }

    /// Returns the sectors that a department reports to.
    fn asked(&self, department: &DepartmentId) -> Vec<&'a SectorId> {
        let asked = self.sectors.iter().filter(|sector| sector.departments.contains(department));
        asked.map(|sector| &sector.id).collect()
    }

    /// Counts the indicators and topics of a department for which the beginning of a workbook has something.
    fn matches(&mut self, beginning: &ReceivedBook, department: &DepartmentId) -> usize {
        let headings = self.headings;
        let index = self.index(department);
        let mut found: BTreeSet<(SectorId, String)> = BTreeSet::new();
        for harvest in beginning.book.sheets.iter().map(|part| sheet::read(beginning, part, index, headings)) {
            found.extend(harvest.offers.into_iter().map(|o| (o.key.sector, o.key.indicator.to_string())));
            found.extend(harvest.narrative.into_iter().map(|(topic, _)| topic));
        }
        found.len()
    }

    fn name(&self, department: &DepartmentId) -> String {
        self.config.department(department.as_str()).map_or_else(|| department.to_string(), |d| d.name.clone())
    }
}

/// Returns the workbooks to be read, in the given order.
pub(super) fn admit<'b>(
    books: &[&'b ReceivedBook],
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<&'b ReceivedBook> {
    let mut admitted: Vec<&ReceivedBook> = Vec::new();
    for book in books {
        let beginning = beginning(book);
        let headings = registry.headings;
        let openings = openings(&beginning, headings, &registry.index(&book.department).known_units());
        let refused = sent_by_other(&beginning, &openings, registry, diagnostics)
            .or_else(|| of_other_period(&book.file, &openings, registry.config, diagnostics))
            .or_else(|| admitted.iter().find(|other| is_copy(book, other)).map(|other| copied(book, other)));
        match refused {
            Some(problem) => diagnostics.push(problem),
            None => admitted.push(book),
        }
    }
    admitted
}

/// Refuses a workbook that names another department and has nothing more of its own; one that has is doubtful.
fn sent_by_other(
    book: &ReceivedBook,
    openings: &[Opening],
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    let named = sender::other(openings, &book.department, registry.config)?;
    let (own, theirs) = (&book.department, &named.department.id);
    let refused = registry.matches(book, theirs) >= registry.matches(book, own);
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

/// Tells whether two workbooks of a department say the same in every cell, whatever their sheets are called.
fn is_copy(book: &ReceivedBook, other: &ReceivedBook) -> bool {
    let (sheets, others) = (&book.book.sheets, &other.book.sheets);
    book.department == other.department
        && sheets.len() == others.len()
        && sheets.iter().any(|sheet| !sheet.cells.is_empty())
        && sheets.iter().zip(others).all(|(one, two)| is_same(one, two))
}

fn is_same(one: &RawSheet, two: &RawSheet) -> bool {
    let same = |((at, cell), (place, other)): ((&CellRef, &RawCell), (&CellRef, &RawCell))| {
        at == place && cell.as_typed() == other.as_typed()
    };
    one.cells.len() == two.cells.len() && one.cells.iter().zip(&two.cells).all(same)
}

fn copied(book: &ReceivedBook, other: &ReceivedBook) -> Diagnostic {
    let message = say!(
        "nội dung giống hệt tệp {first}; chỉ đọc tệp {first}",
        "the content is the same as that of {first}; only {first} is read",
        first = other.file,
    );
    Diagnostic::new(Code::WorkbookRepeated, Place::File(book.file.clone()), message)
        .also(Place::File(other.file.clone()))
        .hint(Words::new("xóa một trong hai tệp", "delete one of the two files"))
}

/// Tells whose indicators a workbook holds that gave its own department nothing.
pub(super) fn stranger(book: &ReceivedBook, registry: &mut Registry<'_>) -> Option<Diagnostic> {
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
fn owners(beginning: &ReceivedBook, registry: &mut Registry<'_>) -> (usize, Vec<DepartmentId>) {
    let own = registry.asked(&beginning.department);
    let config = registry.config;
    let mut counts: BTreeMap<Vec<&SectorId>, usize> = BTreeMap::new();
    let mut found: Vec<(usize, DepartmentId)> = Vec::new();
    for department in &config.departments {
        let asked = registry.asked(&department.id);
        if asked != own {
            let count = *counts.entry(asked).or_insert_with(|| registry.matches(beginning, &department.id));
            found.push((count, department.id.clone()));
        }
    }
    let most = found.iter().map(|(count, _)| *count).max().unwrap_or_default().max(CLEAR);
    (most, found.into_iter().filter(|(count, _)| *count == most).map(|(_, department)| department).collect())
}

impl Said {
    fn problem(&self, code: Code, file: &FilePath, message: Words) -> Diagnostic {
        Diagnostic::new(code, Place::Cell(file.clone(), self.sheet.clone(), self.cell), message)
    }
}
