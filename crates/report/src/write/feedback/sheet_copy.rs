//! A copy of a received sheet as the program read it: the same cells in the same places, coloured, with notes.
//!
//! Input: a sheet with its reading log and its diagnostics. Output: cells. Not here: changed values, formulas.

use super::cell_notes::{CellNote, sheet_notes};
use super::department_feedback::DepartmentFeedback;
use super::look::CellHighlight;
use super::sheets::ReceivedSheet;
use crate::write::xlsx::page::{SheetPage, nearest_double};
use crate::write::xlsx::text;
use rust_xlsxwriter::{Color, Format, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::model::cell::{CellRef, MergedRange, RawCell, RawValue};
use tonghop_core::model::reading_log::CellOutcome;

/// The maximum number of cells shown of a sheet; longer sheets are lists that are not reviewed cell by cell.
pub(super) const MAX_CELLS: usize = 50_000;
/// The maximum number of cells of a merged area that is shown merged.
const MAX_MERGED_CELLS: u64 = 2_000;
/// The grid of Excel.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u16 = 16_384;
/// The limits of column widths, in characters.
const MIN_WIDTH: f64 = 7.0;
const MAX_WIDTH: f64 = 46.0;
/// Headings further down are not frozen.
const MAX_FROZEN_ROW: u32 = 14;
const NOTE_WIDTH: u32 = 320;
const NOTE_LINE: u32 = 18;
const NOTE_CHARACTERS: usize = 42;

/// Writes the sheet.
pub(super) fn write(
    page: &mut SheetPage<'_>,
    feedback: &DepartmentFeedback<'_>,
    received: &ReceivedSheet<'_>,
) -> Result<(), XlsxError> {
    let copy = SheetCopy { received, notes: sheet_notes(feedback, received), merges: merges(received) };
    page.set_plain_layout(&copy.widths())?;
    page.sheet().set_tab_color(copy.tab());
    if let Some(row) = copy.last_heading().filter(|row| *row < MAX_FROZEN_ROW) {
        page.sheet().set_freeze_panes(row + 1, 0)?;
    }
    for (place, cell) in received.sheet.cells.iter() {
        copy.cell(page, *place, cell)?;
    }
    for (place, remark) in &copy.notes {
        copy.write_note(page, *place, remark)?;
    }
    Ok(())
}

struct SheetCopy<'a> {
    received: &'a ReceivedSheet<'a>,
    notes: BTreeMap<CellRef, CellNote>,
    /// By first cell.
    merges: BTreeMap<CellRef, MergedRange>,
}

impl SheetCopy<'_> {
    fn look(&self, cell: CellRef) -> CellHighlight {
        let remark = self.notes.get(&cell).and_then(|remark| remark.look);
        remark.unwrap_or_else(|| match self.received.summary.log.outcome(cell) {
            CellOutcome::Ignored => CellHighlight::Ignored,
            CellOutcome::Heading => CellHighlight::Heading,
            CellOutcome::Label => CellHighlight::Label,
            CellOutcome::Read => CellHighlight::Read,
            CellOutcome::Converted => CellHighlight::Doubtful,
            CellOutcome::Rejected(_) => CellHighlight::Rejected,
        })
    }

    fn cell(&self, page: &mut SheetPage<'_>, cell_ref: CellRef, cell: &RawCell) -> Result<(), XlsxError> {
        let Some(col) = column_in_grid(cell_ref) else { return Ok(()) };
        let look = self.look(cell_ref);
        let number = match &cell.value {
            RawValue::Number(number) => Some((*number, look.number(number_code(cell.number_format.as_deref())))),
            RawValue::Date(days) => Some((*days, look.number("dd/mm/yyyy"))),
            _ => None,
        };
        if let Some((number, format)) = number {
            self.area(page, cell_ref, &format)?;
            return page
                .sheet()
                .write_number_with_format(cell_ref.row, col, nearest_double(number), &format)
                .map(|_| ());
        }
        let in_table = look != CellHighlight::Ignored || self.is_in_used_row(cell_ref);
        let format = look.text(in_table);
        let typed = cell.to_raw_text();
        match self.area(page, cell_ref, &format)? {
            Some(merge) => {
                let last = u16::try_from(merge.last.col).unwrap_or(col);
                page.line(cell_ref.row, col, &typed, &format)?;
                if in_table && merge.first.row == merge.last.row {
                    page.fit_row_height(cell_ref.row, (col, last), &typed)
                } else {
                    Ok(())
                }
            }
            None if in_table => page.text(cell_ref.row, col, &typed, &format),
            None => page.line(cell_ref.row, col, &typed, &format),
        }
    }

    /// Merges the area that begins at a cell, if there is one.
    fn area(
        &self,
        page: &mut SheetPage<'_>,
        cell_ref: CellRef,
        format: &Format,
    ) -> Result<Option<MergedRange>, XlsxError> {
        let Some(merge) = self.merges.get(&cell_ref).copied() else { return Ok(None) };
        let cols = column_in_grid(merge.first).zip(column_in_grid(merge.last));
        let Some((first, last)) = cols else { return Ok(None) };
        page.sheet().merge_range(merge.first.row, first, merge.last.row, last, "", format)?;
        Ok(Some(merge))
    }

    fn write_note(&self, page: &mut SheetPage<'_>, cell_ref: CellRef, remark: &CellNote) -> Result<(), XlsxError> {
        let Some(col) = column_in_grid(cell_ref) else { return Ok(()) };
        if !self.received.sheet.cells.contains_key(&cell_ref) {
            page.sheet().write_blank(cell_ref.row, col, &self.look(cell_ref).text(true))?;
        }
        let height = NOTE_LINE * (text::line_count(&remark.text, NOTE_CHARACTERS) + 1);
        page.note(cell_ref.row, col, &remark.text, (NOTE_WIDTH, height))
    }

    /// Returns whether a cell in the same row was used.
    fn is_in_used_row(&self, cell_ref: CellRef) -> bool {
        let outcomes = self.received.summary.log.outcomes();
        let next = outcomes.partition_point(|(cell, _)| cell.row < cell_ref.row);
        outcomes.get(next).is_some_and(|(cell, _)| cell.row == cell_ref.row)
    }

    /// Returns the width of each column as its cells in tables need, within limits.
    fn widths(&self) -> Vec<f64> {
        let mut widths: Vec<f64> = Vec::new();
        for (place, cell) in self.received.sheet.cells.iter() {
            let Some(col) = column_in_grid(*place).map(usize::from) else { continue };
            if widths.len() <= col {
                widths.resize(col + 1, MIN_WIDTH);
            }
            let is_alone = !self.merges.contains_key(place) && self.is_in_used_row(*place);
            if is_alone || matches!(cell.value, RawValue::Number(_) | RawValue::Date(_)) {
                let characters = cell.to_raw_text().lines().map(|line| line.chars().count()).max().unwrap_or_default();
                let needed = f64::from(u8::try_from(characters + 3).unwrap_or(u8::MAX)).min(MAX_WIDTH);
                widths[col] = widths[col].max(needed);
            }
        }
        widths
    }

    /// Returns the last row of the first headings.
    fn last_heading(&self) -> Option<u32> {
        let outcomes = self.received.summary.log.outcomes().iter();
        let mut rows = outcomes.filter(|(_, fate)| *fate == CellOutcome::Heading).map(|(cell, _)| cell.row);
        let first = rows.next()?;
        Some(rows.fold(first, |last, row| if row == last + 1 { row } else { last }))
    }

    /// Returns the colour of the sheet's tab: that of its worst cell.
    fn tab(&self) -> Color {
        let used = self.received.summary.log.outcomes().iter().map(|(cell, _)| self.look(*cell));
        let worst = used.filter(|look| *look <= CellHighlight::Rejected).max();
        worst.unwrap_or(CellHighlight::Ignored).fill().unwrap_or(Color::Default)
    }
}

/// Returns the merged areas that can be shown: not too large, with content only in their first cell, not overlapping.
fn merges(received: &ReceivedSheet<'_>) -> BTreeMap<CellRef, MergedRange> {
    let mut covered: BTreeSet<CellRef> = BTreeSet::new();
    let mut shown = BTreeMap::new();
    for merge in &received.sheet.merges {
        let (rows, cols) = (merge.first.row..=merge.last.row, merge.first.col..=merge.last.col);
        let size = u64::from(merge.last.row.saturating_sub(merge.first.row) + 1)
            * u64::from(merge.last.col.saturating_sub(merge.first.col) + 1);
        if !(2..=MAX_MERGED_CELLS).contains(&size) || !received.sheet.cells.contains_key(&merge.first) {
            continue;
        }
        let area: Vec<CellRef> = rows.flat_map(|row| cols.clone().map(move |col| CellRef::new(row, col))).collect();
        let holds_others = area.iter().skip(1).any(|cell| received.sheet.cells.contains_key(cell));
        if !holds_others && !area.iter().any(|cell| covered.contains(cell)) {
            covered.extend(area);
            shown.insert(merge.first, *merge);
        }
    }
    shown
}

/// Returns the column of a cell; `None` if it is outside of the grid of Excel, as cells of an `.ods` can be.
fn column_in_grid(cell: CellRef) -> Option<u16> {
    let col = u16::try_from(cell.col).ok()?;
    (cell.row < MAX_ROWS && col < MAX_COLUMNS).then_some(col)
}

/// Returns the number format of a cell if it is a plain one; others may contain arbitrary text.
fn number_code(code: Option<&str>) -> &str {
    let is_plain = |code: &&str| code.chars().all(|c| "#0,.%".contains(c)) && code.contains('0');
    code.filter(is_plain).map_or("General", text::number_format)
}
