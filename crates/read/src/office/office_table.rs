//! Reads the records of a CSV table that the office keeps, with their line numbers.
//!
//! Input: the bytes of the file. Output: the records after the heading line, or the error. Not here: the meaning of
//! records.

use csv::{ReaderBuilder, StringRecord, Trim};

/// Why a table cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableError {
    /// The file is not UTF-8.
    Encoding,
    /// The record on this line is broken.
    Line(u32),
}

/// Reads the records after the heading line, each with its line number, counted from 1; empty records are skipped.
///
/// Fields are separated by commas or, as Vietnamese Excel saves them, by semicolons.
pub(crate) fn read_records(bytes: &[u8]) -> Result<Vec<(u32, StringRecord)>, TableError> {
    let text = std::str::from_utf8(bytes).map_err(|_| TableError::Encoding)?;
    let text = text.trim_start_matches('\u{feff}');
    let heading = text.lines().next().unwrap_or_default();
    let separator = if heading.contains(';') { b';' } else { b',' };
    let mut reader =
        ReaderBuilder::new().delimiter(separator).flexible(true).trim(Trim::All).from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            TableError::Line(u32::try_from(line).unwrap_or(u32::MAX))
        })?;
        if record.iter().any(|field| !field.is_empty()) {
            records.push((line_number(text, &record), record));
        }
    }
    Ok(records)
}

/// Returns the line number of a record. The reader's own position may be before empty lines, so they are counted here.
fn line_number(text: &str, record: &StringRecord) -> u32 {
    let start = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or_default();
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let skipped = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    let breaks = before.matches('\n').count() + skipped.matches('\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}
