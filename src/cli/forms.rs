//! `tonghop forms`: writes the blank workbooks for the departments.
//!
//! Problems of the rules go to the error stream, a summary to the output stream. Not here: the content of a form.

use super::run::unwritten;
use super::summary::{Written, told};
use super::tell::{MessageFormat, Telling, told_problems};
use super::worker::reader;
use super::{Console, Exit, FormsArguments};
use crate::pipeline::{self, Forms, Kept};
use std::io::{self, Write};
use std::path::Path;
use tonghop_core::diag::{Language, Severity, Words};
use tonghop_core::message::counted;
use tonghop_core::say;

/// Renders the forms of a project and writes them.
pub(super) fn run(asked: &FormsArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let out = asked.out.clone().unwrap_or_else(|| asked.project.join("out").join("forms"));
    let reader = reader(console);
    let written =
        pipeline::forms(&asked.project, &*reader).and_then(|forms| forms.write(&out).map(|kept| (forms, kept)));
    match written {
        Ok((forms, kept)) => {
            // A closed output stream is not an error; the files are already written.
            let _ = told_problems(&forms.diagnostics, language, console.err);
            let _ = summary(&forms, &out, &kept, language, console.out);
            if pipeline::count(&forms.diagnostics, Severity::Error) > 0 { Exit::Loss } else { Exit::Done }
        }
        Err(error) => {
            let telling = Telling { format: MessageFormat::Human, language };
            let (so, exit) = unwritten(&error);
            let _ = telling.tell_failure(&error, &so, console);
            exit
        }
    }
}

fn summary(forms: &Forms, folder: &Path, kept: &[Kept], language: Language, out: &mut dyn Write) -> io::Result<()> {
    let count = forms.workbooks();
    let made =
        say!("{count} tệp, mỗi đơn vị một tệp", "{files}, one for each department", files = counted(count, "file"));
    let mut lines = vec![(Words::new("Biểu mẫu", "Forms"), made)];
    if !forms.unasked.is_empty() {
        let names = forms.unasked.join("; ");
        let unasked = say!("{names} (không ngành nào giao)", "{names} (no sector asks anything of them)");
        lines.push((Words::new("Không có biểu", "No form"), unasked));
    }
    lines.extend(Written::new(folder, kept).lines());
    told(&lines, language, out)
}
