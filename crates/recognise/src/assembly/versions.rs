//! Selects one of several versions of a form by `[duplicates] keep` in `tonghop.toml`.
//!
//! Input: the results of each workbook. Output: the results to use, and a diagnostic for each workbook that is dropped.
//! Not here: the clock, file system times.
//!
//! A workbook is a version of another one of its department if it contains hardly anything else; workbooks that share
//! only a few figures are different forms.

use super::merged::{Merged, format_amount};
use crate::assembly::precedence::Precedence;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::DuplicatePolicy;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use tonghop_core::model::provenance::{Source, TextCell};
use tonghop_core::model::records::RecordBatch;
use tonghop_core::msg;

/// The least number of shared items of two versions.
const MIN_SHARED_ITEMS: usize = 3;
/// The share of the items of a version that the other file must have, in percent.
const MIN_SHARED_PERCENT: usize = 80;
/// The number of items that one message names.
const MAX_LISTED: usize = 3;

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
    source: Option<Arc<Source>>,
}

/// All items of a workbook.
struct WorkbookItems {
    department: DepartmentId,
    file: FilePath,
    items: BTreeMap<FormItem, ItemContent>,
}

impl WorkbookItems {
    fn from_merged(book: &Merged) -> Option<Self> {
        let summary = book.dataset.workbooks.first()?;
        let mut items = BTreeMap::new();
        for candidate in &book.candidates {
            let (label, content) = (candidate.label.clone(), format_amount(&candidate.figure).vietnamese().to_owned());
            let source = Some(Arc::clone(&candidate.source));
            items.entry(FormItem::Observation(candidate.key.clone())).or_insert(ItemContent { label, content, source });
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
        let mut form = Self { department: summary.department.clone(), file: summary.file.clone(), items };
        book.records.iter().for_each(|batch| form.add_records(batch));
        Some(form)
    }

    fn add_records(&mut self, batch: &RecordBatch) {
        let mut seen: BTreeMap<Vec<Arc<str>>, usize> = BTreeMap::new();
        for row in batch.rows.iter() {
            let words: Vec<Arc<str>> = row.fields.iter().chain([&row.label]).cloned().collect();
            let repetition = seen.entry(words.clone()).or_default();
            let item =
                ItemContent { label: row.label.to_string(), content: format!("{:?}", row.amounts), source: None };
            self.items.insert(FormItem::Record(batch.sector.clone(), batch.name.clone(), words, *repetition), item);
            *repetition += 1;
        }
    }

    /// Returns whether `other`, of the same department, has nearly all items of this workbook.
    fn is_version_of(&self, other: &Self) -> bool {
        let shared = self.items.keys().filter(|item| other.items.contains_key(item)).count();
        shared >= MIN_SHARED_ITEMS && shared * 100 >= MIN_SHARED_PERCENT * self.items.len()
    }

    /// Returns the content of each shared item, here and in `other`.
    fn shared_items<'f>(&'f self, other: &'f Self) -> impl Iterator<Item = (&'f ItemContent, &'f ItemContent)> {
        self.items.iter().filter_map(|(item, content)| Some((content, other.items.get(item)?)))
    }
}

impl ItemContent {
    fn from_texts(label: &str, cells: &[TextCell]) -> Self {
        let content = cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join("\n");
        Self { label: label.to_owned(), content, source: cells.first().map(|cell| Arc::clone(&cell.source)) }
    }
}

/// Returns the workbooks to use, in the given order; a dropped version gets a diagnostic.
pub(crate) fn select_versions(books: Vec<Merged>, files: &Precedence, diagnostics: &mut Diagnostics) -> Vec<Merged> {
    let mut book_counts: BTreeMap<&DepartmentId, usize> = BTreeMap::new();
    for department in books.iter().filter_map(department) {
        *book_counts.entry(department).or_default() += 1;
    }
    // Fast path: a department with one workbook has no versions.
    let has_versions = |book: &&Merged| department(book).is_some_and(|department| book_counts[department] > 1);
    let forms: Vec<WorkbookItems> = books.iter().filter(has_versions).filter_map(WorkbookItems::from_merged).collect();
    let mut ranked: Vec<&WorkbookItems> = forms.iter().collect();
    ranked.sort_by_key(|form| files.rank(&form.file));
    let mut selected: BTreeMap<&DepartmentId, Vec<&WorkbookItems>> = BTreeMap::new();
    let mut dropped: BTreeSet<&FilePath> = BTreeSet::new();
    for form in ranked {
        let versions = selected.entry(&form.department).or_default();
        let Some(other) = versions.iter().find(|other| form.is_version_of(other)) else {
            versions.push(form);
            continue;
        };
        let problem = VersionConflict { dropped: form, rival: other, files }.diagnostic();
        dropped.insert(&form.file);
        dropped.extend((problem.code == Code::FormContested).then_some(&other.file));
        diagnostics.push(problem);
    }
    let dropped: BTreeSet<FilePath> = dropped.into_iter().cloned().collect();
    let file = |book: &Merged| book.dataset.workbooks.first().map(|reception| reception.file.clone());
    books.into_iter().filter(|book| file(book).is_none_or(|file| !dropped.contains(&file))).collect()
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
        let (code, message) = match (count, self.files.keep) {
            (0, _) => (
                Code::WorkbookRepeated,
                msg!(
                    "cùng {shared} số liệu, nội dung như tệp {rival}; chỉ dùng tệp kia",
                    "the same {shared} figures and texts as in {rival}; only that file is used",
                ),
            ),
            (_, DuplicatePolicy::Refuse) => (
                Code::FormContested,
                msg!(
                    "cùng một biểu với tệp {rival}: {shared} số liệu, nội dung chung, {count} chỗ khác nhau; không tệp nào được dùng",
                    "the same form as {rival}: {shared} figures and texts in common, {count} of which differ; neither file is used",
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
            .with_hint(Message::new(
                "giữ lại tệp đúng, chuyển tệp kia ra khỏi thư mục; quy tắc chọn tệp là [duplicates] keep trong tonghop.toml",
                "keep the correct file and move the other one out of the folder; [duplicates] keep in tonghop.toml decides which file is used",
            ));
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
