//! The notes on the cells of a received sheet.
//!
//! Input: the diagnostics of a department and the reading log of the sheet. Output: texts by cell. Not here: layout.

use super::advice;
use super::answer::Answer;
use super::look::Look;
use super::subject::Received;
use std::collections::BTreeMap;
use tonghop_core::diag::{Diagnostic, Place, Severity};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::reading::{Fate, Understood};
use tonghop_core::vi::format;

/// A note on a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Remark {
    /// The look of the cell, if it differs from that of its outcome.
    pub look: Option<Look>,
    pub words: String,
}

impl Remark {
    fn say(&mut self, words: &str) {
        if !self.words.contains(words) {
            let line_break = if self.words.is_empty() { "" } else { "\n" };
            self.words = format!("{}{line_break}{words}", self.words);
        }
    }
}

/// Returns the notes of a sheet by cell.
pub(super) fn remarks(answer: &Answer<'_>, received: &Received<'_>) -> BTreeMap<CellRef, Remark> {
    let mut remarks = told(answer, received);
    // Noted at the first cell only: all others of the sheet have the same colour for the same reason.
    let mut of_sheet = answer.problems.iter().find(|problem| is_of(problem.places.first(), received));
    for (cell, fate) in received.reception.log.fates() {
        match fate {
            Fate::Converted => {
                let understood = received.reception.log.understood(*cell).map(understood).unwrap_or_default();
                let remark = remarks.entry(*cell).or_default();
                let told = std::mem::take(&mut remark.words);
                remark.say(&understood);
                if !told.is_empty() {
                    remark.say(&told);
                }
            }
            Fate::Rejected(at) => {
                let of_sheet = || of_sheet.take().map(|problem| remark(answer, problem));
                let elsewhere = || remarks.get(at).cloned().or_else(of_sheet);
                if !remarks.contains_key(cell)
                    && let Some(told) = elsewhere()
                {
                    remarks.insert(*cell, told);
                }
                if let Some(remark) = remarks.get_mut(cell) {
                    remark.look = Some(Look::Rejected);
                }
            }
            _ => {}
        }
    }
    remarks.extend(awaited(answer, received));
    remarks
}

/// Returns the notes from diagnostics that name a cell.
fn told(answer: &Answer<'_>, received: &Received<'_>) -> BTreeMap<CellRef, Remark> {
    let mut remarks: BTreeMap<CellRef, Remark> = BTreeMap::new();
    for problem in &answer.problems {
        for place in &problem.places {
            if let Place::Cell(file, sheet, cell) = place
                && file == received.file
                && *sheet == received.sheet.name
            {
                let Remark { look, words } = remark(answer, problem);
                let remark = remarks.entry(*cell).or_default();
                remark.look = remark.look.or(look);
                remark.say(&words);
            }
        }
    }
    remarks
}

fn remark(answer: &Answer<'_>, problem: &Diagnostic) -> Remark {
    let todo = advice::todo(problem, answer.rules_are_whole);
    let look = (problem.severity() > Severity::Note).then_some(Look::Doubtful);
    Remark { look, words: format!("{}\nCần làm: {todo}", advice::message(&problem.message)) }
}

fn is_of(place: Option<&Place>, received: &Received<'_>) -> bool {
    matches!(place, Some(Place::Sheet(file, sheet)) if file == received.file && *sheet == received.sheet.name)
}

/// Describes how a number was understood.
fn understood(Understood { amount, unit }: &Understood) -> String {
    match amount {
        Amount::Known(value) => {
            format!("Đã hiểu là {}.", format::quantity(&format::number(*value, None), &unit.to_string()))
        }
        Amount::NotApplicable => "Đã hiểu là không phát sinh.".to_owned(),
        Amount::Missing => "Đã hiểu là chưa có số liệu.".to_owned(),
    }
}

/// Returns the notes on empty cells of the sheet with an outstanding number.
fn awaited(answer: &Answer<'_>, received: &Received<'_>) -> BTreeMap<CellRef, Remark> {
    let here = answer.awaited.iter().filter_map(|awaited| {
        let (file, sheet, cell) = awaited.cell?;
        let words = format!("\"{}\": chưa có số liệu.\nCần làm: {}", awaited.decl.label, advice::FILL);
        let is_here = file == received.file && *sheet == received.sheet.name;
        is_here.then_some((cell, Remark { look: Some(Look::Awaited), words }))
    });
    here.collect()
}
