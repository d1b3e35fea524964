//! Finds out what became of each cell of a workbook.
//!
//! Input: the workbook, merged alone as a run merges all. Output: the fate of each listed cell. Not here: other
//! workbooks, which may give the same figures.

use super::merged::Merged;
use super::precedence::Precedence;
use crate::reading::{CellFate, CellReading, Problem, RowReading, RowUnderstanding, SheetReading, TableKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Severity};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::SheetName;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::reading_log::{CellOutcome, ReadingLog};

/// A cell of the workbook.
type SheetCell = (SheetName, CellRef);

/// What the cells of a workbook give, and what is wrong with them.
pub(super) struct Fates {
    /// The figures that each cell gives.
    figures: BTreeMap<SheetCell, BTreeSet<String>>,
    /// The topics, lists of names and sectors that each text belongs to.
    texts: BTreeMap<SheetCell, BTreeSet<String>>,
    /// The cell that is used for each figure.
    used: BTreeMap<String, SheetCell>,
    dataset: Dataset,
    diagnostics: Diagnostics,
}

impl Fates {
    /// Merges the workbook and looks up where each figure and text comes from.
    pub(super) fn new(merged: Merged, sectors: &[Arc<SectorDecl>], files: &Precedence, config: &Config) -> Self {
        let mut figures: BTreeMap<SheetCell, BTreeSet<String>> = BTreeMap::new();
        for candidate in &merged.candidates {
            figures.entry(sheet_cell(&candidate.source)).or_default().insert(candidate.figure.name.to_string());
        }
        let (dataset, diagnostics) = merged.into_dataset(sectors, files, config);
        let topics = dataset.narrative.iter().flat_map(|((sector, topic), texts)| {
            texts.iter().map(move |text| (&text.source, format!("{sector}.{topic}")))
        });
        let names = dataset.names.iter().flat_map(|((sector, indicator), names)| {
            names.iter().map(move |name| (&name.source, format!("{sector}.{indicator}")))
        });
        let remarks = dataset.remarks.iter().flat_map(|remark| {
            let cells = remark.difficulty.iter().chain(&remark.cause);
            cells.map(move |cell| (&cell.source, remark.sector.to_string()))
        });
        let mut texts: BTreeMap<SheetCell, BTreeSet<String>> = BTreeMap::new();
        for (source, name) in topics.chain(names).chain(remarks) {
            texts.entry(sheet_cell(source)).or_default().insert(name);
        }
        let used = dataset
            .observations
            .values()
            .filter_map(|figure| figure.sources().first().map(|source| (figure.name.to_string(), sheet_cell(source))));
        Self { figures, texts, used: used.collect(), dataset, diagnostics }
    }

    /// Sets the problems of each sheet and the fates of its cells.
    pub(super) fn settle(&self, sheets: &mut [SheetReading]) {
        let summaries = self.dataset.workbooks.iter().flat_map(|workbook| &workbook.sheets);
        for (sheet, summary) in sheets.iter_mut().zip(summaries) {
            let own: Vec<&Diagnostic> = self.diagnostics.iter().filter(|d| is_of_sheet(d, &sheet.name)).collect();
            sheet.problems = own.iter().map(|diagnostic| Problem::from(*diagnostic)).collect();
            let fates = SheetFates::new(self, &sheet.name, &summary.log, &own);
            sheet.lines.iter_mut().for_each(|cell| fates.settle_cell(cell, None));
            for table in &mut sheet.tables {
                table.headings.iter_mut().for_each(|cell| fates.settle_cell(cell, None));
                let open = match &table.kind {
                    TableKind::Open { table } => Some(table.as_str()),
                    TableKind::Indicators | TableKind::Ambiguous => None,
                };
                let is_crossed = table.columns.iter().any(|column| column.role == "indicator");
                table.rows.iter_mut().for_each(|row| fates.settle_row(row, open, is_crossed));
            }
        }
    }
}

fn sheet_cell(source: &Source) -> SheetCell {
    (source.sheet.clone(), source.cell)
}

fn is_of_sheet(diagnostic: &Diagnostic, name: &SheetName) -> bool {
    matches!(diagnostic.places.first(), Some(Place::Sheet(_, sheet) | Place::Cell(_, sheet, _)) if sheet == name)
}

/// The fates of the cells of one sheet.
struct SheetFates<'f> {
    all: &'f Fates,
    sheet: SheetName,
    log: &'f ReadingLog,
    /// The most serious problem at each cell, the first of several.
    problems: BTreeMap<CellRef, &'f Diagnostic>,
    /// The problem that is reported once for many cells: that of the sheet, or of an open table.
    common: Option<&'f Diagnostic>,
    /// The problem of a form of which another one has other numbers.
    contested_form: Option<&'f Diagnostic>,
    /// The figures with two numbers, by each of their cells.
    repeated: BTreeMap<CellRef, &'f Diagnostic>,
}

impl<'f> SheetFates<'f> {
    fn new(all: &'f Fates, sheet: &SheetName, log: &'f ReadingLog, own: &[&'f Diagnostic]) -> Self {
        let mut problems: BTreeMap<CellRef, &Diagnostic> = BTreeMap::new();
        for problem in own {
            let Some(cell) = problem.cell() else { continue };
            let known = problems.entry(cell).or_insert(problem);
            if known.severity() == Severity::Note && problem.severity() != Severity::Note {
                *known = problem;
            }
        }
        let is_common = |problem: &&&Diagnostic| matches!(problem.code, Code::SheetUnknown | Code::NumberUnreadable);
        let common = own.iter().find(is_common).copied();
        let own_cell = |place: &Place| match place {
            Place::Cell(_, name, cell) if name == sheet => Some(*cell),
            _ => None,
        };
        let repeated =
            all.diagnostics.iter().filter(|problem| matches!(problem.code, Code::CellRepeated | Code::CellContested));
        let repeated =
            repeated.flat_map(|problem| problem.places.iter().filter_map(own_cell).map(move |cell| (cell, problem)));
        let contested_form = all.diagnostics.iter().find(|problem| problem.code == Code::FormContested);
        Self { all, sheet: sheet.clone(), log, problems, common, contested_form, repeated: repeated.collect() }
    }

    /// Sets the fates of a row; `is_crossed` says that columns of its table name indicators.
    fn settle_row(&self, row: &mut RowReading, open_table: Option<&str>, is_crossed: bool) {
        row.cells.iter_mut().for_each(|cell| self.settle_cell(cell, open_table));
        let is_label = |cell: &CellReading| row.label.as_ref().is_some_and(|label| label.cell == cell.cell);
        for cell in row.cells.iter_mut().filter(|cell| cell.fate == CellFate::NotAsked && is_label(cell)) {
            cell.fate = CellFate::Label;
        }
        let gives_a_figure =
            |cell: &CellReading| matches!(cell.fate, CellFate::Read { .. } | CellFate::Converted { .. });
        let may_be_crossed = match row.meaning {
            RowUnderstanding::Unknown { .. } | RowUnderstanding::Group => true,
            RowUnderstanding::Several { .. }
            | RowUnderstanding::OneOfSeveral { .. }
            | RowUnderstanding::OtherParent { .. }
            | RowUnderstanding::OtherScope { .. } => is_crossed,
            _ => false,
        };
        if may_be_crossed && row.cells.iter().any(gives_a_figure) {
            row.meaning = RowUnderstanding::Crossed;
        }
    }

    fn settle_cell(&self, cell: &mut CellReading, open_table: Option<&str>) {
        let Ok(place) = cell.cell.parse::<CellRef>() else { return };
        let gives = || self.gives(place, open_table);
        let fate = match self.log.outcome(place) {
            CellOutcome::Ignored => return,
            CellOutcome::Heading => CellFate::Heading,
            CellOutcome::Label => CellFate::Label,
            CellOutcome::Rejected(at) => self.rejected(at),
            CellOutcome::Read | CellOutcome::Converted if self.is_superseded(place) => self.superseded(place),
            CellOutcome::Read => CellFate::Read { gives: gives() },
            CellOutcome::Converted => match self.log.conversion(place) {
                Some(converted) => CellFate::Converted {
                    gives: gives(),
                    amount: match converted.amount {
                        Amount::Known(number) => number.normalize().to_string(),
                        Amount::NotApplicable | Amount::Missing => String::new(),
                    },
                    unit: converted.unit.to_string(),
                },
                None => CellFate::Read { gives: gives() },
            },
        };
        cell.fate = fate;
    }

    fn gives(&self, place: CellRef, open_table: Option<&str>) -> Vec<String> {
        let here = (self.sheet.clone(), place);
        let named = self.all.figures.get(&here).into_iter().chain(self.all.texts.get(&here)).flatten().cloned();
        named.chain(open_table.map(str::to_owned)).collect()
    }

    /// Returns whether other cells are used for all figures of a cell.
    fn is_superseded(&self, place: CellRef) -> bool {
        let here = (self.sheet.clone(), place);
        let figures = self.all.figures.get(&here);
        figures.is_some_and(|figures| figures.iter().all(|name| self.all.used.get(name) != Some(&here)))
    }

    fn superseded(&self, place: CellRef) -> CellFate {
        if let Some(problem) = self.repeated.get(&place) {
            return rejected_by(problem);
        }
        let gives = self.gives(place, None);
        let is_used = gives.iter().any(|name| self.all.used.contains_key(name));
        if let Some(problem) = self.contested_form.filter(|_| !is_used) {
            return rejected_by(problem);
        }
        let used = gives.iter().find_map(|name| self.all.used.get(name));
        CellFate::Superseded { used: used.map(|(sheet, cell)| format!("{sheet}!{cell}")), gives }
    }

    /// Returns the fate of a cell that is rejected by the problem at `at`, or by that of the sheet.
    fn rejected(&self, at: CellRef) -> CellFate {
        let at_cell = self.problems.get(&at).copied();
        let grave = at_cell.filter(|problem| problem.severity() != Severity::Note);
        match grave.or(self.common).or(at_cell) {
            Some(problem) => rejected_by(problem),
            None => CellFate::NotAsked,
        }
    }
}

fn rejected_by(problem: &Diagnostic) -> CellFate {
    CellFate::Rejected {
        code: problem.code.as_str(),
        reported_at: problem.cell().map(|cell| cell.to_string()),
        message: problem.message.clone(),
    }
}
