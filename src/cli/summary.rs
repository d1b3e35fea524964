//! The closing summary of a run, for people and for machines.
//!
//! In comes a finished run, out go lines of Vietnamese or one JSON object. Never here: problems one by one.

use crate::diag::Severity;
use crate::pipeline::{Kept, Run};
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// How a run went, in numbers; named as the counts of `run.json`.
#[derive(Serialize)]
pub struct Summary<'r> {
    departments: usize,
    departments_received: usize,
    /// The names of those that sent nothing.
    missing_departments: Vec<&'r str>,
    workbooks: usize,
    sectors: usize,
    figures: usize,
    untraced: usize,
    shortfalls: usize,
    corrected: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    #[serde(flatten)]
    written: Option<Written<'r>>,
}

/// What a run left on the disk.
#[derive(Serialize)]
pub struct Written<'r> {
    /// The folder of the outputs.
    pub folder: &'r Path,
    /// What somebody had changed there.
    pub kept: Vec<KeptFile<'r>>,
}

/// A file that somebody had changed, and the name it was kept under.
#[derive(Serialize)]
pub struct KeptFile<'r> {
    name: &'r str,
    kept_as: &'r str,
}

impl<'r> Written<'r> {
    /// Tells the folder and what was kept in it.
    pub fn new(folder: &'r Path, kept: &'r [Kept]) -> Self {
        let kept = kept.iter().map(|Kept { name, kept_as }| KeptFile { name, kept_as }).collect();
        Self { folder, kept }
    }
}

impl<'r> Summary<'r> {
    /// Counts a run; `written` is missing where nothing was to be written.
    pub fn new(run: &'r Run, written: Option<Written<'r>>) -> Self {
        let departments = &run.report.submissions;
        let missing: Vec<&str> = departments.iter().filter(|s| s.files.is_empty()).map(|s| s.name.as_str()).collect();
        Self {
            departments: departments.len(),
            departments_received: departments.len() - missing.len(),
            missing_departments: missing,
            workbooks: departments.iter().map(|s| s.files.len()).sum(),
            sectors: run.report.sectors.len(),
            figures: run.traces.figures.len(),
            untraced: run.traces.untraced.len(),
            shortfalls: run.report.shortfalls().count(),
            corrected: run.report.corrected.len(),
            errors: run.count(Severity::Error),
            warnings: run.count(Severity::Warning),
            notes: run.count(Severity::Note),
            written,
        }
    }

    /// Writes the summary in lines of a title and what it holds.
    pub fn human(&self, out: &mut dyn Write) -> io::Result<()> {
        told(&self.lines(), out)
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        let line = |told: bool, title, words: String| told.then_some((title, words));
        let counted = [
            line(
                true,
                "Đã nhận",
                format!("{}/{} đơn vị, {} tệp", self.departments_received, self.departments, self.workbooks),
            ),
            line(!self.missing_departments.is_empty(), "Chưa gửi", self.missing_departments.join("; ")),
            line(true, "Ngành", self.sectors.to_string()),
            line(true, "Số liệu", format!("{} số trong báo cáo, {} số không có nguồn", self.figures, self.untraced)),
            line(true, "Tồn tại", self.shortfalls.to_string()),
            line(self.corrected > 0, "Điều chỉnh", format!("{} số do văn phòng điều chỉnh", self.corrected)),
            line(true, "Vấn đề", format!("{} lỗi, {} cảnh báo, {} ghi chú", self.errors, self.warnings, self.notes)),
        ];
        let written = self.written.iter().flat_map(Written::lines);
        counted.into_iter().flatten().chain(written).collect()
    }
}

/// Writes lines of a title and what it holds.
pub fn told(lines: &[(&'static str, String)], out: &mut dyn Write) -> io::Result<()> {
    lines.iter().try_for_each(|(title, words)| writeln!(out, "{:<16}{words}", format!("{title}:")))
}

impl Written<'_> {
    /// Returns the lines that tell where the files are.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, String)> {
        let kept = self.kept.iter().map(|KeptFile { name, kept_as }| {
            ("Đã giữ lại", format!("{name} có người sửa sau lần chạy trước, bản sửa nay là \"{kept_as}\""))
        });
        std::iter::once(("Kết quả ở", self.folder.display().to_string())).chain(kept)
    }
}
