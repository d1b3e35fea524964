//! `tonghop explain`: what a kind of problem means and what to do about it.
//!
//! In comes a code or nothing, out goes its lesson or the list of all. Never here: a project.

use super::{Console, Exit, ExplainArguments};
use crate::diag::catalogue::{CODES, Code, Lesson};
use crate::diag::render::severity_word;
use std::io::{self, Write};

/// Explains one kind of problem, or lists all.
pub fn explain(asked: &ExplainArguments, console: &mut Console<'_>) -> Exit {
    let Some(name) = &asked.code else {
        let _ = list(console.out);
        return Exit::Done;
    };
    match CODES.iter().find(|code| code.as_str() == name) {
        Some(code) => {
            let _ = lesson(*code, console.out);
            Exit::Done
        }
        None => {
            let _ = writeln!(
                console.err,
                "lỗi: không có mã vấn đề \"{}\"{}\nGõ tonghop explain để xem mọi mã.",
                name.escape_debug(),
                nearest(name).map(|code| format!("; có phải là \"{}\"?", code.as_str())).unwrap_or_default()
            );
            Exit::Usage
        }
    }
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    for code in CODES {
        writeln!(out, "{:<20} {:<9} {}", code.as_str(), severity_word(code.severity()), code.lesson().title)?;
    }
    Ok(())
}

fn lesson(code: Code, out: &mut dyn Write) -> io::Result<()> {
    let Lesson { title, explanation, example, remedy } = code.lesson();
    writeln!(
        out,
        "{} ({}): {title}\n\nÝ nghĩa:    {explanation}\n\nVí dụ:      {example}\n\nCách xử lý: {remedy}",
        code.as_str(),
        severity_word(code.severity())
    )
}

/// Returns the code that `name` most likely is, if it is like any.
fn nearest(name: &str) -> Option<Code> {
    let scored = CODES.iter().map(|code| (strsim::damerau_levenshtein(code.as_str(), name), *code));
    scored.min().filter(|(distance, code)| *distance * 2 <= code.as_str().len()).map(|(_, code)| code)
}
