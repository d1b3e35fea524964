//! Finds a number with three decimals among whole ones: 68.475, where 68,475 was typed in an English Excel.
//!
//! Input: the rows. Output: a warning for each such number. Not here: numbers that plan, last year or total show to be
//! wrong.
//!
//! The number alone may be right, so the sheet must speak against it: all its other numbers of the unit are whole, the
//! number is less than any of them, and the reading without the point is among them.

use super::Concern;
use super::reported::{ReportedFigure, ReportedRow};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::figure::Origin;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::quantity::Scale;
use tonghop_core::msg;

/// The number of decimals that a thousands group leaves.
const GROUP: u32 = 3;
/// Fewer whole numbers show no custom of the sheet.
const MIN_WHOLE_NUMBERS: usize = 4;

/// A sheet and a unit.
type SheetUnit = (FilePath, SheetName, Scale, Arc<str>);

/// Returns a warning for each number in English notation among whole ones.
pub(super) fn check_notation<'d>(rows: &[ReportedRow<'d>]) -> Vec<Concern<'d>> {
    let mut sheets: BTreeMap<SheetUnit, Vec<ReportedFigure<'d>>> = BTreeMap::new();
    for entry in rows.iter().flat_map(|row| &row.figures).filter(|entry| !entry.figure.unit.is_rate()) {
        if let Origin::Cell(source) = &entry.figure.origin {
            let unit = (entry.figure.unit.scale, Arc::clone(&entry.figure.unit.base));
            let sheet = (source.file.clone(), source.sheet.clone(), unit.0, unit.1);
            sheets.entry(sheet).or_default().push(*entry);
        }
    }
    sheets.values().flat_map(|entries| find_odd_ones(entries)).collect()
}

fn find_odd_ones<'d>(entries: &[ReportedFigure<'d>]) -> Vec<Concern<'d>> {
    let is_odd = |entry: &ReportedFigure<'_>| {
        let amount = entry.amount.abs().normalize();
        amount.scale() == GROUP && amount >= Decimal::ONE && amount < Decimal::ONE_THOUSAND
    };
    let known = entries.iter().filter(|entry| !entry.amount.is_zero()).copied();
    let (odd, others): (Vec<ReportedFigure<'d>>, Vec<ReportedFigure<'d>>) = known.partition(is_odd);
    let sizes = || others.iter().map(|other| other.amount.abs());
    let is_custom = others.len() >= MIN_WHOLE_NUMBERS.max(odd.len()) && sizes().all(|size| size.fract().is_zero());
    let (Some(least), Some(most)) = (sizes().min(), sizes().max()) else { return Vec::new() };
    let is_wrong = |entry: &&ReportedFigure<'d>| {
        let size = entry.amount.abs();
        let whole = size.checked_mul(Decimal::ONE_THOUSAND);
        size < least && whole.is_some_and(|whole| whole / Decimal::TWO <= most)
    };
    odd.iter().filter(|_| is_custom).filter(is_wrong).filter_map(concern).collect()
}

fn concern<'d>(entry: &ReportedFigure<'d>) -> Option<Concern<'d>> {
    let reading = entry.shown_as(entry.amount.checked_mul(Decimal::ONE_THOUSAND)?);
    let message = msg!(
        "{subject}, trong khi các số khác cùng đơn vị tính trên trang đều là số nguyên; có thể là {reading} gõ theo cách viết tiếng Anh",
        "{subject}, while all other numbers of the unit on the sheet are whole; possibly {reading} typed with a point that English Excel takes for the decimal sign",
        subject = entry.subject(),
        reading = reading
    );
    let place = entry.place();
    let diagnostic = Diagnostic::new(Code::NumberImplausible, place, message).with_hint(Message::new(
        "nếu gõ nhầm dấu thì nhập lại số không có dấu chấm; nếu số đúng thì giải trình",
        "if the point is wrong, type the number without it; if the number is correct, explain it",
    ));
    Some(Concern { keys: vec![entry.key], diagnostic })
}
