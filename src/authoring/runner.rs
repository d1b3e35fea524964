//! The tests of a project's rules, run.
//!
//! In comes a project; each case of `plugins/tests/` becomes sheets that are recognised as workbooks are, the rules of
//! its sector run on them, and what they make is compared with what the case expects. Out go the results, and with
//! `update` the cases with what came of them. Never here: a workbook of the project, or a rule kept from case to case.

use super::case::{Case, Failure};
use super::compare::compare;
use super::coverage::{Gathered, SubjectCoverage};
use super::outcome::{Made, findings};
use super::sheets;
use super::subject::{self, Need, Subject, needs};
use crate::find::{self, FoundTest};
use crate::pipeline::{Prepared, RunError, prepare};
use std::path::Path;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Diagnostic, Diagnostics, Language, Place, Severity, Words};
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::report::Outcome;
use tonghop_core::say;
use tonghop_recognise::recognise;
use tonghop_report::consolidate::{Received, consolidate};
use tonghop_rules::{Coverage, Rules};

/// Which tests to run, and how.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The only sector whose tests run.
    pub sector: Option<String>,
    /// Whether the cases take over what came of them.
    pub update: bool,
    pub coverage: bool,
}

/// The results of the tests of a project.
pub struct Tested {
    pub cases: Vec<TestedCase>,
    /// The sectors that have no test.
    pub untested: Vec<String>,
    /// What the tests reach, where that was asked for.
    pub coverage: Vec<SubjectCoverage>,
    /// What is wrong with the rule files themselves.
    pub diagnostics: Diagnostics,
}

impl Tested {
    /// Counts the cases that did not pass.
    pub fn failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.failures.is_empty()).count()
    }
}

/// The result of one test.
pub struct TestedCase {
    pub subject: String,
    pub file: FilePath,
    pub title: String,
    /// What is wrong, in the order of the lines; nothing where the test passed.
    pub failures: Vec<Failure>,
    /// Whether the file was given other expected parts.
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

/// Runs one test and takes over what came of it where that is asked for.
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

/// Fails for a sector that was asked for and is not there.
fn unknown(name: &str, rules: &Rules) -> TestedCase {
    let (subject, file) = (name.to_owned(), FilePath::new(format!("plugins/tests/{name}")));
    TestedCase { subject, file, title: String::new(), failures: vec![subject::gone(rules, name, 1)], updated: false }
}

fn not_text() -> Failure {
    Failure::new(1, say!("tệp không phải là văn bản UTF-8", "the file is not UTF-8 text"))
}

/// One case with what the rules made of it.
pub struct Trial {
    pub made: Made,
    pub dataset: Dataset,
    pub config: Arc<Config>,
    pub lines: Coverage,
}

impl Trial {
    /// Runs the rules of a subject, in states of their own, on the tables of a case.
    ///
    /// # Errors
    /// What is wrong with the given tables or with the rules, at the lines of the case.
    pub fn run(
        prepared: &Prepared,
        case: &Case,
        subject: &str,
        file: &FilePath,
        counting: bool,
    ) -> Result<Self, Vec<Failure>> {
        let Need { subject, files } = needs(&prepared.rules, case, subject)?;
        let mut config = Config::clone(&prepared.config);
        config.period = case.period.unwrap_or(config.period);
        let config = Arc::new(config);
        let wanted = |script: &&tonghop_rules::Script| script.is_library() || files.contains(&script.file);
        let scripts: Vec<tonghop_rules::Script> = prepared.scripts.iter().filter(wanted).cloned().collect();
        let load = if counting { tonghop_rules::load_counting } else { tonghop_rules::load };
        let (loaded, mut problems) = load(&scripts, &config);
        let own: Vec<Arc<SectorDecl>> = loaded.declarations().iter().map(asking_itself).collect();
        let (dataset, more) = recognise(&sheets::books(case, subject.name(), file), &own, &config);
        problems.extend(more);
        let outcome = match tonghop_rules::run(&loaded, &dataset, &config) {
            Ok((outcome, more)) => {
                problems.extend(more);
                outcome
            }
            Err(error) => return Err(vec![Failure::new(1, Words::verbatim(error.to_string()))]),
        };
        let told: Vec<Failure> =
            problems.iter().filter(|p| p.severity() != Severity::Note).map(|p| told(p, case)).collect();
        if !told.is_empty() {
            return Err(told);
        }
        let made = made(&subject, outcome, &loaded, &config);
        Ok(Self { made, dataset, lines: loaded.coverage(), config })
    }

    /// Returns the text of the case with what came of it in the place of what was expected.
    pub fn updated(&self, case: &Case) -> String {
        let kept: Vec<_> = case.headings.keys().copied().collect();
        let parts = if kept.is_empty() { self.made.parts(&self.config) } else { kept };
        let lines = parts.into_iter().map(|part| (part, self.made.part(part, &self.config)));
        case.with_expected(&lines.collect::<Vec<_>>())
    }
}

/// Lets a sector report to itself alone, so that the tables given for it mean no other.
fn asking_itself(decl: &Arc<SectorDecl>) -> Arc<SectorDecl> {
    Arc::new(SectorDecl { departments: vec![DepartmentId::new(decl.id.as_str())], ..SectorDecl::clone(decl) })
}

/// Takes from the outcome what is the subject's.
fn made(subject: &Subject, mut outcome: Outcome, rules: &Rules, config: &Config) -> Made {
    let sector = match subject {
        Subject::Sector(id) => outcome.sectors.iter().position(|s| s.decl.id == *id),
        Subject::Report | Subject::Checks => None,
    };
    let sector = sector.map(|at| outcome.sectors.swap_remove(at));
    let passages = match (&sector, subject) {
        (Some(sector), _) => sector.passages.clone(),
        (None, Subject::Report) => std::mem::take(&mut outcome.overview),
        (None, _) => Vec::new(),
    };
    let own = Outcome {
        sectors: sector.clone().into_iter().collect(),
        overview: Vec::new(),
        findings: if *subject == Subject::Checks { outcome.findings } else { Vec::new() },
    };
    let (_, problems) = consolidate(own, Vec::new(), Received::default(), config);
    let shortfalls = sector.as_ref().map(|sector| sector.shortfalls.clone()).unwrap_or_default();
    Made { shortfalls, findings: findings(&problems), passages, usual: subject.usual_parts(rules), sector }
}

/// Tells a problem at the line of the case that it is about.
fn told(problem: &Diagnostic, case: &Case) -> Failure {
    let line = problem.places.iter().find_map(|place| match place {
        Place::Cell(_, _, cell) => Some(cell.row + 1),
        Place::Sheet(..) => case.given.iter().find(|given| !given.rows.is_empty()).map(|given| given.line),
        _ => None,
    });
    let rule = problem.places.iter().find(|place| matches!(place, Place::Rule(_)));
    let rule = rule.map(|rule| format!("{rule}: ")).unwrap_or_default();
    let told = |language| {
        let hint = problem.hint.as_ref().map(|hint| format!("; {}", hint.in_language(language))).unwrap_or_default();
        format!("{rule}{}{hint}", problem.message.in_language(language))
    };
    Failure::new(line.unwrap_or(1), Words::new(told(Language::Vietnamese), told(Language::English)))
}
