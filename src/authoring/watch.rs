//! Runs a project again when its files were saved, and compares the run with the last good one.
//!
//! Input: the folder of a project. Output: events. Half-saved files, mistakes in rules and missing folders are
//! reported, and the last good results stay the base of the comparison. Not here: waiting, printing.

use super::diff::{self, Difference, Sides};
use super::snapshot::{Problem, Snapshot};
use crate::cache::Remembering;
use crate::pipeline::{self, ReadBooks, Run, SETTINGS, Stamps, Unwatched, stamps};
use std::path::PathBuf;
use tonghop_core::diag::{Code, Language, Words};

/// The result of checking the project for changes.
pub enum Look {
    /// No file changed.
    Still,
    /// Files are changing: check again soon.
    Moving,
    /// The changed project was run.
    Answered(Event),
}

/// The result of a run of a watched project.
pub enum Event {
    /// The first good run, the base of the next comparison.
    First(Box<Run>),
    /// A good run, with the difference from the last good one.
    Changed(Box<Run>, Difference),
    /// Something was lost; the difference contains only the losses, and the last good results stay.
    Lost(Difference),
    /// The run failed; the last good results stay.
    Failed(Words),
}

/// The problems that a half-saved file or a mistake in a file can cause.
const LOSSES: [Code; 10] = [
    Code::WorkbookUnreadable,
    Code::DepartmentMismatch,
    Code::PeriodMismatch,
    Code::FormContested,
    Code::PluginBroken,
    Code::RuleFailed,
    Code::RuleLimit,
    Code::AliasesUnreadable,
    Code::HistoryUnusable,
    Code::TemplateUnusable,
];

/// Watches a project.
pub struct Watch<R> {
    project: PathBuf,
    /// The language of the problems.
    language: Language,
    reader: Remembering<R>,
    /// The states at the last check, and at the last run.
    seen: Stamps,
    ran: Option<Stamps>,
    /// The last good run.
    good: Option<Snapshot>,
    /// The losses reported since then.
    lost: Vec<Problem>,
}

impl<R: ReadBooks> Watch<R> {
    /// Creates a watcher; the first check without a change runs the project.
    pub fn new(project: PathBuf, reader: R, language: Language) -> Self {
        let seen = stamps(&project, SETTINGS);
        let reader = Remembering::new(reader);
        Self { project, language, reader, seen, ran: None, good: None, lost: Vec::new() }
    }

    /// Checks the project, and runs it if files were saved and nothing changed since the last check.
    pub fn look(&mut self) -> Look {
        let now = stamps(&self.project, SETTINGS);
        let quiet = now == self.seen;
        self.seen = now;
        if self.ran.as_ref() == Some(&self.seen) {
            return Look::Still;
        }
        if !quiet {
            return Look::Moving;
        }
        // Recorded before the run, so that a save during the run counts as another change.
        self.ran = Some(self.seen.clone());
        Look::Answered(self.run())
    }

    /// Returns the number of watched files and folders.
    pub fn files(&self) -> usize {
        self.seen.count()
    }

    fn run(&mut self) -> Event {
        match pipeline::results(&self.project, &self.reader, &Unwatched) {
            Ok(run) => {
                self.reader.forget();
                self.compared(run)
            }
            Err(error) => Event::Failed(error.words()),
        }
    }

    fn compared(&mut self, run: Run) -> Event {
        let now = Snapshot::of_run(&run, self.language);
        let Some(good) = &self.good else {
            self.good = Some(now);
            return Event::First(Box::new(run));
        };
        let lost = losses(good, &now);
        let before = std::mem::replace(&mut self.lost, lost.clone());
        if !lost.is_empty() {
            // Other differences follow from the lost file and would have to be reverted later.
            let gone = diff::problems(&before, &lost).gone;
            return Event::Lost(Difference { problems: Sides { new: lost, gone }, ..Difference::default() });
        }
        let told = [good.problems.as_slice(), &before].concat();
        let difference =
            Difference { problems: diff::problems(&told, &now.problems), ..Difference::between(good, &now) };
        self.good = Some(now);
        Event::Changed(Box::new(run), difference)
    }
}

/// Returns the losses that the last good run did not have.
fn losses(good: &Snapshot, now: &Snapshot) -> Vec<Problem> {
    let mut new = diff::problems(&good.problems, &now.problems).new;
    new.retain(|problem| LOSSES.iter().any(|code| code.as_str() == problem.code));
    new
}
