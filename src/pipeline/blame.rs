//! Keeps the problems that follow from a broken rule file from being blamed on workbooks.
//!
//! Input: the problems of the workbooks and the rule files that could not be loaded. Output: the problems that remain,
//! and how much waits for each file, in its message. Not here: what the report shows in place of the lost text.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Message;
use tonghop_core::model::gap::{FailedPart, RuleFailure};
use tonghop_core::model::id::{FilePath, SectorId};
use tonghop_core::msg;
use tonghop_rules::Rules;

/// The most lines that one problem of rules names.
const MAX_PLACES: usize = 20;

/// Adds to the rules the files that were not handed to them because they cannot be opened or are not text.
pub(super) fn add_unreadable_files(rules: &mut Rules, problems: &[Diagnostic]) {
    for problem in problems.iter().filter(|problem| problem.code == Code::PluginBroken) {
        if let Some(Place::File(file)) = problem.places.first()
            && !file.as_str().starts_with("plugins/lib/")
        {
            rules.add_unreadable(file);
        }
    }
}

/// The places in workbooks that wait for a rule file.
pub(super) struct Blame<'r> {
    failures: &'r [RuleFailure],
    config: &'r Config,
    /// The number of problems that follow from each rule file.
    waiting: BTreeMap<&'r FilePath, usize>,
}

impl<'r> Blame<'r> {
    pub(super) fn new(rules: &'r Rules, config: &'r Config) -> Self {
        Self { failures: &rules.failures, config, waiting: BTreeMap::new() }
    }

    /// Returns whether a sector is missing because its rule file is missing or could not be loaded.
    pub(super) fn is_lost(&self, sector: &str) -> bool {
        let mut lost = self.failures.iter().filter(|failure| failure.loses_sector());
        lost.any(|failure| failure.sector.as_ref().map(SectorId::as_str) == Some(sector))
    }

    /// Removes the problems that follow from a rule file that could not be loaded.
    pub(super) fn without_consequences(&mut self, problems: Diagnostics) -> Diagnostics {
        let mut kept = Vec::with_capacity(problems.len());
        for problem in problems {
            match self.cause(&problem) {
                Some(file) => *self.waiting.entry(file).or_default() += 1,
                None => kept.push(problem),
            }
        }
        kept
    }

    /// Returns the rule file that a problem follows from.
    fn cause(&self, problem: &Diagnostic) -> Option<&'r FilePath> {
        // The content of a workbook seems to be another department's if its own rules are lost.
        let is_about_content =
            problem.code == Code::DepartmentMismatch && matches!(problem.places.first(), Some(Place::File(_)));
        if !problem.code.depends_on_rules() && !is_about_content {
            return None;
        }
        let folder = problem.places.iter().find_map(Place::department);
        let department = folder.map(|folder| match self.config.department_of_folder(folder) {
            Some(department) => department.id.as_str(),
            None => folder,
        });
        let concerns = |failure: &&RuleFailure| match department {
            Some(id) => failure.may_concern(id),
            None => failure.sector.is_some() && failure.loses_sector(),
        };
        self.failures.iter().find(concerns).map(|failure| &failure.rule.file)
    }

    /// Returns how many places of workbooks wait for rule files that do not exist.
    pub(super) fn waiting_for_absent_rules(&self) -> usize {
        let absent = self.failures.iter().find(|failure| failure.part == FailedPart::Absent);
        absent.and_then(|failure| self.waiting.get(&failure.rule.file)).copied().unwrap_or_default()
    }

    /// Adds to the messages of the rule files how many places of workbooks wait for them.
    pub(super) fn name_waiting(self, diagnostics: &mut Diagnostics) {
        for (file, count) in self.waiting {
            let is_its = |problem: &&mut Diagnostic| {
                matches!(problem.code, Code::PluginBroken | Code::RuleFailed)
                    && problem.places.iter().any(|place| is_in(place, file))
            };
            let Some(problem) = diagnostics.iter_mut().find(is_its) else { continue };
            let waits = msg!(
                "sửa xong, chạy lại để đọc {count} trang hoặc dòng đang chờ quy tắc này",
                "then run again to read {count} sheets or rows that wait for this rule"
            );
            problem.hint = Some(match problem.hint.take() {
                Some(hint) => Message::join(&[hint, waits], "; "),
                None => waits,
            });
        }
    }
}

/// Joins the problems of rules that say the same, each with its lines, to one.
pub(super) fn join_problems_of_rules(problems: Diagnostics) -> Diagnostics {
    let mut joined: Diagnostics = Vec::with_capacity(problems.len());
    let mut known: BTreeMap<(Code, String), usize> = BTreeMap::new();
    for problem in problems {
        if !matches!(problem.places.first(), Some(Place::Rule(_))) {
            joined.push(problem);
            continue;
        }
        match known.entry((problem.code, problem.message.vietnamese().to_owned())) {
            Entry::Vacant(first) => {
                first.insert(joined.len());
                joined.push(problem);
            }
            Entry::Occupied(first) => {
                let places = &mut joined[*first.get()].places;
                for place in problem.places {
                    if places.len() < MAX_PLACES && !places.contains(&place) {
                        places.push(place);
                    }
                }
            }
        }
    }
    joined
}

fn is_in(place: &Place, file: &FilePath) -> bool {
    match place {
        Place::File(other) => other == file,
        Place::Rule(rule) => rule.file == *file,
        _ => false,
    }
}
