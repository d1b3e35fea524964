//! The content of all workbooks, by sector and indicator.
//!
//! Input: observations and texts with their cells. Output: a lookup. Not here: values without a cell.

use super::cell::CellRef;
use super::figure::FigureRef;
use super::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use super::measure::Measure;
use super::provenance::TextCell;
use super::reading_log::ReadingLog;
use super::records::RecordTable;
use super::row::RecognisedRows;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The key of an observation: one measure of one indicator.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObservationKey {
    /// The sector that declares the indicator.
    pub sector: SectorId,
    /// Its id in the sector.
    pub indicator: IndicatorId,
    /// Actual, a plan, last year or a further measure; derived measures are not observations.
    pub measure: Measure,
}

/// A difficulty reported by a department, with its cause and the indicator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DifficultyRemark {
    /// The sector named by the row, or the one that the workbook reports most of.
    pub sector: SectorId,
    /// `None` if the difficulty is general or names no known indicator.
    pub indicator: Option<IndicatorId>,
    /// `None` if only a cause is given.
    pub difficulty: Option<TextCell>,
    /// `None` if only a difficulty is given.
    pub cause: Option<TextCell>,
}

/// What was read from one workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkbookSummary {
    /// The department whose folder contains the workbook.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// All worksheets in order, including hidden ones.
    pub sheets: Vec<SheetSummary>,
}

/// What was read from one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSummary {
    /// The name as shown on the tab, untrimmed.
    pub name: SheetName,
    /// The number of cells used as observations or texts.
    pub used_cells: usize,
    /// The outcome of each cell.
    pub log: ReadingLog,
}

/// A figure for which cells give different numbers, none of which is used.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ContestedFigure {
    /// The label of the indicator.
    pub label: String,
    /// The figures of all cells, in the order of the workbooks.
    pub figures: Vec<FigureRef>,
    /// Whether whole forms disagree, which is reported once for all their figures.
    pub is_in_contested_form: bool,
}

/// The data of all workbooks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Dataset {
    /// The figure of each key: from the cell that was selected among several, or the office's correction.
    pub observations: BTreeMap<ObservationKey, FigureRef>,
    /// The keys without observation because cells disagree; no other source may replace them.
    pub contested: BTreeMap<ObservationKey, ContestedFigure>,
    /// Observations that no department reported and that come from an earlier run.
    pub from_history: BTreeSet<ObservationKey>,
    /// Texts of departments by sector and narrative key, in reading order.
    pub narrative: BTreeMap<(SectorId, String), Vec<TextCell>>,
    /// Names in the rows below an indicator that counts them, in reading order.
    pub names: BTreeMap<(SectorId, IndicatorId), Vec<TextCell>>,
    /// In reading order, workbook by workbook.
    pub remarks: Vec<DifficultyRemark>,
    /// One per used workbook, by department and file; duplicates and rejected workbooks are omitted.
    pub workbooks: Vec<WorkbookSummary>,
    /// The rows of all tables that match an indicator or contain numbers.
    pub rows: RecognisedRows,
    /// The rows of open tables, by sector and name.
    #[serde(skip)]
    pub records: BTreeMap<(SectorId, IndicatorId), Arc<RecordTable>>,
    /// Figures corrected by the office, in the order of its file.
    pub corrected: Vec<FigureRef>,
}

/// Why a cell gives its indicator no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellGap {
    /// It is empty.
    Empty,
    /// Its content is refused, which is reported there or in its row.
    Refused,
}

/// The cell of an indicator's actual value that gives no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfilledCell {
    /// Why it gives none.
    pub gap: CellGap,
    /// The workbook.
    pub file: FilePath,
    /// The sheet.
    pub sheet: SheetName,
    /// The cell.
    pub cell: CellRef,
}

/// The cells that give no number, by indicator.
pub type UnfilledCells = BTreeMap<(SectorId, IndicatorId), UnfilledCell>;

impl Dataset {
    /// Returns the cell of each indicator that gives no number: the first that is refused, else the first that is empty.
    pub fn unfilled_cells(&self) -> UnfilledCells {
        let mut unfilled = UnfilledCells::new();
        for gap in [CellGap::Refused, CellGap::Empty] {
            for book in &self.workbooks {
                for sheet in &book.sheets {
                    let mut insert = |(indicator, cell): (&(SectorId, IndicatorId), CellRef)| {
                        let (file, sheet) = (book.file.clone(), sheet.name.clone());
                        unfilled.entry(indicator.clone()).or_insert(UnfilledCell { gap, file, sheet, cell });
                    };
                    match gap {
                        CellGap::Refused => sheet.log.refused_cells().for_each(&mut insert),
                        CellGap::Empty => sheet.log.expected_cells().for_each(&mut insert),
                    }
                }
            }
        }
        unfilled
    }

    /// Returns the indicators whose actual figure is in a cell: one that is used, one that is refused, or several that
    /// disagree.
    pub fn read_indicators(&self, unfilled: &UnfilledCells) -> BTreeSet<(SectorId, IndicatorId)> {
        let keys = self.observations.keys().chain(self.contested.keys());
        let actuals = keys.filter(|key| key.measure == Measure::Actual);
        let refused = unfilled.iter().filter(|(_, cell)| cell.gap == CellGap::Refused);
        actuals
            .map(|key| (key.sector.clone(), key.indicator.clone()))
            .chain(refused.map(|(indicator, _)| indicator.clone()))
            .collect()
    }
}

/// A line of the office's corrections file, unparsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectionLine {
    /// Counted from 1.
    pub line: u32,
    /// `sector.indicator`.
    pub indicator: String,
    /// `actual`, `last_year`, `target.<name>` or a measure of `tonghop.toml`.
    pub measure: String,
    /// The number in Vietnamese notation: `96.011,5`.
    pub value: String,
    /// The author of the correction; never empty.
    pub who: String,
    /// The reason; never empty.
    pub why: String,
}
