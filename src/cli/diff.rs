//! `tonghop diff`: compares two runs, figure by figure, and prints the differences.

use super::{Console, DiffArguments, Exit};
use crate::authoring::diff::Difference;
use crate::authoring::snapshot::{Snapshot, SnapshotError};
use clap::ValueEnum;
use serde::Serialize;
use std::io::{self, Write};
use tonghop_core::diag::{Language, Message};

/// The output format of differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Indented lines for people
    #[default]
    Human,
    /// One JSON object per line
    Json,
}

/// Compares two runs and prints the differences.
pub(super) fn diff(args: &DiffArguments, language: Language, console: &mut Console<'_>) -> Exit {
    match compare_folders(args) {
        Ok(difference) => {
            // A closed output stream is not an error.
            let _ = match args.format {
                Format::Human => print_difference(&difference, language, console.out),
                Format::Json => print_json_line(&difference, console.out),
            };
            Exit::Done
        }
        Err(error) => {
            let message = error.message();
            let _ = writeln!(console.err, "{}: {}", error_label().in_language(language), message.in_language(language));
            Exit::Failure
        }
    }
}

/// Returns the label in front of an error message.
pub(super) fn error_label() -> Message {
    Message::new("lỗi", "error")
}

fn compare_folders(args: &DiffArguments) -> Result<Difference, SnapshotError> {
    Ok(Difference::between(&Snapshot::from_folder(&args.old)?, &Snapshot::from_folder(&args.new)?))
}

/// Prints a difference as text.
pub(super) fn print_difference(difference: &Difference, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let page = difference.to_page();
    if page.is_empty() {
        let same = Message::new("Không có gì thay đổi.", "Nothing has changed.");
        return writeln!(out, "{}", same.in_language(language));
    }
    write!(out, "{}", page.render(language))
}

/// Prints a value as one line of JSON.
pub(super) fn print_json_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", serde_json::to_string(value)?)
}
