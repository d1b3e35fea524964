//! Reads the numbers of a row as observations of the indicator that the row matches.
//!
//! Input: a matched row. Output: candidate observations, and a diagnostic for each cell that has none. Not here:
//! choosing between two cells for the same measure.

use super::column_values::{is_reported_per_row, read_value};
use super::crossed::CrossedTable;
use super::recognised_row;
use super::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::column::ColumnRole;
use crate::layout::label_cells::has_numbers;
use crate::matching::index::{Candidate, Match};
use tonghop_core::diag::Diagnostic;
use tonghop_core::vi::unit;

/// Reads the values of a row; returns `false` if it has numbers that belong to no indicator.
pub(crate) fn read(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    crossed: &CrossedTable,
    matched: &MatchedRow<'_, '_, '_>,
    result: &mut SheetResult,
) -> bool {
    if matched.row.is_unit_row || crossed.read(context, block, matched, result) {
        return true;
    }
    match &matched.indicator_match {
        Match::Unique { candidate, parent_score } => {
            result.is_recognised = true;
            result.rows.push(recognised_row::recognised_row(context, block, matched));
            read_known_row(context, block, matched, (candidate, *parent_score), result);
        }
        Match::Ambiguous(both) if is_volume_and_worth(block, both) => {
            result.is_recognised = true;
            result.rows.push(recognised_row::recognised_row(context, block, matched));
            both.iter().for_each(|candidate| read_known_row(context, block, matched, (candidate, 1), result));
        }
        unknown if has_numbers(matched.row.cells, block) || crossed.has_numbers(matched) => {
            // The table is one of the department, even if none of its rows can be read.
            result.is_recognised |= matches!(unknown, Match::OneOfSeveral(_) | Match::OtherScope(..));
            result.rows.push(recognised_row::recognised_row(context, block, matched));
            return false;
        }
        _ => {}
    }
    true
}

/// Returns whether two indicators with one label are a volume and its worth, in a table with columns for both.
fn is_volume_and_worth(block: &TableBlock, both: &[&Candidate<'_>]) -> bool {
    let is_worth = |candidate: &Candidate<'_>| unit::is_money(&candidate.decl.unit);
    let sided = block.columns.iter().any(|column| column.side.is_some());
    sided && matches!(both, [one, other] if is_worth(one) != is_worth(other))
}

fn read_known_row(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    matched: &MatchedRow<'_, '_, '_>,
    of_row: (&Candidate<'_>, usize),
    result: &mut SheetResult,
) {
    let mut problems: Vec<Diagnostic> = Vec::new();
    for column in block.columns.iter().filter(|column| column.role.is_value()) {
        let Some(candidate) = column_candidate(context, &column.role, of_row.0) else { continue };
        read_value(context, block, column, matched, (candidate, of_row.1), &mut problems, result);
    }
    // A problem of the unit applies to the whole row and is reported once.
    let mut reported = Vec::new();
    problems.retain(|problem| {
        let is_repeated = is_reported_per_row(problem.code) && reported.contains(&problem.code);
        reported.push(problem.code);
        !is_repeated
    });
    result.diagnostics.append(&mut problems);
}

/// Returns the indicator of the values of a column: that of the row, or a member of its breakdown.
fn column_candidate<'i>(
    context: &'i SheetContext<'_, '_>,
    role: &ColumnRole,
    candidate: &'i Candidate<'i>,
) -> Option<&'i Candidate<'i>> {
    match role {
        ColumnRole::Member(label, ..) => context.index.find_member(candidate, label),
        _ => Some(candidate),
    }
}
