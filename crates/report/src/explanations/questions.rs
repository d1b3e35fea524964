//! The questions of a run: problems that an explanation can answer, by the cells of the numbers that they ask about.
//!
//! Input: problems and findings. Output: which questions are about given cells. Not here: explanations.
//!
//! A question is about the number at its first place; a contradiction, about the figures on both of its sides. The other
//! places of a problem are only what the number is compared with, and explaining them answers nothing.

use crate::consolidate::finding_diagnostic;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::model::report::Report;
use tonghop_core::model::sector::Finding;
use tonghop_core::vi::format;

/// A problem that an explanation can answer.
pub(crate) struct Question<'d> {
    /// Its index among the problems.
    pub(super) index: usize,
    pub(super) diagnostic: &'d Diagnostic,
    pub(super) sides: Vec<QuestionSide>,
}

/// A number that a question is about.
pub(super) struct QuestionSide {
    pub(super) cells: Vec<Place>,
    /// The two sides of a contradiction; `None` if the problem says only which cells it names.
    pub(super) figures: Option<[FigureRef; 2]>,
}

/// All questions by the first cell of each of their sides.
pub(crate) struct Questions<'d> {
    questions: Vec<Question<'d>>,
    by_cell: BTreeMap<Place, Vec<usize>>,
}

impl<'d> Questions<'d> {
    pub(super) fn new(diagnostics: &'d [Diagnostic], report: &Report) -> Self {
        let explainable = diagnostics.iter().enumerate().filter(|(_, problem)| problem.code.is_explainable());
        let explainable: Vec<(usize, &Diagnostic)> = explainable.collect();
        let findings = if explainable.is_empty() { BTreeMap::new() } else { findings_by_places(report) };
        let question = |(index, diagnostic): (usize, &'d Diagnostic)| {
            let sides = sides(diagnostic, &findings);
            Question { index, diagnostic, sides }
        };
        let questions: Vec<Question<'d>> = explainable.into_iter().map(question).collect();
        let mut by_cell: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
        for (number, question) in questions.iter().enumerate() {
            for first in question.sides.iter().filter_map(|side| side.cells.first()) {
                let asked = by_cell.entry(first.clone()).or_default();
                // Both sides of a contradiction may begin with one cell.
                if asked.last() != Some(&number) {
                    asked.push(number);
                }
            }
        }
        Self { questions, by_cell }
    }

    /// Returns the questions about the number of these cells.
    pub(super) fn about(&self, cells: &[Place]) -> Vec<&Question<'d>> {
        let asked = cells.first().and_then(|first| self.by_cell.get(first)).into_iter().flatten();
        asked.map(|number| &self.questions[*number]).filter(|question| question.side(cells).is_some()).collect()
    }

    /// Iterates over the questions in the order of the problems.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Question<'d>> {
        self.questions.iter()
    }
}

impl Question<'_> {
    /// Returns the side that is about the number of these cells.
    fn side(&self, cells: &[Place]) -> Option<(usize, &QuestionSide)> {
        self.sides.iter().enumerate().find(|(_, side)| side.is_about(cells))
    }

    /// Returns whether the question compares the number of these cells with this one; true if none is given.
    pub(super) fn compares_with(&self, cells: &[Place], compared: Option<Decimal>) -> bool {
        let Some(compared) = compared else { return true };
        let Some((own, side)) = self.side(cells) else { return false };
        match &side.figures {
            Some(figures) => figures[1 - own.min(1)].amount.known() == Some(compared),
            None => mentions(&self.diagnostic.message, compared),
        }
    }
}

impl QuestionSide {
    /// Returns whether the cells are those of the number; a problem without figures may name further cells after them.
    fn is_about(&self, cells: &[Place]) -> bool {
        if self.figures.is_some() { self.cells == cells } else { self.cells.starts_with(cells) }
    }
}

fn findings_by_places(report: &Report) -> BTreeMap<Vec<Place>, Vec<(&Finding, Message)>> {
    let mut findings: BTreeMap<Vec<Place>, Vec<(&Finding, Message)>> = BTreeMap::new();
    for finding in report.findings() {
        let Diagnostic { places, message, .. } = finding_diagnostic(finding);
        findings.entry(places).or_default().push((finding, message));
    }
    findings
}

fn sides(diagnostic: &Diagnostic, findings: &BTreeMap<Vec<Place>, Vec<(&Finding, Message)>>) -> Vec<QuestionSide> {
    let of_finding = || {
        let alike = findings.get(&diagnostic.places).filter(|_| diagnostic.code == Code::CheckContradiction)?;
        alike.iter().find(|(_, message)| *message == diagnostic.message).map(|(finding, _)| *finding)
    };
    match of_finding() {
        Some(finding) => {
            let figures = [FigureRef::clone(&finding.left), FigureRef::clone(&finding.right)];
            let side = |figure: &Figure| QuestionSide { cells: cells_of(figure), figures: Some(figures.clone()) };
            vec![side(&finding.left), side(&finding.right)]
        }
        None => vec![QuestionSide { cells: diagnostic.places.clone(), figures: None }],
    }
}

/// Returns the cells of a figure as places.
pub(super) fn cells_of(figure: &Figure) -> Vec<Place> {
    figure.sources().iter().map(|source| Place::from_source(source)).collect()
}

/// Returns whether a message prints a number, as a whole.
fn mentions(message: &Message, number: Decimal) -> bool {
    let (text, printed) = (message.vietnamese(), format::number(number, None));
    let is_number = |c: char| c.is_alphanumeric() || matches!(c, '.' | ',');
    text.match_indices(&printed).any(|(at, _)| {
        let after = text[at + printed.len()..].trim_start_matches(['.', ',']);
        let continues =
            after.len() < text[at + printed.len()..].len() && after.starts_with(|c: char| c.is_ascii_digit());
        !text[..at].ends_with(is_number)
            && !continues
            && !text[at + printed.len()..].starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_mentioned_as_a_whole_only() {
        let message = Message::verbatim("1.234 con (D2) so với 12,5%, 168.");
        for (number, expected) in [
            ("1234", true),
            ("12.5", true),
            ("168", true),
            ("234", false),
            ("12", false),
            ("1", false),
            ("2", false),
            ("5", false),
        ] {
            assert_eq!(mentions(&message, number.parse().unwrap()), expected, "{number}");
        }
    }
}
