//! `tonghop explain`: explains a diagnostic code, a function of rules, an indicator or a figure.
//!
//! Input: a name, or nothing. Output: its explanation, or the list of all codes. The project only runs if the name is
//! neither a code nor a function.

use super::environment::ProjectEnvironment;
use super::{Console, Exit, ExplainArguments};
use crate::authoring::explain;
use crate::pipeline::{self, NoProgress};
use std::io::{self, Write};
use tonghop_core::diag::catalogue::{CODES, Code, Explanation};
use tonghop_core::diag::render::severity_word;
use tonghop_core::diag::{Language, Message};
use tonghop_core::msg;

/// Explains the given name, or lists the diagnostic codes.
pub(super) fn explain(args: &ExplainArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let Some(what) = &args.what else {
        let _ = print_codes(language, console.out);
        return Exit::Done;
    };
    if let Some(code) = Code::parse(what) {
        let _ = print_explanation(code, language, console.out);
        return Exit::Done;
    }
    if let Some(page) = explain::function(what) {
        let _ = write!(console.out, "{}", page.render(language));
        return Exit::Done;
    }
    let run =
        pipeline::run_without_rendering(&ProjectEnvironment::with_store(&args.project, console).borrow(), &NoProgress);
    if let Some(page) = run.as_ref().ok().and_then(|run| explain::in_run(what, run)) {
        let _ = write!(console.out, "{}", page.render(language));
        return Exit::Done;
    }
    let similar = explain::similar_names(what, run.as_ref().ok());
    let _ = writeln!(console.err, "{}", unknown_name_message(what, &similar, run.is_err()).in_language(language));
    Exit::Usage
}

/// Returns the error for an unknown name, with similar names.
fn unknown_name_message(what: &str, similar: &[String], without_project: bool) -> Message {
    let names: Vec<String> = similar.iter().map(|name| format!("\"{name}\"")).collect();
    let names = names.join(", ");
    let nothing = || Message::verbatim("");
    let suggestion = (!similar.is_empty()).then(|| msg!("; có phải là {names}?", "; did you mean {names}?"));
    let without_project_note = without_project.then(|| {
        msg!(
            " (dự án không chạy được nên chỉ tìm trong mã vấn đề và hàm)",
            " (the project cannot be run, so only codes and functions were searched)"
        )
    });
    msg!(
        "lỗi: không có mã vấn đề, hàm, chỉ tiêu hay số liệu nào là \"{what}\"{like}{blind}\nGõ tonghop explain để xem mọi mã.",
        "error: there is no problem code, function, indicator or figure \"{what}\"{like}{blind}\nRun tonghop explain to list all codes.",
        what = what.escape_debug(),
        like = suggestion.unwrap_or_else(nothing),
        blind = without_project_note.unwrap_or_else(nothing)
    )
}

fn print_codes(language: Language, out: &mut dyn Write) -> io::Result<()> {
    for code in CODES {
        let severity = severity_word(code.severity(), language);
        writeln!(out, "{:<20} {severity:<9} {}", code.as_str(), code.explanation(language).title)?;
    }
    Ok(())
}

fn print_explanation(code: Code, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let Explanation { title, details, example, remedy } = code.explanation(language);
    let titles = match language {
        Language::Vietnamese => ["Ý nghĩa:", "Ví dụ:", "Cách xử lý:"],
        Language::English => ["Meaning:", "Example:", "What to do:"],
    };
    writeln!(out, "{} ({}): {title}", code.as_str(), severity_word(code.severity(), language))?;
    let parts = titles.into_iter().zip([details, example, remedy]);
    parts.into_iter().try_for_each(|(title, words)| writeln!(out, "\n{title:<12}{words}"))
}
