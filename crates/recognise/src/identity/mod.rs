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

use crate::layout::heading::HeadingLexicon;
use crate::layout::preamble::{Preamble, truncate_to_preamble};
use crate::matching::index::LabelIndex;
use crate::matching::vocabulary::{OtherDepartments, Vocabulary};
use crate::sheet;
use period::{LineRef, PeriodVerdict};
use sender::DepartmentNames;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::cell::RawValue;
use tonghop_core::model::id::{DepartmentId, FilePath, SectorId};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::raw_workbook::{RawWorkbook, ReceivedWorkbook};
use tonghop_core::msg;

/// The number of matched indicators and topics from which a workbook is attributed to another department.
const MIN_FOREIGN_MATCHES: usize = 3;

/// The number of departments that one message names.
const MAX_NAMED: usize = 10;

/// The index and the name of each department.
pub(super) struct DepartmentRegistry<'a> {
    headings: HeadingLexicon,
    config: &'a Config,
    department_names: DepartmentNames<'a>,
    /// The sectors that each department reports to, as indexes.
    sectors_by_department: BTreeMap<&'a DepartmentId, Vec<usize>>,
    /// One index for all departments that report the same.
    indexes: BTreeMap<IndexKey<'a>, LabelIndex<'a>>,
    empty_index: LabelIndex<'a>,
    sectors: &'a [Arc<SectorDecl>],
    /// The indexes of sectors by their ids.
    sector_positions: BTreeMap<&'a SectorId, usize>,
    /// The index of all sectors, built when it is first needed.
    whole_index: OnceLock<LabelIndex<'a>>,
}

/// The key of an index: the sectors, and the department if labels were accepted for it alone.
type IndexKey<'a> = (Vec<usize>, Option<&'a DepartmentId>);

impl<'a> DepartmentRegistry<'a> {
    pub(crate) fn new(sectors: &'a [Arc<SectorDecl>], config: &'a Config) -> Self {
        let mut sectors_by_department: BTreeMap<&DepartmentId, Vec<usize>> = BTreeMap::new();
        for (at, sector) in sectors.iter().enumerate() {
            for department in &sector.departments {
                let of_department = sectors_by_department.entry(department).or_default();
                // A sector can list a department twice.
                if of_department.last() != Some(&at) {
                    of_department.push(at);
                }
            }
        }
        let (headings, names) = (HeadingLexicon::new(config, sectors), DepartmentNames::new(config));
        let empty_index = LabelIndex::new(None, &[]);
        let mut registry = Self {
            headings,
            config,
            department_names: names,
            sectors_by_department,
            indexes: BTreeMap::new(),
            empty_index,
            sectors,
            sector_positions: sectors.iter().enumerate().map(|(at, sector)| (&sector.id, at)).collect(),
            whole_index: OnceLock::new(),
        };
        registry.build_indexes(sectors);
        registry
    }

    fn build_indexes(&mut self, sectors: &'a [Arc<SectorDecl>]) {
        let labels =
            sectors.iter().flat_map(|sector| &sector.indicators).flat_map(|indicator| &indicator.accepted_labels);
        let has_form_members = !self.config.members.list.is_empty();
        let with_aliases: BTreeSet<&DepartmentId> = labels.filter_map(|label| label.department.as_ref()).collect();
        for (department, sector_indexes) in &mut self.sectors_by_department {
            let only = with_aliases.get(*department).copied();
            self.indexes.entry((sector_indexes.clone(), only)).or_insert_with(|| {
                let sectors: Vec<&SectorDecl> = sector_indexes.iter().map(|at| &*sectors[*at]).collect();
                LabelIndex::new(only, &sectors).with_form_members(has_form_members)
            });
        }
    }

    /// Returns what the sheets of a department are compared with.
    pub(crate) fn vocabulary(&self, department: &DepartmentId) -> Vocabulary<'_, 'a> {
        let own = self.sectors_by_department.get(department).map(Vec::as_slice).unwrap_or_default();
        let others = (own.len() < self.sectors.len() || own.is_empty()).then(|| OtherDepartments {
            index: self.whole_index(),
            sectors: self.sectors,
            positions: &self.sector_positions,
            own,
        });
        Vocabulary { own: self.index(department), others, headings: &self.headings }
    }

    /// Returns what a sheet of an unknown department is compared with.
    pub(crate) fn whole_vocabulary(&self) -> Vocabulary<'_, 'a> {
        Vocabulary { own: self.whole_index(), others: None, headings: &self.headings }
    }

    /// Returns the index of what any department reports.
    fn whole_index(&self) -> &LabelIndex<'a> {
        let all = || self.sectors.iter().map(|sector| &**sector).collect::<Vec<&SectorDecl>>();
        self.whole_index
            .get_or_init(|| LabelIndex::new(None, &all()).with_form_members(!self.config.members.list.is_empty()))
    }

    /// Returns the index of a department, an empty one if it reports nothing.
    pub(crate) fn index(&self, department: &DepartmentId) -> &LabelIndex<'a> {
        let Some((department, sector_indexes)) = self.sectors_by_department.get_key_value(department) else {
            return &self.empty_index;
        };
        let department_index = self.indexes.get(&(sector_indexes.clone(), Some(*department)));
        department_index.or_else(|| self.indexes.get(&(sector_indexes.clone(), None))).unwrap_or(&self.empty_index)
    }

    /// Counts the indicators, topics and open tables of a department that the truncated workbook has data for.
    fn count_matches(&self, beginning: &ReceivedWorkbook, department: &DepartmentId) -> usize {
        let vocabulary = Vocabulary { own: self.index(department), others: None, headings: &self.headings };
        let mut found: BTreeSet<(SectorId, String)> = BTreeSet::new();
        for part in &beginning.workbook.sheets {
            let (_, harvest) = sheet::read_sheet(beginning, part, vocabulary, &mut ());
            found.extend(harvest.candidates.into_iter().map(|o| (o.key.sector, o.key.indicator.to_string())));
            found.extend(harvest.narrative.into_iter().map(|(topic, _)| topic));
            found.extend(harvest.records.into_iter().map(|batch| (batch.sector, batch.name.to_string())));
        }
        found.len()
    }

    fn department_name(&self, department: &DepartmentId) -> String {
        self.config.department(department.as_str()).map_or_else(|| department.to_string(), |d| d.name.clone())
    }
}

/// Returns why a workbook must not be read, judging by the preambles of its sheets; doubts go to `diagnostics`.
pub(super) fn check_identity(
    book: &ReceivedWorkbook,
    preambles: &[Preamble],
    registry: &DepartmentRegistry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    check_sender(book, preambles, registry, diagnostics)
        .or_else(|| check_period(&book.file, preambles, registry.config, diagnostics))
}

/// Rejects a workbook that names another department, unless it matches its own department better; then it is doubtful.
fn check_sender(
    book: &ReceivedWorkbook,
    preambles: &[Preamble],
    registry: &DepartmentRegistry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    let named = registry.department_names.find_other(preambles, &book.department)?;
    let (own, theirs) = (&book.department, &named.department.id);
    let beginning = truncate_to_preamble(book);
    let refused = registry.count_matches(&beginning, theirs) >= registry.count_matches(&beginning, own);
    let (sender, folder) = (&named.department.name, registry.department_name(own));
    let said = &named.line.text;
    if refused {
        let message = msg!(
            "biểu ghi đơn vị gửi là \"{said}\" nhưng tệp nằm trong thư mục của {folder}; tệp này không được đọc",
            "the form says that it is from \"{said}\", but the file is in the folder of {folder}; this file is not read",
        );
        return Some(named.line.problem(Code::DepartmentMismatch, &book.file, message).with_hint(msg!(
            "chuyển tệp sang thư mục workbooks/{theirs} nếu là biểu của {sender}; nếu là biểu của {folder} thì ghi \"Đơn vị báo cáo: {folder}\" ở đầu biểu",
            "move the file to workbooks/{theirs} if it is from {sender}; if it is from {folder}, write \"Đơn vị báo cáo: {folder}\" at the top of the form",
        )));
    }
    let message = msg!(
        "biểu ghi đơn vị gửi là \"{said}\" nhưng các dòng là chỉ tiêu của {folder}; vẫn đọc là biểu của {folder}",
        "the form says that it is from \"{said}\", but its rows are indicators of {folder}; it is read as a form of {folder}",
    );
    diagnostics.push(named.line.problem(Code::IdentityDoubtful, &book.file, message).with_hint(msg!(
        "sửa tên đơn vị ở đầu biểu thành {folder}, hoặc kiểm tra lại tệp có đúng của {folder} không",
        "change the department name at the top of the form to {folder}, or check whether the file is from {folder}",
    )));
    None
}

/// Rejects a workbook that states only another period; lines that contradict the stated period are doubtful.
pub(super) fn check_period(
    file: &FilePath,
    preambles: &[Preamble],
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Diagnostic> {
    let period = config.setting("period.name").unwrap_or_default();
    match period::judge(preambles, file, config.period) {
        PeriodVerdict::Matches => None,
        PeriodVerdict::Other(line) => {
            let message = msg!(
                "biểu ghi \"{words}\", không phải kỳ báo cáo {period}; tệp này không được đọc",
                "the form says \"{words}\", which is not the reporting period \"{period}\"; this file is not read",
                words = line.text.trim(),
            );
            Some(line.problem(Code::PeriodMismatch, file, message).with_hint(msg!(
                "gửi biểu của {period}; nếu số liệu đúng là của kỳ này thì sửa dòng được nêu, nếu là số liệu cùng kỳ thì ghi rõ \"cùng kỳ\" trong tiêu đề",
                "send the form for \"{period}\"; if the figures are for this period, correct the line; if they are last year's figures for comparison, write \"cùng kỳ\" in the heading",
            )))
        }
        PeriodVerdict::Doubtful { other_sheets, earlier } => {
            diagnostics.extend(other_sheets.iter().map(|line| other_sheet_period(line, file, &period)));
            diagnostics.extend(earlier.iter().map(|line| doubtful_period(line, file, &period)));
            None
        }
    }
}

/// Returns the diagnostic of a sheet of another period.
fn other_sheet_period(line: &LineRef, file: &FilePath, period: &str) -> Diagnostic {
    let message = msg!(
        "dòng này ghi \"{words}\" trong khi kỳ báo cáo là {period}; cột không tự ghi kỳ báo cáo ở trang này không được đọc",
        "this line says \"{words}\", but the reporting period is \"{period}\"; columns of this sheet that do not name the period themselves were not read",
        words = line.text.trim(),
    );
    period_doubt(line, file, period, message)
}

fn doubtful_period(line: &LineRef, file: &FilePath, period: &str) -> Diagnostic {
    let message = msg!(
        "dòng này ghi \"{words}\" trong khi tệp là của kỳ báo cáo {period}; vẫn đọc là số liệu của {period}",
        "this line says \"{words}\" although the file is for the reporting period \"{period}\"; it is read as figures for \"{period}\"",
        words = line.text.trim(),
    );
    period_doubt(line, file, period, message)
}

/// Returns the doubt about the period of a sheet, with what to do.
fn period_doubt(line: &LineRef, file: &FilePath, period: &str, message: Message) -> Diagnostic {
    line.problem(Code::IdentityDoubtful, file, message).with_hint(msg!(
        "sửa dòng này nếu trang là của {period}; nếu trang còn số liệu kỳ trước thì nhập lại hoặc xóa trang",
        "correct this line if the sheet is for \"{period}\"; if the sheet still has figures of an earlier period, enter the new figures or delete the sheet",
    ))
}

/// A hash of the cells of a workbook and their number; the names of the sheets do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Fingerprint(u64, usize);

impl Fingerprint {
    /// Computes the fingerprint of a workbook; `None` if it has no cells.
    pub(crate) fn compute(book: &RawWorkbook) -> Option<Self> {
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
                    RawValue::Bool(_) | RawValue::FormulaWithoutCache => cell.to_raw_text().hash(&mut hasher),
                }
            }
        }
        (count > 0).then(|| Self(hasher.finish(), count))
    }
}

/// Returns the diagnostic of a workbook with the same content as `first`.
pub(super) fn repeated_workbook(file: &FilePath, first: &FilePath) -> Diagnostic {
    let message = msg!(
        "nội dung giống hệt tệp {first}; chỉ đọc tệp {first}",
        "the content is the same as that of {first}; only {first} is read",
    );
    Diagnostic::new(Code::WorkbookRepeated, Place::File(file.clone()), message)
        .with_place(Place::File(first.clone()))
        .with_hint(Message::new("xóa một trong hai tệp", "delete one of the two files"))
}

/// Returns the diagnostic of a workbook without own content that matches the indicators of other departments.
pub(super) fn foreign_content(book: &ReceivedWorkbook, registry: &DepartmentRegistry<'_>) -> Option<Diagnostic> {
    let (count, owners) = likely_departments(&truncate_to_preamble(book), registry);
    let (first, folder) = (owners.first()?, registry.department_name(&book.department));
    let names: Vec<String> = owners.iter().take(MAX_NAMED).map(|owner| registry.department_name(owner)).collect();
    let more = if owners.len() > MAX_NAMED { ", …" } else { "" };
    let message = msg!(
        "tệp không có chỉ tiêu nào của {folder} nhưng có {count} chỉ tiêu, nội dung của {owner}{more}; tệp này không được đọc",
        "the file has no indicator of {folder} but {count} indicators and topics of {owner}{more}; this file is not read",
        owner = names.join(", "),
    );
    let hint = msg!("chuyển tệp sang thư mục workbooks/{first}", "move the file to workbooks/{first}");
    let hint = match rules_of_another(book, first, registry) {
        Some(rules) => Message::join(&[hint, rules], "; "),
        None => hint,
    };
    Some(Diagnostic::new(Code::DepartmentMismatch, Place::File(book.file.clone()), message).with_hint(hint))
}

/// Returns what to change if the rules are wrong: no sector asks anything of the department of the folder.
fn rules_of_another(
    book: &ReceivedWorkbook,
    owner: &DepartmentId,
    registry: &DepartmentRegistry<'_>,
) -> Option<Message> {
    let asked = |department: &DepartmentId| registry.sectors_by_department.get(department);
    if asked(&book.department).is_some_and(|sectors| !sectors.is_empty()) {
        return None;
    }
    let sectors = asked(owner)?.iter().filter_map(|at| registry.sectors.get(*at));
    let files: Vec<&str> = sectors.map(|sector| sector.file.as_str()).take(MAX_NAMED).collect();
    Some(msg!(
        "hoặc, vì chưa quy tắc nào lấy số liệu của {folder}: quản trị xem lại mục departments trong {files}",
        "or, as no rule takes figures of {folder}: the administrator should check departments in {files}",
        folder = registry.department_name(&book.department),
        files = files.join(", ")
    ))
}

/// Returns the highest number of matches, and the departments that reach it; none below the minimum.
fn likely_departments(beginning: &ReceivedWorkbook, registry: &DepartmentRegistry<'_>) -> (usize, Vec<DepartmentId>) {
    let own = registry.sectors_by_department.get(&beginning.department);
    let mut counts: BTreeMap<&Vec<usize>, usize> = BTreeMap::new();
    let mut found: Vec<(usize, DepartmentId)> = Vec::new();
    for department in &registry.config.departments {
        let Some(sector_indexes) =
            registry.sectors_by_department.get(&department.id).filter(|asked| Some(*asked) != own)
        else {
            continue;
        };
        let count = *counts.entry(sector_indexes).or_insert_with(|| registry.count_matches(beginning, &department.id));
        found.push((count, department.id.clone()));
    }
    let most = found.iter().map(|(count, _)| *count).max().unwrap_or_default().max(MIN_FOREIGN_MATCHES);
    (most, found.into_iter().filter(|(count, _)| *count == most).map(|(_, department)| department).collect())
}

impl LineRef {
    fn problem(&self, code: Code, file: &FilePath, message: Message) -> Diagnostic {
        Diagnostic::new(code, Place::Cell(file.clone(), self.sheet.clone(), self.cell), message)
    }
}
