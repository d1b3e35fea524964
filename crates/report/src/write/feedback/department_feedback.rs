//! The feedback to one department, in order of importance.
//!
//! Input: the submission, the diagnostics of the run and the reading logs. Output: a [`DepartmentFeedback`] that
//! workbook and letter share. Not here: layout.

use super::advice;
use super::line::{FeedbackLine, LineTarget, MAX_LISTED, Priority, line_target, list_further_cells, outstanding_line};
use crate::explanations::AnswerForms;
use crate::write::Product;
use crate::write::feedback::sheets::{OutstandingCell, ReceivedSheet};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Language, Place, Severity, groups};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::WorkbookSummary;
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::reading_log::CellOutcome;
use tonghop_core::model::submission::{DateEvidence, Submission, Timeliness};

/// The complete feedback to a department.
pub(crate) struct DepartmentFeedback<'a> {
    pub config: &'a Config,
    pub submission: &'a Submission,
    pub lines: Vec<FeedbackLine<'a>>,
    pub outstanding: Vec<OutstandingCell<'a>>,
    pub sheets: Vec<ReceivedSheet<'a>>,
    /// Its diagnostics one by one, for the notes on the cells.
    pub diagnostics: Vec<&'a Diagnostic>,
    /// Whether any sector asks the department for data.
    pub has_requesting_sector: bool,
    /// Whether sheets of the department wait for a rule that the office has to repair.
    pub waits_for_rules: bool,
    /// The lines with which it can explain its numbers instead of correcting them.
    pub answer_forms: Vec<String>,
}

/// The problems, sheets and sectors of a run by department, so that no department looks through those of all others.
pub(super) struct FeedbackBuilder<'a> {
    product: &'a Product<'a>,
    diagnostics: BTreeMap<&'a str, Vec<&'a Diagnostic>>,
    sheets: BTreeMap<&'a DepartmentId, Vec<ReceivedSheet<'a>>>,
    sectors: BTreeMap<&'a SectorId, &'a SectorDecl>,
    /// The departments that any sector asks for data.
    asked: BTreeSet<&'a DepartmentId>,
    answer_forms: AnswerForms,
}

/// Returns the department of a place by its id in the settings; its folder may be spelt differently.
fn department_of_place<'a>(config: &'a Config, place: &'a Place) -> Option<&'a str> {
    let folder = place.department()?;
    Some(config.department_of_folder(folder).map_or(folder, |department| department.id.as_str()))
}

/// Returns the departments that are asked about a problem: none if a rule is to be looked at first.
fn departments_of_diagnostic<'a>(config: &'a Config, problem: &'a Diagnostic) -> BTreeSet<&'a str> {
    if matches!(problem.places.first(), Some(Place::Rule(_))) {
        return BTreeSet::new();
    }
    problem.places.iter().filter_map(|place| department_of_place(config, place)).collect()
}

impl<'a> FeedbackBuilder<'a> {
    /// Sorts the results of a run by department.
    pub(super) fn new(product: &'a Product<'a>) -> Self {
        let mut problems: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in product.diagnostics.iter().filter(|d| advice::is_shown_to_departments(d.code)) {
            let departments = departments_of_diagnostic(product.config, diagnostic);
            departments.into_iter().for_each(|id| problems.entry(id).or_default().push(diagnostic));
        }
        let answer_forms = AnswerForms::new(product.diagnostics, product.report, product.config);
        let sectors = product.report.sectors.iter().map(|sector| &*sector.decl);
        Self {
            product,
            diagnostics: problems,
            sheets: sheets_by_department(product),
            sectors: sectors.clone().map(|decl| (&decl.id, decl)).collect(),
            asked: sectors.flat_map(|decl| &decl.departments).collect(),
            answer_forms,
        }
    }

    /// Returns the feedback to one department.
    pub(super) fn feedback_for(&self, submission: &'a Submission) -> DepartmentFeedback<'a> {
        let problems = self.diagnostics.get(submission.department.as_str()).cloned().unwrap_or_default();
        let mut feedback = DepartmentFeedback {
            config: self.product.config,
            submission,
            lines: Vec::new(),
            outstanding: Vec::new(),
            sheets: self.sheets.get(&submission.department).cloned().unwrap_or_default(),
            diagnostics: problems,
            has_requesting_sector: self.asked.contains(&submission.department),
            waits_for_rules: false,
            answer_forms: self.answer_forms.of(submission.department.as_str()),
        };
        feedback.outstanding =
            submission.missing.iter().filter_map(|name| feedback.outstanding_cell(&self.sectors, name)).collect();
        feedback.lines = feedback.feedback_lines();
        let is_lost =
            self.product.report.failures.iter().any(|failure| failure.may_concern(submission.department.as_str()));
        feedback.waits_for_rules = is_lost && feedback.sheets.iter().any(ReceivedSheet::is_unread);
        feedback
    }
}

/// Returns the sheets of each department with the outcomes of their cells.
fn sheets_by_department<'a>(product: &Product<'a>) -> BTreeMap<&'a DepartmentId, Vec<ReceivedSheet<'a>>> {
    let summaries: BTreeMap<&FilePath, &WorkbookSummary> =
        product.summaries.iter().map(|summary| (&summary.file, summary)).collect();
    let mut sheets: BTreeMap<&DepartmentId, Vec<ReceivedSheet<'a>>> = BTreeMap::new();
    for book in product.books {
        let Some(summary) = summaries.get(&book.file) else { continue };
        let pairs = book.workbook.sheets.iter().zip(&summary.sheets);
        let received = pairs.map(|(sheet, summary)| ReceivedSheet { file: &book.file, sheet, summary });
        sheets.entry(&book.department).or_default().extend(received);
    }
    sheets
}

impl<'a> DepartmentFeedback<'a> {
    fn outstanding_cell(
        &self,
        sectors: &BTreeMap<&'a SectorId, &'a SectorDecl>,
        name: &(SectorId, IndicatorId),
    ) -> Option<OutstandingCell<'a>> {
        let (sector, indicator) = name;
        let is_filled = self.submission.unusable.contains(name) && !self.diagnostics.is_empty();
        let sector = *sectors.get(sector)?;
        let decl = sector.indicator(indicator.as_str())?;
        let at =
            |r: &ReceivedSheet<'a>| Some((r.file, &r.sheet.name, r.summary.log.expected_cell(&sector.id, &decl.id)?));
        Some(OutstandingCell { sector, decl, cell: self.sheets.iter().find_map(at), is_filled })
    }

    fn feedback_lines(&self) -> Vec<FeedbackLine<'a>> {
        let mut lines: Vec<FeedbackLine<'a>> =
            groups(&self.diagnostics).filter_map(|group| self.feedback_line(group)).collect();
        // What is wrong with a filled cell is asked already.
        let empty: Vec<OutstandingCell<'a>> = self.outstanding.iter().filter(|one| !one.is_filled).copied().collect();
        lines.extend(empty.chunk_by(|a, b| a.sector.id == b.sector.id).map(outstanding_line));
        lines.sort_by_key(|line| line.priority);
        lines
    }

    fn feedback_line(&self, group: &[&'a Diagnostic]) -> Option<FeedbackLine<'a>> {
        let first = *group.first()?;
        let own = |place: &&Place| department_of_place(self.config, place) == Some(self.submission.department.as_str());
        let places: Vec<&'a Place> = group.iter().flat_map(|problem| &problem.places).filter(own).collect();
        let message = match group {
            [one] => self.message_with_departments(one),
            _ => {
                let (title, example) =
                    (first.code.explanation(Language::Vietnamese).title, advice::message_sentence(&first.message));
                format!("{title} ({} ô). Ví dụ: {example}", group.len())
            }
        };
        let spot = line_target(places.first()?);
        let weight = self.priority(first, &spot);
        Some(FeedbackLine {
            priority: weight,
            target: spot,
            further_cells: list_further_cells(&places),
            message,
            advice: advice::advice_for(first),
        })
    }

    /// Returns the message, with the other departments whose cells are involved.
    fn message_with_departments(&self, problem: &Diagnostic) -> String {
        let message = advice::message_sentence(&problem.message);
        let mut others = departments_of_diagnostic(self.config, problem);
        others.remove(self.submission.department.as_str());
        let more = if others.len() > MAX_LISTED { ", …" } else { "" };
        let others = others.iter().take(MAX_LISTED);
        let names: Vec<&str> = others.map(|id| self.config.department(id).map_or(*id, |d| &d.name)).collect();
        if names.is_empty() {
            message
        } else {
            format!("{message} Liên quan đến số liệu của {}{more}.", names.join(", "))
        }
    }

    fn priority(&self, problem: &Diagnostic, spot: &LineTarget<'_>) -> Priority {
        let is_rejected = || match spot {
            LineTarget::Cell(file, sheet, cell) => {
                matches!(self.cell_outcome(file, sheet, *cell), CellOutcome::Rejected(_))
            }
            _ => false,
        };
        match (problem.code, problem.severity()) {
            (Code::CheckContradiction | Code::CellRepeated, _) => Priority::Contradiction,
            (Code::SubmissionLate, _) => Priority::Late,
            (_, Severity::Error) => Priority::Lost,
            (_, Severity::Note) => Priority::Note,
            (_, Severity::Warning) if is_rejected() => Priority::Rejected,
            (_, Severity::Warning) => Priority::Doubtful,
        }
    }

    fn cell_outcome(&self, file: &FilePath, sheet: &SheetName, cell: CellRef) -> CellOutcome {
        let received = self.sheets.iter().find(|r| r.file == file && r.sheet.name == *sheet);
        received.map_or(CellOutcome::Ignored, |received| received.summary.log.outcome(cell))
    }

    /// Returns whether the department has to correct or send something.
    pub(crate) fn has_requests(&self) -> bool {
        self.correction_count() > 0 || !self.outstanding.is_empty() || self.submission.files.is_empty()
    }

    /// Returns the number of cells that were read.
    pub(crate) fn cells_read(&self) -> usize {
        self.sheets.iter().map(|received| received.summary.used_cells).sum()
    }

    /// Returns the number of lines that require a correction.
    pub(crate) fn correction_count(&self) -> usize {
        self.lines.iter().filter(|line| line.priority.is_request()).count()
    }

    /// Returns the path of a file relative to the folder of its department.
    pub(crate) fn file_name(file: &FilePath) -> &str {
        file.split_department().map_or(file.as_str(), |(_, name)| name)
    }

    /// Describes whether the submission was in time.
    pub(crate) fn timeliness_text(&self) -> String {
        let due = self.submission.due.map(|day| format!("Hạn gửi: {day}")).unwrap_or_default();
        let came = self.submission.received.map(|(day, evidence)| match evidence {
            DateEvidence::Register => format!("văn phòng nhận ngày {day}"),
            DateEvidence::Saved => format!("tệp lưu lần cuối ngày {day}"),
        });
        let verdict = match self.submission.timeliness() {
            Timeliness::Absent => "chưa gửi",
            Timeliness::OnTime => "đúng hạn",
            Timeliness::Late => "nộp muộn",
            Timeliness::Unknown => "chưa rõ ngày gửi",
        };
        match (due.is_empty(), came) {
            (true, _) => String::new(),
            (_, Some(came)) => format!("{due}; {came}: {verdict}."),
            (_, None) => format!("{due}: {verdict}."),
        }
    }
}
