//! Writes the manifest of a run, `run.json`: what was read, what was found, what was written.
//!
//! Input: the product and the rendered files. Output: JSON. Not here: times, sizes, paths outside the project.

use super::{OutputFile, Product, WriteError};
use serde::Serialize;
use tonghop_core::diag::{Diagnostic, Message, Severity};
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::submission::{DateEvidence, Day, Submission, Timeliness};

#[derive(Serialize)]
struct Manifest<'a> {
    version: &'static str,
    period: String,
    settings: &'a ContentHash,
    workbooks: Vec<WorkbookEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrections: Option<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanations: Option<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<HashedFile<'a>>,
    plugins: Vec<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    aliases: Option<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<HashedFile<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<HashedFile<'a>>,
    outputs: Vec<OutputEntry<'a>>,
    counts: Counts,
    missing_departments: Vec<&'a DepartmentId>,
    submissions: Vec<SubmissionEntry<'a>>,
    diagnostics: Vec<DiagnosticEntry<'a>>,
}

#[derive(Serialize)]
struct WorkbookEntry<'a> {
    department: &'a DepartmentId,
    file: &'a FilePath,
    sha256: &'a ContentHash,
}

/// When and what a department sent, and how many of the expected indicators it contains.
#[derive(Serialize)]
struct SubmissionEntry<'a> {
    department: &'a DepartmentId,
    files: usize,
    state: Timeliness,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    came: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<DateEvidence>,
    indicators_expected: usize,
    indicators_given: usize,
}

#[derive(Serialize)]
struct HashedFile<'a> {
    file: &'a FilePath,
    sha256: &'a ContentHash,
}

#[derive(Serialize)]
struct OutputEntry<'a> {
    file: &'a str,
    sha256: ContentHash,
}

#[derive(Serialize)]
struct OutputsManifest<'a> {
    outputs: Vec<OutputEntry<'a>>,
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
struct DiagnosticEntry<'a> {
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
        period: product.config.period.folder_name(),
        settings: &inputs.settings,
        workbooks: workbooks.map(|(department, file, sha256)| WorkbookEntry { department, file, sha256 }).collect(),
        corrections: optional_entry(&inputs.corrections),
        explanations: optional_entry(&inputs.explanations),
        register: optional_entry(&inputs.register),
        plugins: file_entries(&inputs.plugins),
        aliases: optional_entry(&inputs.aliases),
        history: file_entries(&inputs.history),
        template: optional_entry(&inputs.template),
        outputs: outputs(files),
        counts: counts(product),
        missing_departments: absent.map(|s| &s.department).collect(),
        submissions: product.report.submissions.iter().map(submitted).collect(),
        diagnostics: product.diagnostics.iter().map(problem).collect(),
    })
}

/// Renders the manifest of files that no run made. A later commit needs it to see that they are unchanged.
pub(super) fn render_outputs(files: &[OutputFile]) -> Result<Vec<u8>, WriteError> {
    json(&OutputsManifest { outputs: outputs(files) })
}

fn optional_entry(file: &Option<(FilePath, ContentHash)>) -> Option<HashedFile<'_>> {
    file.as_ref().map(hashed)
}

fn file_entries(files: &[(FilePath, ContentHash)]) -> Vec<HashedFile<'_>> {
    files.iter().map(hashed).collect()
}

fn hashed((file, sha256): &(FilePath, ContentHash)) -> HashedFile<'_> {
    HashedFile { file, sha256 }
}

fn outputs(files: &[OutputFile]) -> Vec<OutputEntry<'_>> {
    files.iter().map(|f| OutputEntry { file: &f.name, sha256: ContentHash::compute(&f.bytes) }).collect()
}

fn submitted(submission: &Submission) -> SubmissionEntry<'_> {
    SubmissionEntry {
        department: &submission.department,
        files: submission.files.len(),
        state: submission.timeliness(),
        due: submission.due.map(Day::to_iso),
        came: submission.received.map(|(day, _)| day.to_iso()),
        evidence: submission.received.map(|(_, evidence)| evidence),
        indicators_expected: submission.requested_count,
        indicators_given: submission.reported_count(),
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

fn problem(diagnostic: &Diagnostic) -> DiagnosticEntry<'_> {
    DiagnosticEntry {
        code: diagnostic.code.as_str(),
        severity: diagnostic.severity(),
        places: diagnostic.places.iter().map(ToString::to_string).collect(),
        message: diagnostic.message.vietnamese(),
        hint: diagnostic.hint.as_ref().map(Message::vietnamese),
    }
}

/// Serialises a value as pretty-printed JSON with a final newline.
pub(super) fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, WriteError> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}
