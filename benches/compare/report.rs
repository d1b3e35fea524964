//! Reads this program's results from the table of sectors in its report `bao-cao.md`.
//!
//! Input: the output folder, and the text of the report. Output: the [`Outcome`]. The printed sums are exact, because
//! they have one decimal, as the values in the workbooks have.

use super::Failure;
use super::check::{Outcome, Sums};
use std::fs;
use std::path::{Path, PathBuf};

/// The heading of the column of sector names.
const SECTOR_HEADING: &str = "Lĩnh vực";

/// The prefixes of the headings of the other columns, in the order of the fields of [`Sums`].
const SUM_HEADINGS: [&str; 5] = ["Số chỉ tiêu", "Kế hoạch", "Cùng kỳ", "Thực hiện", "Chậm"];

/// Returns the path of the report in the output folder, which has one period.
pub fn file(out: &Path) -> Result<PathBuf, Failure> {
    let period = fs::read_dir(out)?.next().ok_or("no outputs")??;
    Ok(period.path().join("bao-cao.md"))
}

/// Parses the table of sectors.
pub fn outcome(report: &str) -> Result<Outcome, Failure> {
    let lines = report.lines().skip_while(|line| !split_cells(line).contains(&SECTOR_HEADING));
    let rows: Vec<Vec<&str>> = lines.take_while(|line| line.starts_with('|')).map(split_cells).collect();
    let [headings, _, rows @ ..] = rows.as_slice() else { return Err("the report has no table of sectors".into()) };
    let column = |name: &str| headings.iter().position(|heading| heading.starts_with(name));
    let sector = column(SECTOR_HEADING).unwrap_or_default();
    let places: Vec<usize> = SUM_HEADINGS.iter().filter_map(|name| column(name)).collect();
    let [count, plan, prior, actual, behind] = *places.as_slice() else {
        return Err(format!("the table of sectors has other columns: {headings:?}").into());
    };
    let mut outcome = Outcome::default();
    for row in rows {
        let value = |place: usize| parse_number(row.get(place).copied().unwrap_or_default());
        let [count, plan, prior, actual] = [value(count)?, value(plan)?, value(prior)?, value(actual)?];
        let sums = Sums { count, plan, prior, actual, shortfalls: value(behind)? };
        outcome.sectors.insert(row.get(sector).copied().unwrap_or_default().to_owned(), sums);
    }
    Ok(outcome)
}

/// Returns the cells of a row of a Markdown table.
fn split_cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// Parses a Vietnamese number: `1.234,5`.
fn parse_number(text: &str) -> Result<f64, Failure> {
    text.replace('.', "").replace(',', ".").parse().map_err(|_| format!("{text:?} is no number").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_as_printed() {
        let report = "# A\n\n| TT | Lĩnh vực | Số chỉ tiêu | Kế hoạch năm | Cùng kỳ | Thực hiện | % | Chậm |\n\
            |---|---|---|---|---|---|---|---|\n| 1 | Du lịch | 60 | 1.234,5 | 7 | 0,5 | 3,1 | 2 |\n\nx\n";
        let outcome = outcome(report).unwrap();
        let sums = &outcome.sectors["Du lịch"];
        assert_eq!([sums.count, sums.plan, sums.prior, sums.actual, sums.shortfalls], [60.0, 1234.5, 7.0, 0.5, 2.0]);
        assert!(super::outcome("# A\n\nnothing\n").is_err());
    }
}
