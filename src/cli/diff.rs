//! `tonghop diff`: two runs compared, figure by figure.
//!
//! In come two folders of outputs, out goes what differs. Never here: how it is found.

use super::{Console, DiffArguments, Exit};
use crate::authoring::diff::Difference;
use crate::authoring::snapshot::{Snapshot, SnapshotError};
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};
use tonghop_core::diag::{Language, Words};

/// How differences are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Indented lines for people
    #[default]
    Human,
    /// One JSON object a line
    Json,
}

/// Compares two runs.
pub(super) fn diff(asked: &DiffArguments, language: Language, console: &mut Console<'_>) -> Exit {
    match compared(asked) {
        Ok(difference) => {
            // Whoever closed a stream does not want the words.
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

/// The word before what went wrong.
pub(super) fn failure() -> Words {
    Words::new("lỗi", "error")
}

fn compared(asked: &DiffArguments) -> Result<Difference, SnapshotError> {
    Ok(Difference::between(&Snapshot::of_folder(&asked.old)?, &Snapshot::of_folder(&asked.new)?))
}

/// Tells a difference to people.
pub(super) fn told(difference: &Difference, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let page = difference.page();
    if page.is_empty() {
        let same = Words::new("Không có gì thay đổi.", "Nothing has changed.");
        return writeln!(out, "{}", same.in_language(language));
    }
    write!(out, "{}", page.text(language))
}

/// Writes a value as one line of JSON.
pub(super) fn line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(value)?)
}
