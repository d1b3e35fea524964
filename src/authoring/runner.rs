//! Runs the rule tests of a project.
//!
//! Each case of `plugins/tests/` becomes sheets that are recognised like workbooks, the rules of its sector run on
//! them, and the outcome is compared with the expected one. Input: a project. Output: the results, and with `update`
//! the rewritten cases. Not here: workbooks of the project; the state of rules is not shared between cases.

use super::case::{Case, Failure};
use super::compare::compare;
use super::coverage::{Gathered, SubjectCoverage};
use super::subject::{self, Subject};
use crate::authoring::trial::Trial;
use crate::find::{self, FoundTest};
use crate::pipeline::{Prepared, RunError, prepare};
use std::path::Path;
use tonghop_core::diag::Diagnostics;
use tonghop_core::model::id::FilePath;
use tonghop_core::say;
use tonghop_rules::{Coverage, Rules};

/// Which tests to run, and how.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Runs only the tests of this sector, if given.
    pub sector: Option<String>,
    /// Whether to replace the expected outcome of the cases by the actual one.
    pub update: bool,
    /// Whether to compute the coverage.
    pub coverage: bool,
}

/// The results of the tests of a project.
pub struct Tested {
    /// The cases, in the order of their files; an unknown sector is a failed case.
    pub cases: Vec<TestedCase>,
    /// The sectors that have no test.
    pub untested: Vec<String>,
    /// The coverage, if it was requested.
    pub coverage: Vec<SubjectCoverage>,
    /// The problems of the rule files.
    pub diagnostics: Diagnostics,
}

impl Tested {
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
    pub failures: Vec<Failure>,
    /// Whether the expected parts of the file were rewritten.
    pub updated: bool,
}

/// Runs the tests of a project.
///
/// # Errors
/// Settings that cannot be used, folders that cannot be listed, a case that cannot be written.
pub fn test(project: &Path, choice: &Choice) -> Result<Tested, RunError> {
    let prepared = prepare(project)?;
    let found = find::rule_tests(project).map_err(|source| RunError::Io { path: project.join("plugins"), source })?;
    let chosen = |subject: &str| choice.sector.as_deref().is_none_or(|sector| sector == subject);
    let subjects: Vec<String> = Subject::all(&prepared.rules).into_iter().filter(|s| chosen(s)).collect();
    let untested = subjects.iter().filter(|s| found.iter().all(|test| test.subject != **s)).cloned().collect();
    let all = if choice.coverage {
        tonghop_rules::load_counting(&prepared.scripts, &prepared.config).0.coverage()
    } else {
        Coverage::default()
    };
    let mut gathered = Gathered::new(all);
    let mut cases = Vec::new();
    for test in found.iter().filter(|test| chosen(&test.subject)) {
        cases.push(one(&prepared, test, choice, &mut gathered)?);
    }
    let nothing = subjects.is_empty() && cases.is_empty();
    cases.extend(choice.sector.iter().filter(|_| nothing).map(|name| unknown(name, &prepared.rules)));
    let coverage = if choice.coverage { gathered.report(&prepared.rules, &subjects) } else { Vec::new() };
    Ok(Tested { cases, untested, coverage, diagnostics: prepared.diagnostics })
}

/// Runs one test and updates its file if requested.
fn one(
    prepared: &Prepared,
    test: &FoundTest,
    choice: &Choice,
    gathered: &mut Gathered,
) -> Result<TestedCase, RunError> {
    let failed = |title: String, failures: Vec<Failure>| {
        let (subject, file) = (test.subject.clone(), test.file.clone());
        TestedCase { subject, file, title, failures, updated: false }
    };
    let bytes = find::bytes(&test.path).map_err(|why| RunError::Unread { path: test.path.clone(), why })?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => return Ok(failed(String::new(), vec![not_text()])),
    };
    let (case, mut failures) = Case::parse(&text);
    let ran = match Trial::run(prepared, &case, &test.subject, &test.file, choice.coverage) {
        Ok(trial) if failures.is_empty() => trial,
        Ok(_) => return Ok(failed(case.title, failures)),
        Err(more) => {
            failures.extend(more);
            return Ok(failed(case.title, failures));
        }
    };
    gathered.add(&test.subject, &ran);
    if choice.update {
        let updated = ran.updated(&case);
        if updated != text {
            std::fs::write(&test.path, &updated).map_err(|source| RunError::Io { path: test.path.clone(), source })?;
        }
        return Ok(TestedCase { updated: updated != text, ..failed(case.title, Vec::new()) });
    }
    failures.extend(case.nothing_expected());
    if failures.is_empty() {
        failures = compare(&case, &ran.made, &ran.config);
    }
    failures.sort_by_key(|failure| failure.line);
    Ok(failed(case.title, failures))
}

/// Returns a failed case for an unknown sector.
fn unknown(name: &str, rules: &Rules) -> TestedCase {
    let (subject, file) = (name.to_owned(), FilePath::new(format!("plugins/tests/{name}")));
    TestedCase { subject, file, title: String::new(), failures: vec![subject::gone(rules, name, 1)], updated: false }
}

fn not_text() -> Failure {
    Failure::new(1, say!("tệp không phải là văn bản UTF-8", "the file is not UTF-8 text"))
}
