//! Runs a project again when its files were saved, and compares the run with the last good one.
//!
//! Input: the folder of a project. Output: events. Half-saved files, mistakes in rules and missing folders are
//! reported, and the last good results stay the base of the comparison. Not here: waiting, printing.

use super::diff::{self, Difference, ListDifference};
use super::snapshot::{Snapshot, SnapshotProblem};
use crate::cache::{CachingReader, MemoryStore};
use crate::pipeline::{self, Environment, FileStates, NoProgress, Run, SETTINGS_FILE, WorkbookReader, file_states};
use crate::source::FolderSource;
use std::num::NonZeroUsize;
use std::path::Path;
use tonghop_core::diag::{Code, Language, Message};

/// The result of checking the project for changes.
pub enum PollResult {
    /// No file changed.
    Unchanged,
    /// Files are changing: check again soon.
    Changing,
    /// The changed project was run.
    Ran(WatchEvent),
}

/// The result of a run of a watched project.
pub enum WatchEvent {
    /// The first good run, the base of the next comparison.
    First(Box<Run>),
    /// A good run, with the difference from the last good one.
    Changed(Box<Run>, Difference),
    /// Something was lost; the difference contains only the losses, and the last good results stay.
    Lost(Difference),
    /// The run failed; the last good results stay.
    Failed(Message),
}

/// Watches a project.
pub struct Watcher<R> {
    source: FolderSource,
    /// The language of the problems.
    language: Language,
    reader: CachingReader<R>,
    store: MemoryStore,
    threads: NonZeroUsize,
    /// The states at the last check, and at the last run.
    last_seen: FileStates,
    last_run_states: Option<FileStates>,
    /// The last good run.
    last_good: Option<Snapshot>,
    /// The losses reported since then.
    reported_losses: Vec<SnapshotProblem>,
}

impl<R: WorkbookReader> Watcher<R> {
    /// Creates a watcher; the first check without a change runs the project.
    pub fn new(project: &Path, reader: R, threads: NonZeroUsize, language: Language) -> Self {
        let source = FolderSource::new(project);
        Self {
            last_seen: file_states(&source, SETTINGS_FILE),
            source,
            language,
            reader: CachingReader::new(reader),
            store: MemoryStore::default(),
            threads,
            last_run_states: None,
            last_good: None,
            reported_losses: Vec::new(),
        }
    }

    /// Checks the project, and runs it if files were saved and nothing changed since the last check.
    pub fn poll(&mut self) -> PollResult {
        let now = file_states(&self.source, SETTINGS_FILE);
        let quiet = now == self.last_seen;
        self.last_seen = now;
        if self.last_run_states.as_ref() == Some(&self.last_seen) {
            return PollResult::Unchanged;
        }
        if !quiet {
            return PollResult::Changing;
        }
        // Recorded before the run, so that a save during the run counts as another change.
        self.last_run_states = Some(self.last_seen.clone());
        PollResult::Ran(self.run())
    }

    /// Returns the number of watched files and folders.
    pub fn file_count(&self) -> usize {
        self.last_seen.count()
    }

    fn run(&mut self) -> WatchEvent {
        let environment =
            Environment { source: &self.source, reader: &self.reader, store: &self.store, threads: self.threads };
        match pipeline::run_without_rendering(&environment, &NoProgress) {
            Ok(run) => {
                self.reader.evict_unused();
                self.store.evict_unused();
                self.compare_with_last_good(run)
            }
            Err(error) => WatchEvent::Failed(error.message()),
        }
    }

    fn compare_with_last_good(&mut self, run: Run) -> WatchEvent {
        let now = Snapshot::from_run(&run, self.language);
        let Some(good) = &self.last_good else {
            self.last_good = Some(now);
            return WatchEvent::First(Box::new(run));
        };
        let lost = new_losses(good, &now);
        let before = std::mem::replace(&mut self.reported_losses, lost.clone());
        if !lost.is_empty() {
            // Other differences follow from the lost file and would have to be reverted later.
            let gone = diff::compare_problems(&before, &lost).gone;
            return WatchEvent::Lost(Difference {
                problems: ListDifference { new: lost, gone },
                ..Difference::default()
            });
        }
        let known_problems = [good.problems.as_slice(), &before].concat();
        let difference = Difference {
            problems: diff::compare_problems(&known_problems, &now.problems),
            ..Difference::between(good, &now)
        };
        self.last_good = Some(now);
        WatchEvent::Changed(Box::new(run), difference)
    }
}

/// Returns the losses that the last good run did not have.
fn new_losses(good: &Snapshot, now: &Snapshot) -> Vec<SnapshotProblem> {
    let mut new = diff::compare_problems(&good.problems, &now.problems).new;
    new.retain(|problem| Code::parse(&problem.code).is_some_and(Code::is_loss));
    new
}
