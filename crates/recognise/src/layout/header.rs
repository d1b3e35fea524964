//! Reads the columns of a table from its header band.
//!
//! Input: the rows of the band. Output: one column per heading, its parts joined from top to bottom. Not here: the body
//! of the table.

use super::column::ColumnRole;
use super::grid::{Grid, GridRow, cell_text};
use super::heading::HeadingLexicon;
use crate::layout::column::{SheetColumn, TradeSide};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::model::cell::MergedRange;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::lexicon;

/// Headings over several columns that add no meaning, folded.
const EMPTY_GROUPS: [&str; 5] = ["số liệu so sánh", "số liệu", "trong đó", "chia ra", "bao gồm"];

/// Returns the columns of the headings in `band`; sides are only kept if there are columns of volume and of worth.
pub(crate) fn read_columns(grid: &Grid<'_>, band: &[GridRow<'_>], headings: &HeadingLexicon) -> Vec<SheetColumn> {
    let mut columns: Vec<SheetColumn> =
        heading_parts(grid, band).into_iter().map(|(index, pieces)| read_column(index, &pieces, headings)).collect();
    let has = |side| columns.iter().any(|column| column.side == Some(side));
    if !(has(TradeSide::Volume) && has(TradeSide::Worth)) {
        columns.iter_mut().for_each(|column| column.side = None);
    }
    clear_crossed_roles(&mut columns);
    columns
}

/// Clears the roles of columns for indicators, if the columns name several: their values do not belong to the rows.
fn clear_crossed_roles(columns: &mut [SheetColumn]) {
    let subjects: BTreeSet<String> =
        columns.iter().filter_map(|column| Some(column.cross_indicator.as_ref()?.0.clone())).collect();
    for column in columns.iter_mut().filter(|column| subjects.len() > 1 && column.cross_indicator.is_some()) {
        column.role = ColumnRole::Unknown;
    }
}

/// Leaves each measure to one column; the others become `Repeated`.
///
/// The order of precedence: the column of the total, the heading that names the period, then a cumulative heading or
/// one whose parts name the measure together (columns of communes name it below their names), then the first column.
pub(crate) fn resolve_duplicates(columns: &mut [SheetColumn]) {
    for at in 0..columns.len() {
        let best = (0..columns.len())
            .filter(|other| is_same_value(&columns[*other], &columns[at]))
            .min_by_key(|other| (std::cmp::Reverse(columns[*other].priority), *other));
        if let Some(best) = best.filter(|best| *best != at) {
            columns[at].role = ColumnRole::Repeated(columns[best].index);
        }
    }
}

fn is_same_value(one: &SheetColumn, other: &SheetColumn) -> bool {
    one.side == other.side
        && match (&one.role, &other.role) {
            (ColumnRole::Value(one, _), ColumnRole::Value(other, _)) => one == other,
            (ColumnRole::Member(one, of), ColumnRole::Member(other, as_well)) => {
                one == other && is_same_role(of, as_well)
            }
            (one, other) => *one == ColumnRole::Plan && *other == ColumnRole::Plan,
        }
}

fn is_same_role(one: &ColumnRole, other: &ColumnRole) -> bool {
    match (one, other) {
        (ColumnRole::Value(one, _), ColumnRole::Value(other, _)) => one == other,
        (one, other) => one == other,
    }
}

/// Reads a stacked heading through the cache: bands are tried row by row, and forms repeat headings.
fn read_column(index: u32, parts: &[String], headings: &HeadingLexicon) -> SheetColumn {
    let read = || parse_heading(parts, headings);
    SheetColumn { index, ..headings.cached(parts, read) }
}

/// Reads a stacked heading: as that of a member, as a whole, else by its lowest part.
fn parse_heading(parts: &[String], headings: &HeadingLexicon) -> SheetColumn {
    let index = 0;
    let heading = parts.join(" ");
    let is_total = |piece: &String| lexicon::is_total(piece);
    let says_something = |piece: &&String| !EMPTY_GROUPS.contains(&fold(piece).as_str());
    let Some((lowest, upper)) = parts.split_last() else { return SheetColumn::unknown(index) };
    let group_parts: Vec<&str> =
        upper.iter().filter(says_something).filter(|p| !is_total(p)).map(String::as_str).collect();
    if let Some(role) = headings.member_role(parts) {
        return SheetColumn { heading, role, ..SheetColumn::unknown(index) };
    }
    // A group heading that names another time rules out the meaning of the lowest part.
    let may_stand_alone = headings.is_timeless(&group_parts.join(" "));
    let joined_role = headings.role(&[group_parts.as_slice(), &[lowest]].concat().join(" "));
    let is_joined = joined_role != ColumnRole::Unknown;
    let role = if is_joined || !may_stand_alone { joined_role } else { headings.role(lowest) };
    let claim = u8::from(is_joined)
        + u8::from(lexicon::is_cumulative(&heading))
        + 2 * u8::from(headings.names_period(&heading))
        + 4 * u8::from(upper.iter().any(is_total));
    let unit = match &role {
        ColumnRole::Value(measure, _) => headings.unit(measure).cloned(),
        _ => None,
    };
    let side =
        lexicon::is_trade_value(lowest).map(|is_worth| if is_worth { TradeSide::Worth } else { TradeSide::Volume });
    SheetColumn { index, role, priority: claim, unit, side, cross_indicator: headings.cross_indicator(parts), heading }
}

/// Returns the parts of each column's heading, from top to bottom.
fn heading_parts(grid: &Grid<'_>, band: &[GridRow<'_>]) -> BTreeMap<u32, Vec<String>> {
    let (Some(first), Some(last)) = (band.first(), band.last()) else { return BTreeMap::new() };
    let merges = grid.merges_in(first.index..last.index + 1);
    let mut columns: BTreeMap<u32, Vec<String>> =
        band.iter().flat_map(|row| &row.cells).map(|(col, _)| (*col, Vec::new())).collect();
    for (depth, row) in band.iter().enumerate() {
        let written: BTreeMap<u32, String> =
            columns.keys().map(|col| (*col, heading_part(grid, row, *col, &merges))).collect();
        let below = &band[depth + 1..];
        let mut group: Option<&String> = None;
        for (col, pieces) in &mut columns {
            let is_parent = below.iter().any(|row| row.cell(*col).is_some());
            let own = &written[col];
            if own.is_empty() && is_parent {
                pieces.extend(group.cloned());
            } else {
                group = Some(own).filter(|own| is_parent && !own.is_empty());
                if !own.is_empty() {
                    pieces.push(own.clone());
                }
            }
        }
    }
    columns
}

/// Returns the text of a cell of the band or of its merged area; the lower rows of an area are empty.
fn heading_part(grid: &Grid<'_>, row: &GridRow<'_>, col: u32, merges: &[MergedRange]) -> String {
    let inside =
        |m: &&MergedRange| (m.first.row..=m.last.row).contains(&row.index) && (m.first.col..=m.last.col).contains(&col);
    match merges.iter().find(inside) {
        Some(merge) if merge.first.row == row.index => {
            grid.cell(row.index, merge.first.col).map(cell_text).unwrap_or_default()
        }
        Some(_) => Cow::default(),
        None => row.text(col),
    }
    .into_owned()
}
