//! `tonghop run`: the main job, with a progress bar and a closing summary.
//!
//! In come the arguments, out go files and what there is to tell. Never here: how the work is done.

use super::progress::Bar;
use super::summary::{Summary, Written};
use super::tell::{Telling, nothing_written};
use super::timings::Timings;
use super::worker::remembering;
use super::{Console, Exit, RunArguments};
use crate::diag::{Language, Severity, Words};
use crate::pipeline::{self, Options, Progress, RunError};

/// Runs a project and writes its outputs.
pub fn run(asked: &RunArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let telling = Telling { format: asked.inputs.message_format, language };
    let out = asked.out.clone().unwrap_or_else(|| asked.inputs.project.join("out"));
    let reader = remembering(&asked.inputs.project, console);
    let options = Options { sources: asked.sources };
    let timings = Timings::new(Bar::new(console.watched, language));
    let run = pipeline::run(&asked.inputs.project, &*reader, &timings, options);
    timings.stage("commit");
    let written = run.and_then(|run| run.write(&out).map(|written| (run, written)));
    let untimed = asked.timings.as_ref().and_then(|file| timings.write(file).err());
    match written {
        Ok((run, (folder, kept))) => {
            let summary = Summary::new(&run, Some(Written::new(&folder, &kept)));
            // Whoever closed a stream does not want the words; the files are written all the same.
            let _ = telling.tell(&run, &summary, console);
            if let Some(why) = &untimed {
                let _ = writeln!(console.err, "{}", why.in_language(language));
            }
            if run.count(Severity::Error) > 0 || untimed.is_some() { Exit::Loss } else { Exit::Done }
        }
        Err(error) => {
            let (so, exit) = unwritten(&error);
            let _ = telling.tell_failure(&error, &so, console);
            exit
        }
    }
}

/// Says what stands in the folder after a failure, and how the program ends.
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
