//! Checks a line of explanations field by field.
//!
//! Input: the line. Output: what it is about, the number it states and its answer, or the first thing wrong with it. Not
//! here: whether the number still holds.

use super::Answer;
use super::line_problems::{DAY_COLUMN, LineProblems, WHO_COLUMN, WHY_COLUMN};
use super::stated_number::StatedNumber;
use super::subject::{Subject, Subjects};
use tonghop_core::diag::Diagnostic;
use tonghop_core::model::submission::Day;

/// A line without mistakes.
pub(super) struct CheckedLine {
    pub subject: Subject,
    pub stated: StatedNumber,
    pub answer: Answer,
}

impl CheckedLine {
    pub(super) fn check(at: LineProblems<'_>, subjects: &Subjects<'_>) -> Result<Self, Box<Diagnostic>> {
        let line = at.line;
        let department = subjects.config().departments_named(&line.department);
        let department = department.first().ok_or_else(|| at.department_unknown())?;
        let subject = subjects.find(at, department)?;
        let stated = StatedNumber::parse(&line.number).ok_or_else(|| at.number_unreadable())?;
        for (column, field) in [(WHY_COLUMN, &line.why), (WHO_COLUMN, &line.who)] {
            if field.is_empty() {
                return Err(at.unsigned(column));
            }
        }
        let day = Day::parse(&line.day).ok_or_else(|| at.unsigned(DAY_COLUMN))?;
        let answer = Answer { why: line.why.clone(), who: line.who.clone(), day, place: at.place(WHY_COLUMN) };
        Ok(Self { subject, stated, answer })
    }
}
