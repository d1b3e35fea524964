//! Scores the heading parser with a labelled table: `cargo run --example score_headings -- TABLE.csv`.
//!
//! Input: a CSV file with the columns `text`, `measure`, `period`, `base` and, optionally, `plain` and `doubt`; the
//! pieces of a stacked heading are separated by ` | `. A table with a column `says` is one of titles: only the periods
//! are compared, several separated by `; `. Output: the rows that are read otherwise, and the share that is
//! right. Exits with 1 if less than 97 of 100 are right, or if a row is read as another measure.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its output is for a person at a terminal")]

use std::process::ExitCode;
use tonghop_core::vi::heading::{HeadingMeaning, HeadingParser};
use tonghop_core::vi::period::{periods_of_name, stated_periods};
use tonghop_core::vi::terms::StatedMeasure;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: score_headings TABLE.csv");
        return ExitCode::from(2);
    };
    match score(&path) {
        Ok(is_good) => ExitCode::from(u8::from(!is_good)),
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::from(2)
        }
    }
}

fn score(path: &str) -> Result<bool, csv::Error> {
    let mut reader = csv::Reader::from_path(path)?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name);
    let parser = HeadingParser::default();
    let (mut total, mut right, mut other_measures) = (0, 0, 0);
    for record in reader.records() {
        let record = record?;
        let field = |name: &str| column(name).and_then(|at| record.get(at)).unwrap_or_default();
        if field("doubt") == "y" {
            continue;
        }
        let text = if field("plain").is_empty() { field("text") } else { field("plain") };
        if column("says").is_some() {
            total += 1;
            right += usize::from(score_title(text, field("period")));
            continue;
        }
        let pieces: Vec<&str> = text.split(" | ").collect();
        let meaning = parser.parse(&pieces);
        let got = [measure_name(&meaning), period_name(&meaning), base_name(&meaning)];
        let wanted = ["measure", "period", "base"].map(|name| expected(name, field(name)));
        total += 1;
        if got == wanted {
            right += 1;
        } else {
            println!("{text}\n    read {got:?}, expected {wanted:?}, left over {:?}", meaning.leftover);
        }
        other_measures += usize::from(!got[0].is_empty() && got[0] != wanted[0]);
    }
    println!("{right} of {total} right; {other_measures} read as another measure");
    Ok(right * 100 >= total * 97 && other_measures == 0)
}

/// Compares the periods that a title, a sheet name or a file name states.
fn score_title(text: &str, label: &str) -> bool {
    let is_name = !text.contains(' ') || text.contains(".xls");
    let periods = if is_name { periods_of_name(text) } else { stated_periods(text) };
    let got = periods.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    if got != label {
        println!("{text}\n    read {got:?}, expected {label:?}");
    }
    got == label
}

fn expected(name: &str, label: &str) -> String {
    match (name, label.split_once(':')) {
        ("measure" | "base", Some(("other", _))) => "other".to_owned(),
        ("period", Some(("other", _))) => "since-start".to_owned(),
        _ => label.to_owned(),
    }
}

/// Returns the name of the measure as the table writes it.
fn measure_name(meaning: &HeadingMeaning) -> String {
    match meaning.measure {
        Some(StatedMeasure::Disbursed | StatedMeasure::Preliminary) => "other".to_owned(),
        stated => stated.map(StatedMeasure::name).unwrap_or_default().to_owned(),
    }
}

fn period_name(meaning: &HeadingMeaning) -> String {
    meaning.period.map(|period| period.to_string()).unwrap_or_default()
}

fn base_name(meaning: &HeadingMeaning) -> String {
    meaning.base.map(|base| base.kind.name()).unwrap_or_default().to_owned()
}
