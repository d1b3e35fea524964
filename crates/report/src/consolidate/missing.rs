//! Finds the indicators that workbooks should contain and that have no data.
//!
//! Input: the results of a sector and what was read. Output: the indicators, and one diagnostic for each sector. Not
//! here: cells that are refused or contradict each other, which are reported where they are.

use super::{ReceivedInputs, expected_rows};
use tonghop_core::diag::{Code, Diagnostic, Place};
use tonghop_core::message::{Message, quoted_labels};
use tonghop_core::model::figure::FigureRef;
use tonghop_core::model::id::IndicatorId;
use tonghop_core::model::indicator::{IndicatorDecl, ParentRelation};
use tonghop_core::model::measure::Measure;
use tonghop_core::model::provenance::RuleLine;
use tonghop_core::model::sector::{IndicatorRow, SectorReport};
use tonghop_core::msg;

/// Returns the indicators that workbooks should contain and that have no actual figure.
///
/// An indicator without a cell for its actual figure is not among them if its other measures, or its parts, were read:
/// the form does not ask for it.
pub(super) fn indicators_without_data<'s>(
    sector: &'s SectorReport,
    received: ReceivedInputs<'s>,
) -> impl Iterator<Item = &'s IndicatorDecl> {
    let is_asked = move |indicator: &IndicatorDecl, row: &IndicatorRow| {
        let key = (sector.decl.id.clone(), indicator.id.clone());
        let has_cell = received.unfilled.is_some_and(|unfilled| unfilled.contains_key(&key));
        let has_cell = has_cell || received.read.is_some_and(|read| read.contains(&key));
        has_cell || !(has_custom_measure(row) || has_part_with_data(sector, &indicator.id))
    };
    let without_data = expected_rows(sector).filter(|(_, row)| !has_actual(row));
    without_data.filter(move |(indicator, row)| is_asked(indicator, row)).map(|(indicator, _)| indicator)
}

fn has_actual(row: &IndicatorRow) -> bool {
    row.figure(&Measure::Actual).is_some_and(|figure| figure.has_data())
}

fn has_custom_measure(row: &IndicatorRow) -> bool {
    let is_custom = |figure: &&FigureRef| matches!(figure.name.measure, Measure::Custom(_));
    row.figures.iter().filter(is_custom).any(|figure| figure.has_data())
}

fn has_part_with_data(sector: &SectorReport, whole: &IndicatorId) -> bool {
    let mut parts = sector.decl.related_children(whole, ParentRelation::Part);
    let has_data = |part: &IndicatorDecl| sector.rows.iter().any(|row| row.indicator == part.id && has_actual(row));
    parts.any(has_data)
}

/// Reports the indicators of a sector without an actual figure; those that a cell has are reported at their cells.
pub(super) fn missing_indicators(sector: &SectorReport, received: ReceivedInputs<'_>) -> Option<Diagnostic> {
    let is_read = |indicator: &&IndicatorDecl| {
        received.read.is_some_and(|read| read.contains(&(sector.decl.id.clone(), indicator.id.clone())))
    };
    let missing: Vec<&IndicatorDecl> =
        indicators_without_data(sector, received).filter(|indicator| !is_read(indicator)).collect();
    let first = missing.first()?;
    let has_other_figures = |indicator: &&IndicatorDecl| {
        let row = sector.rows.iter().find(|row| row.indicator == indicator.id);
        row.is_some_and(|row| row.figures.iter().any(|figure| figure.has_data()))
    };
    let (partly, wholly): (Vec<&IndicatorDecl>, Vec<&IndicatorDecl>) =
        missing.iter().partition(|indicator| has_other_figures(indicator));
    let labels = |indicators: &[&IndicatorDecl]| {
        quoted_labels(&indicators.iter().map(|indicator| indicator.label.as_str()).collect::<Vec<_>>())
    };
    let no_data = msg!("chưa có số liệu của {names}", "no data for {names}", names = labels(&wholly));
    let no_actual = msg!("chưa có số thực hiện của {names}", "no actual figures for {names}", names = labels(&partly));
    let missing_words = match (wholly.is_empty(), partly.is_empty()) {
        (_, true) => no_data,
        (true, _) => no_actual,
        _ => Message::join(&[no_data, no_actual], "; "),
    };
    let message = msg!("{title}: {missing}", "{title}: {missing}", title = sector.decl.title, missing = missing_words);
    let hint = Message::new(
        "kiểm tra đơn vị đã gửi biểu chưa, và tên dòng trong biểu có khớp với tên trong quy tắc không",
        "check that the department has sent its workbook, and that the row has the same name as in the rules",
    );
    let rule = RuleLine { file: sector.decl.file.clone(), line: first.line };
    Some(Diagnostic::new(Code::IndicatorMissing, Place::Rule(rule), message).with_hint(hint))
}
