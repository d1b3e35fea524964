//! Writes every output of a run in its format.
//!
//! Input: the finished product of a run. Output: the bytes of each file ([`render`]) and, as one step, the files on
//! disk ([`commit`]). A new format is a new file here and one line in [`WRITERS`]. Not here: figures, sentences,
//! decisions about the data.

mod aliases;
mod commit;
mod disk;
pub mod docx;
mod feedback;
pub mod forms;
mod manifest;
mod markdown;
pub mod plain_text;
pub mod xlsx;

pub use commit::{CommitError, Kept, commit, place};
pub use feedback::{answers_anybody, shown_again};

use docx::skin::Skin;

use std::num::NonZeroUsize;
use thiserror::Error;
use tonghop_core::config::Config;
use tonghop_core::diag::Diagnostic;
use tonghop_core::message::Words;
use tonghop_core::model::account::Account;
use tonghop_core::model::book::ReceivedBook;
use tonghop_core::model::dataset::Reception;
use tonghop_core::model::document::Document;
use tonghop_core::model::drift::Drift;
use tonghop_core::model::hash::Hash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::report::Report;
use tonghop_core::model::row::Rows;
use tonghop_core::model::trace::Traces;
use tonghop_core::parallel::in_parallel;
use tonghop_core::{say, told_by_words};
use tracing::debug;

/// The user's choices for the outputs of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether the Word report lists the source of every figure in an appendix.
    pub sources: bool,
}

/// The finished product of a run, from which all outputs are rendered.
pub struct Product<'a> {
    /// The report of all sectors, with what was received.
    pub report: &'a Report,
    /// The report as a document.
    pub document: &'a Document,
    /// The origins of the numbers in the document.
    pub traces: &'a Traces,
    /// The rows of the departments' workbooks.
    pub rows: &'a Rows,
    /// The changes of the rows since the last accepted run.
    pub drift: &'a Drift,
    /// The settings of the project.
    pub config: &'a Config,
    /// All diagnostics of the run, in order of occurrence.
    pub diagnostics: &'a [Diagnostic],
    /// The files that the run read.
    pub inputs: &'a Inputs,
    /// The workbooks that departments sent, as read; unreadable ones are not included.
    pub books: &'a [ReceivedBook],
    /// What was recognised in the workbooks that are used.
    pub receptions: &'a [Reception],
    /// The user's choices.
    pub options: Options,
    /// The office's own form of the Word report, if there is one.
    pub skin: Option<&'a Skin>,
}

/// The files that a run read, with their hashes.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The hash of `tonghop.toml`.
    pub settings: Hash,
    /// Those that could be opened, whether or not they were used; by path.
    pub workbooks: Vec<(DepartmentId, FilePath, Hash)>,
    /// The office's file of corrections, if there is one.
    pub corrections: Option<(FilePath, Hash)>,
    /// The office's register of received submissions, if there is one.
    pub register: Option<(FilePath, Hash)>,
    /// The rule files, including shared ones, by path.
    pub plugins: Vec<(FilePath, Hash)>,
    /// The file of labels that were accepted in addition to the declared ones, if there is one.
    pub aliases: Option<(FilePath, Hash)>,
    /// The consolidated workbooks of earlier runs.
    pub history: Vec<(FilePath, Hash)>,
    /// The office's own form of the Word report, if there is one.
    pub template: Option<(FilePath, Hash)>,
}

impl Inputs {
    /// Iterates over the files that were read, except the settings.
    pub fn files(&self) -> impl Iterator<Item = (&FilePath, &Hash)> {
        let many = self.plugins.iter().chain(&self.history);
        let one = self.corrections.iter().chain(&self.register).chain(&self.aliases).chain(&self.template);
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
}

impl WriteError {
    /// Returns the error message.
    pub fn words(&self) -> Words {
        match self {
            Self::Xlsx(error) => {
                say!("không tạo được bảng tính: {error}", "the workbook cannot be made: {error}")
            }
            Self::Docx(error) => say!(
                "không tạo được bao-cao.docx: {error}",
                "bao-cao.docx cannot be made: {error}",
                error = error.words()
            ),
            Self::BackCheck(error) => say!(
                "không dùng được bao-cao.docx: {error}",
                "bao-cao.docx cannot be used: {error}",
                error = error.words()
            ),
            Self::Json(error) => say!("không tạo được tệp JSON: {error}", "the JSON file cannot be made: {error}"),
        }
    }
}

told_by_words!(WriteError);

/// The manifest: what was read, found and written.
pub const MANIFEST: &str = "run.json";
/// The sources of every number in the report.
pub const TRACES: &str = "traces.json";
/// Every figure of the sectors, printed or not.
pub const FIGURES: &str = "figures.json";
/// The report as plain text.
pub const PLAIN_TEXT: &str = "bao-cao.txt";

/// An output file with its render function.
struct Writer {
    name: &'static str,
    render: Render,
}

/// Every file of every run except `run.json`, which lists the others; the slowest is first.
const WRITERS: &[Writer] = &[
    writer("tong-hop.xlsx", |p| Ok(xlsx::render(p.report, p.config, p.diagnostics, p.rows, p.drift)?)),
    writer("bao-cao.docx", word),
    writer("bao-cao.md", |p| Ok(markdown::render(p.document).into_bytes())),
    writer(PLAIN_TEXT, |p| Ok(plain_text::render(p.document).into_bytes())),
    writer(TRACES, |p| manifest::json(p.traces)),
    writer(FIGURES, |p| manifest::json(&Account::of(p.report))),
];

/// Renders files that no other job renders.
type Job<'a> = Box<dyn Fn() -> Result<Vec<OutputFile>, WriteError> + Send + 'a>;

/// Returns the jobs that render the files of a subfolder.
type Folder = for<'a> fn(&'a Product<'a>) -> Vec<Job<'a>>;

/// Every subfolder of a run's outputs, such as that of the feedback.
const FOLDERS: &[Folder] = &[feedback::jobs];

/// Renders the bytes of a file.
type Render = fn(&Product<'_>) -> Result<Vec<u8>, WriteError>;

const fn writer(name: &'static str, render: Render) -> Writer {
    Writer { name, render }
}

/// Renders the Word report and reads it back: the signed document must contain exactly the traced numbers.
fn word(product: &Product<'_>) -> Result<Vec<u8>, WriteError> {
    let Product { document, traces, skin, .. } = *product;
    let listing = docx::Listing { figures: &traces.figures, departments: &product.config.departments };
    let bytes = docx::render(document, traces, skin, product.options.sources.then_some(&listing))?;
    if skin.is_some_and(Skin::has_frame) {
        docx::back_check::check_framed(&bytes, traces, document)?;
    } else {
        docx::back_check::check(&bytes, traces)?;
    }
    Ok(bytes)
}

/// Renders every file of a run on several threads, the manifest last.
///
/// # Errors
/// Returns the first error in the order of [`WRITERS`] if a format cannot hold the product; then no file is usable.
pub fn render(product: &Product<'_>, threads: NonZeroUsize) -> Result<Vec<OutputFile>, WriteError> {
    let mut files = Vec::new();
    for made in in_parallel(jobs(product), threads, &|job| job()) {
        files.extend(made?);
    }
    let manifest = manifest::render(product, &files)?;
    files.push(OutputFile { name: MANIFEST.to_owned(), bytes: manifest });
    files.iter().for_each(|file| debug!(file = file.name, bytes = file.bytes.len(), "rendered"));
    Ok(files)
}

/// Returns the jobs in the order of their files.
fn jobs<'a>(product: &'a Product<'a>) -> Vec<Job<'a>> {
    let mut jobs: Vec<Job<'a>> = Vec::new();
    for Writer { name, render } in WRITERS {
        jobs.push(Box::new(|| Ok(vec![OutputFile { name: (*name).to_owned(), bytes: render(product)? }])));
    }
    jobs.push(Box::new(|| Ok(aliases::render(product.drift).into_iter().collect())));
    jobs.extend(FOLDERS.iter().flat_map(|folder| folder(product)));
    jobs
}
