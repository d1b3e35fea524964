//! Compares a department's own columns of attainment and change with what follows from its numbers.
//!
//! Input: the rows of a table with the figures that they gave. Output: one diagnostic per column whose percentages differ.
//! Not here: percentages that are read as figures; which of the numbers is right.
//!
//! Such a column is never read, but a difference shows that one of its operands, or the percentage, is wrong. What the
//! heading does not settle counts for the department: an index of 111 % and a growth of 11 % are the same, and so are all
//! plans and results of the row that the heading may mean.

use super::sheet_result::{CandidateObservation, MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::cell_reading::{self, CellReading};
use crate::layout::column::{ColumnRole, Exactness, SheetColumn};
use crate::layout::declared_heading::is_needed_period;
use crate::layout::value::CellAmount;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::message::pluralise;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::Unit;
use tonghop_core::model::stated_period::StatedPeriod;
use tonghop_core::msg;
use tonghop_core::vi::fold::fold;
use tonghop_core::vi::format::{exact_message, quantity_message};
use tonghop_core::vi::heading::{Base, BaseKind, HeadingMeaning};
use tonghop_core::vi::terms::{HeadingKind, StatedMeasure};
use tonghop_core::vi::unit;

/// Differences up to this many percentage points are never reported: percentages are often computed from unrounded numbers.
const MIN_TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
/// The most cells of a column that a diagnostic names.
const MAX_CELLS: usize = 5;

/// A column of percentages.
struct PercentColumn<'c> {
    column: &'c SheetColumn,
    /// What the percentages compare with; `None` for the plan or last year, as the row has them.
    base: Option<BaseKind>,
    /// Whether the heading speaks of the change, not of the index.
    is_change: bool,
    /// Whether the heading speaks of decreases only, whose numbers have no sign.
    is_decrease: bool,
    /// Whether the heading says that the numbers are percentages.
    says_percent: bool,
}

/// The figures of one row.
struct RowFigures<'r> {
    actual: &'r CandidateObservation,
    /// Other numbers of the row that the numerator may be: the result of another period, which is not read.
    others: Vec<Decimal>,
    targets: Vec<&'r CandidateObservation>,
    last_year: Option<&'r CandidateObservation>,
}

/// A percentage that does not follow from its operands.
struct Mismatch<'r> {
    cell: CellRef,
    label: &'r str,
    written: Decimal,
    computed: Decimal,
    operands: [&'r CandidateObservation; 2],
}

/// Returns a diagnostic for each column of percentages that differ from the figures of their rows.
pub(crate) fn diagnose(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    rows: &[MatchedRow<'_, '_, '_>],
    result: &SheetResult,
) -> Vec<Diagnostic> {
    let report = context.headings.report_period();
    let columns: Vec<PercentColumn<'_>> =
        block.columns.iter().filter_map(|column| percent_column(column, report)).collect();
    // Fast path: most tables have none.
    if columns.is_empty() {
        return Vec::new();
    }
    let mut of_rows: BTreeMap<u32, Vec<&CandidateObservation>> = BTreeMap::new();
    for candidate in &result.candidates {
        of_rows.entry(candidate.source.cell.row).or_default().push(candidate);
    }
    let of_column = |percents: &PercentColumn<'_>| {
        let mismatches: Vec<Mismatch<'_>> = rows
            .iter()
            .filter_map(|row| {
                let figures = row_figures(context, block, percents, row, of_rows.get(&row.row.cells.index)?)?;
                find_mismatch(context, block, percents, row, &figures)
            })
            .collect();
        diagnostic(context, percents, &mismatches)
    };
    columns.iter().filter_map(of_column).collect()
}

/// Returns what a column of percentages compares; `None` for another column.
fn percent_column(column: &SheetColumn, report: Period) -> Option<PercentColumn<'_>> {
    use StatedMeasure::{Actual, Disbursed, Estimate, Preliminary, Target};
    let meaning = &column.meaning;
    let is_of_plan = meaning.base.is_some_and(|base| base.kind == BaseKind::Target);
    let is_of_result = match meaning.measure {
        None | Some(Actual | Disbursed | Estimate | Preliminary) => true,
        // "So với KH tỉnh giao": the last word is of the base; "% KH": the plan is the base.
        Some(Target) => is_of_plan || meaning.base.is_none(),
        Some(_) => false,
    };
    let is_of_period = meaning.period.is_none_or(|stated| {
        is_needed_period(&Measure::Actual, stated, report) || stated.is_year(report.year(), report)
    });
    // What the office declares as ignored is not looked at.
    let is_known = column.role == ColumnRole::Ignored && column.exactness == Exactness::Understood;
    let is_percent = matches!(meaning.kind, HeadingKind::Percent | HeadingKind::Index);
    if !(is_known && is_percent && is_of_result && is_of_period) || meaning.is_contradictory {
        return None;
    }
    let words = heading_words(&column.heading);
    let has = |word: &str| words.contains(&format!(" {word} "));
    let (rises, falls) = (has("tăng"), has("giảm"));
    let base = compared_base(meaning, &words, report)?;
    Some(PercentColumn {
        column,
        base,
        is_change: rises || falls || has("tốc độ"),
        is_decrease: falls && !rises,
        says_percent: column.heading.contains('%') || has("phần trăm") || has("tỷ lệ"),
    })
}

/// Returns what a heading compares with, `Some(None)` if it leaves open whether it is the plan or last year; `None` if it
/// is something else.
fn compared_base(meaning: &HeadingMeaning, words: &str, report: Period) -> Option<Option<BaseKind>> {
    let has = |word: &str| words.contains(&format!(" {word} "));
    let is_known = meaning.leftover.is_empty();
    match meaning.base {
        Some(Base { kind: BaseKind::Target, period }) => {
            period.is_none_or(|stated| stated.is_year(report.year(), report)).then_some(Some(BaseKind::Target))
        }
        Some(Base { kind: BaseKind::LastYear, period }) => period
            .is_none_or(|stated| is_needed_period(&Measure::LastYear, stated, report))
            .then_some(Some(BaseKind::LastYear)),
        // "TH/CK 2023": the year alone is that of the same months.
        Some(Base { kind: BaseKind::Other, period }) if has("ck") || has("cùng kỳ") => {
            let is_last_year = |stated: StatedPeriod| stated.given_year() == Some(report.year_before().year());
            (is_known && period.is_none_or(is_last_year)).then_some(Some(BaseKind::LastYear))
        }
        // "Tăng, giảm (%)" alone is usually the change on last year.
        Some(Base { kind: BaseKind::Other, period: None }) if has("tăng") || has("giảm") => is_known.then_some(None),
        None if is_known => {
            let is_plan = meaning.measure == Some(StatedMeasure::Target);
            let is_result = meaning.measure.is_some() && has("tỷ lệ");
            let is_reached = has("đạt") || has("hoàn thành");
            (is_plan || is_result || is_reached).then_some(Some(BaseKind::Target))
        }
        _ => None,
    }
}

/// Returns the folded words of a heading, each between blanks.
fn heading_words(heading: &str) -> String {
    let folded = fold(heading);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Returns the figures of a row that a percentage may be of; `None` if there are too few, or several results.
fn row_figures<'r>(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    percents: &PercentColumn<'_>,
    row: &MatchedRow<'_, '_, '_>,
    of_row: &[&'r CandidateObservation],
) -> Option<RowFigures<'r>> {
    let column_of = |one: &CandidateObservation| block.columns.iter().find(|c| c.index == one.source.cell.col);
    let is_of_column = |one: &&&CandidateObservation| {
        let is_known = one.figure.amount.known().is_some();
        is_known
            && column_of(one).is_some_and(|column| {
                column.side == percents.column.side && matches!(column.role, ColumnRole::Value(..) | ColumnRole::Plan)
            })
    };
    let of_measure = |wanted: &dyn Fn(&Measure) -> bool| -> Vec<&'r CandidateObservation> {
        of_row.iter().filter(is_of_column).filter(|one| wanted(&one.key.measure)).copied().collect()
    };
    let actual = of_measure(&|measure| *measure == Measure::Actual);
    let last_year = of_measure(&|measure| *measure == Measure::LastYear);
    let ([actual], [] | [_]) = (actual.as_slice(), last_year.as_slice()) else { return None };
    let is_other_result = |column: &&SheetColumn| {
        column.role.is_unread() && column.meaning.kind == HeadingKind::Value && column.side == percents.column.side
    };
    let numbers = block.columns.iter().filter(is_other_result).filter_map(|column| {
        let cell = row.row.cells.cell(column.index)?;
        known_number(&cell_reading::read_cell(cell, context.convention, &actual.figure.unit))
    });
    Some(RowFigures {
        actual,
        others: numbers.collect(),
        targets: meant_plans(block, percents, of_measure(&|measure| matches!(measure, Measure::Target(_)))),
        last_year: last_year.first().copied(),
    })
}

/// Returns the plans that a heading may mean: those whose own words it repeats, else all.
fn meant_plans<'r>(
    block: &TableBlock,
    percents: &PercentColumn<'_>,
    plans: Vec<&'r CandidateObservation>,
) -> Vec<&'r CandidateObservation> {
    let words = fold(&percents.column.heading);
    let setter = |plan: &CandidateObservation| {
        let column = block.columns.iter().find(|column| column.index == plan.source.cell.col)?;
        column.meaning.setter.clone()
    };
    let named: Vec<_> =
        plans.iter().filter(|plan| setter(plan).is_some_and(|name| words.contains(&name))).copied().collect();
    if named.len() == 1 { named } else { plans }
}

fn known_number(reading: &CellReading) -> Option<Decimal> {
    match reading.amount {
        CellAmount::Number(number) | CellAmount::TextNumber(number) => Some(number),
        _ => None,
    }
}

/// Returns the percentage of a row if it is none of those that its figures give.
fn find_mismatch<'r>(
    context: &SheetContext<'_, '_>,
    block: &TableBlock,
    percents: &PercentColumn<'_>,
    row: &'r MatchedRow<'_, '_, '_>,
    figures: &RowFigures<'r>,
) -> Option<Mismatch<'r>> {
    let cell = row.row.cells.cell(percents.column.index)?;
    let reading = cell_reading::read_cell(cell, context.convention, &Unit::percent());
    let written = known_number(&reading)?;
    if reading.stated.as_ref().is_some_and(|stated| *stated.base != *"%") || block.is_unlabelled() {
        return None;
    }
    let bases = || {
        let of_plan = figures.targets.iter().copied().filter(|_| percents.base != Some(BaseKind::LastYear));
        let of_last_year = figures.last_year.into_iter().filter(|_| percents.base != Some(BaseKind::Target));
        // Without a stated base, last year comes first.
        of_last_year.chain(of_plan)
    };
    // A change whose base is not stated is reported only where last year is there.
    let is_base_clear = percents.base.is_some() || figures.last_year.is_some();
    let base = bases().next().filter(|_| is_base_clear)?;
    let actual = figures.actual.figure.amount.known()?;
    let is_explained = bases().any(|base| {
        let slack = relative_slack(figures.actual) + relative_slack(base);
        base.figure.amount.known().is_none_or(|of_base| {
            let numerators = figures.others.iter().copied().chain([actual]);
            of_base <= Decimal::ZERO
                || numerators.into_iter().any(|number| fits(percents, written, (number, of_base), slack, base))
        })
    });
    if is_explained {
        return None;
    }
    let index = percent(actual, base.figure.amount.known()?)?;
    let computed = if percents.is_change { index - Decimal::ONE_HUNDRED } else { index };
    Some(Mismatch {
        cell: CellRef::new(row.row.cells.index, percents.column.index),
        label: &figures.actual.label,
        written,
        computed: computed.round_dp(1),
        operands: [figures.actual, base],
    })
}

/// Returns whether a percentage follows from a numerator and a base, by any reading that the heading allows.
fn fits(
    percents: &PercentColumn<'_>,
    written: Decimal,
    (number, base): (Decimal, Decimal),
    slack: Decimal,
    of_base: &CandidateObservation,
) -> bool {
    let Some(index) = percent(number, base) else { return true };
    let tolerance = |decimals: u32| {
        let last_place = Decimal::new(1, decimals.min(28));
        last_place.max(MIN_TOLERANCE) + index.checked_mul(slack).unwrap_or(Decimal::MAX).min(Decimal::ONE_HUNDRED)
    };
    let decimals = written.normalize().scale();
    let change = index - Decimal::ONE_HUNDRED;
    let is_at = |one: Decimal, other: Decimal, tolerance: Decimal| (one - other).abs() <= tolerance;
    let is_percent = |written: Decimal, decimals: u32| {
        [index, change].iter().any(|computed| is_at(written, *computed, tolerance(decimals)))
            || percents.is_decrease && is_at(written, -change, tolerance(decimals))
    };
    let is_rate = of_base.figure.unit.is_rate();
    let is_difference = || {
        let tolerance = Decimal::new(1, decimals.min(28)).max(MIN_TOLERANCE);
        is_at(written, number - base, tolerance) || percents.is_decrease && is_at(written, base - number, tolerance)
    };
    let is_fraction =
        || written.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|w| is_percent(w, decimals.saturating_sub(2)));
    is_percent(written, decimals)
        || (is_rate || !percents.says_percent) && is_difference()
        || !percents.says_percent && is_fraction()
}

fn percent(number: Decimal, base: Decimal) -> Option<Decimal> {
    number.checked_div(base)?.checked_mul(Decimal::ONE_HUNDRED)
}

/// Returns by which part of itself a number may be rounded, as its decimals show; counts are exact.
fn relative_slack(candidate: &CandidateObservation) -> Decimal {
    let Some(number) = candidate.figure.amount.known().filter(|_| !unit::is_count(&candidate.figure.unit)) else {
        return Decimal::ZERO;
    };
    let typed = candidate.source.raw.parse::<Decimal>().unwrap_or(number).normalize();
    Decimal::new(5, (typed.scale() + 1).min(28)).checked_div(typed.abs()).unwrap_or_default()
}

/// Returns the diagnostic of a column with all its differences.
fn diagnostic(
    context: &SheetContext<'_, '_>,
    percents: &PercentColumn<'_>,
    mismatches: &[Mismatch<'_>],
) -> Option<Diagnostic> {
    let (first, others) = mismatches.split_first()?;
    let [actual, base] = first.operands.map(|one| {
        let number = one.figure.amount.known().unwrap_or_default();
        (quantity_message(number, &one.figure.unit.label), one.source.cell)
    });
    let more = match others.len() {
        0 => Message::verbatim(""),
        count => msg!(
            "; cột này còn {count} ô khác như vậy",
            "; {others} of this column like it",
            others = pluralise(count, "further cell")
        ),
    };
    let message = msg!(
        "\"{label}\": cột \"{heading}\" ghi {written}%, nhưng theo {actual} ({actual_cell}) và {base} ({base_cell}) thì là {computed}%{more}",
        "\"{label}\": the column \"{heading}\" says {written}%, but {actual} ({actual_cell}) and {base} ({base_cell}) give {computed}%{more}",
        label = first.label,
        heading = percents.column.heading,
        written = exact_message(first.written),
        computed = exact_message(first.computed),
        actual = actual.0,
        actual_cell = actual.1,
        base = base.0,
        base_cell = base.1,
        more = more
    );
    let hint = Message::new(
        "kiểm tra tỷ lệ và hai số liệu được nêu, sửa ô chưa đúng; báo cáo tính tỷ lệ từ số liệu, không dùng cột này",
        "check the percentage and the two numbers and correct the wrong cell; the report computes percentages itself",
    );
    let problem = context.problem(Code::PercentDiffers, first.cell, message).with_hint(hint);
    let further = others.iter().map(|mismatch| mismatch.cell).take(MAX_CELLS - 1);
    Some(context.with_cells(problem, further.chain([actual.1, base.1])))
}
