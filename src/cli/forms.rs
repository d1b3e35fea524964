//! `tonghop forms`: writes the blank workbooks for the departments.
//!
//! Problems of the rules go to the error stream, a summary to the output stream. Not here: the content of a form.

use super::environment::ProjectEnvironment;
use super::reporter::{MessageFormat, Reporter, print_diagnostics};
use super::run::describe_failure;
use super::summary::{WrittenFiles, print_lines};
use super::{Console, Exit, FormsArguments};
use crate::pipeline::{self, Forms, Preserved};
use std::io::{self, Write};
use std::path::Path;
use tonghop_core::diag::{Language, Message, Severity};
use tonghop_core::message::pluralise;
use tonghop_core::msg;

/// Renders the forms of a project and writes them.
pub(super) fn run(args: &FormsArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let out = args.out.clone().unwrap_or_else(|| args.project.join("out").join("forms"));
    let environment = ProjectEnvironment::new(&args.project, console);
    let written = pipeline::forms(&environment.borrow()).and_then(|forms| forms.write(&out).map(|kept| (forms, kept)));
    match written {
        Ok((forms, kept)) => {
            // A closed output stream is not an error; the files are already written.
            let _ = print_diagnostics(&forms.diagnostics, language, console.err);
            let _ = print_summary(&forms, &out, &kept, language, console.out);
            if pipeline::count(&forms.diagnostics, Severity::Error) > 0 { Exit::PartialFailure } else { Exit::Done }
        }
        Err(error) => {
            let reporter = Reporter { format: MessageFormat::Human, language };
            let (consequence, exit) = describe_failure(&error);
            let _ = reporter.report_failure(&error, &consequence, console);
            exit
        }
    }
}

fn print_summary(
    forms: &Forms,
    folder: &Path,
    kept: &[Preserved],
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let count = forms.workbooks();
    let made =
        msg!("{count} tệp, mỗi đơn vị một tệp", "{files}, one for each department", files = pluralise(count, "file"));
    let mut lines = vec![(Message::new("Biểu mẫu", "Forms"), made)];
    if !forms.departments_without_form.is_empty() {
        let names = forms.departments_without_form.join("; ");
        let unasked = msg!("{names} (không ngành nào giao)", "{names} (no sector requests data from them)");
        lines.push((Message::new("Không có biểu", "No form"), unasked));
    }
    lines.extend(WrittenFiles::new(folder, kept).lines());
    print_lines(&lines, language, out)
}
