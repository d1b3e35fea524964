//! Selects one of several versions of a form by `[duplicates] keep` in `tonghop.toml`.
//!
//! Input: the results of each workbook. Output: the results to use, and a diagnostic for each workbook that is dropped.
//! Not here: the clock, file system times.
//!
//! A workbook is a version of another one of its department if it contains hardly anything else; workbooks that share
//! only a few figures are different forms.

use super::gather::{Gathering, shown};
use crate::assembly::precedence::Precedence;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::Keep;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId};
use tonghop_core::model::provenance::{Source, TextCell};
use tonghop_core::model::records::RecordBatch;
use tonghop_core::say;

/// The least number of shared items of two versions.
const LEAST: usize = 3;
/// The share of the items of a version that the other file must have, in percent.
const SHARED: usize = 80;
/// The number of items that one message names.
const NAMED: usize = 3;

/// The key of something that a workbook reports, for comparison with other workbooks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Observation(ObservationKey),
    Topic(SectorId, String),
    Names(SectorId, IndicatorId),
    Remark(Arc<str>),
    /// A row of an open table: its fields and label, and its index among the rows with the same ones.
    Record(SectorId, IndicatorId, Vec<Arc<str>>, usize),
}

/// The content of an item in one workbook.
struct Said {
    /// The name of the item for messages.
    label: String,
    content: String,
    source: Option<Arc<Source>>,
}

/// All items of a workbook.
struct Form {
    department: DepartmentId,
    file: FilePath,
    said: BTreeMap<Item, Said>,
}

impl Form {
    fn of(gathering: &Gathering) -> Option<Self> {
        let reception = gathering.dataset.receptions.first()?;
        let mut said = BTreeMap::new();
        for offer in &gathering.offers {
            let (label, content) = (offer.label.clone(), shown(&offer.figure).vietnamese().to_owned());
            let source = Some(Arc::clone(&offer.source));
            said.entry(Item::Observation(offer.key.clone())).or_insert(Said { label, content, source });
        }
        let data = &gathering.dataset;
        said.extend(
            data.narrative.iter().map(|((sector, topic), words)| {
                (Item::Topic(sector.clone(), topic.clone()), Said::words(topic, words))
            }),
        );
        said.extend(data.names.iter().map(|((sector, counted), words)| {
            (Item::Names(sector.clone(), counted.clone()), Said::words(counted.as_str(), words))
        }));
        let remarks = data.remarks.iter().filter_map(|remark| remark.difficulty.as_ref());
        said.extend(
            remarks.map(|cell| {
                (Item::Remark(Arc::clone(&cell.words)), Said::words(&cell.words, std::slice::from_ref(cell)))
            }),
        );
        let mut form = Self { department: reception.department.clone(), file: reception.file.clone(), said };
        gathering.records.iter().for_each(|batch| form.records(batch));
        Some(form)
    }

    fn records(&mut self, batch: &RecordBatch) {
        let mut seen: BTreeMap<Vec<Arc<str>>, usize> = BTreeMap::new();
        for row in batch.rows.iter() {
            let words: Vec<Arc<str>> = row.fields.iter().chain([&row.label]).cloned().collect();
            let again = seen.entry(words.clone()).or_default();
            let said = Said { label: row.label.to_string(), content: format!("{:?}", row.amounts), source: None };
            self.said.insert(Item::Record(batch.sector.clone(), batch.name.clone(), words, *again), said);
            *again += 1;
        }
    }

    /// Returns whether `other`, of the same department, has nearly all items of this workbook.
    fn is_version_of(&self, other: &Self) -> bool {
        let shared = self.said.keys().filter(|item| other.said.contains_key(item)).count();
        shared >= LEAST && shared * 100 >= SHARED * self.said.len()
    }

    /// Returns the content of each shared item, here and in `other`.
    fn shared<'f>(&'f self, other: &'f Self) -> impl Iterator<Item = (&'f Said, &'f Said)> {
        self.said.iter().filter_map(|(item, said)| Some((said, other.said.get(item)?)))
    }
}

impl Said {
    fn words(label: &str, cells: &[TextCell]) -> Self {
        let content = cells.iter().map(|cell| &*cell.words).collect::<Vec<_>>().join("\n");
        Self { label: label.to_owned(), content, source: cells.first().map(|cell| Arc::clone(&cell.source)) }
    }
}

/// Returns the workbooks to use, in the given order; a dropped version gets a diagnostic.
pub(crate) fn standing(gathered: Vec<Gathering>, files: &Precedence, diagnostics: &mut Diagnostics) -> Vec<Gathering> {
    let mut sent: BTreeMap<&DepartmentId, usize> = BTreeMap::new();
    for department in gathered.iter().filter_map(department) {
        *sent.entry(department).or_default() += 1;
    }
    // Fast path: a department with one workbook has no versions.
    let several = |one: &&Gathering| department(one).is_some_and(|department| sent[department] > 1);
    let forms: Vec<Form> = gathered.iter().filter(several).filter_map(Form::of).collect();
    let mut ranked: Vec<&Form> = forms.iter().collect();
    ranked.sort_by_key(|form| files.rank(&form.file));
    let mut standing: BTreeMap<&DepartmentId, Vec<&Form>> = BTreeMap::new();
    let mut fallen: BTreeSet<&FilePath> = BTreeSet::new();
    for form in ranked {
        let standing = standing.entry(&form.department).or_default();
        let Some(other) = standing.iter().find(|other| form.is_version_of(other)) else {
            standing.push(form);
            continue;
        };
        let problem = Rivals { form, other, files }.told();
        fallen.insert(&form.file);
        fallen.extend((problem.code == Code::FormContested).then_some(&other.file));
        diagnostics.push(problem);
    }
    let fallen: BTreeSet<FilePath> = fallen.into_iter().cloned().collect();
    let file = |one: &Gathering| one.dataset.receptions.first().map(|reception| reception.file.clone());
    gathered.into_iter().filter(|one| file(one).is_none_or(|file| !fallen.contains(&file))).collect()
}

fn department(gathering: &Gathering) -> Option<&DepartmentId> {
    gathering.dataset.receptions.first().map(|reception| &reception.department)
}

/// A workbook and the one that it is a version of.
struct Rivals<'f> {
    form: &'f Form,
    other: &'f Form,
    files: &'f Precedence,
}

impl Rivals<'_> {
    fn told(&self) -> Diagnostic {
        let (form, rival) = (self.form, &self.other.file);
        let shared = form.shared(self.other).count();
        let differing: Vec<(&Said, &Said)> =
            form.shared(self.other).filter(|(one, two)| one.content != two.content).collect();
        let count = differing.len();
        let (code, message) = match (count, self.files.keep) {
            (0, _) => (
                Code::WorkbookRepeated,
                say!(
                    "cùng {shared} số liệu, nội dung như tệp {rival}; chỉ dùng tệp kia",
                    "the same {shared} figures and texts as in {rival}; only that file is used",
                ),
            ),
            (_, Keep::Refuse) => (
                Code::FormContested,
                say!(
                    "cùng một biểu với tệp {rival}: {shared} số liệu, nội dung chung, {count} chỗ khác nhau; không tệp nào được dùng",
                    "the same form as {rival}: {shared} figures and texts in common, {count} of them different; neither is used",
                ),
            ),
            _ => (
                Code::FormRepeated,
                say!(
                    "cùng một biểu với tệp {rival}: {shared} số liệu, nội dung chung, {count} chỗ khác nhau; dùng tệp kia (ngày lưu: {later}), không dùng tệp này (ngày lưu: {earlier})",
                    "the same form as {rival}: {shared} figures and texts in common, {count} of them different; that file is used (saved: {later}), not this one (saved: {earlier})",
                    later = self.files.saved(rival),
                    earlier = self.files.saved(&form.file),
                ),
            ),
        };
        let problem = Diagnostic::new(code, Place::File(form.file.clone()), message.followed_by(&self.lost()))
            .also(Place::File(rival.clone()))
            .hint(Words::new(
                "giữ lại tệp đúng, chuyển tệp kia ra khỏi thư mục; quy tắc chọn tệp là [duplicates] keep trong tonghop.toml",
                "keep the right file and move the other one away; the rule is [duplicates] keep in tonghop.toml",
            ));
        let cells = differing.first().into_iter().flat_map(|(one, two)| [&one.source, &two.source]).flatten();
        cells.fold(problem, |problem, source| problem.also(Place::of(source)))
    }

    /// Lists the items that only the dropped file has.
    fn lost(&self) -> Words {
        let only = self.form.said.iter().filter(|(item, _)| !self.other.said.contains_key(item));
        let labels: Vec<String> = only.map(|(_, said)| format!("\"{}\"", said.label)).collect();
        match labels.len() {
            0 => Words::new("", ""),
            count => say!(
                "; {count} số liệu, nội dung chỉ có ở tệp này cũng không được dùng: {names}{more}",
                "; {count} figures and texts that only this file has are not used either: {names}{more}",
                names = labels[..count.min(NAMED)].join(", "),
                more = if count > NAMED { ", …" } else { "" },
            ),
        }
    }
}
