//! Everything that the workbooks said, by sector and indicator.
//!
//! In come observations and words with their cells; out goes a lookup. Never here: a value that no cell holds.

use super::figure::FigureRef;
use super::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use super::measure::Measure;
use super::provenance::TextCell;
use super::reading::ReadingLog;
use super::records::RecordTable;
use super::row::Rows;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one cell says of one measure of one indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObservationKey {
    /// The sector that declares the indicator.
    pub sector: SectorId,
    /// Its id in the sector.
    pub indicator: IndicatorId,
    /// Actual, a plan, last year or a further measure; what follows from these is no observation.
    pub measure: Measure,
}

/// A difficulty that a department wrote down, with its cause, and the indicator it names.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remark {
    /// The one that the row names, else the one that its workbook reports most of.
    pub sector: SectorId,
    /// `None` where the difficulty is a general one, or names no indicator that is known.
    pub indicator: Option<IndicatorId>,
    /// `None` where only a cause is written.
    pub difficulty: Option<TextCell>,
    /// `None` where only a difficulty is written.
    pub cause: Option<TextCell>,
}

/// What came in from one workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// The one whose folder the workbook is in.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// All of its worksheets in their order, hidden ones included.
    pub sheets: Vec<SheetReception>,
}

/// What came in from one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetReception {
    /// As its tab shows it, untrimmed.
    pub name: SheetName,
    /// How many cells became observations or words.
    pub used: usize,
    /// What became of each cell.
    pub log: ReadingLog,
}

/// The observations of all workbooks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Dataset {
    /// One figure each: of several cells the one that is used, or what the office put in its place.
    pub observations: BTreeMap<ObservationKey, FigureRef>,
    /// The observations that no department reported: an earlier run did.
    pub from_history: BTreeSet<ObservationKey>,
    /// Words of departments by sector and narrative key, in reading order.
    pub narrative: BTreeMap<(SectorId, String), Vec<TextCell>>,
    /// Names in the rows below an indicator that counts them, in reading order.
    pub names: BTreeMap<(SectorId, IndicatorId), Vec<TextCell>>,
    /// In reading order, workbook by workbook.
    pub remarks: Vec<Remark>,
    /// One for each workbook that is used, by department and file; copies and what was refused have none.
    pub receptions: Vec<Reception>,
    /// The rows of all tables that mean an indicator or hold numbers.
    pub rows: Rows,
    /// The rows of open tables, by sector and name.
    #[serde(skip)]
    pub records: BTreeMap<(SectorId, IndicatorId), Arc<RecordTable>>,
    /// Figures that the office put in the place of reported ones, in the order of its file.
    pub corrected: Vec<FigureRef>,
}

/// One line of the office's corrections, as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionLine {
    /// Counted from 1.
    pub line: u32,
    /// `sector.indicator`.
    pub indicator: String,
    /// `actual`, `last_year`, `target.<name>` or a measure of `tonghop.toml`.
    pub measure: String,
    /// The number, written as Vietnamese offices do: `96.011,5`.
    pub value: String,
    /// Who corrected the figure; never empty.
    pub who: String,
    /// The reason; never empty.
    pub why: String,
}
