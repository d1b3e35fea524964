//! Reads the totals of an open table, and reports rows that may be totals.
//!
//! Input: the rows that are totals. Output: their numbers with the rows that they add up. Not here: finding them, the
//! comparison with the sums.

use super::{RecordsReader, in_unit};
use crate::cells::structure::TotalRow;
use crate::layout::cell_reading;
use crate::layout::grid::GridRow;
use tonghop_core::diag::{Code, Message};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::reading_log::CellOutcome;
use tonghop_core::model::records::RecordTotal;
use tonghop_core::msg;

impl RecordsReader<'_, '_, '_, '_> {
    /// Reads the numbers of a total.
    pub(super) fn read_total(&mut self, cells: &GridRow<'_>, total: &TotalRow) {
        let label = cells.text(total.cell.col).into_owned();
        self.report_total(total, &label);
        let unit = self.row_unit(cells);
        self.log_row(cells);
        let Some(covers) = total.covers.clone() else { return };
        let mut amounts = Vec::with_capacity(self.batch.part.columns.len());
        for at in 0..self.batch.part.columns.len() {
            let column = &self.batch.part.columns[at];
            let place = CellRef::new(cells.index, column.column);
            let own = column.unit.clone().unwrap_or_else(|| unit.clone());
            let reading =
                cells.cell(place.col).map(|cell| cell_reading::read_cell(cell, self.context.convention, &own));
            let amount = reading.map_or(Ok(Amount::Missing), |reading| in_unit(reading, &own));
            amounts.push(amount.unwrap_or_else(|fault| {
                self.report_unreadable(fault, place, &label);
                Amount::Missing
            }));
        }
        self.batch.totals.push(RecordTotal {
            cell: total.cell,
            label: label.into(),
            covers,
            unit,
            amounts,
            has_unread_rows: false,
        });
    }

    /// Marks the totals that add up rows which were not read.
    pub(super) fn mark_incomplete_totals(&mut self) {
        for total in &mut self.batch.totals {
            let has_unread = |(first, last): &(u32, u32)| self.unread_rows.range(*first..=*last).next().is_some();
            // A row that is not read belongs to no run of records; it may be next to them.
            let first = total.covers.first().map(|(first, _)| first.saturating_sub(1));
            let span = first.zip(total.covers.last().map(|(_, last)| *last + 1));
            total.has_unread_rows = span.is_some_and(|span| has_unread(&span));
        }
    }

    /// Reports a total that is known by its numbers only, or whose rows are not known.
    fn report_total(&mut self, total: &TotalRow, label: &str) {
        let (message, hint) = match (&total.covers, total.by_numbers) {
            (None, _) => (
                msg!(
                    "\"{label}\" là dòng cộng nhưng không rõ cộng những dòng nào; không tính là một dòng và không đối chiếu",
                    "\"{label}\" is a total, but not known of which rows; it is no row of the table and is not compared"
                ),
                Message::new(
                    "ghi \"Tổng cộng\", hoặc \"Cộng\" kèm đúng chữ của cột hay số của đề mục: \"Cộng phường A\", \"Cộng (I+II)\"",
                    "write \"Tổng cộng\", or \"Cộng\" with the text of the column or the numbers of the headings: \"Cộng (I+II)\"",
                ),
            ),
            (_, Some(rows)) => (
                msg!(
                    "\"{label}\" được coi là dòng cộng vì bằng cộng {rows} dòng; không tính là một dòng",
                    "\"{label}\" is taken as a total, because it is the sum of {counted}; it is no row of the table",
                    counted = pluralise(rows, "row")
                ),
                Message::new(
                    "nếu đây là một nội dung riêng, đổi tên dòng cho khỏi giống dòng cộng",
                    "if it is an item of its own, rename the row so that it does not look like a total",
                ),
            ),
            _ => return,
        };
        self.push_problem(Code::TotalRow, total.cell, message, hint);
    }

    /// Reports a row that may be a total or a record and is not read.
    pub(super) fn report_doubtful(&mut self, cells: &GridRow<'_>, cell: CellRef) {
        let label = cells.text(cell.col);
        let message = msg!(
            "dòng \"{label}\" có thể là dòng cộng, cũng có thể là một nội dung riêng; không được đọc",
            "the row \"{label}\" may be a total or an item of its own; not read"
        );
        let hint = Message::new(
            "nội dung riêng thì ghi số thứ tự như các dòng khác; dòng cộng thì ghi \"Cộng\" kèm đúng chữ của cột, bỏ số thứ tự",
            "number an item like the other rows; label a total \"Cộng\" with the text of its column, without a number",
        );
        self.push_problem(Code::RowUnknown, cell, message, hint);
        self.unread_rows.insert(cells.index);
        if self.is_logging {
            for (col, _) in &cells.cells {
                self.result.log.mark(CellRef::new(cells.index, *col), CellOutcome::Rejected(cell));
            }
        }
    }
}
