//! Writes the manifest of a run, `run.json`: what was read, what was found, what was written.
//!
//! Input: the product and the rendered files. Output: JSON. Not here: times, sizes, paths outside the project.

use super::{OutputFile, Product, WriteError};
use serde::Serialize;
use tonghop_core::diag::{Diagnostic, Severity, Words};
use tonghop_core::model::hash::Hash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::submission::{Day, Evidence, Submission, Timeliness};

#[derive(Serialize)]
struct Manifest<'a> {
    version: &'static str,
    period: String,
    settings: &'a Hash,
    workbooks: Vec<Workbook<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrections: Option<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<HashedFile<'a>>,
    plugins: Vec<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<HashedFile<'a>>,
    outputs: Vec<Output<'a>>,
    counts: Counts,
    missing_departments: Vec<&'a DepartmentId>,
    submissions: Vec<Submitted<'a>>,
    diagnostics: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Workbook<'a> {
    department: &'a DepartmentId,
    file: &'a FilePath,
    sha256: &'a Hash,
}

/// When and what a department sent, and how many of the expected indicators it contains.
#[derive(Serialize)]
struct Submitted<'a> {
    department: &'a DepartmentId,
    files: usize,
    state: Timeliness,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    came: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence>,
    indicators_expected: usize,
    indicators_given: usize,
}

#[derive(Serialize)]
struct HashedFile<'a> {
    file: &'a FilePath,
    sha256: &'a Hash,
}

#[derive(Serialize)]
struct Output<'a> {
    file: &'a str,
    sha256: Hash,
}

#[derive(Serialize)]
struct Outputs<'a> {
    outputs: Vec<Output<'a>>,
}

#[derive(Serialize)]
struct Counts {
    departments: usize,
    departments_received: usize,
    workbooks: usize,
    sectors: usize,
    figures: usize,
    shortfalls: usize,
    findings: usize,
    untraced: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    severity: Severity,
    places: Vec<String>,
    message: &'a str,
    hint: Option<&'a str>,
}

/// Renders the manifest.
pub(super) fn render(product: &Product<'_>, files: &[OutputFile]) -> Result<Vec<u8>, WriteError> {
    let inputs = product.inputs;
    let workbooks = inputs.workbooks.iter();
    let absent = product.report.submissions.iter().filter(|s| s.files.is_empty());
    json(&Manifest {
        version: env!("CARGO_PKG_VERSION"),
        period: product.config.period.folder(),
        settings: &inputs.settings,
        workbooks: workbooks.map(|(department, file, sha256)| Workbook { department, file, sha256 }).collect(),
        corrections: one(&inputs.corrections),
        register: one(&inputs.register),
        plugins: all(&inputs.plugins),
        aliases: one(&inputs.aliases),
        history: all(&inputs.history),
        template: one(&inputs.template),
        outputs: outputs(files),
        counts: counts(product),
        missing_departments: absent.map(|s| &s.department).collect(),
        submissions: product.report.submissions.iter().map(submitted).collect(),
        diagnostics: product.diagnostics.iter().map(problem).collect(),
    })
}

/// Renders the manifest of files that no run made. A later commit needs it to see that they are unchanged.
pub(super) fn of_files(files: &[OutputFile]) -> Result<Vec<u8>, WriteError> {
    json(&Outputs { outputs: outputs(files) })
}

fn one(file: &Option<(FilePath, Hash)>) -> Option<HashedFile<'_>> {
    file.as_ref().map(hashed)
}

fn all(files: &[(FilePath, Hash)]) -> Vec<HashedFile<'_>> {
    files.iter().map(hashed).collect()
}

fn hashed((file, sha256): &(FilePath, Hash)) -> HashedFile<'_> {
    HashedFile { file, sha256 }
}

fn outputs(files: &[OutputFile]) -> Vec<Output<'_>> {
    files.iter().map(|f| Output { file: &f.name, sha256: Hash::of(&f.bytes) }).collect()
}

fn submitted(submission: &Submission) -> Submitted<'_> {
    Submitted {
        department: &submission.department,
        files: submission.files.len(),
        state: submission.timeliness(),
        due: submission.due.map(Day::iso),
        came: submission.came.map(|(day, _)| day.iso()),
        evidence: submission.came.map(|(_, evidence)| evidence),
        indicators_expected: submission.expected,
        indicators_given: submission.given(),
    }
}

fn counts(product: &Product<'_>) -> Counts {
    let report = product.report;
    let of = |severity| product.diagnostics.iter().filter(|d| d.severity() == severity).count();
    Counts {
        departments: report.submissions.len(),
        departments_received: report.submissions.iter().filter(|s| !s.files.is_empty()).count(),
        workbooks: product.inputs.workbooks.len(),
        sectors: report.sectors.len(),
        figures: product.traces.figures.len(),
        shortfalls: report.shortfalls().count(),
        findings: report.findings().count(),
        untraced: product.traces.untraced.len(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
    }
}

fn problem(diagnostic: &Diagnostic) -> Problem<'_> {
    Problem {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity(),
        places: diagnostic.places.iter().map(ToString::to_string).collect(),
        message: diagnostic.message.vietnamese(),
        hint: diagnostic.hint.as_ref().map(Words::vietnamese),
    }
}

/// Serialises a value as pretty-printed JSON with a final newline.
pub(super) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, WriteError> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
