//! Turns the value of one cell into a candidate observation in the unit of its indicator.
//!
//! Input: a cell with its measure, status and stated unit. Output: a candidate, and a diagnostic for each conversion.
//! Not here: which cells a row has.

use super::sheet_result::{CandidateObservation, SheetContext};
use crate::layout::cell_reading::{self, CellReading, Scaling};
use crate::layout::column::Exactness;
use crate::layout::value::CellAmount;
use crate::matching::index::Candidate;
use rust_decimal::Decimal;
use std::sync::Arc;
use tonghop_core::diag::{Code, Diagnostic, Message, Place};
use tonghop_core::model::cell::{CellRef, RawCell, RawValue};
use tonghop_core::model::dataset::ObservationKey;
use tonghop_core::model::figure::{Figure, FigureRef, Origin};
use tonghop_core::model::measure::{FigureName, Measure, Qualifier, Status};
use tonghop_core::model::provenance::{RuleLine, Source};
use tonghop_core::model::quantity::{Amount, Unit};
use tonghop_core::vi::format::exact_message;
use tonghop_core::{msg, vi};

/// A cell with a value, with everything that is needed to make an observation of it.
pub(super) struct MeasureCell<'c, 'a> {
    pub candidate: &'c Candidate<'a>,
    pub cell_ref: CellRef,
    /// The labels of its row and of its column.
    pub labels: (&'c str, &'c str),
    pub raw: &'c RawCell,
    pub measure: Measure,
    pub status: Status,
    pub qualifier: Option<Qualifier>,
    /// The expected unit: that of the measure, else of the indicator.
    pub expected_unit: &'c Unit,
    /// The unit that the workbook states for the cell, if it does.
    pub stated_unit: Option<Unit>,
    /// The unit cell of the row, if the unit is from there.
    pub unit_cell: Option<CellRef>,
    pub parent_score: usize,
    /// Whether the labels of its table have no heading.
    pub is_unlabelled: bool,
    /// How exactly the heading of its column says the measure.
    pub exactness: Exactness,
}

/// Creates the candidate of a cell; `None` if it has no value, with a diagnostic if its content is unreadable.
pub(super) fn make_candidate(
    context: &SheetContext<'_, '_>,
    cell: &MeasureCell<'_, '_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<CandidateObservation> {
    let CellReading { amount, stated, qualifier, is_estimate, marks, scaling } = read_as_displayed(context, cell);
    let (amount, note) = match amount {
        CellAmount::Number(number) => {
            (Amount::Known(number), scaling.map(|scaling| displayed_number(context, cell, number, scaling)))
        }
        CellAmount::TextNumber(number) => (Amount::Known(number), Some(number_as_text(context, cell, number, &marks))),
        CellAmount::NotApplicable => (Amount::NotApplicable, None),
        CellAmount::Missing => return None,
        CellAmount::Unreadable(fault) => {
            let (wrong, hint) = fault.explain();
            let message = msg!(
                "\"{label}\": ô \"{content}\" {wrong}; số liệu coi như chưa có",
                "\"{label}\": the cell \"{content}\" {wrong}; it is treated as no data",
                label = cell.candidate.decl.label,
                content = format_content(cell.raw),
                wrong = wrong
            );
            problems.push(context.problem(Code::NumberUnreadable, cell.cell_ref, message).with_hint(hint));
            return None;
        }
    };
    let source = context.source(cell.cell_ref, cell.labels.0, cell.labels.1);
    let (own, at) = (OwnWords { unit: stated, qualifier, is_estimate }, problems.len());
    let figure = build_figure(context, cell, (amount, &own), &source, problems)?;
    // How a number was read matters only if it is used.
    problems.splice(at..at, note);
    let (sector, decl) = (cell.candidate.sector, cell.candidate.decl);
    let key = ObservationKey { sector: sector.id.clone(), indicator: decl.id.clone(), measure: cell.measure.clone() };
    let hidden = context.sheet.is_hidden || context.is_hidden(cell.cell_ref);
    Some(CandidateObservation {
        key,
        label: decl.label.clone(),
        figure,
        source,
        parent_score: cell.parent_score,
        exactness: cell.exactness,
        is_unlabelled: cell.is_unlabelled,
        is_hidden: hidden,
    })
}

/// What a cell says of its own number; it comes before what its row and its heading say.
struct OwnWords {
    unit: Option<Unit>,
    qualifier: Option<Qualifier>,
    is_estimate: bool,
}

/// Reads the content of a cell; without a declared unit, the form determines the expected one.
fn read_as_displayed(context: &SheetContext<'_, '_>, cell: &MeasureCell<'_, '_>) -> CellReading {
    let of_form = cell.stated_unit.as_ref().filter(|_| cell.expected_unit.base.is_empty());
    cell_reading::read_cell(cell.raw, context.convention, of_form.unwrap_or(cell.expected_unit))
}

/// Reports the unit of an indicator that differs from the usual word of the form in its marks only.
fn misspelt_unit(candidate: &Candidate<'_>, stated: &Unit, declared: &Unit) -> Diagnostic {
    let message = msg!(
        "đơn vị tính trong quy tắc là \"{declared}\", trong biểu là \"{stated}\"; hai cách viết được coi là một",
        "the unit in the rule is \"{declared}\", in the workbook \"{stated}\"; they are taken as one",
        declared = declared,
        stated = stated
    );
    let rule = RuleLine { file: candidate.sector.file.clone(), line: candidate.decl.line };
    Diagnostic::new(Code::UnitMismatch, Place::Rule(rule), message).with_hint(Message::new(
        "sửa đơn vị tính trong quy tắc: báo cáo in đúng như quy tắc viết",
        "correct the unit in the rule: the report prints it as the rule writes it",
    ))
}

/// Builds the figure in the unit of its indicator.
fn build_figure(
    context: &SheetContext<'_, '_>,
    cell: &MeasureCell<'_, '_>,
    (amount, own): (Amount, &OwnWords),
    source: &Arc<Source>,
    problems: &mut Vec<Diagnostic>,
) -> Option<FigureRef> {
    let decl = cell.candidate.decl;
    let stated = own
        .unit
        .as_ref()
        .or(cell.stated_unit.as_ref())
        .filter(|_| amount.known().is_some())
        .unwrap_or(cell.expected_unit);
    // An indicator declared without a unit has the unit of the form.
    let declared = if cell.expected_unit.base.is_empty() { stated } else { cell.expected_unit };
    let is_misspelt = vi::unit::is_misspelling(stated, declared);
    if is_misspelt && vi::unit::is_usual(&stated.label) {
        problems.push(misspelt_unit(cell.candidate, stated, declared));
    }
    let respelt = Unit { scale: stated.scale, ..declared.clone() };
    let stated = if is_misspelt { &respelt } else { stated };
    if !stated.has_same_base(declared) {
        let message = msg!(
            "\"{label}\": đơn vị tính trong biểu là \"{stated}\", của chỉ tiêu là \"{unit}\"; số liệu không được đọc",
            "\"{label}\": the unit in the workbook is \"{stated}\", but the unit of the indicator is \"{unit}\"; the figure was not read",
            label = decl.label,
            stated = stated,
            unit = declared
        );
        let cell_ref = cell.unit_cell.filter(|_| own.unit.is_none()).unwrap_or(cell.cell_ref);
        let rule = RuleLine { file: cell.candidate.sector.file.clone(), line: decl.line };
        problems.push(context.problem(Code::UnitMismatch, cell_ref, message).with_place(Place::Rule(rule)).with_hint(Message::new(
            "nếu đơn vị tính trong biểu ghi nhầm thì sửa lại; nếu biểu đúng, báo văn phòng xem lại đơn vị tính của chỉ tiêu",
            "correct the unit in the workbook if it is wrong; if the workbook is right, tell the office to check the unit of the indicator",
        )));
        return None;
    }
    let name = FigureName {
        sector: cell.candidate.sector.id.clone(),
        indicator: decl.id.clone(),
        measure: cell.measure.clone(),
    };
    let unit = if stated.scale == declared.scale { declared } else { stated };
    let mut print = decl.print_format(&cell.measure);
    // In another scale, other decimals would be seen; percentages are printed alike everywhere.
    if print.decimals.is_none() && stated.scale == declared.scale && &*declared.base != "%" {
        print.decimals = amount.known().and_then(|number| cell_reading::seen_decimals(cell.raw, number));
    }
    let status = if own.is_estimate { Status::Estimate } else { cell.status };
    let figure = Figure::new(name, amount, unit.clone(), status, Origin::Cell(Arc::clone(source)));
    let qualifier = own.qualifier.or(cell.qualifier);
    match Arc::new(figure.with_print(print).with_qualifier(qualifier)).rescaled(declared) {
        Ok(figure) => {
            if stated.scale != declared.scale {
                problems.push(unit_converted(context, cell, stated));
            }
            Some(figure)
        }
        Err(error) => {
            let message =
                msg!("\"{label}\": {error}", "\"{label}\": {error}", label = decl.label, error = error.message());
            let hint = Message::new("kiểm tra lại số đã nhập", "check the number that was entered");
            problems.push(context.problem(Code::NumberUnreadable, cell.cell_ref, message).with_hint(hint));
            None
        }
    }
}

/// Reports that a cell displays another number than it stores.
fn displayed_number(
    context: &SheetContext<'_, '_>,
    cell: &MeasureCell<'_, '_>,
    number: Decimal,
    scaling: Scaling,
) -> Diagnostic {
    let (label, content, shown) = (&cell.candidate.decl.label, format_content(cell.raw), exact_message(number));
    let message = match scaling {
        Scaling::Percent => msg!(
            "\"{label}\": ô {content} có định dạng phần trăm, đọc là {percent}%",
            "\"{label}\": the cell {content} has a percent format and is read as {percent}%",
            content = content,
            percent = shown
        ),
        Scaling::Thousands(times) => msg!(
            "\"{label}\": ô {content} có định dạng hiển thị chia cho {divisor}, đọc là {shown} như trên màn hình",
            "\"{label}\": the number format divides the cell {content} by {divisor}; read as {shown}, as displayed",
            content = content,
            divisor = exact_message(Decimal::from(1_000_u64.saturating_pow(times))),
            shown = shown
        ),
    };
    context.problem(Code::UnitConverted, cell.cell_ref, message)
}

fn number_as_text(
    context: &SheetContext<'_, '_>,
    cell: &MeasureCell<'_, '_>,
    number: Decimal,
    marks: &str,
) -> Diagnostic {
    let (label, content, number) = (&cell.candidate.decl.label, format_content(cell.raw), exact_message(number));
    let message = match marks {
        "" => msg!(
            "\"{label}\": ô \"{content}\" là số gõ dạng văn bản, đọc là {number}",
            "\"{label}\": the cell \"{content}\" is a number typed as text, read as {number}",
            content = content,
            number = number
        ),
        _ => msg!(
            "\"{label}\": ô \"{content}\" là số gõ dạng văn bản, đọc là {number}; \"{marks}\" coi là dấu chú thích",
            "\"{label}\": the cell \"{content}\" is a number typed as text, read as {number}; \"{marks}\" is taken for the mark of a note",
            content = content,
            number = number
        ),
    };
    context
        .problem(Code::NumberAsText, cell.cell_ref, message)
        .with_hint(Message::new("nhập lại ô này ở dạng số", "enter this cell again as a number"))
}

fn unit_converted(context: &SheetContext<'_, '_>, cell: &MeasureCell<'_, '_>, stated: &Unit) -> Diagnostic {
    let decl = cell.candidate.decl;
    let message = msg!(
        "\"{label}\": đã đổi từ \"{stated}\" sang \"{unit}\"",
        "\"{label}\": converted from \"{stated}\" to \"{unit}\"",
        label = decl.label,
        unit = decl.unit
    );
    context.problem(Code::UnitConverted, cell.cell_ref, message)
}

/// Formats the content of a cell for messages.
fn format_content(cell: &RawCell) -> Message {
    const LONGEST: usize = 60;
    match &cell.value {
        RawValue::Number(number) => exact_message(*number),
        _ => Message::verbatim(cell.to_raw_text().chars().take(LONGEST).collect::<String>()),
    }
}
