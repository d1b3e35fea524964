//! The progress bar of a run on the error stream.

use crate::pipeline::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use tonghop_core::diag::Language;
use tonghop_core::model::id::FilePath;

/// The progress bar of a run.
pub(super) struct Bar {
    bar: ProgressBar,
    template: &'static str,
}

impl Bar {
    /// Creates a bar, which is visible only if the error stream is a terminal.
    pub(super) fn new(watched: bool, language: Language) -> Self {
        let template = match language {
            Language::Vietnamese => "Đang đọc {pos}/{len} {wide_bar} {msg}",
            Language::English => "Reading {pos}/{len} {wide_bar} {msg}",
        };
        Self { bar: if watched { ProgressBar::new(0) } else { ProgressBar::hidden() }, template }
    }
}

impl Progress for Bar {
    fn reading_started(&self, workbooks: usize) {
        self.bar.set_length(workbooks as u64);
        if let Ok(style) = ProgressStyle::with_template(self.template) {
            self.bar.set_style(style);
        }
    }

    fn workbook_read(&self, file: &FilePath) {
        self.bar.set_message(file.to_string());
        self.bar.inc(1);
    }

    fn reading_finished(&self) {
        self.bar.finish_and_clear();
    }
}
