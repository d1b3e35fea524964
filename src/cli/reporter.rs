//! Prints the diagnostics and the summary of a run, or the error that ended it, in the chosen format.
//!
//! Input: a finished run, the format and the language. Output: text on the two streams. Not here: exit codes.

use super::Console;
use super::summary::{Summary, WrittenFiles};
use crate::pipeline::RunError;
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};
use tonghop_core::diag::render::{escape_invisible, human, json, severity_word, short};
use tonghop_core::diag::{Audience, Diagnostic, Language, Message, Severity};

/// The output format of problems. The formats for people show only the notes about rules, which `check` looks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// Paragraphs on the error stream, then a summary on the output stream
    #[default]
    Human,
    /// One line per problem on the error stream, in the form place: severity[code]: message
    Short,
    /// One JSON object per line on the output stream: every problem, then a summary
    Json,
}

/// A line of the JSON format.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum JsonLine<'r> {
    Problem(json::JsonDiagnostic<'r>),
    Summary {
        #[serde(flatten)]
        counts: &'r Summary,
        #[serde(flatten)]
        written: Option<&'r WrittenFiles<'r>>,
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
pub(super) struct Reporter {
    pub format: MessageFormat,
    pub language: Language,
}

impl Reporter {
    /// Prints the problems, the most serious first, then the summary and the written files, if any.
    ///
    /// # Errors
    /// Returns an error if the stream is closed, which callers may ignore.
    pub(super) fn report(
        self,
        diagnostics: &[Diagnostic],
        summary: &Summary,
        written: Option<&WrittenFiles<'_>>,
        console: &mut Console<'_>,
    ) -> io::Result<()> {
        let language = self.language;
        match self.format {
            MessageFormat::Human => {
                print_diagnostics(diagnostics, language, console.err)?;
                summary.print(written, language, console.out)
            }
            MessageFormat::Short => {
                let mut problems = shown_to_people(diagnostics).into_iter().flatten();
                problems.try_for_each(|problem| writeln!(console.err, "{}", short::one_line(problem, language)))
            }
            MessageFormat::Json => {
                for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                    for problem in with_severity(diagnostics, severity) {
                        print_line(&JsonLine::Problem(json::object(problem, language)), console.out)?;
                    }
                }
                print_line(&JsonLine::Summary { counts: summary, written }, console.out)
            }
        }
    }

    /// Prints the error that ended a run, and in the human format its consequence.
    ///
    /// # Errors
    /// Returns an error if the stream is closed.
    pub(super) fn report_failure(
        self,
        error: &RunError,
        consequence: &Message,
        console: &mut Console<'_>,
    ) -> io::Result<()> {
        self.report_reason(&error.message(), consequence, console)
    }

    /// Prints why nothing was done, and in the human format the consequence.
    ///
    /// # Errors
    /// Returns an error if the stream is closed.
    pub(super) fn report_reason(
        self,
        why: &Message,
        consequence: &Message,
        console: &mut Console<'_>,
    ) -> io::Result<()> {
        // The reason may quote names and settings, which must not control the terminal.
        let lines = why.in_language(self.language).lines().map(escape_invisible);
        let message = lines.collect::<Vec<_>>().join("\n");
        match self.format {
            MessageFormat::Human => {
                let severity = severity_word(Severity::Error, self.language);
                writeln!(console.err, "{severity}: {message}\n{}", consequence.in_language(self.language))
            }
            MessageFormat::Short => writeln!(console.err, "error: {message}"),
            MessageFormat::Json => print_line(&JsonLine::Failure { message: &message }, console.out),
        }
    }
}

/// Prints errors, warnings and notes about rules as paragraphs, the most serious first.
///
/// # Errors
/// Returns an error if the stream is closed.
pub(super) fn print_diagnostics(diagnostics: &[Diagnostic], language: Language, err: &mut dyn Write) -> io::Result<()> {
    for problems in shown_to_people(diagnostics) {
        for paragraph in human::paragraphs(&problems, language) {
            writeln!(err, "{paragraph}\n")?;
        }
    }
    Ok(())
}

/// Returns the consequence of a failed command that writes files.
pub(super) fn nothing_written() -> Message {
    Message::new("Không có tệp nào được ghi.", "No file was written.")
}

/// Returns the errors, the warnings and the notes about rules; other notes are not shown to people.
fn shown_to_people(diagnostics: &[Diagnostic]) -> [Vec<&Diagnostic>; 3] {
    let mut notes = with_severity(diagnostics, Severity::Note);
    notes.retain(|note| note.code.audience() == Audience::Administrator);
    [with_severity(diagnostics, Severity::Error), with_severity(diagnostics, Severity::Warning), notes]
}

fn with_severity(diagnostics: &[Diagnostic], severity: Severity) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|d| d.severity() == severity).collect()
}

fn print_line(line: &JsonLine<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(line)?)
}
