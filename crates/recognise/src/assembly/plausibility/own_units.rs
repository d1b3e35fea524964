//! Finds numbers whose own unit word makes them next to nothing in the unit of their indicator.
//!
//! Input: a row. Output: a warning for each such number. Not here: units of rows, columns and sheets (`stated_units`).
//!
//! A unit that is typed beside the number is usually meant. "3,2 triệu đồng" among amounts in tỷ is not: amounts of
//! 0,0032 tỷ are not counted.

use super::Concern;
use super::level::Level;
use super::reported::{ReportedFigure, ReportedRow};
use rust_decimal::Decimal;
use tonghop_core::diag::{Code, Diagnostic};
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::msg;

/// Less than this part of the indicator's unit is next to nothing.
const NEXT_TO_NOTHING: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
/// How near another figure of the row must be to show that the number is as small as it says.
const NEAR: Decimal = Decimal::from_parts(3, 0, 0, false, 0);

/// Returns a warning for each number of a row that its own unit makes next to nothing.
pub(super) fn check_own_units<'d>(row: &ReportedRow<'d>) -> Vec<Concern<'d>> {
    let doubtful = row.figures.iter().filter(|entry| is_next_to_nothing(row, entry));
    doubtful.filter_map(|entry| Some(concern(entry, own_words(entry.as_stated())?))).collect()
}

fn is_next_to_nothing(row: &ReportedRow<'_>, entry: &ReportedFigure<'_>) -> bool {
    let is_smaller = entry.as_stated().unit.scale < entry.figure.unit.scale;
    let is_tiny = !entry.amount.is_zero() && entry.amount.abs() < NEXT_TO_NOTHING;
    let others = row.figures.iter().filter(|other| other.key != entry.key && !other.amount.is_zero());
    let mut near = others.filter(|other| Level::exact(entry.amount).is_near(other.level, NEAR));
    is_smaller && is_tiny && near.next().is_none()
}

/// Returns what the cell of a figure says, if it has words beside the number.
fn own_words(typed: &Figure) -> Option<&str> {
    let Origin::Cell(source) = &typed.origin else { return None };
    Some(&*source.raw).filter(|raw| raw.contains(char::is_alphabetic))
}

fn concern<'d>(entry: &ReportedFigure<'d>, raw: &str) -> Concern<'d> {
    let (subject, stated, declared) = (entry.subject(), &entry.as_stated().unit, &entry.figure.unit);
    let message = msg!(
        "{subject}, vì ô ghi \"{raw}\"; có thể đơn vị tính trong ô bị ghi nhầm",
        "{subject}, because the cell says \"{raw}\"; possibly its unit is wrong",
        subject = subject
    );
    let hint = msg!(
        "nếu số này theo {declared} thì bỏ chữ \"{stated}\" trong ô; nếu đúng là {stated} thì giải trình",
        "if this number is in \"{declared}\", remove \"{stated}\" from the cell; if it really is in \"{stated}\", explain it"
    );
    let place = entry.place();
    let diagnostic = Diagnostic::new(Code::ScaleSuspected, place, message).with_hint(hint);
    Concern { keys: vec![entry.key], diagnostic }
}
