//! Finds out why a figure changed.
//!
//! Input: the figure in two runs, and the inputs of both. Output: the reasons: changed cells and workbooks whose rows
//! it adds up, or else changed rules and settings. Not here: whether it changed.

use super::figure_state::FigureState;
use super::snapshot::Snapshot;
use crate::pipeline::SETTINGS_FILE;
use serde::Serialize;
use std::collections::BTreeSet;

/// The folders of workbooks, whose changes are reported cell by cell.
const WORKBOOK_FOLDERS: [&str; 2] = ["workbooks/", "history/"];
/// Files that may affect any figure.
const SHARED_RULES: [&str; 2] = ["plugins/lib/", "plugins/aliases.toml"];

/// A reason why a figure changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum ChangeReason {
    /// A source cell, with its content as typed; `null` if the figure did not or does not depend on it.
    Cell { cell: String, old: Option<String>, new: Option<String> },
    /// A changed workbook whose rows it counts or adds up, rule file, settings file or file of the office.
    File { file: String, change: FileChange },
}

/// How a file changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileChange {
    Changed,
    New,
    Gone,
}

/// Returns the reasons why a figure changed.
pub(super) fn change_reasons(
    was: &FigureState<'_>,
    is: &FigureState<'_>,
    old: &Snapshot,
    new: &Snapshot,
) -> Vec<ChangeReason> {
    let files = changed_files(old, new);
    let (before, after) = (source_cells(was), source_cells(is));
    let content = |cells: &BTreeSet<&str>, cell: &str, run: &Snapshot| {
        cells.contains(cell).then(|| run.cells.get(cell).cloned().unwrap_or_default())
    };
    let reasons = before.union(&after).map(|cell| ChangeReason::Cell {
        cell: (*cell).to_owned(),
        old: content(&before, cell, old),
        new: content(&after, cell, new),
    });
    let mut reasons: Vec<ChangeReason> =
        reasons.filter(|why| matches!(why, ChangeReason::Cell { old, new, .. } if old != new)).collect();
    let in_changed_file = |why: &ChangeReason| match why {
        ChangeReason::Cell { cell, .. } => files.iter().any(|(file, _)| cell.starts_with(&format!("{file} ["))),
        ChangeReason::File { .. } => false,
    };
    let books = aggregated_books(was, old).into_iter().chain(aggregated_books(is, new)).collect::<BTreeSet<&str>>();
    let changed_books = files.iter().filter(|(file, _)| books.contains(file.as_str()));
    let reasons_of_rows: Vec<ChangeReason> =
        changed_books.map(|(file, change)| ChangeReason::File { file: file.clone(), change: *change }).collect();
    if !reasons_of_rows.is_empty() {
        reasons.extend(reasons_of_rows);
        return reasons;
    }
    // If no cell is in a changed workbook, the rules must read the workbooks differently.
    if !reasons.iter().any(in_changed_file) {
        let rules = files.iter().filter(|(file, _)| !WORKBOOK_FOLDERS.iter().any(|books| file.starts_with(books)));
        let rules: Vec<&(String, FileChange)> = rules.collect();
        let relevant: Vec<_> = rules.iter().filter(|(file, _)| affects_figure(file, was, is)).collect();
        let relevant = if relevant.is_empty() { rules.iter().collect() } else { relevant };
        reasons.extend(
            relevant.into_iter().map(|(file, change)| ChangeReason::File { file: file.clone(), change: *change }),
        );
    }
    reasons
}

/// Returns the files that differ between the inputs of both runs.
fn changed_files(old: &Snapshot, new: &Snapshot) -> Vec<(String, FileChange)> {
    let all: BTreeSet<&String> = old.inputs.keys().chain(new.inputs.keys()).collect();
    let change = |file: &&String| match (old.inputs.get(*file), new.inputs.get(*file)) {
        (Some(was), Some(is)) if was == is => None,
        (Some(_), Some(_)) => Some(FileChange::Changed),
        (None, _) => Some(FileChange::New),
        (_, None) => Some(FileChange::Gone),
    };
    all.into_iter().filter_map(|file| Some((file.clone(), change(&file)?))).collect()
}

fn source_cells<'s>(held: &FigureState<'s>) -> BTreeSet<&'s str> {
    let stated = held.stated.iter().flat_map(|figure| &figure.cells);
    stated.chain(held.printed.iter().flat_map(|o| &o.cells)).map(String::as_str).collect()
}

/// Returns the workbooks whose rows a figure counts or adds up.
fn aggregated_books<'s>(held: &FigureState<'_>, run: &'s Snapshot) -> Vec<&'s str> {
    let tables = held.printed.iter().flat_map(|occurrence| &occurrence.tables);
    tables.filter_map(|table| run.tables.get(table)).flatten().map(String::as_str).collect()
}

/// Returns whether a file declares or prints the figure or holds a setting it depends on; shared files always count.
fn affects_figure(file: &str, was: &FigureState<'_>, is: &FigureState<'_>) -> bool {
    let both = || [was, is].into_iter();
    let declares =
        || both().filter_map(|held| held.stated).any(|f| f.rule.rsplit_once(':').is_some_and(|r| r.0 == file));
    let prints = || {
        let mut rules = both().flat_map(|held| &held.printed).filter_map(|o| o.rule.as_ref());
        rules.any(|(rule, _)| rule == file)
    };
    let depends = || {
        let stated = both().filter_map(|held| held.stated).any(|f| !f.settings.is_empty());
        file == SETTINGS_FILE && (stated || both().flat_map(|held| &held.printed).any(|o| !o.settings.is_empty()))
    };
    SHARED_RULES.iter().any(|shared| file.starts_with(shared)) || declares() || prints() || depends()
}
