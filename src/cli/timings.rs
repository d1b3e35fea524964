//! Measures how long each stage of a run takes and writes the times to a JSON file.
//!
//! This is the only clock of the program; the times are in no other output.
#![expect(clippy::disallowed_methods, reason = "the times are only written to a file that is never compared")]

use crate::pipeline::Progress;
use serde::Serialize;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};
use std::time::Instant;
use tonghop_core::diag::Message;
use tonghop_core::model::id::FilePath;
use tonghop_core::msg;
use tonghop_core::parallel::lock;

/// Records when each stage begins, and forwards all progress.
pub(super) struct Timings<P> {
    progress: P,
    marks: Mutex<Vec<(&'static str, Instant)>>,
}

/// The content of the file.
#[derive(Serialize)]
struct TimingsFile {
    stages: Vec<Stage>,
    total_ms: f64,
}

#[derive(Serialize)]
struct Stage {
    stage: &'static str,
    ms: f64,
}

impl<P> Timings<P> {
    /// Creates a recorder that forwards to `progress`.
    pub(super) fn new(progress: P) -> Self {
        Self { progress, marks: Mutex::default() }
    }

    /// Writes the times of the stages so far to `file`.
    ///
    /// # Errors
    /// Returns the reason if the file cannot be written.
    pub(super) fn write(&self, file: &Path) -> Result<(), Message> {
        let mut json = serde_json::to_string_pretty(&self.measured(Instant::now())).unwrap_or_default();
        json.push('\n');
        fs::write(file, json).map_err(|error| {
            msg!("không ghi được {file}: {error}", "{file} cannot be written: {error}", file = file.display())
        })
    }

    fn marks(&self) -> MutexGuard<'_, Vec<(&'static str, Instant)>> {
        lock(&self.marks)
    }

    fn measured(&self, end: Instant) -> TimingsFile {
        let marks = self.marks();
        let ends = marks.iter().skip(1).map(|(_, began)| *began).chain([end]);
        let stages = marks.iter().zip(ends).map(|((stage, began), end)| Stage { stage, ms: milliseconds(*began, end) });
        let total_ms = marks.first().map_or(0.0, |(_, began)| milliseconds(*began, end));
        TimingsFile { stages: stages.collect(), total_ms }
    }
}

fn milliseconds(began: Instant, end: Instant) -> f64 {
    const MICROS_PER_MILLI: f64 = 1000.0;
    end.duration_since(began).as_micros() as f64 / MICROS_PER_MILLI
}

impl<P: Progress> Progress for Timings<P> {
    fn stage(&self, stage: &'static str) {
        self.marks().push((stage, Instant::now()));
        self.progress.stage(stage);
    }

    fn reading_started(&self, workbooks: usize) {
        self.progress.reading_started(workbooks);
    }

    fn workbook_read(&self, file: &FilePath) {
        self.progress.workbook_read(file);
    }

    fn reading_finished(&self) {
        self.progress.reading_finished();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::NoProgress;

    #[test]
    fn a_stage_lasts_until_the_next_one() {
        let timings = Timings::new(NoProgress);
        ["read", "rules"].into_iter().for_each(|stage| timings.stage(stage));
        let measured = timings.measured(Instant::now());
        assert_eq!(measured.stages.iter().map(|stage| stage.stage).collect::<Vec<_>>(), ["read", "rules"]);
        let sum: f64 = measured.stages.iter().map(|stage| stage.ms).sum();
        assert!((sum - measured.total_ms).abs() < 0.01 && sum >= 0.0, "{sum} of {}", measured.total_ms);
        assert_eq!(Timings::new(NoProgress).measured(Instant::now()).total_ms, 0.0);
    }
}
