//! Compares the totals of open tables with the sums of the rows that they add up.
//!
//! Input: the open tables of a sector. Output: findings, each at the cell of a total. Not here: which rows are totals.

use super::contradictions::compare;
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::config::Config;
use tonghop_core::model::arithmetic_error::ArithmeticError;
use tonghop_core::model::figure::{Figure, Origin};
use tonghop_core::model::id::FilePath;
use tonghop_core::model::indicator::RelationKind;
use tonghop_core::model::measure::{FigureName, Measure};
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::records::{RecordTable, RecordTotal, Selection};
use tonghop_core::model::sector::Finding;
use tonghop_core::msg;

/// Returns the totals of a table that differ from the sums of their rows; `file` is the rule file that declares it.
pub(crate) fn total_contradictions(table: &Arc<RecordTable>, file: &FilePath, config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (part, total) in table.totals() {
        let rows = table.covered_rows(part, total);
        let comparison = TotalComparison { table, part, total, rows: &rows, file, config };
        // Rows that cannot be added up, such as those of different units, have no sum to compare with.
        let found = (0..total.amounts.len()).filter_map(|column| comparison.column(column).unwrap_or_default());
        findings.extend(found);
    }
    findings
}

/// One total with its rows.
struct TotalComparison<'a> {
    table: &'a RecordTable,
    part: usize,
    total: &'a RecordTotal,
    rows: &'a Selection,
    file: &'a FilePath,
    config: &'a Config,
}

impl TotalComparison<'_> {
    /// Compares the number of a column with the sum of its rows.
    fn column(&self, at: usize) -> Result<Option<Finding>, ArithmeticError> {
        let column = &self.table.parts[self.part].columns[at];
        let stated = column.unit.as_ref().unwrap_or(&self.total.unit);
        let sum = self.rows.sum(&column.measure)?;
        // A total without a unit has that of its rows.
        let unit = if stated.base.is_empty() { &sum.unit } else { stated }.clone();
        if unit.is_rate() || !sum.has_data() {
            return Ok(None);
        }
        let name = self.table.figure_name(column.measure.clone());
        let source = Arc::new(self.table.total_cell(self.part, self.total, at));
        let figure = Figure::new(name, self.total.amounts[at], unit, column.status, Origin::Cell(source));
        let figure = Arc::new(figure.with_print(self.table.decl.print));
        let rule = RuleLine { file: self.file.clone(), line: self.table.decl.line };
        let name = FigureName { measure: Measure::Computed, ..figure.name.clone() };
        let found = compare(name, RelationKind::Equal, &figure, &sum, rule)?;
        // A row that is not read may make up for the rest, but not for too little.
        let is_below = |found: &Finding| found.difference.amount.known().is_some_and(|rest| rest < Decimal::ZERO);
        let found = found.filter(|found| !self.total.has_unread_rows || is_below(found));
        Ok(found.map(|found| self.titled(found, &column.measure)))
    }

    fn titled(&self, found: Finding, measure: &Measure) -> Finding {
        let title = msg!(
            "\"{label}\" ({measure}): dòng cộng và cộng {rows} dòng của bảng {table}",
            "\"{label}\" ({measure}): the total and the sum of {rows} rows of the table {table}",
            label = self.total.label,
            measure = self.config.measure_message(measure),
            rows = self.rows.len(),
            table = self.table.decl.name
        );
        Finding { title, ..found }
    }
}
