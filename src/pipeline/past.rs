//! Reads what a project keeps from earlier periods: accepted labels and consolidated workbooks.
//!
//! Input: the source of the project and a reader of workbooks. Output: declarations with the accepted labels, the earlier
//! runs, and last year's figures. Not here: comparing runs.

use super::{InProcessReader, ReadFn, RunError, WorkbookReader, utf8_text};
use crate::find;
use crate::source::{FileError, FolderSource, ProjectSource, read_file};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Place};
use tonghop_core::message::Message;
use tonghop_core::model::dataset::{Dataset, ObservationKey};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::hash::ContentHash;
use tonghop_core::model::history::PastRun;
use tonghop_core::model::id::{DepartmentId, FilePath};
use tonghop_core::model::indicator::SectorDecl;
use tonghop_core::model::measure::Measure;
use tonghop_core::model::period::Period;
use tonghop_core::model::quantity::Amount;
use tonghop_core::msg;
use tonghop_recognise::history;
use tonghop_report::write::forms::{InputCell, InputValue};
use tonghop_report::write::{self, InputHashes, OutputFile};

/// The file name of the consolidated workbook.
const CONSOLIDATED_FILE: &str = "tong-hop.xlsx";

/// Adds the accepted labels of the project to the declarations.
pub(super) fn with_aliases(
    source: &dyn ProjectSource,
    sectors: &[Arc<SectorDecl>],
    config: &Config,
    inputs: &mut InputHashes,
) -> (Vec<Arc<SectorDecl>>, Diagnostics) {
    let Some((file, path)) = find::aliases_file(source) else { return (sectors.to_vec(), Vec::new()) };
    let text = source.read(&path).and_then(|bytes| {
        inputs.aliases = Some((file.clone(), ContentHash::compute(&bytes)));
        utf8_text(bytes)
    });
    match text {
        Ok(text) => tonghop_recognise::apply_aliases(&text, &file, sectors, config),
        Err(why) => {
            let message = msg!(
                "không đọc được tệp tên gọi; mọi tên gọi trong tệp không được dùng: {why}",
                "the alias file cannot be read; none of its aliases are used: {why}",
                why = why.message()
            );
            let problem = Diagnostic::new(Code::AliasesUnreadable, Place::File(file), message).with_hint(why.hint());
            (sectors.to_vec(), vec![problem])
        }
    }
}

/// Reads the runs of earlier periods; the first workbook of each period counts, and an unusable one is skipped.
pub(super) fn read_past_runs(
    source: &dyn ProjectSource,
    config: &Config,
    read: ReadFn<'_>,
    inputs: &mut InputHashes,
    diagnostics: &mut Diagnostics,
) -> Vec<PastRun> {
    let (found, problems) = find::past_workbooks(source);
    diagnostics.extend(problems);
    let mut runs: BTreeMap<Period, PastRun> = BTreeMap::new();
    for (file, path) in found {
        let result = read_past_run(source, &file, &path, read, inputs).and_then(|run| match runs.get(&run.period) {
            Some(first) => Err(Box::new(duplicate_period(&file, first))),
            None => Ok(update_department_ids(run, config)),
        });
        match result {
            Ok(run) => drop(runs.insert(run.period, run)),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    runs.into_values().collect()
}

fn read_past_run(
    source: &dyn ProjectSource,
    file: &FilePath,
    path: &Path,
    read: ReadFn<'_>,
    inputs: &mut InputHashes,
) -> Result<PastRun, Box<Diagnostic>> {
    let unread = |why: &Message, hint: Message| Box::new(history_unusable(file, why).with_hint(hint));
    let bytes = source.read(path).map_err(|error| unread(&error.message(), error.hint()))?;
    inputs.history.push((file.clone(), ContentHash::compute(&bytes)));
    let book = read(&bytes).map_err(|error| unread(&error.message(), error.hint()))?;
    tonghop_recognise::parse_past_run(file, &book)
}

/// Replaces the department ids of an earlier run by those in the settings; the folders may have been spelt differently.
fn update_department_ids(mut run: PastRun, config: &Config) -> PastRun {
    let known = |folder: &DepartmentId| Some(config.department_of_folder(folder.as_str())?.id.clone());
    for figure in &mut run.figures {
        if let Some(id) = known(&figure.source.department) {
            Arc::make_mut(&mut figure.source).department = id;
        }
    }
    for row in run.figures.iter_mut().filter_map(|figure| figure.row.as_mut()).chain(&mut run.unread) {
        if let Some(id) = known(&row.department) {
            row.department = id;
        }
    }
    run
}

fn history_unusable(file: &FilePath, why: &Message) -> Diagnostic {
    let message = msg!(
        "không dùng được tệp này làm số liệu kỳ trước: {why}",
        "this file cannot be used as an earlier run: {why}",
        why = *why
    );
    Diagnostic::new(Code::HistoryUnusable, Place::File(file.clone()), message)
}

fn duplicate_period(file: &FilePath, first: &PastRun) -> Diagnostic {
    let (period, first) = (first.period.folder_name(), &first.file);
    let message = msg!(
        "không dùng được tệp này làm số liệu kỳ trước: cùng kỳ {period} với {first}",
        "this file cannot be used as an earlier run: {first} is of the same period, {period}"
    );
    let hint = msg!("chỉ giữ một tệp cho mỗi kỳ", "keep only one file for each period");
    Diagnostic::new(Code::HistoryUnusable, Place::File(file.clone()), message).with_hint(hint)
}

/// Fills in last year's figures where no department reported them.
pub(super) fn fill_last_year(
    dataset: &mut Dataset,
    runs: &[PastRun],
    sectors: &[Arc<SectorDecl>],
    config: &Config,
) -> Diagnostics {
    let (known, mut problems) = history::last_year_figures(runs, sectors, config.period);
    problems.extend(history::fill_last_year(dataset, known, sectors));
    problems
}

/// Returns the value to fill into an input cell of a form: last year's figure.
pub(super) fn last_year_entry(
    slot: &InputCell<'_>,
    last_year: &BTreeMap<ObservationKey, FigureRef>,
) -> Option<InputValue> {
    let InputCell::Number(sector, indicator, Measure::LastYear) = slot else { return None };
    let measure = Measure::LastYear;
    let key = ObservationKey { sector: sector.id.clone(), indicator: indicator.id.clone(), measure };
    match last_year.get(&key)?.amount {
        Amount::Known(number) => Some(InputValue::Number(number)),
        Amount::NotApplicable => Some(InputValue::Text("-".to_owned())),
        Amount::Missing => None,
    }
}

/// A consolidated workbook that was copied to the earlier runs.
pub struct Accepted {
    /// The path of `tong-hop.xlsx` in the outputs of the period.
    pub from: PathBuf,
    /// The path of its copy under `history/`, named after the period.
    pub to: PathBuf,
}

/// Copies the last consolidated workbook of the project's period to `history/`, so that later runs can use it.
///
/// # Errors
/// Returns an error if the settings cannot be used, there is no consolidated workbook under `out`, the workbook is of
/// another period or a folder cannot be written.
pub fn accept(project: &Path, out: &Path) -> Result<Accepted, RunError> {
    let config = Config::parse(&super::settings(&FolderSource::new(project))?)?;
    let name = config.period.folder_name();
    let from = out.join(&name).join(CONSOLIDATED_FILE);
    let refused = |reason: Message| RunError::NotAcceptable { path: from.clone(), reason };
    let unread = |error: FileError| {
        refused(msg!("{error}; hãy chạy tonghop trước", "{error}; run tonghop first", error = error.message()))
    };
    let bytes = read_file(&from).map_err(unread)?;
    let book = InProcessReader.read(&bytes, &config.limits).map_err(|error| refused(error.message()))?;
    let run = tonghop_recognise::parse_past_run(&FilePath::new(CONSOLIDATED_FILE), &book)
        .map_err(|problem| refused(problem.message))?;
    if run.period != config.period {
        return Err(refused(msg!(
            "tệp này là của kỳ {other}, không phải {name}",
            "this file is of the period {other}, not {name}",
            other = run.period.folder_name()
        )));
    }
    let to =
        write::write_atomically(&OutputFile { name: format!("{name}.xlsx"), bytes }, &project.join(find::HISTORY))?;
    Ok(Accepted { from, to })
}
