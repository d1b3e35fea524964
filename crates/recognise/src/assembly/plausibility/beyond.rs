//! Finds actual numbers that are many times the plan or last year's number: 928,150 poultry of a plan of 110,000.
//!
//! Input: a row of which no figure has a warning yet. Output: a warning that names both cells. Not here: numbers that are
//! too small, which may be a slow start.
//!
//! A digit too many at a third of the plan's pace is still three times the plan; five times is beyond what a plan that is
//! kept in use allows. Last year alone is weaker evidence: diseases and new programmes grow tenfold, not two hundredfold.

use super::Concern;
use super::reported::{ReportedFigure, ReportedRow, number_message};
use rust_decimal::Decimal;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::quantity::round_half_up;
use tonghop_core::msg;

/// How many times the plan is beyond sense.
const TIMES_PLAN: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// How many times last year's number is beyond sense, without a plan.
const TIMES_LAST_YEAR: Decimal = Decimal::from_parts(200, 0, 0, false, 0);
/// How many times last year's number a number must be that is beyond its plan.
const TIMES_LAST_YEAR_BESIDE_PLAN: Decimal = Decimal::from_parts(3, 0, 0, false, 0);
/// A smaller plan or number of last year is a beginning.
const MIN_BASE: Decimal = Decimal::TEN;

/// Returns a warning if the actual figure is many times all that it is compared with.
pub(super) fn check_beyond_sense<'d>(row: &ReportedRow<'d>) -> Option<Concern<'d>> {
    let actual = row.figure(&Measure::Actual).filter(|_| !row.is_change() && !row.decl.unit.is_rate())?;
    let of_kind = |fits: fn(&Measure) -> bool| -> Vec<ReportedFigure<'d>> {
        row.figures.iter().filter(|other| fits(&other.key.measure) && actual.is_comparable(other)).copied().collect()
    };
    let plans = of_kind(|measure| matches!(measure, Measure::Target(_)));
    let last_year = of_kind(|measure| *measure == Measure::LastYear);
    let is_beyond = |others: &[ReportedFigure<'_>], factor| {
        others.iter().all(|other| {
            other.amount.abs() >= MIN_BASE
                && actual.amount.checked_div(other.amount).is_some_and(|times| times >= factor)
        })
    };
    let exceeded = match (plans.is_empty(), last_year.is_empty()) {
        (true, true) => return None,
        (true, false) => is_beyond(&last_year, TIMES_LAST_YEAR),
        (false, _) => {
            let supported =
                last_year.iter().any(|other| !actual.level.is_above(other.level, TIMES_LAST_YEAR_BESIDE_PLAN));
            is_beyond(&plans, TIMES_PLAN) && !supported
        }
    };
    let others: Vec<ReportedFigure<'d>> = plans.into_iter().chain(last_year).collect();
    exceeded.then(|| Concern { keys: vec![actual.key], diagnostic: diagnostic(&actual, &others) })
}

fn diagnostic(actual: &ReportedFigure<'_>, others: &[ReportedFigure<'_>]) -> Diagnostic {
    let compared = others.iter().map(|other| {
        let times = actual.amount.checked_div(other.amount).unwrap_or_default();
        let (times, other) = (number_message(round_half_up(times, 1)), other.compared_with(actual));
        msg!("gấp {times} lần {other}", "{times} times {other}", times = times, other = other)
    });
    let (subject, compared) = (actual.subject(), Message::join(&compared.collect::<Vec<_>>(), ", "));
    let message = msg!(
        "{subject}, {compared}; khó có thể đúng",
        "{subject}, {compared}; hardly possible",
        subject = subject,
        compared = compared
    );
    let mut places = actual.places(others).into_iter();
    let first = places.next().unwrap_or(Place::Project);
    places.fold(Diagnostic::new(Code::NumberImplausible, first, message), Diagnostic::with_place).with_hint(Message::new(
        "kiểm tra cả các ô được nêu: ô này có thể thừa chữ số, ô kia có thể thiếu; nếu số đúng thì giải trình",
        "check all cells named: this one may have a digit too many, the other one too few; if the number is correct, explain it",
    ))
}
