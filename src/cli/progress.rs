//! The progress bar of a run, drawn where somebody watches.
//!
//! In comes what the run tells, out goes a bar on the error stream. Never here: a result.

use crate::model::id::FilePath;
use crate::pipeline::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// The progress bar of a run.
pub struct Bar(ProgressBar);

impl Bar {
    /// Makes a bar, visible only where the error stream is watched.
    pub fn new(watched: bool) -> Self {
        Self(if watched { ProgressBar::new(0) } else { ProgressBar::hidden() })
    }
}

impl Progress for Bar {
    fn begin(&self, workbooks: usize) {
        self.0.set_length(workbooks as u64);
        if let Ok(style) = ProgressStyle::with_template("Đang đọc {pos}/{len} {wide_bar} {msg}") {
            self.0.set_style(style);
        }
    }

    fn read(&self, file: &FilePath) {
        self.0.set_message(file.to_string());
        self.0.inc(1);
    }

    fn end(&self) {
        self.0.finish_and_clear();
    }
}
