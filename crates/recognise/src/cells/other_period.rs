//! Leaves out the columns of a sheet, or of a table, that states another period.
//!
//! Input: the tables of a sheet, its preamble and their captions. Output: the tables without these columns, marks at their
//! numbers, and the problem of a caption. Not here: the relation of a text to the reporting period, the problem of a sheet.

use super::sheet_result::{MatchedRow, SheetContext};
use crate::layout::block::TableBlock;
use crate::layout::column::ColumnRole;
use crate::layout::dated_text::{self, OtherPeriod};
use crate::layout::grid::Grid;
use crate::layout::heading::HeadingLexicon;
use crate::layout::preamble::{Preamble, PreambleLine};
use crate::layout::value;
use crate::matching::candidate::Match;
use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::reading_log::{CellOutcome, ReadingLog};
use tonghop_core::msg;

/// The columns that were left out.
#[derive(Default)]
pub(crate) struct OtherPeriodColumns {
    /// The line that states the other period, by the heading of the column.
    lines: BTreeMap<CellRef, CellRef>,
    /// The captions that state another period, by the row of the headings.
    captions: BTreeMap<u32, PreambleLine>,
}

/// Drops the columns that do not say themselves that they are of the reporting period, if the sheet or the caption of their
/// table states another one.
pub(crate) fn drop_columns(
    preamble: &Preamble,
    captions: &[Preamble],
    blocks: &mut [TableBlock],
    headings: &HeadingLexicon,
) -> OtherPeriodColumns {
    let mut dropped = OtherPeriodColumns::default();
    // Fast path: a sheet of prose has no columns, and its paragraphs are long.
    if blocks.is_empty() {
        return dropped;
    }
    let report = headings.report_period();
    let texts: Vec<_> = dated_text::dated_texts(preamble, report).collect();
    let of_sheet = dated_text::other_period(preamble, &texts, report);
    for (block, caption) in blocks.iter_mut().zip(captions) {
        let of_table = || dated_text::other_period_of_table(caption, report);
        let Some(other) = of_sheet.clone().or_else(of_table) else { continue };
        dropped.drop_from(block, &other, headings);
        if of_sheet.is_none() {
            dropped.captions.insert(block.heading_row, other.line);
        }
    }
    dropped
}

impl OtherPeriodColumns {
    /// Drops columns of a table; plans of the year are the same in every period of it, and so are its months.
    fn drop_from(&mut self, block: &mut TableBlock, other: &OtherPeriod, headings: &HeadingLexicon) {
        let heading_row = block.heading_row;
        for column in block.columns.iter_mut().filter(|column| column.role.is_value()) {
            let says_own = matches!(&column.role, ColumnRole::Value(measure, _) if headings.is_of_series(measure));
            let is_of_year = (column.role.is_plan() || says_own) && !other.is_earlier_year;
            if !(is_of_year || headings.names_period(&column.meaning)) {
                column.role = ColumnRole::Ignored;
                self.lines.insert(CellRef::new(heading_row, column.index), other.line.cell);
            }
        }
    }

    /// Marks the numbers of the columns in a table as rejected at the line that states the other period.
    pub(crate) fn mark(&self, grid: &Grid<'_>, block: &TableBlock, log: &mut ReadingLog) {
        let line = |col: u32| self.lines.get(&CellRef::new(block.heading_row, col));
        for row in &grid.rows[block.body_rows.clone()] {
            for (col, _) in row.cells.iter().filter(|(_, cell)| value::is_number(cell)) {
                if let Some(line) = line(*col) {
                    log.mark(CellRef::new(row.index, *col), CellOutcome::Rejected(*line));
                }
            }
        }
    }

    /// Returns the problem of the caption of a table, if indicators lose their numbers by it.
    pub(crate) fn caption_problem(
        &self,
        context: &SheetContext<'_, '_>,
        block: &TableBlock,
        rows: &[MatchedRow<'_, '_, '_>],
    ) -> Option<Diagnostic> {
        let line = self.captions.get(&block.heading_row)?;
        let has_dropped = self.lines.keys().any(|heading| heading.row == block.heading_row);
        let has_indicators = rows.iter().any(|row| matches!(row.indicator_match, Match::Unique { .. }));
        let message = msg!(
            "dòng này ghi \"{words}\", không phải kỳ báo cáo; cột không tự ghi kỳ báo cáo ở bảng bên dưới không được đọc",
            "this line says \"{words}\", which is not the reporting period; columns of the table below it that do not name the period themselves were not read",
            words = line.text.trim(),
        );
        let problem = context.problem(Code::IdentityDoubtful, line.cell, message).with_hint(Message::new(
            "sửa dòng này nếu bảng là của kỳ báo cáo; nếu bảng còn số liệu kỳ khác thì nhập lại hoặc xóa bảng",
            "correct this line if the table is for the reporting period; if it has figures of another one, enter the new figures or delete the table",
        ));
        (has_dropped && has_indicators).then_some(problem)
    }
}
