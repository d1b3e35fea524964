//! The feedback to one department, in order of importance.
//!
//! Input: the submission, the diagnostics of the run and the reading logs. Output: a [`DepartmentFeedback`] that
//! workbook and letter share. Not here: layout.

use super::advice;
use super::line::{Line, Spot, Weight, missing, more, spot};
use crate::write::Product;
use crate::write::feedback::subject::{Awaited, Received};
use std::collections::{BTreeMap, BTreeSet};
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Language, Place, Severity, groups};
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::dataset::Reception;
use tonghop_core::model::id::{DepartmentId, FilePath, IndicatorId, SectorId, SheetName};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::reading::Fate;
use tonghop_core::model::report::Report;
use tonghop_core::model::submission::{Evidence, Submission, Timeliness};

/// The complete feedback to a department.
pub(crate) struct Answer<'a> {
    pub config: &'a Config,
    pub submission: &'a Submission,
    pub lines: Vec<Line<'a>>,
    pub awaited: Vec<Awaited<'a>>,
    pub sheets: Vec<Received<'a>>,
    /// Its diagnostics one by one, for the notes on the cells.
    pub problems: Vec<&'a Diagnostic>,
    /// Whether any sector asks the department for data.
    pub is_asked: bool,
    pub rules_are_whole: bool,
}

/// The diagnostics of a run by department.
pub(super) struct Answers<'a> {
    product: &'a Product<'a>,
    problems: BTreeMap<&'a str, Vec<&'a Diagnostic>>,
    rules_are_whole: bool,
}

/// Returns the department of a place by its id in the settings; its folder may be spelt differently.
fn department<'a>(config: &'a Config, place: &'a Place) -> Option<&'a str> {
    let folder = place.department()?;
    Some(config.department_of_folder(folder).map_or(folder, |department| department.id.as_str()))
}

fn departments<'a>(config: &'a Config, problem: &'a Diagnostic) -> BTreeSet<&'a str> {
    problem.places.iter().filter_map(|place| department(config, place)).collect()
}

impl<'a> Answers<'a> {
    /// Sorts the diagnostics by department.
    pub(super) fn new(product: &'a Product<'a>) -> Self {
        let mut problems: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        for diagnostic in product.diagnostics.iter().filter(|d| advice::is_told(d.code)) {
            let departments = departments(product.config, diagnostic);
            departments.into_iter().for_each(|id| problems.entry(id).or_default().push(diagnostic));
        }
        let rules_are_whole = product.diagnostics.iter().all(|d| d.code != Code::PluginBroken);
        Self { product, problems, rules_are_whole }
    }

    /// Returns the feedback to one department.
    pub(super) fn of(&self, submission: &'a Submission) -> Answer<'a> {
        let Product { report, config, .. } = *self.product;
        let problems = self.problems.get(submission.department.as_str()).cloned().unwrap_or_default();
        let asks = |s: &&SectorDecl| s.departments.contains(&submission.department);
        let mut answer = Answer {
            config,
            submission,
            lines: Vec::new(),
            awaited: Vec::new(),
            sheets: self.sheets(submission),
            problems,
            is_asked: report.sectors.iter().map(|s| s.decl.as_ref()).any(|s| asks(&s)),
            rules_are_whole: self.rules_are_whole,
        };
        answer.awaited = submission.missing.iter().filter_map(|name| answer.awaits(report, name)).collect();
        answer.lines = answer.told();
        answer
    }

    /// Returns the sheets of a department with the outcomes of their cells.
    fn sheets(&self, submission: &Submission) -> Vec<Received<'a>> {
        let own = |department: &DepartmentId| *department == submission.department;
        let receptions = self.product.receptions.iter().filter(|reception| own(&reception.department));
        let receptions: BTreeMap<&FilePath, &Reception> = receptions.map(|one| (&one.file, one)).collect();
        let mut sheets = Vec::new();
        for book in self.product.books.iter().filter(|book| own(&book.department)) {
            let Some(reception) = receptions.get(&book.file) else { continue };
            let pairs = book.book.sheets.iter().zip(&reception.sheets);
            sheets.extend(pairs.map(|(sheet, reception)| Received { file: &book.file, sheet, reception }));
        }
        sheets
    }
}

impl<'a> Answer<'a> {
    fn awaits(&self, report: &'a Report, (sector, indicator): &(SectorId, IndicatorId)) -> Option<Awaited<'a>> {
        let sector: &SectorDecl = &report.sectors.iter().find(|s| s.decl.id == *sector)?.decl;
        let decl = sector.indicator(indicator.as_str())?;
        let at = |r: &Received<'a>| Some((r.file, &r.sheet.name, r.reception.log.awaited(&sector.id, &decl.id)?));
        Some(Awaited { sector, decl, cell: self.sheets.iter().find_map(at) })
    }

    fn told(&self) -> Vec<Line<'a>> {
        let mut lines: Vec<Line<'a>> = groups(&self.problems).filter_map(|group| self.line(group)).collect();
        lines.extend(self.awaited.chunk_by(|a, b| a.sector.id == b.sector.id).map(missing));
        lines.sort_by_key(|line| line.weight);
        lines
    }

    fn line(&self, group: &[&'a Diagnostic]) -> Option<Line<'a>> {
        let first = *group.first()?;
        let own = |place: &&Place| department(self.config, place) == Some(self.submission.department.as_str());
        let places: Vec<&'a Place> = group.iter().flat_map(|problem| &problem.places).filter(own).collect();
        let message = match group {
            [one] => self.with_others(one),
            _ => {
                let (title, example) = (first.code.lesson(Language::Vietnamese).title, advice::message(&first.message));
                format!("{title} ({} ô). Ví dụ: {example}", group.len())
            }
        };
        let spot = spot(places.first()?);
        let weight = self.weight(first, &spot);
        Some(Line { weight, spot, more: more(&places), message, todo: advice::todo(first, self.rules_are_whole) })
    }

    /// Returns the message, with the other departments whose cells are involved.
    fn with_others(&self, problem: &Diagnostic) -> String {
        let message = advice::message(&problem.message);
        let mut others = departments(self.config, problem);
        others.remove(self.submission.department.as_str());
        let names: Vec<&str> = others.iter().map(|id| self.config.department(id).map_or(*id, |d| &d.name)).collect();
        if names.is_empty() {
            message
        } else {
            format!("{message} Liên quan đến số liệu của {}.", names.join(", "))
        }
    }

    fn weight(&self, problem: &Diagnostic, spot: &Spot<'_>) -> Weight {
        let is_rejected = || match spot {
            Spot::Cell(file, sheet, cell) => matches!(self.fate(file, sheet, *cell), Fate::Rejected(_)),
            _ => false,
        };
        match (problem.code, problem.severity()) {
            (Code::CheckContradiction | Code::CellRepeated, _) => Weight::Contradiction,
            (Code::SubmissionLate, _) => Weight::Late,
            (_, Severity::Error) => Weight::Lost,
            (_, Severity::Note) => Weight::Note,
            (_, Severity::Warning) if is_rejected() => Weight::Rejected,
            (_, Severity::Warning) => Weight::Doubtful,
        }
    }

    fn fate(&self, file: &FilePath, sheet: &SheetName, cell: CellRef) -> Fate {
        let received = self.sheets.iter().find(|r| r.file == file && r.sheet.name == *sheet);
        received.map_or(Fate::Ignored, |received| received.reception.log.fate(cell))
    }

    /// Returns whether the department has to correct or send something.
    pub(crate) fn asks_something(&self) -> bool {
        self.to_mend() > 0 || !self.awaited.is_empty() || self.submission.files.is_empty()
    }

    /// Returns the number of cells that were read.
    pub(crate) fn read(&self) -> usize {
        self.sheets.iter().map(|received| received.reception.used).sum()
    }

    /// Returns the number of lines that require a correction.
    pub(crate) fn to_mend(&self) -> usize {
        self.lines.iter().filter(|line| line.weight < Weight::Note && line.weight != Weight::Late).count()
    }

    /// Returns the path of a file relative to the folder of its department.
    pub(crate) fn name_of(file: &FilePath) -> &str {
        file.in_department().map_or(file.as_str(), |(_, name)| name)
    }

    /// Describes whether the submission was in time.
    pub(crate) fn in_time(&self) -> String {
        let due = self.submission.due.map(|day| format!("Hạn gửi: {day}")).unwrap_or_default();
        let came = self.submission.came.map(|(day, evidence)| match evidence {
            Evidence::Register => format!("văn phòng nhận ngày {day}"),
            Evidence::Saved => format!("tệp lưu lần cuối ngày {day}"),
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
