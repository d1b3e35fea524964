//! Prints the diagnostics and the summary of a run, or the error that ended it, in the chosen format.
//!
//! Input: a finished run, the format and the language. Output: text on the two streams. Not here: exit codes.

use super::Console;
use super::summary::{Summary, Written};
use crate::pipeline::RunError;
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};
use tonghop_core::diag::render::{human, json, severity_word, short};
use tonghop_core::diag::{Diagnostic, Language, Severity, Words};

/// The output format of problems. The formats for people show only the notes about rules, which `check` looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Paragraphs on the error stream, then a summary on the output stream
    #[default]
    Human,
    /// One line a problem on the error stream, as in place: severity[code]: message
    Short,
    /// One JSON object a line on the output stream: every problem, then a summary
    Json,
}

/// A line of the JSON format.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'r> {
    Problem(json::Problem<'r>),
    Summary {
        #[serde(flatten)]
        counts: &'r Summary,
        #[serde(flatten)]
        written: Option<&'r Written<'r>>,
    },
    /// The run has no results.
    Failure {
        message: &'r str,
    },
}

/// The language of problems and summaries; output files are always in Vietnamese.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Vietnamese
    #[default]
    Vi,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self::Vietnamese,
            Lang::En => Self::English,
        }
    }
}

/// Prints the results of a command in a format and a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    pub format: MessageFormat,
    pub language: Language,
}

impl Telling {
    /// Prints the problems, the most serious first, then the summary and the written files, if any.
    ///
    /// # Errors
    /// A closed stream, which callers may ignore.
    pub(super) fn tell(
        self,
        diagnostics: &[Diagnostic],
        summary: &Summary,
        written: Option<&Written<'_>>,
        console: &mut Console<'_>,
    ) -> io::Result<()> {
        let language = self.language;
        match self.format {
            MessageFormat::Human => {
                told_problems(diagnostics, language, console.err)?;
                summary.human(written, language, console.out)
            }
            MessageFormat::Short => {
                let mut told = for_people(diagnostics).into_iter().flatten();
                told.try_for_each(|problem| writeln!(console.err, "{}", short::problem(problem, language)))
            }
            MessageFormat::Json => {
                for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                    for problem in of(diagnostics, severity) {
                        line(&Line::Problem(json::problem(problem, language)), console.out)?;
                    }
                }
                line(&Line::Summary { counts: summary, written }, console.out)
            }
        }
    }

    /// Prints the error that ended a run, and in the human format its consequence.
    ///
    /// # Errors
    /// A closed stream.
    pub(super) fn tell_failure(self, error: &RunError, so: &Words, console: &mut Console<'_>) -> io::Result<()> {
        self.tell_reason(&error.words(), so, console)
    }

    /// Prints why nothing was done, and in the human format the consequence.
    ///
    /// # Errors
    /// A closed stream.
    pub(super) fn tell_reason(self, why: &Words, so: &Words, console: &mut Console<'_>) -> io::Result<()> {
        let message = why.in_language(self.language);
        match self.format {
            MessageFormat::Human => {
                let severity = severity_word(Severity::Error, self.language);
                writeln!(console.err, "{severity}: {message}\n{}", so.in_language(self.language))
            }
            MessageFormat::Short => writeln!(console.err, "error: {message}"),
            MessageFormat::Json => line(&Line::Failure { message }, console.out),
        }
    }
}

/// Prints errors, warnings and notes about rules as paragraphs, the most serious first.
///
/// # Errors
/// A closed stream.
pub(super) fn told_problems(diagnostics: &[Diagnostic], language: Language, err: &mut dyn Write) -> io::Result<()> {
    for told in for_people(diagnostics) {
        for paragraph in human::problems(&told, language) {
            writeln!(err, "{paragraph}\n")?;
        }
    }
    Ok(())
}

/// Returns the consequence of a failed command that writes files.
pub(super) fn nothing_written() -> Words {
    Words::new("Không có tệp nào được ghi.", "No file was written.")
}

/// Returns the errors, the warnings and the notes about rules; other notes are not shown to people.
fn for_people(diagnostics: &[Diagnostic]) -> [Vec<&Diagnostic>; 3] {
    let mut notes = of(diagnostics, Severity::Note);
    notes.retain(|note| note.code.is_of_rules());
    [of(diagnostics, Severity::Error), of(diagnostics, Severity::Warning), notes]
}

fn of(diagnostics: &[Diagnostic], severity: Severity) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|d| d.severity() == severity).collect()
}

fn line(line: &Line<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(line)?)
}
