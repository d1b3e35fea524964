//! Runs the stages in order: find, read, recognise, rules, consolidate, compose, write.
//!
//! Input: an [`Environment`] with the files of a project. Output: a finished run with its files, or the blank forms for
//! the departments. Not here: the work of a stage; the stages do not know each other.

mod blame;
mod environment;
mod error;
mod file_hashes;
mod forms;
mod office;
mod past;
mod reader;
mod reading;
mod recognition;
mod shown;

pub use environment::{Environment, NoStore, ResultStore};
pub use error::RunError;
pub use file_hashes::FileHashes;
pub use forms::{Forms, forms};
pub use past::{Accepted, accept};
pub use reader::{InProcessReader, WorkbookReader};
pub use reading::is_large;
pub use recognition::{Recognition, RecognitionContext, Request};
pub use shown::{ShowError, ShownWorkbook, WorkbookToShow, show_workbook};

pub use crate::find::file_states::{FileStates, file_states};
use crate::find::{self, RuleFile};
use crate::source::{FileError, ProjectSource};
use blame::Blame;
use reading::{collect_recognised, read_all};
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Severity};
use tonghop_core::model::dataset::WorkbookSummary;
use tonghop_core::model::document::Document;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::raw_workbook::{RawWorkbook, ReceivedWorkbook};
use tonghop_core::model::report::Report;
use tonghop_core::model::row::RecognisedRows;
use tonghop_core::model::row_changes::RowChanges;
use tonghop_core::model::trace::Traces;
pub use tonghop_read::{ReadError, ReadResult, decode, encode};
use tonghop_recognise::history;
use tonghop_report::compose;
use tonghop_report::consolidate::{self, ReceivedInputs};
use tonghop_report::explanations::{KnownNumbers, NumberExplanation};
use tonghop_report::gaps::{self, GapEvidence, ReportGap};
use tonghop_report::write::docx::template::OfficeTemplate;
use tonghop_report::write::{self, InputHashes, LostOutput, Product, Rendered};
pub use tonghop_report::write::{
    EarlierFiles, FIGURES, MANIFEST, NoEarlierFiles, OutputFile, OutputOptions, PLAIN_TEXT, Preserved, TRACES,
};
pub use tonghop_rules::{EvaluatedValue, Evaluation, reference};
use tonghop_rules::{Rules, Script};
use tracing::info;

/// The settings file of a project.
pub const SETTINGS_FILE: &str = "tonghop.toml";

/// Receives the progress of a run.
pub trait Progress: Sync {
    /// Called when a stage begins; it ends when the next one begins.
    fn stage(&self, _: &'static str) {}
    /// Called before `workbooks` workbooks are read.
    fn reading_started(&self, workbooks: usize);
    /// Called after a workbook was read.
    fn workbook_read(&self, file: &FilePath);
    /// Called after all workbooks were read.
    fn reading_finished(&self);
}

/// Ignores the progress of a run.
pub struct NoProgress;

impl Progress for NoProgress {
    fn reading_started(&self, _: usize) {}
    fn workbook_read(&self, _: &FilePath) {}
    fn reading_finished(&self) {}
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
    /// The places of the document where something is missing, contested or corrected.
    pub gaps: Vec<ReportGap>,
    /// All problems, in the order in which they were found.
    pub diagnostics: Diagnostics,
    /// The questions about numbers that departments explained, in the order of the problems.
    pub explained: Vec<NumberExplanation>,
    /// The files that were read, with their hashes.
    pub inputs: InputHashes,
    /// The output files; empty until they are rendered.
    pub files: Vec<OutputFile>,
    /// The name of the folder under `out/`.
    pub period: String,
    internals: RunInternals,
}

/// Data of a run that only the outputs and the checks of the rules need.
struct RunInternals {
    books: Vec<ReceivedWorkbook>,
    rows: RecognisedRows,
    summaries: Vec<WorkbookSummary>,
    row_changes: RowChanges,
    template: Option<OfficeTemplate>,
    rules: Rules,
    /// How many threads may work at the same time.
    threads: NonZeroUsize,
}

impl Run {
    /// Renders the output files, except those that earlier runs rendered from the same data; one that cannot be made is
    /// a problem of the run and costs only itself.
    ///
    /// # Errors
    /// Returns an error if there is no manifest; then no file is rendered.
    pub fn render(&mut self, options: OutputOptions, earlier: &dyn EarlierFiles) -> Result<(), RunError> {
        let RunInternals { books, rows, summaries: receptions, row_changes, template, threads, .. } = &self.internals;
        let product = Product {
            report: &self.report,
            document: &self.document,
            traces: &self.traces,
            gaps: &self.gaps,
            rows,
            row_changes,
            config: &self.config,
            diagnostics: &self.diagnostics,
            explained: &self.explained,
            inputs: &self.inputs,
            books,
            summaries: receptions,
            options,
            earlier,
            office_template: template.as_ref(),
        };
        let Rendered { files, lost } = write::render(&product, *threads)?;
        self.files = files;
        self.diagnostics.extend(lost.iter().map(LostOutput::diagnostic));
        self.config.apply_severities(&mut self.diagnostics);
        Ok(())
    }

    /// Returns what the rules show their authors with `print`, once; no output has it.
    pub fn printed_values(&self) -> Diagnostics {
        self.internals.rules.printed_values()
    }

    /// Evaluates an expression as a rule would: with the names of a sector, or of all sectors.
    ///
    /// # Errors
    /// Returns why the expression has no value; the outer error is that of the thread for the rules.
    pub fn evaluate(&self, sector: Option<&str>, expression: &str) -> io::Result<Result<Evaluation, Diagnostic>> {
        tonghop_rules::evaluate(&self.internals.rules, &self.config, sector, expression)
    }

    /// Returns the number of problems with this severity.
    pub fn count(&self, severity: Severity) -> usize {
        count(&self.diagnostics, severity)
    }

    /// Writes the files to the folder of the period under `out`; returns the folder and the user-edited files it kept.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be written.
    pub fn write(&self, out: &Path) -> Result<(PathBuf, Vec<Preserved>), RunError> {
        let folder = out.join(&self.period);
        write::check_own_folder(&folder)?;
        let kept = write::commit(&self.files, &folder)?;
        Ok((folder, kept))
    }
}

/// Returns the number of problems with this severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|d| d.severity() == severity).count()
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
    inputs: InputHashes,
    /// The problems of the rule files.
    pub diagnostics: Diagnostics,
}

/// Reads the settings and loads the rules.
///
/// # Errors
/// Returns an error if the settings cannot be used or the rule files cannot be listed. Problems in a single rule file
/// are in the diagnostics.
pub fn prepare(source: &dyn ProjectSource) -> Result<Prepared, RunError> {
    let written = settings(source)?;
    let (settings, removed) = office::clean_text(written.clone(), &FilePath::new(SETTINGS_FILE));
    let config = Config::parse(&settings)?;
    let (rule_files, mut diagnostics) = find::rules(source).map_err(io_error_at(source, "plugins"))?;
    diagnostics.extend(removed);
    let prepared = prepare_from(&settings, config, rule_files, diagnostics);
    let inputs = InputHashes { settings: ContentHash::compute(written.as_bytes()), ..prepared.inputs };
    Ok(Prepared { inputs, ..prepared })
}

/// Reads the text of a project's settings.
///
/// # Errors
/// Returns an error if the file cannot be read or is not UTF-8 text.
pub fn settings(source: &dyn ProjectSource) -> Result<String, RunError> {
    let path = Path::new(SETTINGS_FILE);
    let text = source.read(path).and_then(utf8_text);
    text.map_err(|reason| RunError::Unreadable { path: source.display_path(path), reason })
}

/// Loads rules with settings that are already in memory.
pub fn prepare_from(
    settings: &str,
    config: Config,
    rule_files: Vec<RuleFile>,
    mut diagnostics: Diagnostics,
) -> Prepared {
    let config = Arc::new(config);
    let plugins = rule_files.iter().map(|f| (f.file.clone(), ContentHash::compute(f.text.as_bytes()))).collect();
    let inputs = InputHashes { settings: ContentHash::compute(settings.as_bytes()), plugins, ..InputHashes::default() };
    let scripts: Vec<Script> = rule_files.into_iter().map(|f| Script { file: f.file, text: f.text }).collect();
    let (mut rules, problems) = tonghop_rules::load(&scripts, &config);
    blame::add_unreadable_files(&mut rules, &diagnostics);
    rules.add_absent_sectors(&config);
    diagnostics.extend(problems);
    Prepared { settings: settings.to_owned(), config, scripts, rules, inputs, diagnostics }
}

/// Runs a project as [`run`] does and also checks the rules that did not run, for mistakes and unused parts.
///
/// # Errors
/// Returns the errors of [`run`].
pub fn check(environment: &Environment<'_>, progress: &dyn Progress) -> Result<Run, RunError> {
    let mut run = run(environment, progress, OutputOptions::default())?;
    run.diagnostics.extend(consolidate::unjudged_sectors(&run.report));
    run.diagnostics.extend(run.printed_values());
    run.diagnostics.extend(tonghop_rules::lint(&run.internals.rules, &run.scripts, &run.config, &run.diagnostics));
    run.config.apply_severities(&mut run.diagnostics);
    Ok(run)
}

/// Runs a project and renders its output files.
///
/// # Errors
/// Returns an error if the settings cannot be used, a folder cannot be read or no manifest can be made. Problems in a
/// single workbook, rule file or output are in the diagnostics.
pub fn run(environment: &Environment<'_>, progress: &dyn Progress, options: OutputOptions) -> Result<Run, RunError> {
    run_with_hashes(environment, None, progress, options, &NoEarlierFiles)
}

/// Runs a project as [`run`] does, given the hashes of its files and the files that earlier runs rendered.
///
/// With the hashes, the stored results of unchanged workbooks are used without opening them.
///
/// # Errors
/// Returns the errors of [`run`].
pub fn run_with_hashes(
    environment: &Environment<'_>,
    hashes: Option<&FileHashes>,
    progress: &dyn Progress,
    options: OutputOptions,
    earlier: &dyn EarlierFiles,
) -> Result<Run, RunError> {
    let mut run = run_stages(environment, hashes, progress)?;
    begin_stage(progress, "render");
    run.render(options, earlier)?;
    Ok(run)
}

/// Runs a project without rendering its output files.
///
/// # Errors
/// Returns an error if the settings cannot be used or a folder cannot be read.
pub fn run_without_rendering(environment: &Environment<'_>, progress: &dyn Progress) -> Result<Run, RunError> {
    run_stages(environment, None, progress)
}

fn run_stages(
    environment: &Environment<'_>,
    hashes: Option<&FileHashes>,
    progress: &dyn Progress,
) -> Result<Run, RunError> {
    let &Environment { source, reader, store, threads } = environment;
    begin_stage(progress, "load");
    let Prepared { settings, config, scripts, rules: loaded, mut inputs, mut diagnostics } = prepare(source)?;
    begin_stage(progress, "read");
    let (found, problems) = find::workbooks(source, &config).map_err(io_error_at(source, "workbooks"))?;
    diagnostics.extend(problems);
    let (sectors, problems) = past::with_aliases(source, &loaded.declarations(), &config, &mut inputs);
    let context = RecognitionContext::new(&settings, Arc::clone(&config), sectors.clone());
    let recognition = context.recognition();
    let outcomes = read_all(&found, environment, &config.limits, progress, &recognition, hashes);
    let (recognised, books): (Vec<_>, Vec<_>) = collect_recognised(&found, outcomes, &mut inputs, &mut diagnostics)
        .into_iter()
        .map(|m| (m.recognised, m.feedback_cells))
        .unzip();
    let rules_are_whole = diagnostics.iter().all(|d: &Diagnostic| d.code != Code::PluginBroken);
    if rules_are_whole {
        // Results for a project with a broken rule file are not worth keeping: they change once it is repaired.
        store.finish();
    }
    let read = |bytes: &[u8]| reader.read(bytes, &config.limits);
    let runs = past::read_past_runs(source, &config, &read, &mut inputs, &mut diagnostics);
    let mut blame = Blame::new(&loaded, &config);
    diagnostics.extend(blame.without_consequences(problems));
    begin_stage(progress, "recognise");
    let (mut dataset, mut problems) = recognition.recogniser.combine(recognised);
    begin_stage(progress, "compare");
    let (row_changes, changes) = history::row_changes(&dataset, &runs, &sectors, config.period);
    problems = blame::join_problems_of_rules(problems);
    history::add_alias_hints(&mut problems, &row_changes.suggestions);
    diagnostics.extend(blame.without_consequences(problems.into_iter().chain(changes).collect()));
    diagnostics.extend(past::fill_last_year(&mut dataset, &runs, &sectors, &config));
    diagnostics.extend(office::apply_corrections(
        source,
        &mut dataset,
        &loaded.declarations(),
        &blame,
        &config,
        &mut inputs,
    ));
    diagnostics.extend(tonghop_recognise::contested_cells(&dataset.contested, &config));
    if rules_are_whole {
        diagnostics.extend(consolidate::undeclared_sectors(
            &loaded.failures,
            blame.waiting_for_absent_rules(),
            &config,
        ));
    }
    blame.name_waiting(&mut diagnostics);
    tonghop_recognise::check_plausibility(&dataset, &loaded.declarations(), &config, &mut diagnostics);

    begin_stage(progress, "rules");
    let (outcome, problems) = tonghop_rules::run(&loaded, &dataset, &config).map_err(RunError::RuleThread)?;
    diagnostics.extend(problems);
    let files = office::received_files(found, &books);
    let register = office::read_register(source, &config, &mut inputs, &mut diagnostics);
    let unfilled = dataset.unfilled_cells();
    let read = dataset.read_indicators(&unfilled);
    let received = ReceivedInputs {
        files: &files,
        register: &register,
        read: Some(&read),
        unfilled: Some(&unfilled),
        ..ReceivedInputs::default()
    };
    begin_stage(progress, "consolidate");
    let (report, problems) = consolidate::consolidate(outcome, dataset.corrected, received, &config);
    diagnostics.extend(problems);
    begin_stage(progress, "compose");
    let (document, traces, problems) = compose::compose(&report, &config);
    diagnostics.extend(problems);

    let evidence = GapEvidence { contested: &dataset.contested, unfilled: &unfilled, diagnostics: &diagnostics };
    let gaps = gaps::find(&document, &report, &config, evidence);

    let template = office::read_template(source, &mut inputs).unwrap_or_else(|problem| {
        diagnostics.push(problem);
        None
    });
    let known = KnownNumbers { report: &report, books: &books, config: &config };
    let explained = office::apply_explanations(source, &mut diagnostics, known, &mut inputs);
    diagnostics.extend(write::find_cut_texts(&books, &report.corrected));
    config.apply_severities(&mut diagnostics);
    let period = config.period.folder_name();
    let internals = RunInternals {
        books,
        rows: dataset.rows,
        summaries: dataset.workbooks,
        row_changes,
        template,
        rules: loaded,
        threads,
    };
    Ok(Run {
        config,
        scripts,
        report,
        document,
        traces,
        gaps,
        diagnostics,
        explained,
        inputs,
        files: Vec::new(),
        period,
        internals,
    })
}

/// Reports the begin of a stage to `progress` and to the log.
pub fn begin_stage(progress: &dyn Progress, stage: &'static str) {
    info!(stage);
    progress.stage(stage);
}

fn utf8_text(bytes: Vec<u8>) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|_| FileError::NotUtf8)
}

fn io_error_at(project: &dyn ProjectSource, path: &str) -> impl FnOnce(io::Error) -> RunError + use<> {
    let path = project.display_path(Path::new(path));
    move |source| RunError::Io { path, source }
}

/// Reads the bytes of a workbook within the limits of the project.
type ReadFn<'a> = &'a dyn Fn(&[u8]) -> Result<RawWorkbook, ReadError>;
