//! Finds unit words in a form that alone moved the numbers of rows by a thousand or a million.
//!
//! Input: the rows. Output: one warning for each sheet and pair of units. Not here: the conversion, which is right if the
//! unit word is.
//!
//! A form whose unit was edited without its numbers reads 3,314 "triệu đồng" where 3,314 tỷ was meant. A department
//! that really reports in another unit types other digits:
//!
//! - In a smaller unit, numbers are larger: what an office counts in tỷ is thousands of triệu. Numbers that are all less
//!   than one of the indicator's unit were typed in that unit; so were a few thousand to the last digit.
//! - In a larger unit, numbers have decimals or are small. Long whole numbers were typed in the indicator's unit.
//!
//! Other figures come before the digits: a plan or last year's number from elsewhere, the total or the parts of rows that
//! were not converted. If most rows of a sheet are plausible as converted, the unit is.

use super::Concern;
use super::level::Level;
use super::reported::{ReportedFigure, ReportedRow};
use super::sums;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::message::pluralise;
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::{Scale, Unit};
use tonghop_core::msg;
use tonghop_core::vi::format::quantity_message;
use tonghop_core::vi::unit;

/// How near a converted number must be to one that was not converted.
const NEAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);
/// How near a total must be to its parts.
const NEAR_SUM: Decimal = Decimal::from_parts(105, 0, 0, false, 2);
/// A whole number of this size in a larger unit was typed in the unit of the indicator.
const LONG: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
/// The same for a unit a million times larger, and for amounts declared in đồng, which are long anyway.
const LONG_IN_MILLIONS: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);
const LONG_IN_DONG: Decimal = Decimal::from_parts(100_000_000, 0, 0, false, 0);
/// The number of cells that one warning names.
const MAX_PLACES: usize = 100;

/// A sheet, the unit of its form and that of the indicators.
type SheetUnits = (FilePath, SheetName, Unit, Unit);

/// The converted figures of a row with their cells.
struct ConvertedRow<'r, 'd> {
    row: &'r ReportedRow<'d>,
    figures: Vec<(ReportedFigure<'d>, &'d Arc<Source>)>,
}

/// What the numbers of a row say of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Right,
    Possible,
    Doubtful,
}

/// Returns a warning for each sheet and pair of units of which most rows are doubtful as converted.
pub(super) fn check_stated_units<'d>(rows: &[ReportedRow<'d>]) -> Vec<Concern<'d>> {
    let mut sheets: BTreeMap<SheetUnits, Vec<ConvertedRow<'_, 'd>>> = BTreeMap::new();
    for row in rows {
        for entry in &row.figures {
            let Some((key, source)) = conversion(entry) else { continue };
            let of_sheet = sheets.entry(key).or_default();
            match of_sheet.last_mut().filter(|last| std::ptr::eq(last.row, row)) {
                Some(last) => last.figures.push((*entry, source)),
                None => of_sheet.push(ConvertedRow { row, figures: vec![(*entry, source)] }),
            }
        }
    }
    sheets.iter().filter_map(|(units, converted)| check_sheet(units, converted, rows)).collect()
}

/// Returns the sheet and the units of a figure that was converted because of a unit outside of its cell.
fn conversion<'d>(entry: &ReportedFigure<'d>) -> Option<(SheetUnits, &'d Arc<Source>)> {
    let typed = entry.as_stated();
    let Origin::Cell(source) = &typed.origin else { return None };
    let is_converted = typed.unit.scale != entry.figure.unit.scale && !entry.amount.is_zero();
    let says_unit = source.raw.contains(char::is_alphabetic);
    let units = (source.file.clone(), source.sheet.clone(), typed.unit.clone(), entry.figure.unit.clone());
    (is_converted && !says_unit).then_some((units, source))
}

fn check_sheet<'d>(
    units: &SheetUnits,
    converted: &[ConvertedRow<'_, 'd>],
    rows: &[ReportedRow<'d>],
) -> Option<Concern<'d>> {
    let verdicts: Vec<Verdict> = converted.iter().map(|row| row.verdict(rows)).collect();
    let count = |of: Verdict| verdicts.iter().filter(|verdict| **verdict == of).count();
    if count(Verdict::Doubtful) <= count(Verdict::Right) {
        return None;
    }
    let doubtful = converted.iter().zip(&verdicts).filter(|(_, verdict)| **verdict == Verdict::Doubtful);
    let mut figures: Vec<_> = doubtful.flat_map(|(row, _)| &row.figures).collect();
    figures.sort_by_key(|(_, source)| source.cell);
    let (first, _) = figures.first()?;
    let keys = figures.iter().map(|(entry, _)| entry.key).collect();
    let places = figures.iter().take(MAX_PLACES).map(|(_, source)| Place::from_source(source));
    Some(Concern { keys, diagnostic: diagnostic(units, first, figures.len(), places) })
}

impl<'d> ConvertedRow<'_, 'd> {
    fn verdict(&self, rows: &[ReportedRow<'d>]) -> Verdict {
        self.by_others().or_else(|| self.by_parts(rows)).unwrap_or_else(|| self.by_digits())
    }

    /// Compares with the figures of the row that were not converted: a plan or last year's number from elsewhere.
    fn by_others(&self) -> Option<Verdict> {
        let is_other = |entry: &&ReportedFigure<'d>| conversion(entry).is_none() && !entry.amount.is_zero();
        let others: Vec<&ReportedFigure<'d>> = self.row.figures.iter().filter(is_other).collect();
        let near = |level: fn(&ReportedFigure<'_>) -> Level| {
            let is_near =
                |entry: &ReportedFigure<'d>| others.iter().any(|other| level(entry).is_near(other.level, NEAR));
            self.figures.iter().any(|(entry, _)| is_near(entry))
        };
        decide(near(|entry| entry.level), near(|entry| Level::exact(typed_amount(entry))))
    }

    /// Compares the total of the row with parts, and a part with the total, if they were not converted alike.
    fn by_parts(&self, rows: &[ReportedRow<'d>]) -> Option<Verdict> {
        self.figures.iter().find_map(|(entry, _)| {
            let parts = sums::known_parts(self.row, rows, &entry.key.measure);
            let sum = sums::add_up(&parts).filter(|_| parts.iter().all(|part| conversion(part).is_none()))?;
            let near = |amount: Decimal| Level::exact(amount).is_near(Level::exact(sum), NEAR_SUM);
            decide(near(entry.amount), near(typed_amount(entry)))
        })
    }

    fn by_digits(&self) -> Verdict {
        let Some((first, _)) = self.figures.first() else { return Verdict::Possible };
        let (stated, declared) = (&first.as_stated().unit, &first.figure.unit);
        let typed: Vec<Decimal> = self.figures.iter().map(|(entry, _)| typed_amount(entry).abs()).collect();
        if stated.scale < declared.scale {
            in_smaller_unit(&typed, declared.scale.factor_to(stated.scale))
        } else {
            in_larger_unit(&typed, stated.scale.factor_to(declared.scale), declared)
        }
    }
}

/// Decides by two comparisons: of the converted and of the typed number.
fn decide(converted: bool, typed: bool) -> Option<Verdict> {
    match (converted, typed) {
        (true, _) => Some(Verdict::Right),
        (false, true) => Some(Verdict::Doubtful),
        (false, false) => None,
    }
}

fn typed_amount(entry: &ReportedFigure<'_>) -> Decimal {
    let typed: &Figure = entry.as_stated();
    typed.amount.known().unwrap_or_default()
}

fn in_smaller_unit(typed: &[Decimal], factor: Decimal) -> Verdict {
    let most = typed.iter().max().copied().unwrap_or_default();
    let is_round = |amount: &&Decimal| (**amount % (factor / Decimal::TEN)).is_zero();
    let round = typed.iter().filter(is_round).count();
    if most < factor {
        return Verdict::Doubtful;
    }
    let is_small = factor == Decimal::ONE_THOUSAND && most / factor < Decimal::ONE_THOUSAND;
    if is_small && round * 2 < typed.len() + usize::from(round == 0) { Verdict::Doubtful } else { Verdict::Right }
}

fn in_larger_unit(typed: &[Decimal], factor: Decimal, declared: &Unit) -> Verdict {
    let most = typed.iter().max().copied().unwrap_or_default();
    let is_dong = unit::is_money(declared) && declared.scale == Scale::ONE;
    let (long, is_fine) = match (factor == Decimal::ONE_THOUSAND, is_dong) {
        (true, false) => (LONG, most >= Decimal::ONE_THOUSAND),
        (true, true) => (LONG_IN_DONG, false),
        (false, _) => (LONG_IN_MILLIONS, false),
    };
    if typed.iter().any(|amount| !amount.fract().is_zero()) {
        Verdict::Right
    } else if most >= long || is_fine && typed.iter().any(|amount| !(amount % Decimal::TEN).is_zero()) {
        Verdict::Doubtful
    } else {
        Verdict::Possible
    }
}

fn diagnostic(
    (_, _, stated, declared): &SheetUnits,
    first: &ReportedFigure<'_>,
    count: usize,
    mut places: impl Iterator<Item = Place>,
) -> Diagnostic {
    let (label, measure) = (&first.decl.label, first.measure());
    let (typed, read) = (quantity_message(typed_amount(first), &stated.to_string()), first.shown());
    let message = msg!(
        "biểu ghi đơn vị tính \"{stated}\", của chỉ tiêu là \"{declared}\", nên {count} số được quy đổi, ví dụ \"{label}\" ({measure}): {typed} thành {read}; có thể chỉ đơn vị tính bị ghi nhầm",
        "the form has the unit \"{stated}\", the indicator \"{declared}\", so {counted} converted, for example \"{label}\" ({measure}): {typed} to {read}; possibly only the unit is wrong",
        stated = stated,
        declared = declared,
        measure = measure,
        typed = typed,
        read = read,
        counted = pluralise(count, "number")
    );
    let place = places.next().unwrap_or(Place::Project);
    places.fold(Diagnostic::new(Code::ScaleSuspected, place, message), Diagnostic::with_place).with_hint(msg!(
        "nếu các số này theo {declared} thì sửa đơn vị tính trong biểu; nếu đúng là {stated} thì giải trình",
        "if these numbers are in \"{declared}\", correct the unit in the form; if they really are in \"{stated}\", explain it",
        declared = declared,
        stated = stated
    ))
}
