//! Recognised rows of workbooks: position, label and meaning.
//!
//! Input: rows, one by one. Output: a lookup by cell. Not here: values.

use super::cell::CellRef;
use super::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use super::provenance::Source;
use super::quantity::Unit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A row of a workbook, given by the cell of its label, or by one of its values if an earlier run has only that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowPlace {
    /// The department whose folder contains the workbook.
    pub department: DepartmentId,
    /// The path of the workbook.
    pub file: FilePath,
    /// The name as shown on the tab, untrimmed.
    pub sheet: SheetName,
    /// The cell of the label; for a row without a label, where the label would be.
    pub cell: CellRef,
    /// The label with normalised blanks; empty if the row has none.
    pub label: Arc<str>,
}

impl fmt::Display for RowPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.file, self.sheet, self.cell)
    }
}

/// The meaning of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowMeaning {
    /// One indicator, by its sector and its id there.
    Indicator(SectorId, IndicatorId),
    /// Several indicators. Read only if they are an amount and its value in money; otherwise not read.
    Ambiguous,
    /// No indicator; the row was not read.
    Unknown,
}

/// A row that matches an indicator, or an unread row with numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognisedRow {
    /// The position and the label.
    pub place: RowPlace,
    /// The unit stated for the row, if any.
    pub unit: Option<Unit>,
    /// The meaning of the row.
    pub meaning: RowMeaning,
}

/// The recognised rows of all workbooks, by file, sheet and cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognisedRows(BTreeMap<(FilePath, SheetName, CellRef), RecognisedRow>);

impl RecognisedRows {
    /// Adds a row.
    pub fn insert(&mut self, row: RecognisedRow) {
        let RowPlace { file, sheet, cell, .. } = &row.place;
        self.0.insert((file.clone(), sheet.clone(), *cell), row);
    }

    /// Adds the rows of other workbooks.
    pub fn append(&mut self, other: Self) {
        // `BTreeMap::append` builds the whole map again, so a thousand workbooks would take a million steps each.
        self.0.extend(other.0);
    }

    /// Returns the rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &RecognisedRow> {
        self.0.values()
    }

    /// Returns the rows that match no indicator.
    pub fn unknown(&self) -> impl Iterator<Item = &RecognisedRow> {
        self.iter().filter(|row| row.meaning == RowMeaning::Unknown)
    }

    /// Returns the row that contains a cell; for tables side by side, the one with the nearest label to the left.
    pub fn row_of(&self, source: &Source) -> Option<&RecognisedRow> {
        let at = |cell| (source.file.clone(), source.sheet.clone(), cell);
        let in_row = self.0.range(at(CellRef::new(source.cell.row, 0))..=at(source.cell));
        in_row.map(|(_, row)| row).next_back()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::provenance::Labels;

    fn row(row: u32, col: u32, label: &str) -> RecognisedRow {
        let row_place = RowPlace {
            department: DepartmentId::new("a"),
            file: FilePath::new("workbooks/a/a.xlsx"),
            sheet: SheetName::new("S"),
            cell: CellRef::new(row, col),
            label: label.into(),
        };
        RecognisedRow { place: row_place, unit: None, meaning: RowMeaning::Unknown }
    }

    #[test]
    fn a_cell_has_the_label_on_its_left() {
        let mut rows = RecognisedRows::default();
        [row(3, 1, "trái"), row(3, 6, "phải"), row(4, 1, "dưới")].into_iter().for_each(|row| rows.insert(row));
        let of = |row, col| {
            let RowPlace { department, file, sheet, .. } = rows.iter().next().unwrap().place.clone();
            let (cell, labels) = (CellRef::new(row, col), Labels::default());
            let source = Source { department, file, sheet, cell, raw: "".into(), labels };
            rows.row_of(&source).map(|row| row.place.label.to_string())
        };
        assert_eq!(of(3, 4).as_deref(), Some("trái"));
        assert_eq!(of(3, 8).as_deref(), Some("phải"));
        assert_eq!((of(3, 0), of(5, 4)), (None, None));
    }
}
