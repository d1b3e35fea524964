//! Runs the rule tests of a project.
//!
//! Each case of `plugins/tests/` becomes sheets that are recognised like workbooks, the rules of its sector run on
//! them, and the outcome is compared with the expected one. Input: a project. Output: the results, and with `update`
//! the rewritten cases. Not here: workbooks of the project; the state of rules is not shared between cases.

use super::case::{Case, CaseFailure};
use super::compare::compare;
use super::coverage::{CoverageCollector, SubjectCoverage};
use super::subject::{self, TestSubject};
use crate::authoring::case_run::CaseRun;
use crate::find::{self, TestFile};
use crate::pipeline::{Prepared, RunError, prepare};
use crate::source::{FolderSource, ProjectSource};
use std::path::Path;
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::id::FilePath;
use tonghop_core::msg;
use tonghop_rules::{Coverage, Rules};

/// Which tests to run, and how.
#[derive(Clone, Debug, Default)]
pub struct TestOptions {
    /// Runs only the tests of this sector, if given.
    pub sector: Option<String>,
    /// Whether to replace the expected outcome of the cases by the actual one.
    pub update: bool,
    /// Whether to compute the coverage.
    pub coverage: bool,
}

/// The results of the tests of a project.
pub struct TestReport {
    /// The cases, in the order of their files; an unknown sector is a failed case.
    pub cases: Vec<TestedCase>,
    /// The sectors that have no test.
    pub untested: Vec<String>,
    /// The coverage, if it was requested.
    pub coverage: Vec<SubjectCoverage>,
    /// The problems of the rule files.
    pub diagnostics: Diagnostics,
}

impl TestReport {
    /// Returns the number of cases that failed.
    pub fn failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.failures.is_empty()).count()
    }
}

/// The result of one test.
pub struct TestedCase {
    /// The name of its folder: a sector, `report` or `checks`.
    pub subject: String,
    /// Its path in the project; the path of the folder for an unknown sector.
    pub file: FilePath,
    /// The title of the case; empty if it has none or is not text.
    pub title: String,
    /// The failures, in the order of the lines; empty if the test passed.
    pub failures: Vec<CaseFailure>,
    /// Whether the expected parts of the file were rewritten.
    pub updated: bool,
}

/// Runs the tests of a project.
///
/// # Errors
/// Returns an error if the settings cannot be used, a folder cannot be listed or a case cannot be written.
pub fn test(project: &Path, options: &TestOptions) -> Result<TestReport, RunError> {
    let source = FolderSource::new(project);
    let prepared = prepare(&source)?;
    let found = find::rule_tests(&source).map_err(|source| RunError::Io { path: project.join("plugins"), source })?;
    let is_selected = |subject: &str| options.sector.as_deref().is_none_or(|sector| sector == subject);
    let subjects: Vec<String> = TestSubject::all(&prepared.rules).into_iter().filter(|s| is_selected(s)).collect();
    let untested = subjects.iter().filter(|s| found.iter().all(|test| test.subject != **s)).cloned().collect();
    let all = if options.coverage {
        tonghop_rules::load_with_coverage(&prepared.scripts, &prepared.config).0.coverage()
    } else {
        Coverage::default()
    };
    let mut collector = CoverageCollector::new(all);
    let mut cases = Vec::new();
    for test in found.iter().filter(|test| is_selected(&test.subject)) {
        cases.push(run_test(&source, &prepared, test, options, &mut collector)?);
    }
    let is_empty = subjects.is_empty() && cases.is_empty();
    cases.extend(options.sector.iter().filter(|_| is_empty).map(|name| unknown_sector(name, &prepared.rules)));
    let coverage = if options.coverage { collector.report(&prepared.rules, &subjects) } else { Vec::new() };
    Ok(TestReport { cases, untested, coverage, diagnostics: prepared.diagnostics })
}

/// Runs one test and updates its file if requested.
fn run_test(
    project: &FolderSource,
    prepared: &Prepared,
    test: &TestFile,
    options: &TestOptions,
    collector: &mut CoverageCollector,
) -> Result<TestedCase, RunError> {
    let result = |title: String, failures: Vec<CaseFailure>| {
        let (subject, file) = (test.subject.clone(), test.file.clone());
        TestedCase { subject, file, title, failures, updated: false }
    };
    let path = project.display_path(&test.path);
    let bytes = project.read(&test.path).map_err(|reason| RunError::Unreadable { path: path.clone(), reason })?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => return Ok(result(String::new(), vec![not_text()])),
    };
    let (case, mut failures) = Case::parse(&text);
    let case_run = match CaseRun::run(prepared, &case, &test.subject, &test.file, options.coverage) {
        Ok(trial) if failures.is_empty() => trial,
        Ok(_) => return Ok(result(case.title, failures)),
        Err(more) => {
            failures.extend(more);
            return Ok(result(case.title, failures));
        }
    };
    collector.add(&test.subject, &case_run);
    if options.update {
        let updated = case_run.updated_text(&case);
        if updated != text {
            std::fs::write(&path, &updated).map_err(|source| RunError::Io { path, source })?;
        }
        return Ok(TestedCase { updated: updated != text, ..result(case.title, Vec::new()) });
    }
    failures.extend(case.missing_expectations());
    if failures.is_empty() {
        failures = compare(&case, &case_run.outcome, &case_run.config);
    }
    failures.sort_by_key(|failure| failure.line);
    Ok(result(case.title, failures))
}

/// Returns a failed case for an unknown sector.
fn unknown_sector(name: &str, rules: &Rules) -> TestedCase {
    let (subject, file) = (name.to_owned(), FilePath::new(format!("plugins/tests/{name}")));
    TestedCase {
        subject,
        file,
        title: String::new(),
        failures: vec![subject::unknown_subject(rules, name, 1)],
        updated: false,
    }
}

fn not_text() -> CaseFailure {
    CaseFailure::new(1, msg!("tệp không phải là văn bản UTF-8", "the file is not UTF-8 text"))
}
