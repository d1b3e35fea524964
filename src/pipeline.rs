//! Runs the stages in order: find, read, recognise, rules, consolidate, compose, write.
//!
//! Input: the folder of a project. Output: a finished run with its files, or the blank forms for the departments.
//! Not here: the work of a stage; the stages do not know each other.

mod contents;
mod error;
mod office;
mod past;
mod reading;
mod recognition;

pub use contents::Contents;
pub use error::RunError;
pub use past::{Accepted, accept};
pub use reading::{InProcess, ReadBooks, is_large, lock};
pub use recognition::{Recognition, Sent, Terms};

pub use crate::find::stamps::{Stamps, stamps};
use crate::find::{self, FoundBook, RuleFile};
use reading::{Taken, read_all};
use recognition::Made;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Severity};
use tonghop_core::message::Words;
use tonghop_core::model::book::{RawBook, ReceivedBook};
use tonghop_core::model::dataset::Reception;
use tonghop_core::model::document::Document;
use tonghop_core::model::drift::Drift;
use tonghop_core::model::hash::Hash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::report::Report;
use tonghop_core::model::row::Rows;
use tonghop_core::model::trace::Traces;
pub use tonghop_read::{Answer, ReadError, pack, unpack};
use tonghop_recognise::history;
use tonghop_report::compose;
use tonghop_report::consolidate::{self, Received};
use tonghop_report::write::docx::skin::Skin;
use tonghop_report::write::{self, Inputs, Product, forms};
pub use tonghop_report::write::{FIGURES, Kept, MANIFEST, Options, OutputFile, PLAIN_TEXT, TRACES};
pub use tonghop_rules::reference;
use tonghop_rules::{Rules, Script};
use tracing::info;

/// The settings file of a project.
pub const SETTINGS: &str = "tonghop.toml";

/// Receives the progress of a run.
pub trait Progress: Sync {
    /// Called when a stage begins; it ends when the next one begins.
    fn stage(&self, _: &'static str) {}
    /// Called before `workbooks` workbooks are read.
    fn begin(&self, workbooks: usize);
    /// Called after a workbook was read.
    fn read(&self, file: &FilePath);
    /// Called after all workbooks were read.
    fn end(&self);
}

/// Ignores the progress of a run.
pub struct Unwatched;

impl Progress for Unwatched {
    fn begin(&self, _: usize) {}
    fn read(&self, _: &FilePath) {}
    fn end(&self) {}
}

/// A finished run whose files are not written yet.
pub struct Run {
    /// The settings of the project.
    pub config: Arc<Config>,
    /// The rule files, as they were run.
    pub scripts: Vec<Script>,
    /// The results of the rules for all sectors, with what was received.
    pub report: Report,
    /// The text of the report.
    pub document: Document,
    /// The sources of the numbers in the document.
    pub traces: Traces,
    /// All problems, in the order in which they were found.
    pub diagnostics: Diagnostics,
    /// The files that were read, with their hashes.
    pub inputs: Inputs,
    /// The output files; empty until they are rendered.
    pub files: Vec<OutputFile>,
    /// The name of the folder under `out/`.
    pub period: String,
    behind: Behind,
}

/// Data of a run that only the outputs and the checks of the rules need.
struct Behind {
    books: Vec<ReceivedBook>,
    rows: Rows,
    receptions: Vec<Reception>,
    drift: Drift,
    skin: Option<Skin>,
    rules: Rules,
    /// How many threads may work at the same time.
    threads: NonZeroUsize,
}

impl Run {
    /// Renders the output files.
    ///
    /// # Errors
    /// A format that cannot represent the results; then no file is rendered.
    pub fn render(&mut self, options: Options) -> Result<(), RunError> {
        let Behind { books, rows, receptions, drift, skin, threads, .. } = &self.behind;
        let product = Product {
            report: &self.report,
            document: &self.document,
            traces: &self.traces,
            rows,
            drift,
            config: &self.config,
            diagnostics: &self.diagnostics,
            inputs: &self.inputs,
            books,
            receptions,
            options,
            skin: skin.as_ref(),
        };
        self.files = write::render(&product, *threads)?;
        Ok(())
    }

    /// Returns the number of problems with this severity.
    pub fn count(&self, severity: Severity) -> usize {
        count(&self.diagnostics, severity)
    }

    /// Writes the files to the folder of the period under `out`; returns the folder and the user-edited files it kept.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write(&self, out: &Path) -> Result<(PathBuf, Vec<Kept>), RunError> {
        let folder = out.join(&self.period);
        let kept = write::commit(&self.files, &folder)?;
        Ok((folder, kept))
    }
}

/// Returns the number of problems with this severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|d| d.severity() == severity).count()
}

/// The blank forms of a project, not written yet.
pub struct Forms {
    /// One workbook per department, then the manifest.
    pub files: Vec<OutputFile>,
    /// The names of the departments that no sector collects data from.
    pub unasked: Vec<String>,
    /// Problems of the rules and of earlier runs.
    pub diagnostics: Diagnostics,
}

impl Forms {
    /// Returns the number of workbooks.
    pub fn workbooks(&self) -> usize {
        self.files.iter().filter(|file| file.name != write::MANIFEST).count()
    }

    /// Writes the files to `folder`; returns the user-edited files kept there.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write(&self, folder: &Path) -> Result<Vec<Kept>, RunError> {
        Ok(write::commit(&self.files, folder)?)
    }
}

/// Renders the blank forms of a project.
///
/// # Errors
/// Settings that cannot be used, rule files that cannot be read. Problems in a single rule file are in the
/// diagnostics; the sectors of the other rule files still get their forms.
pub fn forms(project: &Path, reader: &dyn ReadBooks) -> Result<Forms, RunError> {
    let Prepared { config, rules, mut inputs, mut diagnostics, .. } = prepare(project)?;
    let sectors = rules.declarations();
    let read = |bytes: &[u8]| reader.read(bytes, &config.limits);
    let runs = past::runs(project, &config, &read, &mut inputs, &mut diagnostics);
    let (known, problems) = history::last_year(&runs, &sectors, config.period);
    diagnostics.extend(problems);
    let asked = |department: &DepartmentId| sectors.iter().any(|sector| sector.departments.contains(department));
    let unasked = config.departments.iter().filter(|d| !asked(&d.id)).map(|d| d.name.clone()).collect();
    let fill = |slot: &forms::Slot<'_>| past::known(slot, &known);
    Ok(Forms { files: forms::render(&sectors, &config, &fill)?, unasked, diagnostics })
}

/// The settings and rules of a project, loaded.
pub struct Prepared {
    /// The text of the settings.
    settings: String,
    /// The settings.
    pub config: Arc<Config>,
    /// The rule files as read, ordered by path.
    pub scripts: Vec<Script>,
    /// The rules of the files that could be loaded.
    pub rules: Rules,
    inputs: Inputs,
    /// The problems of the rule files.
    pub diagnostics: Diagnostics,
}

/// Reads the settings and loads the rules.
///
/// # Errors
/// Settings that cannot be used, rule files that cannot be listed. Problems in a single rule file are in the
/// diagnostics.
pub fn prepare(project: &Path) -> Result<Prepared, RunError> {
    let settings = settings(project)?;
    let config = Config::parse(&settings)?;
    let (rule_files, diagnostics) = find::rules(project).map_err(at(&project.join("plugins")))?;
    Ok(loaded(&settings, config, rule_files, diagnostics))
}

/// Reads the text of a project's settings.
///
/// # Errors
/// A file that cannot be read or is not UTF-8 text.
pub fn settings(project: &Path) -> Result<String, RunError> {
    let path = project.join(SETTINGS);
    find::bytes(&path).and_then(text).map_err(|why| RunError::Unread { path, why })
}

/// Loads rules with settings that are already in memory.
pub fn loaded(settings: &str, config: Config, rule_files: Vec<RuleFile>, mut diagnostics: Diagnostics) -> Prepared {
    let config = Arc::new(config);
    let plugins = rule_files.iter().map(|f| (f.file.clone(), Hash::of(f.text.as_bytes()))).collect();
    let inputs = Inputs { settings: Hash::of(settings.as_bytes()), plugins, ..Inputs::default() };
    let scripts: Vec<Script> = rule_files.into_iter().map(|f| Script { file: f.file, text: f.text }).collect();
    let (rules, problems) = tonghop_rules::load(&scripts, &config);
    diagnostics.extend(problems);
    Prepared { settings: settings.to_owned(), config, scripts, rules, inputs, diagnostics }
}

/// Runs a project as [`run`] does and also checks the rules that did not run, for mistakes and unused parts.
///
/// # Errors
/// As [`run`].
pub fn check(project: &Path, reader: &dyn ReadBooks, progress: &dyn Progress) -> Result<Run, RunError> {
    let mut run = run(project, reader, progress, Options::default())?;
    run.diagnostics.extend(tonghop_rules::inspect(&run.behind.rules, &run.scripts, &run.config, &run.diagnostics));
    Ok(run)
}

/// Runs a project and renders its output files.
///
/// # Errors
/// Settings that cannot be used, folders that cannot be read, outputs that cannot be rendered. Problems in a single
/// workbook or rule file are in the diagnostics.
pub fn run(project: &Path, reader: &dyn ReadBooks, progress: &dyn Progress, options: Options) -> Result<Run, RunError> {
    run_over(project, None, reader, progress, options)
}

/// Runs a project as [`run`] does, given the hashes of its files.
///
/// With the hashes, the reader can return the cached results of unchanged workbooks without opening them.
///
/// # Errors
/// As [`run`].
pub fn run_over(
    project: &Path,
    contents: Option<&Contents>,
    reader: &dyn ReadBooks,
    progress: &dyn Progress,
    options: Options,
) -> Result<Run, RunError> {
    let mut run = results_over(project, contents, reader, progress)?;
    begin(progress, "render");
    run.render(options)?;
    Ok(run)
}

/// Runs a project without rendering its output files.
///
/// # Errors
/// Settings that cannot be used, folders that cannot be read.
pub fn results(project: &Path, reader: &dyn ReadBooks, progress: &dyn Progress) -> Result<Run, RunError> {
    results_over(project, None, reader, progress)
}

fn results_over(
    project: &Path,
    contents: Option<&Contents>,
    reader: &dyn ReadBooks,
    progress: &dyn Progress,
) -> Result<Run, RunError> {
    begin(progress, "load");
    let Prepared { settings, config, scripts, rules: loaded, mut inputs, mut diagnostics } = prepare(project)?;
    begin(progress, "read");
    let (found, problems) = find::workbooks(project, &config).map_err(at(&project.join("workbooks")))?;
    diagnostics.extend(problems);
    let (sectors, problems) = past::with_aliases(project, &loaded.declarations(), &config, &mut inputs);
    let terms = Terms::new(&settings, Arc::clone(&config), sectors.clone());
    let recognition = terms.recognition();
    let taken = read_all(&found, reader, &config.limits, progress, &recognition, contents);
    let (recognised, books): (Vec<_>, Vec<_>) =
        received(&found, taken, &mut inputs, &mut diagnostics).into_iter().map(|m| (m.recognised, m.shown)).unzip();
    let rules_are_whole = diagnostics.iter().all(|d: &Diagnostic| d.code != Code::PluginBroken);
    if rules_are_whole {
        // Results for a project with a broken rule file are not worth keeping: they change once it is repaired.
        reader.end();
        diagnostics.extend(consolidate::undeclared(&loaded.declarations(), &config));
    }
    let read = |bytes: &[u8]| reader.read(bytes, &config.limits);
    let runs = past::runs(project, &config, &read, &mut inputs, &mut diagnostics);
    let blame = |d| if rules_are_whole { d } else { blaming_rules(d) };
    diagnostics.extend(problems.into_iter().map(blame));
    begin(progress, "recognise");
    let (mut dataset, mut problems) = recognition.recogniser.together(recognised);
    begin(progress, "compare");
    let (drift, changes) = history::drift(&dataset, &runs, &sectors, config.period);
    history::propose(&mut problems, &drift.proposals);
    diagnostics.extend(problems.into_iter().map(blame).chain(changes));
    diagnostics.extend(past::fill_last_year(&mut dataset, &runs, &sectors, &config));
    diagnostics.extend(office::correct(project, &mut dataset, &loaded.declarations(), &mut inputs));
    diagnostics.extend(tonghop_recognise::suspects(&dataset, &loaded.declarations(), &config.scale));

    begin(progress, "rules");
    let (outcome, problems) = tonghop_rules::run(&loaded, &dataset, &config).map_err(RunError::Rules)?;
    diagnostics.extend(problems);
    let files = office::received_files(found, &books);
    let register = office::register(project, &config, &mut inputs, &mut diagnostics);
    let received = Received { files: &files, register: &register };
    begin(progress, "consolidate");
    let (report, problems) = consolidate::consolidate(outcome, dataset.corrected, received, &config);
    diagnostics.extend(problems);
    begin(progress, "compose");
    let (document, traces, problems) = compose::compose(&report, &config);
    diagnostics.extend(problems);

    let skin = office::skin(project, &mut inputs).unwrap_or_else(|problem| {
        diagnostics.push(problem);
        None
    });
    let period = config.period.folder();
    let threads = reader.threads();
    let behind =
        Behind { books, rows: dataset.rows, receptions: dataset.receptions, drift, skin, rules: loaded, threads };
    Ok(Run { config, scripts, report, document, traces, diagnostics, inputs, files: Vec::new(), period, behind })
}

/// Reports the begin of a stage to `progress` and to the log.
pub fn begin(progress: &dyn Progress, stage: &'static str) {
    info!(stage);
    progress.stage(stage);
}

/// Adds a hint that the unknown sheet or row may be declared in one of the broken rule files.
fn blaming_rules(diagnostic: Diagnostic) -> Diagnostic {
    match diagnostic.code {
        Code::SheetUnknown | Code::RowUnknown | Code::RowGone | Code::AliasUnusable => diagnostic.hint(Words::new(
            "có tệp quy tắc đang lỗi nên có thể biểu này chưa được nhận ra; quản trị sửa tệp quy tắc trước",
            "a rule file is broken, which may know this; the administrator should mend the rule file first",
        )),
        _ => diagnostic,
    }
}

fn text(bytes: Vec<u8>) -> Result<String, find::Unread> {
    String::from_utf8(bytes).map_err(|_| find::Unread::NoText)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> RunError + use<> {
    let path = path.to_owned();
    move |source| RunError::Io { path, source }
}

/// Reads the bytes of a workbook within the limits of the project.
type Read<'a> = &'a dyn Fn(&[u8]) -> Result<RawBook, ReadError>;

/// Collects the recognised workbooks, the hash of each file, and the problems of those that could not be read.
fn received(found: &[FoundBook], taken: Vec<Taken>, inputs: &mut Inputs, diagnostics: &mut Diagnostics) -> Vec<Made> {
    let mut books = Vec::with_capacity(taken.len());
    for (one, Taken { hash, result }) in found.iter().zip(taken) {
        inputs.workbooks.extend(hash.map(|hash| (one.department.clone(), one.file.clone(), hash)));
        match result {
            Ok(book) => books.push(book),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    books
}
