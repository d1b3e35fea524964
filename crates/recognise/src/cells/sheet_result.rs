//! The types shared by the readers of numbers and texts: the result of a sheet, and the context for reading a cell.

use crate::layout::column::Exactness;
use crate::layout::heading::HeadingLexicon;
use crate::layout::rows::TableRow;
use crate::matching::index::{LabelIndex, Match};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::provenance::{Labels, Source, TextCell};
use tonghop_core::model::raw_workbook::{RawSheet, ReceivedWorkbook};
use tonghop_core::model::reading_log::ReadingLog;
use tonghop_core::model::records::RecordBatch;
use tonghop_core::model::row::RecognisedRow;
use tonghop_core::vi::number::Convention;

/// An observation from one cell; other cells may have the same key.
#[derive(Serialize, Deserialize)]
pub(crate) struct CandidateObservation {
    pub key: ObservationKey,
    pub label: String,
    pub figure: FigureRef,
    pub source: Arc<Source>,
    /// The parent score of the row.
    pub parent_score: usize,
    /// Whether the labels of the table have no heading: such tables repeat the same labels.
    pub is_unlabelled: bool,
    /// How exactly the heading of its column says the measure; of several cells, the most exact ones count.
    pub exactness: Exactness,
    /// Whether the cell, its row, its column or its sheet is hidden.
    pub is_hidden: bool,
}

/// A difficulty whose sector may still be unknown.
pub(crate) struct PendingRemark {
    pub sector: Option<SectorId>,
    pub indicator: Option<IndicatorId>,
    pub difficulty: Option<TextCell>,
    pub cause: Option<TextCell>,
}

/// The result of reading one sheet.
#[derive(Default)]
pub(crate) struct SheetResult {
    pub candidates: Vec<CandidateObservation>,
    pub narrative: Vec<((SectorId, String), TextCell)>,
    pub counted_names: Vec<((SectorId, IndicatorId), TextCell)>,
    pub remarks: Vec<PendingRemark>,
    pub rows: Vec<RecognisedRow>,
    pub records: Vec<RecordBatch>,
    /// The headings of the columns that name an indicator and gave figures of it.
    pub crossed_columns: BTreeSet<CellRef>,
    /// The cells of records in hidden rows and columns.
    pub hidden_cells: Vec<CellRef>,
    pub diagnostics: Diagnostics,
    /// The number of cells that became observations or texts.
    pub used_cells: usize,
    /// Whether any row was recognised, even if it was empty.
    pub is_recognised: bool,
    /// The outcome of each cell.
    pub log: ReadingLog,
}

impl SheetResult {
    /// Adds the observation of a cell, if there is one.
    pub(crate) fn add_candidate(&mut self, candidate: Option<CandidateObservation>) {
        self.used_cells += usize::from(candidate.is_some());
        self.candidates.extend(candidate);
    }
}

/// A sheet with everything that is needed to read its cells.
pub(crate) struct SheetContext<'s, 'a> {
    pub book: &'s ReceivedWorkbook,
    /// The sheet as typed, before any decoding.
    pub sheet: &'s RawSheet,
    pub index: &'s LabelIndex<'a>,
    pub headings: &'s HeadingLexicon,
    /// The convention of numbers typed as text in this sheet, if it is known.
    pub convention: Option<Convention>,
    /// The filled cells under a merged area.
    pub covered_cells: BTreeSet<CellRef>,
}

impl SheetContext<'_, '_> {
    /// Returns whether a person who looks at the sheet does not see a cell.
    pub(crate) fn is_hidden(&self, cell: CellRef) -> bool {
        self.sheet.hidden_ranges.contains(cell) || self.covered_cells.contains(&cell)
    }

    /// Returns the source of a cell: its position, its content as typed, and the labels of its row and column.
    pub(crate) fn source(&self, cell: CellRef, row: &str, column: &str) -> Arc<Source> {
        Arc::new(Source {
            department: self.book.department.clone(),
            file: self.book.file.clone(),
            sheet: self.sheet.name.clone(),
            cell,
            raw: self.sheet.cells.get(&cell).map(RawCell::to_raw_text).unwrap_or_default().into(),
            labels: Labels { row: row.into(), column: column.into() },
        })
    }

    /// Creates a diagnostic at a cell.
    pub(crate) fn problem(&self, code: Code, cell: CellRef, message: Message) -> Diagnostic {
        Diagnostic::new(code, self.place(cell), message)
    }

    /// Adds further cells of the sheet to a diagnostic.
    pub(crate) fn with_cells(&self, problem: Diagnostic, cells: impl Iterator<Item = CellRef>) -> Diagnostic {
        cells.map(|cell| self.place(cell)).fold(problem, Diagnostic::with_place)
    }

    fn place(&self, cell: CellRef) -> Place {
        Place::Cell(self.book.file.clone(), self.sheet.name.clone(), cell)
    }
}

/// A row with the result of matching it.
pub(crate) struct MatchedRow<'r, 'i, 'a> {
    pub row: TableRow<'r>,
    pub indicator_match: Match<'i, 'a>,
}
