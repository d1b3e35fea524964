//! How a run is told: its problems, its summary, or why there was none, in the format that was asked for.
//!
//! In come a finished run and the format, out go words on the two streams. Never here: an exit code.

use super::Console;
use super::summary::Summary;
use crate::diag::render::{human, json, short};
use crate::diag::{Diagnostic, Severity};
use crate::pipeline::{Run, RunError};
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};

/// How problems are drawn. Notes are for the record: only machines are told them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Paragraphs in Vietnamese on the error stream, then a summary on the output stream
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
    Summary(&'r Summary<'r>),
    /// The run gave nothing.
    Failure {
        message: String,
    },
}

impl MessageFormat {
    /// Tells the problems, the most serious first, and the summary.
    ///
    /// # Errors
    /// A stream that is closed; whoever closed it does not want the words.
    pub fn tell(self, run: &Run, summary: &Summary<'_>, console: &mut Console<'_>) -> io::Result<()> {
        match self {
            Self::Human => {
                told_problems(&run.diagnostics, console.err)?;
                summary.human(console.out)
            }
            Self::Short => {
                let told = [Severity::Error, Severity::Warning]
                    .into_iter()
                    .flat_map(|severity| of(&run.diagnostics, severity));
                told.into_iter().try_for_each(|problem| writeln!(console.err, "{}", short::problem(problem)))
            }
            Self::Json => {
                for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                    for problem in of(&run.diagnostics, severity) {
                        line(&Line::Problem(json::problem(problem)), console.out)?;
                    }
                }
                line(&Line::Summary(summary), console.out)
            }
        }
    }

    /// Tells why there is no run, and for people what follows from it.
    ///
    /// # Errors
    /// A stream that is closed.
    pub fn tell_failure(self, error: &RunError, so: &str, console: &mut Console<'_>) -> io::Result<()> {
        match self {
            Self::Human => writeln!(console.err, "lỗi: {error}\n{so}"),
            Self::Short => writeln!(console.err, "error: {error}"),
            Self::Json => line(&Line::Failure { message: error.to_string() }, console.out),
        }
    }
}

/// Tells errors and warnings in paragraphs, the most serious first.
///
/// # Errors
/// A stream that is closed.
pub fn told_problems(diagnostics: &[Diagnostic], err: &mut dyn Write) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning] {
        for paragraph in human::problems(&of(diagnostics, severity)) {
            writeln!(err, "{paragraph}\n")?;
        }
    }
    Ok(())
}

fn of(diagnostics: &[Diagnostic], severity: Severity) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|d| d.severity() == severity).collect()
}

fn line(line: &Line<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(line)?)
}
