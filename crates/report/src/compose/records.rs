//! Traces of figures over many rows: the conditions that selected the rows, and the location of their table's rows.
//!
//! Input: record tables and the aggregates over them. Output: traces from which every cell can be derived. Not here: a
//! list of every single cell.

use std::ops::Range;
use tonghop_core::model::cell::column_letters;
use tonghop_core::model::records::{Aggregate, Condition, Key, RecordPart, RecordTable};
use tonghop_core::model::trace::{AggregateTrace, ConditionTrace, PartTrace, RecordsTrace};

/// Returns the name of a table in traces: `sector.table`.
pub(super) fn name(table: &RecordTable) -> String {
    format!("{}.{}", table.sector, table.decl.name)
}

/// Returns the trace of a table: the files and rows of its parts.
pub(super) fn table(table: &RecordTable) -> RecordsTrace {
    RecordsTrace { name: name(table), parts: table.parts().map(|(part, rows)| of_part(table, part, rows)).collect() }
}

fn of_part(table: &RecordTable, part: &RecordPart, rows: Range<usize>) -> PartTrace {
    let fields = table.decl.fields.iter().zip(&part.fields);
    let units = part.columns.iter().filter_map(|c| Some((c.measure.to_string(), c.unit.as_ref()?.to_string())));
    PartTrace {
        department: part.department.clone(),
        file: part.file.clone(),
        sheet: part.sheet.clone(),
        rows: runs(rows.map(|row| table.at(row) + 1)),
        label: column_letters(part.label),
        fields: fields.map(|(field, column)| (field.name.clone(), column_letters(*column))).collect(),
        unit_column: part.unit.map(column_letters),
        unit: part.unit_above.to_string(),
        units: units.collect(),
        columns: part.columns.iter().map(|c| (c.measure.to_string(), column_letters(c.column))).collect(),
        decimal: part.decimal,
        percents: part.percents.iter().map(|(col, rows)| (column_letters(*col), excel_rows(rows))).collect(),
    }
}

fn excel_rows(rows: &[u32]) -> String {
    runs(rows.iter().map(|row| row + 1))
}

/// Formats ascending numbers as ranges: `8-207,210`.
fn runs(numbers: impl Iterator<Item = u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let written = |(first, last): (u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    runs.into_iter().map(written).collect::<Vec<_>>().join(",")
}

/// Returns the trace of what was counted or added up.
pub(super) fn aggregate(aggregate: &Aggregate) -> AggregateTrace {
    AggregateTrace {
        records: name(&aggregate.selection.table),
        measure: aggregate.measure.as_ref().map(ToString::to_string),
        conditions: aggregate.selection.conditions.iter().map(condition).collect(),
        rows: aggregate.selection.len(),
        cells: aggregate.cells,
    }
}

fn condition(condition: &Condition) -> ConditionTrace {
    match condition {
        Condition::Is { field, words } => ConditionTrace::Is { field: field.clone(), words: words.to_string() },
        Condition::Below { part, whole, percent } => ConditionTrace::Below {
            part: part.to_string(),
            whole: whole.to_string(),
            percent: percent.normalize().to_string(),
        },
        Condition::First { count, by, largest } => {
            let by = match by {
                Key::Amount(measure) => vec![measure.to_string()],
                Key::Percent(part, whole) => vec![part.to_string(), whole.to_string()],
            };
            ConditionTrace::First { count: *count, by, largest: *largest }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_as_runs() {
        for (rows, written) in [(vec![8, 9, 10, 12], "8-10,12"), (vec![3], "3"), (vec![], ""), (vec![1, 3], "1,3")] {
            assert_eq!(runs(rows.into_iter()), written);
        }
    }
}
