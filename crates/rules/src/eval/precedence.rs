//! Chooses the number of a figure if several sources have one.
//!
//! Input: one candidate per source. Output: the candidate with the highest precedence. Not here: the creation of
//! candidates (see [`super::derive`]), and the comparison of those not used (see [`super::contradictions`]).

use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::quantity::Amount;

/// The source of a number, in order of precedence: a source is used only if no earlier one has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NumberSource {
    /// A correction by the office.
    Correction,
    /// A cell of a department's workbook.
    Report,
    /// The sum of parts that were all reported or corrected.
    SumOfParts,
    /// The rule's `derive`; also a sum of parts of which one was derived.
    Derivation,
    /// An earlier run.
    History,
}

/// The number of a figure from one source.
#[derive(Clone, Debug)]
pub(crate) struct NumberCandidate {
    pub source: NumberSource,
    pub figure: FigureRef,
}

impl NumberCandidate {
    /// Creates a candidate; `None` if the figure has no data. "Không phát sinh" is data.
    pub(crate) fn new(source: NumberSource, figure: FigureRef) -> Option<Self> {
        (figure.amount != Amount::Missing).then_some(Self { source, figure })
    }
}

/// Returns the candidate with the highest precedence; of two from the same source, the first.
pub(crate) fn choose(candidates: impl IntoIterator<Item = Option<NumberCandidate>>) -> Option<NumberCandidate> {
    candidates.into_iter().flatten().min_by_key(|candidate| candidate.source)
}

/// Returns the observation of `key` with its source.
pub(crate) fn observed_candidate(dataset: &Dataset, key: &ObservationKey) -> Option<NumberCandidate> {
    let figure = dataset.observations.get(key)?;
    let source = match &figure.correction {
        Some(_) => NumberSource::Correction,
        None if dataset.from_history.contains(key) => NumberSource::History,
        None => NumberSource::Report,
    };
    NumberCandidate::new(source, figure.clone())
}

#[cfg(test)]
mod tests {
    use super::NumberSource::{Correction, Derivation, History, Report, SumOfParts};
    use super::*;
    use proptest::prelude::*;
    use std::sync::Arc;
    use tonghop_core::model::figure::{Figure, Origin};
    use tonghop_core::model::id::{IndicatorId, SectorId};
    use tonghop_core::model::measure::{FigureName, Measure, Status};
    use tonghop_core::model::quantity::Unit;

    const ORDER: [NumberSource; 5] = [Correction, Report, SumOfParts, Derivation, History];

    fn figure(amount: Amount) -> FigureRef {
        let name =
            FigureName { sector: SectorId::new("s"), indicator: IndicatorId::new("i"), measure: Measure::Actual };
        Arc::new(Figure::new(name, amount, Unit::none(), Status::Final, Origin::Missing))
    }

    proptest! {
        #[test]
        fn the_first_source_that_has_a_number_is_used(has_number in proptest::array::uniform5(any::<bool>()), from in 0..5_usize) {
            let candidate = |at: usize| {
                let amount = if has_number[at] { Amount::Known(at.into()) } else { Amount::Missing };
                NumberCandidate::new(ORDER[at], figure(amount))
            };
            // The order in which candidates are given does not matter.
            let chosen = choose((0..5).map(|at| candidate((at + from) % 5)));
            let expected = (0..5).find(|&at| has_number[at]);
            prop_assert_eq!(chosen.map(|c| (c.source, c.figure.amount)), expected.map(|at| (ORDER[at], Amount::Known(at.into()))));
        }
    }

    #[test]
    fn not_applicable_counts_as_a_number() {
        let candidates = [
            NumberCandidate::new(Derivation, figure(Amount::Known(7.into()))),
            NumberCandidate::new(Report, figure(Amount::NotApplicable)),
        ];
        assert_eq!(choose(candidates).map(|c| c.source), Some(Report));
    }
}
