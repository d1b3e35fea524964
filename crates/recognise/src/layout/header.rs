//! Reads the columns of a table from its header band.
//!
//! Input: the rows of the band. Output: one column per heading, its parts joined from top to bottom. Not here: the body
//! of the table.

use super::column::Role;
use super::grid::{Grid, GridRow, words};
use super::heading::Headings;
use crate::layout::column::{Column, Side};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::model::cell::Merge;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::lexicon;

/// Headings over several columns that add no meaning, folded.
const EMPTY_GROUPS: [&str; 5] = ["số liệu so sánh", "số liệu", "trong đó", "chia ra", "bao gồm"];

/// Returns the columns of the headings in `band`; sides are only kept if there are columns of volume and of worth.
pub(crate) fn columns(grid: &Grid<'_>, band: &[GridRow<'_>], headings: &Headings) -> Vec<Column> {
    let mut columns: Vec<Column> =
        pieces(grid, band).into_iter().map(|(index, pieces)| column(index, &pieces, headings)).collect();
    let has = |side| columns.iter().any(|column| column.side == Some(side));
    if !(has(Side::Volume) && has(Side::Worth)) {
        columns.iter_mut().for_each(|column| column.side = None);
    }
    leave_to_crossed(&mut columns);
    columns
}

/// Clears the roles of columns for indicators, if the columns name several: their values do not belong to the rows.
fn leave_to_crossed(columns: &mut [Column]) {
    let subjects: BTreeSet<String> =
        columns.iter().filter_map(|column| Some(column.crossed.as_ref()?.0.clone())).collect();
    for column in columns.iter_mut().filter(|column| subjects.len() > 1 && column.crossed.is_some()) {
        column.role = Role::Unknown;
    }
}

/// Leaves each measure to one column; the others become `Repeated`.
///
/// The order of precedence: the column of the total, the heading that names the period, then a cumulative heading or
/// one whose parts name the measure together (columns of communes name it below their names), then the first column.
pub(crate) fn settle(columns: &mut [Column]) {
    for at in 0..columns.len() {
        let best = (0..columns.len())
            .filter(|other| is_same_value(&columns[*other], &columns[at]))
            .min_by_key(|other| (std::cmp::Reverse(columns[*other].claim), *other));
        if let Some(best) = best.filter(|best| *best != at) {
            columns[at].role = Role::Repeated(columns[best].index);
        }
    }
}

fn is_same_value(one: &Column, other: &Column) -> bool {
    one.side == other.side
        && match (&one.role, &other.role) {
            (Role::Value(one, _), Role::Value(other, _)) => one == other,
            (Role::Member(one, of), Role::Member(other, as_well)) => one == other && is_same_role(of, as_well),
            (one, other) => *one == Role::Plan && *other == Role::Plan,
        }
}

fn is_same_role(one: &Role, other: &Role) -> bool {
    match (one, other) {
        (Role::Value(one, _), Role::Value(other, _)) => one == other,
        (one, other) => one == other,
    }
}

/// Reads a stacked heading through the cache: bands are tried row by row, and forms repeat headings.
fn column(index: u32, pieces: &[String], headings: &Headings) -> Column {
    let read = || read(pieces, headings);
    Column { index, ..headings.remembered(pieces, read) }
}

/// Reads a stacked heading: as that of a member, as a whole, else by its lowest part.
fn read(pieces: &[String], headings: &Headings) -> Column {
    let index = 0;
    let heading = pieces.join(" ");
    let is_total = |piece: &String| lexicon::is_total(piece);
    let says_something = |piece: &&String| !EMPTY_GROUPS.contains(&fold(piece).as_str());
    let Some((lowest, upper)) = pieces.split_last() else { return Column::unknown(index) };
    let telling: Vec<&str> = upper.iter().filter(says_something).filter(|p| !is_total(p)).map(String::as_str).collect();
    if let Some(role) = headings.member(pieces) {
        return Column { heading, role, ..Column::unknown(index) };
    }
    // A group heading that names another time rules out the meaning of the lowest part.
    let may_stand_alone = headings.is_timeless(&telling.join(" "));
    let whole = headings.role(&[telling.as_slice(), &[lowest]].concat().join(" "));
    let is_whole = whole != Role::Unknown;
    let role = if is_whole || !may_stand_alone { whole } else { headings.role(lowest) };
    let claim = u8::from(is_whole)
        + u8::from(lexicon::is_cumulative(&heading))
        + 2 * u8::from(headings.names_period(&heading))
        + 4 * u8::from(upper.iter().any(is_total));
    let unit = match &role {
        Role::Value(measure, _) => headings.unit(measure).cloned(),
        _ => None,
    };
    let side = lexicon::side(lowest).map(|is_worth| if is_worth { Side::Worth } else { Side::Volume });
    Column { index, role, claim, unit, side, crossed: headings.crossed(pieces), heading }
}

/// Returns the parts of each column's heading, from top to bottom.
fn pieces(grid: &Grid<'_>, band: &[GridRow<'_>]) -> BTreeMap<u32, Vec<String>> {
    let (Some(first), Some(last)) = (band.first(), band.last()) else { return BTreeMap::new() };
    let merges = grid.merges(first.at..last.at + 1);
    let mut columns: BTreeMap<u32, Vec<String>> =
        band.iter().flat_map(|row| &row.cells).map(|(col, _)| (*col, Vec::new())).collect();
    for (depth, row) in band.iter().enumerate() {
        let written: BTreeMap<u32, String> =
            columns.keys().map(|col| (*col, piece(grid, row, *col, &merges))).collect();
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
fn piece(grid: &Grid<'_>, row: &GridRow<'_>, col: u32, merges: &[Merge]) -> String {
    let inside = |m: &&Merge| (m.first.row..=m.last.row).contains(&row.at) && (m.first.col..=m.last.col).contains(&col);
    match merges.iter().find(inside) {
        Some(merge) if merge.first.row == row.at => grid.cell(row.at, merge.first.col).map(words).unwrap_or_default(),
        Some(_) => Cow::default(),
        None => row.words(col),
    }
    .into_owned()
}
