//! Compares the rows of this run with those of the last accepted run.
//!
//! Input: the rows of both runs. Output: the changes, and one diagnostic per kind of change and sheet. Not here:
//! figures.

use super::near;
use super::rows::{self, RowsOf};
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::message::counted;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::drift::{Change, ChangeKind, Drift, Named, Proposal};
use tonghop_core::model::history::{PastRun, last};
use tonghop_core::model::id::{DepartmentId, SheetName};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::period::Period;
use tonghop_core::model::row::RowPlace;
use tonghop_core::say;
use tonghop_core::vi::fold::label;

/// The number of rows that one message names.
const NAMED: usize = 5;

/// Compares the rows with those of the last accepted run; aliases for unknown rows are suggested even without one.
pub fn drift(dataset: &Dataset, runs: &[PastRun], sectors: &[Arc<SectorDecl>], period: Period) -> (Drift, Diagnostics) {
    let last = last(runs, period);
    let before = last.map(rows::of_run).unwrap_or_default();
    let now = rows::of_dataset(dataset);
    let proposals = near::proposals(dataset, sectors, &before, &now);
    let Some(last) = last else {
        return (Drift { proposals, ..Drift::default() }, Vec::new());
    };
    let view = View { dataset, before: &before, now: &now, proposals: &proposals };
    let mut changes = view.of_indicators(sectors);
    changes.extend(view.new_rows(last));
    changes.sort_by_cached_key(|change| (change.kind, change.department().cloned(), change.place().map(place_key)));
    let diagnostics = told(&changes, last);
    (Drift { since: Some(last.period), changes, proposals }, diagnostics)
}

fn place_key(place: &RowPlace) -> (String, String, u32, u32) {
    (place.file.to_string(), place.sheet.to_string(), place.cell.row, place.cell.col)
}

/// Adds to the diagnostic of each unknown row the lines for `plugins/aliases.toml` that would accept it.
pub fn propose(diagnostics: &mut Diagnostics, proposals: &[Proposal]) {
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == Code::RowUnknown) {
        let at = |p: &&Proposal| {
            let RowPlace { file, sheet, cell, .. } = &p.row;
            diagnostic.places.first() == Some(&Place::Cell(file.clone(), sheet.clone(), *cell))
        };
        if let Some(proposal) = proposals.iter().find(at) {
            let indicator = &proposal.indicator.label;
            diagnostic.hint = Some(say!(
                "nếu đây là chỉ tiêu \"{indicator}\" thì quản trị chép ba dòng dưới đây vào plugins/aliases.toml; nếu không, ghi tên chỉ tiêu đúng như biểu mẫu\n{proposal}",
                "if this is the indicator \"{indicator}\", copy these three lines to plugins/aliases.toml; if not, write the label as the form does\n{proposal}"
            ));
        }
    }
}

/// The rows of both runs.
struct View<'a> {
    dataset: &'a Dataset,
    before: &'a RowsOf<'a>,
    now: &'a RowsOf<'a>,
    proposals: &'a [Proposal],
}

impl View<'_> {
    /// Returns the changes to the rows of the indicators that are still declared.
    fn of_indicators(&self, sectors: &[Arc<SectorDecl>]) -> Vec<Change> {
        let declared = sectors.iter().flat_map(|sector| sector.indicators.iter().map(move |decl| (sector, decl)));
        let reported = declared.filter(|(_, decl)| decl.from.is_none());
        let names = reported.map(|(sector, decl)| Named {
            sector: sector.id.clone(),
            indicator: decl.id.clone(),
            label: decl.label.clone(),
        });
        names.filter_map(|name| self.of_indicator(name)).collect()
    }

    fn of_indicator(&self, name: Named) -> Option<Change> {
        let id = (name.sector.clone(), name.indicator.clone());
        let was = *self.before.get(&id)?;
        let proposed = || self.proposals.iter().find(|p| p.indicator == name).map(|p| &p.row);
        let (kind, now) = match self.now.get(&id) {
            Some(is) if is_renamed(was, is) => (ChangeKind::Renamed, Some(*is)),
            Some(is) if self.is_moved(was, is) => (ChangeKind::Moved, Some(*is)),
            Some(_) => return None,
            None => match proposed() {
                Some(row) => (ChangeKind::Renamed, Some(row)),
                None if self.sheets_of(&was.department).is_empty() => return None,
                None => (ChangeKind::Gone, None),
            },
        };
        Some(Change { kind, indicator: Some(name), before: Some(was.clone()), now: now.cloned() })
    }

    /// Returns whether a row has moved. A sheet whose old name is gone was renamed, which does not move its rows.
    fn is_moved(&self, was: &RowPlace, is: &RowPlace) -> bool {
        let left = was.sheet != is.sheet && self.sheets_of(&is.department).contains(&was.sheet);
        left || was.cell.row != is.cell.row
    }

    /// Returns the names of the sheets that a department sent.
    fn sheets_of(&self, department: &DepartmentId) -> BTreeSet<&SheetName> {
        let own = self.dataset.receptions.iter().filter(|reception| reception.department == *department);
        own.flat_map(|reception| reception.sheets.iter().map(|sheet| &sheet.name)).collect()
    }

    /// Returns the unknown rows that the last run did not have, read or unread.
    fn new_rows(&self, last: &PastRun) -> Vec<Change> {
        let key = |place: &RowPlace| (place.department.clone(), label(&place.label));
        let known: BTreeSet<_> = last.unread.iter().chain(self.before.values().copied()).map(key).collect();
        let proposed = |place: &RowPlace| self.proposals.iter().any(|proposal| proposal.row == *place);
        let unread = self.dataset.rows.unread().map(|row| &row.place);
        let new = unread.filter(|place| !place.label.is_empty() && !known.contains(&key(place)) && !proposed(place));
        new.map(|place| Change { kind: ChangeKind::New, indicator: None, before: None, now: Some(place.clone()) })
            .collect()
    }
}

/// Returns whether the label of a row differs; digits are ignored, as months and years follow the period.
fn is_renamed(was: &RowPlace, is: &RowPlace) -> bool {
    let words = |place: &RowPlace| label(&place.label).replace(|c: char| c.is_ascii_digit(), "");
    !was.label.is_empty() && !is.label.is_empty() && words(was) != words(is)
}

/// Returns one diagnostic for each kind of change in a sheet.
fn told(changes: &[Change], last: &PastRun) -> Diagnostics {
    let groups = changes.chunk_by(|a, b| a.kind == b.kind && where_told(a) == where_told(b));
    groups
        .filter_map(|group| {
            let first = group.first()?;
            let (code, message) = words(first.kind, group);
            let problem = Diagnostic::new(code, where_told(first)?, message).also(Place::File(last.file.clone()));
            Some(problem.hint(hint(first.kind)))
        })
        .collect()
}

/// Returns the sheet of the row; if the row is gone, only its department is known.
fn where_told(change: &Change) -> Option<Place> {
    match &change.now {
        Some(now) => Some(Place::Sheet(now.file.clone(), now.sheet.clone())),
        None => change.department().map(|department| Place::Department(department.clone())),
    }
}

fn words(kind: ChangeKind, group: &[Change]) -> (Code, Words) {
    let (count, list) = (group.len(), list(group));
    let [vietnamese, english] = [list.vietnamese(), list.in_language(tonghop_core::diag::Language::English)];
    match kind {
        ChangeKind::Gone => (
            Code::RowGone,
            say!(
                "{count} chỉ tiêu có dòng ở kỳ trước nay không còn: {vietnamese}",
                "{counted} of the last run without a row now: {english}",
                counted = counted(count, "indicator")
            ),
        ),
        ChangeKind::Renamed => (
            Code::RowRenamed,
            say!(
                "{count} dòng đổi tên so với kỳ trước: {vietnamese}",
                "{counted} renamed since the last run: {english}",
                counted = counted(count, "row")
            ),
        ),
        ChangeKind::New => (
            Code::RowNew,
            say!(
                "{count} dòng mới so với kỳ trước, chưa thuộc chỉ tiêu nào: {vietnamese}",
                "{counted} new since the last run, of no indicator: {english}",
                counted = counted(count, "row")
            ),
        ),
        ChangeKind::Moved => (
            Code::RowMoved,
            say!(
                "{count} dòng đổi vị trí so với kỳ trước: {vietnamese}",
                "{counted} moved since the last run: {english}",
                counted = counted(count, "row")
            ),
        ),
    }
}

/// Lists the first rows of a group.
fn list(group: &[Change]) -> Words {
    let named: Vec<Words> = group.iter().take(NAMED).map(one).collect();
    let join = |words: fn(&Words) -> &str| named.iter().map(words).collect::<Vec<_>>().join(", ");
    let vietnamese = join(Words::vietnamese);
    let english = join(|words| words.in_language(tonghop_core::diag::Language::English));
    match group.len().saturating_sub(NAMED) {
        0 => Words::new(vietnamese, english),
        more => say!("{vietnamese} và {more} dòng khác", "{english} and {more} more"),
    }
}

fn one(change: &Change) -> Words {
    match (&change.indicator, &change.before, &change.now) {
        (_, Some(was), Some(is)) if change.kind == ChangeKind::Renamed => {
            let (was, is) = (&was.label, &is.label);
            say!("\"{was}\" nay là \"{is}\"", "\"{was}\" is \"{is}\" now")
        }
        (_, Some(was), Some(is)) => {
            let sheet = if was.sheet == is.sheet { String::new() } else { format!("[{}] ", was.sheet) };
            let (label, from, to) = (&is.label, was.cell.row + 1, is.cell.row + 1);
            say!("\"{label}\" từ {sheet}hàng {from} sang hàng {to}", "\"{label}\" from {sheet}row {from} to row {to}")
        }
        (Some(Named { label, .. }), ..) => say!("\"{label}\"", "\"{label}\""),
        _ => say!("\"{label}\"", "\"{label}\"", label = change.place().map_or("", |place| &place.label)),
    }
}

fn hint(kind: ChangeKind) -> Words {
    let (vietnamese, english) = match kind {
        ChangeKind::Gone => (
            "hỏi đơn vị: bổ sung dòng bị sót, hoặc thêm tên mới của dòng vào plugins/aliases.toml; xem trang Biến động",
            "ask the department to add the row, or add its new label to plugins/aliases.toml; see the sheet \"Biến động\"",
        ),
        ChangeKind::Renamed => (
            "kiểm tra tên mới có còn là chỉ tiêu cũ không; xem trang Biến động",
            "check that the new label still is the same indicator; see the sheet \"Biến động\"",
        ),
        ChangeKind::New => (
            "nếu là nội dung cần báo cáo thì khai báo chỉ tiêu trong quy tắc",
            "declare an indicator in the rules if it is to be reported",
        ),
        ChangeKind::Moved => ("không phải làm gì", "nothing needs to be done"),
    };
    Words::new(vietnamese, english)
}
