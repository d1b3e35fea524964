//! Reads sheets of prose: headings and paragraphs, without tables.
//!
//! Input: a sheet without tables. Output: the paragraphs below headings that are topics of the department. Not here:
//! tables, numbers.

use super::remarks::ambiguous_topic;
use super::sheet_result::{SheetContext, SheetResult};
use crate::layout::grid::{Grid, GridRow, cell_text};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SectorId;
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::reading_log::CellOutcome;
use tonghop_core::vi::label::{fold_label, label_rank};
use tonghop_core::vi::numbering::NumberingRank;

/// The most characters of a heading.
const MAX_HEADING_CHARS: usize = 200;

/// Reads the paragraphs of a sheet.
pub(crate) fn read(context: &SheetContext<'_, '_>, grid: &Grid<'_>, result: &mut SheetResult) {
    let mut current: Option<CurrentTopic> = None;
    for row in &grid.rows {
        let Some((place, text)) = single_text(row) else { continue };
        let rank = label_rank(&text);
        if let Some(topic) = match_topic(context, place, &text, result) {
            result.is_recognised = true;
            result.log.mark(place, CellOutcome::Heading);
            current = Some(CurrentTopic { rank, ..topic });
        } else if let Some(topic) = &current {
            if topic.ends_at(rank) {
                current = None;
                continue;
            }
            result.used_cells += 1;
            result.log.mark(place, CellOutcome::Read);
            let source = context.source(place, &topic.heading, "");
            result.narrative.push((topic.key.clone(), TextCell { text: text.into(), source }));
        }
    }
}

/// The topic of the following paragraphs.
struct CurrentTopic {
    key: (SectorId, String),
    heading: String,
    rank: Option<NumberingRank>,
}

impl CurrentTopic {
    /// Returns whether a line with this numbering ends the topic: it is at the level of the topic or above.
    fn ends_at(&self, rank: Option<NumberingRank>) -> bool {
        match (rank, self.rank) {
            (Some(rank), Some(own)) => rank <= own,
            _ => false,
        }
    }
}

/// Returns the text of a row with a single cell.
fn single_text(row: &GridRow<'_>) -> Option<(CellRef, String)> {
    let [(col, cell)] = row.cells.as_slice() else { return None };
    cell.text().map(|_| (CellRef::new(row.index, *col), cell_text(cell).into_owned()))
}

fn match_topic(
    context: &SheetContext<'_, '_>,
    cell_ref: CellRef,
    text: &str,
    result: &mut SheetResult,
) -> Option<CurrentTopic> {
    if text.chars().count() > MAX_HEADING_CHARS {
        return None;
    }
    match context.index.topics(&fold_label(text)) {
        [] => None,
        [topic] => {
            let key = (topic.sector.id.clone(), topic.decl.key.clone());
            Some(CurrentTopic { key, heading: text.to_owned(), rank: None })
        }
        several => {
            result.diagnostics.push(ambiguous_topic(context, text, cell_ref, several));
            None
        }
    }
}
