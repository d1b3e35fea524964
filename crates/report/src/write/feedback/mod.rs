//! The feedback to every department: how its workbooks were read, what to correct and what is outstanding.
//!
//! Input: the finished product. Output: `phan-hoi/<department>.xlsx`, the department's own sheets in colour after a
//! page of what to do, and the same as text for e-mail. [`department_feedback`] decides what a department is shown,
//! with the texts of [`advice`]; [`workbook`] and [`letter`] write it. Not here: problems of the rules, problems of
//! other departments.

mod advice;
mod book;
mod cell_notes;
mod department_feedback;
mod first_page;
mod letter;
mod line;
mod look;
mod outstanding;
mod sheet_copy;
pub(crate) mod sheets;
pub(crate) mod workbook;

use super::Product;
use super::rendering::{RenderJob, RenderedFile, rendered};
use department_feedback::FeedbackBuilder;
use std::sync::Arc;
use tonghop_core::config::{Config, FeedbackRecipients};
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::submission::Submission;

/// The folder of the feedback.
pub(super) const FOLDER: &str = "phan-hoi";

/// Returns whether any department may get feedback.
pub fn is_feedback_enabled(config: &Config) -> bool {
    config.feedback.to != FeedbackRecipients::None
}

/// Truncates the sheets of a workbook to what the feedback shows: no cells if feedback is disabled.
pub fn trim_for_feedback(mut book: ReceivedWorkbook, config: &Config) -> ReceivedWorkbook {
    let max_cells = if is_feedback_enabled(config) { sheet_copy::MAX_CELLS } else { 0 };
    book.workbook.sheets.iter_mut().for_each(|sheet| sheet.cells.truncate(max_cells));
    book
}

/// Returns a job for every department of the settings, which renders its workbook and letter.
pub(super) fn jobs<'a>(product: &'a Product<'a>) -> Vec<RenderJob<'a>> {
    if !is_feedback_enabled(product.config) {
        return Vec::new();
    }
    let builder = Arc::new(FeedbackBuilder::new(product));
    let job = |submission: &'a Submission| {
        let builder = Arc::clone(&builder);
        let render = move || render(&builder, submission, product.config.feedback.to);
        RenderJob { name: format!("{FOLDER}/{}", submission.department), render: Box::new(render) }
    };
    product.report.submissions.iter().map(job).collect()
}

/// Renders the workbook and the letter of a department, if it gets feedback.
fn render(builder: &FeedbackBuilder<'_>, submission: &Submission, to: FeedbackRecipients) -> Vec<RenderedFile> {
    let feedback = builder.feedback_for(submission);
    if to == FeedbackRecipients::Doubtful && !feedback.has_requests() {
        return Vec::new();
    }
    let name = |ending| format!("{FOLDER}/{}.{ending}", submission.department);
    vec![
        rendered(name("xlsx"), || Ok(workbook::render(&feedback)?)),
        rendered(name("txt"), || Ok(letter::render(&feedback).into_bytes())),
    ]
}
