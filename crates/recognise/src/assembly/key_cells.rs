//! Groups the cells that give the same figure, and sets aside those that a visible cell, one under a more exact heading
//! or a setting replaces.
//!
//! Input: candidate observations, the order of files and departments. Output: the cells of each key, with their forms.
//! Not here: decisions between the cells that remain.

use super::comparison::is_same_number;
use super::precedence::Precedence;
use crate::cells::sheet_result::CandidateObservation;
use crate::layout::column::Exactness;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::id::{DepartmentId, FilePath, SectorId, SheetName};
use tonghop_core::model::indicator::SectorDecl;

/// The rank of each department in the rule file of each sector.
pub(super) type SectorDepartments<'s> = BTreeMap<&'s SectorId, BTreeMap<&'s DepartmentId, usize>>;

/// Ranks the departments of each sector.
pub(super) fn rank_departments(sectors: &[Arc<SectorDecl>]) -> SectorDepartments<'_> {
    let ranked = sectors.iter().map(|sector| {
        // A department that is listed twice has its first rank.
        let ranks = sector.departments.iter().enumerate().rev().map(|(rank, department)| (department, rank));
        (&sector.id, ranks.collect())
    });
    ranked.collect()
}

/// A form: the department, file and sheet of figures, and how many times they came before in the sheet.
pub(super) type FormId<'c> = (&'c DepartmentId, &'c FilePath, &'c SheetName, usize);

/// A cell with its form.
#[derive(Clone, Copy)]
pub(super) struct FormCell<'c> {
    pub form: FormId<'c>,
    pub candidate: &'c CandidateObservation,
}

/// The cells for one key.
pub(super) struct KeyCells<'c> {
    pub key: &'c ObservationKey,
    /// The cells between which nothing decides.
    pub eligible: Vec<FormCell<'c>>,
    /// The cells that a visible cell or a setting replaces.
    pub replaced: Vec<FormCell<'c>>,
}

/// Groups candidates, which must be in the order of the workbooks, by key.
pub(super) fn group_by_key<'c>(
    candidates: &'c [CandidateObservation],
    departments: &SectorDepartments<'_>,
    files: &Precedence,
) -> Vec<KeyCells<'c>> {
    let mut groups: BTreeMap<&ObservationKey, Vec<FormCell<'c>>> = BTreeMap::new();
    for candidate in candidates {
        let cells = groups.entry(&candidate.key).or_default();
        let source = &candidate.source;
        let sheet = (&source.department, &source.file, &source.sheet);
        // The cells of a sheet follow one another.
        let before = cells.last().filter(|cell| (cell.form.0, cell.form.1, cell.form.2) == sheet);
        let repetition = before.map_or(0, |cell| cell.form.3 + 1);
        cells.push(FormCell { form: (sheet.0, sheet.1, sheet.2, repetition), candidate });
    }
    groups.into_iter().map(|(key, cells)| KeyCells::split(key, cells, departments.get(&key.sector), files)).collect()
}

impl<'c> KeyCells<'c> {
    /// Sets aside the cells that a visible cell or a setting replaces.
    fn split(
        key: &'c ObservationKey,
        cells: Vec<FormCell<'c>>,
        departments: Option<&BTreeMap<&DepartmentId, usize>>,
        files: &Precedence,
    ) -> Self {
        let mut of_key = Self { key, eligible: cells, replaced: Vec::new() };
        of_key.keep_lowest(|cell| usize::from(cell.candidate.is_hidden));
        of_key.keep_lowest(|cell| Exactness::Equal as usize - cell.candidate.exactness as usize);
        let mut best_ranks: BTreeMap<&DepartmentId, usize> = BTreeMap::new();
        for cell in &of_key.eligible {
            let best = best_ranks.entry(cell.form.0).or_insert(usize::MAX);
            *best = files.rank(cell.form.1).min(*best);
        }
        of_key.keep_lowest(|cell| usize::from(files.rank(cell.form.1) > best_ranks[cell.form.0]));
        if files.keeps_first_department() {
            let rank = |department: &DepartmentId| departments?.get(department).copied();
            of_key.keep_lowest(|cell| rank(cell.form.0).unwrap_or(usize::MAX));
        }
        of_key
    }

    /// Keeps the eligible cells with the lowest rank.
    fn keep_lowest(&mut self, rank: impl Fn(&FormCell<'c>) -> usize) {
        let Some(lowest) = self.eligible.iter().map(&rank).min() else { return };
        let (kept, replaced) = std::mem::take(&mut self.eligible).into_iter().partition(|cell| rank(cell) == lowest);
        self.eligible = kept;
        self.replaced.extend::<Vec<_>>(replaced);
    }

    /// Returns whether not all eligible cells give the same number.
    pub(super) fn has_differences(&self) -> bool {
        let Some(first) = self.eligible.first() else { return false };
        self.eligible.iter().any(|other| !is_same_number(&first.candidate.figure, &other.candidate.figure))
    }
}
