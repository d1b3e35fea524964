//! The answer to every department: what became of its workbooks, what to mend and what is still expected.
//!
//! In comes the finished product; out go `phan-hoi/<department>.xlsx`, the department's own sheets in colour behind a
//! page of what to do, and the same as text for e-mail. [`answer`] decides what a department is told, in the words of
//! [`advice`]; [`book`] and [`letter`] write it. Never here: a problem of the rules, a department's problem told to
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

use super::{OutputFile, Product, WriteError};
use crate::config::{Answered, Config};
use crate::model::cell::ReceivedBook;
use answer::Answers;

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

/// Renders the workbook and the letter of every department of the settings that is to be answered.
///
/// # Errors
/// What the workbook library refuses: more sheets or rows than Excel has.
pub fn render(product: &Product<'_>) -> Result<Vec<OutputFile>, WriteError> {
    if !answers_anybody(product.config) {
        return Ok(Vec::new());
    }
    let to = product.config.feedback.to;
    let answers = Answers::new(product);
    let mut files = Vec::with_capacity(2 * product.report.submissions.len());
    for submission in &product.report.submissions {
        let answer = answers.of(submission);
        if to == Answered::Doubtful && !answer.asks_something() {
            continue;
        }
        let id = &submission.department;
        files.push(OutputFile { name: format!("{FOLDER}/{id}.xlsx"), bytes: book::render(&answer)? });
        files.push(OutputFile { name: format!("{FOLDER}/{id}.txt"), bytes: letter::render(&answer).into_bytes() });
    }
    Ok(files)
}
