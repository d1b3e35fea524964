//! Snapshots of a run for comparison, built from its results or from the files it wrote.
//!
//! Input: a run, or a folder with `figures.json`, `traces.json`, `run.json` and `bao-cao.txt`. Output: a [`Snapshot`],
//! the same from either. Not here: the comparison.

use super::explain::rule_text::format_with_conditions;
use crate::pipeline::{FIGURES, MANIFEST, PLAIN_TEXT, Run, SETTINGS_FILE, TRACES};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};
use tonghop_core::diag::{Diagnostic, Language, Message, Severity};
use tonghop_core::model::run_results::{RunResults, StatedFigure, StatedShortfall};
use tonghop_core::model::trace::{FigureTrace, RecordsTrace, SourceTrace};
use tonghop_core::msg;
use tonghop_report::write::plain_text;

/// The comparable results of a run.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Every figure of the sectors, in the order of the outline.
    pub figures: Vec<StatedFigure>,
    /// Every figure as the report prints it, in reading order.
    pub occurrences: Vec<SnapshotOccurrence>,
    /// The content as typed of every cell that is a source of a figure.
    pub cells: BTreeMap<String, String>,
    /// The workbooks of every open table whose rows a figure counts or adds up.
    pub tables: BTreeMap<String, BTreeSet<String>>,
    /// The shortfalls, in the order of the outline.
    pub shortfalls: Vec<ShortfallWithRule>,
    /// The problems, in the order in which the run found them.
    pub problems: Vec<SnapshotProblem>,
    /// The sentences of the report, without footnote marks.
    pub sentences: Vec<String>,
    /// The hash of every input file.
    pub inputs: BTreeMap<String, String>,
}

/// One place where the report prints a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct SnapshotOccurrence {
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

impl SnapshotOccurrence {
    /// Returns the name of the figure, without its place in the report.
    pub fn name(&self) -> &str {
        self.id.split('@').next().unwrap_or_default()
    }
}

/// A shortfall with the rule that found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ShortfallWithRule {
    /// The shortfall as in `figures.json`.
    #[serde(flatten)]
    pub stated: StatedShortfall,
    /// The rule line with the conditions around it, with their text; only the place of the line if read from a folder.
    pub lines: Vec<String>,
}

/// A problem as in the manifest; in Vietnamese if read from a folder, in the chosen language if from a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct SnapshotProblem {
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

impl SnapshotProblem {
    fn new(diagnostic: &Diagnostic, language: Language) -> Self {
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
    pub fn message(&self) -> Message {
        match self {
            Self::Io { path, source } => msg!(
                "không đọc được {path}: {source}; hãy chỉ ra thư mục kết quả của một lần chạy, ví dụ out/2024-09-thang",
                "{path} cannot be read: {source}; name the output folder of a run, such as out/2024-09-thang",
                path = path.display()
            ),
            Self::NotARun { path, source } => msg!(
                "{path} không phải là kết quả của chương trình này: {source}; hãy chạy lại dự án",
                "{path} was not written by this program: {source}; run the project again",
                path = path.display()
            ),
        }
    }
}

#[derive(Deserialize)]
struct TracesFile {
    figures: Vec<FigureTrace>,
    #[serde(default)]
    records: Vec<RecordsTrace>,
}

#[derive(Deserialize)]
struct ManifestFile {
    settings: String,
    workbooks: Vec<HashedInput>,
    plugins: Vec<HashedInput>,
    corrections: Option<HashedInput>,
    explanations: Option<HashedInput>,
    register: Option<HashedInput>,
    aliases: Option<HashedInput>,
    #[serde(default)]
    history: Vec<HashedInput>,
    template: Option<HashedInput>,
    diagnostics: Vec<SnapshotProblem>,
}

#[derive(Deserialize)]
struct HashedInput {
    file: String,
    sha256: String,
}

impl Snapshot {
    /// Creates the snapshot of a run, with its problems in a language.
    pub fn from_run(run: &Run, language: Language) -> Self {
        let problems = run.diagnostics.iter().map(|problem| SnapshotProblem::new(problem, language)).collect();
        let files = run.inputs.files().map(|(file, hash)| (file.to_string(), hash.to_string()));
        let inputs = files.chain([(SETTINGS_FILE.to_owned(), run.inputs.settings.to_string())]).collect();
        let text = plain_text::render(&run.document);
        let mut snapshot = Self::new(
            RunResults::from_report(&run.report),
            &run.traces.figures,
            &run.traces.records,
            &text,
            problems,
            inputs,
        );
        for (short, shortfall) in snapshot.shortfalls.iter_mut().zip(run.report.shortfalls()) {
            short.lines = format_with_conditions(run, &shortfall.rule);
        }
        snapshot
    }

    /// Reads the outputs of a run in `folder`, or of the last period if `folder` is a project.
    ///
    /// # Errors
    /// Returns an error if the folder has no run, or one of an incompatible version.
    pub fn from_folder(folder: &Path) -> Result<Self, SnapshotError> {
        let folder = if folder.join(MANIFEST).is_file() { folder.to_owned() } else { latest_run_folder(folder) };
        Self::read(&folder, |name| fs::read(folder.join(name)))
    }

    fn read(folder: &Path, read: impl Fn(&str) -> io::Result<Vec<u8>>) -> Result<Self, SnapshotError> {
        let bytes = |name: &str| read(name).map_err(|source| SnapshotError::Io { path: folder.join(name), source });
        let manifest: ManifestFile = parse_json(folder, MANIFEST, &bytes(MANIFEST)?)?;
        let traced: TracesFile = parse_json(folder, TRACES, &bytes(TRACES)?)?;
        // A run of an older version has only the printed figures.
        let account: RunResults = match read(FIGURES) {
            Ok(stated) => parse_json(folder, FIGURES, &stated)?,
            Err(_) => RunResults::default(),
        };
        let text = read(PLAIN_TEXT).unwrap_or_default();
        let inputs = input_hashes(&manifest);
        let text = String::from_utf8_lossy(&text);
        Ok(Self::new(account, &traced.figures, &traced.records, &text, manifest.diagnostics, inputs))
    }

    fn new(
        RunResults { figures, shortfalls, mut cells }: RunResults,
        printed: &[FigureTrace],
        records: &[RecordsTrace],
        text: &str,
        problems: Vec<SnapshotProblem>,
        inputs: BTreeMap<String, String>,
    ) -> Self {
        let occurrences = printed.iter().map(|figure| occurrence(figure, &mut cells)).collect();
        let books = |table: &RecordsTrace| table.parts.iter().map(|part| part.file.to_string()).collect();
        let tables = records.iter().map(|table| (table.name.clone(), books(table))).collect();
        let short = |stated: StatedShortfall| ShortfallWithRule { lines: vec![stated.rule.clone()], stated };
        let shortfalls = shortfalls.into_iter().map(short).collect();
        Self { figures, occurrences, cells, tables, shortfalls, problems, sentences: split_sentences(text), inputs }
    }
}

fn parse_json<T: for<'de> Deserialize<'de>>(folder: &Path, name: &str, bytes: &[u8]) -> Result<T, SnapshotError> {
    serde_json::from_slice(bytes).map_err(|source| SnapshotError::NotARun { path: folder.join(name), source })
}

/// Returns the last output folder of a project, or the folder itself if there is none.
fn latest_run_folder(project: &Path) -> PathBuf {
    let entries = fs::read_dir(project.join("out")).into_iter().flatten().flatten();
    let runs = entries.map(|entry| entry.path()).filter(|path| path.join(MANIFEST).is_file());
    // The folder of the forms has a manifest too, but no traces.
    runs.filter(|path| path.join(TRACES).is_file()).max().unwrap_or_else(|| project.to_owned())
}

fn occurrence(figure: &FigureTrace, cells: &mut BTreeMap<String, String>) -> SnapshotOccurrence {
    let keep = |source: &SourceTrace| {
        let key = format!("{} [{}] {}", source.file, source.sheet, source.cell);
        cells.insert(key.clone(), source.raw.clone());
        key
    };
    SnapshotOccurrence {
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

fn input_hashes(manifest: &ManifestFile) -> BTreeMap<String, String> {
    let lists = [&manifest.workbooks, &manifest.plugins, &manifest.history].into_iter().flatten();
    let files = lists
        .chain(&manifest.corrections)
        .chain(&manifest.explanations)
        .chain(&manifest.register)
        .chain(&manifest.aliases)
        .chain(&manifest.template);
    let files = files.map(|hashed| (hashed.file.clone(), hashed.sha256.clone()));
    files.chain([(SETTINGS_FILE.to_owned(), manifest.settings.clone())]).collect()
}

/// Splits the report into sentences without footnote marks, because one more footnote renumbers all later ones.
fn split_sentences(text: &str) -> Vec<String> {
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
        assert_eq!(split_sentences(text), ["TIÊU ĐỀ", "- Đạt 3.314 tỷ đồng, tăng 11%.", "Câu hai [sic].", "Ghi chú."]);
    }

    #[test]
    fn a_folder_without_a_run_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = Snapshot::from_folder(folder.path()).unwrap_err();
        assert!(error.message().vietnamese().contains("run.json"), "{error:?}");
        fs::write(folder.path().join(MANIFEST), "{}").unwrap();
        assert!(matches!(Snapshot::from_folder(folder.path()), Err(SnapshotError::NotARun { .. })));
    }
}
