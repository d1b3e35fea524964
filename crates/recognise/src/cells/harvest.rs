//! What is gathered while a sheet is read, and what reading a cell needs to know of its sheet.
//!
//! In come a sheet and what its department may report; out go the types that the readers of numbers and words fill.
//! Never here: reading.

use crate::layout::rows::Row;
use crate::matching::index::{Found, Index};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place, Words};
use tonghop_core::model::book::{RawSheet, ReceivedBook};
use tonghop_core::model::cell::{CellRef, RawCell};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::provenance::{Labels, Source, TextCell};
use tonghop_core::model::reading::ReadingLog;
use tonghop_core::model::records::RecordBatch;
use tonghop_core::model::row::SeenRow;
use tonghop_core::vi::number::Convention;

/// An observation that a cell offers; another cell may offer the same.
#[derive(Serialize, Deserialize)]
pub(crate) struct Offer {
    pub key: ObservationKey,
    pub label: String,
    pub figure: FigureRef,
    pub source: Arc<Source>,
    /// The weight of its indicator's parents above the row, in a table without headings over its labels: such tables
    /// have the same labels one after the other.
    pub parents: Option<usize>,
    /// Whether the sheet is hidden.
    pub hidden: bool,
}

/// A difficulty whose sector the sheet may not tell.
pub(crate) struct OpenRemark {
    pub sector: Option<SectorId>,
    pub indicator: Option<IndicatorId>,
    pub difficulty: Option<TextCell>,
    pub cause: Option<TextCell>,
}

/// What a sheet gave.
#[derive(Default)]
pub(crate) struct Yield {
    pub offers: Vec<Offer>,
    pub narrative: Vec<((SectorId, String), TextCell)>,
    pub names: Vec<((SectorId, IndicatorId), TextCell)>,
    pub remarks: Vec<OpenRemark>,
    pub rows: Vec<SeenRow>,
    pub records: Vec<RecordBatch>,
    /// The cells of records that stand in hidden rows and columns.
    pub hidden: Vec<CellRef>,
    pub diagnostics: Diagnostics,
    /// How many cells became observations or words.
    pub used: usize,
    /// The rows found for an indicator, each with how many of its parents stand above it.
    pub found: Vec<(SectorId, IndicatorId, usize)>,
    /// Whether any row was recognised, even if it was empty.
    pub known: bool,
    /// What became of each cell.
    pub log: ReadingLog,
}

impl Yield {
    /// Keeps what a cell offers, if it offers something.
    pub(crate) fn take(&mut self, offer: Option<Offer>) {
        self.used += usize::from(offer.is_some());
        self.offers.extend(offer);
    }
}

/// A sheet with everything that is needed to read it.
pub(crate) struct Context<'s, 'a> {
    pub book: &'s ReceivedBook,
    /// The sheet as typed, whatever was decoded for reading.
    pub sheet: &'s RawSheet,
    pub index: &'s Index<'a>,
    /// How numbers typed as text are written here.
    pub convention: Option<Convention>,
}

impl Context<'_, '_> {
    /// Returns the place of a cell, with its content as typed and the words of its row and column.
    pub(crate) fn source(&self, cell: CellRef, row: &str, column: &str) -> Arc<Source> {
        Arc::new(Source {
            department: self.book.department.clone(),
            file: self.book.file.clone(),
            sheet: self.sheet.name.clone(),
            cell,
            raw: self.sheet.cells.get(&cell).map(RawCell::as_typed).unwrap_or_default().into(),
            labels: Labels { row: row.into(), column: column.into() },
        })
    }

    /// Makes a problem at a cell.
    pub(crate) fn problem(&self, code: Code, cell: CellRef, message: Words) -> Diagnostic {
        Diagnostic::new(code, Place::Cell(self.book.file.clone(), self.sheet.name.clone(), cell), message)
    }
}

/// A row with the indicator it means.
pub(crate) struct Meant<'r, 'i, 'a> {
    pub row: Row<'r>,
    pub found: Found<'i, 'a>,
}

impl Meant<'_, '_, '_> {
    /// Returns the indicator of the row, and how many of its parents stand above.
    pub(crate) fn strength(&self) -> Option<(SectorId, IndicatorId, usize)> {
        match &self.found {
            Found::One { candidate, parents } => {
                Some((candidate.sector.id.clone(), candidate.decl.id.clone(), *parents))
            }
            _ => None,
        }
    }
}
