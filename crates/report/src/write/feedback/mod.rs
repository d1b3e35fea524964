//! The feedback to every department: how its workbooks were read, what to correct and what is outstanding.
//!
//! Input: the finished product. Output: `phan-hoi/<department>.xlsx`, the department's own sheets in colour after a
//! page of what to do, and the same as text for e-mail. [`department_feedback`] decides what a department is shown,
//! with the texts of [`advice`]; [`workbook`] and [`letter`] write it. Not here: problems of the rules, problems of
//! other departments.

mod advice;
mod answer;
mod awaited;
mod book;
mod copy;
mod first_page;
mod letter;
mod line;
mod look;
mod remark;
pub(crate) mod subject;
pub(crate) mod workbook;

use super::{Job, OutputFile, Product, WriteError};
use answer::Answers;
use std::sync::Arc;
use tonghop_core::config::{Answered, Config};
use tonghop_core::model::book::ReceivedBook;
use tonghop_core::model::submission::Submission;

/// The folder of the feedback.
const FOLDER: &str = "phan-hoi";

/// Returns whether any department may get feedback.
pub fn answers_anybody(config: &Config) -> bool {
    config.feedback.to != Answered::None
}

/// Truncates the sheets of a workbook to what the feedback shows: no cells if feedback is disabled.
pub fn shown_again(mut book: ReceivedBook, config: &Config) -> ReceivedBook {
    let most = if answers_anybody(config) { copy::MOST_CELLS } else { 0 };
    book.book.sheets.iter_mut().for_each(|sheet| sheet.cells.truncate(most));
    book
}

/// Returns a job for every department of the settings, which renders its workbook and letter.
pub(super) fn jobs<'a>(product: &'a Product<'a>) -> Vec<Job<'a>> {
    if !answers_anybody(product.config) {
        return Vec::new();
    }
    let answers = Arc::new(Answers::new(product));
    let job = |submission| -> Job<'a> {
        let answers = Arc::clone(&answers);
        Box::new(move || render(&answers, submission, product.config.feedback.to))
    };
    product.report.submissions.iter().map(job).collect()
}

/// Renders the workbook and the letter of a department, if it gets feedback.
///
/// # Errors
/// Returns an error if the workbook exceeds the limits of Excel.
fn render(answers: &Answers<'_>, submission: &Submission, to: Answered) -> Result<Vec<OutputFile>, WriteError> {
    let answer = answers.of(submission);
    if to == Answered::Doubtful && !answer.asks_something() {
        return Ok(Vec::new());
    }
    let file = |ending, bytes| OutputFile { name: format!("{FOLDER}/{}.{ending}", submission.department), bytes };
    Ok(vec![file("xlsx", workbook::render(&answer)?), file("txt", letter::render(&answer).into_bytes())])
}
