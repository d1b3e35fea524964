//! A project that is watched: run again when something was saved, and compared with the last good run.
//!
//! In comes the folder of a project, out go events. A file that is half saved, a rule with a mistake, a folder that is
//! gone for a while are told, and the last good results stay what the next good run is compared with. Never here:
//! waiting, printing, why a run fails.

use super::diff::{self, Difference, Sides};
use super::snapshot::{Problem, Snapshot};
use crate::cache::Remembering;
use crate::pipeline::{self, ReadBooks, Run, SETTINGS, Stamps, Unwatched, stamps};
use std::path::PathBuf;
use tonghop_core::diag::{Code, Language, Words};

/// What a look at the project found.
pub enum Look {
    /// Nobody touched anything.
    Still,
    /// Somebody is saving: look again soon.
    Moving,
    /// What was saved was run.
    Answered(Event),
}

/// What became of a run.
pub enum Event {
    /// The first good run, with which the next ones are compared.
    First(Box<Run>),
    /// A good run.
    Changed(Box<Run>, Difference),
    /// Something was lost, and the difference tells only what; the last good results stay.
    Lost(Difference),
    /// There are no results; the last good ones stay.
    Failed(Words),
}

/// What a file that is half saved, or saved with a mistake, costs.
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

/// A project that is watched.
pub struct Watch<R> {
    project: PathBuf,
    /// Of the problems.
    language: Language,
    reader: Remembering<R>,
    /// What the last look saw, and what the last run was made from.
    seen: Stamps,
    ran: Option<Stamps>,
    /// The last good run.
    good: Option<Snapshot>,
    /// What was told to be lost since then.
    lost: Vec<Problem>,
}

impl<R: ReadBooks> Watch<R> {
    /// Prepares to watch a project; the first quiet look runs it.
    pub fn new(project: PathBuf, reader: R, language: Language) -> Self {
        let seen = stamps(&project, SETTINGS);
        let reader = Remembering::new(reader);
        Self { project, language, reader, seen, ran: None, good: None, lost: Vec::new() }
    }

    /// Looks at the project, and runs it if something was saved and all is quiet since the last look.
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
        // Noted before the run: what is saved while it works is another change.
        self.ran = Some(self.seen.clone());
        Look::Answered(self.run())
    }

    /// Counts the files and folders that are looked at.
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
            // What else is said around a lost file follows from it, and would have to be taken back.
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

/// Returns what a run lost that the last good one had.
fn losses(good: &Snapshot, now: &Snapshot) -> Vec<Problem> {
    let mut new = diff::problems(&good.problems, &now.problems).new;
    new.retain(|problem| LOSSES.iter().any(|code| code.as_str() == problem.code));
    new
}
