//! `tonghop explain`: explains a diagnostic code, a function of rules, an indicator or a figure.
//!
//! Input: a name, or nothing. Output: its explanation, or the list of all codes. The project only runs if the name is
//! neither a code nor a function.

use super::worker::remembering;
use super::{Console, Exit, ExplainArguments};
use crate::authoring::explain;
use crate::pipeline::{self, Unwatched};
use std::io::{self, Write};
use tonghop_core::diag::catalogue::{CODES, Code, Lesson};
use tonghop_core::diag::render::severity_word;
use tonghop_core::diag::{Language, Words};
use tonghop_core::say;

/// Explains the given name, or lists the diagnostic codes.
pub(super) fn explain(asked: &ExplainArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let Some(what) = &asked.what else {
        let _ = list(language, console.out);
        return Exit::Done;
    };
    if let Some(code) = CODES.iter().find(|code| code.as_str() == what) {
        let _ = lesson(*code, language, console.out);
        return Exit::Done;
    }
    if let Some(page) = explain::function(what) {
        let _ = write!(console.out, "{}", page.text(language));
        return Exit::Done;
    }
    let run = pipeline::results(&asked.project, &*remembering(&asked.project, console), &Unwatched);
    if let Some(page) = run.as_ref().ok().and_then(|run| explain::in_run(what, run)) {
        let _ = write!(console.out, "{}", page.text(language));
        return Exit::Done;
    }
    let near = explain::nearest(what, run.as_ref().ok());
    let _ = writeln!(console.err, "{}", unknown(what, &near, run.is_err()).in_language(language));
    Exit::Usage
}

/// Returns the error for an unknown name, with similar names.
fn unknown(what: &str, near: &[String], without_project: bool) -> Words {
    let names: Vec<String> = near.iter().map(|name| format!("\"{name}\"")).collect();
    let names = names.join(", ");
    let nothing = || Words::verbatim("");
    let like = (!near.is_empty()).then(|| say!("; có phải là {names}?", "; did you mean {names}?"));
    let blind = without_project.then(|| {
        say!(
            " (dự án không chạy được nên chỉ tìm trong mã vấn đề và hàm)",
            " (the project does not run: only codes and functions were searched)"
        )
    });
    say!(
        "lỗi: không có mã vấn đề, hàm, chỉ tiêu hay số liệu nào là \"{what}\"{like}{blind}\nGõ tonghop explain để xem mọi mã.",
        "error: no problem, function, indicator or figure is \"{what}\"{like}{blind}\ntonghop explain lists all codes.",
        what = what.escape_debug(),
        like = like.unwrap_or_else(nothing),
        blind = blind.unwrap_or_else(nothing)
    )
}

fn list(language: Language, out: &mut dyn Write) -> io::Result<()> {
    for code in CODES {
        let severity = severity_word(code.severity(), language);
        writeln!(out, "{:<20} {severity:<9} {}", code.as_str(), code.lesson(language).title)?;
    }
    Ok(())
}

fn lesson(code: Code, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let Lesson { title, explanation, example, remedy } = code.lesson(language);
    let titles = match language {
        Language::Vietnamese => ["Ý nghĩa:", "Ví dụ:", "Cách xử lý:"],
        Language::English => ["Meaning:", "Example:", "What to do:"],
    };
    writeln!(out, "{} ({}): {title}", code.as_str(), severity_word(code.severity(), language))?;
    let parts = titles.into_iter().zip([explanation, example, remedy]);
    parts.into_iter().try_for_each(|(title, words)| writeln!(out, "\n{title:<12}{words}"))
}
