//! Takes over the figures of the same period last year from the run of that period.
//!
//! Input: earlier runs. Output: last year's figures where no department reported one, each with its cell in the earlier
//! workbook. Not here: replacing a department's own figure.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::history::{PastFigure, PastRun, a_year_before};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::{Amount, round_half_up};
use tonghop_core::say;
use tonghop_core::vi::format::number;

/// Last year's figures by observation key.
pub(super) type LastYear = BTreeMap<ObservationKey, FigureRef>;

/// Returns the figures reported for the same months a year before, in the declared units.
pub fn last_year(runs: &[PastRun], sectors: &[Arc<SectorDecl>], period: Period) -> (LastYear, Diagnostics) {
    let (mut known, mut diagnostics) = (LastYear::new(), Vec::new());
    let past = a_year_before(runs, period).map(|run| run.figures.as_slice()).unwrap_or_default();
    for figure in past.iter().filter(|figure| figure.name.measure == Measure::Actual) {
        match as_last_year(figure, sectors) {
            Some(Ok((key, figure))) => drop(known.insert(key, figure)),
            Some(Err(problem)) => diagnostics.push(*problem),
            None => {}
        }
    }
    (known, diagnostics)
}

/// Adds last year's figures where no department reported one, and reports those that differ.
pub fn fill(dataset: &mut Dataset, known: LastYear, sectors: &[Arc<SectorDecl>]) -> Diagnostics {
    let mut diagnostics = Vec::new();
    for (key, past) in known {
        match dataset.observations.entry(key) {
            Entry::Vacant(vacant) => {
                dataset.from_history.insert(vacant.key().clone());
                vacant.insert(past);
            }
            Entry::Occupied(told) => diagnostics.extend(differing(told.get(), &past, sectors)),
        }
    }
    diagnostics
}

/// Turns an actual figure of then into last year's figure of today; `None` if no sector declares it any more.
fn as_last_year(
    past: &PastFigure,
    sectors: &[Arc<SectorDecl>],
) -> Option<Result<(ObservationKey, FigureRef), Box<Diagnostic>>> {
    let FigureName { sector, indicator, .. } = &past.name;
    let declaring = sectors.iter().find(|declared| declared.id == *sector)?;
    let decl = declaring.indicator(indicator.as_str()).filter(|decl| decl.from.is_none())?;
    let measure = Measure::LastYear;
    let name = FigureName { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
    let key = ObservationKey { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
    let origin = Origin::Cell(Arc::clone(&past.source));
    let figure = Figure::given(name, past.amount, past.unit.clone(), Status::Final, origin);
    let figure = Arc::new(figure.printed(decl.print(&measure)));
    let declared = if decl.unit.base.is_empty() { past.unit.clone() } else { decl.unit.clone() };
    Some(figure.rescaled(&declared).map(|figure| (key, figure)).map_err(|_| {
        let (label, then, today) = (&decl.label, &past.unit, &decl.unit);
        let message = say!(
            "\"{label}\": đơn vị tính của báo cáo năm trước là \"{then}\", nay là \"{today}\"; số cùng kỳ không được dùng",
            "\"{label}\": last year's report measured in \"{then}\", now it is \"{today}\"; the figure is not used"
        );
        let hint = say!(
            "ghi số cùng kỳ theo đơn vị tính mới vào biểu",
            "give last year's figure in the new unit in the workbook"
        );
        Box::new(Diagnostic::new(Code::UnitMismatch, Place::of(&past.source), message).hint(hint))
    }))
}

/// Returns a diagnostic with both cells if a department's figure differs from the one reported last year.
fn differing(told: &Figure, past: &Figure, sectors: &[Arc<SectorDecl>]) -> Option<Diagnostic> {
    let agreed = match (told.amount, past.amount) {
        (Amount::Known(now), Amount::Known(then)) => told.unit.scale == past.unit.scale && agree(now, then),
        // "Không phát sinh" (not applicable) equals zero.
        (Amount::Known(some), _) | (_, Amount::Known(some)) => some.is_zero(),
        _ => true,
    };
    if agreed {
        return None;
    }
    let (now, then) = (shown(told), shown(past));
    let (sources, earlier) = (told.sources(), past.sources());
    let (source, earlier) = (sources.first()?, earlier.first()?);
    let declaring = sectors.iter().find(|sector| sector.id == told.name.sector)?;
    let label = &declaring.indicator(told.name.indicator.as_str())?.label;
    let message = say!(
        "\"{label}\": số cùng kỳ trong biểu là {now}, báo cáo năm trước ghi {then}",
        "\"{label}\": the workbook says {now} for last year, last year's report said {then}"
    );
    let hint = say!(
        "đối chiếu hai ô; nếu số năm trước không được điều chỉnh chính thức thì sửa số cùng kỳ trong biểu",
        "compare both cells; unless last year's figure was officially revised, correct it in the workbook"
    );
    Some(Diagnostic::new(Code::LastYearDiffers, Place::of(source), message).also(Place::of(earlier)).hint(hint))
}

fn shown(figure: &Figure) -> String {
    figure.amount.known().map_or_else(|| "\"-\"".to_owned(), |value| format!("{} {}", number(value, None), figure.unit))
}

/// Returns whether two numbers are equal when rounded to the decimals of the less precise one.
fn agree(one: Decimal, other: Decimal) -> bool {
    let decimals = one.normalize().scale().min(other.normalize().scale());
    round_half_up(one, decimals) == round_half_up(other, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_no_difference() {
        for (one, other, same) in [
            ("12", "12.4", true),
            ("12.5", "12.46", true),
            ("13", "12.5", true),
            ("12", "12.5", false),
            ("12.40", "12.4", true),
            ("1200", "1234", false),
        ] {
            assert_eq!(agree(one.parse().unwrap(), other.parse().unwrap()), same, "{one} {other}");
        }
    }
}
