//! A temporary copy of the repository's project, and the outcome of running it.
//!
//! Input: changes to its files. Output: an [`Outcome`] in memory. Not here: expectations of tests.

pub mod book;
pub mod markdown;
pub mod plugin;
pub mod sentence;
#[path = "../../../examples/build_workbooks/sheet_text.rs"]
pub mod sheet_text;
pub mod table;

use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;
use tonghop::cli::{self, Console};
use tonghop::pipeline::{self, Environment, NoProgress, OutputOptions, Run};
use tonghop::source::FolderSource;

/// The folder of the only period of the repository's project, under `out/`.
pub const PERIOD: &str = "2024-09-thang";

/// The files that every run writes; there may be more.
pub const OUTPUTS: [&str; 8] = [
    "bao-cao-ban-lam-viec.docx",
    "bao-cao.docx",
    "bao-cao.md",
    "bao-cao.txt",
    "figures.json",
    "run.json",
    "tong-hop.xlsx",
    "traces.json",
];

/// The files and folders of the project; everything else in the repository is the program.
const PARTS: [&str; 3] = ["tonghop.toml", "plugins", "workbooks"];

/// Returns the root of the repository, which is also a project.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the outcome of the unchanged project; it is run once.
pub fn clean() -> &'static Outcome {
    static CLEAN: OnceLock<Outcome> = OnceLock::new();
    CLEAN.get_or_init(|| Project::new().run())
}

/// Returns the same run as the program's own data; it is run once.
pub fn clean_run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        let project = Project::new();
        let source = FolderSource::new(project.folder());
        pipeline::run(&Environment::in_process(&source), &NoProgress, OutputOptions::default()).unwrap()
    })
}

/// Returns every file below `folder`, sorted.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A copy of the repository's project that is deleted when dropped.
pub struct Project {
    folder: TempDir,
}

impl Project {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        for part in PARTS {
            copy(&repository().join(part), &folder.path().join(part));
        }
        Self { folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of a file of the project.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Returns the path of the workbook with this file stem, in any department.
    pub fn workbook(&self, stem: &str) -> PathBuf {
        with_stem(&self.path("workbooks"), stem)
    }

    /// Rebuilds one workbook from its text after replacing `from`, which must occur exactly once, by `to`.
    pub fn change_text(&self, stem: &str, from: &str, to: &str) {
        let text = fs::read_to_string(with_stem(&repository().join("examples/workbooks"), stem)).unwrap();
        self.build(stem, &replace_once(&text, from, to));
    }

    /// Rebuilds one workbook from its text with `more` lines appended.
    pub fn extend_text(&self, stem: &str, more: &str) {
        let text = fs::read_to_string(with_stem(&repository().join("examples/workbooks"), stem)).unwrap();
        self.build(stem, &format!("{text}\n{more}\n"));
    }

    /// Rebuilds one workbook from its text after applying `change`.
    pub fn rewrite(&self, stem: &str, change: impl FnOnce(String) -> String) {
        let text = fs::read_to_string(with_stem(&repository().join("examples/workbooks"), stem)).unwrap();
        self.build(stem, &change(text));
    }

    fn build(&self, stem: &str, text: &str) {
        let book = sheet_text::parse(text).unwrap_or_else(|error| panic!("{stem}: {error}"));
        fs::write(self.workbook(stem), sheet_text::build(&book).unwrap()).unwrap();
    }

    /// Replaces `from`, which must occur exactly once, in a text file of the project.
    pub fn change_file(&self, relative: &str, from: &str, to: &str) {
        let path = self.path(relative);
        fs::write(&path, replace_once(&fs::read_to_string(&path).unwrap(), from, to)).unwrap();
    }

    /// Runs the project in this process.
    pub fn run(&self) -> Outcome {
        self.run_with(&[])
    }

    /// Runs the project in this process, with further arguments.
    pub fn run_with(&self, arguments: &[&OsStr]) -> Outcome {
        let mut words = vec![self.folder.path().as_os_str()];
        words.extend(arguments);
        let outcome = run_cli(&words);
        Outcome { files: self.output(), ..outcome }
    }

    /// Reads the files in the output folder; none if the folder is missing.
    pub fn output(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path("out").join(PERIOD);
        if !folder.is_dir() {
            return BTreeMap::new();
        }
        let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        let named = files_below(&folder).into_iter().map(|path| (name(&path), path));
        named.filter(|(name, _)| name != ".tonghop.lock").map(|(name, path)| (name, fs::read(path).unwrap())).collect()
    }
}

/// Runs the program in this process with arguments; the outcome has no files.
pub fn run_cli(arguments: &[&OsStr]) -> Outcome {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once(OsStr::new("tonghop")).chain(arguments.iter().copied()).map(OsString::from);
    let exit = cli::run(
        words,
        Console {
            out: &mut out,
            err: &mut err,
            is_terminal: false,
            is_out_terminal: false,
            program: None,
            threads: None,
        },
    );
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome { exit, stdout: text(out), stderr: text(err), files: BTreeMap::new() }
}

/// The exit code, the streams and the output files of a run.
pub struct Outcome {
    pub exit: u8,
    pub stdout: String,
    pub stderr: String,
    /// The files in the output folder and below it, by name.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Outcome {
    /// Returns a text file of the outputs.
    pub fn text(&self, name: &str) -> String {
        let bytes = self.files.get(name).unwrap_or_else(|| panic!("no {name}; the program printed:\n{}", self.stderr));
        String::from_utf8(bytes.clone()).unwrap()
    }

    /// Returns whether all outputs exist.
    pub fn is_whole(&self) -> bool {
        OUTPUTS.iter().all(|name| self.files.contains_key(*name))
    }

    pub fn markdown(&self) -> String {
        self.text("bao-cao.md")
    }

    pub fn traces(&self) -> Value {
        serde_json::from_str(&self.text("traces.json")).unwrap()
    }

    pub fn manifest(&self) -> Value {
        serde_json::from_str(&self.text("run.json")).unwrap()
    }

    /// Returns the traced figures.
    pub fn figures(&self) -> Vec<Value> {
        self.traces()["figures"].as_array().unwrap().clone()
    }

    /// Returns the problems of the run with this code.
    pub fn problems(&self, code: &str) -> Vec<Value> {
        let manifest = self.manifest();
        manifest["diagnostics"].as_array().unwrap().iter().filter(|d| d["code"] == code).cloned().collect()
    }
}

/// Replaces `from`, which must occur exactly once; any other count is a mistake of the test.
fn replace_once(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} must occur exactly once");
    text.replacen(from, to, 1)
}

fn with_stem(folder: &Path, stem: &str) -> PathBuf {
    let mut found = files_below(folder).into_iter().filter(|path| path.file_stem() == Some(OsStr::new(stem)));
    let path = found.next().unwrap_or_else(|| panic!("no file {stem:?} below {}", folder.display()));
    assert_eq!(found.next(), None, "two files {stem:?}");
    path
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}
