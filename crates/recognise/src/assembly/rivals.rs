//! Finds forms with the same figures that disagree: two versions of a form, or the forms of two places.
//!
//! Input: the cells of each figure, with their forms. Output: the forms none of which can stand for the others, and a
//! diagnostic that names them. Not here: decisions about single cells.
//!
//! A form is one sheet; a sheet that repeats its rows is one form per repetition. A form that has hardly any figure for
//! itself and disagrees with another such form is its rival. A form with further figures has none: one wrong number in
//! a summary does not cost the whole form.

use super::comparison::{MAX_LISTED, MIN_SHARED_PERCENT, format_amount, is_same_number, rivals_hint};
use super::key_cells::{FormCell, FormId, KeyCells};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::msg;

/// The least number of figures of a form; a single figure is compared by itself.
const MIN_FIGURES: usize = 2;

/// The forms that are rivals, each with another one that gives a different number.
pub(super) struct Rivals<'c> {
    opponents: BTreeMap<FormId<'c>, FormId<'c>>,
    forms: BTreeMap<FormId<'c>, BTreeMap<&'c ObservationKey, FormCell<'c>>>,
}

impl<'c> Rivals<'c> {
    pub(super) fn find(cells: &[KeyCells<'c>]) -> Self {
        let mut rivals = Self { opponents: BTreeMap::new(), forms: BTreeMap::new() };
        let contested: Vec<&KeyCells<'c>> = cells.iter().filter(|of_key| of_key.has_differences()).collect();
        if contested.is_empty() {
            return rivals;
        }
        let mut shared: BTreeMap<FormId<'c>, usize> = BTreeMap::new();
        for of_key in cells {
            for cell in &of_key.eligible {
                rivals.forms.entry(cell.form).or_default().insert(of_key.key, *cell);
                *shared.entry(cell.form).or_default() += usize::from(of_key.eligible.len() > 1);
            }
        }
        let has_little_else = |form: &FormId<'c>| {
            let count = rivals.forms[form].len();
            count >= MIN_FIGURES && shared[form] * 100 >= MIN_SHARED_PERCENT * count
        };
        for of_key in contested {
            let alike: Vec<&FormCell<'c>> = of_key.eligible.iter().filter(|cell| has_little_else(&cell.form)).collect();
            let Some(first) = alike.first() else { continue };
            let differs = |one: &FormCell<'c>, other: &FormCell<'c>| {
                !is_same_number(&one.candidate.figure, &other.candidate.figure)
            };
            let Some(second) = alike.iter().find(|cell| differs(first, cell)) else { continue };
            for cell in &alike {
                let opponent = if differs(first, cell) { first } else { second };
                rivals.opponents.entry(cell.form).or_insert(opponent.form);
            }
        }
        rivals
    }

    pub(super) fn contains(&self, form: &FormId<'c>) -> bool {
        self.opponents.contains_key(form)
    }

    /// Returns diagnostics that together name every rival.
    pub(super) fn diagnostics(&self, config: &Config) -> Diagnostics {
        let mut named = BTreeSet::new();
        let mut diagnostics = Diagnostics::new();
        for (form, opponent) in self.opponents.iter().rev() {
            if named.insert(form) {
                named.insert(opponent);
                diagnostics.push(self.diagnostic(form, opponent, config));
            }
        }
        diagnostics.reverse();
        diagnostics
    }

    fn diagnostic(&self, form: &FormId<'c>, opponent: &FormId<'c>, config: &Config) -> Diagnostic {
        let (own, theirs) = (&self.forms[form], &self.forms[opponent]);
        let shared: Vec<(&FormCell<'c>, &FormCell<'c>)> =
            own.iter().filter_map(|(key, cell)| Some((cell, theirs.get(key)?))).collect();
        let is_different = |(one, other): &&(&FormCell<'c>, &FormCell<'c>)| {
            !is_same_number(&one.candidate.figure, &other.candidate.figure)
        };
        let differing: Vec<_> = shared.iter().filter(is_different).collect();
        let numbers: Vec<Message> =
            differing.iter().take(MAX_LISTED).map(|(own, other)| different_numbers(own, other, config)).collect();
        let place = |form: &FormId<'c>| Place::Sheet(form.1.clone(), form.2.clone());
        let message = msg!(
            "cùng một biểu với {rival}: {shared} số liệu chung, {count} số khác nhau: {numbers}{more}; không biểu nào được dùng",
            "the same form as {rival}: {shared} figures in common, {count} of which differ: {numbers}{more}; neither form is used",
            rival = place(opponent),
            shared = shared.len(),
            count = differing.len(),
            numbers = Message::join(&numbers, "; "),
            more = if differing.len() > MAX_LISTED { "; …" } else { "" },
        );
        let problem = Diagnostic::new(Code::FormContested, place(form), message)
            .with_place(place(opponent))
            .with_hint(rivals_hint());
        let cells = differing.iter().take(MAX_LISTED).flat_map(|(own, other)| [own, other]);
        cells.fold(problem, |problem, cell| problem.with_place(Place::from_source(&cell.candidate.source)))
    }
}

fn different_numbers(own: &FormCell<'_>, other: &FormCell<'_>, config: &Config) -> Message {
    msg!(
        "\"{label}\" ({measure}) {own} và {other}",
        "\"{label}\" ({measure}) {own} and {other}",
        label = own.candidate.label,
        measure = config.measure_message(&own.candidate.key.measure),
        own = format_amount(&own.candidate.figure),
        other = format_amount(&other.candidate.figure),
    )
}
