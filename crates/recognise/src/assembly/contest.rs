//! Decides between the cells that give one figure.
//!
//! Input: all candidate observations of a project, and what the settings say about files and departments. Output: one
//! figure per key on which the cells agree or a setting decides; the keys that stay contested, with all their figures;
//! a diagnostic for what is not used. Not here: whole files (see [`super::versions`]), corrections.
//!
//! The order of sheets, rows, files and departments decides nothing: where cells disagree and no setting applies, none
//! is used. Forms with the same figures that disagree somewhere (see [`super::rivals`]) are not used at all: an equal
//! number in the forms of two places is a coincidence.

use super::comparison::{format_amount, is_same_number};
use super::key_cells::{SectorDepartments, group_by_key};
use super::precedence::Precedence;
use super::rivals::Rivals;
use crate::cells::sheet_result::CandidateObservation;
use std::collections::BTreeMap;
use tonghop_core::config::Config;
use tonghop_core::diag::{Code, Diagnostic, Diagnostics, Message, Place};
use tonghop_core::model::dataset::{ContestedFigure, ObservationKey};
use tonghop_core::model::figure::{Figure, FigureRef};
use tonghop_core::msg;

/// The number of cells that one message names.
const MAX_CELLS: usize = 10;

/// The result of the decisions.
#[derive(Default)]
pub(super) struct Decisions {
    pub chosen: BTreeMap<ObservationKey, FigureRef>,
    pub contested: BTreeMap<ObservationKey, ContestedFigure>,
    pub diagnostics: Diagnostics,
}

/// Decides between candidates, which must be in the order of the workbooks.
pub(super) fn decide(
    candidates: &[CandidateObservation],
    departments: &SectorDepartments<'_>,
    files: &Precedence,
    config: &Config,
) -> Decisions {
    let cells = group_by_key(candidates, departments, files);
    let rivals = Rivals::find(&cells);
    let mut decisions = Decisions::default();
    for of_key in &cells {
        let Some(first) = of_key.eligible.first() else { continue };
        let is_in_contested_form = of_key.eligible.iter().any(|cell| rivals.contains(&cell.form));
        if is_in_contested_form || of_key.has_differences() {
            let figures = of_key.eligible.iter().map(|cell| cell.candidate.figure.clone()).collect();
            let label = first.candidate.label.clone();
            let contested = ContestedFigure { label, figures, is_in_contested_form };
            decisions.contested.insert(of_key.key.clone(), contested);
            continue;
        }
        let used = &first.candidate.figure;
        let others = of_key.replaced.iter().filter(|other| !is_same_number(used, &other.candidate.figure));
        decisions.diagnostics.extend(others.map(|other| replaced_cell(first.candidate, other.candidate, config)));
        decisions.chosen.insert(of_key.key.clone(), used.clone());
    }
    decisions.diagnostics.extend(rivals.diagnostics(config));
    decisions
}

/// Returns a diagnostic for each contested figure that no correction decided and no contested form explains.
pub fn contested_cells<'d>(
    contested: impl IntoIterator<Item = (&'d ObservationKey, &'d ContestedFigure)>,
    config: &Config,
) -> Diagnostics {
    let single = contested.into_iter().filter(|(_, figure)| !figure.is_in_contested_form);
    single.map(|(key, figure)| contested_cell(key, figure, config)).collect()
}

fn replaced_cell(chosen: &CandidateObservation, other: &CandidateObservation, config: &Config) -> Diagnostic {
    let used: &Figure = &chosen.figure;
    let place = used.sources().first().map_or(Place::Project, |source| Place::from_source(source));
    let message = msg!(
        "\"{label}\" ({measure}) có hai số khác nhau: {first} và {second}; dùng số thứ nhất, {reason}",
        "\"{label}\" ({measure}) has two different numbers: {first} and {second}; the first is used, {reason}",
        label = other.label,
        measure = config.measure_message(&other.key.measure),
        first = format_amount(used),
        second = format_amount(&other.figure),
        reason = if other.is_hidden {
            Message::new("vì số kia nằm ở chỗ đang ẩn", "because the other one is hidden")
        } else if other.exactness < chosen.exactness {
            Message::new("vì tiêu đề cột đúng như khai báo", "because its heading is the declared one")
        } else {
            Message::new("theo [duplicates] trong tonghop.toml", "by [duplicates] in tonghop.toml")
        }
    );
    Diagnostic::new(Code::CellRepeated, place, message).with_place(Place::from_source(&other.source)).with_hint(
        Message::new(
            "xóa số không đúng, hoặc để một đơn vị báo cáo chỉ tiêu này",
            "delete the wrong number, or let only one department report this indicator",
        ),
    )
}

fn contested_cell(key: &ObservationKey, contested: &ContestedFigure, config: &Config) -> Diagnostic {
    let mut numbers: Vec<Message> =
        contested.figures.iter().take(MAX_CELLS).map(|figure| format_amount(figure)).collect();
    if contested.figures.len() > MAX_CELLS {
        numbers.push(Message::verbatim("…"));
    }
    let message = msg!(
        "\"{label}\" ({measure}) có các số khác nhau: {numbers}; không dùng số nào",
        "\"{label}\" ({measure}) has different numbers: {numbers}; none of them is used",
        label = contested.label,
        measure = config.measure_message(&key.measure),
        numbers = Message::join(&numbers, "; "),
    );
    let hint = msg!(
        "xóa số không đúng, hoặc ghi số đúng của {name} vào workbooks/dieu-chinh.csv; nếu mỗi số là của một nơi (xã, phường) thì khai báo các nơi trong [members] của tonghop.toml",
        "delete the wrong number, or write the right number of {name} into workbooks/dieu-chinh.csv; if each number is that of a place (a commune, a ward), declare the places in [members] of tonghop.toml",
        name = format!("{}.{}", key.sector, key.indicator),
    );
    let places = contested.figures.iter().take(MAX_CELLS).flat_map(|figure| figure.sources());
    let places: Vec<Place> = places.map(|source| Place::from_source(&source)).collect();
    Diagnostic { places, ..Diagnostic::new(Code::CellContested, Place::Project, message) }.with_hint(hint)
}
