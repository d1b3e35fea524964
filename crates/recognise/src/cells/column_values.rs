//! Reads the value of a row in a column: its measure, status and unit, and the outcome of its cell.
//!
//! Input: a row, a column and the indicator of the value. Output: a candidate observation, or a diagnostic. Not here:
//! which columns of a row are read.

use super::candidate::{MeasureCell, make_candidate};
use super::matched_rows::title_unit;
use super::sheet_result::{CandidateObservation, MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::caption::{has_note_mark, is_ratio_title};
use crate::layout::column::{ColumnRole, SheetColumn, TradeSide};
use crate::matching::index::Candidate;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::model::cell::{CellRef, RawValue};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{Measure, Qualifier, Status};
use tonghop_core::model::quantity::{Amount, Scale, Unit};
use tonghop_core::model::reading_log::{CellOutcome, ConvertedAmount, ReadingLog};
use tonghop_core::vi::{lexicon, unit};

/// Reads the value of a row in a column, and logs the outcome of its cell.
pub(super) fn read_value(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    column: &SheetColumn,
    matched: &MatchedRow<'_, '_, '_>,
    meaning: (&Candidate<'_>, usize),
    problems: &mut Vec<Diagnostic>,
    result: &mut SheetResult,
) {
    let Some(cell) = value_cell(context, block, column, matched, meaning) else {
        let SectorDecl { id, .. } = meaning.0.sector;
        let is_empty = column.side.is_none() && matched.row.cells.cell(column.index).is_none();
        if is_empty && column_measure(&column.role, meaning.0.sector).is_some_and(|(of, _)| of == Measure::Actual) {
            result.log.expect_at(CellRef::new(matched.row.cells.index, column.index), id, &meaning.0.decl.id);
        }
        return;
    };
    let before = problems.len();
    let candidate = make_candidate(context, &cell, problems);
    log_outcome(&cell, candidate.as_ref(), problems.split_at(before), &mut result.log);
    result.add_candidate(candidate);
}

/// Returns the value cell of a row in a column; of a pair of volume and worth, only the side that fits the unit.
fn value_cell<'c, 'a>(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    column: &'c SheetColumn,
    matched: &'c MatchedRow<'_, '_, '_>,
    (candidate, parents): (&'c Candidate<'a>, usize),
) -> Option<MeasureCell<'c, 'a>> {
    let (measure, of_column) = column_measure(&column.role, candidate.sector)?;
    let content = matched.row.cells.cell(column.index)?;
    let declared = column.unit.as_ref().unwrap_or(&candidate.decl.unit);
    // A rate of change belongs to the side that the unit of its indicator determines.
    let of_side = if *declared == Unit::percent() { &candidate.decl.unit } else { declared };
    if column.side.is_some_and(|side| (side == TradeSide::Worth) != unit::is_money(of_side)) {
        return None;
    }
    let (status, qualifier) = row_status(block, matched);
    let is_actual = measure == Measure::Actual;
    let status = status.filter(|_| is_actual).unwrap_or(of_column);
    let qualifier = qualifier.filter(|_| is_actual);
    let place = CellRef::new(matched.row.cells.index, column.index);
    let stated = find_stated_unit(context, block, column, matched, declared);
    let unit_place = matched.row.unit_cell.filter(|_| stated == matched.row.unit);
    let labels = (matched.row.label_text.as_str(), column.heading.as_str());
    Some(MeasureCell {
        candidate,
        cell_ref: place,
        labels,
        raw: content,
        measure,
        status,
        qualifier,
        expected_unit: declared,
        stated_unit: stated,
        unit_cell: unit_place,
        exactness: column.exactness,
        parent_score: parents,
        is_unlabelled: block.is_unlabelled(),
    })
}

/// Returns whether a problem is reported once per row: those of units are.
pub(super) fn is_reported_per_row(code: Code) -> bool {
    matches!(code, Code::UnitMismatch | Code::UnitConverted)
}

/// Logs the outcome of a value; `problems` are those of its row before it, and its own.
fn log_outcome(
    cell: &MeasureCell<'_, '_>,
    candidate: Option<&CandidateObservation>,
    problems: (&[Diagnostic], &[Diagnostic]),
    log: &mut ReadingLog,
) {
    let is_as_typed = |amount| match &cell.raw.value {
        RawValue::Number(number) => amount == Amount::Known(*number),
        _ => amount == Amount::NotApplicable,
    };
    match candidate {
        Some(candidate) if is_as_typed(candidate.figure.amount) => log.mark(cell.cell_ref, CellOutcome::Read),
        Some(CandidateObservation { figure, .. }) => {
            log.mark_converted(cell.cell_ref, ConvertedAmount { amount: figure.amount, unit: figure.unit.clone() });
        }
        None => match rejection_cell(problems) {
            Some(rejection) => {
                log.mark(cell.cell_ref, CellOutcome::Rejected(rejection));
                if cell.measure == Measure::Actual {
                    log.refuse_at(cell.cell_ref, &cell.candidate.sector.id, &cell.candidate.decl.id);
                }
            }
            None if cell.measure == Measure::Actual => {
                log.expect_at(cell.cell_ref, &cell.candidate.sector.id, &cell.candidate.decl.id);
            }
            None => {}
        },
    }
}

/// Returns the cell at which the rejection of a value is reported.
fn rejection_cell((before, own): (&[Diagnostic], &[Diagnostic])) -> Option<CellRef> {
    let own = own.last()?;
    let first = before.iter().find(|problem| is_reported_per_row(own.code) && problem.code == own.code);
    first.unwrap_or(own).cell()
}

/// Returns the measure of a column in a sector; a plan without a source is the sector's only plan.
pub(crate) fn column_measure(role: &ColumnRole, sector: &SectorDecl) -> Option<(Measure, Status)> {
    match (role, sector.targets.as_slice()) {
        (ColumnRole::Member(_, of), _) => column_measure(of, sector),
        (ColumnRole::Value(measure, status), _) => Some((measure.clone(), *status)),
        (ColumnRole::Plan, [only]) => Some((Measure::Target(only.clone()), Status::Final)),
        _ => None,
    }
}

/// Reads the status and the qualifier of the actual value from the status cell of the row.
fn row_status(block: &TableBlock, matched: &MatchedRow<'_, '_, '_>) -> (Option<Status>, Option<Qualifier>) {
    let Some(column) = block.columns.iter().find(|column| column.role == ColumnRole::Status) else {
        return (None, None);
    };
    let words = matched.row.cells.text(column.index);
    let status =
        lexicon::parse_estimate_status(&words).map(|estimate| if estimate { Status::Estimate } else { Status::Final });
    (status, lexicon::parse_qualifier(&words))
}

/// Returns the unit that the workbook states for a cell: of its row, a unit row above, its heading, its label, an
/// ancestor's label, or the whole table.
///
/// Percent in a heading overrides all others, as such a column has no amounts.
fn find_stated_unit(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    column: &SheetColumn,
    matched: &MatchedRow<'_, '_, '_>,
    declared: &Unit,
) -> Option<Unit> {
    let row = &matched.row;
    let fits = |unit: &&Unit| unit.has_same_base(declared);
    let of_heading = context.index.bracketed_unit(&column.heading).or_else(|| column.meaning.units.last().cloned());
    let units = if has_note_mark(&row.label_text) && !block.marked_units.is_empty() {
        &block.marked_units
    } else {
        &block.units
    };
    let of_table = || units.iter().find(fits).or(units.first()).cloned();
    if column.unit.is_some() {
        return of_heading.or_else(|| units.iter().find(fits).cloned());
    }
    let of_label = |text: &str| context.index.split_unit(text).map(|(_, unit)| unit);
    let of_own_label = of_label(&row.label_key);
    // No amount is under the title of an index, nor a total under that of another unit.
    let excludes = |unit: &Unit| !unit.has_same_base(declared) && !declared.base.is_empty();
    let is_strict = |unit: &Unit| is_ratio(unit) != is_ratio(declared) || lexicon::is_total(&row.label_key);
    let of_title = title_unit(context.index, row).filter(|unit| excludes(unit) && is_strict(unit));
    let above = || row.ancestors.iter().rev().find_map(|above| of_label(&above.label)).filter(|unit| fits(&unit));
    let of_ratio = || block.titles.iter().any(|title| is_ratio_title(title)).then(Unit::percent);
    let of_ratio = || of_ratio().filter(|_| !declared.base.is_empty() && !is_ratio(declared));
    if let Some(of_row) = &row.unit {
        let differs = |other: &&Unit| of_row.has_same_base(other) && of_row.scale != other.scale;
        if let Some(other) = of_heading.iter().chain(&of_own_label).find(differs) {
            return Some(contradictory_unit(of_row, other));
        }
    }
    let percent = of_heading.clone().filter(|unit| *unit == Unit::percent());
    percent
        .or_else(|| row.unit.clone())
        .or_else(|| row.units_above.unit_of(column.index).cloned())
        .or_else(|| of_title.filter(|_| of_own_label.is_none()))
        .or(of_heading)
        .or(of_own_label)
        .or_else(above)
        .or_else(of_table)
        .or_else(of_ratio)
}

/// Returns a unit that is none: the row and the heading state different scales, and nothing says which one is right.
fn contradictory_unit(one: &Unit, other: &Unit) -> Unit {
    let label: Arc<str> = format!("{one}; {other}").into();
    Unit { scale: Scale::ONE, base: Arc::clone(&label), label }
}

/// Returns whether a unit is that of a rate or an index.
fn is_ratio(unit: &Unit) -> bool {
    matches!(&*unit.base, "%" | "‰" | "lần" | "điểm")
}
