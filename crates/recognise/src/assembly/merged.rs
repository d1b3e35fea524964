//! Merges the results of all sheets and workbooks into the dataset.
//!
//! Input: the workbooks, each read alone and then merged. Output: the dataset, with one figure per observation key and
//! a sector for each general remark. Not here: the meaning of a cell, the choice of workbooks.

use super::precedence::Precedence;
use crate::cells::hidden;
use crate::cells::sheet_result::{CandidateObservation, PendingRemark};
use crate::layout::preamble::Preamble;
use crate::matching::vocabulary::Vocabulary;
use crate::sheet::{self, SheetObserver};
use serde::{Deserialize, Serialize};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::{Dataset, DifficultyRemark, ObservationKey, SheetSummary, WorkbookSummary};
use tonghop_core::model::figure::Figure;
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectorId};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::records::{RecordBatch, RecordTable, RecordsDecl};
use tonghop_core::msg;
use tonghop_core::vi::format::exact_message;

/// Record tables by sector and name.
type RecordTables = BTreeMap<(SectorId, IndicatorId), Arc<RecordTable>>;

/// The merged results of one or more workbooks.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Merged {
    pub candidates: Vec<CandidateObservation>,
    /// The highest parent score of the rows of an indicator in the workbooks of a department.
    best_parent_scores: BTreeMap<(DepartmentId, SectorId, IndicatorId), usize>,
    pub dataset: Dataset,
    /// The rows of open tables, one batch per table.
    pub records: Vec<RecordBatch>,
    diagnostics: Diagnostics,
}

impl Merged {
    /// Reads one workbook; also returns the preambles of its visible sheets.
    pub(crate) fn from_workbook(
        book: &ReceivedWorkbook,
        vocabulary: Vocabulary<'_, '_>,
        observer: &mut dyn SheetObserver,
    ) -> (Vec<Preamble>, Self) {
        let mut merged = Self::default();
        let preambles = merged.add_sheets(book, vocabulary, observer);
        (preambles, merged)
    }

    /// Returns whether nothing was found that a department reports.
    pub(crate) fn is_empty(&self) -> bool {
        let Dataset { narrative, names, remarks, .. } = &self.dataset;
        self.candidates.is_empty()
            && self.records.is_empty()
            && narrative.is_empty()
            && names.is_empty()
            && remarks.is_empty()
    }

    /// Adds the results of another workbook.
    pub(crate) fn merge(&mut self, other: Self) {
        let Self { mut candidates, best_parent_scores: strongest, dataset, mut records, mut diagnostics } = other;
        for (of, parents) in strongest {
            let most = self.best_parent_scores.entry(of).or_default();
            *most = parents.max(*most);
        }
        self.candidates.append(&mut candidates);
        self.records.append(&mut records);
        self.diagnostics.append(&mut diagnostics);
        // Observations, records and corrections are added later, when all workbooks are known.
        let Dataset { narrative, names, mut remarks, mut workbooks, rows, .. } = dataset;
        self.dataset.rows.append(rows);
        for (topic, mut words) in narrative {
            self.dataset.narrative.entry(topic).or_default().append(&mut words);
        }
        for (counted, mut cells) in names {
            self.dataset.names.entry(counted).or_default().append(&mut cells);
        }
        self.dataset.remarks.append(&mut remarks);
        self.dataset.workbooks.append(&mut workbooks);
    }

    /// Reads all sheets of a workbook.
    fn add_sheets(
        &mut self,
        book: &ReceivedWorkbook,
        vocabulary: Vocabulary<'_, '_>,
        observer: &mut dyn SheetObserver,
    ) -> Vec<Preamble> {
        let mut preambles = Vec::new();
        let mut remarks = Vec::new();
        let mut sector_uses: BTreeMap<SectorId, usize> = BTreeMap::new();
        let mut sheets = Vec::new();
        for sheet in &book.workbook.sheets {
            let (preamble, result) = sheet::read_sheet(book, sheet, vocabulary, observer);
            let mut result = hidden::settle_sheet(book, sheet, result);
            preambles.extend((!sheet.is_hidden).then_some(preamble));
            let sectors =
                result.candidates.iter().map(|o| &o.key.sector).chain(result.narrative.iter().map(|n| &n.0.0));
            for sector in sectors {
                *sector_uses.entry(sector.clone()).or_default() += 1;
            }
            sheets.push(SheetSummary {
                name: sheet.name.clone(),
                used_cells: result.used_cells,
                log: result.log.finish(),
            });
            self.diagnostics.append(&mut result.diagnostics);
            self.candidates.append(&mut result.candidates);
            self.records.append(&mut result.records);
            remarks.append(&mut result.remarks);
            for (sector, indicator, parents) in result.parent_scores {
                let most = self.best_parent_scores.entry((book.department.clone(), sector, indicator)).or_default();
                *most = parents.max(*most);
            }
            result.rows.into_iter().for_each(|row| self.dataset.rows.insert(row));
            for (counted, name) in result.counted_names {
                self.dataset.names.entry(counted).or_default().push(name);
            }
            for (topic, words) in result.narrative {
                self.dataset.narrative.entry(topic).or_default().push(words);
            }
        }
        let main = sector_uses
            .iter()
            .rev()
            .max_by_key(|(_, count)| **count)
            .map(|(sector, _)| sector)
            .or(vocabulary.own.first_sector());
        self.dataset.remarks.extend(remarks.into_iter().filter_map(|remark| assign_sector(remark, main)));
        self.dataset.workbooks.push(WorkbookSummary {
            department: book.department.clone(),
            file: book.file.clone(),
            sheets,
        });
        preambles
    }

    /// Selects one figure per observation key and returns the dataset.
    ///
    /// The order of precedence: the department that the sector names first, visible before hidden cells and sheets, the rank of
    /// the file, the first sheet and row. If a department has a row under the parents of an indicator, its rows
    /// elsewhere with the same label are not that indicator.
    pub(crate) fn into_dataset(mut self, sectors: &[Arc<SectorDecl>], files: &Precedence) -> (Dataset, Diagnostics) {
        let departments: BTreeMap<&SectorId, &[DepartmentId]> =
            sectors.iter().map(|sector| (&sector.id, sector.departments.as_slice())).collect();
        let precedence = |candidate: &CandidateObservation| {
            departments
                .get(&candidate.key.sector)
                .and_then(|all| all.iter().position(|d| *d == candidate.source.department))
        };
        let sort_key = |candidate: &CandidateObservation| {
            (candidate.key.clone(), precedence(candidate), candidate.is_hidden, files.rank(&candidate.source.file))
        };
        self.candidates.sort_by_cached_key(sort_key);
        let mut conflicting: BTreeSet<ObservationKey> = BTreeSet::new();
        let strongest = self.best_parent_scores;
        let is_weak = |candidate: &CandidateObservation| {
            let of =
                (candidate.source.department.clone(), candidate.key.sector.clone(), candidate.key.indicator.clone());
            candidate.parent_score.is_some_and(|parents| strongest.get(&of).is_some_and(|most| parents < *most))
        };
        for candidate in self.candidates.into_iter().filter(|offer| !is_weak(offer)) {
            match self.dataset.observations.entry(candidate.key.clone()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(candidate.figure);
                }
                Entry::Occupied(selected) if selected.get().amount == candidate.figure.amount => {}
                Entry::Occupied(selected) => {
                    let is_conflict = files.is_conflict(selected.get(), &candidate.source);
                    self.diagnostics.push(repeated_cell(selected.get(), &candidate, is_conflict));
                    conflicting.extend(is_conflict.then_some(candidate.key));
                }
            }
        }
        self.dataset.observations.retain(|key, _| !conflicting.contains(key));
        self.dataset.records = build_record_tables(sectors, self.records);
        (self.dataset, self.diagnostics)
    }
}

/// Builds the record table of each declaration from the batches, in the order of the workbooks.
fn build_record_tables(sectors: &[Arc<SectorDecl>], batches: Vec<RecordBatch>) -> RecordTables {
    let declared = sectors.iter().flat_map(|sector| sector.records.iter().map(|decl| (&sector.id, decl)));
    let empty = |(sector, decl): (&SectorId, &Arc<RecordsDecl>)| {
        ((sector.clone(), decl.name.clone()), RecordTable::new(sector.clone(), Arc::clone(decl)))
    };
    let mut tables: BTreeMap<(SectorId, IndicatorId), RecordTable> = declared.map(empty).collect();
    let name = |batch: &RecordBatch| (batch.sector.clone(), batch.name.clone());
    for batch in &batches {
        if let Some(table) = tables.get_mut(&name(batch)) {
            table.reserve(batch.rows.len());
        }
    }
    for batch in batches {
        if let Some(table) = tables.get_mut(&name(&batch)) {
            table.append(batch);
        }
    }
    tables.into_iter().map(|(name, table)| (name, Arc::new(table))).collect()
}

/// Assigns a remark without a sector to the main sector of its workbook.
fn assign_sector(remark: PendingRemark, main: Option<&SectorId>) -> Option<DifficultyRemark> {
    let PendingRemark { sector, indicator, difficulty, cause } = remark;
    Some(DifficultyRemark { sector: sector.or_else(|| main.cloned())?, indicator, difficulty, cause })
}

fn repeated_cell(used: &Figure, other: &CandidateObservation, is_conflict: bool) -> Diagnostic {
    let place = used.sources().first().map_or(Place::Project, |source| Place::from_source(source));
    let message = msg!(
        "\"{label}\" ({measure}) có hai số khác nhau: {first} và {second}; {so}",
        "\"{label}\" ({measure}) has two different numbers: {first} and {second}; {so}",
        label = other.label,
        measure = other.key.measure.message(),
        first = format_amount(used),
        second = format_amount(&other.figure),
        so = if is_conflict {
            Message::new("không dùng số nào", "neither is used")
        } else {
            Message::new("dùng số thứ nhất", "the first is used")
        }
    );
    Diagnostic::new(Code::CellRepeated, place, message).with_place(Place::from_source(&other.source)).with_hint(
        Message::new(
            "xóa số không đúng, hoặc để một đơn vị báo cáo chỉ tiêu này",
            "delete the wrong number, or let only one department report this indicator",
        ),
    )
}

/// Formats the amount of a figure for messages.
pub(crate) fn format_amount(figure: &Figure) -> Message {
    match figure.amount {
        Amount::Known(number) => {
            msg!("{number} {unit}", "{number} {unit}", number = exact_message(number), unit = figure.unit)
        }
        Amount::NotApplicable => Message::verbatim("\"-\""),
        Amount::Missing => Message::new("trống", "empty"),
    }
}
