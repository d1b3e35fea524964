//! Reads sheets of prose: headings and paragraphs, without tables.
//!
//! Input: a sheet without tables. Output: the paragraphs below headings that are topics of the department. Not here:
//! tables, numbers.

use super::harvest::{Context, Yield};
use super::remarks::ambiguous_topic;
use crate::layout::grid::{Grid, GridRow, words};
use crate::layout::numbering::{self, Rank};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::id::SectorId;
use tonghop_core::model::provenance::TextCell;
use tonghop_core::model::reading::Fate;
use tonghop_core::vi::fold::label;

/// The most characters of a heading.
const MAX_HEADING: usize = 200;

/// Reads the paragraphs of a sheet.
pub(crate) fn read(context: &Context<'_, '_>, grid: &Grid<'_>, harvest: &mut Yield) {
    let mut open: Option<Topic> = None;
    for row in &grid.rows {
        let Some((place, text)) = line(row) else { continue };
        let rank = numbering::of_label(&text);
        if let Some(topic) = topic(context, place, &text, harvest) {
            harvest.known = true;
            harvest.log.mark(place, Fate::Heading);
            open = Some(Topic { rank, ..topic });
        } else if let Some(topic) = &open {
            if topic.ends_at(rank) {
                open = None;
                continue;
            }
            harvest.used += 1;
            harvest.log.mark(place, Fate::Read);
            let source = context.source(place, &topic.heading, "");
            harvest.narrative.push((topic.key.clone(), TextCell { words: text.into(), source }));
        }
    }
}

/// The topic of the following paragraphs.
struct Topic {
    key: (SectorId, String),
    heading: String,
    rank: Option<Rank>,
}

impl Topic {
    /// Returns whether a line with this numbering ends the topic: it is at the level of the topic or above.
    fn ends_at(&self, rank: Option<Rank>) -> bool {
        match (rank, self.rank) {
            (Some(rank), Some(own)) => rank <= own,
            _ => false,
        }
    }
}

/// Returns the text of a row with a single cell.
fn line(row: &GridRow<'_>) -> Option<(CellRef, String)> {
    let [(col, cell)] = row.cells.as_slice() else { return None };
    cell.text().map(|_| (CellRef::new(row.at, *col), words(cell).into_owned()))
}

fn topic(context: &Context<'_, '_>, place: CellRef, text: &str, harvest: &mut Yield) -> Option<Topic> {
    if text.chars().count() > MAX_HEADING {
        return None;
    }
    match context.index.topics(&label(text)) {
        [] => None,
        [topic] => {
            let key = (topic.sector.id.clone(), topic.decl.key.clone());
            Some(Topic { key, heading: text.to_owned(), rank: None })
        }
        several => {
            harvest.diagnostics.push(ambiguous_topic(context, text, place, several));
            None
        }
    }
}
