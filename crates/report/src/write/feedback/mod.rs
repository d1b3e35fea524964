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
mod made_from;
mod outstanding;
mod sheet_copy;
pub(crate) mod sheets;
pub(crate) mod workbook;

use super::Product;
use super::rendering::{RenderJob, RenderedFile};
use department_feedback::FeedbackBuilder;
use made_from::EarlierFeedback;
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
    let shared = Arc::new((FeedbackBuilder::new(product), EarlierFeedback::new(product)));
    let job = |submission: &'a Submission| {
        let shared = Arc::clone(&shared);
        let render = move || render(&shared.0, &shared.1, submission, product.config.feedback.to);
        RenderJob { name: format!("{FOLDER}/{}", submission.department), render: Box::new(render) }
    };
    product.report.submissions.iter().map(job).collect()
}

/// Renders the workbook and the letter of a department, if it gets feedback.
fn render(
    builder: &FeedbackBuilder<'_>,
    earlier: &EarlierFeedback<'_>,
    submission: &Submission,
    to: FeedbackRecipients,
) -> Vec<RenderedFile> {
    let feedback = builder.feedback_for(submission);
    if to == FeedbackRecipients::Doubtful && !feedback.has_requests() {
        return Vec::new();
    }
    let made_from = earlier.hash(&feedback);
    let name = |ending| format!("{FOLDER}/{}.{ending}", submission.department);
    let letter = || Ok(letter::render(&feedback).into_bytes());
    vec![
        earlier.recall_or_render(name("xlsx"), made_from.as_ref(), || Ok(workbook::render(&feedback)?)),
        earlier.recall_or_render(name("txt"), made_from.as_ref(), letter),
    ]
}
