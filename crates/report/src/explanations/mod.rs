//! Answers questions about numbers with the explanations of departments.
//!
//! Input: all problems of a run, the lines of `giai-trinh.csv`, the report and the received workbooks. Output: the
//! problems, in which an explained question is a note with its explanation, and one problem for each line that answers
//! nothing. Not here: which kinds of problems can be explained (`is_explainable` in the catalogue).
//!
//! An explanation holds for the number that it names and for no other: once the figure has another number, the question
//! is asked again, and the line is reported. Nothing here changes a figure or a text of the report.

mod answer_form;
mod checked_line;
mod line_problems;
mod questions;
mod stated_number;
mod subject;

pub(crate) use answer_form::{ANSWER_HEADINGS, AnswerForms};

use checked_line::CheckedLine;
use line_problems::LineProblems;
use questions::{Question, Questions};
use std::collections::BTreeMap;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::explanation::ExplanationLine;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::report::Report;
use tonghop_core::model::submission::Day;
use tonghop_core::msg;

/// The most explanations that one message quotes.
const MAX_QUOTED: usize = 10;

/// A question about a number, with what departments answered.
#[derive(Clone, Debug)]
pub struct NumberExplanation {
    /// The problem as it was found, before it was explained.
    pub question: Diagnostic,
    /// In the order of the file; at least one.
    pub answers: Vec<Answer>,
}

/// What a department answered about a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Why the number is right, as written.
    pub why: String,
    /// The person who explains it, as written.
    pub who: String,
    /// The day of the explanation.
    pub day: Day,
    /// The explanation in its line of the file.
    pub place: Place,
}

impl NumberExplanation {
    /// Returns the answers, each with its author and day.
    pub fn quote(&self) -> Message {
        let quoted = self.answers.iter().take(MAX_QUOTED).map(|Answer { why, who, day, .. }| {
            msg!("{why} ({who}, {day})", "{why} ({who}, {iso})", iso = day.to_iso())
        });
        Message::join(&quoted.collect::<Vec<_>>(), "; ")
    }

    /// Returns the note that takes the place of the question.
    fn note(&self) -> Diagnostic {
        let message = msg!(
            "{question}; đơn vị giải trình: {answers}",
            "{question}; explained by the department: {answers}",
            question = self.question.message,
            answers = self.quote()
        );
        let lines = self.answers.iter().take(MAX_QUOTED).map(|answer| answer.place.clone());
        let places = self.question.places.iter().cloned().chain(lines).collect();
        Diagnostic { code: Code::NumberExplained, places, message, hint: None, given_severity: None }
    }
}

/// What a run knows about the numbers that can be explained.
#[derive(Clone, Copy)]
pub struct KnownNumbers<'a> {
    /// The report, with the figures of all sectors.
    pub report: &'a Report,
    /// The workbooks as received, for cells that give no figure.
    pub books: &'a [ReceivedWorkbook],
    /// The settings of the project.
    pub config: &'a Config,
}

/// Turns the explained questions among the problems into notes and adds the problems of the lines; returns what was
/// explained, in the order of the problems.
pub fn apply_explanations(
    diagnostics: &mut Diagnostics,
    lines: &[ExplanationLine],
    file: &FilePath,
    known: KnownNumbers<'_>,
) -> Vec<NumberExplanation> {
    let (explained, problems) = explain(diagnostics, lines, file, known);
    for (index, explanation) in &explained {
        diagnostics[*index] = explanation.note();
    }
    diagnostics.extend(problems);
    explained.into_values().collect()
}

/// Returns the explained questions by their index among the problems, and the problems of the lines.
fn explain(
    diagnostics: &[Diagnostic],
    lines: &[ExplanationLine],
    file: &FilePath,
    known: KnownNumbers<'_>,
) -> (BTreeMap<usize, NumberExplanation>, Diagnostics) {
    let questions = Questions::new(diagnostics, known.report);
    let subjects = subject::Subjects::new(known);
    let mut explained: BTreeMap<usize, NumberExplanation> = BTreeMap::new();
    let mut problems = Diagnostics::new();
    for line in lines {
        let at = LineProblems { file, line };
        match CheckedLine::check(at, &subjects).and_then(|checked| answered(at, &checked, &questions)) {
            Ok((answer, answered)) => {
                for question in answered {
                    let new = || NumberExplanation { question: question.diagnostic.clone(), answers: Vec::new() };
                    explained.entry(question.index).or_insert_with(new).answers.push(answer.clone());
                }
            }
            Err(problem) => problems.push(*problem),
        }
    }
    (explained, problems)
}

/// Returns the answer of a line and the questions that it answers, of which there is at least one.
fn answered<'q>(
    at: LineProblems<'_>,
    checked: &CheckedLine,
    questions: &'q Questions<'_>,
) -> Result<(Answer, Vec<&'q Question<'q>>), Box<Diagnostic>> {
    let CheckedLine { subject, stated, answer } = checked;
    if !subject.numbers.iter().any(|number| stated.is_equal(number)) {
        return Err(at.outdated(subject.numbers.first()));
    }
    let asked = questions.about(&subject.cells);
    if asked.is_empty() {
        return Err(at.unneeded());
    }
    let answered: Vec<&Question<'_>> =
        asked.into_iter().filter(|question| question.compares_with(&subject.cells, stated.compared)).collect();
    if answered.is_empty() { Err(at.compared_with_another()) } else { Ok((answer.clone(), answered)) }
}
