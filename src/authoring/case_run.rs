//! Runs one case of a rule test: the rules of its sector on its tables.

use crate::authoring::case::Case;
use crate::authoring::case::CaseFailure;
use crate::authoring::outcome::CaseOutcome;
use crate::authoring::outcome::finding_messages;
use crate::authoring::sheets;
use crate::authoring::subject::TestRequirements;
use crate::authoring::subject::TestSubject;
use crate::authoring::subject::requirements;
use crate::pipeline::Prepared;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::diag::Language;
use tonghop_core::diag::Message;
use tonghop_core::diag::Place;
use tonghop_core::diag::Severity;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::report::RuleResults;
use tonghop_recognise::recognise;
use tonghop_report::consolidate::ReceivedInputs;
use tonghop_report::consolidate::consolidate;
use tonghop_rules::Coverage;
use tonghop_rules::Rules;

/// The run of one case, with the outcome of the rules.
pub struct CaseRun {
    pub outcome: CaseOutcome,
    pub dataset: Dataset,
    pub config: Arc<Config>,
    pub coverage: Coverage,
}

impl CaseRun {
    /// Runs the rules of a subject in fresh Lua states on the tables of a case.
    ///
    /// # Errors
    /// Returns the problems of the given tables or of the rules, at the lines of the case.
    pub fn run(
        prepared: &Prepared,
        case: &Case,
        subject: &str,
        file: &FilePath,
        counting: bool,
    ) -> Result<Self, Vec<CaseFailure>> {
        let TestRequirements { subject, files } = requirements(&prepared.rules, case, subject)?;
        let mut config = Config::clone(&prepared.config);
        config.period = case.period.unwrap_or(config.period);
        let config = Arc::new(config);
        let wanted = |script: &&tonghop_rules::Script| script.is_library() || files.contains(&script.file);
        let scripts: Vec<tonghop_rules::Script> = prepared.scripts.iter().filter(wanted).cloned().collect();
        let load = if counting { tonghop_rules::load_with_coverage } else { tonghop_rules::load };
        let (loaded, mut problems) = load(&scripts, &config);
        let declarations: Vec<Arc<SectorDecl>> = loaded.declarations().iter().map(self_reporting).collect();
        let (dataset, more) = recognise(&sheets::given_workbooks(case, subject.name(), file), &declarations, &config);
        problems.extend(more);
        let outcome = match tonghop_rules::run(&loaded, &dataset, &config) {
            Ok((outcome, more)) => {
                problems.extend(more);
                outcome
            }
            Err(error) => return Err(vec![CaseFailure::new(1, Message::verbatim(error.to_string()))]),
        };
        let failures: Vec<CaseFailure> =
            problems.iter().filter(|p| p.severity() != Severity::Note).map(|p| failure_of_problem(p, case)).collect();
        if !failures.is_empty() {
            return Err(failures);
        }
        let case_outcome = case_outcome(&subject, outcome, &loaded, &config);
        Ok(Self { outcome: case_outcome, dataset, coverage: loaded.coverage(), config })
    }

    /// Returns the text of the case with the expected outcome replaced by the actual one.
    pub fn updated_text(&self, case: &Case) -> String {
        let kept: Vec<_> = case.headings.keys().copied().collect();
        let parts = if kept.is_empty() { self.outcome.non_empty_parts(&self.config) } else { kept };
        let lines = parts.into_iter().map(|part| (part, self.outcome.part_lines(part, &self.config)));
        case.with_expected(&lines.collect::<Vec<_>>())
    }
}

/// Makes a sector its own only department, so that its tables cannot match another sector.
fn self_reporting(decl: &Arc<SectorDecl>) -> Arc<SectorDecl> {
    Arc::new(SectorDecl { departments: vec![DepartmentId::new(decl.id.as_str())], ..SectorDecl::clone(decl) })
}

/// Returns the part of the outcome that belongs to the subject.
fn case_outcome(subject: &TestSubject, mut outcome: RuleResults, rules: &Rules, config: &Config) -> CaseOutcome {
    let sector = match subject {
        TestSubject::Sector(id) => outcome.sectors.iter().position(|s| s.decl.id == *id),
        TestSubject::Report | TestSubject::Checks => None,
    };
    let sector = sector.map(|at| outcome.sectors.swap_remove(at));
    let passages = match (&sector, subject) {
        (Some(sector), _) => sector.passages.clone(),
        (None, TestSubject::Report) => std::mem::take(&mut outcome.overview),
        (None, _) => Vec::new(),
    };
    let own = RuleResults {
        sectors: sector.clone().into_iter().collect(),
        overview: Vec::new(),
        findings: if *subject == TestSubject::Checks { outcome.findings } else { Vec::new() },
        failures: Vec::new(),
    };
    let (_, problems) = consolidate(own, Vec::new(), ReceivedInputs::default(), config);
    let shortfalls = sector.as_ref().map(|sector| sector.shortfalls.clone()).unwrap_or_default();
    CaseOutcome {
        shortfalls,
        findings: finding_messages(&problems),
        passages,
        default_parts: subject.default_parts(rules),
        sector,
    }
}

/// Converts a problem to a failure at its line of the case.
fn failure_of_problem(problem: &Diagnostic, case: &Case) -> CaseFailure {
    let line = problem.places.iter().find_map(|place| match place {
        Place::Cell(_, _, cell) => Some(cell.row + 1),
        Place::Sheet(..) => case.given.iter().find(|given| !given.rows.is_empty()).map(|given| given.line),
        _ => None,
    });
    let rule = problem.places.iter().find(|place| matches!(place, Place::Rule(_)));
    let rule = rule.map(|rule| format!("{rule}: ")).unwrap_or_default();
    let text = |language| {
        let hint = problem.hint.as_ref().map(|hint| format!("; {}", hint.in_language(language))).unwrap_or_default();
        format!("{rule}{}{hint}", problem.message.in_language(language))
    };
    CaseFailure::new(line.unwrap_or(1), Message::new(text(Language::Vietnamese), text(Language::English)))
}
