//! Everything that a run leaves behind, in its format.
//!
//! In comes the finished product of a run, out go the bytes of each file ([`render`]) and, as one step, the files
//! themselves ([`commit`]). A new format is a new file here and one line in [`WRITERS`]. Never here: a figure, a
//! sentence, a decision about the data.

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

/// What whoever starts a run may choose of its outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether the Word report lists the source of every figure in an appendix.
    pub sources: bool,
}

/// The finished product of a run.
pub struct Product<'a> {
    /// What the rules made of all sectors, with what came in.
    pub report: &'a Report,
    /// The same in words.
    pub document: &'a Document,
    /// Where the numbers of the document come from.
    pub traces: &'a Traces,
    /// The rows of the departments' workbooks.
    pub rows: &'a Rows,
    /// What changed in the rows since the last accepted run.
    pub drift: &'a Drift,
    /// The settings of the project.
    pub config: &'a Config,
    /// All problems of the run, in the order in which they were met.
    pub diagnostics: &'a [Diagnostic],
    /// The files that the run read.
    pub inputs: &'a Inputs,
    /// What departments sent, as read; unreadable workbooks are not among them.
    pub books: &'a [ReceivedBook],
    /// What was recognised in those of them that are used.
    pub receptions: &'a [Reception],
    /// What was asked for.
    pub options: Options,
    /// The office's own form of the Word report, where there is one.
    pub skin: Option<&'a Skin>,
}

/// What a run read, with the hash of each file.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The hash of `tonghop.toml`.
    pub settings: Hash,
    /// Those that could be opened, whether or not they were used; by path.
    pub workbooks: Vec<(DepartmentId, FilePath, Hash)>,
    /// The office's file of corrections, where there is one.
    pub corrections: Option<(FilePath, Hash)>,
    /// The office's register of what came in, where there is one.
    pub register: Option<(FilePath, Hash)>,
    /// The rule files, shared pieces included, by path.
    pub plugins: Vec<(FilePath, Hash)>,
    /// The labels that were accepted beside the declared ones, where there are any.
    pub aliases: Option<(FilePath, Hash)>,
    /// The consolidated workbooks of earlier runs.
    pub history: Vec<(FilePath, Hash)>,
    /// The office's own form of the Word report, where there is one.
    pub template: Option<(FilePath, Hash)>,
}

impl Inputs {
    /// Goes through the files that were read, but the settings.
    pub fn files(&self) -> impl Iterator<Item = (&FilePath, &Hash)> {
        let many = self.plugins.iter().chain(&self.history);
        let one = self.corrections.iter().chain(&self.register).chain(&self.aliases).chain(&self.template);
        let workbooks = self.workbooks.iter().map(|(_, file, hash)| (file, hash));
        workbooks.chain(many.chain(one).map(|(file, hash)| (file, hash)))
    }
}

/// A file of the output, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path in the folder of the outputs: `run.json`, `phan-hoi/van-phong.xlsx`.
    pub name: String,
    /// The whole content.
    pub bytes: Vec<u8>,
}

/// Why a file could not be made.
#[derive(Debug, Error)]
pub enum WriteError {
    /// The workbook library refuses what it was given: more rows or sheets than Excel has.
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The Word report cannot be put together.
    Docx(#[from] docx::DocxError),
    /// The Word report does not hold the numbers of the traces, and no others.
    BackCheck(#[from] docx::back_check::BackCheckError),
    /// What a JSON file is made of cannot be written.
    Json(#[from] serde_json::Error),
}

impl WriteError {
    /// Says why.
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

/// The file that tells what was read, found and written.
pub const MANIFEST: &str = "run.json";
/// The file that tells the source of every number of the report.
pub const TRACES: &str = "traces.json";
/// The file that tells every figure of the sectors, printed or not.
pub const FIGURES: &str = "figures.json";
/// The report as plain text.
pub const PLAIN_TEXT: &str = "bao-cao.txt";

/// One format of the output.
struct Writer {
    name: &'static str,
    render: Render,
}

/// Every file of every run but `run.json`, which tells of the others; what takes longest is first.
const WRITERS: &[Writer] = &[
    writer("tong-hop.xlsx", |p| Ok(xlsx::render(p.report, p.config, p.diagnostics, p.rows, p.drift)?)),
    writer("bao-cao.docx", word),
    writer("bao-cao.md", |p| Ok(markdown::render(p.document).into_bytes())),
    writer(PLAIN_TEXT, |p| Ok(plain_text::render(p.document).into_bytes())),
    writer(TRACES, |p| manifest::json(p.traces)),
    writer(FIGURES, |p| manifest::json(&Account::of(p.report))),
];

/// Makes files that no other job makes.
type Job<'a> = Box<dyn Fn() -> Result<Vec<OutputFile>, WriteError> + Send + 'a>;

/// Shares out the files of a folder below the outputs.
type Folder = for<'a> fn(&'a Product<'a>) -> Vec<Job<'a>>;

/// Every folder of a run; what departments get back is in one.
const FOLDERS: &[Folder] = &[feedback::jobs];

/// Makes the bytes of a file.
type Render = fn(&Product<'_>) -> Result<Vec<u8>, WriteError>;

const fn writer(name: &'static str, render: Render) -> Writer {
    Writer { name, render }
}

/// Makes the Word report and reads it again: what is signed holds the traced numbers and no other.
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
/// A format that cannot hold the product, the first of [`WRITERS`] if there are several; then no file is of use.
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

/// Lists the jobs in the order of their files.
fn jobs<'a>(product: &'a Product<'a>) -> Vec<Job<'a>> {
    let mut jobs: Vec<Job<'a>> = Vec::new();
    for Writer { name, render } in WRITERS {
        jobs.push(Box::new(|| Ok(vec![OutputFile { name: (*name).to_owned(), bytes: render(product)? }])));
    }
    jobs.push(Box::new(|| Ok(aliases::render(product.drift).into_iter().collect())));
    jobs.extend(FOLDERS.iter().flat_map(|folder| folder(product)));
    jobs
}
