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
use tonghop_core::model::history::{PastFigure, PastRun, find_year_before};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::{FigureName, Measure, Status};
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::{Amount, round_half_up};
use tonghop_core::msg;
use tonghop_core::vi::format::number;

/// Last year's figures by observation key.
pub(super) type LastYearFigures = BTreeMap<ObservationKey, FigureRef>;

/// Returns the figures reported for the same months a year before, in the declared units.
pub fn last_year_figures(
    runs: &[PastRun],
    sectors: &[Arc<SectorDecl>],
    period: Period,
) -> (LastYearFigures, Diagnostics) {
    let (mut known, mut diagnostics) = (LastYearFigures::new(), Vec::new());
    let past = find_year_before(runs, period).map(|run| run.figures.as_slice()).unwrap_or_default();
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
pub fn fill_last_year(dataset: &mut Dataset, known: LastYearFigures, sectors: &[Arc<SectorDecl>]) -> Diagnostics {
    let mut diagnostics = Vec::new();
    for (key, past) in known.into_iter().filter(|(key, _)| !dataset.contested.contains_key(key)) {
        match dataset.observations.entry(key) {
            Entry::Vacant(vacant) => {
                dataset.from_history.insert(vacant.key().clone());
                vacant.insert(past);
            }
            Entry::Occupied(reported) => diagnostics.extend(compare_figures(reported.get(), &past, sectors)),
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
    let decl = declaring.indicator(indicator.as_str()).filter(|decl| decl.source_indicator.is_none())?;
    let measure = Measure::LastYear;
    let name = FigureName { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
    let key = ObservationKey { sector: sector.clone(), indicator: indicator.clone(), measure: measure.clone() };
    let origin = Origin::Cell(Arc::clone(&past.source));
    let figure = Figure::new(name, past.amount, past.unit.clone(), Status::Final, origin);
    let figure = Arc::new(figure.with_print(decl.print_format(&measure)));
    let declared = if decl.unit.base.is_empty() { past.unit.clone() } else { decl.unit.clone() };
    Some(figure.rescaled(&declared).map(|figure| (key, figure)).map_err(|_| {
        let (label, then, today) = (&decl.label, &past.unit, &decl.unit);
        let message = msg!(
            "\"{label}\": đơn vị tính của báo cáo năm trước là \"{then}\", nay là \"{today}\"; số cùng kỳ không được dùng",
            "\"{label}\": the unit in last year's report is \"{then}\", now it is \"{today}\"; last year's figure is not used"
        );
        let hint = msg!(
            "ghi số cùng kỳ theo đơn vị tính mới vào biểu",
            "enter last year's figure in the new unit in the workbook"
        );
        Box::new(Diagnostic::new(Code::UnitMismatch, Place::from_source(&past.source), message).with_hint(hint))
    }))
}

/// Returns a diagnostic with both cells if a department's figure differs from the one reported last year.
fn compare_figures(reported: &Figure, past: &Figure, sectors: &[Arc<SectorDecl>]) -> Option<Diagnostic> {
    let is_equal = match (reported.amount, past.amount) {
        (Amount::Known(now), Amount::Known(then)) => {
            reported.unit.scale == past.unit.scale && is_equal_rounded(now, then)
        }
        // "Không phát sinh" (not applicable) equals zero.
        (Amount::Known(some), _) | (_, Amount::Known(some)) => some.is_zero(),
        _ => true,
    };
    if is_equal {
        return None;
    }
    let (now, then) = (format_figure(reported), format_figure(past));
    let (sources, earlier) = (reported.sources(), past.sources());
    let (source, earlier) = (sources.first()?, earlier.first()?);
    let declaring = sectors.iter().find(|sector| sector.id == reported.name.sector)?;
    let label = &declaring.indicator(reported.name.indicator.as_str())?.label;
    let message = msg!(
        "\"{label}\": số cùng kỳ trong biểu là {now}, báo cáo năm trước ghi {then}",
        "\"{label}\": the workbook says {now} for last year, but last year's report says {then}"
    );
    let hint = msg!(
        "đối chiếu hai ô; nếu số năm trước không được điều chỉnh chính thức thì sửa số cùng kỳ trong biểu",
        "compare the two cells; unless last year's figure was officially revised, correct it in the workbook"
    );
    Some(
        Diagnostic::new(Code::LastYearDiffers, Place::from_source(source), message)
            .with_place(Place::from_source(earlier))
            .with_hint(hint),
    )
}

fn format_figure(figure: &Figure) -> String {
    figure.amount.known().map_or_else(|| "\"-\"".to_owned(), |value| format!("{} {}", number(value, None), figure.unit))
}

/// Returns whether two numbers are equal when rounded to the decimals of the less precise one.
fn is_equal_rounded(one: Decimal, other: Decimal) -> bool {
    let decimals = one.normalize().scale().min(other.normalize().scale());
    round_half_up(one, decimals) == round_half_up(other, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_not_a_difference() {
        for (one, other, same) in [
            ("12", "12.4", true),
            ("12.5", "12.46", true),
            ("13", "12.5", true),
            ("12", "12.5", false),
            ("12.40", "12.4", true),
            ("1200", "1234", false),
        ] {
            assert_eq!(is_equal_rounded(one.parse().unwrap(), other.parse().unwrap()), same, "{one} {other}");
        }
    }
}
