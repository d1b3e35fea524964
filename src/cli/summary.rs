//! The summary at the end of a run, as text lines and as JSON.
//!
//! Not here: single problems.

use crate::pipeline::{Kept, Run};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::Path;
use tonghop_core::diag::{Language, Severity, Words};
use tonghop_core::message::counted;
use tonghop_core::model::submission::{Submission, Timeliness};
use tonghop_core::say;

/// The counts of a run; the fields are named as in `run.json`.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Summary {
    departments: usize,
    departments_received: usize,
    departments_on_time: usize,
    departments_late: usize,
    /// Departments whose date of submission or deadline is unknown.
    departments_unknown: usize,
    /// The names of the departments that sent nothing.
    missing_departments: Vec<String>,
    workbooks: usize,
    indicators_expected: usize,
    indicators_given: usize,
    sectors: usize,
    figures: usize,
    untraced: usize,
    shortfalls: usize,
    corrected: usize,
    pub errors: usize,
    warnings: usize,
    notes: usize,
}

/// The files that a run wrote.
#[derive(Serialize)]
pub(super) struct Written<'r> {
    /// The folder of the outputs.
    pub folder: &'r Path,
    /// The user-edited files that were kept there.
    pub kept: Vec<KeptFile<'r>>,
}

/// A user-edited file, and the name it was kept under.
#[derive(Serialize)]
pub(super) struct KeptFile<'r> {
    name: &'r str,
    kept_as: &'r str,
}

impl<'r> Written<'r> {
    /// Creates the description of a folder and the files kept in it.
    pub(super) fn new(folder: &'r Path, kept: &'r [Kept]) -> Self {
        let kept = kept.iter().map(|Kept { name, kept_as }| KeptFile { name, kept_as }).collect();
        Self { folder, kept }
    }
}

impl Summary {
    /// Counts the results of a run.
    pub(super) fn of(run: &Run) -> Self {
        let departments = &run.report.submissions;
        let of = |state| departments.iter().filter(|s| s.timeliness() == state).count();
        let missing: Vec<String> = departments.iter().filter(|s| s.files.is_empty()).map(|s| s.name.clone()).collect();
        Self {
            departments: departments.len(),
            departments_received: departments.len() - missing.len(),
            departments_on_time: of(Timeliness::OnTime),
            departments_late: of(Timeliness::Late),
            departments_unknown: of(Timeliness::Unknown),
            missing_departments: missing,
            workbooks: departments.iter().map(|s| s.files.len()).sum(),
            indicators_expected: departments.iter().map(|s| s.expected).sum(),
            indicators_given: departments.iter().map(Submission::given).sum(),
            sectors: run.report.sectors.len(),
            figures: run.traces.figures.len(),
            untraced: run.traces.untraced.len(),
            shortfalls: run.report.shortfalls().count(),
            corrected: run.report.corrected.len(),
            errors: run.count(Severity::Error),
            warnings: run.count(Severity::Warning),
            notes: run.count(Severity::Note),
        }
    }

    /// Prints the summary as lines of a title and a value; `written` is `None` for a command that writes nothing.
    pub(super) fn human(
        &self,
        written: Option<&Written<'_>>,
        language: Language,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let lines: Vec<Line> = self.lines().chain(written.into_iter().flat_map(Written::lines)).collect();
        told(&lines, language, out)
    }

    /// Returns the number of departments that were in time, late or of unknown date.
    fn in_time(&self) -> Words {
        let states = [
            (self.departments_on_time, Words::new("đúng hạn", "in time")),
            (self.departments_late, Words::new("nộp muộn", "late")),
            (self.departments_unknown, Words::new("chưa rõ ngày nộp", "without a known date")),
        ];
        let told = states.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| {
            say!(
                "{count} đơn vị {words}",
                "{departments} {words}",
                departments = counted(count, "department"),
                words = words
            )
        });
        let told: Vec<Words> = told.collect();
        if told.is_empty() {
            Words::new("chưa đơn vị nào gửi", "none has sent anything")
        } else {
            Words::joined(&told, ", ")
        }
    }

    fn indicators(&self) -> Words {
        let (given, expected) = (self.indicators_given, self.indicators_expected);
        say!("đã có {given}/{expected}", "{given} of {expected} given")
    }

    fn lines(&self) -> impl Iterator<Item = Line> {
        let missing = !self.missing_departments.is_empty();
        let counted = [
            Some((Words::new("Đã nhận", "Received"), self.received())),
            missing.then(|| (Words::new("Chưa gửi", "Missing"), Words::verbatim(self.missing_departments.join("; ")))),
            Some((Words::new("Thời hạn", "In time"), self.in_time())),
            (self.indicators_expected > 0).then(|| (Words::new("Chỉ tiêu", "Indicators"), self.indicators())),
            Some((Words::new("Ngành", "Sectors"), Words::verbatim(self.sectors.to_string()))),
            Some((Words::new("Số liệu", "Figures"), self.told_figures())),
            Some((Words::new("Tồn tại", "Shortfalls"), Words::verbatim(self.shortfalls.to_string()))),
            (self.corrected > 0).then(|| (Words::new("Điều chỉnh", "Corrected"), self.told_corrected())),
            Some((Words::new("Vấn đề", "Problems"), self.told_problems())),
        ];
        counted.into_iter().flatten()
    }

    fn received(&self) -> Words {
        let Self { departments_received: received, departments, workbooks, .. } = self;
        let files = counted(*workbooks, "file");
        say!("{received}/{departments} đơn vị, {workbooks} tệp", "{received} of {departments} departments, {files}")
    }

    fn told_figures(&self) -> Words {
        let Self { figures, untraced, .. } = self;
        say!(
            "{figures} số trong báo cáo, {untraced} số không có nguồn",
            "{figures} in the report, {untraced} without a source"
        )
    }

    fn told_corrected(&self) -> Words {
        let corrected = self.corrected;
        let figures = counted(corrected, "figure");
        say!("{corrected} số do văn phòng điều chỉnh", "{figures} corrected by the office")
    }

    fn told_problems(&self) -> Words {
        let Self { errors, warnings, notes, .. } = self;
        let english = [(errors, "error"), (warnings, "warning"), (notes, "note")];
        let english = english.map(|(count, thing)| counted(*count, thing)).join(", ");
        let counted = say!("{errors} lỗi, {warnings} cảnh báo, {notes} ghi chú", "{english}");
        match notes {
            0 => counted,
            _ => counted.followed_by(&Words::new(
                " (ghi chú xem ở trang \"Vấn đề số liệu\" hoặc bằng --message-format json)",
                " (for notes see the sheet \"Vấn đề số liệu\" or --message-format json)",
            )),
        }
    }
}

/// A line of a summary: its title and its value.
type Line = (Words, Words);

/// Prints lines of a title and a value.
pub(super) fn told(lines: &[Line], language: Language, out: &mut dyn Write) -> io::Result<()> {
    lines.iter().try_for_each(|(title, words)| {
        let title = format!("{}:", title.in_language(language));
        writeln!(out, "{title:<16}{}", words.in_language(language))
    })
}

impl Written<'_> {
    /// Returns the summary lines with the place of the files.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line> {
        let kept = self.kept.iter().map(|KeptFile { name, kept_as }| {
            let words = say!(
                "{name} có người sửa sau lần chạy trước, bản sửa nay là \"{kept_as}\"",
                "somebody changed {name} after the last run; the changed file is now \"{kept_as}\""
            );
            (Words::new("Đã giữ lại", "Kept"), words)
        });
        let folder = Words::verbatim(self.folder.display().to_string());
        std::iter::once((Words::new("Kết quả ở", "Results in"), folder)).chain(kept)
    }
}
