//! The shapes of workloads: the number of workbooks and the length of each.

use std::fmt;
use std::str::FromStr;

/// The size of a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub name: &'static str,
    pub workbooks: usize,
    /// The number of data rows in each workbook.
    pub rows: usize,
}

/// All shapes: a trial, a city's quarter, a province's year, ten registers of a whole country, all its communes.
pub const SHAPES: [Shape; 5] = [
    Shape { name: "XS", workbooks: 3, rows: 20 },
    Shape { name: "S", workbooks: 20, rows: 60 },
    Shape { name: "M", workbooks: 1_000, rows: 200 },
    Shape { name: "L", workbooks: 10, rows: 100_000 },
    Shape { name: "XL", workbooks: 10_000, rows: 60 },
];

impl FromStr for Shape {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || SHAPES.map(|shape| shape.name).join(", ");
        SHAPES.into_iter().find(|shape| shape.name == name).ok_or_else(|| format!("no shape {name:?}: {}", known()))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} workbooks x {} rows", self.name, self.workbooks, self.rows)
    }
}
