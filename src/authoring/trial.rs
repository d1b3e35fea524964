//! Runs one case of a rule test: the rules of its sector on its tables.

use crate::authoring::case::Case;
use crate::authoring::case::Failure;
use crate::authoring::outcome::Made;
use crate::authoring::outcome::findings;
use crate::authoring::sheets;
use crate::authoring::subject::Need;
use crate::authoring::subject::Subject;
use crate::authoring::subject::needs;
use crate::pipeline::Prepared;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::diag::Language;
use tonghop_core::diag::Place;
use tonghop_core::diag::Severity;
use tonghop_core::diag::Words;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::id::DepartmentId;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::report::Outcome;
use tonghop_recognise::recognise;
use tonghop_report::consolidate::Received;
use tonghop_report::consolidate::consolidate;
use tonghop_rules::Coverage;
use tonghop_rules::Rules;

/// The run of one case, with the outcome of the rules.
pub struct Trial {
    pub made: Made,
    pub dataset: Dataset,
    pub config: Arc<Config>,
    pub lines: Coverage,
}

impl Trial {
    /// Runs the rules of a subject in fresh Lua states on the tables of a case.
    ///
    /// # Errors
    /// Problems of the given tables or of the rules, at the lines of the case.
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

    /// Returns the text of the case with the expected outcome replaced by the actual one.
    pub fn updated(&self, case: &Case) -> String {
        let kept: Vec<_> = case.headings.keys().copied().collect();
        let parts = if kept.is_empty() { self.made.parts(&self.config) } else { kept };
        let lines = parts.into_iter().map(|part| (part, self.made.part(part, &self.config)));
        case.with_expected(&lines.collect::<Vec<_>>())
    }
}

/// Makes a sector its own only department, so that its tables cannot match another sector.
fn asking_itself(decl: &Arc<SectorDecl>) -> Arc<SectorDecl> {
    Arc::new(SectorDecl { departments: vec![DepartmentId::new(decl.id.as_str())], ..SectorDecl::clone(decl) })
}

/// Returns the part of the outcome that belongs to the subject.
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

/// Converts a problem to a failure at its line of the case.
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
