//! Reads reviewed tables of expectations, which are CSV files next to the tests.
//!
//! Input: the path of a file. Output: its rows as texts. Not here: the meaning of a column.

use super::repository;

/// Reads the rows of a table below `tests/`, without the header row; every row has `N` cells.
pub fn rows<const N: usize>(name: &str) -> Vec<[String; N]> {
    let path = repository().join("tests").join(name);
    let mut table = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>().try_into();
    table.records().map(|row| cells(row.unwrap()).unwrap_or_else(|row| panic!("{name}: {row:?}"))).collect()
}
