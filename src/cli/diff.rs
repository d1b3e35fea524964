//! `tonghop diff`: compares two runs, figure by figure, and prints the differences.

use super::{Console, DiffArguments, Exit};
use crate::authoring::diff::Difference;
use crate::authoring::snapshot::{Snapshot, SnapshotError};
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};
use tonghop_core::diag::{Language, Words};

/// The output format of differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Indented lines for people
    #[default]
    Human,
    /// One JSON object a line
    Json,
}

/// Compares two runs and prints the differences.
pub(super) fn diff(asked: &DiffArguments, language: Language, console: &mut Console<'_>) -> Exit {
    match compared(asked) {
        Ok(difference) => {
            // A closed output stream is not an error.
            let _ = match asked.format {
                Format::Human => told(&difference, language, console.out),
                Format::Json => line(&difference, console.out),
            };
            Exit::Done
        }
        Err(error) => {
            let words = error.words();
            let _ = writeln!(console.err, "{}: {}", failure().in_language(language), words.in_language(language));
            Exit::Nothing
        }
    }
}

/// Returns the label in front of an error message.
pub(super) fn failure() -> Words {
    Words::new("lỗi", "error")
}

fn compared(asked: &DiffArguments) -> Result<Difference, SnapshotError> {
    Ok(Difference::between(&Snapshot::of_folder(&asked.old)?, &Snapshot::of_folder(&asked.new)?))
}

/// Prints a difference as text.
pub(super) fn told(difference: &Difference, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let page = difference.page();
    if page.is_empty() {
        let same = Words::new("Không có gì thay đổi.", "Nothing has changed.");
        return writeln!(out, "{}", same.in_language(language));
    }
    write!(out, "{}", page.text(language))
}

/// Prints a value as one line of JSON.
pub(super) fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(value)?)
}
