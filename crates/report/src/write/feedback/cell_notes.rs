//! The notes on the cells of a received sheet.
//!
//! Input: the diagnostics of a department and the reading log of the sheet. Output: texts by cell. Not here: layout.

use super::advice;
use super::department_feedback::DepartmentFeedback;
use super::look::CellHighlight;
use super::sheets::ReceivedSheet;
use std::collections::BTreeMap;
use tonghop_core::diag::{Diagnostic, Place, Severity};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::reading_log::{CellOutcome, ConvertedAmount};
use tonghop_core::vi::format;

/// A note on a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CellNote {
    /// The look of the cell, if it differs from that of its outcome.
    pub look: Option<CellHighlight>,
    pub text: String,
}

/// More bytes than a note of Excel can hold; what follows would be cut off.
const MAX_NOTE_BYTES: usize = 100_000;

impl CellNote {
    fn add(&mut self, words: &str) {
        if self.text.len() > MAX_NOTE_BYTES || self.text.contains(words) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(words);
    }
}

/// Returns the notes of a sheet by cell.
pub(super) fn sheet_notes(
    feedback: &DepartmentFeedback<'_>,
    received: &ReceivedSheet<'_>,
) -> BTreeMap<CellRef, CellNote> {
    let mut notes = diagnostic_notes(feedback, received);
    // Noted at the first cell only: all others of the sheet have the same colour for the same reason.
    let mut sheet_diagnostic =
        feedback.diagnostics.iter().find(|problem| is_about_sheet(problem.places.first(), received));
    for (cell, outcome) in received.summary.log.outcomes() {
        match outcome {
            CellOutcome::Converted => {
                let conversion_text = received.summary.log.conversion(*cell).map(conversion_text).unwrap_or_default();
                let remark = notes.entry(*cell).or_default();
                let previous_text = std::mem::take(&mut remark.text);
                remark.add(&conversion_text);
                if !previous_text.is_empty() {
                    remark.add(&previous_text);
                }
            }
            CellOutcome::Rejected(at) => {
                let of_sheet = || sheet_diagnostic.take().map(|problem| diagnostic_note(problem));
                let elsewhere = || notes.get(at).cloned().or_else(of_sheet);
                if !notes.contains_key(cell)
                    && let Some(note) = elsewhere()
                {
                    notes.insert(*cell, note);
                }
                if let Some(remark) = notes.get_mut(cell) {
                    remark.look = Some(CellHighlight::Rejected);
                }
            }
            _ => {}
        }
    }
    notes.extend(outstanding_notes(feedback, received));
    notes
}

/// Returns the notes from diagnostics that name a cell.
fn diagnostic_notes(feedback: &DepartmentFeedback<'_>, received: &ReceivedSheet<'_>) -> BTreeMap<CellRef, CellNote> {
    let mut remarks: BTreeMap<CellRef, CellNote> = BTreeMap::new();
    for problem in &feedback.diagnostics {
        for place in &problem.places {
            if let Place::Cell(file, sheet, cell) = place
                && file == received.file
                && *sheet == received.sheet.name
            {
                let CellNote { look, text } = diagnostic_note(problem);
                let remark = remarks.entry(*cell).or_default();
                remark.look = remark.look.or(look);
                remark.add(&text);
            }
        }
    }
    remarks
}

fn diagnostic_note(problem: &Diagnostic) -> CellNote {
    let todo = advice::advice_for(problem);
    let look = (problem.severity() > Severity::Note).then_some(CellHighlight::Doubtful);
    CellNote { look, text: format!("{}\nCần làm: {todo}", advice::message_sentence(&problem.message)) }
}

fn is_about_sheet(place: Option<&Place>, received: &ReceivedSheet<'_>) -> bool {
    matches!(place, Some(Place::Sheet(file, sheet)) if file == received.file && *sheet == received.sheet.name)
}

/// Describes how a number was understood.
fn conversion_text(ConvertedAmount { amount, unit }: &ConvertedAmount) -> String {
    match amount {
        Amount::Known(value) => {
            format!("Đã hiểu là {}.", format::quantity(&format::number(*value, None), &unit.to_string()))
        }
        Amount::NotApplicable => "Đã hiểu là không phát sinh.".to_owned(),
        Amount::Missing => "Đã hiểu là chưa có số liệu.".to_owned(),
    }
}

/// Returns the notes on empty cells of the sheet with an outstanding number.
fn outstanding_notes(feedback: &DepartmentFeedback<'_>, received: &ReceivedSheet<'_>) -> BTreeMap<CellRef, CellNote> {
    let here = feedback.outstanding.iter().filter_map(|outstanding| {
        let (file, sheet, cell) = outstanding.cell?;
        let words = format!("\"{}\": chưa có số liệu.\nCần làm: {}", outstanding.decl.label, advice::FILL_CELL);
        let is_here = file == received.file && *sheet == received.sheet.name;
        is_here.then_some((cell, CellNote { look: Some(CellHighlight::Outstanding), text: words }))
    });
    here.collect()
}
