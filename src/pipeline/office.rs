//! Reads the files that the office adds to a project: corrections, the register of submissions, its Word template.
//!
//! Input: the project's folder and the data of the run so far. Output: what the files add, or the reason why a file
//! cannot be used; the run then continues without it. Not here: the workbooks of departments.

use crate::find::{self, FoundBook};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Words;
use tonghop_core::model::book::ReceivedBook;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::hash::Hash;
use tonghop_core::model::id::FilePath;
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::saved::Saved;
use tonghop_core::model::submission::{Day, ReceivedFile, RegisterLine};
use tonghop_core::say;
use tonghop_report::consolidate;
use tonghop_report::write::Inputs;
use tonghop_report::write::docx::skin::Skin;

/// Applies the office's corrections to the dataset.
pub(super) fn correct(
    project: &Path,
    dataset: &mut Dataset,
    sectors: &[Arc<SectorDecl>],
    inputs: &mut Inputs,
) -> Diagnostics {
    let Some((file, path)) = find::corrections(project) else { return Vec::new() };
    let unusable = |reason: Words, hint: Words| {
        let message = say!(
            "các điều chỉnh của văn phòng không được áp dụng: {reason}",
            "the corrections by the office are not applied: {reason}",
            reason = reason
        );
        vec![Diagnostic::new(Code::CorrectionUnknown, Place::File(file.clone()), message).hint(hint)]
    };
    let bytes = match find::bytes(&path) {
        Ok(bytes) => bytes,
        Err(error) => return unusable(error.words(), error.hint()),
    };
    inputs.corrections = Some((file.clone(), Hash::of(&bytes)));
    match tonghop_read::corrections(&bytes) {
        Ok(lines) => tonghop_recognise::correct(dataset, &lines, &file, sectors),
        Err(error) => unusable(error.words(), error.hint()),
    }
}

/// Returns all received files, readable or not, with the day on which each workbook was last saved.
pub(super) fn received_files(found: Vec<FoundBook>, books: &[ReceivedBook]) -> Vec<ReceivedFile> {
    let saved: BTreeMap<&FilePath, Option<Day>> =
        books.iter().map(|book| (&book.file, book.book.saved.as_ref().and_then(Saved::day))).collect();
    let file = |FoundBook { department, file, .. }| {
        let saved = saved.get(&file).copied().flatten();
        ReceivedFile { department, file, saved }
    };
    found.into_iter().map(file).collect()
}

/// Reads the office's register of submissions; a register that cannot be used is treated as absent.
pub(super) fn register(
    project: &Path,
    config: &Config,
    inputs: &mut Inputs,
    diagnostics: &mut Diagnostics,
) -> Vec<RegisterLine> {
    let Some((file, path)) = find::register(project) else { return Vec::new() };
    let mut unusable = |reason: Words, hint: Words| {
        let message =
            say!("không dùng được sổ tiếp nhận: {reason}", "the register cannot be used: {reason}", reason = reason);
        diagnostics.push(Diagnostic::new(Code::RegisterUnusable, Place::File(file.clone()), message).hint(hint));
        Vec::new()
    };
    let bytes = match find::bytes(&path) {
        Ok(bytes) => bytes,
        Err(error) => return unusable(error.words(), error.hint()),
    };
    inputs.register = Some((file.clone(), Hash::of(&bytes)));
    match tonghop_read::register(&bytes) {
        Ok(lines) => {
            diagnostics.extend(consolidate::strangers(&lines, &file, config));
            lines
        }
        Err(error) => unusable(error.words(), error.hint()),
    }
}

/// Reads the office's Word template, if there is one.
pub(super) fn skin(project: &Path, inputs: &mut Inputs) -> Result<Option<Skin>, Diagnostic> {
    let Some((file, path)) = find::template(project) else { return Ok(None) };
    let unusable = |reason: Words, hint: Words| {
        let message = say!(
            "không dùng được mẫu báo cáo: {reason}; báo cáo theo mẫu có sẵn của chương trình",
            "the form of the report cannot be used: {reason}; the report has the program's own form",
            reason = reason
        );
        Diagnostic::new(Code::TemplateUnusable, Place::File(file.clone()), message).hint(hint)
    };
    let bytes = find::bytes(&path).map_err(|error| unusable(error.words(), error.hint()))?;
    inputs.template = Some((file.clone(), Hash::of(&bytes)));
    Skin::read(&bytes).map(Some).map_err(|error| unusable(error.words(), error.hint()))
}
