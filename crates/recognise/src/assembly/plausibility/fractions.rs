//! Finds a percentage that was typed as a fraction of one among the others of its sheet: 0.9281 beside 92.8, 76 and 100.
//!
//! Input: the rows. Output: a warning for each such number. Not here: numbers that plan or last year show to be wrong
//! (`scale`).
//!
//! A small percentage may be right. It is asked about if it has the decimals of a fraction, and all others of its sheet,
//! like the number a hundred times larger, are at least a half.

use super::Concern;
use super::reported::{ReportedFigure, ReportedRow};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Diagnostic, Message};
use tonghop_core::model::figure::Origin;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::msg;

/// Fewer percentages show no custom of the sheet.
const MIN_OTHERS: usize = 3;
/// The least decimals of a fraction that stands for a percentage.
const MIN_DECIMALS: u32 = 2;
/// The least of the other percentages.
const MIN_PERCENT: Decimal = Decimal::from_parts(50, 0, 0, false, 0);

/// Returns a warning for each fraction among percentages.
pub(super) fn check_fractions<'d>(rows: &[ReportedRow<'d>]) -> Vec<Concern<'d>> {
    let mut sheets: BTreeMap<(FilePath, SheetName), Vec<ReportedFigure<'d>>> = BTreeMap::new();
    let figures = rows.iter().filter(|row| !row.is_change()).flat_map(|row| &row.figures);
    for entry in figures.filter(|entry| &*entry.figure.unit.base == "%" && !entry.amount.is_zero()) {
        if let Origin::Cell(source) = &entry.figure.origin {
            sheets.entry((source.file.clone(), source.sheet.clone())).or_default().push(*entry);
        }
    }
    sheets.values().flat_map(|entries| find_fractions(entries)).collect()
}

fn find_fractions<'d>(entries: &[ReportedFigure<'d>]) -> Vec<Concern<'d>> {
    let is_fraction = |entry: &ReportedFigure<'_>| {
        let amount = entry.amount.normalize();
        amount < Decimal::ONE && amount.scale() >= MIN_DECIMALS && amount * Decimal::ONE_HUNDRED >= MIN_PERCENT
    };
    let (fractions, others): (Vec<ReportedFigure<'d>>, Vec<ReportedFigure<'d>>) =
        entries.iter().copied().partition(is_fraction);
    let is_custom =
        others.len() >= MIN_OTHERS.max(fractions.len() + 1) && others.iter().all(|other| other.amount >= MIN_PERCENT);
    fractions.iter().filter(|_| is_custom).map(concern).collect()
}

fn concern<'d>(entry: &ReportedFigure<'d>) -> Concern<'d> {
    let message = msg!(
        "{subject}, trong khi các tỷ lệ khác trên trang đều từ 50% trở lên; có thể số đúng là {reading}",
        "{subject}, while all other percentages on the sheet are 50 or more; possibly {reading} is correct",
        subject = entry.subject(),
        reading = entry.shown_as(entry.amount * Decimal::ONE_HUNDRED)
    );
    let place = entry.place();
    let diagnostic = Diagnostic::new(Code::NumberImplausible, place, message).with_hint(Message::new(
        "nếu ô ghi phần của một thì nhập lại theo phần trăm; nếu số đúng thì giải trình",
        "if the cell has a fraction of one, enter the percentage; if the number is correct, explain it",
    ));
    Concern { keys: vec![entry.key], diagnostic }
}
