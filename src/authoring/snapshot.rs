//! Snapshots of a run for comparison, built from its results or from the files it wrote.
//!
//! Input: a run, or a folder with `figures.json`, `traces.json`, `run.json` and `bao-cao.txt`. Output: a [`Snapshot`],
//! the same from either. Not here: the comparison.

use super::explain::rule_text::shown_with_conditions;
use crate::pipeline::{FIGURES, MANIFEST, PLAIN_TEXT, Run, SETTINGS, TRACES};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};
use tonghop_core::diag::{Diagnostic, Language, Severity, Words};
use tonghop_core::model::account::{Account, StatedFigure, StatedShortfall};
use tonghop_core::model::trace::{FigureTrace, RecordsTrace, SourceTrace};
use tonghop_core::say;
use tonghop_report::write::plain_text;

/// The comparable results of a run.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Every figure of the sectors, in the order of the outline.
    pub figures: Vec<StatedFigure>,
    /// Every figure as the report prints it, in reading order.
    pub occurrences: Vec<Occurrence>,
    /// The content as typed of every cell that is a source of a figure.
    pub cells: BTreeMap<String, String>,
    /// The workbooks of every open table whose rows a figure counts or adds up.
    pub tables: BTreeMap<String, BTreeSet<String>>,
    /// The shortfalls, in the order of the outline.
    pub shortfalls: Vec<Short>,
    /// The problems, in the order in which the run found them.
    pub problems: Vec<Problem>,
    /// The sentences of the report, without footnote marks.
    pub sentences: Vec<String>,
    /// The hash of every input file.
    pub inputs: BTreeMap<String, String>,
}

/// One place where the report prints a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrence {
    /// The name of the figure, its heading and a count: `trade.retail.actual@II.I.1.a#1`.
    pub id: String,
    /// As printed.
    pub text: String,
    /// The path of the heading that it is under.
    pub section: String,
    /// The value in its unit, before rounding; `None` if there are no data.
    pub value: Option<f64>,
    /// The unit with its scale word; empty for pure numbers.
    pub unit: String,
    /// The keys of its source cells: `file [sheet] cell`.
    pub cells: Vec<String>,
    /// The open tables whose rows it counts or adds up.
    pub tables: Vec<String>,
    /// The keys of `tonghop.toml` that it depends on.
    pub settings: Vec<String>,
    /// The rule file and line that printed it.
    pub rule: Option<(String, u32)>,
}

impl Occurrence {
    /// Returns the name of the figure, without its place in the report.
    pub fn name(&self) -> &str {
        self.id.split('@').next().unwrap_or_default()
    }
}

/// A shortfall with the rule that found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Short {
    /// The shortfall as in `figures.json`.
    #[serde(flatten)]
    pub stated: StatedShortfall,
    /// The rule line with the conditions around it, with their text; only the place of the line if read from a folder.
    pub lines: Vec<String>,
}

/// A problem as in the manifest; in Vietnamese if read from a folder, in the chosen language if from a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Problem {
    /// The code as in messages: `row-unknown`.
    pub code: String,
    /// The severity of the code.
    pub severity: Severity,
    /// The places as in messages, the most relevant one first.
    pub places: Vec<String>,
    /// The message.
    pub message: String,
    /// What to do about it, if there is advice.
    pub hint: Option<String>,
}

impl Problem {
    fn of(diagnostic: &Diagnostic, language: Language) -> Self {
        Self {
            code: diagnostic.code.as_str().to_owned(),
            severity: diagnostic.severity(),
            places: diagnostic.places.iter().map(ToString::to_string).collect(),
            message: diagnostic.message.in_language(language).to_owned(),
            hint: diagnostic.hint.as_ref().map(|hint| hint.in_language(language).to_owned()),
        }
    }
}

/// Why no snapshot can be read from a folder.
#[derive(Debug)]
pub enum SnapshotError {
    /// A file of the run cannot be read.
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file of the run was not written by this program.
    NotARun {
        /// The file.
        path: PathBuf,
        /// The error in it, with line and column.
        source: serde_json::Error,
    },
}

impl SnapshotError {
    /// Returns the message for the user, with what to do.
    pub fn words(&self) -> Words {
        match self {
            Self::Io { path, source } => say!(
                "không đọc được {path}: {source}; hãy chỉ ra thư mục kết quả của một lần chạy, ví dụ out/2024-09-thang",
                "{path} cannot be read: {source}; name the folder of a run's outputs, such as out/2024-09-thang",
                path = path.display()
            ),
            Self::NotARun { path, source } => say!(
                "{path} không phải là kết quả của chương trình này: {source}; hãy chạy lại dự án",
                "{path} was not written by this program: {source}; run the project again",
                path = path.display()
            ),
        }
    }
}

#[derive(Deserialize)]
struct Traced {
    figures: Vec<FigureTrace>,
    #[serde(default)]
    records: Vec<RecordsTrace>,
}

#[derive(Deserialize)]
struct Manifest {
    settings: String,
    workbooks: Vec<Hashed>,
    plugins: Vec<Hashed>,
    corrections: Option<Hashed>,
    register: Option<Hashed>,
    aliases: Option<Hashed>,
    #[serde(default)]
    history: Vec<Hashed>,
    template: Option<Hashed>,
    diagnostics: Vec<Problem>,
}

#[derive(Deserialize)]
struct Hashed {
    file: String,
    sha256: String,
}

impl Snapshot {
    /// Creates the snapshot of a run, with its problems in a language.
    pub fn of_run(run: &Run, language: Language) -> Self {
        let problems = run.diagnostics.iter().map(|problem| Problem::of(problem, language)).collect();
        let files = run.inputs.files().map(|(file, hash)| (file.to_string(), hash.to_string()));
        let inputs = files.chain([(SETTINGS.to_owned(), run.inputs.settings.to_string())]).collect();
        let text = plain_text::render(&run.document);
        let mut snapshot =
            Self::of(Account::of(&run.report), &run.traces.figures, &run.traces.records, &text, problems, inputs);
        for (short, shortfall) in snapshot.shortfalls.iter_mut().zip(run.report.shortfalls()) {
            short.lines = shown_with_conditions(run, &shortfall.rule);
        }
        snapshot
    }

    /// Reads the outputs of a run in `folder`, or of the last period if `folder` is a project.
    ///
    /// # Errors
    /// A folder without a run, or with one of an incompatible version.
    pub fn of_folder(folder: &Path) -> Result<Self, SnapshotError> {
        let folder = if folder.join(MANIFEST).is_file() { folder.to_owned() } else { last_period(folder) };
        Self::read(&folder, |name| fs::read(folder.join(name)))
    }

    fn read(folder: &Path, read: impl Fn(&str) -> io::Result<Vec<u8>>) -> Result<Self, SnapshotError> {
        let bytes = |name: &str| read(name).map_err(|source| SnapshotError::Io { path: folder.join(name), source });
        let manifest: Manifest = parsed(folder, MANIFEST, &bytes(MANIFEST)?)?;
        let traced: Traced = parsed(folder, TRACES, &bytes(TRACES)?)?;
        // A run of an older version has only the printed figures.
        let account: Account = match read(FIGURES) {
            Ok(stated) => parsed(folder, FIGURES, &stated)?,
            Err(_) => Account::default(),
        };
        let text = read(PLAIN_TEXT).unwrap_or_default();
        let inputs = inputs(&manifest);
        let text = String::from_utf8_lossy(&text);
        Ok(Self::of(account, &traced.figures, &traced.records, &text, manifest.diagnostics, inputs))
    }

    fn of(
        Account { figures, shortfalls, mut cells }: Account,
        printed: &[FigureTrace],
        records: &[RecordsTrace],
        text: &str,
        problems: Vec<Problem>,
        inputs: BTreeMap<String, String>,
    ) -> Self {
        let occurrences = printed.iter().map(|figure| occurrence(figure, &mut cells)).collect();
        let books = |table: &RecordsTrace| table.parts.iter().map(|part| part.file.to_string()).collect();
        let tables = records.iter().map(|table| (table.name.clone(), books(table))).collect();
        let short = |stated: StatedShortfall| Short { lines: vec![stated.rule.clone()], stated };
        let shortfalls = shortfalls.into_iter().map(short).collect();
        Self { figures, occurrences, cells, tables, shortfalls, problems, sentences: sentences(text), inputs }
    }
}

fn parsed<T: for<'de> Deserialize<'de>>(folder: &Path, name: &str, bytes: &[u8]) -> Result<T, SnapshotError> {
    serde_json::from_slice(bytes).map_err(|source| SnapshotError::NotARun { path: folder.join(name), source })
}

/// Returns the last output folder of a project, or the folder itself if there is none.
fn last_period(project: &Path) -> PathBuf {
    let entries = fs::read_dir(project.join("out")).into_iter().flatten().flatten();
    let runs = entries.map(|entry| entry.path()).filter(|path| path.join(MANIFEST).is_file());
    // The folder of the forms has a manifest too, but no traces.
    runs.filter(|path| path.join(TRACES).is_file()).max().unwrap_or_else(|| project.to_owned())
}

fn occurrence(figure: &FigureTrace, cells: &mut BTreeMap<String, String>) -> Occurrence {
    let keep = |source: &SourceTrace| {
        let key = format!("{} [{}] {}", source.file, source.sheet, source.cell);
        cells.insert(key.clone(), source.raw.clone());
        key
    };
    Occurrence {
        id: figure.id.clone(),
        text: figure.text.clone(),
        section: figure.section.to_string(),
        value: figure.value,
        unit: figure.unit.clone(),
        cells: figure.sources.iter().map(keep).collect(),
        tables: figure.aggregates.iter().map(|rows| rows.records.clone()).collect(),
        settings: figure.settings.clone(),
        rule: figure.rule.as_ref().map(|rule| (rule.file.to_string(), rule.line)),
    }
}

fn inputs(manifest: &Manifest) -> BTreeMap<String, String> {
    let many = [&manifest.workbooks, &manifest.plugins, &manifest.history].into_iter().flatten();
    let files =
        many.chain(&manifest.corrections).chain(&manifest.register).chain(&manifest.aliases).chain(&manifest.template);
    let files = files.map(|hashed| (hashed.file.clone(), hashed.sha256.clone()));
    files.chain([(SETTINGS.to_owned(), manifest.settings.clone())]).collect()
}

/// Splits the report into sentences without footnote marks, because one more footnote renumbers all later ones.
fn sentences(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let ends = |line: &str| line.split_inclusive(". ").map(without_marks).collect::<Vec<_>>();
    lines.flat_map(ends).filter(|sentence| !sentence.is_empty()).collect()
}

/// Removes footnote marks such as `[12]`.
fn without_marks(sentence: &str) -> String {
    let mut pieces = sentence.split('[');
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once(']') {
            Some((mark, rest)) if mark.bytes().all(|byte| byte.is_ascii_digit()) => kept.push_str(rest),
            _ => {
                kept.push('[');
                kept.push_str(piece);
            }
        }
    }
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_split_into_sentences_without_marks() {
        let text = "TIÊU ĐỀ\n\n- Đạt 3.314 tỷ đồng[1], tăng 11%. Câu hai [sic].\n[1] Ghi chú.\n";
        assert_eq!(sentences(text), ["TIÊU ĐỀ", "- Đạt 3.314 tỷ đồng, tăng 11%.", "Câu hai [sic].", "Ghi chú."]);
    }

    #[test]
    fn a_folder_without_a_run_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = Snapshot::of_folder(folder.path()).unwrap_err();
        assert!(error.words().vietnamese().contains("run.json"), "{error:?}");
        fs::write(folder.path().join(MANIFEST), "{}").unwrap();
        assert!(matches!(Snapshot::of_folder(folder.path()), Err(SnapshotError::NotARun { .. })));
    }
}
