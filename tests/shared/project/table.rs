//! A reviewed table of expectations, kept as CSV beside the tests.
//!
//! In comes the path of the file, out go its rows as texts. Never here: what a column means.

use super::repository;

/// Reads the rows of a table below `tests/`, without its head; every row has `N` cells.
pub fn rows<const N: usize>(name: &str) -> Vec<[String; N]> {
    let path = repository().join("tests").join(name);
    let mut table = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>().try_into();
    table.records().map(|row| cells(row.unwrap()).unwrap_or_else(|row| panic!("{name}: {row:?}"))).collect()
}
