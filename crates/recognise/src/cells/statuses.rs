//! Reports the status cells of a table that are not understood.
//!
//! Input: a table with its matched rows. Output: one diagnostic for all these cells. Not here: the status of a number.
//!
//! An unknown word may say that the number is an estimate or that of another period; without it, the number passes for a
//! final one.

use super::sheet_result::{MatchedRow, SheetContext};
use crate::layout::block::TableBlock;
use crate::layout::column::ColumnRole;
use crate::matching::index::Match;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::cell::CellRef;
use tonghop_core::msg;
use tonghop_core::vi::{lexicon, number};

/// The most cells that the diagnostic names, and the most characters of the first that it repeats.
const MAX_CELLS: usize = 10;
const MAX_CHARS: usize = 40;

/// Returns the diagnostic of the status cells of recognised rows that are not understood.
pub(crate) fn diagnose(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    rows: &[MatchedRow<'_, '_, '_>],
) -> Option<Diagnostic> {
    let column = block.columns.iter().find(|column| column.role == ColumnRole::Status)?;
    let recognised = rows.iter().filter(|matched| matches!(matched.indicator_match, Match::Unique { .. }));
    let mut unknown = recognised.filter_map(|matched| {
        let words = matched.row.cells.text(column.index);
        is_unknown(&words).then(|| (CellRef::new(matched.row.cells.index, column.index), words))
    });
    let (first, words) = unknown.next()?;
    let start: String = words.chars().take(MAX_CHARS).collect();
    let message = msg!(
        "không hiểu tình trạng số liệu \"{start}\"; số của dòng được coi là như tiêu đề cột ghi",
        "the status \"{start}\" is not understood; the number of the row is taken as the heading of its column says"
    );
    let problem = context.problem(Code::StatusUnknown, first, message).with_hint(Message::new(
        "ghi \"Chính thức\" hoặc \"Ước\"; điều khác thì ghi ở cột ghi chú",
        "write \"Chính thức\" (final) or \"Ước\" (estimate); put everything else into the column of notes",
    ));
    Some(context.with_cells(problem, unknown.take(MAX_CELLS - 1).map(|(cell, _)| cell)))
}

fn is_unknown(words: &str) -> bool {
    let is_known = || lexicon::parse_estimate_status(words).is_some() || lexicon::parse_qualifier(words).is_some();
    !words.is_empty() && number::parse_blank(words).is_none() && !is_known()
}
