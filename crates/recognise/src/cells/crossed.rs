//! Reads tables whose columns are indicators: each row is a member, the total, the reporting period, or a measure.
//!
//! Input: a row of such a table. Output: candidate observations. Not here: tables whose rows are indicators.

use super::column_values::read_value;
use super::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::column::{ColumnRole, SheetColumn};
use crate::layout::value;
use crate::matching::index::CrossedRow;
use std::collections::BTreeSet;
use tonghop_core::model::cell::CellRef;
use tonghop_core::vi::lexicon;

/// A table whose columns name indicators.
pub(crate) struct CrossedTable {
    /// The columns for which some row of the table is a member of their indicator.
    member_columns: BTreeSet<u32>,
}

impl CrossedTable {
    /// Looks up the rows that are members.
    pub(crate) fn new(context: &SheetContext<'_, '_>, block: &TableBlock, rows: &[MatchedRow<'_, '_, '_>]) -> Self {
        let has_member = |indicator: &str| {
            let mut labels = rows.iter().map(|matched| matched.row.label_key.as_str());
            labels
                .any(|label| context.index.find_crossed(indicator, CrossedRow::Member(label), &block.titles).is_some())
        };
        let named = block.columns.iter().filter_map(|c| Some((c.index, &c.cross_indicator.as_ref()?.0)));
        Self { member_columns: named.filter(|(_, name)| has_member(name)).map(|(index, _)| index).collect() }
    }

    /// Returns whether a row has numbers of the indicators whose members the other rows are.
    pub(crate) fn has_numbers(&self, matched: &MatchedRow<'_, '_, '_>) -> bool {
        self.member_columns.iter().any(|col| matched.row.cells.cell(*col).is_some_and(value::is_number))
    }

    /// Reads a row in the columns that name indicators; returns whether it has a figure of one, or is of another period.
    pub(crate) fn read(
        &self,
        context: &SheetContext<'_, '_>,
        block: &TableBlock,
        matched: &MatchedRow<'_, '_, '_>,
        result: &mut SheetResult,
    ) -> bool {
        if !block.columns.iter().any(|column| column.cross_indicator.is_some()) {
            return false;
        }
        let (row, of_row) = crossed_row(context, matched);
        let mut problems = Vec::new();
        let mut found = false;
        for column in &block.columns {
            let Some((indicator, role)) = &column.cross_indicator else { continue };
            let Some(meaning) = context.index.find_crossed(indicator, row, &block.titles) else { continue };
            // A total of other things is not that of the members.
            let is_total = matches!(row, CrossedRow::Total) && meaning.0.decl.parent.is_none();
            if is_total && !self.member_columns.contains(&column.index) {
                continue;
            }
            found = true;
            result.crossed_columns.insert(CellRef::new(block.heading_row, column.index));
            let role = of_row.as_ref().unwrap_or(role).clone();
            let column = SheetColumn { role, ..column.clone() };
            read_value(context, block, &column, matched, meaning, &mut problems, result);
        }
        result.is_recognised |= found;
        result.diagnostics.append(&mut problems);
        found || context.headings.is_period(&matched.row.label_text)
    }
}

/// Returns what a row is of the indicators in the columns, and its role if it is a measure: "Kế hoạch", "Thực hiện", or
/// "Tháng 3" of a series.
fn crossed_row<'m>(
    context: &SheetContext<'_, '_>,
    matched: &'m MatchedRow<'_, '_, '_>,
) -> (CrossedRow<'m>, Option<ColumnRole>) {
    let (label, text) = (&matched.row.label_key, &matched.row.label_text);
    if context.headings.is_period_total(text) {
        return (CrossedRow::Measure, None);
    }
    if lexicon::is_total(label) {
        return (CrossedRow::Total, None);
    }
    let reading = context.headings.read(&[text]);
    let is_measure = match &reading.role {
        ColumnRole::Value(measure, _) => reading.meaning.measure.is_some() || context.headings.is_of_series(measure),
        ColumnRole::Plan => reading.meaning.measure.is_some(),
        _ => false,
    };
    match is_measure {
        true => (CrossedRow::Measure, Some(reading.role)),
        false => (CrossedRow::Member(label), None),
    }
}
