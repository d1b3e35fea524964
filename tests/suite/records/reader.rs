//! Recomputes figures over open tables from `traces.json` and the workbooks alone, independent of the program's code.
//!
//! Input: the traces and the bytes of the workbooks. Output: for every figure over rows its cells and its value. Not
//! here: the program's own reader and arithmetic.

use crate::project::book::{self, Cells, address};
use calamine::Data;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A cell by file, sheet and address (row and column counted from 0).
pub type Place = (String, String, (u32, u32));

/// The workbooks of a project, and its traces.
pub struct TraceReader {
    traces: Value,
    books: BTreeMap<String, Cells>,
}

/// A row of an open table.
#[derive(Clone, Debug)]
pub struct Row {
    pub fields: BTreeMap<String, String>,
    /// The number of each measure in units of one, with its cell.
    pub numbers: BTreeMap<String, (f64, Place)>,
    /// The measures whose cell says that nothing happened, which is judged as zero.
    pub nothing: BTreeSet<String>,
}

/// The result of aggregating rows.
#[derive(Debug, PartialEq)]
pub struct Total {
    pub value: Option<f64>,
    pub rows: usize,
    pub cells: usize,
    pub places: BTreeSet<Place>,
}

impl TraceReader {
    pub fn new(project: &Path, traces: Value) -> Self {
        let parts = traces["records"].as_array().unwrap().iter().flat_map(|table| table["parts"].as_array().unwrap());
        let files: BTreeSet<String> = parts.map(|part| text(&part["file"])).collect();
        let read = |file: String| {
            let cells = book::cells(&std::fs::read(project.join(&file)).unwrap());
            (file, cells)
        };
        Self { books: files.into_iter().map(read).collect(), traces }
    }

    /// Returns the figures that count or add up rows.
    pub fn figures(&self) -> Vec<&Value> {
        let figures = self.traces["figures"].as_array().unwrap().iter();
        figures.filter(|figure| figure["aggregates"].is_array()).collect()
    }

    /// Recomputes a figure over rows, with the cells it depends on.
    pub fn compute(&self, figure: &Value) -> Total {
        let id = text(&figure["id"]);
        let scale = scale(figure["unit"].as_str().unwrap());
        let mut totals: Vec<Total> = figure["aggregates"].as_array().unwrap().iter().map(|a| self.total(a)).collect();
        let places = totals.iter().flat_map(|total| total.places.clone()).collect();
        let value = |at: usize| totals.get(at).and_then(|total| total.value);
        let value = match (value(0), value(1)) {
            (Some(part), Some(whole)) if id.contains(".attainment") => Some(part / whole * 100.0),
            (Some(part), Some(whole)) if id.contains(".yoy") => Some((part - whole) / whole * 100.0),
            (value, None) => value.map(|value| value / scale),
            _ => None,
        };
        let Total { rows, cells, .. } = totals.remove(0);
        Total { value, rows, cells, places }
    }

    fn total(&self, aggregate: &Value) -> Total {
        let mut rows = self.rows(&aggregate["records"]);
        for condition in aggregate["conditions"].as_array().unwrap() {
            rows = filter_rows(rows, condition);
        }
        let Some(measure) = aggregate["measure"].as_str() else {
            return Total {
                value: Some(rows.len() as f64),
                rows: rows.len(),
                cells: rows.len(),
                places: BTreeSet::new(),
            };
        };
        let numbers: Vec<&(f64, Place)> = rows.iter().filter_map(|row| row.numbers.get(measure)).collect();
        let value = (!numbers.is_empty()).then(|| numbers.iter().map(|(number, _)| number).sum());
        let places = numbers.iter().map(|(_, place)| place.clone()).collect();
        Total { value, rows: rows.len(), cells: numbers.len(), places }
    }

    /// Reads every row of a table.
    pub fn rows(&self, name: &Value) -> Vec<Row> {
        let table = self.traces["records"].as_array().unwrap().iter().find(|table| table["name"] == *name).unwrap();
        let parts = table["parts"].as_array().unwrap().iter();
        parts.flat_map(|part| runs(part["rows"].as_str().unwrap()).map(|row| self.row(part, row))).collect()
    }

    fn row(&self, part: &Value, row: u32) -> Row {
        let (file, sheet) = (text(&part["file"]), text(&part["sheet"]));
        let cells = &self.books[&file][&sheet];
        let text_at = |column: &Value| above(cells, row, column_of(column));
        let fields = part["fields"].as_object().unwrap().iter();
        let unit = match &part["unit_column"] {
            Value::Null => text(&part["unit"]),
            column => text_at(column),
        };
        let number = |(measure, column): (&String, &Value)| {
            let place = (row, column_of(column));
            let number = number(cells.get(&place)?, part["decimal"].as_str())?;
            let percent = part["percents"].get(column.as_str()?).and_then(Value::as_str).unwrap_or_default();
            let number = if runs(percent).any(|shown| shown == row) { number * 100.0 } else { number };
            let unit = part["units"].get(measure).and_then(Value::as_str).unwrap_or(&unit);
            Some((measure.clone(), (number * scale(unit), (file.clone(), sheet.clone(), place))))
        };
        let is_nothing = |(_, column): &(&String, &Value)| {
            cells.get(&(row, column_of(column))).is_some_and(|data| data.to_string().trim() == "-")
        };
        let columns = || part["columns"].as_object().unwrap().iter();
        Row {
            nothing: columns().filter(is_nothing).map(|(measure, _)| measure.clone()).collect(),
            fields: fields
                .map(|(name, column)| (name.clone(), text_at(column)))
                .chain(group(part, cells, row))
                .collect(),
            numbers: columns().filter_map(number).collect(),
        }
    }
}

/// Returns the field that holds the heading above a row, without the number of the heading.
fn group(part: &Value, cells: &BTreeMap<(u32, u32), Data>, row: u32) -> Option<(String, String)> {
    let mut places = part["groups"][1].as_array()?.iter().map(|cell| address(cell.as_str().unwrap()));
    let text = places.rfind(|(above, _)| *above < row).map(|place| cells[&place].to_string());
    let text = text.unwrap_or_default();
    let bare = text.split_once(". ").map_or(text.as_str(), |(_, bare)| bare).to_owned();
    Some((part["groups"][0].as_str()?.to_owned(), bare))
}

fn filter_rows(rows: Vec<Row>, condition: &Value) -> Vec<Row> {
    let number = |row: &Row, measure: &Value| {
        let measure = measure.as_str().unwrap();
        let zero = row.nothing.contains(measure).then_some(0.0);
        row.numbers.get(measure).map(|(number, _)| *number).or(zero)
    };
    let share = |row: &Row, part: &Value, whole: &Value| {
        let whole = number(row, whole).filter(|whole| *whole > 0.0)?;
        Some(number(row, part)? / whole * 100.0)
    };
    if let Some(is) = condition.get("is") {
        let wanted = normalised(is["words"].as_str().unwrap());
        let field = is["field"].as_str().unwrap();
        return rows.into_iter().filter(|row| normalised(&row.fields[field]) == wanted).collect();
    }
    if let Some(below) = condition.get("below") {
        let percent: f64 = below["percent"].as_str().unwrap().parse().unwrap();
        let is_below = |row: &Row| share(row, &below["part"], &below["whole"]).is_some_and(|share| share < percent);
        return rows.into_iter().filter(is_below).collect();
    }
    if let Some(has) = condition.get("has_data") {
        let has_data = |row: &Row| number(row, &has["measure"]).is_some() == (has["has_data"] == true);
        return rows.into_iter().filter(has_data).collect();
    }
    if let Some(unjudged) = condition.get("unjudged") {
        let is_unjudged = |row: &Row| share(row, &unjudged["part"], &unjudged["whole"]).is_none();
        return rows.into_iter().filter(is_unjudged).collect();
    }
    let tied = condition.get("tied");
    let first = tied.unwrap_or(&condition["first"]);
    let key = |row: &Row, by: &Value| match by.as_array().unwrap().as_slice() {
        [measure] => number(row, measure),
        [part, whole] => share(row, part, whole),
        other => panic!("{other:?}"),
    };
    if let Some(compared) = condition.get("compared") {
        let (limit, unit) = (&compared["limit"], compared["unit"].as_str());
        // A limit without unit has that of the rows, here millions; percentages have none.
        let factor = match unit {
            Some(unit) => scale(unit),
            None if compared["by"].as_array().unwrap().len() == 1 => 1e6,
            None => 1.0,
        };
        let fixed = limit.as_str().unwrap().parse::<f64>().ok().map(|number| number * factor);
        let holds = |row: &Row| {
            let both = key(row, &compared["by"]).zip(fixed.or_else(|| number(row, limit)));
            both.is_some_and(|(one, other)| match compared["relation"].as_str().unwrap() {
                "below" => one < other,
                "at_most" => one <= other,
                "above" => one > other,
                _ => one >= other,
            })
        };
        return rows.into_iter().filter(holds).collect();
    }
    let key = |row: &Row| key(row, &first["by"]);
    let mut ranked: Vec<(f64, Row)> = rows.into_iter().filter_map(|row| Some((key(&row)?, row))).collect();
    ranked.sort_by(|one, other| one.0.total_cmp(&other.0));
    if first["largest"] == true {
        ranked.reverse();
    }
    let count = first["count"].as_u64().unwrap() as usize;
    match tied {
        None => ranked.into_iter().take(count).map(|(_, row)| row).collect(),
        Some(_) => {
            let last = ranked[count - 1].0;
            ranked.into_iter().skip(count).filter(|(key, _)| *key == last).map(|(_, row)| row).collect()
        }
    }
}

/// Returns the text of a cell, or of the nearest cell above with text if it is empty or has a ditto mark.
fn above(cells: &BTreeMap<(u32, u32), Data>, row: u32, column: u32) -> String {
    let words = |row: u32| cells.get(&(row, column)).map(|data| data.to_string().trim().to_owned());
    let says = |words: &String| !words.is_empty() && words != "\"" && words != "nt";
    (0..=row).rev().find_map(|row| words(row).filter(says)).unwrap_or_default()
}

fn number(data: &Data, decimal: Option<&str>) -> Option<f64> {
    match data {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        Data::String(typed) if decimal == Some(",") => typed.replace('.', "").replace(',', ".").parse().ok(),
        Data::String(typed) => typed.replace(',', "").parse().ok(),
        _ => None,
    }
}

/// Returns the factor of a unit.
fn scale(unit: &str) -> f64 {
    match unit.split(' ').next().unwrap() {
        "tỷ" => 1e9,
        "triệu" => 1e6,
        _ => 1.0,
    }
}

/// Normalises case, blanks and the spelling of "thủy".
fn normalised(words: &str) -> String {
    words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").replace("thủy", "thuỷ")
}

/// Parses ranges of rows, which Excel counts from 1.
fn runs(written: &str) -> impl Iterator<Item = u32> + '_ {
    written.split(',').filter(|run| !run.is_empty()).flat_map(|run| {
        let (first, last) = run.split_once('-').unwrap_or((run, run));
        first.parse::<u32>().unwrap() - 1..last.parse::<u32>().unwrap()
    })
}

fn column_of(letters: &Value) -> u32 {
    address(&format!("{}1", letters.as_str().unwrap())).1
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
