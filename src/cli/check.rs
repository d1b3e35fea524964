//! `tonghop check`: runs the project without writing any file and reports its problems.

use super::environment::ProjectEnvironment;
use super::progress::Bar;
use super::reporter::Reporter;
use super::summary::Summary;
use super::{CheckArguments, Console, Exit};
use crate::pipeline;
use tonghop_core::diag::{Audience, Diagnostic, Language, Message, Severity};

/// Runs a project and writes nothing.
pub(super) fn check(
    CheckArguments { inputs: args, strict }: &CheckArguments,
    language: Language,
    console: &mut Console<'_>,
) -> Exit {
    let reporter = Reporter { format: args.message_format, language };
    let bar = Bar::new(console.is_terminal, language);
    let environment = ProjectEnvironment::with_store(&args.project, console);
    match pipeline::check(&environment.borrow(), &bar) {
        Ok(run) => {
            // A closed output stream is not an error; the exit code still shows the result.
            let _ = reporter.report(&run.diagnostics, &Summary::new(&run), None, console);
            let is_at_fault = |problem: &Diagnostic| *strict && problem.code.audience() == Audience::Administrator;
            let fails = |problem: &Diagnostic| problem.severity() == Severity::Error || is_at_fault(problem);
            if run.diagnostics.iter().any(fails) { Exit::PartialFailure } else { Exit::Done }
        }
        Err(error) => {
            let consequence = Message::new("Không kiểm tra được dự án.", "The project could not be checked.");
            let _ = reporter.report_failure(&error, &consequence, console);
            Exit::Failure
        }
    }
}
