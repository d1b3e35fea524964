//! Formats a figure and a source cell for explanations.

use crate::authoring::text_page::TextPage;
use crate::pipeline::Run;
use tonghop_core::diag::Message;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::measure::Status;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::quantity::round_half_up;
use tonghop_core::msg;
use tonghop_core::vi::format;

/// The maximum number of decimals shown.
const DECIMALS: u32 = 4;

/// Formats the value of a figure: `3.314 tỷ đồng`.
pub(super) fn value_message(figure: &Figure) -> Message {
    let Amount::Known(number) = figure.amount else {
        return match figure.amount {
            Amount::NotApplicable => Message::new("không phát sinh", "not applicable"),
            _ => Message::new("chưa có số liệu", "no data"),
        };
    };
    let quantity = format::quantity_message(round_half_up(number, DECIMALS), &figure.unit.to_string());
    match figure.status {
        Status::Final => quantity,
        Status::Estimate => msg!("{quantity} (ước)", "{quantity} (estimate)", quantity = quantity),
    }
}

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
