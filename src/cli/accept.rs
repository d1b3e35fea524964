//! `tonghop accept`: copies the consolidated workbook of the period to `history/` for later runs.

use super::summary::told;
use super::tell::{MessageFormat, Telling, nothing_written};
use super::{AcceptArguments, Console, Exit};
use crate::pipeline;
use tonghop_core::diag::{Language, Words};

/// Copies the last consolidated workbook into `history/`.
pub(super) fn run(asked: &AcceptArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let out = asked.out.clone().unwrap_or_else(|| asked.project.join("out"));
    match pipeline::accept(&asked.project, &out) {
        Ok(accepted) => {
            let lines =
                [(Words::new("Đã nhận", "Accepted"), accepted.from), (Words::new("Lưu ở", "Kept at"), accepted.to)];
            let lines = lines.map(|(title, path)| (title, Words::verbatim(path.display().to_string())));
            // A closed output stream is not an error; the file is already written.
            let _ = told(&lines, language, console.out);
            Exit::Done
        }
        Err(error) => {
            let telling = Telling { format: MessageFormat::Human, language };
            let _ = telling.tell_failure(&error, &nothing_written(), console);
            Exit::Nothing
        }
    }
}
