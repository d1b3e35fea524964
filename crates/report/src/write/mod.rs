//! Writes every output of a run in its format.
//!
//! Input: the finished product of a run. Output: the bytes of each file ([`render`]) and, as one step, the files on
//! disk ([`mod@commit`]). A new format is a new file here and one line in [`WRITERS`]. Not here: figures, sentences,
//! decisions about the data.

mod aliases;
mod commit;
mod cut_texts;
pub mod docx;
mod feedback;
mod file_system;
pub mod forms;
mod manifest;
mod markdown;
pub mod plain_text;
mod rendering;
pub mod xlsx;

pub use commit::{CommitError, HeldFile, Preserved, check_own_folder, commit, write_atomically};
pub use cut_texts::find_cut_texts;
pub use feedback::{is_feedback_enabled, trim_for_feedback};
pub use rendering::{LostOutput, Rendered};

use crate::explanations::NumberExplanation;
use crate::gaps::ReportGap;
use docx::template::OfficeTemplate;
use rendering::{RenderJob, RenderedFile, folder_jobs, render_all, rendered};

use std::num::NonZeroUsize;
use thiserror::Error;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::message::Message;
use tonghop_core::model::dataset::WorkbookSummary;
use tonghop_core::model::document::Document;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::report::Report;
use tonghop_core::model::row::RecognisedRows;
use tonghop_core::model::row_changes::RowChanges;
use tonghop_core::model::run_results::RunResults;
use tonghop_core::model::trace::Traces;
use tonghop_core::{display_as_message, msg};
use tracing::debug;

/// The user's choices for the outputs of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutputOptions {
    /// Whether the Word report lists the source of every figure in an appendix.
    pub sources: bool,
}

/// Files that earlier runs rendered, by their paths below the folder of all outputs.
pub trait EarlierFiles: Sync {
    /// Returns the content of a file if it was rendered from the same data and is unchanged since.
    fn recall(&self, path: &str, made_from: &ContentHash) -> Option<Vec<u8>>;

    /// Records what a file was rendered from.
    fn record(&self, path: &str, made_from: &ContentHash, bytes: &[u8]);
}

/// No earlier run is known: every file is rendered.
pub struct NoEarlierFiles;

impl EarlierFiles for NoEarlierFiles {
    fn recall(&self, _: &str, _: &ContentHash) -> Option<Vec<u8>> {
        None
    }

    fn record(&self, _: &str, _: &ContentHash, _: &[u8]) {}
}

/// The finished product of a run, from which all outputs are rendered.
pub struct Product<'a> {
    /// The report of all sectors, with what was received.
    pub report: &'a Report,
    /// The report as a document.
    pub document: &'a Document,
    /// The origins of the numbers in the document.
    pub traces: &'a Traces,
    /// The places of the document where something is missing, contested or corrected.
    pub gaps: &'a [ReportGap],
    /// The rows of the departments' workbooks.
    pub rows: &'a RecognisedRows,
    /// The changes of the rows since the last accepted run.
    pub row_changes: &'a RowChanges,
    /// The settings of the project.
    pub config: &'a Config,
    /// All diagnostics of the run, in order of occurrence.
    pub diagnostics: &'a [Diagnostic],
    /// The questions about numbers that departments explained, in the order of the problems.
    pub explained: &'a [NumberExplanation],
    /// The files that the run read.
    pub inputs: &'a InputHashes,
    /// The workbooks that departments sent, as read; unreadable ones are not included.
    pub books: &'a [ReceivedWorkbook],
    /// What was recognised in the workbooks that are used.
    pub summaries: &'a [WorkbookSummary],
    /// The user's choices.
    pub options: OutputOptions,
    /// Files that need not be rendered again.
    pub earlier: &'a dyn EarlierFiles,
    /// The office's template for the Word report, if there is one.
    pub office_template: Option<&'a OfficeTemplate>,
}

/// The files that a run read, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct InputHashes {
    /// The hash of `tonghop.toml`.
    pub settings: ContentHash,
    /// Those that could be opened, whether or not they were used; by path.
    pub workbooks: Vec<(DepartmentId, FilePath, ContentHash)>,
    /// The office's file of corrections, if there is one.
    pub corrections: Option<(FilePath, ContentHash)>,
    /// The office's file of explanations, if there is one.
    pub explanations: Option<(FilePath, ContentHash)>,
    /// The office's register of received submissions, if there is one.
    pub register: Option<(FilePath, ContentHash)>,
    /// The rule files, including shared ones, by path.
    pub plugins: Vec<(FilePath, ContentHash)>,
    /// The file of labels that were accepted in addition to the declared ones, if there is one.
    pub aliases: Option<(FilePath, ContentHash)>,
    /// The consolidated workbooks of earlier runs.
    pub history: Vec<(FilePath, ContentHash)>,
    /// The office's template for the Word report, if there is one.
    pub template: Option<(FilePath, ContentHash)>,
}

impl InputHashes {
    /// Iterates over the files that were read, except the settings.
    pub fn files(&self) -> impl Iterator<Item = (&FilePath, &ContentHash)> {
        let many = self.plugins.iter().chain(&self.history);
        let office = self.corrections.iter().chain(&self.explanations).chain(&self.register);
        let one = office.chain(&self.aliases).chain(&self.template);
        let workbooks = self.workbooks.iter().map(|(_, file, hash)| (file, hash));
        workbooks.chain(many.chain(one).map(|(file, hash)| (file, hash)))
    }
}

/// An output file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path in the output folder: `run.json`, `phan-hoi/van-phong.xlsx`.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The reason why a file could not be made.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The workbook exceeds the limits of Excel, such as rows or sheets.
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The Word report cannot be made.
    Docx(#[from] docx::DocxError),
    /// The numbers of the Word report are not those of the traces.
    BackCheck(#[from] docx::back_check::BackCheckError),
    /// A value cannot be serialised as JSON.
    Json(#[from] serde_json::Error),
    /// The program has a bug; the text is that of the panic.
    Bug(String),
}

impl WriteError {
    /// Returns the error message.
    pub fn message(&self) -> Message {
        match self {
            Self::Xlsx(error) => {
                msg!("không tạo được bảng tính: {error}", "the workbook cannot be created: {error}")
            }
            Self::Docx(error) => msg!(
                "không tạo được bao-cao.docx: {error}",
                "bao-cao.docx cannot be created: {error}",
                error = error.message()
            ),
            Self::BackCheck(error) => msg!(
                "không dùng được bao-cao.docx: {error}",
                "bao-cao.docx cannot be used: {error}",
                error = error.message()
            ),
            Self::Json(error) => msg!("không tạo được tệp JSON: {error}", "the JSON file cannot be created: {error}"),
            Self::Bug(text) => msg!(
                "không tạo được tệp này vì chương trình gặp lỗi của chính nó: {text}",
                "this file cannot be created because the program has a bug: {text}"
            ),
        }
    }
}

display_as_message!(WriteError);

/// The manifest: what was read, found and written.
pub const MANIFEST: &str = "run.json";
/// The sources of every number in the report.
pub const TRACES: &str = "traces.json";
/// Every figure of the sectors, printed or not.
pub const FIGURES: &str = "figures.json";
/// The report as plain text.
pub const PLAIN_TEXT: &str = "bao-cao.txt";

/// An output file with its render function.
struct OutputWriter {
    name: &'static str,
    render: RenderFn,
}

/// Every file of every run except `run.json`, which lists the others; the slowest is first.
const WRITERS: &[OutputWriter] = &[
    writer("tong-hop.xlsx", |p| {
        let problems = xlsx::ListedProblems { diagnostics: p.diagnostics, explained: p.explained, gaps: p.gaps };
        Ok(xlsx::render(p.report, p.config, problems, p.rows, p.row_changes)?)
    }),
    writer("bao-cao.docx", |p| render_word(p, None)),
    writer("bao-cao-ban-lam-viec.docx", |p| render_word(p, Some(p.gaps))),
    writer("bao-cao.md", |p| Ok(markdown::render(p.document).into_bytes())),
    writer(PLAIN_TEXT, |p| Ok(plain_text::render(p.document).into_bytes())),
    writer(TRACES, |p| manifest::json(p.traces)),
    writer(FIGURES, |p| manifest::json(&RunResults::from_report(p.report))),
];

/// A subfolder of a run's outputs.
struct OutputFolder {
    name: &'static str,
    jobs: for<'a> fn(&'a Product<'a>) -> Vec<RenderJob<'a>>,
}

/// Every subfolder of a run's outputs, such as that of the feedback.
const FOLDERS: &[OutputFolder] = &[OutputFolder { name: feedback::FOLDER, jobs: feedback::jobs }];

/// Renders the bytes of a file.
type RenderFn = fn(&Product<'_>) -> Result<Vec<u8>, WriteError>;

const fn writer(name: &'static str, render: RenderFn) -> OutputWriter {
    OutputWriter { name, render }
}

/// Renders the Word report and reads it back: the signed document must contain exactly the traced numbers. The working
/// copy has a comment at each of the `gaps`.
fn render_word(product: &Product<'_>, gaps: Option<&[ReportGap]>) -> Result<Vec<u8>, WriteError> {
    let Product { document, traces, office_template, .. } = *product;
    let listing = docx::SourceListing { figures: &traces.figures, departments: &product.config.departments };
    let additions = docx::Additions { listing: product.options.sources.then_some(&listing), gaps };
    let bytes = docx::render_with(document, traces, office_template, additions)?;
    if office_template.is_some_and(OfficeTemplate::has_frame) {
        docx::back_check::check_framed(&bytes, traces, document)?;
    } else {
        docx::back_check::check(&bytes, traces)?;
    }
    Ok(bytes)
}

/// Renders every file of a run on several threads, the manifest last; a file that cannot be made costs only itself.
///
/// # Errors
/// Returns an error if there is no manifest, without which a later run could not know the files.
pub fn render(product: &Product<'_>, threads: NonZeroUsize) -> Result<Rendered, WriteError> {
    render_jobs(product, jobs(product), threads)
}

fn render_jobs<'a>(
    product: &'a Product<'a>,
    jobs: Vec<RenderJob<'a>>,
    threads: NonZeroUsize,
) -> Result<Rendered, WriteError> {
    let mut done = render_all(jobs, threads);
    let lost = done.lost.iter().map(LostOutput::diagnostic);
    let diagnostics: Vec<Diagnostic> = product.diagnostics.iter().cloned().chain(lost).collect();
    let manifest = manifest::render(&Product { diagnostics: &diagnostics, ..*product }, &done.files)?;
    done.files.push(OutputFile { name: MANIFEST.to_owned(), bytes: manifest });
    done.files.iter().for_each(|file| debug!(file = file.name, bytes = file.bytes.len(), "rendered"));
    Ok(done)
}

/// Returns the jobs in the order of their files.
fn jobs<'a>(product: &'a Product<'a>) -> Vec<RenderJob<'a>> {
    let mut jobs: Vec<RenderJob<'a>> = Vec::new();
    for OutputWriter { name, render } in WRITERS {
        let render = Box::new(|| vec![rendered((*name).to_owned(), || render(product))]);
        jobs.push(RenderJob { name: (*name).to_owned(), render });
    }
    let aliases = || aliases::render(product.row_changes).map(RenderedFile::Ok).into_iter().collect();
    jobs.push(RenderJob { name: aliases::FILE.to_owned(), render: Box::new(aliases) });
    jobs.extend(FOLDERS.iter().flat_map(|folder| folder_jobs(folder.name, || (folder.jobs)(product))));
    jobs
}

#[cfg(test)]
mod tests;
