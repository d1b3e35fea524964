//! Takes over the figures of the same period last year from the run of that period.
//!
//! Input: earlier runs. Output: last year's figures where no department reported one, each with its cell in the earlier
//! workbook. Not here: replacing a department's own figure.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::history::{PastFigure, PastRun, find_year_before};
use tonghop_core::model::id::SectorId;
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
    let sectors = sectors_by_id(sectors);
    let past = find_year_before(runs, period).map(|run| run.figures.as_slice()).unwrap_or_default();
    for figure in past.iter().filter(|figure| figure.name.measure == Measure::Actual) {
        match as_last_year(figure, &sectors) {
            Some(Ok((key, figure))) => drop(known.insert(key, figure)),
            Some(Err(problem)) => diagnostics.push(*problem),
            None => {}
        }
    }
    (known, diagnostics)
}

/// Adds last year's figures where no department reported one, and reports those that differ.
pub fn fill_last_year(dataset: &mut Dataset, known: LastYearFigures, sectors: &[Arc<SectorDecl>]) -> Diagnostics {
    let mut differing = Vec::new();
    let sectors = sectors_by_id(sectors);
    for (key, past) in known.into_iter().filter(|(key, _)| !dataset.contested.contains_key(key)) {
        match dataset.observations.entry(key) {
            Entry::Vacant(vacant) => {
                dataset.from_history.insert(vacant.key().clone());
                vacant.insert(past);
            }
            Entry::Occupied(reported) => differing.extend(Difference::of(reported.get(), past, &sectors)),
        }
    }
    report_differences(&differing)
}

type SectorsById<'s> = BTreeMap<&'s SectorId, &'s SectorDecl>;

fn sectors_by_id(sectors: &[Arc<SectorDecl>]) -> SectorsById<'_> {
    sectors.iter().map(|sector| (&sector.id, &**sector)).collect()
}

/// Turns an actual figure of then into last year's figure of today; `None` if no sector declares it any more.
fn as_last_year(
    past: &PastFigure,
    sectors: &SectorsById<'_>,
) -> Option<Result<(ObservationKey, FigureRef), Box<Diagnostic>>> {
    let FigureName { sector, indicator, .. } = &past.name;
    let declaring = sectors.get(sector)?;
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

/// A figure of last year that a department gives otherwise than the report of last year.
struct Difference {
    label: String,
    reported: FigureRef,
    past: FigureRef,
}

impl Difference {
    /// Compares both figures; `None` if they are equal.
    fn of(reported: &FigureRef, past: FigureRef, sectors: &SectorsById<'_>) -> Option<Self> {
        let declaring = sectors.get(&reported.name.sector)?;
        let label = declaring.indicator(reported.name.indicator.as_str())?.label.clone();
        let (reported, is_equal) = (Arc::clone(reported), is_equal(reported, &past));
        (!is_equal).then_some(Self { label, reported, past })
    }

    /// Returns whether each of two figures is what was reported last year for the other one: their rows are swapped.
    fn is_swapped_with(&self, other: &Self) -> bool {
        let are_known = |figures: [&Figure; 2]| figures.iter().all(|f| f.amount.known().is_some_and(|n| !n.is_zero()));
        are_known([&self.reported, &other.reported])
            && is_equal(&self.reported, &other.past)
            && is_equal(&other.reported, &self.past)
    }

    fn diagnostic(&self) -> Option<Diagnostic> {
        let (now, then, label) = (format_figure(&self.reported), format_figure(&self.past), &self.label);
        let message = msg!(
            "\"{label}\": số cùng kỳ trong biểu là {now}, báo cáo năm trước ghi {then}",
            "\"{label}\": the workbook says {now} for last year, but last year's report says {then}"
        );
        let hint = msg!(
            "đối chiếu hai ô; nếu số năm trước không được điều chỉnh chính thức thì sửa số cùng kỳ trong biểu",
            "compare the two cells; unless last year's figure was officially revised, correct it in the workbook"
        );
        Self::with_places(message, hint, [&self.reported, &self.past])
    }

    fn swap_diagnostic(&self, other: &Self) -> Option<Diagnostic> {
        let (one, two) = (&self.label, &other.label);
        let message = msg!(
            "số cùng kỳ của \"{one}\" là số báo cáo năm trước ghi cho \"{two}\", và ngược lại; có thể hai dòng bị đổi chỗ",
            "last year's figure of \"{one}\" is what last year's report says for \"{two}\", and the other way round; the two rows may be swapped"
        );
        let hint = msg!(
            "kiểm tra tên và số của hai dòng này; nếu đổi chỗ thì sửa cả dòng, không chỉ số cùng kỳ",
            "check the labels and the numbers of both rows; if they are swapped, correct the whole rows, not only last year's figures"
        );
        Self::with_places(message, hint, [&self.reported, &other.reported])
    }

    /// Returns a diagnostic at the first cell of each figure.
    fn with_places(message: Message, hint: Message, figures: [&FigureRef; 2]) -> Option<Diagnostic> {
        let [first, second] = figures.map(|figure| figure.sources().first().map(|source| Place::from_source(source)));
        Some(Diagnostic::new(Code::LastYearDiffers, first?, message).with_place(second?).with_hint(hint))
    }
}

/// Reports each difference once; two rows that are swapped are one.
fn report_differences(differing: &[Difference]) -> Diagnostics {
    let mut is_reported = vec![false; differing.len()];
    let mut diagnostics = Vec::new();
    for (at, difference) in differing.iter().enumerate() {
        if is_reported[at] {
            continue;
        }
        // The differences are in the order of sectors, so few are looked at.
        let sector = &difference.reported.name.sector;
        let of_sector = (at + 1..differing.len()).take_while(|other| differing[*other].reported.name.sector == *sector);
        let mut others = of_sector.filter(|other| !is_reported[*other]);
        let swapped = others.find(|other| difference.is_swapped_with(&differing[*other]));
        match swapped {
            Some(other) => {
                is_reported[other] = true;
                diagnostics.extend(difference.swap_diagnostic(&differing[other]));
            }
            None => diagnostics.extend(difference.diagnostic()),
        }
    }
    diagnostics
}

/// Returns whether a figure gives what was reported last year.
fn is_equal(reported: &Figure, past: &Figure) -> bool {
    match (reported.amount, past.amount) {
        (Amount::Known(now), Amount::Known(then)) => {
            reported.unit.scale == past.unit.scale && is_equal_rounded(now, then)
        }
        // "Không phát sinh" (not applicable) equals zero.
        (Amount::Known(some), _) | (_, Amount::Known(some)) => some.is_zero(),
        _ => true,
    }
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
    use tonghop_core::diag::Language;
    use tonghop_core::model::cell::CellRef;
    use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SheetName};
    use tonghop_core::model::provenance::{Labels, Source};
    use tonghop_core::vi::unit;

    fn figure(sector: &str, indicator: &str, row: u32, amount: i64) -> FigureRef {
        let name = FigureName {
            sector: SectorId::new(sector),
            indicator: IndicatorId::new(indicator),
            measure: Measure::LastYear,
        };
        let source = Source {
            department: DepartmentId::new("phong-a"),
            file: FilePath::new("bieu.xlsx"),
            sheet: SheetName::new("Biểu"),
            cell: CellRef::new(row, 3),
            raw: "".into(),
            labels: Labels::default(),
        };
        let origin = Origin::Cell(Arc::new(source));
        Arc::new(Figure::new(name, Amount::Known(amount.into()), unit::parse("con"), Status::Final, origin))
    }

    /// Compares rows of a sector, an indicator, last year's number in the workbook and that of last year's report.
    fn reported(rows: &[(&str, &str, i64, i64)]) -> Vec<String> {
        let difference = |(row, (sector, indicator, now, then)): (u32, &(&str, &str, i64, i64))| Difference {
            label: (*indicator).to_owned(),
            reported: figure(sector, indicator, row, *now),
            past: figure(sector, indicator, row, *then),
        };
        let differing: Vec<Difference> = (0..).zip(rows).map(difference).collect();
        let found = report_differences(&differing);
        found.iter().map(|diagnostic| diagnostic.message.in_language(Language::English).to_owned()).collect()
    }

    #[test]
    fn two_rows_that_are_swapped_are_one_difference() {
        let is_swap = |text: &String| text.contains("swapped");
        for (rows, count, swaps) in [
            (&[("herd", "buffalo", 120, 45), ("herd", "cattle", 45, 120)][..], 1, 1),
            (&[("herd", "buffalo", 120, 45), ("herd", "pigs", 7, 8), ("herd", "cattle", 45, 120)], 2, 1),
            (&[("herd", "buffalo", 120, 45), ("herd", "cattle", 45, 121)], 2, 0),
            (&[("herd", "buffalo", 120, 45), ("crop", "maize", 45, 120)], 2, 0),
            (&[("herd", "buffalo", 120, 45)], 1, 0),
        ] {
            let found = reported(rows);
            assert_eq!((found.len(), found.iter().filter(|text| is_swap(text)).count()), (count, swaps), "{found:?}");
        }
    }

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
