//! The rows of an open table that are no records: headings of groups, totals.
//!
//! Output: plain data about them. Not here: recognising them, comparing totals.

use super::RecordTable;
use super::condition::{RowRun, Selection};
use crate::model::cell::CellRef;
use crate::model::provenance::{Labels, Source};
use crate::model::quantity::{Amount, Unit};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A heading between the rows of a table; it applies to the rows below it, up to the next one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupHeading {
    /// The cell of the heading.
    pub cell: CellRef,
    /// The text without its number, after those of the headings that it is below: "Vốn tỉnh, Dự án mới".
    pub text: Arc<str>,
    /// The folded text, by which groups are compared.
    pub key: Arc<str>,
}

/// A row that adds up other rows of its table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordTotal {
    /// The cell of the label.
    pub cell: CellRef,
    /// The label as typed.
    pub label: Arc<str>,
    /// The sheet rows that it adds up; only records among them count.
    pub covers: Vec<RowRun>,
    /// The unit of the row.
    pub unit: Unit,
    /// In the order of the part's columns.
    pub amounts: Vec<Amount>,
    /// Whether rows with numbers among those that it adds up were not read.
    pub has_unread_rows: bool,
}

impl RecordTable {
    /// Returns the totals of all parts, each with the index of its part.
    pub fn totals(&self) -> impl Iterator<Item = (usize, &RecordTotal)> {
        self.totals.iter().map(|(part, total)| (*part, total))
    }

    /// Returns the records that a total of a part adds up.
    pub fn covered_rows(self: &Arc<Self>, part: usize, total: &RecordTotal) -> Selection {
        Selection::in_part(Arc::clone(self), part, &total.covers)
    }

    /// Returns the cell of a total in a column of its part.
    pub fn total_cell(&self, part: usize, total: &RecordTotal, column: usize) -> Source {
        let (part, amount) = (&self.parts[part], total.amounts[column]);
        let column = &part.columns[column];
        let is_percent = part.percent_rows.get(&column.column).is_some_and(|rows| rows.contains(&total.cell.row));
        Source {
            department: part.department.clone(),
            file: part.file.clone(),
            sheet: part.sheet.clone(),
            cell: CellRef::new(total.cell.row, column.column),
            raw: super::raw_text(amount, is_percent),
            labels: Labels { row: Arc::clone(&total.label), column: Arc::clone(&column.heading) },
        }
    }

    /// Returns the heading above a row, if there is one.
    pub(super) fn group(&self, row: usize) -> Option<&GroupHeading> {
        self.part(row).groups.get(self.group_index(row)?)
    }

    /// Returns the index of the heading above a row in its part.
    pub(super) fn group_index(&self, row: usize) -> Option<usize> {
        let (groups, sheet_row) = (&self.part(row).groups, self.sheet_rows[row]);
        groups.partition_point(|group| group.cell.row < sheet_row).checked_sub(1)
    }
}
