//! Runs the stages of a run one by one and measures each.
//!
//! Input: a workload. Output: the files of a whole run, and the time of each stage and of the floor, which only
//! inflates and tokenises the same workbooks. Everything runs in this process and in one thread. Not here: how times
//! are shown.

use super::tokens::{self, Failure};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};
use tonghop::find::{self, WorkbookFile};
use tonghop::pipeline::{self, Environment, MANIFEST, NoProgress, OutputFile, Prepared};
use tonghop::source::{FolderSource, ProjectSource};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::last_modified::LastModified;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::submission::ReceivedFile;
use tonghop_recognise::history;
use tonghop_report::consolidate::{self, ReceivedInputs};
use tonghop_report::gaps::{self, GapEvidence};
use tonghop_report::write::{InputHashes, NoEarlierFiles, OutputOptions, Product, docx, xlsx};
use tonghop_report::{compose, write};

/// The name of the floor, with which all stages are compared.
pub const FLOOR: &str = "floor";

/// The names of parts of another stage, which do not count in the sum.
pub const PARTS: [&str; 2] = ["- tong-hop.xlsx", "- bao-cao.docx"];

/// Runs the project as a whole.
pub fn whole_run(project: &Path) -> Result<Vec<OutputFile>, Failure> {
    let run =
        pipeline::run(&Environment::in_process(&FolderSource::new(project)), &NoProgress, OutputOptions::default());
    Ok(run.map_err(|error| error.to_string())?.files)
}

/// Runs the stages as the pipeline does, for a project without history, corrections or register.
pub fn stage_by_stage(project: &Path, watch: &mut Watch) -> Result<Vec<OutputFile>, Failure> {
    let source = FolderSource::new(project);
    let flat = tokens::workbooks(&project.join("flat"))?;
    watch.time(FLOOR, || tokens::count_all(&flat, 1))?;
    let prepared =
        watch.time("settings and rules", || pipeline::prepare(&source)).map_err(|error| error.to_string())?;
    let Prepared { config, rules, mut diagnostics, .. } = prepared;
    let (found, problems) = watch.time("find", || find::workbooks(&source, &config))?;
    diagnostics.extend(problems);
    let contents: Vec<Vec<u8>> =
        watch.time("open", || found.iter().map(|book| read_bytes(&source, book)).collect::<Result<_, _>>())?;
    watch.time("hash", || contents.iter().map(|content| ContentHash::compute(content)).collect::<Vec<_>>());
    let books: Vec<ReceivedWorkbook> =
        watch.time("read", || found.iter().zip(&contents).map(read_book).collect::<Result<_, _>>())?;
    let sectors = rules.declarations();
    let (dataset, problems) = watch.time("recognise", || tonghop_recognise::recognise(&books, &sectors, &config));
    diagnostics.extend(problems);
    let (drift, changes) = watch.time("compare", || history::row_changes(&dataset, &[], &sectors, config.period));
    diagnostics.extend(changes);
    tonghop_recognise::check_plausibility(&dataset, &sectors, &config, &mut diagnostics);
    let (outcome, problems) = watch.time("rules", || tonghop_rules::run(&rules, &dataset, &config))?;
    diagnostics.extend(problems);
    let files: Vec<ReceivedFile> = books.iter().map(received_file).collect();
    let received = ReceivedInputs { files: &files, ..ReceivedInputs::default() };
    let (report, problems) =
        watch.time("consolidate", || consolidate::consolidate(outcome, Vec::new(), received, &config));
    diagnostics.extend(problems);
    let (document, traces, problems) = watch.time("compose", || compose::compose(&report, &config));
    diagnostics.extend(problems);
    let unfilled = dataset.unfilled_cells();
    let evidence = GapEvidence { contested: &dataset.contested, unfilled: &unfilled, diagnostics: &diagnostics };
    let found = gaps::find(&document, &report, &config, evidence);
    let problems = xlsx::ListedProblems { diagnostics: &diagnostics, explained: &[], gaps: &found };
    let product = Product {
        report: &report,
        document: &document,
        traces: &traces,
        gaps: &found,
        rows: &dataset.rows,
        row_changes: &drift,
        config: &config,
        diagnostics: &diagnostics,
        explained: &[],
        inputs: &InputHashes::default(),
        books: &books,
        summaries: &dataset.workbooks,
        options: OutputOptions::default(),
        earlier: &NoEarlierFiles,
        office_template: None,
    };
    let [workbook, document] = PARTS;
    watch.time(workbook, || xlsx::render(product.report, &config, problems, product.rows, &drift))?;
    watch.time(document, || docx::render(product.document, product.traces, None, None))?;
    Ok(watch.time("write", || write::render(&product, NonZeroUsize::MIN))?.files)
}

fn read_bytes(source: &FolderSource, found: &WorkbookFile) -> Result<Vec<u8>, Failure> {
    source.read(&found.path).map_err(|error| format!("{}: {error:?}", found.file).into())
}

fn read_book((found, content): (&WorkbookFile, &Vec<u8>)) -> Result<ReceivedWorkbook, Failure> {
    let book = tonghop_read::read_workbook(content).map_err(|error| format!("{}: {error:?}", found.file))?;
    Ok(ReceivedWorkbook { department: found.department.clone(), file: found.file.clone(), workbook: book })
}

fn received_file(book: &ReceivedWorkbook) -> ReceivedFile {
    let saved = book.workbook.last_modified.as_ref().and_then(LastModified::day);
    ReceivedFile { department: book.department.clone(), file: book.file.clone(), last_modified: saved }
}

/// Asserts that every file equals that of a whole run, except the manifest, which also lists the inputs.
pub fn assert_same(expected: &[OutputFile], files: &[OutputFile]) {
    assert!(expected.iter().map(|file| &file.name).eq(files.iter().map(|file| &file.name)), "other files");
    for (expected, file) in expected.iter().zip(files).filter(|(file, _)| file.name != MANIFEST) {
        assert!(expected.bytes == file.bytes, "{} differs", file.name);
    }
}

/// The times of all stages, in the order in which they ran first.
#[derive(Default)]
pub struct Watch {
    pub stages: Vec<(&'static str, Vec<Duration>)>,
}

impl Watch {
    /// Runs a stage and records its time.
    #[expect(clippy::disallowed_methods, reason = "a clock is what this is for")]
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        let taken = start.elapsed();
        match self.stages.iter_mut().find(|(name, _)| *name == stage) {
            Some((_, times)) => times.push(taken),
            None => self.stages.push((stage, vec![taken])),
        }
        result
    }
}
