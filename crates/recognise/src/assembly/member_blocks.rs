//! Assigns the rows of a sheet that stand in blocks, one per member, to these members.
//!
//! Input: the candidates of a sheet, its cells, the declared breakdowns. Output: the candidates, those in the block of a
//! member as figures of that member; a diagnostic for rows of places that are not declared. Not here: members in the
//! rows or columns of a table, members that a whole form names.
//!
//! A block begins with a line that is only the label of a member: "Phường Hòa Bình". Where the rows of an indicator come
//! before the first such line, or a member is there twice or has numbers, the lines are rows without numbers.

use super::member_form::{Form, rename, unknown_member};
use crate::cells::sheet_result::CandidateObservation;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::diag::{Diagnostic, Message, Place};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::msg;
use tonghop_core::vi::fold::fold_label;
use tonghop_core::vi::lexicon;

/// The most cells of a line that begins a block.
const MAX_TITLE_CELLS: usize = 3;
/// The rows of a sheet that are searched for blocks, as many as have known headings.
const MAX_ROWS: u32 = 200;

/// What a line without numbers says about the rows below it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mark {
    Member(String),
    /// The label looks like that of a member, but is not declared.
    OtherPlace(String),
    Whole,
}

/// The lines of a sheet as far as blocks need them.
#[derive(Default)]
struct Lines {
    marks: BTreeMap<u32, Mark>,
    numeric_rows: BTreeSet<u32>,
    headings: BTreeSet<u32>,
    /// Whether a member has numbers in its own row.
    has_member_numbers: bool,
}

/// Assigns candidates to the blocks in which they are; returns whether there are blocks, at least `min_blocks`.
pub(super) fn assign(
    sectors: &[Arc<SectorDecl>],
    form: Form<'_>,
    min_blocks: usize,
    candidates: &mut Vec<CandidateObservation>,
) -> (bool, Option<Diagnostic>) {
    let labels: BTreeSet<String> =
        candidates.iter().flat_map(|candidate| breakdown(sectors, candidate)).flat_map(spellings).collect();
    if labels.is_empty() || form.sheet.cells.iter().next_back().is_some_and(|(cell, _)| cell.row >= MAX_ROWS) {
        return (false, None);
    }
    let lines = Lines::read(form, &labels);
    let count = lines.marks.values().filter(|mark| **mark != Mark::Whole).count();
    if count < min_blocks
        || !lines.are_blocks(candidates.iter().filter(|c| !breakdown(sectors, c).is_empty()).map(|c| c.source.cell.row))
    {
        return (false, None);
    }
    let mut refused: Vec<(Place, Message)> = Vec::new();
    candidates.retain_mut(|candidate| {
        let place = match lines.mark_of(candidate.source.cell.row) {
            None | Some(Mark::Whole) => return true,
            Some(Mark::Member(label)) => {
                let member = breakdown(sectors, candidate).into_iter().find(|decl| spellings(decl).contains(label));
                if let Some(decl) = member {
                    rename(candidate, decl);
                    return true;
                }
                label
            }
            Some(Mark::OtherPlace(label)) => label,
        };
        let reason = msg!(
            "các dòng dưới \"{place}\" là của một nơi không có trong khai báo của chỉ tiêu",
            "the rows below \"{place}\" are of a place that the indicator does not declare",
        );
        refused.push((Place::from_source(&candidate.source), reason));
        false
    });
    let count = refused.len();
    let problem = refused.into_iter().next().map(|(place, reason)| unknown_member(form, place, reason, count));
    (true, problem)
}

/// Returns the members of the indicator of a candidate.
fn breakdown<'a>(sectors: &'a [Arc<SectorDecl>], candidate: &CandidateObservation) -> Vec<&'a IndicatorDecl> {
    let sector = sectors.iter().find(|sector| sector.id == candidate.key.sector);
    let whole = sector.and_then(|s| Some((s, s.indicator(candidate.key.indicator.as_str())?)));
    whole.map_or_else(Vec::new, |(s, whole)| s.children(&whole.id).filter(|child| child.is_breakdown_member).collect())
}

fn spellings(decl: &IndicatorDecl) -> Vec<String> {
    decl.spellings(None).map(fold_label).collect()
}

impl Lines {
    fn read(form: Form<'_>, labels: &BTreeSet<String>) -> Self {
        let values = form.preamble.columns.iter().filter(|(_, column)| column.role.is_value());
        let first_value = values.map(|(_, column)| column.index).min().unwrap_or(u32::MAX);
        let mut rows: BTreeMap<u32, (Vec<String>, bool)> = BTreeMap::new();
        for (cell, content) in form.sheet.cells.iter() {
            let (texts, has_number) = rows.entry(cell.row).or_default();
            match content.text() {
                // Above values, a label is the heading of a column.
                Some(text) if cell.col < first_value => texts.push(fold_label(text)),
                Some(_) => {}
                None => *has_number = true,
            }
        }
        let headings = form.preamble.columns.iter().map(|(cell, _)| cell.row).collect();
        let mut lines = Self { headings, ..Self::default() };
        for (row, (texts, has_number)) in rows {
            let is_member = texts.iter().any(|text| labels.contains(text));
            let has_values = has_number && !is_numbering_only(form, row);
            if has_values {
                lines.numeric_rows.insert(row);
                lines.has_member_numbers |= is_member;
            } else if texts.len() <= MAX_TITLE_CELLS
                && let Some(mark) = texts.iter().find_map(|text| mark(text, labels))
            {
                lines.marks.insert(row, mark);
            }
        }
        lines
    }

    /// Returns whether the marks begin blocks; `rows` are those of indicators with members.
    fn are_blocks(&self, rows: impl Iterator<Item = u32>) -> bool {
        let mut members = BTreeSet::new();
        let labels = self.marks.values().filter(|mark| matches!(mark, Mark::Member(_)));
        let is_repeated = labels.clone().any(|mark| !members.insert(format!("{mark:?}")));
        let Some(first) = self.marks.iter().find(|(_, mark)| matches!(mark, Mark::Member(_))).map(|(row, _)| *row)
        else {
            return false;
        };
        // A title over its own table has a heading below it before any number.
        let is_title = self
            .headings
            .range(first + 1..)
            .next()
            .is_some_and(|heading| self.numeric_rows.range(first..*heading).next().is_none());
        let is_before = |row: u32| row < first && !is_title && !matches!(self.mark_of(row), Some(Mark::Whole));
        !is_repeated && !self.has_member_numbers && !rows.into_iter().any(is_before)
    }

    /// Returns the mark that holds for a row: the last one above it in its table, or among the titles of the table.
    fn mark_of(&self, row: u32) -> Option<&Mark> {
        let (at, mark) = self.marks.range(..row).next_back()?;
        let mut headings = self.headings.range(at + 1..row);
        match (headings.next(), headings.next()) {
            (None, _) => Some(mark),
            (Some(heading), None) => self.numeric_rows.range(at + 1..*heading).next().is_none().then_some(mark),
            _ => None,
        }
    }
}

/// Returns whether the only number of a row is its numbering, in the first column.
fn is_numbering_only(form: Form<'_>, row: u32) -> bool {
    let cells = form.sheet.cells.range(CellRef::new(row, 0)..CellRef::new(row + 1, 0));
    let columns: Vec<u32> = cells.filter(|(_, content)| content.text().is_none()).map(|(cell, _)| cell.col).collect();
    columns == [0]
}

fn mark(text: &str, labels: &BTreeSet<String>) -> Option<Mark> {
    let kind = |label: &str| label.split(' ').next().map(str::to_owned);
    let longest = labels.iter().map(|label| label.split(' ').count()).max().unwrap_or_default();
    let looks_like_member = || {
        text.contains(' ')
            && text.split(' ').count() <= longest + 1
            && labels.iter().any(|label| label.contains(' ') && kind(label) == kind(text))
    };
    if labels.contains(text) {
        Some(Mark::Member(text.to_owned()))
    } else if lexicon::is_total(text) || text.starts_with("toàn ") {
        Some(Mark::Whole)
    } else if looks_like_member() {
        Some(Mark::OtherPlace(text.to_owned()))
    } else {
        None
    }
}
