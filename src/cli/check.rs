//! `tonghop check`: runs the project without writing any file and reports its problems.

use super::progress::Bar;
use super::summary::Summary;
use super::tell::Telling;
use super::worker::remembering;
use super::{CheckArguments, Console, Exit};
use crate::pipeline;
use tonghop_core::diag::{Diagnostic, Language, Severity, Words};

/// Runs a project and writes nothing.
pub(super) fn check(
    CheckArguments { inputs: asked, strict }: &CheckArguments,
    language: Language,
    console: &mut Console<'_>,
) -> Exit {
    let telling = Telling { format: asked.message_format, language };
    let bar = Bar::new(console.watched, language);
    match pipeline::check(&asked.project, &*remembering(&asked.project, console), &bar) {
        Ok(run) => {
            // A closed output stream is not an error; the exit code still shows the result.
            let _ = telling.tell(&run.diagnostics, &Summary::of(&run), None, console);
            let is_at_fault = |problem: &Diagnostic| *strict && problem.code.is_of_rules();
            let fails = |problem: &Diagnostic| problem.severity() == Severity::Error || is_at_fault(problem);
            if run.diagnostics.iter().any(fails) { Exit::Loss } else { Exit::Done }
        }
        Err(error) => {
            let so = Words::new("Không kiểm tra được dự án.", "The project could not be checked.");
            let _ = telling.tell_failure(&error, &so, console);
            Exit::Nothing
        }
    }
}
