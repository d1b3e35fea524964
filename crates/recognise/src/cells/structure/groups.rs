//! Finds the headings between the rows of an open table, and the rows below each.
//!
//! Input: the lines of the table. Output: the headings, from top to bottom. Not here: totals.
//!
//! A heading is numbered on a level above the record that follows it: "I. Dự án chuyển tiếp" above "1". If it has numbers,
//! they are the subtotal of its rows.

use super::lines::{Body, Line, LineKind, bare_title};
use super::numbers::TableNumbers;
use std::ops::Range;
use tonghop_core::model::cell::CellRef;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::numbering::NumberingRank;

/// A heading with the rows below it.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The index of the heading among the lines.
    pub line: usize,
    pub cell: CellRef,
    pub number: Option<String>,
    /// The text without its number.
    pub text: String,
    /// The folded text.
    pub key: String,
    /// The lines below it, up to the next heading of its level or one above.
    pub lines: Range<usize>,
}

/// Finds the headings; `takes_lone_texts` says whether a text alone in its row is one.
pub(super) fn find_groups<'n>(
    body: &Body<'_>,
    lines: &[Line],
    numbers: &dyn Fn() -> &'n TableNumbers,
    takes_lone_texts: bool,
) -> Vec<Group> {
    let next_records = next_records(lines);
    let is_heading = |at: usize| {
        let next = next_records[at]?;
        let (own, below) = (body.rank(body.rows[at]), body.rank(body.rows[next]));
        let is_numbered = own < NumberingRank::Dash && own < below;
        // A number above a row without one shows less than a Roman numeral does.
        let is_above = is_numbered && (below < NumberingRank::Dash || own < NumberingRank::Number(1));
        let subtotal = || numbers().is_sum(at, &rows_below(body, lines, at, own));
        let line = &lines[at];
        let holds = match line.kind {
            LineKind::Heading if is_above => true,
            LineKind::Heading if !line.has_numbers => {
                is_numbered || takes_lone_texts && body.is_lone_text(body.rows[at])
            }
            // Also a bold row without a number over numbered rows.
            LineKind::Heading => (is_numbered || below < NumberingRank::Dash) && subtotal(),
            LineKind::Record => is_above && (!body.has_values(body.rows[at]) || subtotal()),
            LineKind::Total(_) | LineKind::Other => false,
        };
        holds.then_some(own)
    };
    let ranks: Vec<Option<NumberingRank>> = (0..lines.len()).map(is_heading).collect();
    let group = |(at, rank): (usize, &Option<NumberingRank>)| {
        let rank = (*rank)?;
        let ends = ranks[at + 1..].iter().position(|other| other.is_some_and(|other| other <= rank));
        let end = ends.map_or(lines.len(), |after| at + 1 + after);
        let (cell, title) = body.title(body.rows[at])?;
        let text = bare_title(&title).to_owned();
        let (number, key) = (body.number(body.rows[at]), fold(&text));
        Some(Group { line: at, cell, number, text, key, lines: at + 1..end })
    };
    ranks.iter().enumerate().filter_map(group).collect()
}

/// Returns the index of the first record after each line.
fn next_records(lines: &[Line]) -> Vec<Option<usize>> {
    let mut next = None;
    let mut found: Vec<Option<usize>> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate().rev() {
        found.push(next);
        if line.kind == LineKind::Record {
            next = Some(at);
        }
    }
    found.reverse();
    found
}

/// Returns the records after a line, up to the next row of its level or one above.
fn rows_below(body: &Body<'_>, lines: &[Line], at: usize, rank: NumberingRank) -> Vec<usize> {
    let is_inside = |below: &usize| match lines[*below].kind {
        LineKind::Record => body.rank(body.rows[*below]) > rank || rank == NumberingRank::Plain,
        LineKind::Other => true,
        LineKind::Heading | LineKind::Total(_) => false,
    };
    let inside = (at + 1..lines.len()).take_while(is_inside);
    inside.filter(|below| lines[*below].kind == LineKind::Record).collect()
}
