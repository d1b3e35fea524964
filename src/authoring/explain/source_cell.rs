//! Formats a figure and a source cell for explanations.

use crate::authoring::text_page::TextPage;
use crate::pipeline::Run;
use tonghop_core::model::provenance::Source;
use tonghop_core::msg;

pub(super) use tonghop_core::vi::format::figure_message as value_message;

/// Adds a source cell: its place, its content, and the labels of its row and column.
pub(super) fn push_cell(page: &mut TextPage, depth: usize, source: &Source, run: &Run) {
    let department = run.config.department(source.department.as_str()).map_or(source.department.as_str(), |d| &d.name);
    page.push_line(
        depth,
        msg!("ô {source}: \"{raw}\" ({department})", "cell {source}: \"{raw}\" ({department})", raw = source.raw),
    );
    let (row, column) = (&source.labels.row, &source.labels.column);
    if !row.is_empty() || !column.is_empty() {
        page.push_line(depth + 1, msg!("dòng \"{row}\", cột \"{column}\"", "row \"{row}\", column \"{column}\""));
    }
}
