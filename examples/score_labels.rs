//! Scores the parser of row labels on a table of labels with their parts.
//!
//! Input: the path of a CSV with the columns text, numbering, numbering_value, label, unit, marks, total, group_word and
//! doubt. Output: the rows that differ, and the share of equal rows. Rows in doubt are left out.
//!
//! `cargo run --example score_labels -- LABELS.csv`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is for a person at a terminal")]

use std::collections::BTreeMap;
use std::process::ExitCode;
use tonghop_core::vi::label::RowLabel;
use tonghop_core::vi::{lexicon, tcvn3, unit};

/// The columns that are compared.
const COLUMNS: [&str; 7] = ["numbering", "numbering_value", "label", "unit", "marks", "total", "group_word"];

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: score_labels LABELS.csv");
        return ExitCode::from(2);
    };
    match score(&path) {
        Ok((right, all)) => {
            println!("{right} of {all} rows are equal ({:.1} %)", right as f64 * 100.0 / all.max(1) as f64);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the number of equal rows and of all rows, and prints the others.
fn score(path: &str) -> Result<(usize, usize), csv::Error> {
    let (mut right, mut all) = (0, 0);
    for row in csv::Reader::from_path(path)?.deserialize::<BTreeMap<String, String>>() {
        let row = row?;
        let cell = |column: &str| row.get(column).map_or("", String::as_str);
        if cell("doubt") == "y" {
            continue;
        }
        let found = parts(cell("text"));
        let differs = |(column, found): &(&str, String)| normalise(cell(column)) != normalise(found);
        let wrong: Vec<(&str, String)> = COLUMNS.into_iter().zip(found).filter(differs).collect();
        all += 1;
        right += usize::from(wrong.is_empty());
        for (column, found) in wrong {
            println!("{}\n    {column}: \"{found}\", not \"{}\"", cell("text"), cell(column));
        }
    }
    Ok((right, all))
}

/// Returns the parts of a label in the order of the columns.
fn parts(text: &str) -> [String; 7] {
    let is_unit = |text: &str| unit::is_usual(text) || unit::is_usual(&tcvn3::decode(text));
    let label = RowLabel::parse(text, is_unit);
    let joined = |texts: Vec<String>| texts.join("; ");
    let total = [text.to_owned(), tcvn3::decode(text)].iter().any(|text| lexicon::is_total(text));
    [
        joined(label.numberings.iter().map(|numbering| numbering.text.to_owned()).collect()),
        joined(label.numberings.iter().filter_map(|numbering| numbering.value()).collect()),
        label.words.to_owned(),
        label.unit.unwrap_or_default().to_owned(),
        label.marks.concat(),
        if total { "y" } else { "n" }.to_owned(),
        label.group.unwrap_or_default().to_owned(),
    ]
}

/// Removes what is not compared: blanks inside a text, and signs at its end.
fn normalise(text: &str) -> String {
    let bare = text.trim().trim_end_matches([':', ';', '.']);
    bare.split_whitespace().collect()
}
