//! Reads the files that the office adds to a project: corrections, explanations of departments, the register of
//! submissions, its Word template.
//!
//! Input: the source of the project and the data of the run so far. Output: what the files add, or the reason why a file
//! cannot be used; the run then continues without it. Not here: the workbooks of departments.

use super::blame::Blame;
use crate::find::{self, WorkbookFile};
use crate::source::ProjectSource;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Message;
use tonghop_core::model::cell::CellRef;
use tonghop_core::model::control_characters::CleanedLines;
use tonghop_core::model::dataset::Dataset;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::id::{FilePath, SheetName};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::last_modified::LastModified;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::raw_workbook::ReceivedWorkbook;
use tonghop_core::model::submission::{Day, ReceivedFile, RegisterLine};
use tonghop_core::msg;
use tonghop_read::RefusedLine;
use tonghop_report::consolidate;
use tonghop_report::explanations::{self, KnownNumbers, NumberExplanation};
use tonghop_report::write::InputHashes;
use tonghop_report::write::docx::template::OfficeTemplate;

/// Returns the text of an office's file without control characters, and the problem if it had any.
pub(super) fn clean_text(text: String, file: &FilePath) -> (String, Option<Diagnostic>) {
    let Some(CleanedLines { text, line, message }) = CleanedLines::of(&text) else { return (text, None) };
    let place = Place::Rule(RuleLine { file: file.clone(), line });
    let problem = Diagnostic::new(Code::CharactersRemoved, place, message).with_hint(Message::new(
        "xóa các ký tự đó khỏi tệp, rồi đọc lại dòng được nêu",
        "delete these characters from the file, then read the line again",
    ));
    (text, Some(problem))
}

/// Returns the bytes of an office's table without control characters, and the problem if it had any; bytes that are not
/// UTF-8 are left to the reader of the table.
fn clean_table(bytes: Vec<u8>, file: &FilePath) -> (Vec<u8>, Option<Diagnostic>) {
    match String::from_utf8(bytes) {
        Ok(text) => {
            let (text, problem) = clean_text(text, file);
            (text.into_bytes(), problem)
        }
        Err(error) => (error.into_bytes(), None),
    }
}

/// Applies the office's corrections to the dataset.
pub(super) fn apply_corrections(
    source: &dyn ProjectSource,
    dataset: &mut Dataset,
    sectors: &[Arc<SectorDecl>],
    blame: &Blame<'_>,
    config: &Config,
    inputs: &mut InputHashes,
) -> Diagnostics {
    let Some((file, path)) = find::corrections_file(source) else { return Vec::new() };
    let unusable = |reason: Message, hint: Message| {
        let message = msg!(
            "các điều chỉnh của văn phòng không được áp dụng: {reason}",
            "the corrections of the office are not applied: {reason}",
            reason = reason
        );
        vec![Diagnostic::new(Code::CorrectionUnknown, Place::File(file.clone()), message).with_hint(hint)]
    };
    let bytes = match source.read(&path) {
        Ok(bytes) => bytes,
        Err(error) => return unusable(error.message(), error.hint()),
    };
    inputs.corrections = Some((file.clone(), ContentHash::compute(&bytes)));
    let (bytes, removed) = clean_table(bytes, &file);
    match tonghop_read::parse_corrections(&bytes) {
        Ok(mut read) => {
            let mut diagnostics = refused_lines(Code::CorrectionUnknown, &file, &read.refused);
            diagnostics.extend(removed);
            // Those of a sector whose rule is broken wait for the rule.
            read.lines.retain(|line| !blame.is_lost(line.indicator.split('.').next().unwrap_or_default()));
            diagnostics.extend(tonghop_recognise::apply_corrections(dataset, &read.lines, &file, sectors, config));
            diagnostics
        }
        Err(error) => unusable(error.message(), error.hint()),
    }
}

/// Answers the questions about numbers with the explanations of departments; returns what was explained.
pub(super) fn apply_explanations(
    source: &dyn ProjectSource,
    diagnostics: &mut Diagnostics,
    known: KnownNumbers<'_>,
    inputs: &mut InputHashes,
) -> Vec<NumberExplanation> {
    let Some((file, path)) = find::explanations_file(source) else { return Vec::new() };
    let mut unusable = |reason: Message, hint: Message| {
        let message = msg!(
            "các lời giải trình của đơn vị không được dùng: {reason}",
            "the explanations of the departments are not used: {reason}",
            reason = reason
        );
        diagnostics.push(Diagnostic::new(Code::ExplanationUnknown, Place::File(file.clone()), message).with_hint(hint));
        Vec::new()
    };
    let bytes = match source.read(&path) {
        Ok(bytes) => bytes,
        Err(error) => return unusable(error.message(), error.hint()),
    };
    inputs.explanations = Some((file.clone(), ContentHash::compute(&bytes)));
    let (bytes, removed) = clean_table(bytes, &file);
    match tonghop_read::parse_explanations(&bytes) {
        Ok(read) => {
            let refused = refused_lines(Code::ExplanationUnknown, &file, &read.refused);
            let explained = explanations::apply_explanations(diagnostics, &read.lines, &file, known);
            diagnostics.extend(refused);
            diagnostics.extend(removed);
            explained
        }
        Err(error) => unusable(error.message(), error.hint()),
    }
}

/// Returns all received files, readable or not, with the day on which each workbook was last saved; without the answers
/// and results of this program.
pub(super) fn received_files(found: Vec<WorkbookFile>, books: &[ReceivedWorkbook]) -> Vec<ReceivedFile> {
    let saved: BTreeMap<&FilePath, Option<Day>> = books
        .iter()
        .map(|book| (&book.file, book.workbook.last_modified.as_ref().and_then(LastModified::day)))
        .collect();
    let file = |WorkbookFile { department, file, .. }| {
        let saved = saved.get(&file).copied().flatten();
        ReceivedFile { department, file, last_modified: saved }
    };
    let is_product = |book: &&ReceivedWorkbook| book.workbook.product.is_some_and(|kind| !kind.is_data());
    let products: BTreeSet<&FilePath> = books.iter().filter(is_product).map(|book| &book.file).collect();
    found.into_iter().filter(|found| !products.contains(&found.file)).map(file).collect()
}

/// Reads the office's register of submissions; a register that cannot be used is treated as absent.
pub(super) fn read_register(
    source: &dyn ProjectSource,
    config: &Config,
    inputs: &mut InputHashes,
    diagnostics: &mut Diagnostics,
) -> Vec<RegisterLine> {
    let Some((file, path)) = find::register_file(source) else { return Vec::new() };
    let mut unusable = |reason: Message, hint: Message| {
        let message =
            msg!("không dùng được sổ tiếp nhận: {reason}", "the register cannot be used: {reason}", reason = reason);
        diagnostics.push(Diagnostic::new(Code::RegisterUnusable, Place::File(file.clone()), message).with_hint(hint));
        Vec::new()
    };
    let bytes = match source.read(&path) {
        Ok(bytes) => bytes,
        Err(error) => return unusable(error.message(), error.hint()),
    };
    inputs.register = Some((file.clone(), ContentHash::compute(&bytes)));
    let (bytes, removed) = clean_table(bytes, &file);
    match tonghop_read::parse_register(&bytes) {
        Ok(read) => {
            diagnostics.extend(refused_lines(Code::RegisterUnusable, &file, &read.refused));
            diagnostics.extend(removed);
            diagnostics.extend(consolidate::unmatched_register_lines(&read.lines, &file, config));
            read.lines
        }
        Err(error) => unusable(error.message(), error.hint()),
    }
}

/// Returns a problem for each line of a table that is not used; lines count as rows, and the sheet name is empty.
fn refused_lines(code: Code, file: &FilePath, refused: &[RefusedLine]) -> Diagnostics {
    let problem = |refused: &RefusedLine| {
        let cell = CellRef::new(refused.line.saturating_sub(1), 0);
        let place = Place::Cell(file.clone(), SheetName::new(""), cell);
        Diagnostic::new(code, place, refused.message()).with_hint(refused.hint())
    };
    refused.iter().map(problem).collect()
}

/// Reads the office's Word template, if there is one.
pub(super) fn read_template(
    source: &dyn ProjectSource,
    inputs: &mut InputHashes,
) -> Result<Option<OfficeTemplate>, Diagnostic> {
    let Some((file, path)) = find::template_file(source) else { return Ok(None) };
    let unusable = |reason: Message, hint: Message| {
        let message = msg!(
            "không dùng được mẫu báo cáo: {reason}; báo cáo theo mẫu có sẵn của chương trình",
            "the report template cannot be used: {reason}; the report uses the built-in template",
            reason = reason
        );
        Diagnostic::new(Code::TemplateUnusable, Place::File(file.clone()), message).with_hint(hint)
    };
    let bytes = source.read(&path).map_err(|error| unusable(error.message(), error.hint()))?;
    inputs.template = Some((file.clone(), ContentHash::compute(&bytes)));
    OfficeTemplate::read(&bytes).map(Some).map_err(|error| unusable(error.message(), error.hint()))
}
