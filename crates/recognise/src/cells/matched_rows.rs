//! Matches the rows of a table to indicators, each in the context of the other rows.
//!
//! Input: a table and the index of its department. Output: its rows with their matches. Not here: the choice among the
//! indicators with one label.
//!
//! Tables repeat the same labels under the name of a place or a part ("block"). Where the hierarchy does not show where
//! a block begins, it begins at the nearest row above whose label occurs less often, or is a declared parent.

use super::scopes::Scope;
use super::sections::Sections;
use super::sheet_result::MatchedRow;
use crate::layout::ancestors::Ancestor;
use crate::layout::block::TableBlock;
use crate::layout::caption;
use crate::layout::grid::Grid;
use crate::layout::heading::HeadingLexicon;
use crate::layout::label_cells::{has_numbers, has_values};
use crate::layout::rows::{TableRow, read_rows};
use crate::matching::index::{Candidate, LabelIndex, Match, TableContext};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tonghop_core::model::id::{IndicatorId, SectorId};
use tonghop_core::model::quantity::Unit;
use tonghop_core::vi::lexicon;

/// The most rows above a row that are searched for the beginning of its block.
const MAX_BLOCK_ROWS: usize = 200;

/// One row of so many, at least, has a repeated label in a block.
const BLOCK_SHARE: usize = 3;

/// Reads the rows of a table and matches them.
pub(crate) fn match_rows<'r, 'i, 'a>(
    grid: &'r Grid<'r>,
    block: &TableBlock,
    index: &'i LabelIndex<'a>,
    headings: &HeadingLexicon,
) -> Vec<MatchedRow<'r, 'i, 'a>> {
    let rows = read_rows(grid, block, &index.known_units());
    let repetitions = Repetitions::count(&rows, block);
    let mut sections = Sections::new(block, index, &rows);
    let mut scope = Scope::default();
    let mut labels_above = BTreeSet::new();
    let mut matched: Vec<MatchedRow<'_, '_, '_>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        scope.enter(&row, block, index, headings);
        let stated = stated_unit(index, block, &row);
        let repeated = repetitions.rows[at];
        let candidates = index.candidates(&row);
        let section_parent = sections.find_parent(&matched, &row, candidates);
        let head = block_head(&matched, &row, candidates, &repetitions, index);
        // The rows of a block repeat, so what they have in common belongs to its head.
        let head = if repeated.count > 1 { head.or(section_parent) } else { section_parent };
        let table = TableContext {
            titles: &block.titles,
            labels_above: &labels_above,
            is_unlabelled: block.is_unlabelled(),
            block_head: head,
            is_repeated: repeated.count > 1 && repeated.is_in_block,
            is_in_blocks: repeated.differs && repeated.is_in_block,
            is_title_total: repetitions.title_total == Some(at),
        };
        let found = match index.find(&row, candidates, &table, stated.as_ref()) {
            Match::Unique { candidate, .. }
                if is_without_parent(index, &row, candidates, candidate, &table)
                    && !sections.is_free(&matched, &row, candidate) =>
            {
                Match::WrongParent(candidate)
            }
            found => found,
        };
        let found = match (found, scope.title()) {
            (Match::Unique { candidate, .. }, Some(title)) if !candidate.decl.is_breakdown_member => {
                Match::OtherScope(candidate, title.to_owned())
            }
            (found, _) => found,
        };
        labels_above.insert(index.strip_unit(&row.label_key).to_owned());
        matched.push(MatchedRow { indicator_match: found, row });
    }
    drop_weaker_matches(&mut matched, block);
    matched
}

/// Returns whether nothing above a row shows the declared parent of the indicator that its label alone identifies.
fn is_without_parent(
    index: &LabelIndex<'_>,
    row: &TableRow<'_>,
    candidates: &[Candidate<'_>],
    found: &Candidate<'_>,
    table: &TableContext<'_>,
) -> bool {
    let is_by_label = || {
        let is_found = |c: &Candidate<'_>| c.sector.id == found.sector.id && c.decl.id == found.decl.id;
        candidates.iter().any(is_found) && !index.has_known_code(row)
    };
    let in_rows = || {
        let mut above = row.ancestors.iter().map(|above| above.label.as_str()).chain(table.block_head.as_deref());
        above.any(|label| found.is_direct_parent(index.strip_unit(label)))
    };
    found.decl.parent.is_some() && is_by_label() && !in_rows() && !found.is_parent_in_title(table.titles)
}

/// Returns the unit that a row states: in its cell, its label, a title above it in the hierarchy, or over the table.
fn stated_unit(index: &LabelIndex<'_>, block: &TableBlock, row: &TableRow<'_>) -> Option<Unit> {
    let of_label = || index.split_unit(&row.label_key).map(|(_, unit)| unit);
    row.unit
        .clone()
        .or_else(of_label)
        .or_else(|| title_unit(index, row))
        .or_else(|| block.unit().cloned())
        .or_else(|| heading_unit(block))
}

/// Returns the unit that the headings of all columns of amounts state.
fn heading_unit(block: &TableBlock) -> Option<Unit> {
    let mut columns = block.columns.iter().filter(|column| column.role.is_value());
    let first = columns.next()?.meaning.units.last()?;
    columns.all(|column| column.meaning.units.last() == Some(first)).then(|| first.clone())
}

/// Returns the unit of the nearest title above a row in the hierarchy that states one; a title of an index or a
/// structure states percent.
pub(crate) fn title_unit(index: &LabelIndex<'_>, row: &TableRow<'_>) -> Option<Unit> {
    let of_title = |label: &str| {
        let unit = index.split_unit(label).map(|(_, unit)| unit);
        unit.or_else(|| caption::is_ratio_title(label).then(Unit::percent))
    };
    row.ancestors.iter().rev().filter(|above| above.is_title).find_map(|above| of_title(&above.label))
}

/// How often a label occurs in a table.
#[derive(Clone, Copy, Default)]
struct Repetition {
    count: usize,
    /// Whether its rows are under different ancestors.
    differs: bool,
    /// Whether one of its rows is in a block: a good part of the rows beside it has labels that the table repeats.
    is_in_block: bool,
}

/// The labels of a table that occur several times, and its total.
struct Repetitions {
    /// By row.
    rows: Vec<Repetition>,
    /// The row that is the total of the whole table, if exactly one is.
    title_total: Option<usize>,
}

impl Repetitions {
    fn count(rows: &[TableRow<'_>], block: &TableBlock) -> Self {
        let mut labels: HashMap<_, (usize, Repetition)> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let (first, label) = labels.entry(repetition_key(row)).or_insert((at, Repetition::default()));
            label.count += 1;
            label.differs |= rows[*first].ancestors != row.ancestors;
        }
        // By ancestors: how many rows are directly below them, and how many of these have a repeated label.
        let mut sections: HashMap<&[Ancestor], (usize, usize)> = HashMap::new();
        for row in rows.iter().filter(|row| !row.label_key.is_empty()) {
            let (all, repeated) = sections.entry(&row.ancestors).or_default();
            *all += 1;
            *repeated += usize::from(labels[&repetition_key(row)].1.count > 1);
        }
        for row in rows {
            let share = sections.get(row.ancestors.as_slice());
            if share.is_some_and(|(all, repeated)| is_block_share(row, *all, *repeated)) {
                labels.entry(repetition_key(row)).and_modify(|(_, label)| label.is_in_block = true);
            }
        }
        let of_row = |row: &TableRow<'_>| labels.get(&repetition_key(row)).map(|(_, label)| *label).unwrap_or_default();
        Self { rows: rows.iter().map(of_row).collect(), title_total: find_title_total(rows, block) }
    }
}

/// Returns whether the rows beside `row` are a block, by how many of them have a repeated label: several, or all. A list
/// of goods may name one of them twice; the rows below a total are no block.
fn is_block_share(row: &TableRow<'_>, all: usize, repeated: usize) -> bool {
    let is_total = row.ancestors.last().is_some_and(|above| lexicon::is_total(&above.label));
    !is_total && (repeated == all || repeated > 1 && repeated * BLOCK_SHARE >= all)
}

fn repetition_key<'r>(row: &'r TableRow<'_>) -> (&'r str, Option<&'r Unit>) {
    (&row.label_key, row.unit.as_ref())
}

/// Returns the row of the total of a table: the only total, or the only one that no title puts under a part.
fn find_title_total(rows: &[TableRow<'_>], block: &TableBlock) -> Option<usize> {
    let is_total = |row: &TableRow<'_>| lexicon::is_total(&row.label_key) && has_numbers(row.cells, block);
    let totals: Vec<usize> = (0..rows.len()).filter(|at| is_total(&rows[*at])).collect();
    let is_whole = |at: &&usize| rows[**at].ancestors.iter().all(|above| lexicon::is_total(&above.label));
    match totals.as_slice() {
        [only] => Some(*only),
        several => {
            let mut wholes = several.iter().filter(is_whole);
            wholes.next().filter(|_| wholes.next().is_none()).copied()
        }
    }
}

/// Returns the folded label of the row at which the block of `row` begins, if the hierarchy does not show it.
fn block_head(
    above: &[MatchedRow<'_, '_, '_>],
    row: &TableRow<'_>,
    candidates: &[Candidate<'_>],
    repetitions: &Repetitions,
    index: &LabelIndex<'_>,
) -> Option<String> {
    let count = repetitions.rows[above.len()].count;
    let is_parent_of = |label: &str| candidates.iter().any(|candidate| candidate.is_direct_parent(label));
    let shows_parent = || row.ancestors.iter().any(|above| is_parent_of(index.strip_unit(&above.label)));
    if candidates.is_empty() || count < 2 && candidates.len() < 2 || shows_parent() {
        return None;
    }
    for (other, repeated) in above.iter().zip(&repetitions.rows).rev().take(MAX_BLOCK_ROWS) {
        let label = index.strip_unit(&other.row.label_key);
        if other.row.ancestors.len() < row.ancestors.len() {
            return None;
        }
        let is_beside = count > 1 || other.row.ancestors == row.ancestors;
        // A total is a parent in many tables, so its title must tell which.
        let is_beside = is_beside && !lexicon::is_total(label);
        let is_parent = is_beside && is_parent_of(label);
        let is_rarer = repeated.count < count && !label.is_empty() && !belongs_to_block(other, candidates);
        if is_parent || is_rarer {
            return Some(label.to_owned());
        }
    }
    None
}

/// Returns whether a row is in the block of one of the candidates' parents, by its declaration.
fn belongs_to_block(other: &MatchedRow<'_, '_, '_>, candidates: &[Candidate<'_>]) -> bool {
    let Match::Unique { candidate, .. } = &other.indicator_match else { return false };
    candidates.iter().any(|c| c.sector.id == candidate.sector.id && c.shares_parent(candidate))
}

/// Drops the matches of an indicator with a lower parent score than another row with values has.
fn drop_weaker_matches(rows: &mut [MatchedRow<'_, '_, '_>], block: &TableBlock) {
    let mut best: BTreeMap<(SectorId, IndicatorId), usize> = BTreeMap::new();
    let key = |candidate: &Candidate<'_>| (candidate.sector.id.clone(), candidate.decl.id.clone());
    for matched in rows.iter().filter(|matched| has_values(matched.row.cells, block)) {
        if let Match::Unique { candidate, parent_score } = matched.indicator_match {
            let most = best.entry(key(candidate)).or_default();
            *most = parent_score.max(*most);
        }
    }
    for matched in rows.iter_mut() {
        if let Match::Unique { candidate, parent_score } = matched.indicator_match
            && best.get(&key(candidate)).is_some_and(|most| parent_score < *most)
        {
            matched.indicator_match = Match::None;
        }
    }
}
