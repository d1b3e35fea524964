//! `tonghop forms`: the blank workbooks that departments fill.
//!
//! In come the arguments, out go the forms, problems of the rules on the error stream and a summary on the output
//! stream. Never here: what a form holds.

use super::summary::{Written, told};
use super::tell::told_problems;
use super::{Console, Exit, FormsArguments};
use crate::diag::Severity;
use crate::pipeline::{self, Forms, Kept};
use std::io::{self, Write};
use std::path::Path;

/// Makes the forms of a project and writes them.
pub fn run(asked: &FormsArguments, console: &mut Console<'_>) -> Exit {
    let out = asked.out.clone().unwrap_or_else(|| asked.project.join("out").join("forms"));
    let written = pipeline::forms(&asked.project).and_then(|forms| forms.write(&out).map(|kept| (forms, kept)));
    match written {
        Ok((forms, kept)) => {
            // Whoever closed a stream does not want the words; the files are written all the same.
            let _ = told_problems(&forms.diagnostics, console.err);
            let _ = summary(&forms, &out, &kept, console.out);
            if pipeline::count(&forms.diagnostics, Severity::Error) > 0 { Exit::Loss } else { Exit::Done }
        }
        Err(error) => {
            let _ = writeln!(console.err, "lỗi: {error}\nKhông có tệp nào được ghi.");
            Exit::Nothing
        }
    }
}

fn summary(forms: &Forms, folder: &Path, kept: &[Kept], out: &mut dyn Write) -> io::Result<()> {
    let mut lines = vec![("Biểu mẫu", format!("{} tệp, mỗi đơn vị một tệp", forms.workbooks()))];
    if !forms.unasked.is_empty() {
        lines.push(("Không có biểu", format!("{} (không ngành nào giao)", forms.unasked.join("; "))));
    }
    lines.extend(Written::new(folder, kept).lines());
    told(&lines, out)
}
