//! Reads tables whose columns are indicators: each row is a member, the total, the reporting period, or a measure.
//!
//! Input: a row of such a table. Output: candidate observations. Not here: tables whose rows are indicators.

use super::measures::read_value;
use super::sheet_result::{MatchedRow, SheetContext, SheetResult};
use crate::layout::block::TableBlock;
use crate::layout::column::{ColumnRole, SheetColumn};
use crate::matching::index::CrossedRow;
use tonghop_core::model::cell::CellRef;
use tonghop_core::vi::lexicon;

/// Reads a row in the columns that name indicators; returns whether it has a figure of one.
pub(crate) fn read(
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
        found = true;
        result.crossed_columns.insert(CellRef::new(block.heading_row, column.index));
        let role = of_row.as_ref().unwrap_or(role).clone();
        let column = SheetColumn { role, ..column.clone() };
        read_value(context, block, &column, matched, meaning, &mut problems, result);
    }
    result.is_recognised |= found;
    result.diagnostics.append(&mut problems);
    found
}

/// Returns what a row is of the indicators in the columns, and its role if it is a measure: "Kế hoạch", "Thực hiện".
fn crossed_row<'m>(
    context: &SheetContext<'_, '_>,
    matched: &'m MatchedRow<'_, '_, '_>,
) -> (CrossedRow<'m>, Option<ColumnRole>) {
    let (label, text) = (&matched.row.label_key, &matched.row.label_text);
    if lexicon::is_total(label) || context.headings.is_period_total(text) {
        return (CrossedRow::Total, None);
    }
    let reading = context.headings.read(&[text]);
    let is_measure =
        reading.meaning.measure.is_some() && matches!(reading.role, ColumnRole::Value(..) | ColumnRole::Plan);
    match is_measure {
        true => (CrossedRow::Measure, Some(reading.role)),
        false => (CrossedRow::Member(label), None),
    }
}
