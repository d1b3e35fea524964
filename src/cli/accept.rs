//! `tonghop accept`: copies the consolidated workbook of the period to `history/` for later runs.

use super::reporter::{MessageFormat, Reporter, nothing_written};
use super::summary::print_lines;
use super::{AcceptArguments, Console, Exit};
use crate::pipeline;
use tonghop_core::diag::{Language, Message};

/// Copies the last consolidated workbook into `history/`.
pub(super) fn run(args: &AcceptArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let out = args.out.clone().unwrap_or_else(|| args.project.join("out"));
    match pipeline::accept(&args.project, &out) {
        Ok(accepted) => {
            let lines =
                [(Message::new("Đã nhận", "Accepted"), accepted.from), (Message::new("Lưu ở", "Kept at"), accepted.to)];
            let lines = lines.map(|(title, path)| (title, Message::verbatim(path.display().to_string())));
            // A closed output stream is not an error; the file is already written.
            let _ = print_lines(&lines, language, console.out);
            Exit::Done
        }
        Err(error) => {
            let reporter = Reporter { format: MessageFormat::Human, language };
            let _ = reporter.report_failure(&error, &nothing_written(), console);
            Exit::Failure
        }
    }
}
