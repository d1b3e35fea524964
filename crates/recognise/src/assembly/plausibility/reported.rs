//! The reported figures of each indicator that have a number, and how messages write them.
//!
//! Output: the rows that the checks of plausibility go through. Not here: the checks.

use super::level::Level;
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Message, Place};
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::{Figure, Op, Origin};
use tonghop_core::model::indicator::{IndicatorDecl, SectorDecl};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::Amount;
use tonghop_core::msg;
use tonghop_core::vi::format::{quantity, quantity_message};
use tonghop_core::vi::nature;

/// A reported figure with a number, with its key and declaration.
#[derive(Clone, Copy)]
pub(super) struct ReportedFigure<'d> {
    pub key: &'d ObservationKey,
    pub decl: &'d IndicatorDecl,
    pub figure: &'d Figure,
    pub amount: Decimal,
    /// Where the amount is at the end of the period; for a plan, from the share of an even year to all of it.
    pub level: Level,
    /// The settings, which name the measures.
    config: &'d Config,
}

/// The figures of an indicator that have a number.
pub(super) struct ReportedRow<'d> {
    pub sector: &'d SectorDecl,
    pub decl: &'d IndicatorDecl,
    pub figures: Vec<ReportedFigure<'d>>,
    /// The measures with a number or with "-".
    measures: Vec<&'d Measure>,
}

/// Returns the rows of all indicators, in the order of the declarations.
pub(super) fn reported_rows<'d>(
    dataset: &'d Dataset,
    sectors: &'d [Arc<SectorDecl>],
    config: &'d Config,
) -> Vec<ReportedRow<'d>> {
    let pace = config.period.pace() / Decimal::ONE_HUNDRED;
    let all = sectors.iter().flat_map(|sector| sector.indicators.iter().map(move |decl| (&**sector, decl)));
    all.map(|(sector, decl)| reported_row(dataset, sector, decl, (config, pace))).collect()
}

fn reported_row<'d>(
    dataset: &'d Dataset,
    sector: &'d SectorDecl,
    decl: &'d IndicatorDecl,
    (config, pace): (&'d Config, Decimal),
) -> ReportedRow<'d> {
    let first = ObservationKey { sector: sector.id.clone(), indicator: decl.id.clone(), measure: Measure::Actual };
    let of_row =
        dataset.observations.range(first..).take_while(|(key, _)| key.sector == sector.id && key.indicator == decl.id);
    let (mut figures, mut measures) = (Vec::new(), Vec::new());
    for (key, figure) in of_row.filter(|(_, figure)| figure.amount != Amount::Missing) {
        measures.push(&key.measure);
        if let Some(amount) = figure.amount.known() {
            let level = Level::of(&key.measure, amount, pace);
            figures.push(ReportedFigure { key, decl, figure, amount, level, config });
        }
    }
    ReportedRow { sector, decl, figures, measures }
}

/// Finds the figure of a key and its row.
pub(super) fn find<'r, 'd>(
    rows: &'r [ReportedRow<'d>],
    key: &ObservationKey,
) -> Option<(&'r ReportedRow<'d>, ReportedFigure<'d>)> {
    let row = rows.iter().find(|row| row.sector.id == key.sector && row.decl.id == key.indicator)?;
    Some((row, row.figure(&key.measure)?))
}

impl<'d> ReportedRow<'d> {
    /// Returns the figure of a measure.
    pub(super) fn figure(&self, measure: &Measure) -> Option<ReportedFigure<'d>> {
        self.figures.iter().find(|entry| entry.key.measure == *measure).copied()
    }

    /// Returns the labels of the indicator and of those above it.
    pub(super) fn labels(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        let sector = self.sector;
        let above = move |decl: &&'d IndicatorDecl| sector.indicator(decl.parent.as_ref()?.id.as_str());
        std::iter::successors(Some(self.decl), above).map(|decl| decl.label.as_str())
    }

    /// Returns whether a measure has a number or "-".
    pub(super) fn reports(&self, measure: &Measure) -> bool {
        self.measures.contains(&measure)
    }

    /// Returns whether the numbers of the row are changes, whose size says nothing.
    pub(super) fn is_change(&self) -> bool {
        self.decl.bounds.has_any_sign || nature::may_be_negative(&self.decl.label, &self.decl.unit)
    }
}

impl<'d> ReportedFigure<'d> {
    /// Returns the figure as the form has it, before the conversion to the unit of the indicator.
    pub(super) fn as_stated(&self) -> &'d Figure {
        match &self.figure.origin {
            Origin::Computed { op: Op::Rescale, operands, .. } => operands.first().map_or(self.figure, |typed| typed),
            _ => self.figure,
        }
    }

    /// Returns whether another figure of the row is evidence of its own; all plans are one.
    pub(super) fn is_same_kind(&self, other: &Self) -> bool {
        let (one, other) = (&self.key.measure, &other.key.measure);
        one == other || matches!((one, other), (Measure::Target(_), Measure::Target(_)))
    }

    /// Returns whether two figures can be compared: the same unit, neither is zero.
    pub(super) fn is_comparable(&self, other: &Self) -> bool {
        let same_scale = self.figure.unit.scale == other.figure.unit.scale;
        same_scale
            && self.figure.unit.has_same_base(&other.figure.unit)
            && !self.amount.is_zero()
            && !other.amount.is_zero()
    }

    /// Returns the number with its unit, for messages.
    pub(super) fn shown(&self) -> Message {
        quantity_message(self.amount, &self.figure.unit.to_string())
    }

    /// Returns another number with the unit of the figure, for messages.
    pub(super) fn shown_as(&self, amount: Decimal) -> Message {
        quantity_message(amount, &self.figure.unit.to_string())
    }

    /// Returns the name of the measure.
    pub(super) fn measure(&self) -> Message {
        self.config.measure_message(&self.key.measure)
    }

    /// Returns label, measure and number, as messages begin.
    pub(super) fn subject(&self) -> Message {
        let (label, measure, amount) = (&self.decl.label, self.measure(), self.shown());
        msg!(
            "\"{label}\" ({measure}): {amount}",
            "\"{label}\" ({measure}): {amount}",
            measure = measure,
            amount = amount
        )
    }

    /// Returns measure, number and cells of a figure that another one is compared with.
    pub(super) fn compared_with(&self, other: &Self) -> Message {
        let cells = other.cells_beside(&self.figure.sources());
        let (measure, amount) = (self.measure(), self.shown());
        msg!("{measure} {amount} ({cells})", "{measure} {amount} ({cells})", measure = measure, amount = amount)
    }

    /// Formats the cells of sources as a person finds them from the cell of the number: those of the same sheet by their
    /// address only.
    pub(super) fn cells_beside(&self, sources: &[Arc<Source>]) -> String {
        let own = self.figure.sources();
        let address = |source: &Arc<Source>| match own.first() {
            Some(own) if own.file == source.file && own.sheet == source.sheet => source.cell.to_string(),
            Some(own) if own.file == source.file => format!("[{}] {}", source.sheet, source.cell),
            _ => Place::from_source(source).to_string(),
        };
        sources.iter().map(address).collect::<Vec<_>>().join(", ")
    }

    /// Returns the place of the number.
    pub(super) fn place(&self) -> Place {
        self.figure.sources().first().map_or(Place::Project, |source| Place::from_source(source))
    }

    /// Returns the place of the number, then those of the others.
    pub(super) fn places(&self, others: &[ReportedFigure<'_>]) -> Vec<Place> {
        let all = std::iter::once(self).chain(others);
        let places: Vec<Place> =
            all.flat_map(|entry| entry.figure.sources()).map(|source| Place::from_source(&source)).collect();
        if places.is_empty() { vec![Place::Project] } else { places }
    }
}

/// Returns a quantity in the notation of each language; the English text has no thousands separators.
pub(super) fn number_message(amount: Decimal) -> Message {
    quantity_message(amount, "")
}

/// Formats a range in a unit: "từ 1 đến 5.000 triệu đồng".
pub(super) fn range_message(low: Decimal, high: Decimal, unit: &str) -> Message {
    let (low, high) = (number_message(low), number_message(high));
    let with_unit = |text: &str| quantity(text, unit);
    let high =
        Message::new(with_unit(high.vietnamese()), with_unit(high.in_language(tonghop_core::diag::Language::English)));
    msg!("từ {low} đến {high}", "from {low} to {high}", low = low, high = high)
}
