//! Compares the rows of this run with those of the last accepted run.
//!
//! Input: the rows of both runs. Output: the changes, and one diagnostic per kind of change and sheet. Not here:
//! figures.

use super::alias_suggestions;
use super::rows::{self, RowsByIndicator};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::history::{PastRun, find_latest};
use tonghop_core::model::id::{DepartmentId, SheetName};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::period::Period;
use tonghop_core::model::row::RowPlace;
use tonghop_core::model::row_changes::{AliasSuggestion, LabelledIndicator, RowChange, RowChangeKind, RowChanges};
use tonghop_core::msg;
use tonghop_core::vi::label::fold_label;

/// The number of rows that one message names.
const MAX_LISTED: usize = 5;

/// Compares the rows with those of the last accepted run; aliases for unknown rows are suggested even without one.
pub fn row_changes(
    dataset: &Dataset,
    runs: &[PastRun],
    sectors: &[Arc<SectorDecl>],
    period: Period,
) -> (RowChanges, Diagnostics) {
    let last = find_latest(runs, period);
    let before = last.map(rows::from_run).unwrap_or_default();
    let now = rows::from_dataset(dataset);
    let suggestions = alias_suggestions::suggest_aliases(dataset, sectors, &before, &now);
    let Some(last) = last else {
        return (RowChanges { suggestions, ..RowChanges::default() }, Vec::new());
    };
    let view = RunComparison::new(dataset, &before, &now, &suggestions);
    let mut changes = view.indicator_changes(sectors);
    changes.extend(view.new_rows(last));
    changes.sort_by_cached_key(|change| (change.kind, change.department().cloned(), change.place().map(place_key)));
    let diagnostics = change_diagnostics(&changes, last);
    (RowChanges { since: Some(last.period), changes, suggestions }, diagnostics)
}

/// A row by its file, sheet, row and column.
type RowKey = (String, String, u32, u32);

fn place_key(row_place: &RowPlace) -> RowKey {
    (row_place.file.to_string(), row_place.sheet.to_string(), row_place.cell.row, row_place.cell.col)
}

/// Adds to the diagnostic of each unknown row the lines for `plugins/aliases.toml` that would accept it.
pub fn add_alias_hints(diagnostics: &mut Diagnostics, suggestions: &[AliasSuggestion]) {
    let mut by_place: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
    for (at, AliasSuggestion { row: RowPlace { file, sheet, cell, .. }, .. }) in suggestions.iter().enumerate() {
        by_place.entry(Place::Cell(file.clone(), sheet.clone(), *cell)).or_default().push(at);
    }
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.code == Code::RowUnknown) {
        // A diagnostic of several rows names the first ones.
        let here: BTreeSet<usize> =
            diagnostic.places.iter().filter_map(|place| by_place.get(place)).flatten().copied().collect();
        let here: Vec<&AliasSuggestion> = here.into_iter().map(|at| &suggestions[at]).collect();
        let is_group = diagnostic.places.len() > 1;
        if is_group && !here.is_empty() {
            let proposals = here.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
            diagnostic.hint = Some(msg!(
                "dòng nào là tên gọi khác của chỉ tiêu nêu dưới đây thì quản trị chép các dòng của nó vào plugins/aliases.toml\n{proposals}",
                "for each row that is an indicator named below, copy its lines to plugins/aliases.toml\n{proposals}"
            ));
        } else if let Some(proposal) = here.first() {
            let indicator = &proposal.indicator.label;
            diagnostic.hint = Some(msg!(
                "nếu đây là chỉ tiêu \"{indicator}\" thì quản trị chép ba dòng dưới đây vào plugins/aliases.toml; nếu không, ghi tên chỉ tiêu đúng như biểu mẫu\n{proposal}",
                "if this is the indicator \"{indicator}\", copy these three lines to plugins/aliases.toml; if not, write the label exactly as in the form\n{proposal}"
            ));
        }
    }
}

/// The rows of both runs.
struct RunComparison<'a> {
    dataset: &'a Dataset,
    before: &'a RowsByIndicator<'a>,
    now: &'a RowsByIndicator<'a>,
    /// The row that is suggested for an indicator, by `sector.indicator`.
    suggested: BTreeMap<String, &'a RowPlace>,
    suggested_rows: BTreeSet<RowKey>,
    /// The names of the sheets that each department sent.
    sheets: BTreeMap<&'a DepartmentId, BTreeSet<&'a SheetName>>,
}

impl<'a> RunComparison<'a> {
    fn new(
        dataset: &'a Dataset,
        before: &'a RowsByIndicator<'a>,
        now: &'a RowsByIndicator<'a>,
        suggestions: &'a [AliasSuggestion],
    ) -> Self {
        let mut sheets: BTreeMap<&DepartmentId, BTreeSet<&SheetName>> = BTreeMap::new();
        for summary in &dataset.workbooks {
            sheets.entry(&summary.department).or_default().extend(summary.sheets.iter().map(|sheet| &sheet.name));
        }
        let rows = suggestions.iter().rev().map(|suggestion| (suggestion.indicator.to_string(), &suggestion.row));
        let suggested_rows = suggestions.iter().map(|suggestion| place_key(&suggestion.row)).collect();
        Self { dataset, before, now, suggested: rows.collect(), suggested_rows, sheets }
    }

    /// Returns the changes to the rows of the indicators that are still declared.
    fn indicator_changes(&self, sectors: &[Arc<SectorDecl>]) -> Vec<RowChange> {
        let declared = sectors.iter().flat_map(|sector| sector.indicators.iter().map(move |decl| (sector, decl)));
        let reported = declared.filter(|(_, decl)| decl.source_indicator.is_none());
        let names = reported.map(|(sector, decl)| LabelledIndicator {
            sector: sector.id.clone(),
            indicator: decl.id.clone(),
            label: decl.label.clone(),
        });
        names.filter_map(|name| self.indicator_change(name)).collect()
    }

    fn indicator_change(&self, name: LabelledIndicator) -> Option<RowChange> {
        let id = (name.sector.clone(), name.indicator.clone());
        let was = *self.before.get(&id)?;
        let proposed = || self.suggested.get(&name.to_string()).copied();
        let (kind, now) = match self.now.get(&id) {
            Some(is) if is_renamed(was, is) => (RowChangeKind::Renamed, Some(*is)),
            Some(is) if self.is_moved(was, is) => (RowChangeKind::Moved, Some(*is)),
            Some(_) => return None,
            None => match proposed() {
                Some(row) => (RowChangeKind::Renamed, Some(row)),
                None if !self.sheets.contains_key(&was.department) => return None,
                None => (RowChangeKind::Gone, None),
            },
        };
        Some(RowChange { kind, indicator: Some(name), before: Some(was.clone()), now: now.cloned() })
    }

    /// Returns whether a row has moved. A sheet whose old name is gone was renamed, which does not move its rows.
    fn is_moved(&self, before: &RowPlace, now: &RowPlace) -> bool {
        let has_sheet = || self.sheets.get(&now.department).is_some_and(|sheets| sheets.contains(&before.sheet));
        let left = before.sheet != now.sheet && has_sheet();
        left || before.cell.row != now.cell.row
    }

    /// Returns the unknown rows that the last run did not have, read or unread.
    fn new_rows(&self, last: &PastRun) -> Vec<RowChange> {
        let key = |row_place: &RowPlace| (row_place.department.clone(), fold_label(&row_place.label));
        let known: BTreeSet<_> = last.unread.iter().chain(self.before.values().copied()).map(key).collect();
        let proposed = |row_place: &RowPlace| self.suggested_rows.contains(&place_key(row_place));
        let unread = self.dataset.rows.unknown().map(|row| &row.place);
        let new = unread.filter(|row_place| {
            !row_place.label.is_empty() && !known.contains(&key(row_place)) && !proposed(row_place)
        });
        new.map(|row_place| RowChange {
            kind: RowChangeKind::New,
            indicator: None,
            before: None,
            now: Some(row_place.clone()),
        })
        .collect()
    }
}

/// Returns whether the label of a row differs; digits are ignored, as months and years follow the period.
fn is_renamed(before: &RowPlace, now: &RowPlace) -> bool {
    let words = |row_place: &RowPlace| fold_label(&row_place.label).replace(|c: char| c.is_ascii_digit(), "");
    !before.label.is_empty() && !now.label.is_empty() && words(before) != words(now)
}

/// Returns one diagnostic for each kind of change in a sheet.
fn change_diagnostics(changes: &[RowChange], last: &PastRun) -> Diagnostics {
    let groups = changes.chunk_by(|a, b| a.kind == b.kind && report_place(a) == report_place(b));
    groups
        .filter_map(|group| {
            let first = group.first()?;
            let (code, message) = change_message(first.kind, group);
            let problem =
                Diagnostic::new(code, report_place(first)?, message).with_place(Place::File(last.file.clone()));
            Some(problem.with_hint(change_hint(first.kind)))
        })
        .collect()
}

/// Returns the sheet of the row; if the row is gone, only its department is known.
fn report_place(change: &RowChange) -> Option<Place> {
    match &change.now {
        Some(now) => Some(Place::Sheet(now.file.clone(), now.sheet.clone())),
        None => change.department().map(|department| Place::Department(department.clone())),
    }
}

fn change_message(kind: RowChangeKind, group: &[RowChange]) -> (Code, Message) {
    let (count, list) = (group.len(), list_rows(group));
    let [vietnamese, english] = [list.vietnamese(), list.in_language(tonghop_core::diag::Language::English)];
    match kind {
        RowChangeKind::Gone => (
            Code::RowGone,
            msg!(
                "{count} chỉ tiêu có dòng ở kỳ trước nay không còn: {vietnamese}",
                "{counted} with a row in the previous period but not now: {english}",
                counted = pluralise(count, "indicator")
            ),
        ),
        RowChangeKind::Renamed => (
            Code::RowRenamed,
            msg!(
                "{count} dòng đổi tên so với kỳ trước: {vietnamese}",
                "{counted} renamed since the previous period: {english}",
                counted = pluralise(count, "row")
            ),
        ),
        RowChangeKind::New => (
            Code::RowNew,
            msg!(
                "{count} dòng mới so với kỳ trước, chưa thuộc chỉ tiêu nào: {vietnamese}",
                "{counted} new since the previous period, not matching any indicator: {english}",
                counted = pluralise(count, "row")
            ),
        ),
        RowChangeKind::Moved => (
            Code::RowMoved,
            msg!(
                "{count} dòng đổi vị trí so với kỳ trước: {vietnamese}",
                "{counted} moved since the previous period: {english}",
                counted = pluralise(count, "row")
            ),
        ),
    }
}

/// Lists the first rows of a group.
fn list_rows(group: &[RowChange]) -> Message {
    let named: Vec<Message> = group.iter().take(MAX_LISTED).map(describe_change).collect();
    let join = |words: fn(&Message) -> &str| named.iter().map(words).collect::<Vec<_>>().join(", ");
    let vietnamese = join(Message::vietnamese);
    let english = join(|message| message.in_language(tonghop_core::diag::Language::English));
    match group.len().saturating_sub(MAX_LISTED) {
        0 => Message::new(vietnamese, english),
        more => msg!("{vietnamese} và {more} dòng khác", "{english} and {more} more"),
    }
}

fn describe_change(change: &RowChange) -> Message {
    match (&change.indicator, &change.before, &change.now) {
        (_, Some(was), Some(is)) if change.kind == RowChangeKind::Renamed => {
            let (was, is) = (&was.label, &is.label);
            msg!("\"{was}\" nay là \"{is}\"", "\"{was}\" is now \"{is}\"")
        }
        (_, Some(was), Some(is)) => {
            let sheet = if was.sheet == is.sheet { String::new() } else { format!("[{}] ", was.sheet) };
            let (label, from, to) = (&is.label, was.cell.row + 1, is.cell.row + 1);
            msg!("\"{label}\" từ {sheet}hàng {from} sang hàng {to}", "\"{label}\" from {sheet}row {from} to row {to}")
        }
        (Some(LabelledIndicator { label, .. }), ..) => msg!("\"{label}\"", "\"{label}\""),
        _ => msg!("\"{label}\"", "\"{label}\"", label = change.place().map_or("", |row_place| &row_place.label)),
    }
}

fn change_hint(kind: RowChangeKind) -> Message {
    let (vietnamese, english) = match kind {
        RowChangeKind::Gone => (
            "hỏi đơn vị: bổ sung dòng bị sót, hoặc thêm tên mới của dòng vào plugins/aliases.toml; xem trang Biến động",
            "ask the department to add the row, or add its new label to plugins/aliases.toml; see the sheet \"Biến động\"",
        ),
        RowChangeKind::Renamed => (
            "kiểm tra tên mới có còn là chỉ tiêu cũ không; xem trang Biến động",
            "check that the new label still means the same indicator; see the sheet \"Biến động\"",
        ),
        RowChangeKind::New => (
            "nếu là nội dung cần báo cáo thì khai báo chỉ tiêu trong quy tắc",
            "declare an indicator in the rules if it is to be reported",
        ),
        RowChangeKind::Moved => ("không phải làm gì", "nothing needs to be done"),
    };
    Message::new(vietnamese, english)
}
