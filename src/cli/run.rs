//! `tonghop run`: runs a project, writes the outputs and prints the problems and a summary.

use super::checked_source::CheckedSource;
use super::earlier_files::StoredFiles;
use super::environment::ProjectEnvironment;
use super::progress::Bar;
use super::reporter::{Reporter, nothing_written};
use super::run_cache::{CachedRun, RunCache};
use super::summary::{Summary, WrittenFiles};
use super::timings::Timings;
use super::{Console, Exit, RunArguments};
use crate::pipeline::{self, Environment, FileHashes, OutputOptions, Preserved, Progress, RunError};
use std::path::{Path, PathBuf};
use tonghop_core::diag::{Diagnostics, Language, Message};
use tracing::info;

/// Runs a project and writes its outputs.
pub(super) fn run(args: &RunArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let reporter = Reporter { format: args.inputs.message_format, language };
    let out = args.out.clone().unwrap_or_else(|| args.inputs.project.join("out"));
    let environment = ProjectEnvironment::with_store(&args.inputs.project, console);
    let options = OutputOptions { sources: args.sources };
    let timings = Timings::new(Bar::new(console.is_terminal, language));
    let done = run_or_recall(&environment.borrow(), &out, &timings, options);
    let timings_error = args.timings.as_ref().and_then(|file| timings.write(file).err());
    match done {
        Ok(FinishedRun { diagnostics, summary, folder, kept }) => {
            // A closed output stream is not an error; the files are already written.
            let _ = reporter.report(&diagnostics, &summary, Some(&WrittenFiles::new(&folder, &kept)), console);
            if let Some(why) = &timings_error {
                let _ = writeln!(console.err, "{}", why.in_language(language));
            }
            if summary.errors > 0 || timings_error.is_some() { Exit::PartialFailure } else { Exit::Done }
        }
        Err(error) => {
            let (consequence, exit) = describe_failure(&error);
            let _ = reporter.report_failure(&error, &consequence, console);
            exit
        }
    }
}

/// What is reported of a run whose files are written.
struct FinishedRun {
    diagnostics: Diagnostics,
    summary: Summary,
    folder: PathBuf,
    kept: Vec<Preserved>,
}

/// Runs a project and writes its outputs, unless the last run had the same inputs and its outputs are unchanged.
fn run_or_recall(
    environment: &Environment<'_>,
    out: &Path,
    progress: &dyn Progress,
    options: OutputOptions,
) -> Result<FinishedRun, RunError> {
    pipeline::begin_stage(progress, "look");
    let hashes = FileHashes::compute(environment.source, environment.threads);
    let cache = RunCache::new(environment.store, hashes.as_ref(), options);
    if let Some((CachedRun { diagnostics, summary, .. }, folder)) = cache.lookup(out) {
        info!("nothing changed since the last run, so its messages are shown again");
        return Ok(FinishedRun { diagnostics, summary, folder, kept: Vec::new() });
    }
    let earlier = StoredFiles::new(environment.store, out);
    let source = CheckedSource::new(environment.source, hashes.as_ref());
    let checked = Environment { source: &source, ..*environment };
    let run = pipeline::run_with_hashes(&checked, hashes.as_ref(), progress, options, &earlier)?;
    pipeline::begin_stage(progress, "commit");
    let (folder, kept) = run.write(out)?;
    let summary = Summary::new(&run);
    if source.is_as_hashed() {
        cache.store(&run, &summary);
    }
    Ok(FinishedRun { diagnostics: run.diagnostics, summary, folder, kept })
}

/// Returns what happened to the output files after an error, and the exit code.
pub(super) fn describe_failure(error: &RunError) -> (Message, Exit) {
    if error.is_partial() {
        let so = Message::new(
            "Một số tệp đã được thay, mỗi tệp đều nguyên vẹn; hãy chạy lại để các tệp khớp với nhau.",
            "Some files were replaced, each of them completely; run again to make them consistent with each other.",
        );
        (so, Exit::PartialFailure)
    } else {
        (nothing_written(), Exit::Failure)
    }
}
