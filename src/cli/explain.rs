//! `tonghop explain`: what a kind of problem means and what to do about it.
//!
//! In comes a code or nothing, out goes its lesson or the list of all. Never here: a project.

use super::{Console, Exit, ExplainArguments};
use crate::diag::catalogue::{CODES, Code, Lesson};
use crate::diag::render::severity_word;
use crate::diag::{Language, Words};
use crate::say;
use std::io::{self, Write};

/// Explains one kind of problem, or lists all.
pub fn explain(asked: &ExplainArguments, language: Language, console: &mut Console<'_>) -> Exit {
    let Some(name) = &asked.code else {
        let _ = list(language, console.out);
        return Exit::Done;
    };
    match CODES.iter().find(|code| code.as_str() == name) {
        Some(code) => {
            let _ = lesson(*code, language, console.out);
            Exit::Done
        }
        None => {
            let _ = writeln!(console.err, "{}", unknown(name).in_language(language));
            Exit::Usage
        }
    }
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

fn unknown(name: &str) -> Words {
    let guess = nearest(name).map(|code| code.as_str());
    let guess = guess.map(|code| say!("; có phải là \"{code}\"?", "; did you mean \"{code}\"?"));
    say!(
        "lỗi: không có mã vấn đề \"{name}\"{guess}\nGõ tonghop explain để xem mọi mã.",
        "error: there is no code \"{name}\"{guess}\ntonghop explain lists all codes.",
        name = name.escape_debug(),
        guess = guess.unwrap_or_else(|| Words::verbatim(""))
    )
}

/// Returns the code that `name` most likely is, if it is like any.
fn nearest(name: &str) -> Option<Code> {
    let scored = CODES.iter().map(|code| (strsim::damerau_levenshtein(code.as_str(), name), *code));
    scored.min().filter(|(distance, code)| *distance * 2 <= code.as_str().len()).map(|(_, code)| code)
}
