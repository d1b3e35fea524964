//! Traces of figures over many rows: the conditions that selected the rows, and the location of their table's rows.
//!
//! Input: record tables and the aggregates over them. Output: traces from which every cell can be derived. Not here: a
//! list of every single cell.

use std::ops::Range;
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::records::{Aggregate, Condition, Limit, RecordPart, RecordTable, SortKey, excel_runs};
use tonghop_core::model::trace::{AggregateTrace, ConditionTrace, PartTrace, RecordsTrace};

/// Returns the name of a table in traces: `sector.table`.
pub(super) fn table_name(table: &RecordTable) -> String {
    format!("{}.{}", table.sector, table.decl.name)
}

/// Returns the trace of a table: the files and rows of its parts.
pub(super) fn records_trace(table: &RecordTable) -> RecordsTrace {
    RecordsTrace {
        name: table_name(table),
        parts: table.parts().map(|(part, rows)| part_trace(table, part, rows)).collect(),
    }
}

fn part_trace(table: &RecordTable, part: &RecordPart, rows: Range<usize>) -> PartTrace {
    let fields = table.decl.fields.iter().zip(&part.field_columns);
    let units = part.columns.iter().filter_map(|c| Some((c.measure.to_string(), c.unit.as_ref()?.to_string())));
    PartTrace {
        department: part.department.clone(),
        file: part.file.clone(),
        sheet: part.sheet.clone(),
        rows: row_ranges(rows.map(|row| table.sheet_row(row) + 1)),
        label: column_letters(part.label_column),
        fields: fields.map(|(field, column)| (field.name.clone(), column_letters(*column))).collect(),
        groups: table.decl.group.as_ref().map(|name| {
            let cells = part.groups.iter().map(|group| group.cell.to_string());
            (name.clone(), cells.collect())
        }),
        unit_column: part.unit_column.map(column_letters),
        unit: part.default_unit.to_string(),
        units: units.collect(),
        columns: part.columns.iter().map(|c| (c.measure.to_string(), column_letters(c.column))).collect(),
        decimal: part.decimal_separator,
        percents: part.percent_rows.iter().map(|(col, rows)| (column_letters(*col), excel_rows(rows))).collect(),
    }
}

fn excel_rows(rows: &[u32]) -> String {
    row_ranges(rows.iter().map(|row| row + 1))
}

/// Formats ascending numbers as ranges: `8-207,210`.
fn row_ranges(numbers: impl Iterator<Item = u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let written = |(first, last): (u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    ranges.into_iter().map(written).collect::<Vec<_>>().join(",")
}

/// Returns the trace of what was counted or added up.
pub(super) fn aggregate_trace(aggregate: &Aggregate) -> AggregateTrace {
    AggregateTrace {
        records: table_name(&aggregate.selection.table),
        measure: aggregate.measure.as_ref().map(ToString::to_string),
        conditions: aggregate.selection.conditions.iter().map(condition_trace).collect(),
        rows: aggregate.selection.len(),
        cells: aggregate.cell_count,
    }
}

fn condition_trace(condition: &Condition) -> ConditionTrace {
    match condition {
        Condition::Is { field, words } => ConditionTrace::Is { field: field.clone(), words: words.to_string() },
        Condition::Rows { file, sheet, runs } => {
            ConditionTrace::Rows { file: file.clone(), sheet: sheet.clone(), rows: excel_runs(runs) }
        }
        Condition::Below { part, whole, percent } => ConditionTrace::Below {
            part: part.to_string(),
            whole: whole.to_string(),
            percent: percent.normalize().to_string(),
        },
        Condition::HasData { measure, has_data } => {
            ConditionTrace::HasData { measure: measure.to_string(), has_data: *has_data }
        }
        Condition::Compared { by, relation, limit } => {
            let (limit, unit) = match limit {
                Limit::Measure(measure) => (measure.to_string(), String::new()),
                Limit::Amount(limit) => {
                    let number = limit.amount.counted().map(|number| number.normalize().to_string());
                    (number.unwrap_or_default(), limit.unit.to_string())
                }
            };
            ConditionTrace::Compared { by: names(by), relation: relation.name().to_owned(), limit, unit }
        }
        Condition::Unjudged { part, whole } => {
            ConditionTrace::Unjudged { part: part.to_string(), whole: whole.to_string() }
        }
        Condition::First { count, by, largest } => {
            ConditionTrace::First { count: *count, by: names(by), largest: *largest }
        }
        Condition::Tied { count, by, largest } => {
            ConditionTrace::Tied { count: *count, by: names(by), largest: *largest }
        }
    }
}

fn names(key: &SortKey) -> Vec<String> {
    match key {
        SortKey::Amount(measure) => vec![measure.to_string()],
        SortKey::Percent(part, whole) => vec![part.to_string(), whole.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_as_runs() {
        for (rows, written) in [(vec![8, 9, 10, 12], "8-10,12"), (vec![3], "3"), (vec![], ""), (vec![1, 3], "1,3")] {
            assert_eq!(row_ranges(rows.into_iter()), written);
        }
    }
}
