//! A project that is watched: run again when something was saved, and compared with the last good run.
//!
//! In comes the folder of a project, out go events. A file that is half saved, a rule with a mistake, a folder that is
//! gone for a while are told, and the last good results stay what the next good run is compared with. Never here:
//! waiting, printing, why a run fails.

use super::diff::{self, Difference};
use super::snapshot::{Problem, Snapshot};
use crate::cache::Remembering;
use crate::diag::{Code, Language, Words};
use crate::pipeline::{self, Options, ReadBooks, Run, SETTINGS, Stamps, Unwatched, stamps};
use std::path::PathBuf;

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
    /// Something was lost: only the problems are compared, the last good results stay.
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
    options: Options,
    /// Of the problems.
    language: Language,
    reader: Remembering<R>,
    /// What the last look saw, and what the last run was made from.
    seen: Stamps,
    ran: Option<Stamps>,
    /// The last good run.
    good: Option<Snapshot>,
    /// The problems that were told last.
    told: Vec<Problem>,
}

impl<R: ReadBooks> Watch<R> {
    /// Prepares to watch a project; the first quiet look runs it.
    pub fn new(project: PathBuf, reader: R, options: Options, language: Language) -> Self {
        let seen = stamps(&project, SETTINGS);
        let reader = Remembering::new(reader);
        Self { project, options, language, reader, seen, ran: None, good: None, told: Vec::new() }
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

    fn run(&mut self) -> Event {
        match pipeline::run(&self.project, &self.reader, &Unwatched, self.options) {
            Ok(run) => {
                self.reader.forget();
                self.compared(run)
            }
            Err(error) => Event::Failed(error.words()),
        }
    }

    fn compared(&mut self, run: Run) -> Event {
        let now = match Snapshot::of_run(&run, self.language) {
            Ok(now) => now,
            Err(error) => return Event::Failed(error.words()),
        };
        let told = std::mem::replace(&mut self.told, now.problems.clone());
        let problems = diff::problems(&told, &now.problems);
        let Some(good) = &self.good else {
            self.good = Some(now);
            return Event::First(Box::new(run));
        };
        if loses(good, &now) {
            return Event::Lost(Difference { problems, ..Difference::default() });
        }
        let difference = Difference { problems, ..Difference::between(good, &now) };
        self.good = Some(now);
        Event::Changed(Box::new(run), difference)
    }
}

/// Tells whether a run lost what the last good one had.
fn loses(good: &Snapshot, now: &Snapshot) -> bool {
    let lost = diff::problems(&good.problems, &now.problems).new;
    lost.iter().any(|problem| LOSSES.iter().any(|code| code.as_str() == problem.code))
}
