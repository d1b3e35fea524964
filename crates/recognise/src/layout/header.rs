//! Reads the columns of a table from its header band.
//!
//! Input: the rows of the band. Output: one column per heading, its parts joined from top to bottom. Not here: the body
//! of the table.

use super::column::ColumnRole;
use super::grid::{Grid, GridRow, cell_text};
use super::heading::{HeadingLexicon, HeadingReading};
use crate::layout::column::{Exactness, SheetColumn, TradeSide};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use tonghop_core::model::cell::MergedRange;
use tonghop_core::vi::lexicon;

/// Returns the columns of the headings in `band`; sides are only kept if there are columns of volume and of worth.
pub(crate) fn read_columns(grid: &Grid<'_>, band: &[GridRow<'_>], headings: &HeadingLexicon) -> Vec<SheetColumn> {
    let mut columns: Vec<SheetColumn> =
        heading_parts(grid, band).into_iter().map(|(index, pieces)| read_column(index, &pieces, headings)).collect();
    columns.iter_mut().for_each(|column| column.is_hidden = grid.sheet.hidden_ranges.contains_column(column.index));
    let has = |side| columns.iter().any(|column| column.side == Some(side));
    if !(has(TradeSide::Volume) && has(TradeSide::Worth)) {
        columns.iter_mut().for_each(|column| column.side = None);
    }
    prefer_declared_label(&mut columns);
    columns
}

/// Ignores the other label columns beside one that the settings declare.
fn prefer_declared_label(columns: &mut [SheetColumn]) {
    let is_declared = |column: &SheetColumn| column.exactness >= Exactness::Declared;
    let is_label = |column: &SheetColumn| column.role == ColumnRole::Label;
    if !columns.iter().any(|column| is_label(column) && is_declared(column)) {
        return;
    }
    for column in columns.iter_mut().filter(|column| is_label(column) && !is_declared(column)) {
        column.role = ColumnRole::Ignored;
    }
}

/// Leaves each measure to the column whose heading says it most clearly; where two say it equally well, none has it.
///
/// A visible column comes before a hidden one, whatever their headings.
pub(crate) fn resolve_duplicates(columns: &mut [SheetColumn]) {
    let rank = |column: &SheetColumn| (!column.is_hidden, column.priority);
    let roles: Vec<Option<ColumnRole>> = (0..columns.len())
        .map(|at| {
            let rivals = || (0..columns.len()).filter(move |other| *other != at);
            let same = rivals().filter(|other| is_same_value(&columns[*other], &columns[at]));
            let best = same.max_by_key(|other| (rank(&columns[*other]), std::cmp::Reverse(*other)))?;
            let index = columns[best].index;
            match rank(&columns[best]).cmp(&rank(&columns[at])) {
                Ordering::Greater => Some(ColumnRole::Repeated(index)),
                Ordering::Equal => Some(ColumnRole::Contested(index)),
                Ordering::Less => None,
            }
        })
        .collect();
    for (column, role) in columns.iter_mut().zip(roles) {
        column.role = role.unwrap_or_else(|| column.role.clone());
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
fn read_column(index: u32, pieces: &[String], headings: &HeadingLexicon) -> SheetColumn {
    let read = || parse_heading(pieces, headings);
    SheetColumn { index, ..headings.cached(pieces, read) }
}

/// Reads a stacked heading: as declared, as that of a member, else by the words of the language.
fn parse_heading(pieces: &[String], headings: &HeadingLexicon) -> SheetColumn {
    let side = pieces.last().and_then(|lowest| lexicon::is_trade_value(lowest));
    let whole = headings.read(pieces);
    let is_declared = whole.exactness >= Exactness::Declared;
    let other = || headings.member_role(pieces).or_else(|| beside_side(pieces, side, headings));
    let reading = Some(&whole).filter(|_| is_declared).cloned().or_else(other).unwrap_or(whole);
    let cross_indicator = match reading.role {
        ColumnRole::Unknown => headings.cross_indicator(pieces),
        _ => None,
    };
    let unit = match &reading.role {
        ColumnRole::Value(measure, _) => headings.unit(measure).cloned(),
        _ => None,
    };
    SheetColumn {
        heading: pieces.join(" "),
        exactness: reading.exactness,
        priority: priority(&reading, headings),
        unit,
        side: side.map(|is_worth| if is_worth { TradeSide::Worth } else { TradeSide::Volume }),
        cross_indicator,
        stated_role: reading.role.clone(),
        role: reading.role,
        meaning: reading.meaning,
        doubt: reading.doubt,
        ..SheetColumn::unknown(0)
    }
}

/// Reads the pieces above "Lượng" or "Trị giá".
fn beside_side(pieces: &[String], side: Option<bool>, headings: &HeadingLexicon) -> Option<HeadingReading> {
    let (_, upper) = pieces.split_last().filter(|(_, upper)| side.is_some() && !upper.is_empty())?;
    Some(headings.read(upper)).filter(|reading| reading.role != ColumnRole::Unknown)
}

/// Returns how clearly a heading says its role: as declared, of the whole, with its period, as cumulative.
fn priority(reading: &HeadingReading, headings: &HeadingLexicon) -> u8 {
    let exactness = match reading.exactness {
        Exactness::None | Exactness::Understood => 0,
        Exactness::Declared => 1,
        Exactness::Equal => 2,
    };
    let names_period = headings.names_period(&reading.meaning);
    let is_cumulative = reading.meaning.is_cumulative == Some(true);
    8 * exactness + 4 * u8::from(reading.meaning.is_total) + 2 * u8::from(names_period) + u8::from(is_cumulative)
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
