//! `tonghop run`: runs a project, writes the outputs and prints the problems and a summary.

use super::progress::Bar;
use super::summary::{Summary, Written};
use super::tell::{Telling, nothing_written};
use super::timings::Timings;
use super::unchanged::{Last, Told};
use super::worker::remembering;
use super::{Console, Exit, RunArguments};
use crate::pipeline::{self, Contents, Kept, Options, Progress, ReadBooks, RunError};
use std::path::{Path, PathBuf};
use tonghop_core::diag::{Diagnostics, Language, Words};
use tracing::info;

/// Runs a project and writes its outputs.
pub(super) fn run(asked: &RunArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let telling = Telling { format: asked.inputs.message_format, language };
    let out = asked.out.clone().unwrap_or_else(|| asked.inputs.project.join("out"));
    let reader = remembering(&asked.inputs.project, console);
    let options = Options { sources: asked.sources };
    let timings = Timings::new(Bar::new(console.watched, language));
    let done = run_or_recall(&asked.inputs.project, &out, &*reader, &timings, options);
    let untimed = asked.timings.as_ref().and_then(|file| timings.write(file).err());
    match done {
        Ok(Done { diagnostics, summary, folder, kept }) => {
            // A closed output stream is not an error; the files are already written.
            let _ = telling.tell(&diagnostics, &summary, Some(&Written::new(&folder, &kept)), console);
            if let Some(why) = &untimed {
                let _ = writeln!(console.err, "{}", why.in_language(language));
            }
            if summary.errors > 0 || untimed.is_some() { Exit::Loss } else { Exit::Done }
        }
        Err(error) => {
            let (so, exit) = unwritten(&error);
            let _ = telling.tell_failure(&error, &so, console);
            exit
        }
    }
}

/// What is reported of a run whose files are written.
struct Done {
    diagnostics: Diagnostics,
    summary: Summary,
    folder: PathBuf,
    kept: Vec<Kept>,
}

/// Runs a project and writes its outputs, unless the last run had the same inputs and its outputs are unchanged.
fn run_or_recall(
    project: &Path,
    out: &Path,
    reader: &dyn ReadBooks,
    progress: &dyn Progress,
    options: Options,
) -> Result<Done, RunError> {
    pipeline::begin(progress, "look");
    let contents = Contents::of(project, reader.threads());
    let last = Last::new(reader, contents.as_ref(), options);
    if let Some((Told { diagnostics, summary, .. }, folder)) = last.told(out) {
        info!("nothing changed since the last run: its messages are shown again");
        return Ok(Done { diagnostics, summary, folder, kept: Vec::new() });
    }
    let run = pipeline::run_over(project, contents.as_ref(), reader, progress, options)?;
    pipeline::begin(progress, "commit");
    let (folder, kept) = run.write(out)?;
    let summary = Summary::of(&run);
    last.keep(&run, &summary);
    Ok(Done { diagnostics: run.diagnostics, summary, folder, kept })
}

/// Returns what happened to the output files after an error, and the exit code.
pub(super) fn unwritten(error: &RunError) -> (Words, Exit) {
    if error.is_partial() {
        let so = Words::new(
            "Một số tệp đã được thay, mỗi tệp đều nguyên vẹn; hãy chạy lại để các tệp khớp với nhau.",
            "Some files were replaced, each of them whole; run again to make them fit each other.",
        );
        (so, Exit::Loss)
    } else {
        (nothing_written(), Exit::Nothing)
    }
}
