//! The answer to every department: what became of its workbooks, what to mend and what is still expected.
//!
//! In comes the finished product; out go `phan-hoi/<department>.xlsx`, the department's own sheets in colour behind a
//! page of what to do, and the same as text for e-mail. [`answer`] decides what a department is told, in the words of
//! [`advice`]; [`workbook`] and [`letter`] write it. Never here: a problem of the rules, a department's problem told to
//! another one.

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

/// The folder of the answers.
const FOLDER: &str = "phan-hoi";

/// Tells whether any department may get an answer.
pub fn answers_anybody(config: &Config) -> bool {
    config.feedback.to != Answered::None
}

/// Leaves of a workbook what its department is shown again: nothing where it gets no answer.
pub fn shown_again(mut book: ReceivedBook, config: &Config) -> ReceivedBook {
    let most = if answers_anybody(config) { copy::MOST_CELLS } else { 0 };
    book.book.sheets.iter_mut().for_each(|sheet| sheet.cells.truncate(most));
    book
}

/// Shares out the workbook and the letter of every department of the settings that is to be answered.
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

/// Renders the workbook and the letter of a department, where it is to be answered.
///
/// # Errors
/// What the workbook library refuses: more sheets or rows than Excel has.
fn render(answers: &Answers<'_>, submission: &Submission, to: Answered) -> Result<Vec<OutputFile>, WriteError> {
    let answer = answers.of(submission);
    if to == Answered::Doubtful && !answer.asks_something() {
        return Ok(Vec::new());
    }
    let file = |ending, bytes| OutputFile { name: format!("{FOLDER}/{}.{ending}", submission.department), bytes };
    Ok(vec![file("xlsx", workbook::render(&answer)?), file("txt", letter::render(&answer).into_bytes())])
}
