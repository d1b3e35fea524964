//! Selects one of several versions of a form by `[duplicates] keep` in `tonghop.toml`.
//!
//! Input: the results of each workbook. Output: the results to use, the observations of the files of which none is used,
//! and a diagnostic for each workbook that is dropped. Not here: the clock, file system times, single cells and sheets
//! (see [`super::contest`]).
//!
//! A workbook is a version of another one of its department if it contains hardly anything else; workbooks that share
//! only a few figures are different forms. If the settings choose none, versions that disagree are not used at all.

use super::comparison::{MAX_LISTED, MIN_SHARED_PERCENT, format_amount, rivals_hint};
use super::merged::Merged;
use super::precedence::Precedence;
use crate::cells::sheet_result::CandidateObservation;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use tonghop_core::model::provenance::{Source, TextCell};
use tonghop_core::model::records::RecordBatch;
use tonghop_core::msg;

/// The least number of shared items of two versions.
const MIN_SHARED_ITEMS: usize = 3;

/// The key of something that a workbook reports, for comparison with other workbooks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FormItem {
    Observation(ObservationKey),
    Topic(SectorId, String),
    Names(SectorId, IndicatorId),
    Remark(Arc<str>),
    /// A row of an open table: its fields and label, and its index among the rows with the same ones.
    Record(SectorId, IndicatorId, Vec<Arc<str>>, usize),
}

/// The content of an item in one workbook.
struct ItemContent {
    /// The name of the item for messages.
    label: String,
    content: String,
    /// The number for messages; `None` for texts.
    number: Option<Message>,
    source: Option<Arc<Source>>,
}

/// All items of a workbook.
struct WorkbookItems {
    department: DepartmentId,
    file: FilePath,
    members: BTreeSet<String>,
    items: BTreeMap<FormItem, ItemContent>,
}

impl WorkbookItems {
    fn from_merged(book: &Merged) -> Option<Self> {
        let summary = book.dataset.workbooks.first()?;
        let mut items = BTreeMap::new();
        for candidate in &book.candidates {
            items
                .entry(FormItem::Observation(candidate.key.clone()))
                .or_insert_with(|| ItemContent::from_observation(candidate));
        }
        let data = &book.dataset;
        items.extend(data.narrative.iter().map(|((sector, topic), words)| {
            (FormItem::Topic(sector.clone(), topic.clone()), ItemContent::from_texts(topic, words))
        }));
        items.extend(data.names.iter().map(|((sector, counted), words)| {
            (FormItem::Names(sector.clone(), counted.clone()), ItemContent::from_texts(counted.as_str(), words))
        }));
        let remarks = data.remarks.iter().filter_map(|remark| remark.difficulty.as_ref());
        items.extend(remarks.map(|cell| {
            (FormItem::Remark(Arc::clone(&cell.text)), ItemContent::from_texts(&cell.text, std::slice::from_ref(cell)))
        }));
        let mut form = Self {
            department: summary.department.clone(),
            file: summary.file.clone(),
            members: book.members.clone(),
            items,
        };
        book.records.iter().for_each(|batch| form.add_records(batch));
        Some(form)
    }

    fn add_records(&mut self, batch: &RecordBatch) {
        let mut seen: BTreeMap<Vec<Arc<str>>, usize> = BTreeMap::new();
        for row in batch.rows.iter() {
            let words: Vec<Arc<str>> = row.fields.iter().chain([&row.label]).cloned().collect();
            let repetition = seen.entry(words.clone()).or_default();
            let item = ItemContent {
                label: row.label.to_string(),
                content: format!("{:?}", row.amounts),
                number: None,
                source: None,
            };
            self.items.insert(FormItem::Record(batch.sector.clone(), batch.name.clone(), words, *repetition), item);
            *repetition += 1;
        }
    }

    /// Returns whether `other`, of the same department, has nearly all items of this workbook.
    fn is_version_of(&self, other: &Self) -> bool {
        let shared = self.items.keys().filter(|item| other.items.contains_key(item)).count();
        shared >= MIN_SHARED_ITEMS && shared * 100 >= MIN_SHARED_PERCENT * self.items.len()
    }

    /// Returns whether only one of this workbook and `other`, or neither, is used.
    ///
    /// Where no setting chooses, a small form with other numbers than a large one does not cost the large one: the cells
    /// that disagree are reported one by one.
    fn replaces(&self, other: &Self, files: &Precedence) -> bool {
        let is_small_form = || {
            let mut differing = self.shared_items(other).filter(|(one, two)| one.content != two.content).peekable();
            files.refuses()
                && differing.peek().is_some()
                && differing.all(|(one, _)| one.number.is_some())
                && self.items.keys().all(|item| matches!(item, FormItem::Observation(_)))
                && !other.is_version_of(self)
        };
        // Forms of different members are no versions, even if their texts are the same.
        let of_other_members = self.members != other.members;
        !of_other_members && self.is_version_of(other) && !is_small_form()
    }

    /// Returns the content of each shared item, here and in `other`.
    fn shared_items<'f>(&'f self, other: &'f Self) -> impl Iterator<Item = (&'f ItemContent, &'f ItemContent)> {
        self.items.iter().filter_map(|(item, content)| Some((content, other.items.get(item)?)))
    }
}

impl ItemContent {
    fn from_texts(label: &str, cells: &[TextCell]) -> Self {
        let content = cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join("\n");
        let source = cells.first().map(|cell| Arc::clone(&cell.source));
        Self { label: label.to_owned(), content, number: None, source }
    }

    fn from_observation(candidate: &CandidateObservation) -> Self {
        let number = format_amount(&candidate.figure);
        // "Không phát sinh" is the same number as zero.
        let amount = candidate.figure.amount.known().unwrap_or_default();
        let content = format!("{} {}", amount.normalize(), candidate.figure.unit);
        let (label, source) = (candidate.label.clone(), Some(Arc::clone(&candidate.source)));
        Self { label, content, number: Some(number), source }
    }
}

/// Returns the workbooks to use, in the given order, and the observations of contested ones; a dropped version gets a
/// diagnostic.
pub(crate) fn select_versions(
    books: Vec<Merged>,
    files: &Precedence,
    diagnostics: &mut Diagnostics,
) -> (Vec<Merged>, Vec<CandidateObservation>) {
    let mut book_counts: BTreeMap<&DepartmentId, usize> = BTreeMap::new();
    for department in books.iter().filter_map(department) {
        *book_counts.entry(department).or_default() += 1;
    }
    // Fast path: a department with one workbook has no versions.
    let has_versions = |book: &&Merged| department(book).is_some_and(|department| book_counts[department] > 1);
    let forms: Vec<WorkbookItems> = books.iter().filter(has_versions).filter_map(WorkbookItems::from_merged).collect();
    let mut ranked: Vec<&WorkbookItems> = forms.iter().collect();
    ranked.sort_by_key(|form| files.place(&form.file));
    let mut selected: BTreeMap<&DepartmentId, Vec<&WorkbookItems>> = BTreeMap::new();
    let (mut dropped, mut contested): (BTreeSet<&FilePath>, BTreeSet<&FilePath>) = Default::default();
    for form in ranked {
        let versions = selected.entry(&form.department).or_default();
        let Some(other) = versions.iter().find(|other| form.replaces(other, files)) else {
            versions.push(form);
            continue;
        };
        let problem = VersionConflict { dropped: form, rival: other, files }.diagnostic();
        dropped.insert(&form.file);
        if problem.code == Code::FormContested {
            contested.extend([&form.file, &other.file]);
        }
        diagnostics.push(problem);
    }
    let cloned = |files: BTreeSet<&FilePath>| files.into_iter().cloned().collect::<BTreeSet<FilePath>>();
    let (dropped, contested) = (cloned(dropped), cloned(contested));
    let is_in = |files: &BTreeSet<FilePath>, book: &Merged| {
        book.dataset.workbooks.first().is_some_and(|reception| files.contains(&reception.file))
    };
    let (refused, rest): (Vec<Merged>, Vec<Merged>) = books.into_iter().partition(|book| is_in(&contested, book));
    let used = rest.into_iter().filter(|book| !is_in(&dropped, book)).collect();
    (used, refused.into_iter().flat_map(|book| book.candidates).collect())
}

fn department(book: &Merged) -> Option<&DepartmentId> {
    book.dataset.workbooks.first().map(|reception| &reception.department)
}

/// A workbook and the one that it is a version of.
struct VersionConflict<'f> {
    dropped: &'f WorkbookItems,
    rival: &'f WorkbookItems,
    files: &'f Precedence,
}

impl VersionConflict<'_> {
    fn diagnostic(&self) -> Diagnostic {
        let (form, rival) = (self.dropped, &self.rival.file);
        let shared = form.shared_items(self.rival).count();
        let differing: Vec<(&ItemContent, &ItemContent)> =
            form.shared_items(self.rival).filter(|(one, two)| one.content != two.content).collect();
        let count = differing.len();
        let (code, message) = match count {
            0 => (
                Code::WorkbookRepeated,
                msg!(
                    "cùng {shared} số liệu, nội dung như tệp {rival}; chỉ dùng tệp kia",
                    "the same {shared} figures and texts as in {rival}; only that file is used",
                ),
            ),
            _ if self.files.refuses() => (
                Code::FormContested,
                msg!(
                    "cùng một biểu với tệp {rival}: {shared} số liệu, nội dung chung, {count} chỗ khác nhau{numbers}; không tệp nào được dùng",
                    "the same form as {rival}: {shared} figures and texts in common, {count} of which differ{numbers}; neither file is used",
                    numbers = list_numbers(&differing),
                ),
            ),
            _ => (
                Code::FormRepeated,
                msg!(
                    "cùng một biểu với tệp {rival}: {shared} số liệu, nội dung chung, {count} chỗ khác nhau; dùng tệp kia (ngày lưu: {later}), không dùng tệp này (ngày lưu: {earlier})",
                    "the same form as {rival}: {shared} figures and texts in common, {count} of which differ; that file is used (saved: {later}), not this one (saved: {earlier})",
                    later = self.files.format_last_modified(rival),
                    earlier = self.files.format_last_modified(&form.file),
                ),
            ),
        };
        let problem = Diagnostic::new(code, Place::File(form.file.clone()), message.concat(&self.lost_items()))
            .with_place(Place::File(rival.clone()))
            .with_hint(rivals_hint());
        let cells = differing.first().into_iter().flat_map(|(one, two)| [&one.source, &two.source]).flatten();
        cells.fold(problem, |problem, source| problem.with_place(Place::from_source(source)))
    }

    /// Lists the items that only the dropped file has.
    fn lost_items(&self) -> Message {
        let missing = self.dropped.items.iter().filter(|(item, _)| !self.rival.items.contains_key(item));
        let labels: Vec<String> = missing.map(|(_, content)| format!("\"{}\"", content.label)).collect();
        match labels.len() {
            0 => Message::new("", ""),
            count => msg!(
                "; {count} số liệu, nội dung chỉ có ở tệp này cũng không được dùng: {names}{more}",
                "; {count} figures and texts that only this file has are not used either: {names}{more}",
                names = labels[..count.min(MAX_LISTED)].join(", "),
                more = if count > MAX_LISTED { ", …" } else { "" },
            ),
        }
    }
}

/// Lists the numbers that differ, each as the dropped and the other file give it.
fn list_numbers(differing: &[(&ItemContent, &ItemContent)]) -> Message {
    let pair = |(own, other): &(&ItemContent, &ItemContent)| {
        let (own_number, other_number) = own.number.clone().zip(other.number.clone())?;
        Some(msg!(
            "\"{label}\" {own} và {other}",
            "\"{label}\" {own} and {other}",
            label = own.label,
            own = own_number,
            other = other_number
        ))
    };
    let pairs: Vec<Message> = differing.iter().filter_map(pair).take(MAX_LISTED).collect();
    if pairs.is_empty() {
        Message::verbatim("")
    } else {
        Message::verbatim(" (").concat(&Message::join(&pairs, "; ")).concat(&Message::verbatim(")"))
    }
}
