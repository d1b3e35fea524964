//! The summary at the end of a run, as text lines and as JSON.
//!
//! Not here: single problems.

use crate::pipeline::{Preserved, Run};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::Path;
use tonghop_core::diag::{Language, Message, Severity};
use tonghop_core::message::pluralise;
use tonghop_core::model::submission::{Submission, Timeliness};
use tonghop_core::msg;

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
    unjudged: usize,
    corrected: usize,
    explained: usize,
    pub errors: usize,
    warnings: usize,
    notes: usize,
}

/// The files that a run wrote.
#[derive(Serialize)]
pub(super) struct WrittenFiles<'r> {
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

impl<'r> WrittenFiles<'r> {
    /// Creates the description of a folder and the files kept in it.
    pub(super) fn new(folder: &'r Path, kept: &'r [Preserved]) -> Self {
        let kept = kept.iter().map(|Preserved { name, preserved_as: kept_as }| KeptFile { name, kept_as }).collect();
        Self { folder, kept }
    }
}

impl Summary {
    /// Counts the results of a run.
    pub(super) fn new(run: &Run) -> Self {
        let departments = &run.report.submissions;
        let with_timeliness = |state| departments.iter().filter(|s| s.timeliness() == state).count();
        let missing: Vec<String> = departments.iter().filter(|s| s.files.is_empty()).map(|s| s.name.clone()).collect();
        Self {
            departments: departments.len(),
            departments_received: departments.len() - missing.len(),
            departments_on_time: with_timeliness(Timeliness::OnTime),
            departments_late: with_timeliness(Timeliness::Late),
            departments_unknown: with_timeliness(Timeliness::Unknown),
            missing_departments: missing,
            workbooks: departments.iter().map(|s| s.files.len()).sum(),
            indicators_expected: departments.iter().map(|s| s.requested_count).sum(),
            indicators_given: departments.iter().map(Submission::reported_count).sum(),
            sectors: run.report.sectors.len(),
            figures: run.traces.figures.len(),
            untraced: run.traces.untraced.len(),
            shortfalls: run.report.shortfalls().count(),
            unjudged: run.report.sectors.iter().map(|sector| sector.judgement.unjudged_count()).sum(),
            corrected: run.report.corrected.len(),
            explained: run.explained.len(),
            errors: run.count(Severity::Error),
            warnings: run.count(Severity::Warning),
            notes: run.count(Severity::Note),
        }
    }

    /// Prints the summary as lines of a title and a value; `written` is `None` for a command that writes nothing.
    pub(super) fn print(
        &self,
        written: Option<&WrittenFiles<'_>>,
        language: Language,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let lines: Vec<SummaryLine> = self.lines().chain(written.into_iter().flat_map(WrittenFiles::lines)).collect();
        print_lines(&lines, language, out)
    }

    /// Returns the number of departments that were on time, late or of unknown date.
    fn timeliness_message(&self) -> Message {
        let states = [
            (self.departments_on_time, Message::new("đúng hạn", "on time")),
            (self.departments_late, Message::new("nộp muộn", "late")),
            (self.departments_unknown, Message::new("chưa rõ ngày nộp", "of unknown date")),
        ];
        let counts = states.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| {
            msg!(
                "{count} đơn vị {words}",
                "{departments} {words}",
                departments = pluralise(count, "department"),
                words = words
            )
        });
        let counts: Vec<Message> = counts.collect();
        if counts.is_empty() {
            Message::new("chưa đơn vị nào gửi", "no department has sent anything")
        } else {
            Message::join(&counts, ", ")
        }
    }

    fn indicators_message(&self) -> Message {
        let (given, expected) = (self.indicators_given, self.indicators_expected);
        msg!("đã có {given}/{expected}", "{given} of {expected} reported")
    }

    fn lines(&self) -> impl Iterator<Item = SummaryLine> {
        let missing = !self.missing_departments.is_empty();
        let counted = [
            Some((Message::new("Đã nhận", "Received"), self.received_message())),
            missing
                .then(|| (Message::new("Chưa gửi", "Missing"), Message::verbatim(self.missing_departments.join("; ")))),
            Some((Message::new("Thời hạn", "Deadline"), self.timeliness_message())),
            (self.indicators_expected > 0).then(|| (Message::new("Chỉ tiêu", "Indicators"), self.indicators_message())),
            Some((Message::new("Ngành", "Sectors"), Message::verbatim(self.sectors.to_string()))),
            Some((Message::new("Số liệu", "Figures"), self.figures_message())),
            Some((Message::new("Tồn tại", "Shortfalls"), self.shortfalls_message())),
            (self.corrected > 0).then(|| (Message::new("Điều chỉnh", "Corrected"), self.corrected_message())),
            (self.explained > 0).then(|| (Message::new("Giải trình", "Explained"), self.explained_message())),
            Some((Message::new("Vấn đề", "Problems"), self.problems_message())),
        ];
        counted.into_iter().flatten()
    }

    fn shortfalls_message(&self) -> Message {
        let Self { shortfalls, unjudged, .. } = self;
        match unjudged {
            0 => Message::verbatim(shortfalls.to_string()),
            _ => msg!("{shortfalls}, {unjudged} chưa xét được", "{shortfalls}, {unjudged} cannot be judged"),
        }
    }

    fn received_message(&self) -> Message {
        let Self { departments_received: received, departments, workbooks, .. } = self;
        let files = pluralise(*workbooks, "file");
        msg!("{received}/{departments} đơn vị, {workbooks} tệp", "{received} of {departments} departments, {files}")
    }

    fn figures_message(&self) -> Message {
        let Self { figures, untraced, .. } = self;
        msg!(
            "{figures} số trong báo cáo, {untraced} số không có nguồn",
            "{figures} in the report, {untraced} without a source"
        )
    }

    fn corrected_message(&self) -> Message {
        let corrected = self.corrected;
        let figures = pluralise(corrected, "figure");
        msg!("{corrected} số do văn phòng điều chỉnh", "{figures} corrected by the office")
    }

    fn explained_message(&self) -> Message {
        let explained = self.explained;
        let questions = pluralise(explained, "question");
        msg!("{explained} điểm đơn vị đã giải trình", "{questions} explained by departments")
    }

    fn problems_message(&self) -> Message {
        let Self { errors, warnings, notes, .. } = self;
        let english = [(errors, "error"), (warnings, "warning"), (notes, "note")];
        let english = english.map(|(count, thing)| pluralise(*count, thing)).join(", ");
        let counted = msg!("{errors} lỗi, {warnings} cảnh báo, {notes} ghi chú", "{english}");
        match notes {
            0 => counted,
            _ => counted.concat(&Message::new(
                " (ghi chú xem ở trang \"Vấn đề số liệu\" hoặc bằng --message-format json)",
                " (for notes see the sheet \"Vấn đề số liệu\" or --message-format json)",
            )),
        }
    }
}

/// A line of a summary: its title and its value.
type SummaryLine = (Message, Message);

/// Prints lines of a title and a value.
pub(super) fn print_lines(lines: &[SummaryLine], language: Language, out: &mut dyn Write) -> io::Result<()> {
    lines.iter().try_for_each(|(title, words)| {
        let title = format!("{}:", title.in_language(language));
        writeln!(out, "{title:<16}{}", words.in_language(language))
    })
}

impl WrittenFiles<'_> {
    /// Returns the summary lines with the place of the files.
    pub(super) fn lines(&self) -> impl Iterator<Item = SummaryLine> {
        let kept = self.kept.iter().map(|KeptFile { name, kept_as }| {
            let message = msg!(
                "{name} có người sửa sau lần chạy trước, bản sửa nay là \"{kept_as}\"",
                "{name} was edited after the last run; the edited file is now \"{kept_as}\""
            );
            (Message::new("Đã giữ lại", "Kept"), message)
        });
        let folder = Message::verbatim(self.folder.display().to_string());
        std::iter::once((Message::new("Kết quả ở", "Results in"), folder)).chain(kept)
    }
}
