//! Formats a figure and a source cell for explanations.

use crate::authoring::page::Page;
use crate::pipeline::Run;
use tonghop_core::diag::Words;
use tonghop_core::model::figure::Figure;
use tonghop_core::model::measure::Status;
use tonghop_core::model::provenance::Source;
use tonghop_core::model::quantity::Amount;
use tonghop_core::model::quantity::round_half_up;
use tonghop_core::say;
use tonghop_core::vi::format;

/// The maximum number of decimals shown.
const DECIMALS: u32 = 4;

/// Formats the value of a figure: `3.314 tỷ đồng`.
pub(super) fn value(figure: &Figure) -> Words {
    let Amount::Known(number) = figure.amount else {
        return match figure.amount {
            Amount::NotApplicable => Words::new("không phát sinh", "not applicable"),
            _ => Words::new("chưa có số liệu", "no data"),
        };
    };
    let quantity = format::named(round_half_up(number, DECIMALS), &figure.unit.to_string());
    match figure.status {
        Status::Final => quantity,
        Status::Estimate => say!("{quantity} (ước)", "{quantity} (estimate)", quantity = quantity),
    }
}

/// Adds a source cell: its place, its content, and the labels of its row and column.
pub(super) fn cell(page: &mut Page, depth: usize, source: &Source, run: &Run) {
    let department = run.config.department(source.department.as_str()).map_or(source.department.as_str(), |d| &d.name);
    page.line(
        depth,
        say!("ô {source}: \"{raw}\" ({department})", "cell {source}: \"{raw}\" ({department})", raw = source.raw),
    );
    let (row, column) = (&source.labels.row, &source.labels.column);
    if !row.is_empty() || !column.is_empty() {
        page.line(depth + 1, say!("dòng \"{row}\", cột \"{column}\"", "row \"{row}\", column \"{column}\""));
    }
}
