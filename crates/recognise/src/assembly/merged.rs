//! Merges the results of all sheets and workbooks into the dataset.
//!
//! Input: the workbooks, each read alone and then merged. Output: the dataset, with one figure per observation key and
//! a sector for each general remark. Not here: the meaning of a cell, the choice of workbooks.

use super::contest::{self, Decisions};
use super::key_cells::rank_departments;
use super::member_form::Form;
use super::members::Members;
use super::precedence::Precedence;
use crate::cells::hidden;
use crate::cells::sheet_result::{CandidateObservation, PendingRemark};
use crate::layout::preamble::Preamble;
use crate::matching::vocabulary::Vocabulary;
use crate::sheet::{self, SheetObserver};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::dataset::{
    ContestedFigure, Dataset, DifficultyRemark, ObservationKey, SheetSummary, WorkbookSummary,
};
use tonghop_core::model::id::{DepartmentId, IndicatorId, SectorId};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::records::{RecordBatch, RecordTable, RecordsDecl};

/// Record tables by sector and name.
type RecordTables = BTreeMap<(SectorId, IndicatorId), Arc<RecordTable>>;

/// The merged results of one or more workbooks.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Merged {
    pub candidates: Vec<CandidateObservation>,
    /// The observations of files that are not used because they contradict each other.
    pub refused: Vec<CandidateObservation>,
    /// The members whose forms the workbook has.
    pub members: BTreeSet<String>,
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
        members: &Members<'_>,
        observer: &mut dyn SheetObserver,
    ) -> (Vec<Preamble>, Self) {
        let mut merged = Self::default();
        let preambles = merged.add_sheets(book, vocabulary, members, observer);
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
        let Self { mut candidates, mut refused, dataset, mut records, mut diagnostics, .. } = other;
        self.candidates.append(&mut candidates);
        self.refused.append(&mut refused);
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
        members: &Members<'_>,
        observer: &mut dyn SheetObserver,
    ) -> Vec<Preamble> {
        let mut preambles = Vec::new();
        let mut remarks = Vec::new();
        let mut sector_uses: BTreeMap<SectorId, usize> = BTreeMap::new();
        let mut sheets = Vec::new();
        for sheet in &book.workbook.sheets {
            let (preamble, result) = sheet::read_sheet(book, sheet, vocabulary, observer);
            let mut result = hidden::settle_sheet(book, sheet, result);
            let form = Form { book, sheet, preamble: &preamble };
            let (member, unknown_member) = members.assign(form, &mut result.candidates);
            self.members.extend(member.map(|member| member.id.clone()));
            result.diagnostics.extend(unknown_member);
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

    /// Decides on one figure per observation key and returns the dataset.
    pub(crate) fn into_dataset(
        mut self,
        sectors: &[Arc<SectorDecl>],
        files: &Precedence,
        config: &Config,
    ) -> (Dataset, Diagnostics) {
        let departments = rank_departments(sectors);
        drop_weaker_candidates(&mut self.candidates);
        let Decisions { mut chosen, mut contested, mut diagnostics } =
            contest::decide(&self.candidates, &departments, files, config);
        for candidate in self.refused {
            chosen.remove(&candidate.key);
            let empty =
                || ContestedFigure { label: candidate.label.clone(), figures: vec![], is_in_contested_form: true };
            let of_key = contested.entry(candidate.key).or_insert_with(empty);
            of_key.figures.push(candidate.figure);
        }
        self.diagnostics.append(&mut diagnostics);
        (self.dataset.observations, self.dataset.contested) = (chosen, contested);
        self.dataset.records = build_record_tables(sectors, self.records);
        (self.dataset, self.diagnostics)
    }
}

/// Drops the observations for which a department has another of the same measure, from a row that shows more parents.
///
/// Only tables without a heading over the labels repeat them so. The other measures of a weaker row remain: the
/// stronger row does not have them.
fn drop_weaker_candidates(candidates: &mut Vec<CandidateObservation>) {
    let mut strongest: BTreeMap<(DepartmentId, ObservationKey), usize> = BTreeMap::new();
    let key = |candidate: &CandidateObservation| (candidate.source.department.clone(), candidate.key.clone());
    for candidate in candidates.iter() {
        let most = strongest.entry(key(candidate)).or_default();
        *most = candidate.parent_score.max(*most);
    }
    let is_weak = |candidate: &CandidateObservation| {
        candidate.is_unlabelled && strongest.get(&key(candidate)).is_some_and(|most| candidate.parent_score < *most)
    };
    candidates.retain(|candidate| !is_weak(candidate));
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
